using Marten;
using OneDoor.Platform;

namespace OneDoor.Emergencies;

/// <summary>GET /v1/emergency-projects, the latest first; each of them, now or as of a past instant; and its history.</summary>
public static class ReadEmergencyProjects
{
    /// <summary>What cursors are signed for.</summary>
    public const string List = "emergency-projects";

    public static readonly Reading<EmergencyProject, EmergencyProjectFact, EmergencyProjectView, EmergencyProjectEvent> One = new(
        "emergencyProject", "an emergency project", "应急项目", "emergency-project", EmergencyProjectRefusals.NotFound, Scopes.CasesSupervise)
    {
        View = (project, to) => new(EmergencyProjectView.Of(project, to.AsOf ?? to.Now)),
        Event = (fact, i, _) => EmergencyProjectEvent.Of(fact, i),
        Key = view => $"{view.Id}",
        Shows = (EmergencyExamples.Registered, EmergencyExamples.History),
    };

    public static void MapReadEmergencyProjects(this IEndpointRouteBuilder projects)
    {
        projects.MapGet("", All)
            .Needs(Scopes.CasesSupervise)
            .Lists<EmergencyProjectView>("listEmergencyProjects", "List emergency projects, the latest first", EmergencyExamples.Registered)
            .WithDescription("A supervisor's of the service office: others see none.");
        projects.MapReading(One);
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
        reads.Note(caller, http, One.Noted, found.Select(p => p.Id));
        return TypedResults.Ok(http.PageOf<EmergencyProjectView>(
            [.. found.Select(p => EmergencyProjectView.Of(p, time.GetUtcNow()))], hasNext ? cursors.Sign(List, PositionOf(found[^1])) : null, total));
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
}
