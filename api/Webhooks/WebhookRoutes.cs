using System.ComponentModel;
using System.Globalization;
using Marten;
using Microsoft.AspNetCore.Mvc;

namespace OneDoor.Webhooks;

/// <summary>The routes of webhooks besides their commands: listing, reading, changing and deleting them, and what was sent to them.</summary>
public static class WebhookRoutes
{
    public static readonly Resource Resource = new("webhook", "/v1/webhooks", WebhookRefusals.NotFound);

    public static readonly RowList<WebhookView, Unfiltered> All = new("webhooks", "webhooks", "List one's webhooks, the latest first", "The caller's webhooks, the latest first.", Scopes.WebhooksManage)
    {
        Rows = async (services, _, page, _, ct) =>
        {
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            return (await Own(services, ct)).SkipWhile(w => page.After is { } last && w.Id.CompareTo(Guid.Parse(last)) >= 0).Select(w => new Listed<WebhookView>(WebhookView.Of(w, now), $"{w.Id}")).CutTo(page);
        },
        Total = async (services, _, ct) => (await Own(services, ct)).Count(),
    };

    public static void MapWebhookRoutes(this IEndpointRouteBuilder webhooks)
    {
        webhooks.MapList(All, WebhookExamples.Active);
        webhooks.MapGet("/{id:guid}", Read)
            .Needs(Scopes.WebhooksManage)
            .ReadsOne<WebhookView>("getWebhook", "Read a webhook", WebhookExamples.Active);
        webhooks.MapGet("/{id:guid}/deliveries", Deliveries)
            .Needs(Scopes.WebhooksManage)
            .ReadsOne<Page<WebhookDeliveryView>>("listDeliveries", "List what was sent to a webhook, or is to be, the latest first", new Page<WebhookDeliveryView>([WebhookExamples.Delivery], null))
            .WithDescription("What was delivered or withdrawn is kept for 30 days. Bodies are not kept.");
        Described(webhooks.MapPatch("/{id:guid}", (Guid id, ChangeWebhook request, WebhookChanges changes, CancellationToken ct, [FromHeader(Name = "If-Match")] string? ifMatch = null) =>
            changes.Apply(id, ifMatch, request, request, ct)), WebhookOperations.Change);
        Described(webhooks.MapDelete("/{id:guid}", (Guid id, WebhookChanges changes, CancellationToken ct, [FromHeader(Name = "If-Match")] string? ifMatch = null) =>
            changes.Apply(id, ifMatch, null, new DeleteWebhook(), ct)), WebhookOperations.Delete);
    }

    private static void Described<T>(RouteHandlerBuilder route, Operation<T> operation) where T : WebhookCommand => route
        .Needs(operation.Scopes)
        .Changes<WebhookView>(operation.Name, operation.Does, operation.Shows.Request, operation.Shows.Answer);

    private static async Task<IResult> Read(Guid id, HttpContext http, Caller caller, IQuerySession session, Etags etags, TimeProvider time, CancellationToken ct) =>
        (await session.LoadAsync<Webhook>(id, ct))?.SeenBy(caller.Actor, time.GetUtcNow()) is { } seen
            ? etags.Ok(http, id, seen.Version, WebhookView.Of(seen, time.GetUtcNow()))
            : WebhookRefusals.NotFound.ToProblem();

    private static async Task<IResult> Deliveries(
        Guid id, HttpContext http, Caller caller, IQuerySession session, Etags etags, WebhookTable table, Cursors cursors, TimeProvider time, Parameters parameters, CancellationToken ct,
        [Several, OneOf<DeliveryStatus>, Description("Deliveries that stand so.")] string? status = null, int? first = null, string? after = null, bool count = false)
    {
        var wanted = parameters.Several(status, "status", Kebab.Parse<DeliveryStatus>, Kebab.All<DeliveryStatus>());
        var list = ListOf(id, wanted);
        var page = parameters.Page(cursors, list, first, after);
        if (parameters.Refused is { } refused)
            return refused.ToProblem();
        if ((await session.LoadAsync<Webhook>(id, ct))?.SeenBy(caller.Actor, time.GetUtcNow()) is not { } webhook)
            return WebhookRefusals.NotFound.ToProblem();
        var (found, hasNext) = await table.PageOf(id, wanted, page, ct);
        return etags.Ok(http, id, webhook.Version, http.PageOf<WebhookDeliveryView>(
            [.. found.Select(listed => listed.Row)], hasNext ? cursors.Sign(list, found[^1].Position) : null, count ? await table.Count(id, wanted, ct) : null));
    }

    /// <summary>What cursors of deliveries are signed for.</summary>
    public static string ListOf(Guid webhook, IReadOnlyList<DeliveryStatus>? statuses) => $"deliveries {webhook} {string.Join(',', statuses?.Select(status => Kebab.Of(status)) ?? [])}";

    /// <summary>A page of the deliveries of a webhook, and whether more follow.</summary>
    public static async Task<(IReadOnlyList<Listed<WebhookDeliveryView>> Found, bool HasNext)> PageOf(
        this WebhookTable table, Guid webhook, IReadOnlyList<DeliveryStatus>? statuses, PageRequest page, CancellationToken ct)
    {
        (DateTimeOffset, Guid)? after = page.After?.Split('/') is [var at, var id] ? (new(long.Parse(at, CultureInfo.InvariantCulture), TimeSpan.Zero), Guid.Parse(id)) : null;
        return (await table.Of(webhook, statuses, after, page.First + 1, ct))
            .Select(d => new Listed<WebhookDeliveryView>(WebhookDeliveryView.Of(d), string.Create(CultureInfo.InvariantCulture, $"{d.CreatedAt.UtcTicks}/{d.Id}"))).CutTo(page);
    }

    // The latest first.
    private static async Task<IEnumerable<Webhook>> Own(IServiceProvider services, CancellationToken ct)
    {
        var owner = services.GetRequiredService<Caller>().Actor.Subject;
        await using var session = services.GetRequiredService<IDocumentStore>().QuerySession();
        return (await session.Query<Webhook>().Where(w => w.OwnedBy == owner && w.Status != WebhookStatus.Deleted).ToListAsync(ct)).OrderByDescending(w => w.Id);
    }
}
