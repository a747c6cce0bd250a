using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Cases;

// Renewal by commitment (延期换证承诺即办结, MODE-6): the old licence and a commitment give a new one at once.
public sealed partial record Case
{
    /// <summary>Which licence a submission would renew: its number, or null for the only one of these kinds that these hold; null where it renews nothing.</summary>
    /// <param name="command">What someone asks.</param>
    /// <param name="asked">Who applies, and for what.</param>
    public static (string? Number, IReadOnlyList<string> Holders, IReadOnlyList<string> Kinds)? Renewing(CaseCommand command, CaseAsking asked) =>
        command is SubmitCase c && asked is { Item.Item: { Renewal: not null } item, Applicant: { } applicant } && (c.Renews is not null || (item.RenewalByCommitment && c.Commitment is not null))
            ? (c.Renews, applicant.Keys, [.. item.Procedure.Steps.Select(s => s.Issues?.Code).OfType<string>()]) : null;

    private static IEnumerable<Refusal> RenewalRefused(SubmitCase c, Item item, Applicant applicant, CaseAsking asked)
    {
        if (c.Renews is not null && c.Commitment is null)
            return [RenewalRefusals.CommitmentMissing.At("/commitment")];
        // Nobody renews too late by not saying so.
        if (c.Renews is null && (c.Commitment is null || asked.Renewed is null))
            return [];
        return RenewalRefused(item, applicant, asked) is { } refused ? [refused.At(c.Renews is null ? "/commitment" : "/renews")] : [];
    }

    private static Refusal? RenewalRefused(Item item, Applicant applicant, CaseAsking asked)
    {
        if (item is not { RenewalByCommitment: true, Renewal: { } rule })
            return RenewalRefusals.NotOffered;
        if (asked.Renewed is not { } old || !applicant.Keys.Any(old.Holders.Contains))
            return RenewalRefusals.NotTheHolder;
        if (old.ValidUntil is not { } last || item.Procedure.Steps.All(s => s.Issues?.Code != old.Kind))
            return RenewalRefusals.NotOffered;
        if (old.HasExpired)
            return RenewalRefusals.Expired;
        if (!old.IsValid)
            return RenewalRefusals.NotValid;
        var today = LegalClock.DayOf(asked.Now);
        if (rule.Opens is { } opens && rule.DayBefore(last, opens, asked.Clock.Calendar) is var first && today < first)
            return RenewalRefusals.TooEarly.Because($"最早 {first:yyyy-MM-dd}。", $"The first day is {first:yyyy-MM-dd}.");
        if (rule.LateIs == LateRenewal.New && rule.DayBefore(last, rule.Closes, asked.Clock.Calendar) is var closes && today > closes)
            return RenewalRefusals.TooLate.Because($"最后一日为 {closes:yyyy-MM-dd}。", $"The last day was {closes:yyyy-MM-dd}.");
        return null;
    }

    // 许可 and 审核, each a fact of its own; 监察 follows, by those who supervise.
    private static IEnumerable<CaseFact> Renewed(SubmitCase c, Item item, CaseAsking asked)
    {
        if (c.Commitment is null || asked.Renewed is not { } old)
            return [];
        var platform = Actor.OfPlatform(item.Department);
        return
        [
            new RenewalPermitted(asked.Now, platform, old.Number, old.ValidUntil!.Value, item.Renewal!.RunsFrom, item.Renewal.KeepsNumber),
            new RenewalAudited(asked.Now, platform, old.Number),
        ];
    }

    /// <summary>监察: those who supervise have looked into what was renewed; nothing where nothing was, or they did before.</summary>
    public IReadOnlyList<CaseFact> Inspected(DateTimeOffset at, Actor by) => Renewal is { InspectedAt: null } ? [new RenewalInspected(at, by, Renewal.Licence)] : [];

    private Case? AfterRenewal(CaseFact fact) => fact switch
    {
        RenewalPermitted f => this with { Renewal = new(f.Licence, f.ExpiresOn, f.RunsFrom, f.KeepsNumber, f.At) },
        RenewalInspected f => this with { Renewal = Renewal! with { InspectedAt = f.At } },
        RenewalAudited f => this with { Renewal = Renewal! with { AuditedAt = f.At } },
        _ => null,
    };
}

/// <summary>A licence that somebody wants renewed, as it stands when they ask.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Kind">Code of what it is.</param>
/// <param name="Holders"><see cref="PersonOrEntity.Key"/> of whom it is.</param>
/// <param name="ValidUntil">Its last day; null where it has none.</param>
/// <param name="IsValid">It is valid, and not about to be revoked.</param>
/// <param name="HasExpired">Its term is over.</param>
public sealed record RenewableLicence(string Number, string Kind, IReadOnlyList<string> Holders, DateOnly? ValidUntil, bool IsValid, bool HasExpired);

/// <summary>许可: the licence may be renewed: its holder applies, it is valid, and it is the time for it (MODE-6).</summary>
/// <param name="Licence">Number of the licence that is renewed.</param>
/// <param name="ExpiresOn">That licence's last day.</param>
/// <param name="RunsFrom">Where the new term begins.</param>
/// <param name="KeepsNumber">It goes on under its number.</param>
[Alias("renewal_permitted")]
public sealed record RenewalPermitted(DateTimeOffset At, Actor By, string Licence, DateOnly ExpiresOn, RunsFrom RunsFrom, bool KeepsNumber) : CaseFact(At, By);

/// <summary>审核: the application is complete and its commitment is the one in force (MODE-6).</summary>
/// <param name="Licence">Number of the licence that is renewed.</param>
[Alias("renewal_audited")]
public sealed record RenewalAudited(DateTimeOffset At, Actor By, string Licence) : CaseFact(At, By);

/// <summary>监察: the supervising department has looked into what was renewed (MODE-6); what it found stands in its task.</summary>
/// <param name="Licence">Number of the licence that was renewed.</param>
[Alias("renewal_inspected")]
public sealed record RenewalInspected(DateTimeOffset At, Actor By, string Licence) : CaseFact(At, By);

/// <summary>What a case renews (延续), and how far that has come: 许可、审核、监察.</summary>
/// <param name="Licence">Number of the licence that is renewed.</param>
/// <param name="ExpiresOn">That licence's last day, as it was.</param>
/// <param name="RunsFrom">Where the new term begins.</param>
/// <param name="KeepsNumber">It goes on under its number; else another one is in its place.</param>
/// <param name="PermittedAt">许可: when it was found that it may be renewed.</param>
/// <param name="AuditedAt">审核: when the application was found complete.</param>
/// <param name="InspectedAt">监察: when the supervising department looked into it; null until then.</param>
public sealed record CaseRenewal(
    string Licence, DateOnly ExpiresOn, RunsFrom RunsFrom, bool KeepsNumber, DateTimeOffset PermittedAt, DateTimeOffset? AuditedAt = null, DateTimeOffset? InspectedAt = null);
