using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace OneDoor.Webhooks;

/// <summary>What deliveries are signed with (Standard Webhooks): kept sealed, and shown when it is made.</summary>
public sealed class WebhookSecrets(IOptions<SigningOptions> signing)
{
    private const int Bytes = 32;

    private static readonly SecretAtRest AtRest = new("onedoor webhook secrets");

    /// <summary>A new secret for a webhook, as its owner is shown it and as it is kept.</summary>
    public (string Shown, string Sealed) New(Guid webhook)
    {
        var secret = RandomNumberGenerator.GetBytes(Bytes);
        return (StandardWebhooks.Prefix + Convert.ToBase64String(secret), Convert.ToBase64String(AtRest.Protect(signing.Value.InUse, $"{webhook}", secret)));
    }

    /// <summary>Whether secrets may still be kept under the platform's secret before.</summary>
    public bool MayBeUnderTheOneBefore => signing.Value.PreviousSecret is not null;

    /// <summary>What is recorded of a webhook whose secrets are kept under the platform's secret before; null where they stay as they are.</summary>
    public WebhookSecretResealed? Reseal(Webhook webhook, DateTimeOffset now)
    {
        var (secret, before) = (Anew(webhook.Id, webhook.Secret), Anew(webhook.Id, webhook.PreviousSecret));
        string?[] earlier = [.. webhook.EarlierSecrets?.Select(former => Anew(webhook.Id, former.Secret)) ?? []];
        return earlier.Prepend(before).Prepend(secret).All(anew => anew is null) ? null
            : new(now, secret ?? webhook.Secret, before ?? webhook.PreviousSecret, webhook.EarlierSecrets is { } kept ? [.. kept.Zip(earlier, (former, anew) => anew ?? former.Secret)] : null);
    }

    /// <summary>The header <c>webhook-signature</c>: one signature for each secret; null where none of them opens.</summary>
    /// <param name="webhook">Whose secrets they are.</param>
    /// <param name="secrets">As they are kept.</param>
    /// <param name="id">The delivery's.</param>
    /// <param name="at">When it is sent, in seconds since 1970.</param>
    /// <param name="body">What is sent.</param>
    public string? Sign(Guid webhook, IReadOnlyList<string> secrets, string id, long at, byte[] body)
    {
        // One that does not open any more is passed over, so that rolling it is enough.
        string[] signatures = [.. secrets.Select(secret => Opened(webhook, secret)).OfType<byte[]>().Select(key => StandardWebhooks.Sign(key, id, at, body))];
        return signatures.Length > 0 ? string.Join(' ', signatures) : null;
    }

    private string? Anew(Guid webhook, string? secret) =>
        secret is not null && AtRest.Anew(signing.Value.InUse, signing.Value.PreviousSecret, $"{webhook}", Convert.FromBase64String(secret)) is { } anew ? Convert.ToBase64String(anew) : null;

    private byte[]? Opened(Guid webhook, string secret) =>
        AtRest.Open([signing.Value.InUse, signing.Value.PreviousSecret], $"{webhook}", Convert.FromBase64String(secret));
}
