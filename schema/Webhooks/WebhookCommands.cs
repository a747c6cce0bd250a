namespace OneDoor.Webhooks;

/// <summary>What can be asked of a webhook.</summary>
public abstract record WebhookCommand : ICommand;

/// <summary>Be told of events at an address.</summary>
/// <param name="Url">An https address, of at most 2,000 characters and without a user.</param>
/// <param name="Types">Types of events, whole (<c>onedoor.case.submitted</c>) or by how they begin (<c>onedoor.case.*</c>); all when left out.</param>
/// <param name="Description">What it is for, at most 200 characters.</param>
public sealed record CreateWebhook(string Url, IReadOnlyList<string>? Types = null, string? Description = null) : WebhookCommand;

/// <summary>Be told of other events, or elsewhere; what is left out stays as it is.</summary>
/// <param name="Url">Another address, which has to answer the challenge first.</param>
/// <param name="Types">Types of events, whole or by how they begin.</param>
/// <param name="Description">What it is for, at most 200 characters.</param>
public sealed record ChangeWebhook(string? Url = null, IReadOnlyList<string>? Types = null, string? Description = null) : WebhookCommand;

/// <summary>Have another secret.</summary>
public sealed record RollWebhookSecret : WebhookCommand;

/// <summary>Have a trial delivery sent.</summary>
public sealed record PingWebhook : WebhookCommand;

/// <summary>Be sent nothing for a while.</summary>
public sealed record PauseWebhook : WebhookCommand;

/// <summary>Go on from where it stopped; where the address has not answered the challenge, be sent that once more.</summary>
public sealed record ResumeWebhook : WebhookCommand;

/// <summary>Be told once more.</summary>
/// <param name="After">A cursor of the feed: of everything after it. Left out, of what is parked.</param>
public sealed record ReplayWebhook(string? After = null) : WebhookCommand;

/// <summary>Be told no more.</summary>
public sealed record DeleteWebhook : WebhookCommand;
