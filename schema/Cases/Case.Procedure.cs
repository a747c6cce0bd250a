using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Cases;

// Fair procedure: who looks, who decides, and what a decision waits for (CASE-16).
public sealed partial record Case
{
    private const int LongestPlace = 200, LongestOfficerId = 50, MostOfficers = 20;

    // CASE-16, 行政许可法 art. 34 III.
    private Decision<CaseFact> Inspect(InspectStep c, CaseAsking asked)
    {
        if (OwnOpenStep(asked.By, c.Step, new("记录现场核查", "recording an inspection")) is { } refused)
            return refused;
        var today = LegalClock.DayOf(asked.Now);
        Refusal[] wrong =
        [
            .. c.Officers.Index().SelectMany(o => OfficerRefused(o.Item, $"/officers/{o.Index}")),
            .. CaseRefusals.InspectionByTwo.At("/officers").When(c.Officers.Count > MostOfficers || c.Officers.DistinctBy(o => o.Key).Count() < 2),
            .. CaseRefusals.InspectionInvalid.At("/on").When(c.On > today || c.On < LegalClock.DayOf(SubmittedAt)),
            .. CaseRefusals.InspectionInvalid.At("/place").When(!Wording.IsLine(c.Place, LongestPlace)),
            .. CaseRefusals.InspectionInvalid.At("/note").When(c.Note is not null && !IsText(c.Note)),
        ];
        return Refusal.AllOf(wrong) is { } invalid
            ? invalid
            : new StepInspected(asked.Now, asked.By, c.Step, c.Officers, c.On, c.Place, c.Finding, c.Note);
    }

    // What a decision waits for. A refusal waits for no inspection and for no third party.
    private Refusal? NotYetDecidable(DecideStep c, CaseAsking asked)
    {
        if (Refusal.AllOf([.. ActingOfficerRefused(asked.By, c.Officer)]) is { } invalid)
            return invalid;
        if (HasAccepted(asked.By, c.Officer))
            return CaseRefusals.DeciderAccepted;
        var (grants, heard) = (c.Outcome == StepOutcome.Granted, Hearings.Any(h => h.Step == c.Step && h.Minutes is not null));
        var notices = ThirdPartyNotices.Where(n => n.Step == c.Step).ToArray();
        if (IsDeciding(c.Step) && Plan.Hearing == Requirement.Required && !heard)
            return CaseRefusals.HearingMissing;
        // One visit may serve all, but nobody goes by another's where one's own found otherwise.
        var inspected = Inspections.LastOrDefault(i => i.Step == c.Step) ?? (Inspections is [.., var last] ? last : null);
        if (grants && IsDeciding(c.Step) && Plan.Inspection == Requirement.Required && inspected is not { Finding: InspectionFinding.Passed })
            return CaseRefusals.InspectionMissing;
        if (grants && ((IsDeciding(c.Step) && Plan.ThirdParty && notices.Length == 0) || notices.Any(n => n.Until >= LegalClock.DayOf(asked.Now))))
            return CaseRefusals.ThirdPartiesNotHeard;
        return c.Reason is null && (heard || notices.Any(n => n.Statements.Count > 0)) ? CaseRefusals.DecisionUnreasoned.At("/reason") : null;
    }

    // CASE-16: without a name the department answers for it that they are two.
    private bool HasAccepted(Actor by, Officer? officer) =>
        Plan.Handling != HandlingType.Immediate && AcceptedBy is { } acceptor && acceptor == AcceptorOf(by, officer);

    // What the item is for is decided where something is issued, or, where nothing is, at the end.
    private bool IsDeciding(string step) => Plan.Steps.Any(s => s.Issues is not null)
        ? Plan.Steps.Any(s => s.Code == step && s.Issues is not null)
        : Plan.Steps.All(s => !s.After.Contains(step));

    // Who examines the application: whoever took it on, looked at it on site, or asks.
    private HashSet<string> Reviewers(Actor by, string step) =>
    [
        .. AcceptedBy is { } acceptor && acceptor.Department == by.Department ? [acceptor.Person] : Array.Empty<string>(),
        .. Inspections.Where(i => i.Step == step).SelectMany(i => i.Officers).Select(o => o.Key),
        .. AcceptorOf(by, officer: null) is { } asking ? [asking.Person] : Array.Empty<string>(),
    ];

    // Who is signed in is somebody, whomever they name; a system is nobody but whom it names.
    internal static Acceptor? AcceptorOf(Actor? by, Officer? officer) =>
        by?.Department is { } department && (IsPerson(by) ? Officer.KeyOf(by.Subject) : officer?.Key) is { } person ? new(department, person) : null;

    private static bool IsPerson(Actor by) => by.Subject != by.Client;

    internal static IEnumerable<Refusal> ActingOfficerRefused(Actor by, Officer? officer) => officer is null ? []
        : IsPerson(by) ? [CaseRefusals.OfficerInvalid.Because("登录人员即经办人员，不另行指明。", "Whoever is signed in is the officer, and names no other.").At("/officer")]
        : OfficerRefused(officer, "/officer");

    internal static IEnumerable<Refusal> OfficerRefused(Officer officer, string at)
    {
        if (!Wording.IsLine(officer.Id, LongestOfficerId))
            yield return CaseRefusals.OfficerInvalid.At($"{at}/id");
        if (!Wording.IsLine(officer.Name, LongestName))
            yield return CaseRefusals.OfficerInvalid.At($"{at}/name");
    }

    private Refusal? OwnOpenStep(Actor by, string step, Text doing)
    {
        if (NotOwn(by, step) is { } unseen)
            return unseen;
        return !IsAccepted ? InThisState(doing.Zh, doing.En) : Step(step)!.Status == StepStatus.Open ? null : CaseRefusals.StepNotOpen;
    }
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

/// <summary>Two officers at least looked at it on site (现场核查, CASE-16, 行政许可法 art. 34).</summary>
/// <param name="On">The day.</param>
/// <param name="Finding">What they found.</param>
[Alias("step_inspected")]
public sealed record StepInspected(
    DateTimeOffset At, Actor By, string Step, IReadOnlyList<Officer> Officers, DateOnly On, [Personal] string Place, InspectionFinding Finding,
    [Personal] string? Note) : CaseFact(At, By), IStepFact;

/// <summary>A person who acts for a department (经办人员), as its system names them.</summary>
/// <param name="Id">By which the department knows them, in 1 to 50 characters.</param>
/// <param name="Name">What they are called, in 1 to 100 characters.</param>
public sealed record Officer([Personal] string Id, [Personal] string Name)
{
    private const int FullWidth = '！' - '!';

    internal string Key => KeyOf(Id);

    /// <summary>What an id comes to however it was typed, in full width or small letters: two who differ in this are two.</summary>
    internal static string KeyOf(string id) => string.Concat(id.Select(c => c is >= '！' and <= '～' ? (char)(c - FullWidth) : c)).Trim().ToUpperInvariant();
}

/// <summary>What an inspection on site found (核查结论).</summary>
public enum InspectionFinding { Passed, Failed }

/// <summary>An inspection on site (现场核查).</summary>
/// <param name="Step">The code of the step it belongs to.</param>
/// <param name="Officers">Who looked: two at least.</param>
/// <param name="On">The day.</param>
/// <param name="Place">Where.</param>
/// <param name="Finding">What they found.</param>
/// <param name="Note">What there is to say of it.</param>
public sealed record CaseInspection(string Step, IReadOnlyList<Officer> Officers, DateOnly On, string Place, InspectionFinding Finding, string? Note);

/// <summary>Who took the case on, where it is known: nobody decides what they took on themselves (CASE-16).</summary>
/// <param name="Department">For which department.</param>
/// <param name="Person">The officer's id, or who was signed in.</param>
public sealed record Acceptor(Department Department, string Person);

public static partial class CaseRefusals
{
    /// <summary>CASE-16.</summary>
    public static readonly Refusal InspectionByTwo = new("case.inspection-by-two", 422,
        new("现场核查须由两名以上工作人员进行", "Two officers at least inspect on site"));

    public static readonly Refusal InspectionInvalid = new("case.inspection-invalid", 422,
        new("现场核查信息无效", "The inspection is not described correctly"),
        new("日期须在申请之日至今天之间，地点须为1至200个字符，说明可以不写，写明的为1至2000个字符。", "Its day lies between the submission and today, its place has 1 to 200 characters, its note, if any, 1 to 2,000."));

    /// <summary>CASE-16.</summary>
    public static readonly Refusal InspectionMissing = new("case.inspection-missing", 409,
        new("尚无通过的现场核查", "No inspection on site has passed yet"),
        new("该事项须经两名以上工作人员现场核查后才能准予。", "The item is granted only after two officers at least have inspected it on site."));

    /// <summary>CASE-16.</summary>
    public static readonly Refusal DeciderAccepted = new("case.decider-accepted", 403,
        new("受理人员不得作出决定", "Whoever took the case on does not decide it"),
        new("非即办事项的受理和决定由两人分别办理。", "Unless the item is immediate, two people accept and decide."));

    /// <summary>HEAR-1, HEAR-2.</summary>
    public static readonly Refusal DecisionUnreasoned = new("case.decision-unreasoned", 422,
        new("决定须回应陈述意见和听证笔录", "The decision answers what was said and the hearing's minutes"),
        new("请在理由中写明。", "Say so in its reason."));

    public static readonly Refusal OfficerInvalid = new("case.officer-invalid", 422,
        new("经办人员信息无效", "An officer is not described correctly"),
        new("编号须为1至50个字符，姓名须为1至100个字符。", "The id has 1 to 50 characters, the name 1 to 100."));
}
