using Marten;
using OneDoor.Feed;

namespace OneDoor.Webhooks;

/// <summary>Creates webhooks, and changes those that are there.</summary>
public sealed class WebhookChanges(
    ChangeTools tools, WebhookSecrets secrets, WebhookTargets targets, KnownTypes known, EventCursors cursors, Settled settled, PublicAddress platform) : Changes<Webhook, WebhookFact, WebhookCommand>(tools, WebhookRoutes.Resource)
{
    // Of what is being created or rolled: nothing else ever shows it.
    private string? _secret;

    protected override bool HoldsSecret => _secret is not null;

    // Whose it was sees nothing of it from then on, and is answered once more.
    private bool _isDeleted;

    protected override object View(Webhook seen, int version, string language) =>
        WebhookView.Of(_isDeleted ? seen with { Status = WebhookStatus.Deleted } : seen, Tools.Now) with { Version = version, Secret = _secret };

    protected override async Task<Decision<WebhookFact>> Decide(Webhook? before, WebhookCommand command, CancellationToken ct)
    {
        _isDeleted = command is DeleteWebhook;
        var asked = new WebhookAsking(Tools.Caller.Actor, Tools.Now)
        {
            Id = before?.Id ?? Guid.CreateVersion7(Tools.Now), Knows = type => known.Matching([type]) is not null, Reaches = targets.Reaches, TakesHttp = targets.TakesHttp,
            Language = Language.Of(Tools.Http.Request), Source = platform.For(Tools.Http.Request),
        };
        if (command is CreateWebhook or RollWebhookSecret)
        {
            (_secret, var kept) = secrets.New(asked.Id);
            asked = asked with { Secret = kept };
        }
        if (command is CreateWebhook)
        {
            var owner = asked.By.Subject;
            await Tools.Session.Alone(ct, $"webhooks of {owner}");
            asked = asked with { Place = await settled.Now(ct), Has = await Tools.Session.Query<Webhook>().CountAsync(w => w.OwnedBy == owner && w.Status != WebhookStatus.Deleted, ct) };
        }
        if (command is ReplayWebhook { After: { } after })
            asked = asked with { Place = cursors.Read(after) };
        return Webhook.Decide(before, command, asked);
    }
}

/// <summary>What can be asked of a webhook that is there, for both doors.</summary>
public static class WebhookOperations
{
    private const string Scope = Scopes.WebhooksManage;

    public static readonly Beginning<WebhookChanges, CreateWebhook> Create = new(
        "createWebhook", "Be told of events at an address (订阅)", "Where, and of which.",
        "The answer has the secret that deliveries are signed with: it is shown this once. Nothing but a challenge is sent until the address has answered that; then everything since its creation is.",
        new(WebhookExamples.Request, WebhookExamples.Created), (changes, command, ct) => changes.Begin(command, ct), Scope);

    /// <summary>What is asked by a method of its own over REST.</summary>
    public static readonly Operation<ChangeWebhook> Change = new("changeWebhook", "", "Be told of other events, or at another address (更改订阅)",
        new(new ChangeWebhook(Types: ["onedoor.case.*"]), WebhookExamples.Active), Scope);

    /// <inheritdoc cref="Change"/>
    public static readonly Operation<DeleteWebhook> Delete = new("deleteWebhook", "", "Be told no more (删除订阅)", new(null, WebhookExamples.Active), Scope) { Bare = new(), IsBare = true };

    public static readonly Operations<WebhookCommand> All = new Operations<WebhookCommand>()
        .On(new Operation<RollWebhookSecret>("rollWebhookSecret", "secret", "Have another secret; the one before signs as well for 24 hours (更换密钥)",
            new(null, WebhookExamples.Rolled), Scope)
        { Bare = new(), IsBare = true })
        .On(new Operation<PingWebhook>("pingWebhook", "ping", "Have a trial delivery sent (测试)",
            new(null, WebhookExamples.Active), Scope)
        { Bare = new(), IsBare = true })
        .On(new Operation<PauseWebhook>("pauseWebhook", "pause", "Be sent nothing for a while, and miss nothing (暂停)",
            new(null, WebhookExamples.Active with { Status = WebhookStatus.Paused }), Scope)
        { Bare = new(), IsBare = true })
        .On(new Operation<ResumeWebhook>("resumeWebhook", "resume", "Go on from where it stopped (恢复)",
            new(null, WebhookExamples.Active), Scope)
        { Bare = new(), IsBare = true })
        .On(new Operation<ReplayWebhook>("replayWebhook", "replay", "Be told once more of everything after a cursor of the feed, or of what is parked (重放)",
            new(new ReplayWebhook("hT3m0b7kq2p1m4m2m5m8oTQ3MTE"), WebhookExamples.Active), Scope)
        { Bare = new() });
}
