using System.Text.Json.Serialization;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Exemptions;
using OneDoor.Files;

namespace OneDoor.Cases;

/// <summary>Something that happened to a case. Facts are all that is stored of it; everything else is folded from them.</summary>
/// <param name="At">When it happened.</param>
/// <param name="By">Who did it; null when the clock did (deemed acceptance), and in what a department sees of another's doings.</param>
public abstract record CaseFact(DateTimeOffset At, Actor? By) : IFact;

/// <summary>A fact about one step; other departments do not see it (JOINT-3).</summary>
public interface IStepFact
{
    /// <summary>The step's code.</summary>
    string Step { get; }
}

/// <summary>
/// The whole case as it came in (CASE-1), pinned to the item version it was submitted under (CAT-4). Of joint parties who signed one after the
/// other it follows the last signature.
/// </summary>
/// <param name="Plan">The item's steps, limits and materials as they stood then.</param>
/// <param name="Hall">The hall that received it; it does not own it (CASE-9).</param>
/// <param name="AcceptBy">Without an answer by then the case counts as accepted (CASE-2).</param>
/// <param name="Declaration">The applicant's signature under the declaration of truth (APP-4); null in cases of the first releases, which asked for none.</param>
/// <param name="Form">The answer to the item's form (CASE-11), as JSON; null where there was none.</param>
/// <param name="Contact">How the applicant is reached; null in cases of releases before, which asked for none.</param>
/// <param name="Agent">Who handles it for an entity; null where nobody is named.</param>
/// <param name="Files">The files that form and agent name (CASE-12); null where they name none.</param>
/// <param name="AcceptByProvisional">The holidays that it depends on are not published yet, and it may move when they are (CLK-2); absent where they are.</param>
[Alias("case_submitted")]
public sealed record CaseSubmitted(
    DateTimeOffset At, Actor By, Guid CaseId, string Number, CasePlan Plan, Applicant Applicant, Channel Channel, string Hall,
    IReadOnlyList<MaterialHandedIn> Materials, DateTimeOffset AcceptBy, Signature? Declaration = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)][Personal] string? Form = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Contact? Contact = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Agent? Agent = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<CarriedFile>? Files = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool AcceptByProvisional = false) : CaseFact(At, By);

/// <summary>The department took the case on; its limits run from <paramref name="AcceptedAt"/>.</summary>
/// <param name="AcceptedAt">When it was accepted, or, when deemed, when the materials came in (CASE-2).</param>
/// <param name="Deemed">Nobody answered in time, so the law accepted it.</param>
/// <param name="Deferred">Materials still to be supplied under a pledge (deficiency acceptance).</param>
/// <param name="Officer">Who took it on, where the department's system names them; else the department answers for who it was (CASE-16).</param>
[Alias("case_accepted")]
public sealed record CaseAccepted(
    DateTimeOffset At, Actor? By, DateTimeOffset AcceptedAt, bool Deemed, DueDate Statutory, DueDate Promised,
    IReadOnlyList<MaterialDeferred> Deferred, Officer? Officer = null) : CaseFact(At, By);

/// <summary>The applicant signed to hand in a deferrable material later (MODE-7).</summary>
[Alias("case_material_pledged")]
public sealed record MaterialPledged(DateTimeOffset At, Actor By, MaterialPledge Pledge) : CaseFact(At, By);

/// <summary>The one list of everything that is missing (一次性告知补正).</summary>
/// <param name="Answer">Until when it can be answered; null in notices of releases before 0.2, which named no day.</param>
[Alias("case_correction_requested")]
public sealed record CorrectionRequested(
    DateTimeOffset At, Actor By, IReadOnlyList<CorrectionLine> Lines, AnswerTime? Answer = null) : CaseFact(At, By);

/// <summary>A department with a step said what it misses besides, for the lead to send with its notice (JOINT-5).</summary>
[Alias("case_correction_lines_added")]
public sealed record CorrectionLinesAdded(DateTimeOffset At, Actor By, Department Department, IReadOnlyList<CorrectionLine> Lines) : CaseFact(At, By);

/// <summary>The applicant was reminded of the correction notice that is open.</summary>
/// <param name="By">Null: the clock did it.</param>
/// <param name="AnswerBy">Until when it can be answered.</param>
[Alias("case_correction_reminded")]
public sealed record CorrectionReminded(DateTimeOffset At, Actor? By, DateTimeOffset AnswerBy) : CaseFact(At, By);

/// <summary>The applicant has more time to answer the correction notice.</summary>
[Alias("case_correction_extended")]
public sealed record CorrectionExtended(DateTimeOffset At, Actor By, AnswerTime Answer, [Personal] string Reason) : CaseFact(At, By);

/// <summary>Nobody answered the correction notice in time, and a supervisor closed the case, without prejudice to a new application (CASE-14).</summary>
/// <param name="Lapse">Null only in what a department sees that is not the lead.</param>
[Alias("case_lapsed")]
public sealed record CaseLapsed(DateTimeOffset At, Actor By, Lapse? Lapse) : CaseFact(At, By);

/// <summary>Materials came in after submission, or fields of the form were mended.</summary>
/// <param name="AcceptBy">Set when they answer the correction notice whole, so that the five days run anew; otherwise null.</param>
/// <param name="Fields">Names of the fields that changed; null where none did.</param>
/// <param name="Form">The whole answer to the form as it is since, as JSON; null where nothing of it changed.</param>
/// <param name="Files">The files that the changed fields name; null where they name none.</param>
/// <param name="AcceptByProvisional">The holidays that it depends on are not published yet, and it may move when they are (CLK-2); absent where they are.</param>
[Alias("case_materials_supplied")]
public sealed record MaterialsSupplied(
    DateTimeOffset At, Actor By, IReadOnlyList<MaterialHandedIn> Materials, DateTimeOffset? AcceptBy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Fields = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)][Personal] string? Form = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<CarriedFile>? Files = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool AcceptByProvisional = false) : CaseFact(At, By);

/// <summary>Licences the applicant holds already prove materials, so that nobody asks for those (JOINT-4).</summary>
/// <param name="KnownToSubmitter">Numbers of those licences that whoever submitted the case may see anyway.</param>
[Alias("case_materials_proved")]
public sealed record MaterialsProved(
    DateTimeOffset At, Actor By, IReadOnlyList<MaterialProved> Materials, IReadOnlyList<string>? KnownToSubmitter = null) : CaseFact(At, By);

/// <summary>A step went to the department that is right for it.</summary>
[Alias("step_redirected")]
public sealed record StepRedirected(
    DateTimeOffset At, Actor By, string Step, Department From, Department To, [Personal] string Reason) : CaseFact(At, By), IStepFact;

/// <summary>Before acceptance the case was moved to the item that is right for it: the explicit, recorded act of CAT-4.</summary>
/// <param name="AcceptBy">Set when a correction notice was open, which is void now, so that the rest of the five days runs; otherwise null.</param>
/// <param name="NoticeReopened">It was for that item before, and the applicant has not answered that item's notice: it is open again.</param>
/// <param name="Answer">Until when that notice can be answered then; null where none is reopened, and in releases before 0.2.</param>
/// <param name="AcceptByProvisional">The holidays that it depends on are not published yet, and it may move when they are (CLK-2); absent where they are.</param>
[Alias("case_moved_to_item")]
public sealed record CaseMovedToItem(
    DateTimeOffset At, Actor By, CasePlan Plan, [Personal] string Reason, DateTimeOffset? AcceptBy = null, bool NoticeReopened = false,
    AnswerTime? Answer = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool AcceptByProvisional = false) : CaseFact(At, By);

/// <summary>A clerk who may not refuse referred the step to a supervisor (CASE-4).</summary>
[Alias("step_referred_upward")]
public sealed record StepReferredUpward(DateTimeOffset At, Actor By, string Step, [Personal] string Reason) : CaseFact(At, By), IStepFact;

/// <summary>The founders did not choose the step: it takes no time, and nobody decides it (JOINT-1).</summary>
[Alias("step_waived")]
public sealed record StepWaived(DateTimeOffset At, Actor By, string Step) : CaseFact(At, By), IStepFact;

/// <summary>The directory of exemptions decided whether the project needs the step: exempt, it takes no time, and nobody decides it (MODE-8).</summary>
[Alias("exemption_decided")]
public sealed record ExemptionDecided(DateTimeOffset At, Actor By, string Step, EiaDecision Decision) : CaseFact(At, By), IStepFact;

/// <summary>The case is part of a listed emergency project and goes by the green channel (CLK-6). It stays so when the project is closed.</summary>
/// <param name="Project">The project's id.</param>
/// <param name="Name">The project's name.</param>
/// <param name="Within">What is promised from acceptance on.</param>
[Alias("case_expedited")]
public sealed record CaseExpedited(DateTimeOffset At, Actor By, Guid Project, string Name, Limit Within) : CaseFact(At, By);

/// <summary>A step's predecessors are done, and what is due with it is in; its limit runs.</summary>
/// <param name="OpenedAt">From when the limit runs; before <c>At</c> only when acceptance was deemed.</param>
/// <param name="Statutory">Where no step was open and one waited for the applicant, the case's statutory limit since; null elsewhere, and while the clock still stands still.</param>
/// <param name="Promised">Where it was the last that waited for the applicant, the promised limit since; null elsewhere, and while the clock still stands still.</param>
[Alias("step_opened")]
public sealed record StepOpened(
    DateTimeOffset At, Actor? By, string Step, DateTimeOffset OpenedAt, DueDate Due,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DueDate? Statutory = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DueDate? Promised = null) : CaseFact(At, By), IStepFact;

/// <summary>The step's department said yes.</summary>
/// <param name="Officer">Who decided, where the department's system names them; else the department answers for who it was (CASE-16).</param>
/// <param name="Hearing">The number of the hearing on whose minutes it rests (HEAR-2); null where there was none.</param>
/// <param name="Uscc">The code given to what the applicants found, where the step brings it into being (APP-1).</param>
/// <param name="Results">Documents given with the decision (CASE-12); null where there are none.</param>
/// <param name="Rule">The rule, with its version, by which a kiosk decided with nobody at hand (KIOSK-1); null where none did.</param>
[Alias("step_granted")]
public sealed record StepGranted(
    DateTimeOffset At, Actor By, string Step, [Personal] string? Reason, [Personal] string? Uscc = null, Officer? Officer = null, int? Hearing = null,
    IReadOnlyList<ResultDocument>? Results = null, string? Rule = null) : CaseFact(At, By), IStepFact;

/// <summary>A supervisor of the step's department said no, with everything the law asks for (CASE-4).</summary>
/// <param name="Results">Documents given with the decision (CASE-12); null where there are none.</param>
[Alias("step_refused")]
public sealed record StepRefused(
    DateTimeOffset At, Actor By, string Step, RefusalGrounds Grounds, Officer? Officer = null, int? Hearing = null,
    IReadOnlyList<ResultDocument>? Results = null) : CaseFact(At, By), IStepFact;

/// <summary>The step needs no decision any more: what it waited for was refused, or the case ended without it.</summary>
[Alias("step_cancelled")]
public sealed record StepCancelled(DateTimeOffset At, Actor By, string Step, CancelledBecause Because) : CaseFact(At, By), IStepFact;

/// <summary>A granted step delivered what it issues, electronically and so at once (CASE-10).</summary>
/// <param name="DeliverBy">The last day the item's law leaves for delivery: 10 working days where it does not say otherwise.</param>
[Alias("licence_delivered")]
public sealed record LicenceDelivered(
    DateTimeOffset At, Actor By, string Step, IssuedLicence Licence, string Number, DateOnly DeliverBy) : CaseFact(At, By), IStepFact;

/// <summary>The clock of a step stands still (CLK-3); the applicant is told why.</summary>
/// <param name="Number">Counts the case's pauses from 1.</param>
/// <param name="Reason">The special procedure that takes the time.</param>
/// <param name="LegalBasis">The provision that prescribes it; null for pauses of releases before 0.2.</param>
/// <param name="ExpectedUntil">The day by which it is to end, as the applicant is told; null for the same.</param>
/// <param name="CarriedOutBy">Who carries it out; null for the same.</param>
[Alias("clock_paused")]
public sealed record ClockPaused(
    DateTimeOffset At, Actor By, int Number, string Step, PauseReason Reason, [Personal] string? Note,
    [Personal] string? LegalBasis = null, DateOnly? ExpectedUntil = null, [Personal] string? CarriedOutBy = null) : CaseFact(At, By), IStepFact;

/// <summary>A special procedure takes longer than the applicant was told, which reaches the step's supervisor (CLK-3).</summary>
/// <param name="Number">The pause's number.</param>
[Alias("pause_overdue")]
public sealed record PauseOverdue(DateTimeOffset At, Actor? By, int Number, string Step) : CaseFact(At, By), IStepFact;

/// <summary>The pause is over.</summary>
/// <param name="StepDue">The paused step's new due date.</param>
/// <param name="Statutory">The case's, or null while another pause goes on.</param>
/// <param name="Promised">The case's, or null while another pause goes on.</param>
/// <param name="Until">When it ended, where that was before it was recorded.</param>
[Alias("clock_resumed")]
public sealed record ClockResumed(
    DateTimeOffset At, Actor By, int Number, string Step, DueDate StepDue, DueDate? Statutory, DueDate? Promised, DateTimeOffset? Until = null) : CaseFact(At, By), IStepFact;

/// <summary>A supervisor extended every limit, once, as releases before 0.2 did.</summary>
/// <param name="Steps">New due dates of the steps open then and not paused.</param>
[Alias("limit_extended")]
public sealed record LimitExtended(
    DateTimeOffset At, Actor By, int WorkingDays, [Personal] string Reason, DueDate? Statutory, DueDate? Promised,
    IReadOnlyList<StepDue> Steps) : CaseFact(At, By);

/// <summary>A supervisor extended the statutory limit, once; what was promised stays (CLK-4).</summary>
/// <param name="Extension">By how much.</param>
/// <param name="Statutory">Its new end, or null while a pause goes on.</param>
[Alias("statutory_limit_extended")]
public sealed record StatutoryLimitExtended(
    DateTimeOffset At, Actor By, Limit Extension, [Personal] string Reason, DueDate? Statutory) : CaseFact(At, By);

/// <summary>The holiday notices that provisional limits waited for have come: from now on they end where these say (CLK-2).</summary>
/// <param name="Statutory">The statutory limit's end; null while a pause goes on.</param>
/// <param name="Promised">The promised limit's, or null for the same.</param>
/// <param name="Steps">Ends of the open steps that are not paused.</param>
/// <param name="AcceptBy">When the department's time to answer ends, of a case that waits for that; absent of every other.</param>
[Alias("limits_settled")]
public sealed record LimitsSettled(
    DateTimeOffset At, Actor? By, DueDate? Statutory, DueDate? Promised, IReadOnlyList<StepDue> Steps,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? AcceptBy = null) : CaseFact(At, By);

/// <summary>The lead department said why the case is past its limit (CLK-8).</summary>
/// <param name="Cause">What kind of reason it is, as figures count it; absent where it did not say, and in releases before.</param>
[Alias("delay_explained")]
public sealed record DelayExplained(
    DateTimeOffset At, Actor By, [Personal] string Reason, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DelayCause? Cause = null) : CaseFact(At, By);

/// <summary>Nobody said in time why the case is past its limit, which goes to the department's superior (CLK-8).</summary>
/// <param name="ExplainBy">By when the reason was due.</param>
[Alias("delay_unexplained")]
public sealed record DelayUnexplained(DateTimeOffset At, Actor? By, DateTimeOffset ExplainBy) : CaseFact(At, By);

/// <summary>Every step is granted.</summary>
[Alias("case_granted")]
public sealed record CaseGranted(DateTimeOffset At, Actor By, Limit Actual) : CaseFact(At, By);

/// <summary>The lead department refused the case as a whole; in releases before 0.2, one step's refusal ended it so, too.</summary>
/// <param name="Step">The refused step; null when the case was refused as a whole, as it always is now.</param>
/// <param name="Grounds">Null only in what a department sees of a case that another one refused.</param>
/// <param name="Actual">Time taken; null when it was never accepted.</param>
[Alias("case_refused")]
public sealed record CaseRefused(
    DateTimeOffset At, Actor By, string? Step, RefusalGrounds? Grounds, Limit? Actual) : CaseFact(At, By);

/// <summary>
/// No step waits or is open any more, and not all are granted: what the case ended with follows from what each authority decided on its
/// own step (CASE-5).
/// </summary>
/// <param name="Outcome"><c>PartlyGranted</c>, or <c>Refused</c> where none is granted.</param>
[Alias("case_ended")]
public sealed record CaseEnded(DateTimeOffset At, Actor By, CaseStatus Outcome, Limit Actual) : CaseFact(At, By);

/// <summary>The applicant took back what was undecided; what was granted stays granted (CASE-6).</summary>
[Alias("rest_withdrawn")]
public sealed record RestWithdrawn(DateTimeOffset At, Actor By, [Personal] string? Reason) : CaseFact(At, By);

/// <summary>
/// Before acceptance, a supervisor of the lead department told the applicant that no licence is needed, that another authority is right, or
/// that false materials were given (BAR-1). No limit ran, and it is no refusal (CASE-13).
/// </summary>
/// <param name="Answer">Null only in what a department sees that is not the lead.</param>
[Alias("case_not_accepted")]
public sealed record CaseNotAccepted(DateTimeOffset At, Actor By, NonAcceptance? Answer) : CaseFact(At, By);

/// <summary>The applicant took the application back, and nothing of it had been decided (CASE-6).</summary>
[Alias("case_withdrawn")]
public sealed record CaseWithdrawn(DateTimeOffset At, Actor By, [Personal] string? Reason) : CaseFact(At, By);

/// <summary>A material as it came in: what it is, the digest of its content and, where that was uploaded, the file (CASE-12).</summary>
/// <param name="Code">The item's code for it.</param>
/// <param name="Name">The file's or document's name, as given.</param>
/// <param name="Digest"><c>sha-256:</c> and the digest in hexadecimal or base64.</param>
/// <param name="File">Its content; null where that is kept elsewhere.</param>
public sealed record MaterialHandedIn(string Code, [Personal] string Name, string Digest, CarriedFile? File = null);

/// <summary>A document that a department gave with its decision on a step (结果文书).</summary>
/// <param name="Name">What it is called.</param>
/// <param name="File">Its content.</param>
public sealed record ResultDocument([Personal] string Name, CarriedFile File);

/// <summary>A material that is to follow under a pledge (容缺后补, MODE-7).</summary>
/// <param name="Code">The item's code for it.</param>
/// <param name="SupplyBy">The last day; at most 60 working days ahead.</param>
public sealed record MaterialDeferred(string Code, DateOnly SupplyBy);

/// <summary>A pledge (容缺承诺) as it was signed.</summary>
/// <param name="Code">The item's code for the material.</param>
/// <param name="SupplyBy">The last day; at most 60 working days ahead.</param>
/// <param name="Digest">The digest of the text that was signed.</param>
/// <param name="Signatory">Who signed: 1 to 100 characters.</param>
public sealed record MaterialPledge(string Code, DateOnly SupplyBy, string Digest, [Personal] string Signatory);

/// <summary>A material that need not be handed in (CAT-2).</summary>
/// <param name="Code">The item's code for it.</param>
/// <param name="Licence">The kind of licence that proves it; null for whoever submitted the case for somebody else and may not see that licence.</param>
/// <param name="Number">That licence's number; null for the same.</param>
public sealed record MaterialProved(string Code, IssuedLicence? Licence, string? Number);

/// <summary>One thing that is missing or wrong.</summary>
/// <param name="Text">What to do about it, in the department's words.</param>
/// <param name="Material">The material concerned; null for a remark about the application itself, or about a field.</param>
/// <param name="Field">The field of the form concerned: its name at the top, or a pointer to it or into it, <c>/form/area</c>; absent for none.</param>
public sealed record CorrectionLine(
    [Personal] string Text, string? Material = null, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field = null)
{
    /// <summary>The name of the field at the top that it is about; null for none.</summary>
    [JsonIgnore]
    public string? FieldName => Field?.Split('/') switch { null => null, ["", "form", var name, ..] => name, [var name] => name, _ => "" };
}

/// <summary>What the law asks of a refusal (不予许可): its basis, its reasons and the remedies open to the applicant.</summary>
/// <param name="LegalBasis">The provision it rests on (法律依据).</param>
/// <param name="Reason">Why (理由).</param>
/// <param name="Remedy">What the applicant can do against it (救济途径): <paramref name="Remedies"/> in words, and what the supervisor added.</param>
/// <param name="Remedies">What the law gives the applicant against it; null for refusals of releases before, which told only <paramref name="Remedy"/>.</param>
/// <param name="FalseMaterials">True where false materials were given or facts concealed (提供虚假材料, 行政许可法 art. 78); absent otherwise.</param>
public sealed record RefusalGrounds(
    [Personal] string LegalBasis, [Personal] string Reason, [Personal] string Remedy, IReadOnlyList<Remedy>? Remedies = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? FalseMaterials = null)
{
    private const string
        RemedyInChinese = "申请人可自收到决定之日起六十日内申请行政复议，或者六个月内提起行政诉讼。",
        RemedyInEnglish = "The applicant may apply for administrative reconsideration within 60 days, or bring an administrative action within six months.";

    /// <summary>
    /// 行政许可法 art. 38: what is stored as the remedy where the supervisor adds nothing. It is read by <see cref="In(string)"/>.
    /// </summary>
    public const string StatutoryRemedy = RemedyInChinese + " " + RemedyInEnglish;

    /// <summary>As a supervisor gives them; the remedies are the law's against who refuses, whatever the supervisor adds (REM-1).</summary>
    public static RefusalGrounds Of(string? legalBasis, string? reason, string? remedy, Department by, bool? falseMaterials = null) =>
        new(legalBasis ?? "", reason ?? "", remedy ?? StatutoryRemedy, [Cases.Remedy.Against(RemedyAct.Refusal, by)], falseMaterials == true ? true : null);

    /// <summary>The grounds as they are read: the law's words in the reader's language, the supervisor's own as they were written.</summary>
    public RefusalGrounds In(string language)
    {
        if (Remedies is null)
            return Remedy == StatutoryRemedy ? this with { Remedy = new Text(RemedyInChinese, RemedyInEnglish).In(language) } : this;
        var law = string.Join(' ', Remedies.Select(remedy => remedy.InWords().In(language)));
        return this with { Remedy = Remedy == StatutoryRemedy ? law : $"{law} {Remedy}", Remedies = [.. Remedies.Select(remedy => remedy.In(language))] };
    }

    /// <summary>A fact as it is read: with its grounds, where it has any, in the reader's language.</summary>
    public static CaseFact In(CaseFact fact, string language) => fact switch
    {
        StepRefused f => f with { Grounds = f.Grounds.In(language) },
        CaseRefused { Grounds: { } grounds } f => f with { Grounds = grounds.In(language) },
        CaseNotAccepted f => f with { Answer = f.Answer?.In(language) },
        CaseLapsed f => f with { Lapse = f.Lapse?.In(language) },
        _ => fact,
    };

    // The remedies follow from who refuses: a refusal said twice is the same one, whatever the department's data are by then.
    public bool Equals(RefusalGrounds? other) => other is not null && (LegalBasis, Reason, Remedy, FalseMaterials) == (other.LegalBasis, other.Reason, other.Remedy, other.FalseMaterials);

    public override int GetHashCode() => HashCode.Combine(LegalBasis, Reason, Remedy, FalseMaterials);
}

/// <summary>That an application is not accepted (不予受理), and why.</summary>
/// <param name="Kind">Which of the three it is.</param>
/// <param name="Authority">The authority that is right; null where no other is.</param>
/// <param name="Reason">Why (理由).</param>
/// <param name="Remedies">What the law gives the applicant against it (救济途径).</param>
public sealed record NonAcceptance(NonAcceptanceKind Kind, [Personal] string? Authority, [Personal] string Reason, IReadOnlyList<Remedy> Remedies)
{
    /// <summary>The same as it is read, with names and addresses for a language tag.</summary>
    public NonAcceptance In(string language) => this with { Remedies = [.. Remedies.Select(remedy => remedy.In(language))] };
}

/// <summary>Until when a correction notice can be answered.</summary>
/// <param name="By">The last moment in time.</param>
/// <param name="RemindAt">When the applicant is reminded.</param>
public sealed record AnswerTime(DateTimeOffset By, DateTimeOffset RemindAt);

/// <summary>That a case was closed because nobody answered its correction notice (逾期未补正终止).</summary>
/// <param name="Reason">Why (理由).</param>
/// <param name="Remedies">What the law gives the applicant against it (救济途径).</param>
public sealed record Lapse([Personal] string Reason, IReadOnlyList<Remedy> Remedies)
{
    /// <summary>The same as it is read, with names and addresses for a language tag.</summary>
    public Lapse In(string language) => this with { Remedies = [.. Remedies.Select(remedy => remedy.In(language))] };
}

/// <summary>When something falls due.</summary>
/// <param name="On">The day, China Standard Time.</param>
/// <param name="At">The last moment that is still in time.</param>
/// <param name="Provisional">It may still move: a holiday notice that may change the span is not known yet (CLK-2).</param>
public sealed record DueDate(DateOnly On, DateTimeOffset At, bool Provisional);

/// <summary>A step's due date.</summary>
public sealed record StepDue(string Step, DueDate Due);

/// <summary>Why a step ended without a decision.</summary>
public enum CancelledBecause { CaseRefused, CaseWithdrawn, PredecessorRefused, CaseNotAccepted, CaseLapsed }
