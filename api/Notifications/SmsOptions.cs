using System.ComponentModel.DataAnnotations;

namespace OneDoor.Notifications;

/// <summary>How text messages are sent.</summary>
public sealed record SmsOptions : IValidatableObject
{
    /// <summary>The gateway that messages are handed over to. Without, none is sent.</summary>
    public string? Gateway { get; init; }

    /// <summary>What they are signed with: <c>whsec_</c> and at least 24 bytes in base 64.</summary>
    public string? Secret { get; init; }

    /// <summary>Seconds that handing a message over may take.</summary>
    [Range(1, 25)]
    public int TimeoutSeconds { get; init; } = 15;

    /// <summary>Whether text messages are sent at all.</summary>
    public bool IsOn => Gateway is not null;

    /// <summary>The secret's bytes.</summary>
    public byte[] Key => StandardWebhooks.KeyOf(Secret!)!;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Gateway is null)
            yield break;
        if (!Uri.TryCreate(Gateway, UriKind.Absolute, out var gateway) || gateway.Scheme is not ("https" or "http"))
            yield return new($"{nameof(Gateway)} is the address of the gateway that text messages are handed over to.");
        if (Secret is null || StandardWebhooks.KeyOf(Secret) is not { Length: >= 24 })
            yield return new($"{nameof(Secret)} is what messages to the gateway are signed with: {StandardWebhooks.Prefix} and at least 24 bytes in base 64.");
    }
}
