using System.Text.Json.Serialization;
using OneDoor.Clock;

namespace OneDoor.Staff;

/// <summary>Something that happened to an assessment.</summary>
/// <param name="At">When it happened.</param>
/// <param name="By">Who did it; null when the clock did.</param>
public abstract record AssessmentFact(DateTimeOffset At, Actor? By) : IFact;

/// <summary>A supervisor confirmed what the figures propose, or found otherwise (考核, PERF-1).</summary>
/// <param name="Person">The subject of who is assessed; null of a department and of a window.</param>
/// <param name="Department">The department, or the one for which the person works; null of a window.</param>
/// <param name="Period">A half-year or a year.</param>
/// <param name="Figures">What they were assessed by, as it was then.</param>
/// <param name="Criteria">The version of the criteria.</param>
/// <param name="Proposed">What the figures propose; null where too little was handled.</param>
/// <param name="Grade">What was found.</param>
/// <param name="Reason">Why it is not what the figures propose; null where it is.</param>
/// <param name="ObjectBy">The last instant at which who is assessed may object.</param>
/// <param name="Hall">The hall of the window that is assessed; null of others.</param>
/// <param name="Window">Its number.</param>
/// <param name="Served">The departments whose people served there.</param>
[Alias("assessment_made")]
public sealed record AssessmentMade(
    DateTimeOffset At, Actor By, Guid AssessmentId, string? Person, Department? Department, string Period, StaffFigures Figures, string Criteria, StaffGrade? Proposed, StaffGrade Grade,
    [Personal] string? Reason, DateTimeOffset ObjectBy, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Hall = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Window = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Department>? Served = null) : AssessmentFact(At, By);

/// <summary>Who is assessed objects (异议).</summary>
/// <param name="Text">Why it is not right.</param>
[Alias("assessment_objected")]
public sealed record AssessmentObjected(DateTimeOffset At, Actor By, [Personal] string Text) : AssessmentFact(At, By);

/// <summary>Somebody else decided about the objection: it is final.</summary>
/// <param name="Grade">What is found now.</param>
/// <param name="Reason">Why.</param>
[Alias("assessment_settled")]
public sealed record AssessmentSettled(DateTimeOffset At, Actor By, StaffGrade Grade, [Personal] string Reason) : AssessmentFact(At, By);

/// <summary>Nobody objected in time: it is final.</summary>
[Alias("assessment_final")]
public sealed record AssessmentFinal(DateTimeOffset At) : AssessmentFact(At, null);

/// <summary>What someone asks of an assessment: exactly what they send.</summary>
public abstract record AssessmentCommand : ICommand;

/// <summary>Assessing somebody, a department or a window for a half-year or a year, once (考核): one of these is named. The figures propose a grade, and a supervisor confirms it.</summary>
/// <param name="Period">A half-year, <c>2026-H1</c>, or a year, <c>2026</c>, that is over.</param>
/// <param name="Person">The subject of who is assessed; left out for others.</param>
/// <param name="Department">The department that is; left out for others.</param>
/// <param name="Hall">Code of the hall of the window that is; left out for others.</param>
/// <param name="Window">That window's number.</param>
/// <param name="Grade">What is found; left out, what the figures propose.</param>
/// <param name="Reason">Why it is another grade than the figures propose, or what it rests on where they propose none; 1 to 2,000 characters.</param>
public sealed record MakeAssessment(
    string Period, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Person = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Department? Department = null, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Hall = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Window = null, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] StaffGrade? Grade = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null) : AssessmentCommand;

/// <summary>Objecting, by who is assessed, before it is final.</summary>
/// <param name="Text">Why it is not right; 1 to 2,000 characters.</param>
public sealed record ObjectToAssessment(string Text) : AssessmentCommand;

/// <summary>Deciding about an objection, by another supervisor.</summary>
/// <param name="Grade">What is found now.</param>
/// <param name="Reason">Why; 1 to 2,000 characters.</param>
public sealed record SettleAssessment(StaffGrade Grade, string Reason) : AssessmentCommand;

/// <summary>What the rule of assessments knows besides the assessment and the command.</summary>
public sealed record AssessmentAsking(Actor By, LegalClock Clock, DateTimeOffset Now) : Asking(By, Clock, Now)
{
    public StaffCriteria Criteria { get; init; } = StaffCriteria.Zone;

    /// <summary>Of who is to be assessed, in the period, as who asks sees them; null where there are none.</summary>
    public StaffFigures? Figures { get; init; }

    /// <summary>Of a window that is to be: the departments whose people served there.</summary>
    public IReadOnlyList<Department> Served { get; init; } = [];

    /// <summary>Whether they are assessed for the period already.</summary>
    public bool IsMade { get; init; }
}

/// <summary>A half-year or a year that somebody is assessed for.</summary>
/// <param name="From">Its first day.</param>
/// <param name="To">Its last day.</param>
public sealed record AssessmentPeriod(DateOnly From, DateOnly To)
{
    /// <summary>Reads <c>2026-H1</c> or <c>2026</c>; null for what is neither.</summary>
    public static AssessmentPeriod? Read(string text) => text is not [>= '1' and <= '8', _, _, _, ..] || !text[1..4].All(char.IsAsciiDigit) ? null
        : (int.Parse(text.AsSpan(0, 4), null), text[4..]) switch
        {
            (var year, "") => new(new(year, 1, 1), new(year, 12, 31)),
            (var year, "-H1") => new(new(year, 1, 1), new(year, 6, 30)),
            (var year, "-H2") => new(new(year, 7, 1), new(year, 12, 31)),
            _ => null,
        };
}

/// <summary>Why an assessment, or what is asked of one, is refused.</summary>
public static class AssessmentRefusals
{
    public static readonly Refusal NotFound = new("assessment.not-found", 404,
        new("没有这个考核", "There is no such assessment"), new("不存在或您无权查看。", "It does not exist, or not for you."));

    public static readonly Refusal NotOneself = new("assessment.not-oneself", 403,
        new("不得考核本人或本部门", "Nobody assesses themselves, nor their own department"));

    public static readonly Refusal PeriodInvalid = new("assessment.period-invalid", 422,
        new("考核周期无效", "That is no period"), new("半年如 2026-H1，全年如 2026。", "A half-year is written 2026-H1, a year 2026."));

    public static readonly Refusal AboutInvalid = new("assessment.about-invalid", 422,
        new("考核对象须且只能有一个", "Exactly one person, department or window is assessed"), new("person、department，或 hall 与 window，取其一。", "One of person, department, and hall with window."));

    public static readonly Refusal PersonUnknown = new("assessment.person-unknown", 422,
        new("没有该人员的数据", "There are no figures of that person"), new("期间没有办理，或不属于您的部门。", "They handled nothing in that time, or not for your department."));

    public static readonly Refusal NothingHandled = new("assessment.nothing-handled", 422,
        new("没有该部门或窗口的数据", "There are no figures of that department or window"), new("期间没有办理。", "Nothing was handled there in that time."));

    public static readonly Refusal TooEarly = new("assessment.too-early", 409,
        new("考核周期尚未结束", "The period is not over"));

    public static readonly Refusal AlreadyMade = new("assessment.already-made", 409,
        new("已经考核", "That is assessed for it already"), new("一个周期考核一次。", "That is done once."));

    public static readonly Refusal GradeMissing = new("assessment.grade-missing", 422,
        new("请给出等次", "Say which grade"), new("办理量不足，数据不建议等次。", "So little was handled that the figures propose none."));

    public static readonly Refusal ReasonMissing = new("assessment.reason-missing", 422,
        new("请说明理由", "Say why"), new("等次与数据建议不同，或数据没有建议时，须说明理由。", "A grade that the figures do not propose needs a reason."));

    public static readonly Refusal NotYoursToContest = new("assessment.not-yours-to-contest", 403,
        new("由被考核人或被考核部门、窗口的主管人员提出异议", "Who is assessed objects, or a supervisor of theirs"));

    public static readonly Refusal MadeYourself = new("assessment.made-yourself", 403,
        new("异议须由他人决定", "Somebody else decides about an objection"), new("考核人不决定对自己考核的异议。", "Not who made the assessment."));

    public static readonly Refusal NotInThisState = new("assessment.not-in-this-state", 409,
        new("考核当前状态不允许此操作", "The assessment's state does not allow this"));
}
