using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Marten;
using Marten.Linq.MatchesSql;
using OneDoor.Clock;
using OneDoor.Platform;

namespace OneDoor.WorkOrders;

/// <summary>GET /v1/work-orders/{id}, now or as of a past instant, and its history.</summary>
public static class GetWorkOrder
{
    public static readonly string[] Reading = [Scopes.ReviewsWrite, Scopes.ComplaintsFile, Scopes.ComplaintsHandle, Scopes.CasesAudit];

    public static void MapGetWorkOrder(this IEndpointRouteBuilder orders)
    {
        orders.MapGet("/{id:guid}", Handle)
            .Needs(Reading)
            .ReadsOne<WorkOrderView>("getWorkOrder", "Read a work order, now or as of a past instant", WorkOrderExamples.CalledBack);
        orders.MapGet("/{id:guid}/history", History)
            .Needs(Reading)
            .ReadsOne<WorkOrderHistory>("getWorkOrderHistory", "Read what happened to a work order, in order", WorkOrderExamples.History);
    }

    private static async Task<IResult> Handle(
        Guid id, HttpContext http, WorkOrderReader reader, LegalClock clock, Etags etags, CancellationToken ct,
        [DataType(DataType.DateTime), Description("An instant with its offset: the work order as it was then.")] string? asOf = null)
    {
        var parameters = new Parameters();
        var instant = parameters.Instant(asOf, "asOf");
        if (parameters.Refused is { } malformed)
            return malformed.ToProblem();
        return await reader.Read(id, instant, "GET /v1/work-orders/{id:guid}", ct) is { } seen
            ? etags.Ok(http, id, seen.Version, WorkOrderView.Of(seen, clock)) : WorkOrderRefusals.NotFound.ToProblem();
    }

    private static async Task<IResult> History(Guid id, HttpContext http, WorkOrderReader reader, Etags etags, CancellationToken ct) =>
        await reader.Read(id, null, "GET /v1/work-orders/{id:guid}/history", ct) is { } seen
            ? etags.Ok(http, id, seen.Version, new WorkOrderHistory(await reader.HistoryOf(id, ct))) : WorkOrderRefusals.NotFound.ToProblem();
}

/// <summary>Reads work orders for whoever may see them, for both doors.</summary>
public sealed class WorkOrderReader(IDocumentStore store, StoredFacts facts, Caller caller, ReadLog reads, TimeProvider time)
{
    /// <summary>The work order as the caller may see it, as it stands now or stood then; null when it does not exist for them.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="asOf">When; null for now.</param>
    /// <param name="operation">What the log of reads calls it.</param>
    /// <param name="ct">Cancels the request.</param>
    public async Task<WorkOrder?> Read(Guid id, DateTimeOffset? asOf, string operation, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        var now = time.GetUtcNow();
        var seen = id == Guid.Empty ? null : (await session.LoadAsync<WorkOrder>(id, ct))?.SeenBy(caller.Actor, now)?.At(now);
        if (seen is not null && asOf is { } then && then < now)
            seen = (await AsOf(id, then, ct))?.SeenBy(caller.Actor, now);
        if (seen is not null)
            reads.Note(caller, operation, "work-order", [id]);
        return seen;
    }

    /// <summary>What came of reviews or complaints, by their ids: the latest of each; nothing of those of which nothing did.</summary>
    /// <param name="session">Where they are.</param>
    /// <param name="causes">The reviews' or complaints' ids.</param>
    /// <param name="asOf">When; null for now.</param>
    /// <param name="ct">Cancels the request.</param>
    public async Task<IReadOnlyDictionary<Guid, WorkOrderOutcome>> OutcomesOf(IQuerySession session, IReadOnlyList<Guid> causes, DateTimeOffset? asOf, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        Dictionary<Guid, WorkOrderOutcome> outcomes = [];
        foreach (var order in await CameOf(session, causes, ct))
        {
            if ((asOf is { } then && then < now ? await AsOf(order.Id, then, ct) : order) is { } stood)
                outcomes[order.Cause!.Value] = WorkOrderOutcome.Of(stood);
        }
        return outcomes;
    }

    /// <summary>The work orders that came of reviews or complaints, the earliest first.</summary>
    /// <inheritdoc cref="OutcomesOf"/>
    public static async Task<IReadOnlyList<WorkOrder>> CameOf(IQuerySession session, IReadOnlyList<Guid> causes, CancellationToken ct) =>
        causes.Count == 0 ? [] : await session.Query<WorkOrder>().Where(o => o.MatchesSql("d.cause = any(?)", causes.ToArray())).OrderBy(o => o.OpenedAt).ToListAsync(ct);

    private async Task<WorkOrder?> AsOf(Guid id, DateTimeOffset then, CancellationToken ct) =>
        (await facts.AsOf<WorkOrder, WorkOrderFact>(id, then, ct))?.At(then);

    /// <summary>What has happened to a work order by now, whether it is recorded yet or not.</summary>
    public async Task<IReadOnlyList<WorkOrderEvent>> HistoryOf(Guid id, CancellationToken ct)
    {
        var stored = await facts.Of<WorkOrderFact>(id, ct);
        return [.. stored.Concat(stored.Aggregate(default(WorkOrder), WorkOrder.Evolve)!.Lapse(time.GetUtcNow())).Select(WorkOrderEvent.Of)];
    }
}
