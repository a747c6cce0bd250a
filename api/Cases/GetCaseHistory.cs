using OneDoor.Clock;
using OneDoor.Files;
using OneDoor.Forms;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>What happened to a case, in order and complete for its reader.</summary>
public sealed record CaseHistory(IReadOnlyList<HistoryEntry> Items);

/// <summary>GET /v1/cases/{id}/history (CASE-8).</summary>
public static class GetCaseHistory
{
    public static void MapGetCaseHistory(this IEndpointRouteBuilder cases) => cases.MapGet("/{id:guid}/history", Handle)
        .Needs([.. Scopes.ToReadCases])
        .ReadsOne<CaseHistory>("getCaseHistory", "Read what happened to a case, in order", CaseExamples.History);

    private static Task<IResult> Handle(Guid id, HttpContext http, SeenCases cases, StoredFacts facts, CancellationToken ct) =>
        cases.Show(id, async (whole, by, now) => new CaseHistory(Entries(whole.SeenBy(await facts.Of<CaseFact>(id, ct), by, now), Language.Of(http.Request))), ct);

    /// <summary>Facts as they are shown, their words in a reader's language.</summary>
    internal static IReadOnlyList<HistoryEntry> Entries(IEnumerable<(int Version, CaseFact Fact)> facts, string language) =>
        [.. facts.Select(f => Entry(f.Version, RefusalGrounds.In(f.Fact, language)))];

    internal static HistoryEntry Entry(int version, CaseFact fact)
    {
        return fact switch
        {
            CaseSubmitted f => Of(new CaseSubmittedDetails(f.Plan.Item, [.. f.Materials.Select(m => m.Code)], AnswerText.Read(f.Form), f.Contact, f.Agent)),
            SignaturesAwaited f => Of(new SignaturesAwaitedDetails(f.Plan.Item, [.. f.Materials.Select(m => m.Code)], f.SignBy, AnswerText.Read(f.Form))),
            PartySigned f => Of(new PartySignedDetails(f.Party, f.Signature.Signatory)),
            SignaturesLapsed f => Of(new SignaturesLapsedDetails(f.SignBy)),
            WithdrawalAgreed f => Of(new WithdrawalAgreedDetails(f.Party, f.Reason)),
            CaseAccepted f => Of(new CaseAcceptedDetails(f.AcceptedAt, f.Deemed, f.Promised.At, [.. f.Deferred.Select(d => d.Code)], f.Officer)),
            CorrectionRequested f => Of(new CorrectionRequestedDetails(f.Lines, f.Answer?.By)),
            CorrectionLinesAdded f => Of(new CorrectionLinesAddedDetails(f.Lines)),
            CorrectionReminded f => Of(new CorrectionRemindedDetails(f.AnswerBy)),
            CorrectionExtended f => Of(new CorrectionExtendedDetails(f.Answer.By, f.Reason)),
            MaterialsSupplied f => Of(new MaterialsSuppliedDetails([.. f.Materials.Select(m => m.Code)], f.Fields, AnswerText.Read(f.Form))),
            MaterialPledged f => Of(new MaterialPledgedDetails(f.Pledge.Code, f.Pledge.SupplyBy, f.Pledge.Signatory)),
            MaterialsProved f => Of(new MaterialsProvedDetails(f.Materials)),
            StepRedirected f => Of(new StepRedirectedDetails(f.Step, f.From, f.To, f.Reason)),
            CaseMovedToItem f => Of(new CaseMovedToItemDetails(f.Plan.Item, f.Reason)),
            StepReferredUpward f => Of(new StepReferredUpwardDetails(f.Step, f.Reason)),
            ExemptionDecided f => Of(new ExemptionDecidedDetails(f.Step, f.Decision)),
            CaseExpedited f => Of(new CaseExpeditedDetails(f.Project, f.Name, f.Within)),
            StepWaived f => Of(new StepWaivedDetails(f.Step)),
            StepNotNeeded f => Of(new StepNotNeededDetails(f.Step, f.Ground)),
            StepNeeded f => Of(new StepNeededDetails(f.Step)),
            MaterialsAwaited f => Of(new MaterialsAwaitedDetails(f.Step, f.Materials)),
            StepOpened f => Of(new StepOpenedDetails(f.Step, f.Due.At)),
            StepGranted f => Of(new StepGrantedDetails(f.Step, f.Reason, f.Uscc, f.Officer, f.Rule)),
            StepRefused f => Of(new StepRefusedDetails(f.Step, f.Grounds, f.Officer)),
            StepCancelled f => Of(new StepCancelledDetails(f.Step, f.Because)),
            LicenceDelivered f => Of(new LicenceDeliveredDetails(f.Step, f.Number)),
            HandedOver f => Of(new HandedOverDetails(f.Step, f.What, f.Way, f.Receiver, f.On)),
            ClockPaused f => Of(new ClockPausedDetails(f.Step, f.Number, f.Reason, f.Note, f.LegalBasis, f.ExpectedUntil, f.CarriedOutBy)),
            PauseOverdue f => Of(new PauseOverdueDetails(f.Step, f.Number)),
            ClockResumed f => Of(new ClockResumedDetails(f.Step, f.Number, f.StepDue.At)),
            LimitExtended f => Of(new LimitExtendedDetails(f.WorkingDays, f.Reason, f.Promised?.At)),
            StepInspected f => Of(new StepInspectedDetails(f.Step, f.Officers, f.On, f.Place, f.Finding, f.Note)),
            ThirdPartiesTold f => Of(new ThirdPartiesToldDetails(f.Step, f.Number, f.Parties, f.Publication, f.Until)),
            ThirdPartyHeard f => Of(new ThirdPartyHeardDetails(f.Step, f.Notice, f.Text)),
            HearingCalled f => Of(new HearingCalledDetails(f.Step, f.Number, f.Ground, f.HeldOn, f.Place, f.Presider)),
            HearingClosed f => Of(new HearingClosedDetails(f.Step, f.Number, f.Text, f.SignedBy, f.SignedOn, FileView.Of(f.File))),
            StatutoryLimitExtended f => Of(new StatutoryLimitExtendedDetails(f.Extension, f.Reason, f.Statutory?.At)),
            LimitsSettled f => Of(new LimitsSettledDetails(f.Statutory?.At, f.Promised?.At, f.AcceptBy)),
            CaseOverdue f => Of(new CaseOverdueDetails(f.DueAt, f.ExplainBy)),
            DelayExplained f => Of(new DelayExplainedDetails(f.Reason, f.Cause)),
            DelayUnexplained f => Of(new DelayUnexplainedDetails(f.ExplainBy)),
            CaseGranted f => Of(new CaseGrantedDetails(f.Actual)),
            CaseRefused f => Of(new CaseRefusedDetails(f.Step, f.Grounds, f.Actual)),
            CaseEnded f => Of(new CaseEndedDetails(f.Outcome, f.Actual)),
            RestWithdrawn f => Of(new RestWithdrawnDetails(f.Reason)),
            CaseNotAccepted f => Of(new CaseNotAcceptedDetails(f.Answer)),
            CaseLapsed f => Of(new CaseLapsedDetails(f.Lapse)),
            CaseWithdrawn f => Of(new CaseWithdrawnDetails(f.Reason)),
            ApplicantBarred f => Of(new ApplicantBarredDetails(f.Item, f.Ground, f.From, f.Until)),
            CaseDisclosed f => Of(new CaseDisclosedDetails(f.Reason, f.Until)),
            _ => OfCommitment(version, fact) ?? throw new ArgumentOutOfRangeException(nameof(fact), fact.GetType().Name, "History has no entry for it."),
        };

        HistoryEntry Of<TDetails>(TDetails details) where TDetails : class => Told(version, fact, details);
    }

    // What somebody gave their word on, what is renewed, what is near or came of either, and what was tried.
    private static HistoryEntry? OfCommitment(int version, CaseFact fact)
    {
        return fact switch
        {
            CaseDueSoon f => Of(new CaseDueSoonDetails(f.DueAt, f.Steps)),
            StatutoryLimitPassed f => Of(new StatutoryLimitPassedDetails(f.DueAt)),
            PledgeDueSoon f => Of(new PledgeDueSoonDetails(f.Code, f.SupplyBy)),
            PledgeMissed f => Of(new PledgeMissedDetails(f.Code, f.SupplyBy)),
            CommitmentMade f => Of(new CommitmentMadeDetails(f.Kind, f.Signatory, f.MeetBy)),
            CommitmentFulfilled f => Of(new CommitmentFulfilledDetails(LegalClock.DayOf(f.At))),
            CommitmentOverdue f => Of(new CommitmentOverdueDetails(f.MeetBy)),
            RenewalPermitted f => Of(new RenewalPermittedDetails(f.Licence, f.ExpiresOn)),
            RenewalAudited f => Of(new RenewalAuditedDetails(f.Licence)),
            RenewalInspected f => Of(new RenewalInspectedDetails(f.Licence)),
            RenewalAwaited f => Of(new RenewalAwaitedDetails(f.Licence)),
            RenewalDeemed f => Of(new RenewalDeemedDetails(f.Licence, f.Actual)),
            RenewalVoided f => Of(new RenewalVoidedDetails(f.Licence)),
            ObligationsReleased f => Of(new ObligationsReleasedDetails(f.Licence)),
            CancellationAsked f => Of(new CancellationAskedDetails(f.Licence)),
            CommitmentBreached f => Of(new CommitmentBreachedDetails(f.Licence)),
            SandboxClockMoved f => Of(new SandboxClockMovedDetails(f.To)),
            _ => null,
        };

        HistoryEntry Of<TDetails>(TDetails details) where TDetails : class => Told(version, fact, details);
    }

    private static HistoryEntry<TDetails> Told<TDetails>(int version, CaseFact fact, TDetails details) where TDetails : class =>
        new(version, fact.At, fact.By is { } by ? new HistoryActor(by.Client, by.Department) : null, details);
}
