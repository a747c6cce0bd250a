using GraphQL;
using GraphQL.Builders;
using GraphQL.Types;

namespace OneDoor.Graph;

/// <summary>A page of a list.</summary>
/// <param name="Edges">In the list's order.</param>
/// <param name="HasNext">There are more.</param>
/// <param name="Count">Counts the whole list, if asked.</param>
public sealed record GraphPage<T>(IReadOnlyList<GraphEdge<T>> Edges, bool HasNext, Func<Task<long>> Count);

/// <summary>An entry of a page.</summary>
/// <param name="Node">The entry.</param>
/// <param name="Cursor">Signs its cursor, where somebody asks for it; REST takes it as well.</param>
public sealed record GraphEdge<T>(T Node, Func<string> Cursor);

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
        edge.Field<string>("cursor", nullable: false).Description("Its signed cursor, for after.").Resolve(context => context.Source.Cursor());
        Field("edges", new NonNullGraphType(new ListGraphType(new NonNullGraphType(edge)))).Description("The page's entries, each with its cursor.")
            .Resolve(context => context.Source.Edges);
        Field("nodes", GraphList.Of<T>()).Description("The page's entries.").Resolve(context => context.Source.Edges.Select(edge => edge.Node));
        Field<PageInfo>("pageInfo", nullable: false).Description("How to go on.").Resolve(context =>
            context.Source is { Edges: [var first, ..] edges } page ? new PageInfo(page.HasNext, first.Cursor, edges[^1].Cursor) : new PageInfo(context.Source.HasNext));
        Field<long>("totalCount", nullable: false).Description("All entries of the whole list; where counting stops, one more than is counted.")
            .ResolveAsync(async context => await context.Source.Count()).Costs(20);
    }
}

/// <summary>Where a page begins and ends (Relay).</summary>
/// <param name="hasNextPage"><see cref="HasNextPage"/>.</param>
/// <param name="first">Signs <see cref="StartCursor"/>, where somebody asks for it; null where there is no entry.</param>
/// <param name="last">Signs <see cref="EndCursor"/>.</param>
public sealed class PageInfo(bool hasNextPage, Func<string>? first = null, Func<string>? last = null)
{
    /// <summary>There are more entries: ask for first … after endCursor.</summary>
    public bool HasNextPage => hasNextPage;

    /// <summary>Cursor of the first entry.</summary>
    public string? StartCursor => first?.Invoke();

    /// <summary>Cursor of the last entry.</summary>
    public string? EndCursor => last?.Invoke();

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

    /// <summary>A page as the field shows it.</summary>
    /// <param name="context">The connection's field.</param>
    /// <param name="list">The list.</param>
    /// <param name="found">What the page holds.</param>
    /// <param name="hasNext">There are more.</param>
    /// <param name="show">What is shown of it.</param>
    /// <param name="count">Counts the whole list.</param>
    public static GraphPage<TNode> PageOf<TRow, TNode>(
        this IResolveFieldContext context, string list, IReadOnlyList<Listed<TRow>> found, bool hasNext, Func<TRow, TNode> show, Func<Task<long>> count)
    {
        var cursors = context.Service<Cursors>();
        return new([.. found.Select(listed => new GraphEdge<TNode>(show(listed.Row), () => cursors.Sign(list, listed.Position)))], hasNext, count);
    }

    /// <summary>The field takes a page's arguments.</summary>
    public static FieldBuilder<TSource, TReturn> Paged<TSource, TReturn>(this FieldBuilder<TSource, TReturn> field) => field
        .Argument<IntGraphType>("first", "Entries per page, 1 to 100; 20 when left out.")
        .Argument<StringGraphType>("after", "The cursor after which the page begins.");
}
