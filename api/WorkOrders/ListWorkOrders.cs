using Marten;
using Marten.Linq.MatchesSql;

namespace OneDoor.WorkOrders;

/// <summary>Which work orders are wanted; what is null leaves them all.</summary>
/// <param name="Status">Work orders that stand so.</param>
/// <param name="Overdue">Only those of which something that is owed is late.</param>
public sealed record WorkOrderFilter(IReadOnlyList<WorkOrderStatus>? Status, bool Overdue);

/// <summary>GET /v1/work-orders: those the caller may see, the latest days first.</summary>
public static class ListWorkOrders
{
    public static readonly ThingList<WorkOrder, WorkOrderFact, WorkOrderView, WorkOrderEvent, WorkOrderFilter> All = new(WorkOrderReading.One, "workOrders", "work orders", "the latest days first")
    {
        By = new("opened_at", o => o.OpenedAt, o => o.Id),
        Matching = Matching,
        Says = "Those that come of one's own reviews and complaints; for a department those it puts right; for the service office all.",
    };

    // What WorkOrder.SeenBy says, in the query itself.
    private static IQueryable<WorkOrder> Matching(IQuerySession session, Actor viewer, WorkOrderFilter filter, DateTimeOffset now)
    {
        var found = session.Query<WorkOrder>().Where(o => o.MatchesSql("not jsonb_exists(d.data -> 'named', ?)", viewer.Subject));
        found = viewer switch
        {
            { Department: Department.ServiceOffice, IsSupervisor: true } => found,
            { Department: Department.ServiceOffice } => found.Where(o => o.MatchesSql("(d.data ->> 'unit' = ? or not (d.data ->> 'aboutOffice')::boolean)", nameof(Department.ServiceOffice))),
            { IsAuditor: true, Department: var own } => found.Where(o => o.MatchesSql("(d.data ->> 'complaint' is null or d.data ->> 'unit' = ?)", $"{own}")),
            { Department: { } own } => found.Where(o => o.MatchesSql("d.data ->> 'unit' = ?", own.ToString())),
            _ => found.Where(o => o.Reviewer == viewer.Subject),
        };
        if (filter.Status?.ToArray() is { } statuses)
            found = found.Where(o => o.Status.IsOneOf(statuses));
        // What is late stands so, whether that is recorded yet or not.
        if (filter.Overdue)
            found = found.Where(o => o.MatchesSql("((d.data ->> 'isOverdue')::boolean or d.wake_at <= ?)", now.ToUniversalTime()));
        return found;
    }
}
