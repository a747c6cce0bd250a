using OneDoor.Catalogue;
using OneDoor.Exemptions;

namespace OneDoor.Cases;

// MODE-8: the zone's directory decides whether a project needs its environmental step.
public sealed partial record Case
{
    private static IEnumerable<Refusal> ExemptionRefused(SubmitCase c, Item item) => (c.EiaClass, c.EiaAnswers, item.Procedure.EiaStep) switch
    {
        (null, null, _) => [],
        (_, _, null) => [ExemptionRefusals.NotOffered.At("/eiaClass")],
        (null, _, _) => [ExemptionRefusals.ClassMissing.At("/eiaClass")],
        _ => EiaDirectory.Zone.Refusals(c.EiaClass, c.EiaAnswers, "/eiaClass", "/eiaAnswers"),
    };

    private static IEnumerable<CaseFact> Exempted(SubmitCase c, Item item, CaseAsking asked) => c.EiaClass is { } @class && item.Procedure.EiaStep is { } step
        ? [new ExemptionDecided(asked.Now, asked.By, step.Code, EiaDirectory.Zone.Decide(@class, c.EiaAnswers))]
        : [];
}

/// <summary>The directory of exemptions decided whether the project needs the step: exempt, it takes no time, and nobody decides it (MODE-8).</summary>
[Alias("exemption_decided")]
public sealed record ExemptionDecided(DateTimeOffset At, Actor By, string Step, EiaDecision Decision) : CaseFact(At, By), IStepFact;

/// <summary>What the directory of exemptions decided about a step (环评豁免判定, MODE-8).</summary>
/// <param name="Step">The step's code: <c>waived</c> where the project is exempt, and to be done where it is not.</param>
/// <param name="Decision">Whether it is, by which entry, and why.</param>
public sealed record StepExemption(string Step, EiaDecision Decision);
