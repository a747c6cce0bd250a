using System.Text.Json.Serialization;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Cases;

/// <summary>Why somebody is barred from applying.</summary>
public enum BarGround
{
    /// <summary>提供虚假材料: false materials were given, or facts concealed (行政许可法 art. 78).</summary>
    FalseMaterials,

    /// <summary>以欺骗、贿赂等不正当手段取得许可: what was granted was had by deceit, bribery or other improper means, and so annulled (行政许可法 art. 79).</summary>
    Deceit,
}

/// <summary>Whoever applied is barred from applying for what the item permits again until a day (BAR-1, 行政许可法 arts. 78, 79), by whichever item (<see cref="Permission"/>). It lapses by itself.</summary>
/// <param name="Item">Code of the item for which they had applied.</param>
/// <param name="From">The day of the decision.</param>
/// <param name="Until">The last day.</param>
/// <param name="Step">The step whose decision barred them; null where that was about the case as a whole.</param>
/// <param name="Remedies">What the law gives them against a bar for deceit (REM-1); against one for false materials it is what there is against the refusal, and absent here.</param>
[Alias("applicant_barred")]
public sealed record ApplicantBarred(
    DateTimeOffset At, Actor By, string Item, BarGround Ground, DateOnly From, DateOnly Until, string? Step,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Remedy>? Remedies = null) : CaseFact(At, By);

/// <summary>That whoever applied is barred from applying for what the item permits again (一定期限内不得再次申请该行政许可), by whichever item (<see cref="Permission"/>).</summary>
/// <param name="Item">Code of the item for which they had applied.</param>
/// <param name="Ground">Why.</param>
/// <param name="From">The day of the decision.</param>
/// <param name="Until">The last day; on the next one may apply again.</param>
/// <param name="Step">The step whose decision barred them; null where that was about the case as a whole.</param>
/// <param name="Remedies"><see cref="ApplicantBarred.Remedies"/></param>
public sealed record Bar(
    string Item, BarGround Ground, DateOnly From, DateOnly Until, string? Step, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Remedy>? Remedies = null)
{
    /// <summary>For how many years from the decision.</summary>
    public static int Years(BarGround ground) => ground switch
    {
        BarGround.FalseMaterials => 1,
        BarGround.Deceit => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(ground), ground, "No law says how long it bars."),
    };

    /// <summary>Whether it keeps those it bars from a permission on a day.</summary>
    public bool Holds(Permission permission, DateOnly today) => permission.IsOf(Item, Step) && today <= Until;
}

// Who gave false materials, or had a licence by deceit.
public sealed partial record Case
{
    /// <summary>From what it has barred whoever applied by it; null where from nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Bar>? Bars { get; init; }

    /// <summary>Code of the item for which a command applies, or has somebody apply; null where it does not.</summary>
    public static string? AppliedFor(Case? state, CaseCommand command) => command is SignCase ? state?.Plan.Item : command.ItemNamed;

    /// <summary>
    /// Whose bars from <see cref="CaseAsking.Permission"/> the rule has to know; null for nobody's. Of joint parties they are those who sign by the command: nobody
    /// learns of another's bar by naming them.
    /// </summary>
    /// <param name="state">The case so far; null before it is submitted.</param>
    /// <param name="command">What someone asks.</param>
    /// <param name="asked">Who asks, for whom and for what.</param>
    public static IReadOnlyList<string>? MayBeBarred(Case? state, CaseCommand command, CaseAsking asked) => asked.Permission is null ? null : (state, command) switch
    {
        (null, SubmitCase c) => SignedBy(Signed(c, asked.Applicant!, asked)),
        ({ } @case, ReferCase) => @case.Applicant.Keys,
        ({ } @case, SignCase c) when @case.PartySigning(c, asked.By) is { } party => [@case.Applicant.Parties![party].Applicant.Key],
        _ => null,
    };

    private static IReadOnlyList<string> SignedBy(Applicant applicant) => applicant.Parties is { } parties
        ? [.. parties.Where(p => p.Signature is not null).Select(p => p.Applicant.Key)]
        : applicant.Keys;

    /// <summary>The facts that follow for the case when what it granted is annulled because it was had by deceit.</summary>
    /// <param name="at">When.</param>
    /// <param name="by">The supervisor who decided it.</param>
    /// <param name="step">The step that had granted it.</param>
    public IReadOnlyList<CaseFact> Deceived(DateTimeOffset at, Actor by, string step) => BarredFor(BarGround.Deceit, at, by, step);

    private IReadOnlyList<CaseFact> BarredFor(bool? falseMaterials, CaseAsking asked, string? step = null) =>
        falseMaterials == true ? BarredFor(BarGround.FalseMaterials, asked.Now, asked.By, step) : [];

    // The law knows of it for administrative licences that bear on safety, health, life or property.
    private IReadOnlyList<CaseFact> BarredFor(BarGround ground, DateTimeOffset at, Actor by, string? step)
    {
        var today = LegalClock.DayOf(at);
        return Plan.Safety ? [new ApplicantBarred(at, by, Plan.Item, ground, today, today.AddYears(Bar.Years(ground)), step,
            ground == BarGround.Deceit ? [Remedy.Against(RemedyAct.Bar, by.Department ?? Lead)] : null)] : [];
    }

    // SIGHT-1: whoever is told learns nothing of another item that is confidential.
    private static Refusal? BarRefused(CaseAsking asked)
    {
        var today = LegalClock.DayOf(asked.Now);
        if (asked.Permission is not { } permission || asked.Bars.Where(bar => bar.Holds(permission, today)).MaxBy(bar => bar.Until) is not { } held)
            return null;
        var (deceit, item) = (held.Ground == BarGround.Deceit, permission.Names(held.Item) ? held.Item : null);
        return CaseRefusals.Barred.Because(
            $"因{(deceit ? "以不正当手段取得许可" : "提供虚假材料")}{(item is null ? "" : $"（事项 {item}）")}，至 {held.Until:yyyy-MM-dd} 止不得再次申请该行政许可。",
            $"Because of {(deceit ? "deceit" : "false materials")}{(item is null ? "" : $" in {item}")} nobody applies for that permission again until {held.Until:yyyy-MM-dd}, that day included.");
    }
}
