using System.Net;
using System.Text.Json.Serialization;

namespace OneDoor.Webhooks;

/// <summary>Where a webhook stands.</summary>
public enum WebhookStatus
{
    /// <summary>The address has not answered the challenge.</summary>
    Pending,
    Active,
    Paused,

    /// <summary>The receiver is gone, or has failed for long.</summary>
    Disabled,
    Deleted,
}

/// <summary>What the rule knows besides.</summary>
/// <param name="By">Who asks.</param>
/// <param name="Now">When.</param>
public sealed record WebhookAsking(Actor By, DateTimeOffset Now)
{
    /// <summary>Of the webhook that is created.</summary>
    public Guid Id { get; init; }

    /// <summary>The new one, sealed; null where none is made.</summary>
    public string? Secret { get; init; }

    /// <summary>How many the caller has.</summary>
    public int Has { get; init; }

    /// <summary>Up to where facts are settled, or the place that a replay begins after; null where that is none.</summary>
    public long? Place { get; init; }
    public string Language { get; init; } = "";
    public string Source { get; init; } = "";

    /// <summary>Whether there are events of the type, or of a family like <c>onedoor.licence.*</c>.</summary>
    public Func<string, bool> Knows { get; init; } = _ => true;

    /// <summary>Whether anything is sent to an address.</summary>
    public Func<IPAddress, bool> Reaches { get; init; } = TargetAddress.IsPublic;

    /// <summary>Whether http will do.</summary>
    public bool TakesHttp { get; init; }
}

/// <summary>A secret that another has taken the place of.</summary>
/// <param name="Secret">Sealed.</param>
/// <param name="Until">Until when it signs as well.</param>
public sealed record FormerSecret(string Secret, DateTimeOffset Until);

/// <summary>Where a system is told of events (订阅): an address, what it is told of, and what deliveries to it are signed with.</summary>
public sealed record Webhook : IFolded<Webhook, WebhookFact>
{
    /// <summary>How many a client has at most.</summary>
    public const int Most = 20;

    /// <summary>Every attempt has failed for so long: nothing more is sent until it is resumed.</summary>
    public static readonly TimeSpan GivesUpAfter = TimeSpan.FromDays(5);

    /// <summary>For how long the secret before signs as well.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    /// <summary>How many secrets sign at a time at most, for each makes the header longer.</summary>
    public const int MostSecrets = 10;

    /// <summary>What all types of events begin with.</summary>
    private static readonly string[] Everything = ["onedoor.*"];

    public required Guid Id { get; init; }
    public int Version { get; init; }
    public required WebhookStatus Status { get; init; }

    /// <summary>Its creator, as they last asked something of it: as whom it is told.</summary>
    public required Actor Owner { get; init; }
    public required string Url { get; init; }
    public required IReadOnlyList<string> Types { get; init; }
    public string? Description { get; init; }
    public required string Secret { get; init; }
    public string? PreviousSecret { get; init; }
    public DateTimeOffset? PreviousUntil { get; init; }

    /// <summary>Those before that one, where it was rolled again while they signed; null where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FormerSecret>? EarlierSecrets { get; init; }

    /// <summary>The address has answered the challenge.</summary>
    public bool IsVerified { get; init; }
    public DisabledBecause? DisabledBecause { get; init; }
    public required string Language { get; init; }
    public required string Source { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The subject that created it, stored so that its webhooks can be found.</summary>
    public required string OwnedBy { get; init; }

    /// <summary>What deliveries are signed with at an instant, each sealed.</summary>
    public IReadOnlyList<string> SecretsAt(DateTimeOffset now) => [Secret, .. FormerAt(now).Select(former => former.Secret)];

    // Whoever has rolled one may roll it again at once, and each keeps the time it was promised.
    private FormerSecret[] FormerAt(DateTimeOffset now) =>
        [.. (PreviousSecret is { } before && PreviousUntil is { } until ? new[] { new FormerSecret(before, until) } : []).Concat(EarlierSecrets ?? []).Where(former => now < former.Until)];

    /// <summary>The policy: it is its creator's alone.</summary>
    public Webhook? SeenBy(Actor viewer, DateTimeOffset now) => Status != WebhookStatus.Deleted && viewer.Subject == OwnedBy ? this : null;

    /// <summary>What follows from a command: the facts to record, or the refusal.</summary>
    /// <param name="state">The webhook so far; null before it is created.</param>
    /// <param name="command">What someone asks.</param>
    /// <param name="asked">Who asks, when, and what the rule knows besides.</param>
    public static Decision<WebhookFact> Decide(Webhook? state, WebhookCommand command, WebhookAsking asked) => (state, command) switch
    {
        (null, CreateWebhook c) => Begin(c, asked),
        (null, _) => WebhookRefusals.NotFound,
        (_, ChangeWebhook c) => state.Change(c, asked),
        (_, RollWebhookSecret) => state.SecretsAt(asked.Now).Count >= MostSecrets ? WebhookRefusals.TooManySecrets : new WebhookSecretRolled(asked.Now, asked.By, asked.Secret!, asked.Now + Overlap),
        (_, PingWebhook) => new WebhookPinged(asked.Now, asked.By),
        (_, PauseWebhook) => state.Status == WebhookStatus.Paused ? Decision<WebhookFact>.Nothing : new WebhookPaused(asked.Now, asked.By),
        (_, ResumeWebhook) => state.Status == WebhookStatus.Active ? Decision<WebhookFact>.Nothing : new WebhookResumed(asked.Now, asked.By),
        (_, ReplayWebhook c) => c.After is not null && asked.Place is null ? WebhookRefusals.PlaceUnknown.At("/after") : new WebhookReplayed(asked.Now, asked.By, asked.Place),
        (_, DeleteWebhook) => new WebhookDeleted(asked.Now, asked.By),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No rule answers it."),
    };

    /// <summary>The webhook after one more fact; pure, so that a rebuild reproduces every byte.</summary>
    public static Webhook Evolve(Webhook? state, WebhookFact fact)
    {
        var next = After(state, fact);
        return next with { Version = (state?.Version ?? 0) + 1, Owner = fact.By ?? next.Owner };
    }

    private static Webhook After(Webhook? state, WebhookFact fact) => (state, fact) switch
    {
        (null, WebhookCreated f) => new Webhook
        {
            Id = f.Id, Status = WebhookStatus.Pending, Owner = f.By!, OwnedBy = f.By!.Subject, Url = f.Url, Types = f.Types, Description = f.Description, Secret = f.Secret,
            Language = f.Language, Source = f.Source, CreatedAt = f.At,
        },
        (null, _) => throw new InvalidOperationException($"A webhook begins with its creation, not with {fact.GetType().Name}."),
        (_, WebhookChanged f) => state with
        {
            Url = f.Url ?? state.Url,
            Types = f.Types ?? state.Types,
            Description = f.Description ?? state.Description,
            IsVerified = state.IsVerified && f.Url is null,
            Status = f.Url is not null && state.Status == WebhookStatus.Active ? WebhookStatus.Pending : state.Status,
        },
        (_, WebhookSecretRolled f) => state with
        {
            Secret = f.Secret,
            PreviousSecret = state.Secret,
            PreviousUntil = f.PreviousUntil,
            EarlierSecrets = state.FormerAt(f.At) is { Length: > 0 } signing ? signing : null,
        },
        (_, WebhookSecretResealed f) => state with
        {
            Secret = f.Secret,
            PreviousSecret = f.PreviousSecret,
            EarlierSecrets = f.EarlierSecrets is null ? state.EarlierSecrets : [.. (state.EarlierSecrets ?? []).Zip(f.EarlierSecrets, (former, anew) => former with { Secret = anew })],
        },
        // Whatever was asked meanwhile holds: it has answered, and stays paused.
        (_, WebhookActivated f) => f.Url != state.Url ? state : state with { IsVerified = true, Status = state.Status == WebhookStatus.Pending ? WebhookStatus.Active : state.Status },
        (_, WebhookPaused) => state with { Status = WebhookStatus.Paused, DisabledBecause = null },
        (_, WebhookResumed) => state with { Status = state.IsVerified ? WebhookStatus.Active : WebhookStatus.Pending, DisabledBecause = null },
        (_, WebhookDisabled f) => state with { Status = WebhookStatus.Disabled, DisabledBecause = f.Because },
        (_, WebhookDeleted) => state with { Status = WebhookStatus.Deleted },
        (_, WebhookPinged or WebhookReplayed) => state,
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact of a webhook."),
    };

    private static Decision<WebhookFact> Begin(CreateWebhook c, WebhookAsking asked)
    {
        // Whoever is signed in may lose what they see by signing out, and nobody would hear of that.
        if (asked.By.Role != ActorRole.System)
            return WebhookRefusals.OfSystems;
        if (Wrong(c.Url, c.Types, c.Description, asked) is { } refused)
            return refused;
        return asked.Has >= Most ? WebhookRefusals.TooMany
            : new WebhookCreated(asked.Now, asked.By, asked.Id, c.Url, c.Types ?? Everything, c.Description, asked.Secret!, asked.Place!.Value, asked.Language, asked.Source);
    }

    private Decision<WebhookFact> Change(ChangeWebhook c, WebhookAsking asked)
    {
        if (Wrong(c.Url ?? Url, c.Types, c.Description, asked) is { } refused)
            return refused;
        var url = c.Url == Url ? null : c.Url;
        return (url, c.Types, c.Description) is (null, null, null) ? Decision<WebhookFact>.Nothing : new WebhookChanged(asked.Now, asked.By, url, c.Types, c.Description);
    }

    private static Refusal? Wrong(string url, IReadOnlyList<string>? types, string? description, WebhookAsking asked) => Refusal.AllOf(
    [
        .. (asked.TakesHttp ? WebhookRefusals.UrlInvalid.Because("须为不超过2000个字符的 http 或 https 地址，不含用户信息和片段。", "An http or https address of at most 2,000 characters, without a user and a fragment.") : WebhookRefusals.UrlInvalid)
            .At("/url").When(!TargetAddress.IsAddress(url, asked.TakesHttp)),
        // What a name leads to is looked at whenever something is sent.
        .. WebhookRefusals.UrlRefused.At("/url").When(TargetAddress.Literal(url) is { } literal && !asked.Reaches(literal)),
        .. WebhookRefusals.TypesUnknown.Because("须为1至100个；不写即为全部。", "Name 1 to 100 of them, or leave types out to be told of all.").At("/types").When(types is { Count: 0 or > 100 }),
        .. (types ?? []).Take(100).Index().Where(type => !asked.Knows(type.Item)).Select(type => WebhookRefusals.TypesUnknown.At($"/types/{type.Index}")),
        .. WebhookRefusals.DescriptionTooLong.At("/description").When(description?.Length > 200),
    ]);
}
