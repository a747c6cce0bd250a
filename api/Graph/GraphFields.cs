using GraphQL;
using GraphQL.Builders;
using GraphQL.Resolvers;
using GraphQL.Types;

namespace OneDoor.Graph;

/// <summary>What a field needs and what it costs.</summary>
public static class GraphFields
{
    /// <summary>The token has none of these scopes.</summary>
    public static RefusalError LacksScope(this IResolveFieldContext context, params string[] scopes) => context.Refused(RequestRefusals.LacksScope(scopes));

    /// <summary>The field needs a token with one of these scopes. Comes after the resolver.</summary>
    public static FieldBuilder<TSource, TReturn> Needs<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field, params string[] scopes)
    {
        var type = field.FieldType;
        type.Description += $" Needs one of the scopes {string.Join(", ", scopes)}.";
        if (type.Resolver is { } resolver)
            type.Resolver = Scoped(resolver, scopes);
        if (type.StreamResolver is { } stream)
            type.StreamResolver = new SourceStreamResolver<object?>(context =>
            {
                Check(context, scopes);
                return stream.ResolveAsync(context);
            });
        return field;
    }

    /// <summary>The field needs a token with one of these scopes, or what <see cref="InsteadOfToken"/> says. Comes after the resolver.</summary>
    public static FieldBuilder<TSource, TReturn> Needs<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field, InsteadOfToken? instead, params string[] scopes) =>
        instead is null ? field.Needs(scopes) : field
            .Argument<StringGraphType>(InsteadOfToken.Argument, instead.Says)
            .NeedsUnless(context => context.GetArgument<string?>(InsteadOfToken.Argument) is not null, InsteadOfToken.Argument, scopes);

    /// <summary>The field needs a token with one of these scopes, but for what is asked so. Comes after the resolver.</summary>
    /// <param name="isOpen">Whether no token is needed.</param>
    /// <param name="unless">When that is.</param>
    public static FieldBuilder<TSource, TReturn> NeedsUnless<TSource, TReturn>(
        this FieldBuilder<TSource, TReturn> field, Func<IResolveFieldContext, bool> isOpen, string unless, params string[] scopes)
    {
        var type = field.FieldType;
        type.Description += $" Needs one of the scopes {string.Join(", ", scopes)}, or {unless}.";
        var inner = type.Resolver!;
        var scoped = Scoped(inner, scopes);
        type.Resolver = new FuncFieldResolver<object>(context => isOpen(context) ? inner.ResolveAsync(context) : scoped.ResolveAsync(context));
        return field;
    }

    /// <summary>What the field costs besides what it holds.</summary>
    public static FieldBuilder<TSource, TReturn> Costs<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field, int own)
    {
        field.FieldType.WithMetadata(GraphCost.Own, own);
        return field;
    }

    /// <summary>What the field shows has pages of other lengths than <see cref="PageRequest"/> says.</summary>
    public static FieldBuilder<TSource, TReturn> Pages<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field, int usual, int most)
    {
        field.FieldType.WithMetadata(GraphCost.Page, (usual, most));
        return field;
    }

    private static FuncFieldResolver<object> Scoped(IFieldResolver inner, string[] scopes) => new(context =>
    {
        Check(context, scopes);
        return inner.ResolveAsync(context);
    });

    private static void Check(IResolveFieldContext context, string[] scopes)
    {
        if (context.User?.Identity is not { IsAuthenticated: true })
            throw context.Refused(RequestRefusals.TokenMissing);
        if (!scopes.Any(Caller.ScopesOf(context.User).Contains))
            throw context.LacksScope(scopes);
    }
}
