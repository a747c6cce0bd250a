using GraphQL;
using GraphQL.Types;
using Marten;
using OneDoor.Clock;
using OneDoor.Graph;
using OneDoor.Platform;

namespace OneDoor.WorkOrders;

/// <summary>Work orders in GraphQL: what REST offers, by the same handlers and under the same policy.</summary>
public static class WorkOrderGraph
{
    public static void Add(GraphRoots roots)
    {
        var order = roots.Shape<WorkOrderView>("WorkOrder", nameof(WorkOrderView.Id));
        roots.Reads(WorkOrderReading.One, order);
        roots.Shape<WorkOrderEvent>("WorkOrderEvent");
        roots.Shape<WorkOrderNote>("WorkOrderNote");
        roots.Shape<WorkOrderCall>("WorkOrderCall");
        roots.Shape<WorkOrderDeadline>("WorkOrderDeadline");
        roots.Shape<WorkOrderOutcome>("WorkOrderOutcome");
        roots.Shape<ReviewerContact>("ReviewerContact");
        roots.Connection<WorkOrderView>("WorkOrder", "A page of work orders.");
        roots.Query.Field<GraphPage<WorkOrderView>>("workOrders", nullable: true).Description("The work orders the caller sees, the latest days first.")
            .Argument<EnumerationGraphType<WorkOrderStatus>>("status", "Work orders that stand so.")
            .Argument<BooleanGraphType>("overdue", "Only those of which something that is owed is late.")
            .Paged()
            .ResolveAsync(async context => await WorkOrders(context))
            .Needs(WorkOrderReading.One.Scopes).Costs(10);
        WorkOrderOperations.All.OpenTo(new GraphOperations<WorkOrderChanges, WorkOrderCommand, WorkOrderView>(
            roots, "/v1/work-orders", WorkOrderReading.One.Name, WorkOrderRefusals.NotFound, answer => answer.Read<WorkOrderView>()));
    }

    private static async Task<GraphPage<WorkOrderView>> WorkOrders(IResolveFieldContext context)
    {
        var filter = new WorkOrderFilter(context.GetArgument<WorkOrderStatus?>("status"), context.GetArgument<bool?>("overdue") == true);
        var clock = context.Service<LegalClock>();
        var (session, viewer, now) = (context.Service<IQuerySession>(), context.Service<Caller>().Actor, context.Service<TimeProvider>().GetUtcNow());
        var (found, hasNext) = await ListWorkOrders.Find(session, viewer, filter, context.Page(filter.List), now, context.CancellationToken);
        context.NoteRead("work-order", found.Select(o => o.Id));
        var (cursors, positions) = (context.Service<Cursors>(), found.ToDictionary(o => o.Id, ListWorkOrders.PositionOf));
        return new GraphPage<WorkOrderView>([.. found.Select(o => WorkOrderView.Of(o, clock))], o => cursors.Sign(filter.List, positions[o.Id]), hasNext,
            () => ListWorkOrders.Count(session, viewer, filter, now, context.CancellationToken));
    }
}
