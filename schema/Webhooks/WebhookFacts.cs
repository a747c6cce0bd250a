namespace OneDoor.Webhooks;

/// <summary>Something that happened to a webhook.</summary>
/// <param name="At">When it happened.</param>
/// <param name="By">Who did it; null when the platform did.</param>
public abstract record WebhookFact(DateTimeOffset At, Actor? By) : IFact;

/// <summary>Somebody wants to be told of events at an address (订阅).</summary>
/// <param name="Id">The webhook's.</param>
/// <param name="Url">The address.</param>
/// <param name="Types">Types of events, whole or by how they begin.</param>
/// <param name="Description">What it is for, in their words.</param>
/// <param name="Secret">What deliveries are signed with, sealed.</param>
/// <param name="Place">The place in the order of all facts from which on it is told.</param>
/// <param name="Language">Of the words it is told in: zh-CN or en.</param>
/// <param name="Source">The platform's address, as it was asked for there.</param>
[Alias("webhook_created")]
public sealed record WebhookCreated(
    DateTimeOffset At, Actor By, Guid Id, string Url, IReadOnlyList<string> Types, [Personal] string? Description, string Secret, long Place, string Language, string Source) : WebhookFact(At, By);

/// <summary>It is told of other events, or elsewhere; what is null stays as it was.</summary>
/// <param name="Url">The address, where it is another: which has to answer the challenge first.</param>
/// <param name="Types">Types of events, whole or by how they begin.</param>
/// <param name="Description">What it is for, in their words.</param>
[Alias("webhook_changed")]
public sealed record WebhookChanged(DateTimeOffset At, Actor By, string? Url, IReadOnlyList<string>? Types, [Personal] string? Description) : WebhookFact(At, By);

/// <summary>It has another secret; the one before signs as well for a day, and so do those before it for theirs.</summary>
/// <param name="Secret">Sealed.</param>
/// <param name="PreviousUntil">Until when the one before signs as well.</param>
[Alias("webhook_secret_rolled")]
public sealed record WebhookSecretRolled(DateTimeOffset At, Actor By, string Secret, DateTimeOffset PreviousUntil) : WebhookFact(At, By);

/// <summary>The platform keeps its secrets under another secret of its own; they are the same, and so is what they sign.</summary>
/// <param name="Secret">Sealed.</param>
/// <param name="PreviousSecret">The one before, sealed; null where there is none.</param>
/// <param name="EarlierSecrets">Those before that one, sealed; null where there are none.</param>
[Alias("webhook_secret_resealed")]
public sealed record WebhookSecretResealed(DateTimeOffset At, string Secret, string? PreviousSecret, IReadOnlyList<string>? EarlierSecrets = null) : WebhookFact(At, null);

/// <summary>The address has answered the challenge.</summary>
/// <param name="Url">Which.</param>
[Alias("webhook_activated")]
public sealed record WebhookActivated(DateTimeOffset At, string Url) : WebhookFact(At, null);

/// <summary>Nothing is sent until it is resumed; nothing is left out.</summary>
[Alias("webhook_paused")]
public sealed record WebhookPaused(DateTimeOffset At, Actor By) : WebhookFact(At, By);

/// <summary>It goes on from where it stopped.</summary>
[Alias("webhook_resumed")]
public sealed record WebhookResumed(DateTimeOffset At, Actor By) : WebhookFact(At, By);

/// <summary>The platform sends nothing any more until it is resumed; nothing is left out.</summary>
/// <param name="Because">Why.</param>
[Alias("webhook_disabled")]
public sealed record WebhookDisabled(DateTimeOffset At, DisabledBecause Because) : WebhookFact(At, null);

/// <summary>A trial delivery was asked for.</summary>
[Alias("webhook_pinged")]
public sealed record WebhookPinged(DateTimeOffset At, Actor By) : WebhookFact(At, By);

/// <summary>It is told once more of everything after a place, or of what is parked.</summary>
/// <param name="Place">The place in the order of all facts; null for what is parked.</param>
[Alias("webhook_replayed")]
public sealed record WebhookReplayed(DateTimeOffset At, Actor By, long? Place) : WebhookFact(At, By);

/// <summary>Nobody wants to be told any more.</summary>
[Alias("webhook_deleted")]
public sealed record WebhookDeleted(DateTimeOffset At, Actor By) : WebhookFact(At, By);

/// <summary>Why the platform sends a webhook nothing any more.</summary>
public enum DisabledBecause
{
    /// <summary>The receiver answered 410: there is nobody any more.</summary>
    Gone,

    /// <summary>Every attempt has failed for five days.</summary>
    Failing,

    /// <summary>The platform's operator has ended it, for instance because its owner's key was disclosed.</summary>
    Operator,
}
