using System.Text.Json.Serialization;
using OneDoor.Applicants;
using OneDoor.Catalogue;

namespace OneDoor.Cases;

// Giving a licence back (注销, LIC-6, 行政许可法 art. 70): the submission names it, and the grant strikes it from the register.
public sealed partial record Case
{
    /// <summary>Number of the licence that the grant strikes from the register (注销); null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Cancels { get; init; }

    /// <summary>Of which licence the command has to know how it stands: its number, or null for those of the kind that these hold; null where it cancels none.</summary>
    /// <param name="state">The case so far; null before it is submitted.</param>
    /// <param name="command">What someone asks.</param>
    /// <param name="asked">Who applies, and for what.</param>
    public static (string? Number, IReadOnlyList<string> Holders, string Kind)? Cancelling(Case? state, CaseCommand command, CaseAsking asked) => (state, command) switch
    {
        (null, SubmitCase c) when asked is { Item.Item.Cancels: { } kind, Applicant: { } applicant } => (c.Cancels, applicant.Keys, kind),
        ({ } @case, ReferCase { Kind: ReferralKind.Item }) when asked.Item?.Item.Cancels is { } kind => (null, @case.Applicant.Keys, kind),
        ({ Cancels: { } number } @case, DecideStep { Outcome: StepOutcome.Granted } c) when @case.PlanOf(c.Step)?.Cancels is { } kind => (number, @case.Applicant.Keys, kind),
        _ => null,
    };

    /// <summary>Number of the licence that these facts of it strike from the register; null where they do not.</summary>
    public string? CancelledBy(IEnumerable<CaseFact> facts) => facts.OfType<StepGranted>().Any(granted => PlanOf(granted.Step)?.Cancels is not null) ? Cancels : null;

    private static IEnumerable<Refusal> CancellationRefused(SubmitCase c, Item item, Applicant applicant, CaseAsking asked) => item.Cancels is { } kind
        ? CancellationRefused(kind, c.Cancels, applicant, asked) is { } refused ? [refused.At("/cancels")] : []
        : CancellationRefusals.NotOffered.At("/cancels").When(c.Cancels is not null);

    // Whose licence this platform never knew gives back what it does not keep.
    private static Refusal? CancellationRefused(string kind, string? named, Applicant applicant, CaseAsking asked) => asked.Cancellable switch
    {
        [] => named is null ? null : CancellationRefusals.NotTheHolder,
        [var licence] when !licence.Holders.All(applicant.Keys.Contains) => CancellationRefusals.NotTheHolder,
        [var licence] when licence.Kind != kind => CancellationRefusals.NotOffered,
        [{ HasEnded: true }] => CancellationRefusals.HasEnded,
        [{ IsHeldBack: true }] => CancellationRefusals.HeldBack,
        [_] => null,
        _ => CancellationRefusals.NotNamed,
    };

    // What has changed since it was asked for is found by whoever decides.
    private Refusal? CancellationRefused(DecideStep c, CaseAsking asked) =>
        Cancels is { } number && PlanOf(c.Step)?.Cancels is { } kind ? CancellationRefused(kind, number, Applicant, asked) : null;

    private static IEnumerable<CaseFact> Cancelled(string? kind, Applicant applicant, CaseAsking asked) =>
        kind is not null && asked.Cancellable is [var licence] && CancellationRefused(kind, licence.Number, applicant, asked) is null ? [new CancellationAsked(asked.Now, asked.By, licence.Number)] : [];

    /// <summary>Which licence a step issues; null where it issues none.</summary>
    public IssuedLicence? IssuedBy(string step) => PlanOf(step)?.Issues;

    private ProcedureStep? PlanOf(string step) => Plan.Steps.FirstOrDefault(s => s.Code == step);
}

/// <summary>A licence that somebody wants to give back, as it stands when they ask.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Kind">Code of what it is.</param>
/// <param name="Holders"><see cref="PersonOrEntity.Key"/> of whom it is.</param>
/// <param name="HasEnded">It is cancelled already, or another licence is in its place.</param>
/// <param name="IsHeldBack">It is suspended or to be revoked, or a breach of what it is for is not put right.</param>
public sealed record CancellableLicence(string Number, string Kind, IReadOnlyList<string> Holders, bool HasEnded = false, bool IsHeldBack = false);

/// <summary>The applicant gives a licence back (申请注销): it ends with the grant.</summary>
/// <param name="Licence">Number of the licence.</param>
[Alias("cancellation_asked")]
public sealed record CancellationAsked(DateTimeOffset At, Actor By, string Licence) : CaseFact(At, By);

/// <summary>Why a licence is not given back (LIC-6).</summary>
public static class CancellationRefusals
{
    public static readonly Refusal NotOffered = new("cancellation.not-offered", 422,
        new("该事项不办理此证照的注销", "The item does not cancel that licence"),
        new("注销证照的事项，其环节在目录中写明 cancels。", "Of items that do, the catalogue says so at one of their steps (cancels)."));

    public static readonly Refusal NotTheHolder = new("cancellation.not-the-holder", 422,
        new("申请人不持有该证照，或者不是全体持证人申请", "The applicant does not hold such a licence, or not alone"));

    public static readonly Refusal NotNamed = new("cancellation.not-named", 422,
        new("申请人持有多份此类证照，须写明注销哪一份", "The applicant holds several licences of that kind"), new("请在 cancels 填写证照编号。", "Say by its number which one is meant (cancels)."));

    public static readonly Refusal HasEnded = new("cancellation.has-ended", 409,
        new("该证照已经注销或者已被替换", "The licence is cancelled already, or another is in its place"), new("届满或者被撤销、吊销的证照可以申请注销。", "What has expired or was revoked can be cancelled."));

    /// <summary>LIC-6: whoever gives back a licence that is to be taken from them would escape what follows from that.</summary>
    public static readonly Refusal HeldBack = new("cancellation.held-back", 409,
        new("证照已暂扣、拟被撤销或者违法情形尚未改正，不能申请注销", "The licence is suspended or to be revoked, or a breach is not put right: it is not given back"),
        new("请先完成整改，或者等待决定。", "What is wrong is put right first, or decided about."));
}
