using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>JOINT-3, fact by fact: what departments with a step see of each in the history, the feed and what is told as it happens.</summary>
public class SightOfFacts
{
    private const string Whole = "whole", Share = "share", Nothing = "-";

    /// <summary>What the lead sees, the department whose step it is about, and another one; a fact about no step is nobody's own.</summary>
    private static readonly Dictionary<Type, (string Lead, string Own, string Other)> Seen = new()
    {
        [typeof(SignaturesAwaited)] = (Nothing, Nothing, Nothing), // what joint parties have not all signed is no department's
        [typeof(PartySigned)] = (Nothing, Nothing, Nothing),
        [typeof(SignaturesLapsed)] = (Nothing, Nothing, Nothing),
        [typeof(WithdrawalAgreed)] = (Whole, Nothing, Nothing),
        [typeof(ApplicantBarred)] = (Nothing, Whole, Nothing), // the step's; the lead's where it is about the whole
        [typeof(CaseAccepted)] = (Whole, Nothing, Whole),
        [typeof(CaseDisclosed)] = (Whole, Nothing, Nothing),
        [typeof(CaseEnded)] = (Whole, Nothing, Whole),
        [typeof(CaseDueSoon)] = (Share, Nothing, Share), // of its own open steps; who has none open nothing, but for the lead
        [typeof(CaseOverdue)] = (Whole, Nothing, Whole),
        [typeof(StatutoryLimitPassed)] = (Whole, Nothing, Whole),
        [typeof(DelayExplained)] = (Whole, Nothing, Nothing),
        [typeof(DelayUnexplained)] = (Whole, Nothing, Whole),
        [typeof(PauseOverdue)] = (Nothing, Whole, Nothing),
        [typeof(StepInspected)] = (Nothing, Whole, Nothing),
        [typeof(ThirdPartiesTold)] = (Nothing, Whole, Nothing),
        [typeof(ThirdPartyHeard)] = (Nothing, Whole, Nothing),
        [typeof(HandedOver)] = (Nothing, Whole, Nothing),
        [typeof(HearingCalled)] = (Nothing, Whole, Nothing),
        [typeof(HearingClosed)] = (Nothing, Whole, Nothing),
        [typeof(LimitsSettled)] = (Share, Nothing, Share),
        [typeof(StatutoryLimitExtended)] = (Whole, Nothing, Whole),
        [typeof(CaseGranted)] = (Whole, Nothing, Whole),
        [typeof(CaseLapsed)] = (Whole, Nothing, Share),
        [typeof(CaseMovedToItem)] = (Share, Nothing, Share),
        [typeof(CaseNotAccepted)] = (Whole, Nothing, Share),
        [typeof(CaseRefused)] = (Whole, Nothing, Share),
        [typeof(CaseSubmitted)] = (Share, Nothing, Share),
        [typeof(CommitmentBreached)] = (Whole, Nothing, Nothing),
        [typeof(RenewalAudited)] = (Whole, Nothing, Nothing),
        [typeof(RenewalAwaited)] = (Whole, Nothing, Nothing),
        [typeof(RenewalDeemed)] = (Whole, Nothing, Nothing), // by which a case ends, and so for all who have a step in it
        [typeof(RenewalInspected)] = (Whole, Nothing, Nothing),
        [typeof(RenewalVoided)] = (Whole, Nothing, Nothing),
        [typeof(RenewalPermitted)] = (Whole, Nothing, Nothing),
        [typeof(ObligationsReleased)] = (Whole, Nothing, Nothing),
        [typeof(CancellationAsked)] = (Whole, Nothing, Nothing),
        [typeof(CommitmentFulfilled)] = (Whole, Nothing, Nothing),
        [typeof(CommitmentMade)] = (Whole, Nothing, Nothing),
        [typeof(CommitmentOverdue)] = (Whole, Nothing, Nothing),
        [typeof(CaseWithdrawn)] = (Whole, Nothing, Whole),
        [typeof(ClockPaused)] = (Nothing, Whole, Nothing),
        [typeof(ClockResumed)] = (Nothing, Whole, Nothing),
        [typeof(CorrectionExtended)] = (Whole, Nothing, Nothing),
        [typeof(CorrectionLinesAdded)] = (Whole, Nothing, Whole), // its own; others see nothing of it
        [typeof(CorrectionReminded)] = (Whole, Nothing, Nothing),
        [typeof(CorrectionRequested)] = (Whole, Nothing, Nothing),
        [typeof(LicenceDelivered)] = (Whole, Whole, Nothing),
        [typeof(LimitExtended)] = (Share, Nothing, Share),
        [typeof(MaterialPledged)] = (Whole, Nothing, Nothing),
        [typeof(PledgeDueSoon)] = (Whole, Nothing, Nothing), // of whom the material is, as the pledge itself
        [typeof(PledgeMissed)] = (Whole, Nothing, Nothing),
        [typeof(MaterialsProved)] = (Whole, Nothing, Nothing),
        [typeof(ProofsEnded)] = (Whole, Nothing, Nothing),
        [typeof(MaterialsSupplied)] = (Whole, Nothing, Whole),
        [typeof(RestWithdrawn)] = (Whole, Nothing, Whole),
        [typeof(SandboxClockMoved)] = (Whole, Nothing, Whole),
        [typeof(StepCancelled)] = (Nothing, Whole, Nothing),
        [typeof(StepWaived)] = (Nothing, Nothing, Nothing),
        [typeof(StepNotNeeded)] = (Nothing, Whole, Nothing), // once it is needed after all; until then it is nobody's
        [typeof(StepNeeded)] = (Nothing, Whole, Nothing),
        [typeof(ExemptionDecided)] = (Whole, Whole, Nothing),
        [typeof(CaseExpedited)] = (Whole, Nothing, Whole),
        [typeof(StepGranted)] = (Whole, Whole, Nothing),
        [typeof(MaterialsAwaited)] = (Nothing, Whole, Nothing),
        [typeof(StepOpened)] = (Whole, Whole, Nothing),
        [typeof(StepRedirected)] = (Nothing, Whole, Nothing),
        [typeof(StepReferredUpward)] = (Nothing, Whole, Nothing),
        [typeof(StepRefused)] = (Nothing, Whole, Nothing),
    };

    [Fact] // JOINT-3: what nobody has said may be seen is not shown
    public void Of_every_fact_it_is_said_what_a_department_sees()
    {
        // Of cases with more departments more is to be told.
        var facts = Stories.OrderByDescending(story => story.Case.Steps.Count).SelectMany(story => story.Facts.Select((fact, i) => (Story: story, Fact: fact, Version: i + 1)))
            .DistinctBy(told => told.Fact.GetType()).ToArray();

        var seen = facts.ToDictionary(told => told.Fact.GetType(), told =>
        {
            var step = (told.Fact as IStepFact)?.Step ?? (told.Fact as CaseRefused)?.Step ?? (told.Fact as ApplicantBarred)?.Step;
            var own = told.Story.Case.Step(step ?? "")?.Department;
            var other = told.Story.Case.Steps.Select(s => (Department?)s.Department).FirstOrDefault(d => d != own && d != told.Story.Case.Lead);
            return (SeenBy(told, told.Story.Case.Lead), SeenBy(told, own), SeenBy(told, other));
        });

        Assert.Equal(Lines(Seen), Lines(seen));
        Assert.Empty(typeof(CaseFact).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CaseFact))).Except(Seen.Keys));
    }

    private static string SeenBy((CaseSpec Story, CaseFact Fact, int Version) told, Department? department)
    {
        if (department is not { } whose)
            return Nothing;
        var share = told.Story.Case.SeenBy(told.Story.Facts, Clerk(whose)).FirstOrDefault(s => s.Version == told.Version).Fact;
        return share is null ? Nothing : StoredJson.Write(share with { By = told.Fact.By }) == StoredJson.Write(told.Fact) ? Whole : Share;
    }

    private static IEnumerable<string> Lines(Dictionary<Type, (string Lead, string Own, string Other)> seen) =>
        seen.Select(s => $"{s.Key.Name}: the lead {s.Value.Lead}, the step's own {s.Value.Own}, others {s.Value.Other}").Order(StringComparer.Ordinal);
}
