using OneDoor.Graph;

namespace OneDoor.WorkOrders;

/// <summary>Work orders in GraphQL: what REST offers, by the same handlers and under the same policy.</summary>
public static class WorkOrderGraph
{
    public static void Add(GraphRoots roots)
    {
        var order = roots.Shape<WorkOrderView>("WorkOrder", nameof(WorkOrderView.Id));
        roots.Reads(WorkOrderReading.One, order);
        roots.Lists(ListWorkOrders.All, order);
        WorkOrderOperations.All.OpenTo(new GraphOperations<WorkOrderChanges, WorkOrderCommand, WorkOrderView>(roots, WorkOrderReading.One));
    }
}
