using System.ComponentModel;
using Marten;
using Marten.Linq.MatchesSql;
using OneDoor.Clock;
using OneDoor.Platform;

namespace OneDoor.WorkOrders;

/// <summary>Which work orders are wanted; what is null leaves them all.</summary>
/// <param name="Overdue">Only those of which something that is owed is late.</param>
public sealed record WorkOrderFilter(WorkOrderStatus? Status = null, bool Overdue = false)
{
    /// <summary>What cursors are signed for.</summary>
    public string List => $"work orders {Status} {Overdue}";
}

/// <summary>GET /v1/work-orders: those the caller may see, the latest days first.</summary>
public static class ListWorkOrders
{
    public static void MapListWorkOrders(this IEndpointRouteBuilder orders) => orders.MapGet("", Handle)
        .Needs(WorkOrderReading.One.Scopes)
        .Lists<WorkOrderView>("listWorkOrders", "List work orders, the latest days first", WorkOrderExamples.Contacted)
        .WithDescription("Those that come of one's own reviews and complaints; for a department those it puts right; for the service office all.");

    private static async Task<IResult> Handle(
        HttpContext http, Caller caller, IQuerySession session, LegalClock clock, Cursors cursors, ReadLog reads, TimeProvider time, CancellationToken ct,
        [OneOf<WorkOrderStatus>, Description("Work orders that stand so.")] string? status = null,
        [Description("true: only those of which something that is owed is late.")] bool overdue = false,
        int? first = null, string? after = null, bool count = false)
    {
        var parameters = new Parameters();
        var filter = new WorkOrderFilter(parameters.Enum<WorkOrderStatus>(status, "status"), overdue);
        var page = parameters.Page(cursors, filter.List, first, after);
        if (parameters.Refused is { } refused)
            return refused.ToProblem();
        var now = time.GetUtcNow();
        var total = count ? (long?)await Count(session, caller.Actor, filter, now, ct) : null;
        var (found, hasNext) = await Find(session, caller.Actor, filter, page, now, ct);
        reads.Note(caller, http, "work-order", found.Select(o => o.Id));
        return TypedResults.Ok(http.PageOf<WorkOrderView>([.. found.Select(o => WorkOrderView.Of(o, clock))], hasNext ? cursors.Sign(filter.List, PositionOf(found[^1])) : null, total));
    }

    /// <summary>A page of the work orders a viewer may see, as they stand at an instant, and whether more follow.</summary>
    public static async Task<(IReadOnlyList<WorkOrder> Found, bool HasNext)> Find(
        IQuerySession session, Actor viewer, WorkOrderFilter filter, PageRequest page, DateTimeOffset now, CancellationToken ct)
    {
        var found = Matching(session, viewer, filter, now);
        var (rows, hasNext) = await found.PageOf("opened_at", o => o.OpenedAt, o => o.Id, page, ct);
        return ([.. rows.Select(o => o.SeenBy(viewer, now)!.At(now))], hasNext);
    }

    /// <summary>How many there are on all pages.</summary>
    public static async Task<long> Count(IQuerySession session, Actor viewer, WorkOrderFilter filter, DateTimeOffset now, CancellationToken ct) =>
        await Matching(session, viewer, filter, now).LongCountAsync(ct);

    /// <summary>Where in the list it stands.</summary>
    public static string PositionOf(WorkOrder o) => LatestFirst.PositionOf(o.OpenedAt, o.Id);

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
        if (filter.Status is { } status)
            found = found.Where(o => o.MatchesSql("d.data ->> 'status' = ?", status.ToString()));
        // What is late stands so, whether that is recorded yet or not.
        if (filter.Overdue)
            found = found.Where(o => o.MatchesSql("((d.data ->> 'isOverdue')::boolean or d.wake_at <= ?)", now.ToUniversalTime()));
        return found;
    }
}
