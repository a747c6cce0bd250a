using System.Globalization;
using System.Text.Json.Serialization;

namespace OneDoor.Webhooks;

/// <summary>A webhook (订阅) as its owner sees it.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="Status">Where it stands (状态).</param>
/// <param name="Version">Grows with every change.</param>
/// <param name="Url">Where it is told of events.</param>
/// <param name="Types">Types of events, whole or by how they begin.</param>
/// <param name="Description">What it is for; null where nothing was said.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="DisabledBecause">Why the platform sends nothing any more; null unless it is disabled.</param>
/// <param name="PreviousSecretUntil">Until when the secret before signs as well; null where there is none.</param>
/// <param name="Secret">What deliveries are signed with (Standard Webhooks): in the answer in which it is made, and never again.</param>
public sealed record WebhookView(
    Guid Id, WebhookStatus Status, int Version, string Url, IReadOnlyList<string> Types, string? Description, DateTimeOffset CreatedAt, DisabledBecause? DisabledBecause,
    DateTimeOffset? PreviousSecretUntil, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Secret = null)
{
    public static WebhookView Of(Webhook w, DateTimeOffset now) => new(
        w.Id, w.Status, w.Version, w.Url, w.Types, w.Description, w.CreatedAt, w.DisabledBecause, now < w.PreviousUntil ? w.PreviousUntil : null);
}

/// <summary>Something that was sent to a webhook, or is to be; without what was sent.</summary>
/// <param name="Id">The header <c>webhook-id</c>, the same at every attempt: an event's own id.</param>
/// <param name="Type">What it is: an event's type, <c>onedoor.webhook.ping</c> or <c>onedoor.webhook.challenge</c>.</param>
/// <param name="Sequence">Which it is of the webhook's events, as a decimal number from 1; null where it is none.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Attempts">How many there were.</param>
/// <param name="CreatedAt">Since when it is to be sent.</param>
/// <param name="NextAt">When it is sent, or once more; null where it is not.</param>
/// <param name="DoneAt">When it was delivered, parked or withdrawn; null while it waits.</param>
/// <param name="LastStatus">What the last attempt was answered with; null where it was not.</param>
/// <param name="Failure">Why the last attempt failed; null where it did not.</param>
public sealed record WebhookDeliveryView(
    Guid Id, string Type, string? Sequence, DeliveryStatus Status, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset? NextAt, DateTimeOffset? DoneAt, int? LastStatus, DeliveryFailure? Failure)
{
    public static WebhookDeliveryView Of(StoredDelivery d) => new(
        d.Id, d.Type, d.Sequence?.ToString(CultureInfo.InvariantCulture), d.Status, d.Attempts, d.CreatedAt, d.Status == DeliveryStatus.Waiting ? d.Due : null, d.DoneAt, d.LastStatus, d.Failure);
}
