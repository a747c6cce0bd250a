using System.Text.Json.Serialization;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Exemptions;
using OneDoor.Files;
using static OneDoor.Cases.HistoryRow;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace OneDoor.Cases;

/// <summary>What is done with it: steps, clocks, procedures, ends.</summary>
internal static class HistoryOfHandling
{
    public static readonly HistoryRow[] Rows =
    [
        Of((StepRedirected f) => new StepRedirectedDetails(f.Step, f.From, f.To, f.Reason)),
        Of((CaseMovedToItem f) => new CaseMovedToItemDetails(f.Plan.Item, f.Reason)),
        Of((StepReferredUpward f) => new StepReferredUpwardDetails(f.Step, f.Reason)),
        Of((ExemptionDecided f) => new ExemptionDecidedDetails(f.Step, f.Decision)),
        Of((CaseExpedited f) => new CaseExpeditedDetails(f.Project, f.Name, f.Within)),
        Of((StepWaived f) => new StepWaivedDetails(f.Step)),
        Of((StepNotNeeded f) => new StepNotNeededDetails(f.Step, f.Ground)),
        Of((StepNeeded f) => new StepNeededDetails(f.Step)),
        Of((MaterialsAwaited f) => new MaterialsAwaitedDetails(f.Step, f.Materials)),
        Of((StepOpened f) => new StepOpenedDetails(f.Step, f.Due.At)),
        Of((StepGranted f) => new StepGrantedDetails(f.Step, f.Reason, f.Uscc, f.Officer, f.Rule)),
        Of((StepRefused f) => new StepRefusedDetails(f.Step, f.Grounds, f.Officer)),
        Of((StepCancelled f) => new StepCancelledDetails(f.Step, f.Because)),
        Of((LicenceDelivered f) => new LicenceDeliveredDetails(f.Step, f.Number)),
        Of((HandedOver f) => new HandedOverDetails(f.Step, f.What, f.Way, f.Receiver, f.On)),
        Of((ClockPaused f) => new ClockPausedDetails(f.Step, f.Number, f.Reason, f.Note, f.LegalBasis, f.ExpectedUntil, f.CarriedOutBy)),
        Of((ClockResumed f) => new ClockResumedDetails(f.Step, f.Number, f.StepDue.At)),
        Of((LimitExtended f) => new LimitExtendedDetails(f.WorkingDays, f.Reason, f.Promised?.At)),
        Of((PauseOverdue f) => new PauseOverdueDetails(f.Step, f.Number)),
        Of((StepInspected f) => new StepInspectedDetails(f.Step, f.Officers, f.On, f.Place, f.Finding, f.Note)),
        Of((ThirdPartiesTold f) => new ThirdPartiesToldDetails(f.Step, f.Number, f.Parties, f.Publication, f.Until)),
        Of((ThirdPartyHeard f) => new ThirdPartyHeardDetails(f.Step, f.Notice, f.Text)),
        Of((HearingCalled f) => new HearingCalledDetails(f.Step, f.Number, f.Ground, f.HeldOn, f.Place, f.Presider)),
        Of((HearingClosed f) => new HearingClosedDetails(f.Step, f.Number, f.Text, f.SignedBy, f.SignedOn, FileView.Of(f.File))),
        Of((StatutoryLimitExtended f) => new StatutoryLimitExtendedDetails(f.Extension, f.Reason, f.Statutory?.At)),
        Of((LimitsSettled f) => new LimitsSettledDetails(f.Statutory?.At, f.Promised?.At, f.AcceptBy)),
        Of((CaseDueSoon f) => new CaseDueSoonDetails(f.DueAt, f.Steps)),
        Of((CaseOverdue f) => new CaseOverdueDetails(f.DueAt, f.ExplainBy)),
        Of((DelayExplained f) => new DelayExplainedDetails(f.Reason, f.Cause)),
        Of((StatutoryLimitPassed f) => new StatutoryLimitPassedDetails(f.DueAt)),
        Of((DelayUnexplained f) => new DelayUnexplainedDetails(f.ExplainBy)),
        Of((CaseGranted f) => new CaseGrantedDetails(f.Actual)),
        Of((CaseRefused f) => new CaseRefusedDetails(f.Step, f.Grounds, f.Actual)),
        Of((CaseEnded f) => new CaseEndedDetails(f.Outcome, f.Actual)),
        Of((RestWithdrawn f) => new RestWithdrawnDetails(f.Reason)),
        Of((CaseNotAccepted f) => new CaseNotAcceptedDetails(f.Answer)),
        Of((CaseLapsed f) => new CaseLapsedDetails(f.Lapse)),
        Of((CaseWithdrawn f) => new CaseWithdrawnDetails(f.Reason)),
        Of((ApplicantBarred f) => new ApplicantBarredDetails(f.Item, f.Ground, f.From, f.Until)),
        Of((CaseDisclosed f) => new CaseDisclosedDetails(f.Reason, f.Until)),
        Of((SandboxClockMoved f) => new SandboxClockMovedDetails(f.To)),
    ];
}

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

/// <summary>The founders did not choose the step.</summary>
/// <param name="Step">The step's code.</param>
public sealed record StepWaivedDetails(string Step);

/// <summary>By what the application says the law does not ask for the step (无需办理).</summary>
/// <param name="Step">The step's code.</param>
/// <param name="NotNeeded">Why, in both languages.</param>
public sealed record StepNotNeededDetails(string Step, Text NotNeeded);

/// <summary>By what the application says since it was mended, the law asks for the step after all.</summary>
/// <param name="Step">The step's code.</param>
public sealed record StepNeededDetails(string Step);

/// <summary>A step waits for what the applicant has to hand in.</summary>
/// <param name="Step">The step's code.</param>
/// <param name="Materials">Codes of the materials.</param>
public sealed record MaterialsAwaitedDetails(string Step, IReadOnlyList<string> Materials);

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

/// <summary>A thing was handed over.</summary>
/// <param name="Step">The step's code.</param>
/// <param name="What">What it was.</param>
/// <param name="Way">By which way.</param>
/// <param name="Receiver">Who received it.</param>
/// <param name="On">On which day.</param>
public sealed record HandedOverDetails(string Step, string What, DeliveryWay Way, string Receiver, DateOnly On);

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

/// <summary>The end of the case's limit is near (临期).</summary>
/// <param name="DueAt">When it ends: the promised one, or, while the promise stands still and once it is missed, the law's.</param>
/// <param name="Open">Codes of the steps that are open, as far as their reader sees them.</param>
public sealed record CaseDueSoonDetails(DateTimeOffset DueAt, IReadOnlyList<string> Open);

/// <summary>The case is past its limit.</summary>
/// <param name="DueAt">When that ended.</param>
/// <param name="ExplainBy">By when the lead department says why.</param>
public sealed record CaseOverdueDetails(DateTimeOffset DueAt, DateTimeOffset ExplainBy);

/// <summary>The lead department said why the case is past its limit.</summary>
/// <param name="Reason">Why, in words.</param>
/// <param name="Cause">What kind of reason it is; absent where that was not said.</param>
public sealed record DelayExplainedDetails(string Reason, [property: JsonIgnore(Condition = WhenWritingNull)] DelayCause? Cause);

/// <summary>The law's limit passed and the case is not decided, whatever was promised.</summary>
/// <param name="DueAt">When it ended.</param>
public sealed record StatutoryLimitPassedDetails(DateTimeOffset DueAt);

/// <summary>Nobody said in time why the case is past its limit, which went to the department's superior.</summary>
/// <param name="ExplainBy">By when the reason was due.</param>
public sealed record DelayUnexplainedDetails(DateTimeOffset ExplainBy);

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

/// <summary>In the sandbox, whoever submitted the case moved its clock forward.</summary>
/// <param name="ClockTo">What the case's clock showed then.</param>
public sealed record SandboxClockMovedDetails(DateTimeOffset ClockTo);
