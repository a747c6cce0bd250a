using GraphQL;
using GraphQL.Types;
using Marten;
using OneDoor.Graph;

namespace OneDoor.Webhooks;

/// <summary>Webhooks in GraphQL: what REST offers, by the same handlers and under the same policy.</summary>
public static class WebhookGraph
{
    public static void Add(GraphRoots roots)
    {
        var webhook = roots.Shape<WebhookView>("Webhook", nameof(WebhookView.Id));
        roots.Node(webhook, WebhookRoutes.Resource.Name, w => w.Id.ToString(), async (context, id) => Caller.ScopesOf(context.User!).Contains(Scopes.WebhooksManage) ? await Find(context, id) : null);
        roots.Shape<WebhookDeliveryView>("WebhookDelivery", nameof(WebhookDeliveryView.Id)).Field<NonNullGraphType<IdGraphType>>("id")
            .Description("The header webhook-id, the same at every attempt.").Resolve(context => context.Source.Id);
        roots.Lists(WebhookRoutes.All, webhook);
        roots.Connection<WebhookDeliveryView>("WebhookDelivery", "A page of deliveries.");
        webhook.Field<GraphPage<WebhookDeliveryView>>("deliveries", nullable: false).Description("What was sent to it, or is to be, the latest first.")
            .Argument<ListGraphType<NonNullGraphType<EnumerationGraphType<DeliveryStatus>>>>("status", "Deliveries that stand so.")
            .Paged()
            .ResolveAsync(async context => await Deliveries(context, context.Source.Id)).Costs(20);
        roots.Query.Field<WebhookView>("webhook", nullable: true).Description("A webhook (订阅); null when it is not the caller's.")
            .Argument<NonNullGraphType<IdGraphType>>("id", "The webhook's id.")
            .ResolveAsync(async context => await Find(context, context.GetArgument<string>("id")))
            .Needs(Scopes.WebhooksManage).Costs(5);
        var door = new GraphOperations<WebhookChanges, WebhookCommand, WebhookView>(roots, WebhookRoutes.Resource);
        door.Begin(WebhookOperations.Create);
        door.Open(WebhookOperations.Change);
        door.Open(WebhookOperations.Delete);
        WebhookOperations.All.OpenTo(door);
    }

    private static async Task<GraphPage<WebhookDeliveryView>> Deliveries(IResolveFieldContext context, Guid webhook)
    {
        var statuses = context.GetArgument<DeliveryStatus[]?>("status");
        var list = WebhookRoutes.ListOf(webhook, statuses);
        var table = context.Service<WebhookTable>();
        var (found, hasNext) = await table.PageOf(webhook, statuses, context.Page(list), context.CancellationToken);
        return context.PageOf(list, found, hasNext, delivery => delivery, () => table.Count(webhook, statuses, context.CancellationToken));
    }

    private static async Task<WebhookView?> Find(IResolveFieldContext context, string id)
    {
        await using var session = context.Service<IDocumentStore>().QuerySession();
        var now = context.Service<TimeProvider>().GetUtcNow();
        return (await session.LoadAsync<Webhook>(GraphRoots.IdOf(WebhookRoutes.Resource.Name, id), context.CancellationToken))?.SeenBy(context.Service<Caller>().Actor, now) is { } seen ? WebhookView.Of(seen, now) : null;
    }
}
