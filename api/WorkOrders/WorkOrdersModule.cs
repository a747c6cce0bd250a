using OneDoor.Clock;
using OneDoor.Graph;

namespace OneDoor.WorkOrders;

/// <summary>What is done about bad reviews and upheld complaints (差评整改).</summary>
public static class WorkOrdersModule
{
    public static void AddWorkOrders(this WebApplicationBuilder builder)
    {
        builder.Stores<WorkOrder, WorkOrderFact>(orders => orders
            .Metadata(m => m.LastModified.Enabled = false)
            .Duplicate(o => o.OpenedAt, configure: index => index.Mask = "?, id")
            .Duplicate(o => o.Reviewer, configure: index => index.Mask = "?, opened_at, id")
            .Index(o => o.Unit, index => index.Mask = "?, opened_at, id")
            .Index(o => o.Status, index => index.Mask = "?, opened_at, id")
            .Duplicate(o => o.Cause));
        builder.Services.AddSingleton(new ErasedAlong(async (session, cause, ct) => [.. (await WorkOrderOutcomes.CameOf(session, [cause], ct)).Select(order => order.Id)]));
        builder.Services.AddSingleton(builder.Configuration.Read<WorkOrderOptions>("WorkOrders"));
        builder.Services.AddScoped<WorkOrderChanges>();
        builder.Services.AddSingleton<WorkOrderOutcomes>();
        builder.Sweeps<WorkOrder, WorkOrderFact>(o => o.WakeAt);
        builder.Tells(WorkOrderReading.One, (order, _, services) => WorkOrderView.Of(order, services.GetRequiredService<LegalClock>()),
            // Where a review opened it, it stands in the feed where the review does, which the rated are not told (decision 0057).
            (past, version, viewer, now) => past[version - 1].Fact is WorkOrderOpened { Review: not null } && past[^1].State.SeenBy(viewer, now) is { Reviewer: null } && !past[^1].State.SeesWhole(viewer)
                || past[^1].State.SeenBy(viewer, now) is null ? null : past[version - 1].State.SeenBy(viewer, now));
        builder.Services.AddSingleton(new ContractTag("WorkOrders", "What is done about bad reviews and upheld complaints (差评整改)."));
        builder.AddGraph(WorkOrderGraph.Add);
    }

    public static void MapWorkOrders(this IEndpointRouteBuilder v1)
    {
        var orders = v1.MapGroup(WorkOrderReading.One).WithTags("WorkOrders");
        orders.MapList(ListWorkOrders.All);
        orders.MapReading(WorkOrderReading.One);
        WorkOrderOperations.All.OpenTo(new RestDoor<WorkOrderChanges, WorkOrderCommand, WorkOrderView>(orders));
    }
}
