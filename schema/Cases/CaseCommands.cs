using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Emergencies;
using OneDoor.Exemptions;
using OneDoor.Files;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace OneDoor.Cases;

/// <summary>What someone asks of a case: exactly what they send. <see cref="Case.Decide"/> answers with facts or a refusal.</summary>
/// <remarks>Members that a release before did not know are left out where they are null: repeated, a request has the digest it had.</remarks>
public abstract record CaseCommand : ICommand
{
    /// <summary>Code of the item it names, as which the rule wants to see it published; null for none.</summary>
    [JsonIgnore]
    public virtual string? ItemNamed => null;
}

/// <summary>What a rule of cases knows besides the case and the command.</summary>
public sealed record CaseAsking(Actor By, LegalClock Clock, DateTimeOffset Now) : Asking(By, Clock, Now)
{
    /// <summary>The item the command names, as published and in force; null where there is none of that code.</summary>
    public ItemPublished? Item { get; init; }

    /// <summary>A submission's: whom it names, or who is signed in.</summary>
    public Applicant? Applicant { get; init; }

    /// <summary>Under which a citizen or an enterprise signed in is registered; null for systems and staff.</summary>
    public string? RegisteredName { get; init; }

    /// <summary>A submission's: what the case is called by from now on.</summary>
    public (Guid Id, string Number) New { get; init; }

    /// <summary>Licences the applicant holds; those that prove what <see cref="Case.Provable"/> names are enough (JOINT-4).</summary>
    public IReadOnlyList<DeliveredLicence> Held { get; init; } = [];

    /// <summary>What the applicant may not have for now, as <see cref="Case.MayBeSuspended"/> asks for it.</summary>
    public Suspended Suspended { get; init; } = Suspended.Nothing;

    /// <summary>The licence to be renewed, as <see cref="Case.Renewing"/> asks for it; null where there is none.</summary>
    public RenewableLicence? Renewed { get; init; }

    /// <summary>Those who apply of whom whoever asks may learn something: of others than themselves a department alone.</summary>
    public IReadOnlyList<string> KnownToWhoAsks => By.Applicant is { } own ? [own] : Applicant!.Keys;

    /// <summary>The licences of which the command would have one cancelled, as <see cref="Case.Cancelling"/> asks for them.</summary>
    public IReadOnlyList<CancellableLicence> Cancellable { get; init; } = [];

    /// <summary>A submission's by commitment: a licence of the kind that the applicant holds is suspended, or is to be revoked. A grant's: it is to be revoked.</summary>
    public bool IsHeldBack { get; init; }

    /// <summary>A grant's: the places for licences of its kind; null where no law limits them, or it takes the place of one that stands.</summary>
    public PlacesLeft? PlacesLeft { get; init; }

    /// <summary>How long applicants have to answer a correction notice.</summary>
    public CorrectionOptions Policy { get; init; } = new();

    /// <summary>How long joint parties have to sign.</summary>
    public SignatureOptions Signing { get; init; } = new();

    /// <summary>Numbers of those of them that whoever submits or submitted the case may see.</summary>
    public IReadOnlyList<string> KnownToSubmitter { get; init; } = [];

    /// <summary>The files among <see cref="CaseFiles.Named"/> that are whoever asks' to hand in, by their ids.</summary>
    public IReadOnlyDictionary<Guid, CarriedFile> Files { get; init; } = new Dictionary<Guid, CarriedFile>();

    /// <summary>What has barred whoever applies from the item the command names; as <see cref="Case.MayBeBarred"/> asks for it.</summary>
    public IReadOnlyList<Bar> Bars { get; init; } = [];

    /// <summary>At a kiosk, on which days from today on each hall takes nobody in, by its code.</summary>
    public ILookup<string, DateOnly> HallsClosed { get; init; } = Array.Empty<DateOnly>().ToLookup(_ => "");

    /// <summary>The emergency project that a submission names; null where there is none of that id.</summary>
    public EmergencyProject? Emergency { get; init; }
}

/// <summary>A whole application.</summary>
/// <param name="Item">Code of the item applied for.</param>
/// <param name="Channel">How it reached the platform.</param>
/// <param name="Applicant">Who applies; left out, the one who is signed in.</param>
/// <param name="Hall">The receiving hall; needed at a window or a kiosk.</param>
/// <param name="Materials">What is handed in; what is missing can follow.</param>
/// <param name="Declaration">The applicant's signature under the declaration of truth; without it nothing is taken. Of joint parties it is that of whoever submits.</param>
/// <param name="Pledges">Deferrable materials that the applicant signs to hand in later.</param>
/// <param name="Chosen">Of foundings only: codes of the steps after the licence that the founders want; left out, all of them.</param>
/// <param name="Form">The answer to the item's form (申请表), an object as its JSON Schema says; without it nothing is taken, where the item has a form.</param>
/// <param name="Contact">How the applicant is reached; without it nothing is taken.</param>
/// <param name="Agent">Of entities only: who handles it for them (经办人); may be left out.</param>
/// <param name="EiaClass">Code of a class of the directory of exemptions from environmental impact assessment (环评豁免目录), of items with such a step only: exempt, the project does not need it.</param>
/// <param name="EiaAnswers">With <paramref name="EiaClass"/>: what its conditions ask about the project.</param>
/// <param name="EmergencyProject">Id of the listed emergency project (应急项目) of which it is part: it goes by the green channel (绿色通道).</param>
/// <param name="Commitment">The signed commitment (告知承诺), where the applicant chooses it: it is then granted at once.</param>
/// <param name="Renews">Number of the licence that is to be renewed (延续), before it expires; with <paramref name="Commitment"/> at once.</param>
/// <param name="Cancels">Of items that strike a licence from the register (注销): that licence's number; may be left out by who holds only one of its kind.</param>
public sealed record SubmitCase(
    string Item, Channel Channel, Applicant? Applicant = null, string? Hall = null, IReadOnlyList<MaterialGiven>? Materials = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] Signature? Declaration = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<MaterialPledge>? Pledges = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<string>? Chosen = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] JsonElement? Form = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] Contact? Contact = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] Agent? Agent = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? EiaClass = null, [property: JsonIgnore(Condition = WhenWritingNull)] EiaAnswers? EiaAnswers = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] Guid? EmergencyProject = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] CommitmentGiven? Commitment = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? Renews = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? Cancels = null) : CaseCommand
{
    [JsonIgnore]
    public override string? ItemNamed => Item;
}

/// <summary>A material that is handed in: what it is and, by digest or file, what it holds.</summary>
/// <param name="Code">The item's code for it.</param>
/// <param name="Name">The file's or document's name, 1 to 200 characters.</param>
/// <param name="Digest"><c>sha-256:</c> and the digest of its content, in hexadecimal or base64; may be left out with a file, whose own it is.</param>
/// <param name="File">The id of a file that one has uploaded: its content.</param>
public sealed record MaterialGiven(
    string Code, string Name, [property: JsonIgnore(Condition = WhenWritingNull)] string? Digest = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] Guid? File = null);

/// <summary>A commitment as it is signed.</summary>
/// <param name="Digest">The digest of the item's commitment, as it was read.</param>
/// <param name="Signatory">Who signed: 1 to 100 characters.</param>
/// <param name="MeetBy">The last day on which the conditions are to be met; left out where they are met.</param>
public sealed record CommitmentGiven(string Digest, string? Signatory = null, DateOnly? MeetBy = null);

/// <summary>Filing that the conditions which were to be met are met (承诺条件已具备): from then on the licence authorises what it is for.</summary>
public sealed record FulfilCommitment : CaseCommand;

/// <summary>A document that is given with a decision.</summary>
/// <param name="Name">What it is called, 1 to 200 characters.</param>
/// <param name="File">The id of a file that one has uploaded: its content.</param>
public sealed record ResultGiven(string Name, Guid File);

/// <summary>One of joint parties signs the application as it stands in the case (当事人签署); with the last signature it is submitted.</summary>
/// <param name="Digest">The digest of the declaration of truth, as it was read.</param>
/// <param name="Signatory">Who signed: 1 to 100 characters.</param>
/// <param name="Party">Which of the parties, counted from 0; left out by who is signed in as one of them.</param>
public sealed record SignCase(string Digest, string Signatory, int? Party = null) : CaseCommand;

/// <summary>Taking a case on.</summary>
/// <param name="Deferred">The former way to say which materials may follow and by when: as the applicant has pledged, and no other.</param>
/// <param name="Pledges">Codes of the pledged materials that may follow; left out, all that are pledged and have not come in.</param>
/// <param name="Officer">Who takes it on, as a system names them; left out, the department answers for who it was.</param>
public sealed record AcceptCase(
    IReadOnlyList<MaterialDeferred>? Deferred = null, [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<string>? Pledges = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] Officer? Officer = null) : CaseCommand;

/// <summary>The applicant's signed pledge to hand in a deferrable material later (容缺承诺), as the item's pledge says.</summary>
/// <param name="Code">The item's code for the material.</param>
/// <param name="SupplyBy">The last day; at most 60 working days ahead.</param>
/// <param name="Digest">The digest of the text that was signed.</param>
/// <param name="Signatory">Who signed: 1 to 100 characters.</param>
public sealed record PledgeMaterial(string Code, DateOnly SupplyBy, string Digest, string Signatory) : CaseCommand;

/// <summary>The one list of everything that is missing (一次性告知补正).</summary>
/// <param name="Lines">1 to 100, each naming the material or the field of the form it is about, or none for the application itself; what other departments added is sent with them.</param>
public sealed record SendCorrectionNotice(IReadOnlyList<CorrectionLine> Lines) : CaseCommand;

/// <summary>What a department with a step misses besides, for the one notice that the lead department sends.</summary>
/// <param name="Lines">1 to 100, each naming a material or a field of the form that the department's steps need, or none for the application itself.</param>
public sealed record AddCorrectionLines(IReadOnlyList<CorrectionLine> Lines) : CaseCommand;

/// <summary>More time to answer the correction notice, once.</summary>
/// <param name="Reason">Why it is needed.</param>
public sealed record ExtendNotice(string Reason) : CaseCommand;

/// <summary>Closing a case whose correction notice nobody answered in time (逾期未补正). A new application is as good as the first.</summary>
/// <param name="Reason">Why; the applicant is told.</param>
public sealed record LapseCase(string Reason) : CaseCommand;

/// <summary>Section <c>Corrections</c>: how long applicants have to answer a correction notice.</summary>
public sealed record CorrectionOptions
{
    /// <summary>Working days to answer it, and again when they are extended.</summary>
    [Range(2, 250)]
    public int AnswerWithin { get; init; } = 20;

    /// <summary>So many working days before the end the applicant is reminded; fewer than there are to answer.</summary>
    [Range(1, 249)]
    public int RemindBefore { get; init; } = 5;
}

/// <summary>Section <c>Signatures</c>: how long joint parties have to sign.</summary>
public sealed record SignatureOptions
{
    /// <summary>Days within which every party signs what one of them began.</summary>
    [Range(1, 365)]
    public int SignWithin { get; init; } = 30;
}

/// <summary>Materials handed in, and fields of the form mended, after submission.</summary>
/// <param name="Materials">One of a code already in the case replaces it. May be left out where fields are mended.</param>
/// <param name="Form">
/// The fields at the top that change, each whole; <c>null</c> takes an answer back. What the correction notice names changes, and before there is one
/// whatever the applicant finds wrong.
/// </param>
public sealed record SupplyMaterials(
    IReadOnlyList<MaterialGiven>? Materials = null, [property: JsonIgnore(Condition = WhenWritingNull)] JsonElement? Form = null) : CaseCommand;

/// <summary>A referral: what a clerk does instead of refusing (CASE-4).</summary>
/// <param name="Kind">Where it goes.</param>
/// <param name="Reason">Why.</param>
/// <param name="Step">With kinds <c>department</c> and <c>upward</c>: the step; may be left out where the department has one.</param>
/// <param name="Department">With kind <c>department</c>: the right one.</param>
/// <param name="Item">With kind <c>item</c>: the right one.</param>
public sealed record ReferCase(ReferralKind Kind, string Reason, string? Step = null, Department? Department = null, string? Item = null) : CaseCommand
{
    [JsonIgnore]
    public override string? ItemNamed => Item;
}

/// <summary>Where a referral goes.</summary>
public enum ReferralKind
{
    /// <summary>A step goes to the department that is right for it.</summary>
    Department,

    /// <summary>A case not yet accepted goes to the item that is right for it.</summary>
    Item,

    /// <summary>A step is left to a supervisor.</summary>
    Upward,
}

/// <summary>A refusal with everything the law asks for.</summary>
/// <param name="Reason">Why.</param>
/// <param name="LegalBasis">The provision it rests on.</param>
/// <param name="Remedy">What the applicant can do against it besides what the law gives them, which every refusal says; may be left out.</param>
/// <param name="FalseMaterials">True where it is refused because false materials were given or facts concealed (行政许可法 art. 78).</param>
public sealed record RefuseCase(
    string Reason, string LegalBasis, string? Remedy = null, [property: JsonIgnore(Condition = WhenWritingNull)] bool? FalseMaterials = null) : CaseCommand;

/// <summary>Not accepting an application (不予受理, 行政许可法 arts. 32, 78): told on the day of asking, but for false materials, and no refusal.</summary>
/// <param name="Kind">Which of the three it is.</param>
/// <param name="Reason">Why.</param>
/// <param name="Authority">With kind <c>not-our-competence</c>: the authority that is right, in one line of 1 to 200 characters.</param>
public sealed record DeclineCase(NonAcceptanceKind Kind, string Reason, string? Authority = null) : CaseCommand;

/// <summary>Why an application is not accepted.</summary>
public enum NonAcceptanceKind
{
    /// <summary>The matter needs no licence at all.</summary>
    NoLicenceNeeded,

    /// <summary>The matter is another authority's.</summary>
    NotOurCompetence,

    /// <summary>False materials were given, or facts concealed (提供虚假材料).</summary>
    FalseMaterials,
}

/// <summary>Opening another department's case to oneself until the day ends (查阅), as a supervisor of the service office.</summary>
/// <param name="Reason">Why; the applicant may read it.</param>
public sealed record DiscloseCase(string Reason) : CaseCommand;

/// <summary>Taking an application back. What joint parties have all signed is withdrawn when each of them has said so.</summary>
/// <param name="Reason">Why; nobody has to say.</param>
public sealed record WithdrawCase(string? Reason = null) : CaseCommand;

/// <summary>The one extension of a case's statutory limit (CLK-4); what was promised stays.</summary>
/// <param name="By">At most the item's <c>extension</c>, in its unit.</param>
/// <param name="Reason">Why; the applicant is told.</param>
public sealed record ExtendLimit(Limit By, string Reason) : CaseCommand;

/// <summary>Stopping a step's clock for a special procedure (行政许可法 art. 45).</summary>
/// <param name="Reason">The procedure: one of the item's <c>specialProcedures</c>.</param>
/// <param name="LegalBasis">The provision that prescribes it.</param>
/// <param name="ExpectedUntil">The day by which it is to end; the applicant is told.</param>
/// <param name="CarriedOutBy">Who carries it out, in 1 to 100 characters.</param>
/// <param name="Step">May be left out where the department has one open step.</param>
/// <param name="Note">What the applicant is told besides.</param>
public sealed record PauseClock(
    PauseReason Reason, string LegalBasis, DateOnly ExpectedUntil, string CarriedOutBy, string? Step = null, string? Note = null) : CaseCommand;

/// <summary>Why a case is past its limit (CLK-8).</summary>
/// <param name="Reason">Why; the applicant is told. Said again, it takes the place of what was said before.</param>
/// <param name="Cause">What kind of reason it is, as the public figures count it; left out, it counts as another.</param>
public sealed record ExplainDelay(string Reason, DelayCause? Cause = null) : CaseCommand;

/// <summary>Letting the clock run again.</summary>
public sealed record ResumeClock : CaseCommand
{
    /// <summary>The pause's number, which the address names.</summary>
    [JsonIgnore]
    public int Pause { get; init; }
}

/// <summary>An inspection on site (现场核查, 行政许可法 art. 34).</summary>
/// <param name="Step">The code of an open step of one's own.</param>
/// <param name="Officers">Who looked: two at least.</param>
/// <param name="On">The day, since the submission and not after today.</param>
/// <param name="Place">Where, in 1 to 200 characters.</param>
/// <param name="Finding">What they found.</param>
/// <param name="Note">What there is to say of it.</param>
public sealed record InspectStep(
    string Step, IReadOnlyList<Officer> Officers, DateOnly On, string Place, InspectionFinding Finding, string? Note = null) : CaseCommand;

/// <summary>Telling third parties that their major interests are touched (告知利害关系人, 行政许可法 art. 36).</summary>
/// <param name="Step">The code of an open step of one's own.</param>
/// <param name="Until">The last day to speak, five working days ahead at least.</param>
/// <param name="Parties">Who is told, 1 to 100; left out where it is published.</param>
/// <param name="Publication">Where it is published, since they are many; left out where they are told.</param>
public sealed record TellThirdParties(string Step, DateOnly Until, IReadOnlyList<ThirdParty>? Parties = null, string? Publication = null) : CaseCommand;

/// <summary>What a third party says to a notice (陈述意见).</summary>
/// <param name="Text">In their words.</param>
public sealed record HearThirdParty(string Text) : CaseCommand
{
    /// <summary>The notice's number, which the address names.</summary>
    [JsonIgnore]
    public int Notice { get; init; }
}

/// <summary>Calling a hearing (听证, 行政许可法 arts. 46 to 48); it stops the step's clock until its minutes are signed.</summary>
/// <param name="Step">The code of an open step of one's own.</param>
/// <param name="Ground">Why there is one.</param>
/// <param name="HeldOn">Its day, a working day: seven working days ahead at least, and within twenty of the request, or of today.</param>
/// <param name="Place">Its place, in 1 to 200 characters.</param>
/// <param name="Presider">Who presides: nobody who took the case on, inspected it or calls the hearing.</param>
/// <param name="RequestedOn">With ground <c>requested</c>: the day on which it was asked for; today when left out.</param>
public sealed record CallHearing(
    string Step, HearingGround Ground, DateOnly HeldOn, string Place, Officer Presider, DateOnly? RequestedOn = null) : CaseCommand;

/// <summary>A hearing's signed minutes (听证笔录, 行政许可法 art. 48): the clock runs again from the day on which they were signed.</summary>
/// <param name="SignedBy">Who signed.</param>
/// <param name="SignedOn">The day, not before the hearing.</param>
/// <param name="Text">What was said, in 1 to 20,000 characters. Either this or <paramref name="File"/>.</param>
/// <param name="File">Id of a file that was uploaded before: the signed paper as PDF, OFD or a picture.</param>
public sealed record CloseHearing(
    string SignedBy, DateOnly SignedOn, [property: JsonIgnore(Condition = WhenWritingNull)] string? Text = null, [property: JsonIgnore(Condition = WhenWritingNull)] Guid? File = null) : CaseCommand
{
    /// <summary>The hearing's number, which the address names.</summary>
    [JsonIgnore]
    public int Hearing { get; init; }
}

/// <summary>A department's decision on its step.</summary>
/// <param name="Outcome">A clerk grants; only a supervisor refuses.</param>
/// <param name="Reason">Needed for a refusal.</param>
/// <param name="LegalBasis">Needed for a refusal, and of no other outcome: the provision it rests on.</param>
/// <param name="Remedy">Of a refusal only: what the applicant can do against it besides what the law gives them, which every refusal says.</param>
/// <param name="Uscc">Of the grant by which founders' subject comes into being only: the unified social credit code it is given (统一社会信用代码).</param>
/// <param name="Officer">Who decides, as a system names them: not who took the case on, unless the item is immediate.</param>
/// <param name="FalseMaterials">Of a refusal only: true where it is because false materials were given or facts concealed (行政许可法 art. 78).</param>
/// <param name="Results">Documents for the applicant that come with it (结果文书), 20 at most.</param>
public sealed record DecideStep(
    StepOutcome Outcome, string? Reason = null, string? LegalBasis = null, string? Remedy = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] string? Uscc = null, [property: JsonIgnore(Condition = WhenWritingNull)] Officer? Officer = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] bool? FalseMaterials = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<ResultGiven>? Results = null) : CaseCommand
{
    /// <summary>The step's code, which the address names.</summary>
    [JsonIgnore]
    public string Step { get; init; } = "";
}

/// <summary>What of a granted step is a thing and was handed over (移交): seals, a printed licence. An electronic licence is delivered by the grant itself.</summary>
/// <param name="Step">The code of a granted step of one's own.</param>
/// <param name="What">What it was, in 1 to 200 characters.</param>
/// <param name="Way">By which way: one of the item's, and not electronically.</param>
/// <param name="Receiver">Who received it, in 1 to 100 characters.</param>
/// <param name="On">On which day, not before the grant and not after today.</param>
public sealed record RecordHandOver(string Step, string What, DeliveryWay Way, string Receiver, DateOnly On) : CaseCommand;

/// <summary>How a step is decided.</summary>
public enum StepOutcome { Granted, Refused }
