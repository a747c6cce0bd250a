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
        roots.Connection<WebhookView>("Webhook", "A page of webhooks.");
        roots.Connection<WebhookDeliveryView>("WebhookDelivery", "A page of deliveries.");
        webhook.Field<GraphPage<WebhookDeliveryView>>("deliveries", nullable: false).Description("What was sent to it, or is to be, the latest first.")
            .Argument<ListGraphType<NonNullGraphType<EnumerationGraphType<DeliveryStatus>>>>("status", "Deliveries that stand so.")
            .Paged()
            .ResolveAsync(async context => await Deliveries(context, context.Source.Id)).Costs(20);
        roots.Query.Field<WebhookView>("webhook", nullable: true).Description("A webhook (订阅); null when it is not the caller's.")
            .Argument<NonNullGraphType<IdGraphType>>("id", "The webhook's id.")
            .ResolveAsync(async context => await Find(context, context.GetArgument<string>("id")))
            .Needs(Scopes.WebhooksManage).Costs(5);
        roots.Query.Field<GraphPage<WebhookView>>("webhooks", nullable: true).Description("The caller's webhooks, the latest first.")
            .Paged()
            .ResolveAsync(async context => await Webhooks(context))
            .Needs(Scopes.WebhooksManage).Costs(10);
        var door = new GraphOperations<WebhookChanges, WebhookCommand, WebhookView>(roots, WebhookRoutes.Resource);
        door.Begin(WebhookOperations.Create);
        door.Open(WebhookOperations.Change);
        door.Open(WebhookOperations.Delete);
        WebhookOperations.All.OpenTo(door);
    }

    private static async Task<GraphPage<WebhookView>> Webhooks(IResolveFieldContext context)
    {
        await using var session = context.Service<IDocumentStore>().QuerySession();
        var (cursors, now) = (context.Service<Cursors>(), context.Service<TimeProvider>().GetUtcNow());
        var all = await WebhookRoutes.Of(session, context.Service<Caller>().Actor, context.CancellationToken);
        var (found, hasNext) = all.Page(context.Page(WebhookRoutes.Webhooks));
        return new([.. found.Select(w => WebhookView.Of(w, now))], w => cursors.Sign(WebhookRoutes.Webhooks, $"{w.Id}"), hasNext, () => Task.FromResult((long)all.Count));
    }

    private static async Task<GraphPage<WebhookDeliveryView>> Deliveries(IResolveFieldContext context, Guid webhook)
    {
        var statuses = context.GetArgument<DeliveryStatus[]?>("status");
        var list = WebhookRoutes.ListOf(webhook, statuses);
        var (cursors, table) = (context.Service<Cursors>(), context.Service<WebhookTable>());
        var (found, hasNext) = await table.Find(webhook, statuses, context.Page(list), context.CancellationToken);
        var positions = found.ToDictionary(d => d.Id, WebhookRoutes.PositionOf);
        return new([.. found.Select(WebhookDeliveryView.Of)], d => cursors.Sign(list, positions[d.Id]), hasNext, () => table.Count(webhook, statuses, context.CancellationToken));
    }

    private static async Task<WebhookView?> Find(IResolveFieldContext context, string id)
    {
        await using var session = context.Service<IDocumentStore>().QuerySession();
        var now = context.Service<TimeProvider>().GetUtcNow();
        return (await session.LoadAsync<Webhook>(GraphRoots.IdOf(WebhookRoutes.Resource.Name, id), context.CancellationToken))?.SeenBy(context.Service<Caller>().Actor, now) is { } seen ? WebhookView.Of(seen, now) : null;
    }
}
