using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Marten;
using OneDoor.Platform;

namespace OneDoor.Supervision;

/// <summary>GET /v1/supervision-tasks/{id}, now or as of a past instant, and its history.</summary>
public static class GetSupervisionTask
{
    public static void MapGetSupervisionTask(this IEndpointRouteBuilder tasks)
    {
        tasks.MapGet("/{id:guid}", Handle)
            .Needs(Scopes.SupervisionHandle, Scopes.LicencesRead)
            .ReadsOne<SupervisionView>("getSupervisionTask", "Read a supervision task, now or as of a past instant", SupervisionExamples.Opened);
        tasks.MapGet("/{id:guid}/history", History)
            .Needs(Scopes.SupervisionHandle, Scopes.LicencesRead)
            .ReadsOne<SupervisionHistory>("getSupervisionTaskHistory", "Read what happened to a supervision task, in order", SupervisionExamples.History);
    }

    private static async Task<IResult> Handle(
        Guid id, HttpContext http, Caller caller, IQuerySession session, StoredFacts facts, Etags etags, ReadLog reads, TimeProvider time, CancellationToken ct,
        [DataType(DataType.DateTime), Description("An instant with its offset: the task as it was then.")] string? asOf = null)
    {
        var parameters = new Parameters();
        var instant = parameters.Instant(asOf, "asOf");
        if (parameters.Refused is { } refused)
            return refused.ToProblem();
        if (await session.FindSupervisionTask(facts, id, caller.Actor, instant, time.GetUtcNow(), ct) is not { } seen)
            return SupervisionRefusals.NotFound.ToProblem();
        reads.Note(caller, http, "supervision", [id]);
        return etags.Ok(http, id, seen.Version, SupervisionView.Of(seen, Language.Of(http.Request)));
    }

    private static async Task<IResult> History(Guid id, HttpContext http, Caller caller, IQuerySession session, StoredFacts facts, Etags etags, ReadLog reads, TimeProvider time, CancellationToken ct)
    {
        if (await session.FindSupervisionTask(facts, id, caller.Actor, null, time.GetUtcNow(), ct) is not { } seen)
            return SupervisionRefusals.NotFound.ToProblem();
        reads.Note(caller, http, "supervision", [id]);
        return etags.Ok(http, id, seen.Version, new SupervisionHistory(await facts.HistoryOfTask(id, ct)));
    }

    /// <summary>The task as the viewer may see it, as it stands now or stood then; null when it does not exist for them.</summary>
    public static async Task<SupervisionTask?> FindSupervisionTask(
        this IQuerySession session, StoredFacts facts, Guid id, Actor viewer, DateTimeOffset? asOf, DateTimeOffset now, CancellationToken ct)
    {
        if ((await session.LoadAsync<SupervisionTask>(id, ct))?.SeenBy(viewer, now) is not { } found)
            return null;
        if (asOf is not { } then || then >= now)
            return found;
        return await facts.AsOf<SupervisionTask, SupervisionFact>(id, then, ct);
    }

    /// <summary>What has happened to a task.</summary>
    public static async Task<IReadOnlyList<SupervisionEvent>> HistoryOfTask(this StoredFacts stored, Guid id, CancellationToken ct) =>
        [.. (await stored.Of<SupervisionFact>(id, ct)).Select(SupervisionEvent.Of)];
}
