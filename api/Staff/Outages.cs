using Marten;
using Marten.Linq.MatchesSql;
using OneDoor.Clock;
using OneDoor.Platform;

namespace OneDoor.Staff;

/// <summary>A time in which a system was down (系统故障): what was late because of it counts against nobody.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="Version">Always 1: it is never changed.</param>
/// <param name="From">Since when.</param>
/// <param name="Until">Until when.</param>
/// <param name="Hall">Code of the hall where it was; null for all.</param>
/// <param name="Reason">What was down, and why.</param>
public sealed record OutageView(Guid Id, int Version, DateTimeOffset From, DateTimeOffset Until, string? Hall, string Reason)
{
    public static OutageView Of(Outage o) => new(o.Id, o.Version, o.FromAt, o.UntilAt, o.Hall, o.Reason);
}

/// <summary>Records outages.</summary>
public sealed class OutageChanges(ChangeTools tools, LegalClock clock) : Changes<Outage, OutageFact, OutageCommand>(tools)
{
    protected override Refusal NotFound => OutageRefusals.NotFound;

    /// <summary>Records an outage.</summary>
    public Task<Outcome> Record(RecordOutage command, CancellationToken ct) => Begin(command, id => $"/v1/staff/outages/{id}", ct);

    protected override object View(Outage seen, int version, string language) => OutageView.Of(seen);

    protected override Task<Decision<OutageFact>> Decide(Outage? before, OutageCommand command, CancellationToken ct) =>
        Task.FromResult(Outage.Decide(before, command, new OutageAsking(Tools.Caller.Actor, clock, Tools.Now) { New = Guid.CreateVersion7(Tools.Now) }));
}

/// <summary>POST and GET /v1/staff/outages (PERF-1).</summary>
public static class Outages
{
    public const string Records = "Record that a system was down, by a supervisor of the service office", Lists = "List outages, the latest first", Cursor = "outages";

    public static void MapOutages(this IEndpointRouteBuilder staff)
    {
        staff.MapPost("/outages", Record)
            .Needs(Scopes.CasesSupervise)
            .Begins<OutageView>("recordOutage", $"{Records} (系统故障)", StaffExamples.Down, StaffExamples.WasDown)
            .WithDescription("A case that was under way in that time and was late is out of the figures of staff that judge by time. It stays in all other figures, and late for its applicant.");
        staff.MapGet("/outages", List)
            .Needs(GetPerformance.Reading)
            .Lists<OutageView>("listOutages", Lists, StaffExamples.WasDown)
            .WithDescription("For departments and their staff, all of them.");
        staff.MapGet("/outages/{id:guid}", Get)
            .Needs(GetPerformance.Reading)
            .ReadsOne<OutageView>("getOutage", "Read an outage", StaffExamples.WasDown);
    }

    private static async Task<IResult> Record(RecordOutage request, OutageChanges changes, CancellationToken ct) => (await changes.Record(request, ct)).ToResult();

    private static async Task<IResult> Get(Guid id, HttpContext http, Caller caller, IQuerySession session, Etags etags, TimeProvider time, CancellationToken ct) =>
        await Find(session, id, caller.Actor, time.GetUtcNow(), ct) is { } seen ? etags.Ok(http, id, seen.Version, OutageView.Of(seen)) : OutageRefusals.NotFound.ToProblem();

    private static async Task<IResult> List(HttpContext http, Caller caller, IQuerySession session, Cursors cursors, CancellationToken ct, int? first = null, string? after = null, bool count = false)
    {
        var parameters = new Parameters();
        var page = parameters.Page(cursors, Cursor, first, after);
        if (parameters.Refused is { } refused)
            return refused.ToProblem();
        var seen = Visible(session, caller.Actor);
        var (found, hasNext) = await Page(seen, page, ct);
        return TypedResults.Ok(http.PageOf<OutageView>(
            [.. found.Select(OutageView.Of)], hasNext ? cursors.Sign(Cursor, By.PositionOf(found[^1])) : null, count ? await seen.LongCountAsync(ct) : null));
    }

    /// <summary>An outage as a viewer may see it; null when it does not exist for them.</summary>
    public static async Task<Outage?> Find(IQuerySession session, Guid id, Actor viewer, DateTimeOffset now, CancellationToken ct) =>
        id == Guid.Empty ? null : (await session.LoadAsync<Outage>(id, ct))?.SeenBy(viewer, now);

    /// <summary>Their order.</summary>
    public static readonly LatestFirst<Outage> By = new("from_at", o => o.FromAt, o => o.Id);

    /// <summary>A page of outages, and whether more follow.</summary>
    public static Task<(IReadOnlyList<Outage> Found, bool HasNext)> Page(IQueryable<Outage> seen, PageRequest page, CancellationToken ct) => By.PageOf(seen, page, ct);

    /// <summary>What <see cref="Outage.SeenBy"/> says, in the query itself.</summary>
    public static IQueryable<Outage> Visible(IQuerySession session, Actor viewer) => viewer.Department is null ? session.Query<Outage>().Where(o => o.MatchesSql("false")) : session.Query<Outage>();
}
