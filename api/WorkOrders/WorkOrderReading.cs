using Marten;
using Marten.Linq.MatchesSql;
using OneDoor.Clock;

namespace OneDoor.WorkOrders;

/// <summary>GET /v1/work-orders/{id}, now or as of a past instant, and its history.</summary>
public static class WorkOrderReading
{
    public static readonly Reading<WorkOrder, WorkOrderFact, WorkOrderView, WorkOrderEvent> One = new(
        "workOrder", "a work order", "差评整改工单", "work-order", "/v1/work-orders", WorkOrderRefusals.NotFound, Scopes.ReviewsWrite, Scopes.ComplaintsFile, Scopes.ComplaintsHandle, Scopes.CasesAudit)
    {
        View = (order, to) => new(WorkOrderView.Of(order, to.Services.GetRequiredService<LegalClock>())),
        Event = (fact, i, _) => WorkOrderEvent.Of(fact, i),
        Key = view => $"{view.Id}",
        Shows = (WorkOrderExamples.CalledBack, WorkOrderExamples.History),
    };
}

/// <summary>What comes of reviews and complaints.</summary>
public sealed class WorkOrderOutcomes(StoredFacts facts, TimeProvider time)
{
    /// <summary>What came of reviews or complaints, by their ids: the latest of each; nothing of those of which nothing did.</summary>
    /// <param name="causes">The reviews' or complaints' ids.</param>
    /// <param name="asOf">When; null for now.</param>
    public async Task<IReadOnlyDictionary<Guid, WorkOrderOutcome>> Of(IQuerySession session, IReadOnlyList<Guid> causes, DateTimeOffset? asOf, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        Dictionary<Guid, WorkOrderOutcome> outcomes = [];
        foreach (var order in await CameOf(session, causes, ct))
        {
            if ((asOf is { } then && then < now ? (await facts.AsOf<WorkOrder, WorkOrderFact>(order.Id, then, ct))?.At(then) : order) is { } stood)
                outcomes[order.Cause!.Value] = WorkOrderOutcome.Of(stood);
        }
        return outcomes;
    }

    /// <summary>The work orders that came of reviews or complaints, the earliest first.</summary>
    /// <inheritdoc cref="Of"/>
    public static async Task<IReadOnlyList<WorkOrder>> CameOf(IQuerySession session, IReadOnlyList<Guid> causes, CancellationToken ct) =>
        causes.Count == 0 ? [] : await session.Query<WorkOrder>().Where(o => o.MatchesSql("d.cause = any(?)", causes.ToArray())).OrderBy(o => o.OpenedAt).ToListAsync(ct);
}
