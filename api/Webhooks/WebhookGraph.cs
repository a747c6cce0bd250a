using GraphQL;
using GraphQL.Types;
using Marten;
using OneDoor.Graph;
using OneDoor.Platform;

namespace OneDoor.Webhooks;

/// <summary>Webhooks in GraphQL: what REST offers, by the same handlers and under the same policy.</summary>
public static class WebhookGraph
{
    private const string Kind = "webhook";

    public static void Add(GraphRoots roots)
    {
        var webhook = roots.Shape<WebhookView>("Webhook", nameof(WebhookView.Id));
        roots.Node(webhook, Kind, w => w.Id.ToString(), async (context, id) => Caller.ScopesOf(context.User!).Contains(Scopes.WebhooksManage) ? await Find(context, id) : null);
        roots.Shape<WebhookDeliveryView>("WebhookDelivery", nameof(WebhookDeliveryView.Id)).Field<NonNullGraphType<IdGraphType>>("id")
            .Description("The header webhook-id, the same at every attempt.").Resolve(context => context.Source.Id);
        webhook.Field("deliveries", GraphList.Of<WebhookDeliveryView>()).Description("What was sent to it, or is to be, the latest 100.").ResolveAsync(async context =>
            (await context.Service<WebhookTable>().Of(context.Source.Id, null, null, 100, context.CancellationToken)).Select(WebhookDeliveryView.Of).ToArray()).Costs(20);
        roots.Query.Field<WebhookView>("webhook", nullable: true).Description("A webhook (订阅); null when it is not the caller's.")
            .Argument<NonNullGraphType<IdGraphType>>("id", "The webhook's id.")
            .ResolveAsync(async context => await Find(context, context.GetArgument<string>("id")))
            .Needs(Scopes.WebhooksManage).Costs(5);
        roots.Query.Field("webhooks", GraphList.Of<WebhookView>()).Description("The caller's webhooks, the latest first.")
            .ResolveAsync(async context =>
            {
                await using var session = context.Service<IDocumentStore>().QuerySession();
                var now = context.Service<TimeProvider>().GetUtcNow();
                return (await WebhookRoutes.Of(session, context.Service<Caller>().Actor, context.CancellationToken)).Select(w => WebhookView.Of(w, now)).ToArray();
            })
            .Needs(Scopes.WebhooksManage).Costs(10);
        var door = new GraphOperations<WebhookChanges, WebhookCommand, WebhookView>(roots, "/v1/webhooks", Kind, WebhookRefusals.NotFound, answer => answer.Read<WebhookView>());
        door.Begin<CreateWebhook>("createWebhook", "Be told of events at an address (订阅)", "Where, and of which.", (changes, input, ct) => changes.Begin(input, id => $"/v1/webhooks/{id}", ct), Scopes.WebhooksManage);
        door.Open(WebhookOperations.Change);
        door.Open(WebhookOperations.Delete);
        WebhookOperations.All.OpenTo(door);
    }

    private static async Task<WebhookView?> Find(IResolveFieldContext context, string id)
    {
        await using var session = context.Service<IDocumentStore>().QuerySession();
        var now = context.Service<TimeProvider>().GetUtcNow();
        return GraphRoots.IdOf(Kind, id) is var guid && guid != Guid.Empty
            && (await session.LoadAsync<Webhook>(guid, context.CancellationToken))?.SeenBy(context.Service<Caller>().Actor, now) is { } seen ? WebhookView.Of(seen, now) : null;
    }
}
