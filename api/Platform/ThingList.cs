using Marten;

namespace OneDoor.Platform;

/// <summary>How things of a kind are listed, the latest first.</summary>
/// <param name="One">How one of them is read; a list shows of each what that shows.</param>
/// <param name="Name">Of the things, in camel case: that of GraphQL's field, and what its operation is named after.</param>
/// <param name="Things">What they are called in a sentence.</param>
/// <param name="Order">Which of them come first.</param>
public sealed record ThingList<TState, TFact, TView, TEvent, TFilter>(Reading<TState, TFact, TView, TEvent> One, string Name, string Things, string Order = "the latest first")
    : PagedList<TView, TFilter>(Name, Things, $"List {Things}, {Order}", $"The {Things} the caller sees, {Order}.", One.Scopes)
    where TState : class, IFolded<TState, TFact> where TFact : class, IFact where TView : class where TFilter : class
{
    /// <summary>By which instant they are ordered.</summary>
    public required LatestFirst<TState> By { get; init; }

    /// <summary>Those that a viewer may see, as <see cref="IFolded{TSelf, TFact}.SeenBy"/> says, and that are wanted, as they stand at an instant.</summary>
    public required Func<IQuerySession, Actor, TFilter, DateTimeOffset, IQueryable<TState>> Matching { get; init; }

    /// <summary>What is shown of a page of them; null where what is shown of each asks for nothing that it does not hold.</summary>
    public Func<IReadOnlyList<TState>, Showing, ValueTask<IReadOnlyList<TView>>>? Views { get; init; }

    public override async Task<(IReadOnlyList<Listed<TView>> Found, bool HasNext)> Read(
        IServiceProvider services, TFilter filter, PageRequest page, (string Operation, string Language) asked, CancellationToken ct)
    {
        var tools = services.GetRequiredService<ReadingTools>();
        await using var session = tools.Store.QuerySession();
        var (viewer, now) = (tools.Caller.Actor, tools.Time.GetUtcNow());
        var (found, hasNext) = await By.PageOf(Matching(session, viewer, filter, now), page, ct);
        TState[] seen = [.. found.Select(thing => thing.At(now).SeenBy(viewer, now)!)];
        tools.Reads.Note(viewer, asked.Operation, One.Noted, seen.Select(thing => thing.Id));
        var to = new Showing(viewer, asked.Language, null, now, session, tools.Http.RequestServices, ct);
        var shown = Views is { } views ? await views(seen, to) : await Each();
        return ([.. found.Zip(shown, (thing, view) => new Listed<TView>(view, By.PositionOf(thing)))], hasNext);

        async Task<IReadOnlyList<TView>> Each()
        {
            List<TView> each = [];
            foreach (var thing in seen)
                each.Add(await One.View(thing, to));
            return each;
        }
    }

    public override async Task<long> Count(IServiceProvider services, TFilter filter, CancellationToken ct)
    {
        var tools = services.GetRequiredService<ReadingTools>();
        await using var session = tools.Store.QuerySession();
        return await Matching(session, tools.Caller.Actor, filter, tools.Time.GetUtcNow()).LongCountAsync(ct);
    }
}
