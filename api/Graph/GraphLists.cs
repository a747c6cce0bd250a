using GraphQL;
using GraphQL.Builders;
using GraphQL.Types;

namespace OneDoor.Graph;

/// <summary>A list as a field of the query: what REST lists.</summary>
public static class GraphLists
{
    /// <summary>Opens GraphQL to a list of what is shown as it is.</summary>
    /// <inheritdoc cref="Lists{TRow, TFilter, TNode}"/>
    public static void Lists<TView, TFilter>(this GraphRoots roots, PagedList<TView, TFilter> list, IGraphType shape) where TFilter : class => roots.Lists(list, shape.Name, (view, _) => view);

    /// <summary>Opens GraphQL to a list.</summary>
    /// <param name="roots">The schema in the making.</param>
    /// <param name="list">The list.</param>
    /// <param name="shape">The name of the type as which what it holds is shown.</param>
    /// <param name="show">What is shown of that.</param>
    /// <param name="nameOf">What the argument is called that a parameter is; where nothing is said, as the parameter is.</param>
    /// <param name="wanted">What else the field's arguments say of what is wanted.</param>
    public static FieldBuilder<object?, GraphPage<TNode>> Lists<TRow, TFilter, TNode>(
        this GraphRoots roots, PagedList<TRow, TFilter> list, string shape, Func<TRow, IResolveFieldContext, TNode> show,
        Func<ReadsParameter, string>? nameOf = null, Func<TFilter, IResolveFieldContext, TFilter>? wanted = null) where TFilter : class
    {
        roots.Connection<TNode>(shape, $"A page of {list.Pages}.");
        nameOf ??= filter => filter.Name;
        var field = roots.Query.Field<GraphPage<TNode>>(list.Name, nullable: true).Description(list.Shows);
        foreach (var filter in list.Filters)
            field.Argument(ArgumentOf(filter), nameOf(filter), argument => argument.Description = filter.Says);
        field.Paged().ResolveAsync(async context => await Page(context)).Costs(10);
        return list.Scopes is [] ? field : field.Needs(list.Scopes);

        async Task<GraphPage<TNode>> Page(IResolveFieldContext context)
        {
            var (parameters, services, ct) = (new Parameters(), context.RequestServices!, context.CancellationToken);
            foreach (var name in list.Filters.Select(nameOf).Where(name => context.GetArgument<object?>(name) is ""))
                parameters.Refuse(QueryForm.WithoutValue(name));
            var filter = list.Wanted(parameter => list.Value(parameter, nameOf(parameter), context, parameters));
            filter = wanted?.Invoke(filter, context) ?? filter;
            var (page, refused) = list.Asked(filter, parameters, services, context.GetArgument<int?>("first"), context.GetArgument<string?>("after"));
            if (refused is not null)
                throw context.Refused(refused);
            var (found, hasNext) = await list.Read(services, filter, page, (context.Operation(), context.Language()), ct);
            return context.PageOf(list.Of(filter), found, hasNext, row => show(row, context), () => list.Count(services, filter, ct));
        }
    }

    private static object? Value<TRow, TFilter>(this PagedList<TRow, TFilter> list, ReadsParameter parameter, string name, IResolveFieldContext context, Parameters parameters)
        where TFilter : class => parameter switch
        {
            { Type: var type } when type == typeof(bool) => context.GetArgument<bool?>(name) == true,
            { Type: var type, IsSeveral: true } when type == typeof(Guid) => parameter.Known.Read(context.GetArgument<string[]?>(name) is { } ids ? string.Join(',', ids) : null, name, parameters),
            // What is no id is nothing's.
            { Type: var type } when type == typeof(Guid) => context.GetArgument<string?>(name) is { } named ? GraphRoots.IdOf(name, named) : null,
            { Type: var type } when type == typeof(string) => list.TextOf(parameter, context.GetArgument<string?>(name), name, parameters),
            { Type: var type, IsSeveral: true } => context.GetArgument(type.MakeArrayType(), name),
            { Type: var type } => context.GetArgument(type, name),
        };

    private static Type ArgumentOf(ReadsParameter parameter)
    {
        var type = parameter.Type;
        var one = type.IsEnum ? typeof(EnumerationGraphType<>).MakeGenericType(type)
            : type == typeof(bool) ? typeof(BooleanGraphType) : type == typeof(DateOnly) ? typeof(DayGraph) : type == typeof(DateTimeOffset) ? typeof(InstantGraph)
            : type == typeof(Guid) ? typeof(IdGraphType) : typeof(StringGraphType);
        return parameter.IsSeveral ? typeof(ListGraphType<>).MakeGenericType(typeof(NonNullGraphType<>).MakeGenericType(one)) : one;
    }
}
