using Marten;
using Marten.Linq.MatchesSql;
using OneDoor.Clock;
using OneDoor.Platform;

namespace OneDoor.Staff;

/// <summary>An inspection round of a window (巡查) as its reader sees it.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="Version">Always 1: it is never changed.</param>
/// <param name="At">When somebody looked.</param>
/// <param name="Hall">Code of the hall.</param>
/// <param name="Window">The window's number.</param>
/// <param name="Department">Whose people served there.</param>
/// <param name="Person">The subject of who served there; null where that is not said.</param>
/// <param name="Officer">The subject of who looked.</param>
/// <param name="Findings">What was seen, standard by standard.</param>
public sealed record RoundView(Guid Id, int Version, DateTimeOffset At, string Hall, int Window, Department Department, string? Person, string Officer, IReadOnlyList<RoundFinding> Findings)
{
    public static RoundView Of(Round r) => new(r.Id, r.Version, r.At, r.Hall, r.Window, r.Department, r.Person, r.Officer, r.Findings);
}

/// <summary>Records rounds.</summary>
public sealed class RoundChanges(ChangeTools tools, LegalClock clock) : Changes<Round, RoundFact, RoundCommand>(tools)
{
    protected override Refusal NotFound => RoundRefusals.NotFound;

    /// <summary>Records a round.</summary>
    public Task<Outcome> Make(MakeRound command, CancellationToken ct) => Begin(command, id => $"/v1/staff/rounds/{id}", ct);

    protected override object View(Round seen, int version, string language) => RoundView.Of(seen);

    protected override Task<Decision<RoundFact>> Decide(Round? before, RoundCommand command, CancellationToken ct) =>
        Task.FromResult(Round.Decide(before, command, new RoundAsking(Tools.Caller.Actor, clock, Tools.Now) { New = Guid.CreateVersion7(Tools.Now) }));
}

/// <summary>POST and GET /v1/staff/rounds (PERF-2).</summary>
public static class Rounds
{
    public const string Makes = "Record an inspection round of a window, by a supervisor", Lists = "List inspection rounds, the latest first";

    public static readonly string[] Reading = [Scopes.CasesSupervise, Scopes.CasesHandle, Scopes.QueueOperate];

    public static void MapRounds(this IEndpointRouteBuilder staff)
    {
        staff.MapPost("/rounds", Make)
            .Needs(Scopes.CasesSupervise)
            .Begins<RoundView>("makeRound", $"{Makes} (巡查)", StaffExamples.Looking, StaffExamples.Looked)
            .WithDescription("Of the supervisor's department, or of the hall they stand in, and by the service office's of all. It counts for window, department and person, and is never changed.");
        staff.MapGet("/rounds", List)
            .Needs(Reading)
            .Lists<RoundView>("listRounds", Lists, StaffExamples.Looked)
            .WithDescription("For supervisors those of their department or hall, for others those that count for them.");
        staff.MapGet("/rounds/{id:guid}", Get)
            .Needs(Reading)
            .ReadsOne<RoundView>("getRound", "Read an inspection round", StaffExamples.Looked);
    }

    private static async Task<IResult> Make(MakeRound request, RoundChanges changes, CancellationToken ct) => (await changes.Make(request, ct)).ToResult();

    private static async Task<IResult> Get(Guid id, HttpContext http, Caller caller, IQuerySession session, Etags etags, TimeProvider time, CancellationToken ct) =>
        await Find(session, id, caller.Actor, time.GetUtcNow(), ct) is { } seen ? etags.Ok(http, id, seen.Version, RoundView.Of(seen)) : RoundRefusals.NotFound.ToProblem();

    private static async Task<IResult> List(
        HttpContext http, Caller caller, IQuerySession session, Cursors cursors, CancellationToken ct, int? first = null, string? after = null, bool count = false)
    {
        var parameters = new Parameters();
        var page = parameters.Page(cursors, Cursor, first, after);
        if (parameters.Refused is { } refused)
            return refused.ToProblem();
        var seen = Visible(session, caller.Actor);
        var (found, hasNext) = await Page(seen, page, ct);
        return TypedResults.Ok(http.PageOf<RoundView>(
            [.. found.Select(RoundView.Of)], hasNext ? cursors.Sign(Cursor, By.PositionOf(found[^1])) : null, count ? await seen.LongCountAsync(ct) : null));
    }

    /// <summary>What cursors are signed for.</summary>
    public const string Cursor = "rounds";

    /// <summary>A round as a viewer may see it; null when it does not exist for them.</summary>
    public static async Task<Round?> Find(IQuerySession session, Guid id, Actor viewer, DateTimeOffset now, CancellationToken ct) =>
        id == Guid.Empty ? null : (await session.LoadAsync<Round>(id, ct))?.SeenBy(viewer, now);

    /// <summary>Their order.</summary>
    public static readonly LatestFirst<Round> By = new("at", r => r.At, r => r.Id);

    /// <summary>A page of rounds, and whether more follow.</summary>
    public static Task<(IReadOnlyList<Round> Found, bool HasNext)> Page(IQueryable<Round> seen, PageRequest page, CancellationToken ct) => By.PageOf(seen, page, ct);

    /// <summary>What <see cref="Round.SeenBy"/> says, in the query itself.</summary>
    public static IQueryable<Round> Visible(IQuerySession session, Actor viewer)
    {
        IQueryable<Round> found = session.Query<Round>();
        if (StaffSight.Of(viewer, readsStatistics: false).Persons is not { } scope)
            return found.Where(r => r.MatchesSql("false"));
        if (scope.Hall is { } hall)
            found = found.Where(r => r.Hall == hall);
        if (scope.Department is { } department)
            found = found.Where(r => r.MatchesSql("d.data ->> 'department' = ?", department.ToString()));
        return scope.Person is { } person ? found.Where(r => r.MatchesSql("d.data ->> 'person' = ?", person)) : found;
    }
}
