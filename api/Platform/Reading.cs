using System.ComponentModel;
using Marten;

namespace OneDoor.Platform;

/// <summary>How a thing of a kind is read, now or as of a past instant, and what happened to it: declared once for both doors.</summary>
/// <param name="Name">Of a thing, in camel case: that of GraphQL's field, and what its operations are named after.</param>
/// <param name="Says">What a thing is called in a sentence, with its article.</param>
/// <param name="Term">What it is called in Chinese.</param>
/// <param name="Noted">What the log of reads calls it; null of what is everybody's to read.</param>
/// <param name="Address">Where REST has them.</param>
/// <param name="NotFound">What is answered where the reader is to see nothing.</param>
/// <param name="Scopes">A token needs one of them.</param>
public sealed record Reading<TState, TFact, TView, TEvent>(string Name, string Says, string Term, string? Noted, string Address, Refusal NotFound, params string[] Scopes) : IResource
    where TState : class, IFolded<TState, TFact> where TFact : class, IFact where TView : class
{
    /// <summary>What is shown of it.</summary>
    public required Func<TState, Showing, ValueTask<TView>> View { get; init; }

    /// <summary>All facts of a thing as a viewer may see them; where nothing else is said, as they are stored.</summary>
    public Func<Actor, IReadOnlyList<TFact>, IReadOnlyList<TFact>> Facts { get; init; } = (_, facts) => facts;

    /// <summary>What is shown of a fact: with how many were before it, and in a language.</summary>
    public required Func<TFact, int, string, TEvent> Event { get; init; }

    /// <summary>What stands of it in its address.</summary>
    public required Func<TView, string> Key { get; init; }

    /// <summary>What stands of it in its address, of the thing itself; where nothing else is said, its id.</summary>
    public Func<TState, string> Number { get; init; } = thing => $"{thing.Id}";

    /// <summary>The id of the thing of a number, or of what else stands in its address; null where that is its id.</summary>
    public Func<string, Guid>? ByNumber { get; init; }

    /// <summary>What opens a thing without a token; null where nothing does.</summary>
    public OpenedByCode? Code { get; init; }

    /// <summary>What of the past is shown to who sees the present: of the thing as they see it now and as they see what it was.</summary>
    public Func<TState, TState, TState> Past { get; init; } = (_, was) => was;

    /// <summary>What the documentation shows: the thing, and its history.</summary>
    public required (TView One, History<TEvent> History) Shows { get; init; }

    /// <summary>Where a thing is.</summary>
    public string AddressOf(TState thing) => $"{Address}/{Number(thing)}";

    /// <summary>Something of the thing as the reader may see it, as it stands now or stood then, and the thing's version; or why not.</summary>
    /// <param name="tools">What it is read with.</param>
    /// <param name="id">Its id.</param>
    /// <param name="asOf">When; null for now.</param>
    /// <param name="code">The code that is shown, where it does not come in a header.</param>
    /// <param name="asked">What the log of reads calls what is asked, and in which language it is read.</param>
    /// <param name="show">What of it is shown.</param>
    /// <param name="untouched">What it is before its first fact; null where it does not exist until then.</param>
    public async Task<(T? Shown, int Version, Refusal? Refused)> Read<T>(
        ReadingTools tools, Guid id, DateTimeOffset? asOf, string? code, (string Operation, string Language) asked, Func<TState, Showing, ValueTask<T>> show, CancellationToken ct,
        TState? untouched = null) where T : class
    {
        await using var session = tools.Store.QuerySession();
        var (viewer, refused) = await ViewerOf(tools, id, code, session, ct);
        if (refused is not null)
            return (null, 0, refused);
        var now = tools.Time.GetUtcNow();
        var then = asOf < now ? asOf : null;
        var seen = (await session.LoadAsync<TState>(id, ct) ?? untouched)?.At(now).SeenBy(viewer, now);
        if (seen is not null && then is { } past)
            seen = (StoredFacts.Until<TState, TFact>(Facts(viewer, await tools.Facts.Of<TFact>(id, ct)), past) ?? untouched)?.At(past).SeenBy(viewer, past) is { } was ? Past(seen, was) : null;
        if (seen is null)
            return (null, 0, NotFound);
        // Who reads by a code is nobody's to know.
        if (viewer.CodeDigest is null)
            tools.Reads.Note(viewer, asked.Operation, Noted, [id]);
        return (await show(seen, new Showing(viewer, asked.Language, then, now, session, tools.Http.RequestServices, ct)), seen.Version, null);
    }

    /// <summary>REST's answer: the thing.</summary>
    /// <inheritdoc cref="Read"/>
    public Task<IResult> Answer(ReadingTools tools, Guid id, InstantParameter? asOf, CancellationToken ct, TState? untouched = null) => Answer(tools, id, asOf?.At, View, untouched, ct);

    /// <summary>REST's answer: what happened to the thing.</summary>
    /// <inheritdoc cref="Read"/>
    public Task<IResult> AnswerHistory(ReadingTools tools, Guid id, CancellationToken ct, TState? untouched = null) =>
        Answer(tools, id, asOf: null, async (_, to) => new History<TEvent>(HistoryOf(tools, await tools.Facts.Of<TFact>(id, ct), to.Language)), untouched, ct);

    private async Task<IResult> Answer<T>(ReadingTools tools, Guid id, DateTimeOffset? asOf, Func<TState, Showing, ValueTask<T>> show, TState? untouched, CancellationToken ct) where T : class
    {
        var (shown, version, refused) = await Read(tools, id, asOf, code: null, (ReadLog.OperationOf(tools.Http), Language.Of(tools.Http.Request)), show, ct, untouched);
        return refused?.ToProblem() ?? tools.Etags.Ok(tools.Http, id, version, shown!);
    }

    /// <summary>What has happened by now to a thing that the reader sees, whether it is recorded yet or not.</summary>
    /// <param name="tools">What it is read with.</param>
    /// <param name="stored">All that is recorded of it.</param>
    /// <param name="language">In which it is read.</param>
    public IReadOnlyList<TEvent> HistoryOf(ReadingTools tools, IReadOnlyList<TFact> stored, string language)
    {
        IReadOnlyList<TFact> all = [.. stored, .. stored.Aggregate(default(TState), TState.Evolve)?.Lapse(tools.Time.GetUtcNow()) ?? []];
        return [.. Facts(tools.Caller.Actor, all).Select((fact, i) => Event(fact, i, language))];
    }

    // Not awaited in here, so that a request that is forgotten is so for the rest of what is read for it.
    private Task<(Actor Viewer, Refusal? Refused)> ViewerOf(ReadingTools tools, Guid id, string? code, IQuerySession session, CancellationToken ct) =>
        Code is { } opened && new ShownCode { Value = code }.Of(tools.Http.Request, opened.Instead) is { } shown
            ? opened.ViewerOf(tools.Http, shown, id, session, ct) : Task.FromResult<(Actor, Refusal?)>((tools.Caller.Actor, null));
}

/// <summary>What things are read with, one or a list of them, for both doors.</summary>
public sealed record ReadingTools(IDocumentStore Store, StoredFacts Facts, Caller Caller, Etags Etags, Cursors Cursors, ReadLog Reads, IHttpContextAccessor Accessor, TimeProvider Time)
{
    public HttpContext Http => Accessor.HttpContext!;
}

/// <summary>A code that opens one thing to whoever holds it.</summary>
/// <param name="Instead">How it is shown.</param>
/// <param name="ViewerOf">Who somebody is who shows this code for the thing of that id; or why they are not to try. Whoever is to be forgotten is so before it first waits for anything.</param>
public sealed record OpenedByCode(InsteadOfToken Instead, Func<HttpContext, string, Guid, IQuerySession, CancellationToken, Task<(Actor Viewer, Refusal? Refused)>> ViewerOf);

/// <summary>To whom a thing is shown, and how.</summary>
/// <param name="Viewer">Who they are.</param>
/// <param name="Language">In which they read.</param>
/// <param name="AsOf">The past instant they ask for; null for now.</param>
/// <param name="Now">When they ask.</param>
/// <param name="Session">Where the thing is.</param>
/// <param name="Services">What the request is answered with.</param>
/// <param name="Cancelled">The request is given up.</param>
public sealed record Showing(Actor Viewer, string Language, DateTimeOffset? AsOf, DateTimeOffset Now, IQuerySession Session, IServiceProvider Services, CancellationToken Cancelled);

/// <summary>What happened to it, in order.</summary>
public sealed record History<TEvent>(IReadOnlyList<TEvent> Items);

/// <summary>GET of a thing, now or as of a past instant, and of its history.</summary>
public static class RestReading
{
    /// <summary>Opens REST to a thing of a kind.</summary>
    /// <param name="things">Where they are.</param>
    /// <param name="reading">How one is read.</param>
    /// <returns>The route of the thing itself, which may say more about itself.</returns>
    public static RouteHandlerBuilder MapReading<TState, TFact, TView, TEvent>(this IEndpointRouteBuilder things, Reading<TState, TFact, TView, TEvent> reading)
        where TState : class, IFolded<TState, TFact> where TFact : class, IFact where TView : class
    {
        const string AsItWas = "An instant with its offset: as it was then.";
        Delegate one = reading.ByNumber is { } byNumber
            ? (string number, ReadingTools tools, CancellationToken ct, [Description(AsItWas)] InstantParameter? asOf = null) => reading.Answer(tools, byNumber(number), asOf, ct)
            : (Guid id, ReadingTools tools, CancellationToken ct, [Description(AsItWas)] InstantParameter? asOf = null) => reading.Answer(tools, id, asOf, ct);
        var route = things.MapGet($"/{PartOf(reading.ByNumber)}", one)
            .Needs(reading.Code?.Instead, reading.Scopes)
            .ReadsOne<TView>(OperationOf(reading.Name), $"Read {reading.Says}, now or as of a past instant", reading.Shows.One);
        things.MapHistory(reading);
        return route;
    }

    /// <summary>Opens REST to what happened to a thing of a kind.</summary>
    /// <inheritdoc cref="MapReading"/>
    public static void MapHistory<TState, TFact, TView, TEvent>(this IEndpointRouteBuilder things, Reading<TState, TFact, TView, TEvent> reading)
        where TState : class, IFolded<TState, TFact> where TFact : class, IFact where TView : class
    {
        Delegate history = reading.ByNumber is { } byNumber
            ? (string number, ReadingTools tools, CancellationToken ct) => reading.AnswerHistory(tools, byNumber(number), ct)
            : (Guid id, ReadingTools tools, CancellationToken ct) => reading.AnswerHistory(tools, id, ct);
        things.MapGet($"/{PartOf(reading.ByNumber)}/history", history)
            .Needs(reading.Code?.Instead, reading.Scopes)
            .ReadsOne<History<TEvent>>($"{OperationOf(reading.Name)}History", $"Read what happened to {reading.Says}, in order", reading.Shows.History);
    }

    private static string PartOf(Func<string, Guid>? byNumber) => byNumber is null ? "{id:guid}" : "{number}";

    private static string OperationOf(string name) => $"get{char.ToUpperInvariant(name[0])}{name[1..]}";
}
