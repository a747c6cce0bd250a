using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Marten;
using OneDoor.Platform;

namespace OneDoor.Emergencies;

/// <summary>GET /v1/emergency-projects, the latest first; each of them, now or as of a past instant; and its history.</summary>
public static class ReadEmergencyProjects
{
    /// <summary>What cursors are signed for.</summary>
    public const string List = "emergency-projects";

    private const string Kind = "emergency-project";

    public static void MapReadEmergencyProjects(this IEndpointRouteBuilder projects)
    {
        projects.MapGet("", All)
            .Needs(Scopes.CasesSupervise)
            .Lists<EmergencyProjectView>("listEmergencyProjects", "List emergency projects, the latest first", EmergencyExamples.Registered)
            .WithDescription("A supervisor's of the service office: others see none.");
        projects.MapGet("/{id:guid}", One)
            .Needs(Scopes.CasesSupervise)
            .ReadsOne<EmergencyProjectView>("getEmergencyProject", "Read an emergency project, now or as of a past instant", EmergencyExamples.Registered);
        projects.MapGet("/{id:guid}/history", History)
            .Needs(Scopes.CasesSupervise)
            .ReadsOne<EmergencyProjectHistory>("getEmergencyProjectHistory", "Read what happened to an emergency project, in order", EmergencyExamples.History);
    }

    private static async Task<IResult> All(
        HttpContext http, Caller caller, IQuerySession session, Cursors cursors, ReadLog reads, TimeProvider time, CancellationToken ct,
        int? first = null, string? after = null, bool count = false)
    {
        var parameters = new Parameters();
        var page = parameters.Page(cursors, List, first, after);
        if (parameters.Refused is { } refused)
            return refused.ToProblem();
        var total = count ? (long?)await Count(session, caller.Actor, ct) : null;
        var (found, hasNext) = await Find(session, caller.Actor, page, ct);
        reads.Note(caller, http, Kind, found.Select(p => p.Id));
        return TypedResults.Ok(http.PageOf<EmergencyProjectView>(
            [.. found.Select(p => EmergencyProjectView.Of(p, time.GetUtcNow()))], hasNext ? cursors.Sign(List, PositionOf(found[^1])) : null, total));
    }

    private static async Task<IResult> One(
        Guid id, HttpContext http, Caller caller, IQuerySession session, StoredFacts facts, Etags etags, ReadLog reads, TimeProvider time, CancellationToken ct,
        [DataType(DataType.DateTime), Description("An instant with its offset: the project as it was then.")] string? asOf = null)
    {
        var parameters = new Parameters();
        var instant = parameters.Instant(asOf, "asOf");
        if (parameters.Refused is { } refused)
            return refused.ToProblem();
        if (await session.FindProject(facts, id, caller.Actor, instant, time.GetUtcNow(), ct) is not { } seen)
            return EmergencyProjectRefusals.NotFound.ToProblem();
        reads.Note(caller, http, Kind, [id]);
        return etags.Ok(http, id, seen.Version, seen);
    }

    private static async Task<IResult> History(
        Guid id, HttpContext http, Caller caller, IQuerySession session, StoredFacts facts, Etags etags, ReadLog reads, TimeProvider time, CancellationToken ct)
    {
        if (await session.FindProject(facts, id, caller.Actor, null, time.GetUtcNow(), ct) is not { } seen)
            return EmergencyProjectRefusals.NotFound.ToProblem();
        reads.Note(caller, http, Kind, [id]);
        return etags.Ok(http, id, seen.Version, new EmergencyProjectHistory(await facts.EventsOf(id, ct)));
    }

    /// <summary>The project of an id that somebody names, whoever they are; null where there is none.</summary>
    public static async Task<EmergencyProject?> FindEmergency(this IQuerySession session, Guid id, CancellationToken ct) =>
        id == Guid.Empty ? null : await session.LoadAsync<EmergencyProject>(id, ct); // The store takes it for a mistake of ours.

    /// <summary>A page of the projects a viewer may see, and whether more follow.</summary>
    public static async Task<(IReadOnlyList<EmergencyProject> Found, bool HasNext)> Find(IQuerySession session, Actor viewer, PageRequest page, CancellationToken ct)
    {
        if (!EmergencyProject.IsShownTo(viewer))
            return ([], false);
        IQueryable<EmergencyProject> found = session.Query<EmergencyProject>();
        return await found.PageOf("registered_at", p => p.RegisteredAt, p => p.Id, page, ct);
    }

    /// <summary>How many there are on all pages.</summary>
    public static async Task<long> Count(IQuerySession session, Actor viewer, CancellationToken ct) =>
        EmergencyProject.IsShownTo(viewer) ? await session.Query<EmergencyProject>().LongCountAsync(ct) : 0;

    /// <summary>Where in the list it stands.</summary>
    public static string PositionOf(EmergencyProject p) => LatestFirst.PositionOf(p.RegisteredAt, p.Id);

    /// <summary>The project as the viewer may see it, as it stands now or stood then; null when it does not exist for them.</summary>
    public static async Task<EmergencyProjectView?> FindProject(
        this IQuerySession session, StoredFacts facts, Guid id, Actor viewer, DateTimeOffset? asOf, DateTimeOffset now, CancellationToken ct)
    {
        if ((await session.LoadAsync<EmergencyProject>(id, ct))?.SeenBy(viewer, now) is not { } found)
            return null;
        if (asOf is not { } then || then >= now)
            return EmergencyProjectView.Of(found, now);
        return await facts.AsOf<EmergencyProject, EmergencyProjectFact>(id, then, ct) is { } was
            ? EmergencyProjectView.Of(was, then) : null;
    }

    /// <summary>What has happened to a project.</summary>
    public static async Task<IReadOnlyList<EmergencyProjectEvent>> EventsOf(this StoredFacts stored, Guid id, CancellationToken ct) =>
        [.. (await stored.Of<EmergencyProjectFact>(id, ct)).Select(EmergencyProjectEvent.Of)];
}
