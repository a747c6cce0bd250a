using GraphQL;
using GraphQL.Builders;
using GraphQL.Types;

namespace OneDoor.Graph;

/// <summary>A page of a list.</summary>
/// <param name="Items">In the list's order.</param>
/// <param name="Cursor">The signed cursor of an entry; REST takes it as well.</param>
/// <param name="HasNext">There are more.</param>
/// <param name="Count">Counts the whole list, if asked.</param>
public sealed record GraphPage<T>(IReadOnlyList<T> Items, Func<T, string> Cursor, bool HasNext, Func<Task<long>> Count);

/// <summary>An entry of a page.</summary>
public sealed record GraphEdge<T>(T Node, string Cursor);

/// <summary>A Relay connection.</summary>
public sealed class GraphConnection<T> : ObjectGraphType<GraphPage<T>>
{
    /// <param name="node">The name of an entry's type.</param>
    /// <param name="description">What a page is of.</param>
    public GraphConnection(string node, string description)
    {
        (Name, Description) = (node + "Connection", description);
        var edge = new ObjectGraphType<GraphEdge<T>> { Name = node + "Edge", Description = "An entry of the list and where it stands." };
        edge.Field<T>("node", nullable: false).Description("The entry.").Resolve(context => context.Source.Node);
        edge.Field<string>("cursor", nullable: false).Description("Its signed cursor, for after.").Resolve(context => context.Source.Cursor);
        Field("edges", new NonNullGraphType(new ListGraphType(new NonNullGraphType(edge)))).Description("The page's entries, each with its cursor.")
            .Resolve(context => context.Source.Items.Select(item => new GraphEdge<T>(item, context.Source.Cursor(item))));
        Field("nodes", GraphList.Of<T>()).Description("The page's entries.").Resolve(context => context.Source.Items);
        Field<PageInfo>("pageInfo", nullable: false).Description("How to go on.").Resolve(context =>
        {
            var page = context.Source;
            return new PageInfo(page.HasNext, () => page.Items is [var first, ..] ? page.Cursor(first) : null, () => page.Items is [.., var last] ? page.Cursor(last) : null);
        });
        Field<long>("totalCount", nullable: false).Description("All entries of the whole list; where counting stops, one more than is counted.")
            .ResolveAsync(async context => await context.Source.Count()).Costs(20);
    }
}

/// <summary>Where a page begins and ends (Relay).</summary>
/// <param name="hasNextPage"><see cref="HasNextPage"/>.</param>
/// <param name="first">Seals <see cref="StartCursor"/>, where somebody asks for it.</param>
/// <param name="last">Seals <see cref="EndCursor"/>.</param>
public sealed class PageInfo(bool hasNextPage, Func<string?> first, Func<string?> last)
{
    /// <summary>There are more entries: ask for first … after endCursor.</summary>
    public bool HasNextPage => hasNextPage;

    /// <summary>Cursor of the first entry.</summary>
    public string? StartCursor => first();

    /// <summary>Cursor of the last entry.</summary>
    public string? EndCursor => last();

    /// <summary>Always false: lists go forward only.</summary>
    public bool HasPreviousPage => false;
}

/// <summary>How fields take and give pages.</summary>
public static class GraphPaging
{
    /// <summary>The page a connection is asked for.</summary>
    /// <param name="context">The connection's field.</param>
    /// <param name="list">The list.</param>
    /// <param name="parameters">What the list's other arguments were read with; null where it has none that can be wrong.</param>
    public static PageRequest Page(this IResolveFieldContext context, string list, Parameters? parameters = null)
    {
        parameters ??= new Parameters();
        var page = parameters.Page(context.Service<Cursors>(), list, context.GetArgument<int?>("first"), context.GetArgument<string?>("after"));
        return parameters.Refused is { } refused ? throw context.Refused(refused) : page;
    }

    /// <summary>The field takes a page's arguments.</summary>
    public static FieldBuilder<TSource, TReturn> Paged<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field) => field
        .Argument<IntGraphType>("first", "Entries per page, 1 to 100; 20 when left out.")
        .Argument<StringGraphType>("after", "The cursor after which the page begins.");
}
