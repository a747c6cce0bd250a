using Marten;
using OneDoor.Graph;

namespace OneDoor.Webhooks;

/// <summary>Webhooks (订阅): systems that are told of events.</summary>
public static class WebhooksModule
{
    public static void AddWebhooks(this WebApplicationBuilder builder)
    {
        builder.Stores<Webhook, WebhookFact>(webhooks => webhooks.Index(w => w.Status));
        builder.Services.ConfigureMarten(marten => marten.Storage.ExtendedSchemaObjects.AddRange(WebhookTable.Schema));
        builder.Services.AddSingleton(WebhookTable.Written);
        builder.Services.AddSingleton(WebhookTable.Parked);
        foreach (var lag in WebhookTable.Lags)
            builder.Services.AddSingleton(lag);
        builder.Services.AddSingleton(builder.Configuration.Read<WebhookOptions>("Webhooks"));
        builder.Services.AddSingleton<WebhookTable>();
        builder.Services.AddSingleton<DisableWebhooks>();
        builder.Services.AddSingleton<WebhookTargets>();
        builder.Services.AddSingleton<WebhookSecrets>();
        builder.Services.AddSingleton<WebhookMetrics>();
        builder.Services.AddSingleton<SendWebhook>();
        builder.Services.AddScoped<WebhookChanges>();
        builder.Services.AddHostedService<DeliverWebhooks>();
        builder.Services.AddSingleton(new ContractTag("Webhooks", "Systems that are told of events (订阅), by Standard Webhooks."));
        builder.AddGraph(WebhookGraph.Add);
    }

    public static void MapWebhooks(this IEndpointRouteBuilder v1)
    {
        var webhooks = v1.MapGroup(WebhookRoutes.Resource).WithTags("Webhooks");
        var door = new RestDoor<WebhookChanges, WebhookCommand, WebhookView>(webhooks);
        door.Begin(WebhookOperations.Create);
        webhooks.MapWebhookRoutes();
        WebhookOperations.All.OpenTo(door);
    }
}
