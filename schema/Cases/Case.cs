using System.Text.Json.Serialization;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Files;

namespace OneDoor.Cases;

/// <summary>Where a case stands.</summary>
public enum CaseStatus { Submitted, CorrectionRequested, Accepted, Paused, Granted, PartlyGranted, Refused, Withdrawn, NotAccepted, Lapsed, AwaitingSignatures }

/// <summary>Where a step stands.</summary>
public enum StepStatus { Waiting, Open, Granted, Refused, Cancelled, Waived }

/// <summary>
/// One application for one item, from submission to closing (办件): the aggregate. Its state is folded from
/// <see cref="CaseFact"/>s by <see cref="Evolve"/>; what may happen next is decided by <see cref="Decide"/>.
/// </summary>
public sealed partial record Case : IFolded<Case, CaseFact>
{
    private const int LongestText = 2000, LongestName = 100;

    public required Guid Id { get; init; }

    /// <summary>How many facts the case consists of; a change names the one it saw (CASE-7).</summary>
    public int Version { get; init; }

    /// <summary>ID-3: item code, date and a running number.</summary>
    public required string Number { get; init; }
    public required CaseStatus Status { get; init; }
    public required CasePlan Plan { get; init; }

    /// <summary>
    /// The department that answers for the case: the item's, unless what it has in it was redirected. It always has a step,
    /// and a first one until the case is accepted.
    /// </summary>
    public required Department Lead { get; init; }
    public required Applicant Applicant { get; init; }

    /// <summary><see cref="Applicant.Key"/>, stored so that the applicant's cases can be found.</summary>
    public required string ApplicantKey { get; init; }

    /// <summary>The subject that submitted the case: an agency's client, or a person signed in, be it for themselves or at a window.</summary>
    public required string SubmittedBy { get; init; }

    /// <summary>The application through which a person submitted the case; null where the system itself did, and at a window.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SubmittedThrough { get; init; }

    /// <summary>The day, China Standard Time, on which staff took it in at a window of their hall: whoever did sees it for as long as that is the day. Null where it came in otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? ReceivedOn { get; init; }

    /// <summary>Staff took it in under a number that the platform knows under another name (<see cref="OtherName"/>).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool NamedOtherwise { get; init; }
    public required Channel Channel { get; init; }
    public required string Hall { get; init; }
    public required IReadOnlyList<MaterialHandedIn> Materials { get; init; }

    /// <summary>The applicant's signature under the declaration of truth (APP-4); null in cases of the first releases.</summary>
    public Signature? Declaration { get; init; }

    /// <summary>The answer to the item's form (CASE-11), as JSON; null where there is none. Once it is erased it is no JSON any more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Form { get; init; }

    /// <summary>How the applicant is reached; null in cases of releases before, which asked for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Contact? Contact { get; init; }

    /// <summary>Who handles it for an entity; null where nobody is named.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Agent? Agent { get; init; }

    /// <summary>The files that form and agent name or named (CASE-12); null where they never did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CarriedFile>? Files { get; init; }

    /// <summary>Materials that a licence the applicant holds makes unnecessary (JOINT-4).</summary>
    public IReadOnlyList<MaterialProved> Proved { get; init; } = [];

    /// <summary>Numbers of the licences in <see cref="Proved"/> that whoever submitted the case may see anyway.</summary>
    public IReadOnlyList<string> KnownToSubmitter { get; init; } = [];
    public required IReadOnlyList<StepState> Steps { get; init; }
    public IReadOnlyList<CorrectionNotice> Notices { get; init; } = [];

    /// <summary>What departments miss besides, until the lead sends it (JOINT-5); null where nothing waits to be sent.</summary>
    public IReadOnlyList<AddedLines>? Added { get; init; }

    /// <summary>Notices sent while it was for other items. They bind nobody until it comes back to their item (CASE-3).</summary>
    public IReadOnlyList<VoidNotice> VoidNotices { get; init; } = [];
    public IReadOnlyList<MaterialDeferred> Deferred { get; init; } = [];

    /// <summary>What the applicant has signed to hand in later, and what has become of it (MODE-7).</summary>
    public IReadOnlyList<PledgedMaterial> Pledges { get; init; } = [];
    public IReadOnlyList<CasePause> Pauses { get; init; } = [];

    /// <summary>Inspections on site, the latest last (CASE-16).</summary>
    public IReadOnlyList<CaseInspection> Inspections { get; init; } = [];

    /// <summary>What third parties were told and said (HEAR-1).</summary>
    public IReadOnlyList<ThirdPartyNotice> ThirdPartyNotices { get; init; } = [];
    public IReadOnlyList<CaseHearing> Hearings { get; init; } = [];

    /// <summary>Who took it on, where that is known (CASE-16).</summary>
    public Acceptor? AcceptedBy { get; init; }
    public IReadOnlyList<DeliveredLicence> Licences { get; init; } = [];

    /// <summary>What was handed over besides (CASE-10); null where nothing was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CaseHandOver>? HandOvers { get; init; }

    /// <summary>Of joint parties, until all have signed, when the first did.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Until when joint parties sign; null once it is submitted. Until then it is theirs, and no department's (APP-2).</summary>
    public DateTimeOffset? SignBy { get; init; }

    /// <summary>Which of joint parties signed by themselves, counted from 0; the others' signatures were sent by the department that submitted.</summary>
    public IReadOnlyList<int> SignedThemselves { get; init; } = [];

    /// <summary>Which of joint parties want it withdrawn, counted from 0; it is when all do.</summary>
    public IReadOnlyList<int> WithdrawalAgreedBy { get; init; } = [];

    /// <summary>When everything asked for so far was in; deemed acceptance counts from here (CASE-2).</summary>
    public required DateTimeOffset MaterialsInAt { get; init; }

    /// <summary>The department's answer is due; null when it has answered. In UTC, the only form of an instant a database column takes.</summary>
    public DateTimeOffset? AcceptBy { get; init => field = value?.ToUniversalTime(); }

    /// <summary>The holidays that <see cref="AcceptBy"/> depends on were not published when it was told (CLK-2).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AcceptByProvisional { get; init; }

    /// <summary>What was left of the department's time to answer when it was last spared the answer by a notice; null before that.</summary>
    public AnswerStopped? AnswerStopped { get; init; }
    public DateTimeOffset? AcceptedAt { get; init; }
    public bool Deemed { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>Null before acceptance and while the clock stands still.</summary>
    public DueDate? Statutory { get; init; }

    /// <summary>Null before acceptance and while the clock stands still.</summary>
    public DueDate? Promised { get; init; }

    /// <summary>Time taken, in the promised limit's unit; null until decided.</summary>
    public Limit? Actual { get; init; }

    /// <summary>Working days that a release before 0.2 added to every limit; 0 when none did.</summary>
    public int ExtendedBy { get; init; }

    /// <summary>What the one extension added to the statutory limit; null when there was none (CLK-4).</summary>
    public Limit? Extension { get; init; }

    /// <summary>That it is part of a listed emergency project; null unless so (CLK-6).</summary>
    public GreenChannel? GreenChannel { get; init; }

    /// <summary>What was decided of its environmental step; null where nobody asked for an exemption (MODE-8).</summary>
    public StepExemption? Exemption { get; init; }

    /// <summary>When it was found that its limit is near; null while it is not (CLK-7).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? DueSoonAt { get; init; }

    /// <summary>Which end was near then: of another one is told anew.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? DueSoonFor { get; init; }

    /// <summary>It is past its limit; null while it is not, or nothing has found it so (CLK-8).</summary>
    public CaseDelay? Delay { get; init; }

    /// <summary>When it was found that the law's limit had passed, whatever was promised; null while it has not, or nothing has found it so (CLK-7).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? StatutoryPassedAt { get; init; }

    /// <summary>Why it was refused as a whole; what a step was refused for stands in the step.</summary>
    public RefusalGrounds? Grounds { get; init; }

    /// <summary>That it was not accepted, and why; null unless so (CASE-13).</summary>
    public NonAcceptance? NonAcceptance { get; init; }

    /// <summary>That it was closed because nobody answered its correction notice; null unless so (CASE-14).</summary>
    public Lapse? Lapsed { get; init; }

    /// <summary>What was committed to in place of an examination, and what has become of it; null where nothing was (MODE-2).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Commitment? Commitment { get; init; }

    /// <summary>The licence that it renews, by commitment or as its ordinary renewal; null where it renews none (MODE-6, LIC-5).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CaseRenewal? Renewal { get; init; }

    /// <summary>The renewal that was asked for with the item from which it was moved, until it comes back to that or is accepted; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LeftRenewal? LeftRenewal { get; init; }

    /// <summary>When what it granted had ended, and with it what was still owed for that; null where nothing was, or it is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? ReleasedAt { get; init; }

    /// <summary>When the applicant took back what was undecided, where something was decided already; null otherwise (CASE-6).</summary>
    public DateTimeOffset? RestWithdrawnAt { get; init; }

    /// <summary>When something last happened to it, in UTC.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    [JsonIgnore]
    public bool IsEnded => Ends(Status);

    [JsonIgnore]
    public bool IsAccepted => Status is CaseStatus.Accepted or CaseStatus.Paused;

    /// <summary>Why it is refused: as a whole, or in the one step that is; null where several are, each by its own authority (CASE-5).</summary>
    [JsonIgnore]
    public RefusalGrounds? RefusedFor => Grounds
        ?? (Status == CaseStatus.Refused && Steps.Where(s => s.Status == StepStatus.Refused).ToArray() is [var only] ? only.Grounds : null);

    /// <summary>Whether a case that stands so has ended.</summary>
    public static bool Ends(CaseStatus status) => status is not (CaseStatus.AwaitingSignatures or CaseStatus.Submitted or CaseStatus.CorrectionRequested or CaseStatus.Accepted or CaseStatus.Paused);

    /// <summary>The case as the viewer may see it at an instant (<see cref="CaseSight"/>); null when it does not exist for them.</summary>
    public Case? SeenBy(Actor viewer, DateTimeOffset now) => CaseSight.ShareOf(this, viewer, now);

    /// <summary>The steps that are the case's: all but those that nobody wants (JOINT-1), and none before it is submitted (APP-2).</summary>
    [JsonIgnore]
    public IEnumerable<StepState> Wanted => SignBy is null ? Steps.Where(s => s.Status != StepStatus.Waived) : [];

    public StepState? Step(string code) => Steps.FirstOrDefault(s => s.Code == code);

    /// <summary>What follows from a command: the facts to record, or the refusal.</summary>
    /// <param name="state">The case so far; null before it is submitted.</param>
    /// <param name="command">What someone asks.</param>
    /// <param name="asked">Who asks, when, and what the rule knows besides.</param>
    public static Decision<CaseFact> Decide(Case? state, CaseCommand command, CaseAsking asked)
    {
        if (state is null)
            return command is SubmitCase submit ? Submit(submit, asked) : CaseRefusals.NotFound;

        // Whose clock is a little behind asks after the pause began all the same: none ends before it began (CLK-3).
        asked = asked with { Now = state.Stops.Where(stop => stop.Until is null).Select(stop => stop.From).Append(asked.Now).Max() };
        // CASE-2: an unanswered case was accepted by law before this command came.
        var lapsed = state.Lapse(asked.Clock, asked.Now);
        IReadOnlyList<CaseFact> before = [.. lapsed, .. command is SignCase ? [] : Prove(lapsed.Aggregate(state, Evolve), command, asked)];
        var decision = before.Aggregate(state, Evolve).Answer(command, asked);
        return decision.Refused is not null || before.Count == 0 ? decision : Decision<CaseFact>.Of([.. before, .. decision.Facts]);
    }

    private Decision<CaseFact> Answer(CaseCommand command, CaseAsking asked) => command switch
    {
        SubmitCase => InThisState("再次申办", "submitting it again"),
        SignCase c => Sign(c, asked),
        WithdrawCase c => Withdraw(c, asked),
        MoveClock c => Move(c, asked),
        _ when Status == CaseStatus.AwaitingSignatures => CaseRefusals.AwaitingSignatures,
        AcceptCase c => Accept(c, asked),
        SendCorrectionNotice c => RequestCorrection(c, asked),
        AddCorrectionLines c => Add(c, asked),
        ExtendNotice c => Extend(c, asked),
        LapseCase c => Close(c, asked),
        SupplyMaterials c => Supply(c, asked),
        PledgeMaterial c => Pledge(c, asked),
        FulfilCommitment => Fulfil(asked),
        ReferCase { Kind: ReferralKind.Item } c => Move(c, asked),
        ReferCase { Kind: ReferralKind.Upward } c => ReferUpward(c, asked),
        ReferCase c => Redirect(c, asked),
        DecideStep { Outcome: StepOutcome.Granted } c => Grant(c, asked),
        DecideStep c => Refuse(c, asked),
        RefuseCase c => Refuse(c, asked),
        DeclineCase c => Decline(c, asked),
        DiscloseCase c => Disclose(c, asked),
        ExtendLimit c => Extend(c, asked),
        PauseClock c => Pause(c, asked),
        ResumeClock c => Resume(c, asked),
        ExplainDelay c => Explain(c, asked),
        InspectStep c => Inspect(c, asked),
        TellThirdParties c => Tell(c, asked),
        HearThirdParty c => Hear(c, asked),
        CallHearing c => Call(c, asked),
        CloseHearing c => Close(c, asked),
        RecordHandOver c => Record(c, asked),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No rule answers it."),
    };

    // Staff who took it in have handed on what was said at their window, and say nothing for anybody afterwards.
    private bool SpeaksForApplicant(Actor by) => (by.Subject == SubmittedBy && ReceivedOn is null) || (by.Applicant is { } key && Applicant.SpeakingKeys.Contains(key));

    private Refusal? NotLead(Actor by) => by.Department == Lead ? null : CaseRefusals.NotYourDepartment;

    private Refusal? NotLeadsSupervisor(Actor by, Refusal notForClerks) => NotLead(by) ?? (by.IsSupervisor ? null : notForClerks);

    private static bool IsText(string? text) => Wording.IsText(text, LongestText);

    // "It is granted, which does not allow extending its limits."
    private Refusal InThisState(string zh, string en)
    {
        // Nobody has told them yet: it may have come about a moment ago.
        var state = IsAccepted && Deemed ? new("已因逾期未答复视为受理", "accepted by law, for nobody answered in time") : CaseWords.Of(Status);
        return CaseRefusals.NotInThisState.Because($"办件{state.Zh}，此时不能{zh}。", $"It is {state.En}, which does not allow {en}.");
    }

    /// <summary>The case after one more fact; pure, so that a rebuild reproduces every byte.</summary>
    public static Case Evolve(Case? state, CaseFact fact)
    {
        var next = (state, fact) switch
        {
            (null, CaseSubmitted f) => From(f),
            (null, SignaturesAwaited f) => From(f),
            (null, _) => throw new InvalidOperationException($"A case begins with its submission, not with {fact.GetType().Name}."),
            _ => state.AfterApplying(fact),
        };
        return next with { Version = (state?.Version ?? 0) + 1, ChangedAt = next.EverybodysAt(fact).ToUniversalTime() };
    }

    // What is applied for, promised, committed to and renewed.
    private Case AfterApplying(CaseFact fact) => fact switch
    {
        PartySigned f => With(f),
        CaseSubmitted f => With(f),
        SignaturesLapsed f => this with { Status = CaseStatus.Lapsed, Steps = [.. Steps.Select(s => s with { Status = StepStatus.Cancelled, DecidedAt = f.At })] },
        WithdrawalAgreed f => this with { WithdrawalAgreedBy = [.. WithdrawalAgreedBy, f.Party] },
        CaseAccepted f => With(f),
        CorrectionRequested f => With(f),
        CorrectionLinesAdded f => this with { Added = [.. Added ?? [], new(f.Department, f.Lines)] },
        CorrectionReminded f => WithNotice(n => n with { RemindedAt = f.At }),
        CorrectionExtended f => WithNotice(n => n.Answerable(f.Answer) with { ExtendedAt = f.At }),
        MaterialsSupplied f => With(f),
        MaterialsProved f => With(f),
        ProofsEnded f => With(f),
        MaterialPledged f => With(f),
        PledgeDueSoon f => WithOwed(f.Code, pledge => pledge with { RemindedAt = f.At }),
        PledgeMissed f => WithOwed(f.Code, pledge => pledge with { State = PledgeState.Missed }),
        CommitmentMade f => this with { Commitment = new(f.Kind, f.Digest, f.Terms, f.Signatory, f.At, f.MeetBy) },
        CommitmentFulfilled f => this with { Commitment = Commitment! with { MetAt = f.At } },
        CommitmentOverdue f => this with { Commitment = Commitment! with { OverdueAt = f.At } },
        CommitmentBreached f => this with { Commitment = Commitment! with { Breach = new(f.Licence, f.At) } },
        ObligationsReleased f => this with { ReleasedAt = f.At },
        RenewalPermitted f => this with { Renewal = new(f.Licence, f.ExpiresOn, f.RunsFrom, f.KeepsNumber, f.At), LeftRenewal = null },
        RenewalAudited f => this with { Renewal = Renewal! with { AuditedAt = f.At } },
        RenewalInspected f => this with { Renewal = Renewal! with { InspectedAt = f.At } },
        RenewalAwaited => this with { Renewal = Renewal! with { Awaited = true } },
        RenewalDeemed f => With(f),
        RenewalVoided => this with { Renewal = null, LeftRenewal = null },
        CancellationAsked f => this with { Cancels = f.Licence },
        _ => AfterHandling(fact),
    };

    // What is done with it: its steps, its clocks, its procedures and its end.
    private Case AfterHandling(CaseFact fact) => fact switch
    {
        StepRedirected f => With(f.Step, s => s with { Department = f.To, ReferredUpward = false }).LedAfter(f),
        CaseMovedToItem f => With(f),
        StepReferredUpward f => With(f.Step, s => s with { ReferredUpward = true }),
        ExemptionDecided f => (f.Decision.Exempt ? With(f.Step, s => s with { Status = StepStatus.Waived }) : this) with { Exemption = new(f.Step, f.Decision) },
        CaseExpedited f => this with { GreenChannel = new(f.Project, f.Name, f.Within) },
        StepWaived f => With(f.Step, s => s with { Status = StepStatus.Waived }),
        StepNotNeeded f => With(f.Step, s => s with { Status = StepStatus.Waived, NotNeeded = f.Ground }),
        StepNeeded f => With(f.Step, s => s with { Status = StepStatus.Waiting, NotNeeded = null }),
        MaterialsAwaited f => With(f).OrIdle(),
        StepOpened f => With(f),
        StepGranted f => With(f).OrIdle(),
        StepRefused f => With(f.Step, s => s with { Status = StepStatus.Refused, DecidedAt = f.At, Grounds = f.Grounds, Results = f.Results, Words = DecisionWords.Of(reason: null, f.Officer) }).OrIdle(),
        StepCancelled f => With(f.Step, s => s with { Status = StepStatus.Cancelled, DecidedAt = f.At }),
        LicenceDelivered f => With(f),
        HandedOver f => this with { HandOvers = [.. HandOvers ?? [], new(f.Step, f.What, f.Way, f.Receiver, f.On)] },
        ClockPaused f => With(f),
        ClockResumed f => With(f),
        PauseOverdue f => this with { Pauses = [.. Pauses.Select(p => p.Number == f.Number ? p with { OverdueAt = f.At } : p)] },
        StepInspected f => this with { Inspections = [.. Inspections, new(f.Step, f.Officers, f.On, f.Place, f.Finding, f.Note)] },
        ThirdPartiesTold f => this with { ThirdPartyNotices = [.. ThirdPartyNotices, new(f.Number, f.Step, f.Parties, f.Publication, f.At, f.Until, [])] },
        ThirdPartyHeard f => this with { ThirdPartyNotices = [.. ThirdPartyNotices.Select(n => n.Number == f.Notice ? n with { Statements = [.. n.Statements, new(f.At, f.Text)] } : n)] },
        HearingCalled f => this with { Hearings = [.. Hearings, new(f.Number, f.Step, f.Ground, f.HeldOn, f.Place, f.Presider, Minutes: null)] },
        HearingClosed f => this with { Hearings = [.. Hearings.Select(h => h.Number == f.Number ? h with { Minutes = new(f.Text, f.SignedBy, f.SignedOn, f.File) } : h)] },
        LimitExtended f => With(f),
        StatutoryLimitExtended f => this with { Extension = f.Extension, Statutory = f.Statutory },
        LimitsSettled { AcceptBy: { } due } => this with { AcceptBy = due, AcceptByProvisional = false },
        LimitsSettled f => f.Steps.Aggregate(this with { Statutory = f.Statutory, Promised = f.Promised }, (c, due) => c.With(due.Step, s => s with { Due = due.Due })),
        CaseDueSoon f => this with { DueSoonAt = f.At, DueSoonFor = f.DueAt },
        CaseOverdue f => this with { Delay = new(f.DueAt, f.ExplainBy, ByLaw: f.DueAt != Promised?.At && f.DueAt == Statutory?.At) },
        StatutoryLimitPassed f => this with { StatutoryPassedAt = f.At },
        DelayExplained f => this with { Delay = Delay! with { Reason = f.Reason, Cause = f.Cause, ExplainedAt = f.At } },
        DelayUnexplained f => this with { Delay = Delay! with { RaisedAt = f.At } },
        CaseGranted f => this with { Status = CaseStatus.Granted, DecidedAt = f.At, Actual = f.Actual },
        CaseRefused f => With(f),
        CaseEnded f => this with { Status = f.Outcome, DecidedAt = f.At, Actual = f.Actual, Pauses = PausesUntil(f.At) },
        RestWithdrawn f => this with { RestWithdrawnAt = f.At, WithdrawnFor = f.Reason },
        CaseNotAccepted f => this with { Status = CaseStatus.NotAccepted, DecidedAt = f.At, NonAcceptance = f.Answer, AcceptBy = null },
        CaseLapsed f => this with { Status = CaseStatus.Lapsed, Lapsed = f.Lapse },
        CaseWithdrawn f => this with { Status = CaseStatus.Withdrawn, WithdrawnFor = f.Reason, AcceptBy = null, Pauses = PausesUntil(f.At) },
        ApplicantBarred f => this with { Bars = [.. Bars ?? [], new(f.Item, f.Ground, f.From, f.Until, f.Step, f.Remedies)] },
        CaseDisclosed f => this with { Disclosures = [.. (Disclosures ?? []).Where(d => EverybodysAt(f.At) < d.Until && d.To != f.By!.Subject), new(f.By!.Subject, f.Until)] },
        SandboxClockMoved f => this with { SandboxClock = new(f.To, f.Since) },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact of a case."),
    };
}
