using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Marten;
using OneDoor.Platform;
using OneDoor.WorkOrders;

namespace OneDoor.Complaints;

/// <summary>GET /v1/complaints/{id}, now or as of a past instant, and its history.</summary>
public static class GetComplaint
{
    public static void MapGetComplaint(this IEndpointRouteBuilder complaints)
    {
        complaints.MapGet("/{id:guid}", Handle)
            .Needs(ComplaintOperations.Code, Scopes.ComplaintsFile, Scopes.ComplaintsHandle)
            .ReadsOne<ComplaintView>("getComplaint", "Read a complaint, now or as of a past instant", ComplaintExamples.Answered);
        complaints.MapGet("/{id:guid}/history", History)
            .Needs(ComplaintOperations.Code, Scopes.ComplaintsFile, Scopes.ComplaintsHandle)
            .ReadsOne<ComplaintHistory>("getComplaintHistory", "Read what happened to a complaint, in order", ComplaintExamples.History);
    }

    private static async Task<IResult> Handle(
        Guid id, HttpContext http, ComplaintReader reader, Etags etags, CancellationToken ct,
        [DataType(DataType.DateTime), Description("An instant with its offset: the complaint as it was then.")] string? asOf = null)
    {
        var parameters = new Parameters();
        var instant = parameters.Instant(asOf, "asOf");
        if (parameters.Refused is { } malformed)
            return malformed.ToProblem();
        var (seen, order, viewer, refused) = await reader.Read(id, null, instant, "GET /v1/complaints/{id:guid}", ct);
        return refused?.ToProblem() ?? etags.Ok(http, id, seen!.Version, ComplaintView.Of(seen, order, viewer, Language.Of(http.Request)));
    }

    private static async Task<IResult> History(Guid id, HttpContext http, ComplaintReader reader, Etags etags, CancellationToken ct)
    {
        var (seen, _, _, refused) = await reader.Read(id, null, null, "GET /v1/complaints/{id:guid}/history", ct);
        return refused?.ToProblem() ?? etags.Ok(http, id, seen!.Version, new ComplaintHistory(await reader.HistoryOf(id, ct)));
    }
}

/// <summary>Reads complaints for whoever may see them, by token or by code, for both doors.</summary>
public sealed class ComplaintReader(
    IDocumentStore store, StoredFacts facts, WorkOrderReader orders, Caller caller, ComplaintCodes codes, ReadLog reads, IHttpContextAccessor accessor, TimeProvider time)
{
    /// <summary>The complaint as the reader may see it, as it stands now or stood then, what came of it, and who that is; or why not.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="code">The code that is shown, where it does not come in a header.</param>
    /// <param name="asOf">When; null for now.</param>
    /// <param name="operation">What the log of reads calls it.</param>
    /// <param name="ct">Cancels the request.</param>
    public async Task<(Complaint? Seen, WorkOrderOutcome? Order, Actor Viewer, Refusal? Refused)> Read(Guid id, string? code, DateTimeOffset? asOf, string operation, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        var (http, now) = (accessor.HttpContext!, time.GetUtcNow());
        var (viewer, tooMany) = await codes.ViewerOf(http, caller, new ShownCode { Value = code }.Of(http.Request, ComplaintOperations.Code), id, session, ct);
        if (tooMany is not null)
            return (null, null, viewer, tooMany);
        var found = id == Guid.Empty ? null : await session.LoadAsync<Complaint>(id, ct);
        var seen = found?.SeenBy(viewer, now)?.At(now);
        if (seen is not null && asOf is { } then && then < now)
            seen = (await facts.AsOf<Complaint, ComplaintFact>(id, then, ct))?.At(then).SeenBy(viewer, now);
        if (seen is null)
            return (null, null, viewer, ComplaintRefusals.NotFound);
        // Who reads by a code is nobody's to know.
        if (viewer.CodeDigest is null)
            reads.Note(caller, operation, "complaint", [id]);
        return (seen, (await orders.OutcomesOf(session, [id], asOf, ct)).GetValueOrDefault(id), viewer, null);
    }

    /// <summary>What has happened to a complaint by now, whether it is recorded yet or not.</summary>
    public async Task<IReadOnlyList<ComplaintEvent>> HistoryOf(Guid id, CancellationToken ct)
    {
        var stored = await facts.Of<ComplaintFact>(id, ct);
        return [.. stored.Concat(stored.Aggregate(default(Complaint), Complaint.Evolve)!.Lapse(time.GetUtcNow())).Select(ComplaintEvent.Of)];
    }
}
