using System.Text.Json;
using System.Text.Json.Serialization;
using OneDoor.Clock;
using OneDoor.Exemptions;
using OneDoor.Files;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace OneDoor.Cases;

/// <summary>One fact of a case; <c>type</c> says which, and so what <c>details</c> holds.</summary>
/// <param name="Version">The case's version with this fact.</param>
/// <param name="At">When it happened.</param>
/// <param name="By">Who did it; null when the clock did, and when its reader does not see whose share of the case it was.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(HistoryEntry<CaseSubmittedDetails>), "case-submitted")]
[JsonDerivedType(typeof(HistoryEntry<SignaturesAwaitedDetails>), "signatures-awaited")]
[JsonDerivedType(typeof(HistoryEntry<PartySignedDetails>), "party-signed")]
[JsonDerivedType(typeof(HistoryEntry<SignaturesLapsedDetails>), "signatures-lapsed")]
[JsonDerivedType(typeof(HistoryEntry<WithdrawalAgreedDetails>), "withdrawal-agreed")]
[JsonDerivedType(typeof(HistoryEntry<CaseAcceptedDetails>), "case-accepted")]
[JsonDerivedType(typeof(HistoryEntry<CorrectionRequestedDetails>), "correction-requested")]
[JsonDerivedType(typeof(HistoryEntry<CorrectionLinesAddedDetails>), "correction-lines-added")]
[JsonDerivedType(typeof(HistoryEntry<CorrectionRemindedDetails>), "correction-reminded")]
[JsonDerivedType(typeof(HistoryEntry<CorrectionExtendedDetails>), "correction-extended")]
[JsonDerivedType(typeof(HistoryEntry<MaterialsSuppliedDetails>), "materials-supplied")]
[JsonDerivedType(typeof(HistoryEntry<MaterialsProvedDetails>), "materials-proved")]
[JsonDerivedType(typeof(HistoryEntry<MaterialPledgedDetails>), "material-pledged")]
[JsonDerivedType(typeof(HistoryEntry<PledgeDueSoonDetails>), "pledge-due-soon")]
[JsonDerivedType(typeof(HistoryEntry<PledgeMissedDetails>), "pledge-missed")]
[JsonDerivedType(typeof(HistoryEntry<CommitmentMadeDetails>), "commitment-made")]
[JsonDerivedType(typeof(HistoryEntry<CommitmentFulfilledDetails>), "commitment-fulfilled")]
[JsonDerivedType(typeof(HistoryEntry<CommitmentOverdueDetails>), "commitment-overdue")]
[JsonDerivedType(typeof(HistoryEntry<RenewalPermittedDetails>), "renewal-permitted")]
[JsonDerivedType(typeof(HistoryEntry<RenewalAuditedDetails>), "renewal-audited")]
[JsonDerivedType(typeof(HistoryEntry<RenewalInspectedDetails>), "renewal-inspected")]
[JsonDerivedType(typeof(HistoryEntry<RenewalAwaitedDetails>), "renewal-awaited")]
[JsonDerivedType(typeof(HistoryEntry<RenewalDeemedDetails>), "renewal-deemed")]
[JsonDerivedType(typeof(HistoryEntry<RenewalVoidedDetails>), "renewal-voided")]
[JsonDerivedType(typeof(HistoryEntry<CancellationAskedDetails>), "cancellation-asked")]
[JsonDerivedType(typeof(HistoryEntry<ObligationsReleasedDetails>), "obligations-released")]
[JsonDerivedType(typeof(HistoryEntry<CommitmentBreachedDetails>), "commitment-breached")]
[JsonDerivedType(typeof(HistoryEntry<StepRedirectedDetails>), "step-redirected")]
[JsonDerivedType(typeof(HistoryEntry<CaseMovedToItemDetails>), "case-moved-to-item")]
[JsonDerivedType(typeof(HistoryEntry<StepReferredUpwardDetails>), "step-referred-upward")]
[JsonDerivedType(typeof(HistoryEntry<ExemptionDecidedDetails>), "exemption-decided")]
[JsonDerivedType(typeof(HistoryEntry<CaseExpeditedDetails>), "case-expedited")]
[JsonDerivedType(typeof(HistoryEntry<StepWaivedDetails>), "step-waived")]
[JsonDerivedType(typeof(HistoryEntry<StepNotNeededDetails>), "step-not-needed")]
[JsonDerivedType(typeof(HistoryEntry<StepNeededDetails>), "step-needed")]
[JsonDerivedType(typeof(HistoryEntry<MaterialsAwaitedDetails>), "materials-awaited")]
[JsonDerivedType(typeof(HistoryEntry<StepOpenedDetails>), "step-opened")]
[JsonDerivedType(typeof(HistoryEntry<StepGrantedDetails>), "step-granted")]
[JsonDerivedType(typeof(HistoryEntry<StepRefusedDetails>), "step-refused")]
[JsonDerivedType(typeof(HistoryEntry<StepCancelledDetails>), "step-cancelled")]
[JsonDerivedType(typeof(HistoryEntry<LicenceDeliveredDetails>), "licence-delivered")]
[JsonDerivedType(typeof(HistoryEntry<HandedOverDetails>), "handed-over")]
[JsonDerivedType(typeof(HistoryEntry<ClockPausedDetails>), "clock-paused")]
[JsonDerivedType(typeof(HistoryEntry<ClockResumedDetails>), "clock-resumed")]
[JsonDerivedType(typeof(HistoryEntry<LimitExtendedDetails>), "limit-extended")]
[JsonDerivedType(typeof(HistoryEntry<PauseOverdueDetails>), "pause-overdue")]
[JsonDerivedType(typeof(HistoryEntry<StepInspectedDetails>), "step-inspected")]
[JsonDerivedType(typeof(HistoryEntry<ThirdPartiesToldDetails>), "third-parties-told")]
[JsonDerivedType(typeof(HistoryEntry<ThirdPartyHeardDetails>), "third-party-heard")]
[JsonDerivedType(typeof(HistoryEntry<HearingCalledDetails>), "hearing-called")]
[JsonDerivedType(typeof(HistoryEntry<HearingClosedDetails>), "hearing-closed")]
[JsonDerivedType(typeof(HistoryEntry<StatutoryLimitExtendedDetails>), "statutory-limit-extended")]
[JsonDerivedType(typeof(HistoryEntry<LimitsSettledDetails>), "limits-settled")]
[JsonDerivedType(typeof(HistoryEntry<CaseDueSoonDetails>), "case-due-soon")]
[JsonDerivedType(typeof(HistoryEntry<CaseOverdueDetails>), "case-overdue")]
[JsonDerivedType(typeof(HistoryEntry<DelayExplainedDetails>), "delay-explained")]
[JsonDerivedType(typeof(HistoryEntry<StatutoryLimitPassedDetails>), "statutory-limit-passed")]
[JsonDerivedType(typeof(HistoryEntry<DelayUnexplainedDetails>), "delay-unexplained")]
[JsonDerivedType(typeof(HistoryEntry<CaseGrantedDetails>), "case-granted")]
[JsonDerivedType(typeof(HistoryEntry<CaseRefusedDetails>), "case-refused")]
[JsonDerivedType(typeof(HistoryEntry<CaseEndedDetails>), "case-ended")]
[JsonDerivedType(typeof(HistoryEntry<RestWithdrawnDetails>), "rest-withdrawn")]
[JsonDerivedType(typeof(HistoryEntry<CaseNotAcceptedDetails>), "case-not-accepted")]
[JsonDerivedType(typeof(HistoryEntry<CaseLapsedDetails>), "case-lapsed")]
[JsonDerivedType(typeof(HistoryEntry<CaseWithdrawnDetails>), "case-withdrawn")]
[JsonDerivedType(typeof(HistoryEntry<ApplicantBarredDetails>), "applicant-barred")]
[JsonDerivedType(typeof(HistoryEntry<CaseDisclosedDetails>), "case-disclosed")]
[JsonDerivedType(typeof(HistoryEntry<SandboxClockMovedDetails>), "sandbox-clock-moved")]
public abstract record HistoryEntry(int Version, DateTimeOffset At, HistoryActor? By)
{
    /// <summary>What GraphQL shows as the entry's type, in which JSON tells the entries apart.</summary>
    [JsonIgnore]
    public string Kind => Kinds[GetType()];

    /// <summary>What GraphQL shows of any entry.</summary>
    [JsonIgnore]
    public abstract object Particulars { get; }

    /// <summary>The entries, each with the type it has in JSON.</summary>
    internal static readonly IReadOnlyDictionary<Type, string> Kinds = Attribute.GetCustomAttributes(typeof(HistoryEntry), typeof(JsonDerivedTypeAttribute))
        .Cast<JsonDerivedTypeAttribute>().ToDictionary(entry => entry.DerivedType, entry => (string)entry.TypeDiscriminator!);
}

/// <summary>One fact of a case.</summary>
/// <param name="Version">The case's version with this fact.</param>
/// <param name="At">When it happened.</param>
/// <param name="By">Who did it; null when the clock did, and when its reader does not see whose share of the case it was.</param>
/// <param name="Details">The particulars of this type of fact.</param>
public sealed record HistoryEntry<TDetails>(int Version, DateTimeOffset At, HistoryActor? By, TDetails Details) : HistoryEntry(Version, At, By)
    where TDetails : class
{
    [JsonIgnore]
    public override object Particulars => Details;
}

/// <summary>Who did something.</summary>
/// <param name="Client">The OAuth client.</param>
/// <param name="Department">The department it acts for; null for an applicant's client.</param>
public sealed record HistoryActor(string Client, Department? Department);

/// <summary>The whole case came in.</summary>
/// <param name="Item">Code of the item applied for.</param>
/// <param name="Materials">Codes of the materials handed in.</param>
/// <param name="Form">What the application says, of it what the reader may see; absent where nothing was asked or it is erased.</param>
/// <param name="Contact">How the applicant is reached; absent where it was not asked for.</param>
/// <param name="Agent">Who handles it for the applicant; absent where nobody is named.</param>
public sealed record CaseSubmittedDetails(
    string Item, IReadOnlyList<string> Materials, [property: JsonIgnore(Condition = WhenWritingNull)] JsonElement? Form = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] Contact? Contact = null, [property: JsonIgnore(Condition = WhenWritingNull)] Agent? Agent = null);

/// <summary>Several apply jointly, and not all of them have signed.</summary>
/// <param name="Item">Code of the item they apply for.</param>
/// <param name="Materials">Codes of the materials handed in.</param>
/// <param name="SignBy">Until when the others sign.</param>
/// <param name="Form">What the application says; absent where nothing was asked or it is erased.</param>
public sealed record SignaturesAwaitedDetails(
    string Item, IReadOnlyList<string> Materials, DateTimeOffset SignBy, [property: JsonIgnore(Condition = WhenWritingNull)] JsonElement? Form = null);

/// <summary>One of the joint parties signed.</summary>
/// <param name="Party">Which, counted from 0.</param>
/// <param name="Signatory">Who signed for it.</param>
public sealed record PartySignedDetails(int Party, string Signatory);

/// <summary>Not all parties signed in time, so that nothing was submitted.</summary>
/// <param name="SignBy">Until when they could.</param>
public sealed record SignaturesLapsedDetails(DateTimeOffset SignBy);

/// <summary>One of the joint parties wants it withdrawn.</summary>
/// <param name="Party">Which, counted from 0.</param>
/// <param name="Reason">Why, in words; absent where nothing was said.</param>
public sealed record WithdrawalAgreedDetails(int Party, [property: JsonIgnore(Condition = WhenWritingNull)] string? Reason);

/// <summary>The lead department took the case on, or the law did.</summary>
/// <param name="AcceptedAt">From when limits run.</param>
/// <param name="Deemed">The law accepted it, because nobody answered in time.</param>
/// <param name="DueAt">When it ends.</param>
/// <param name="Materials">Codes of the materials that follow under a pledge.</param>
/// <param name="Officer">Who took it on, as the department's system named them; absent where the department answers for who it was.</param>
public sealed record CaseAcceptedDetails(
    DateTimeOffset AcceptedAt, bool Deemed, DateTimeOffset DueAt, IReadOnlyList<string> Materials, [property: JsonIgnore(Condition = WhenWritingNull)] Officer? Officer);

/// <summary>The applicant was told, once, everything that is missing.</summary>
/// <param name="Lines">What is missing.</param>
/// <param name="AnswerBy">Until when it can be answered; absent in notices that named no day.</param>
public sealed record CorrectionRequestedDetails(IReadOnlyList<CorrectionLine> Lines, [property: JsonIgnore(Condition = WhenWritingNull)] DateTimeOffset? AnswerBy);

/// <summary>A department said what it misses besides.</summary>
/// <param name="Lines">What is missing.</param>
public sealed record CorrectionLinesAddedDetails(IReadOnlyList<CorrectionLine> Lines);

/// <summary>The applicant was reminded of the correction notice.</summary>
/// <param name="AnswerBy">Until when it can be answered.</param>
public sealed record CorrectionRemindedDetails(DateTimeOffset AnswerBy);

/// <summary>The applicant has more time to answer the correction notice.</summary>
/// <param name="AnswerBy">Until when it can be answered now.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record CorrectionExtendedDetails(DateTimeOffset AnswerBy, string Reason);

/// <summary>Materials came in after submission, or fields of the form were mended.</summary>
/// <param name="Materials">Their codes.</param>
/// <param name="Fields">Names of the fields that were mended; absent where none was.</param>
/// <param name="Form">What the application says since, of it what the reader may see; absent where nothing of it was mended or it is erased.</param>
public sealed record MaterialsSuppliedDetails(
    IReadOnlyList<string> Materials, [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<string>? Fields = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] JsonElement? Form = null);

/// <summary>Licences the applicant holds prove materials, so that nobody asks for those.</summary>
/// <param name="Proved">What is proved.</param>
public sealed record MaterialsProvedDetails(IReadOnlyList<MaterialProved> Proved);

/// <summary>The applicant signed to hand in a deferrable material later.</summary>
/// <param name="Material">The material's code.</param>
/// <param name="SupplyBy">The last day.</param>
/// <param name="Signatory">Who signed.</param>
public sealed record MaterialPledgedDetails(string Material, DateOnly SupplyBy, string Signatory);

/// <summary>The day by which a pledged material is to come is near.</summary>
/// <param name="Material">The material's code.</param>
/// <param name="SupplyBy">The last day.</param>
public sealed record PledgeDueSoonDetails(string Material, DateOnly SupplyBy);

/// <summary>A step went to the department that is right for it.</summary>
/// <param name="Step">The step's code.</param>
/// <param name="From">The department it came from.</param>
/// <param name="To">The department it went to.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record StepRedirectedDetails(string Step, Department From, Department To, string Reason);

/// <summary>Before acceptance the case was moved to the item that is right for it.</summary>
/// <param name="Item">Code of the item it is for since.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record CaseMovedToItemDetails(string Item, string Reason);

/// <summary>A step was left to a supervisor.</summary>
/// <param name="Step">The step's code.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record StepReferredUpwardDetails(string Step, string Reason);

/// <summary>The directory of exemptions decided whether the project needs the step (环评豁免判定).</summary>
/// <param name="Step">The step's code.</param>
/// <param name="Decision">Whether it is exempt, by which entry, and why.</param>
public sealed record ExemptionDecidedDetails(string Step, EiaDecision Decision);

/// <summary>The case goes by the green channel (绿色通道).</summary>
/// <param name="Project">Id of the emergency project of which it is part.</param>
/// <param name="Name">The project's name.</param>
/// <param name="Within">What is promised from acceptance on.</param>
public sealed record CaseExpeditedDetails(Guid Project, string Name, Limit Within);

/// <summary>A step's predecessors are done; its limit runs.</summary>
/// <param name="Step">The step's code.</param>
/// <param name="DueAt">When the step's limit ends.</param>
public sealed record StepOpenedDetails(string Step, DateTimeOffset DueAt);

/// <summary>A step was granted.</summary>
/// <param name="Step">The step's code.</param>
/// <param name="Reason">Why, in words; absent where nothing was said.</param>
/// <param name="Uscc">The unified social credit code that what the applicants found was given; absent but where it came into being.</param>
/// <param name="Officer">Who decided, as the department's system named them; absent where the department answers for who it was.</param>
/// <param name="Rule">The rule, with its version, by which a kiosk decided with nobody at hand (无人审批); absent where none did.</param>
public sealed record StepGrantedDetails(
    string Step, [property: JsonIgnore(Condition = WhenWritingNull)] string? Reason, [property: JsonIgnore(Condition = WhenWritingNull)] string? Uscc,
    [property: JsonIgnore(Condition = WhenWritingNull)] Officer? Officer, [property: JsonIgnore(Condition = WhenWritingNull)] string? Rule);

/// <summary>A supervisor refused a step.</summary>
/// <param name="Step">The step's code.</param>
/// <param name="Refusal">The grounds.</param>
/// <param name="Officer">Who decided, as the department's system named them; absent where the department answers for who it was.</param>
public sealed record StepRefusedDetails(string Step, RefusalGrounds Refusal, [property: JsonIgnore(Condition = WhenWritingNull)] Officer? Officer);

/// <summary>A step needs no decision any more.</summary>
/// <param name="Step">The step's code.</param>
/// <param name="Because">Why not.</param>
public sealed record StepCancelledDetails(string Step, CancelledBecause Because);

/// <summary>A granted step delivered its licence.</summary>
/// <param name="Step">The step's code.</param>
/// <param name="Licence">The licence's number.</param>
public sealed record LicenceDeliveredDetails(string Step, string Licence);

/// <summary>A step's clock stands still.</summary>
/// <param name="Step">The step's code.</param>
/// <param name="Pause">The pause's number.</param>
/// <param name="PauseReason">The reason, one of those the law names.</param>
/// <param name="Reason">What the applicant was told besides; absent where nothing was said.</param>
/// <param name="LegalBasis">The provision that prescribes the procedure; absent for pauses of releases before 0.2.</param>
/// <param name="ExpectedUntil">The day by which it is to end; absent for the same.</param>
/// <param name="CarriedOutBy">Who carries it out; absent for the same.</param>
public sealed record ClockPausedDetails(
    string Step, int Pause, PauseReason PauseReason, [property: JsonIgnore(Condition = WhenWritingNull)] string? Reason,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? LegalBasis, [property: JsonIgnore(Condition = WhenWritingNull)] DateOnly? ExpectedUntil,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? CarriedOutBy);

/// <summary>A special procedure takes longer than the applicant was told.</summary>
/// <param name="Step">The step's code.</param>
/// <param name="Pause">The pause's number.</param>
public sealed record PauseOverdueDetails(string Step, int Pause);

/// <summary>A step was inspected on site.</summary>
/// <param name="Step">The step's code.</param>
/// <param name="Officers">Who looked.</param>
/// <param name="On">The day.</param>
/// <param name="Place">Where.</param>
/// <param name="Finding">What they found.</param>
/// <param name="Note">What there is to say of it; absent where nothing was said.</param>
public sealed record StepInspectedDetails(
    string Step, IReadOnlyList<Officer> Officers, DateOnly On, string Place, InspectionFinding Finding, [property: JsonIgnore(Condition = WhenWritingNull)] string? Note);

/// <summary>Third parties were told, and may speak until a day.</summary>
/// <param name="Step">The step's code.</param>
/// <param name="Notice">The notice's number.</param>
/// <param name="Parties">Who was told; empty where it was published.</param>
/// <param name="Publication">Where it was published; absent where those concerned were told.</param>
/// <param name="Until">The last day to speak.</param>
public sealed record ThirdPartiesToldDetails(
    string Step, int Notice, IReadOnlyList<ThirdParty> Parties, [property: JsonIgnore(Condition = WhenWritingNull)] string? Publication, DateOnly Until);

/// <summary>A third party spoke.</summary>
/// <param name="Step">The step's code.</param>
/// <param name="Notice">The notice's number.</param>
/// <param name="Text">What they said.</param>
public sealed record ThirdPartyHeardDetails(string Step, int Notice, string Text);

/// <summary>A hearing was called.</summary>
/// <param name="Step">The step's code.</param>
/// <param name="Hearing">The hearing's number.</param>
/// <param name="Ground">Why there is one.</param>
/// <param name="HeldOn">Its day.</param>
/// <param name="Place">Its place.</param>
/// <param name="Presider">Who presides.</param>
public sealed record HearingCalledDetails(string Step, int Hearing, HearingGround Ground, DateOnly HeldOn, string Place, Officer Presider);

/// <summary>A hearing's minutes are signed.</summary>
/// <param name="Step">The step's code.</param>
/// <param name="Hearing">The hearing's number.</param>
/// <param name="Text">What was said; null where the signed paper is a file.</param>
/// <param name="SignedBy">Who signed.</param>
/// <param name="SignedOn">The day.</param>
/// <param name="File">The signed paper; null where the minutes are text.</param>
public sealed record HearingClosedDetails(string Step, int Hearing, string? Text, string SignedBy, DateOnly SignedOn, FileView? File);

/// <summary>A step's clock runs again.</summary>
/// <param name="Step">The step's code.</param>
/// <param name="Pause">The pause's number.</param>
/// <param name="DueAt">When the step's limit ends now.</param>
public sealed record ClockResumedDetails(string Step, int Pause, DateTimeOffset DueAt);

/// <summary>Every limit was extended, as releases before 0.2 did.</summary>
/// <param name="WorkingDays">By how many working days.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="DueAt">When the promised limit ends now; absent while the clock stands still.</param>
public sealed record LimitExtendedDetails(int WorkingDays, string Reason, [property: JsonIgnore(Condition = WhenWritingNull)] DateTimeOffset? DueAt);

/// <summary>The statutory limit was extended.</summary>
/// <param name="Extension">By how much.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="DueAt">When it ends now; absent while the clock stands still.</param>
public sealed record StatutoryLimitExtendedDetails(
    Limit Extension, string Reason, [property: JsonIgnore(Condition = WhenWritingNull)] DateTimeOffset? DueAt);

/// <summary>The holiday notices have come for which provisional limits waited.</summary>
/// <param name="StatutoryDueAt">When the statutory limit ends now; absent while the clock stands still.</param>
/// <param name="PromisedDueAt">When the promised limit ends now; absent for the same.</param>
/// <param name="AcceptBy">By when the department answers now; absent once it has.</param>
public sealed record LimitsSettledDetails(
    [property: JsonIgnore(Condition = WhenWritingNull)] DateTimeOffset? StatutoryDueAt,
    [property: JsonIgnore(Condition = WhenWritingNull)] DateTimeOffset? PromisedDueAt,
    [property: JsonIgnore(Condition = WhenWritingNull)] DateTimeOffset? AcceptBy);

/// <summary>The case is past its limit.</summary>
/// <param name="DueAt">When that ended.</param>
/// <param name="ExplainBy">By when the lead department says why.</param>
public sealed record CaseOverdueDetails(DateTimeOffset DueAt, DateTimeOffset ExplainBy);

/// <summary>The lead department said why the case is past its limit.</summary>
/// <param name="Reason">Why, in words.</param>
/// <param name="Cause">What kind of reason it is; absent where that was not said.</param>
public sealed record DelayExplainedDetails(string Reason, [property: JsonIgnore(Condition = WhenWritingNull)] DelayCause? Cause);

/// <summary>Every step is granted.</summary>
/// <param name="Actual">The time taken.</param>
public sealed record CaseGrantedDetails(Limit Actual);

/// <summary>The lead department refused the case as a whole; until 0.2, one step's refusal ended it so, too.</summary>
/// <param name="Step">The refused step's code; absent where the case was refused as a whole, or the step is another department's.</param>
/// <param name="Refusal">The grounds; absent for a department that did not give them.</param>
/// <param name="Actual">The time taken; absent where the case was never accepted.</param>
public sealed record CaseRefusedDetails(
    [property: JsonIgnore(Condition = WhenWritingNull)] string? Step, [property: JsonIgnore(Condition = WhenWritingNull)] RefusalGrounds? Refusal,
    [property: JsonIgnore(Condition = WhenWritingNull)] Limit? Actual);

/// <summary>No step waits or is open any more, and not all are granted.</summary>
/// <param name="Outcome">What follows from the steps: <c>partly-granted</c>, or <c>refused</c> where none is granted.</param>
/// <param name="Actual">The time taken.</param>
public sealed record CaseEndedDetails(CaseStatus Outcome, Limit Actual);

/// <summary>The applicant took back what was undecided.</summary>
/// <param name="Reason">Why, in words; absent where nothing was said.</param>
public sealed record RestWithdrawnDetails([property: JsonIgnore(Condition = WhenWritingNull)] string? Reason);

/// <summary>The applicant was told that no licence is needed, or that another authority is right.</summary>
/// <param name="NonAcceptance">What was told; absent for a department that did not tell it.</param>
public sealed record CaseNotAcceptedDetails([property: JsonIgnore(Condition = WhenWritingNull)] NonAcceptance? NonAcceptance);

/// <summary>The case was closed because nobody answered its correction notice.</summary>
/// <param name="Lapse">What was told; absent for a department that did not tell it.</param>
public sealed record CaseLapsedDetails([property: JsonIgnore(Condition = WhenWritingNull)] Lapse? Lapse);

/// <summary>The applicant took the application back before anything of it was decided.</summary>
/// <param name="Reason">Why, in words; absent where nothing was said.</param>
public sealed record CaseWithdrawnDetails([property: JsonIgnore(Condition = WhenWritingNull)] string? Reason);

/// <summary>Whoever applied is barred from applying for the item again.</summary>
/// <param name="Item">Code of the item.</param>
/// <param name="BarGround">Why.</param>
/// <param name="BarredFrom">The day of the decision.</param>
/// <param name="BarredUntil">The last day.</param>
public sealed record ApplicantBarredDetails(string Item, BarGround BarGround, DateOnly BarredFrom, DateOnly BarredUntil);

/// <summary>A supervisor of the service office had the case opened to themselves.</summary>
/// <param name="Reason">Why, in words.</param>
/// <param name="OpenUntil">When the day ended, and with it the sight.</param>
public sealed record CaseDisclosedDetails(string Reason, DateTimeOffset OpenUntil);
