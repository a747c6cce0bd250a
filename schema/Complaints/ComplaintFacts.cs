using System.Text.Json.Serialization;
using OneDoor.Cases;
using OneDoor.Files;

namespace OneDoor.Complaints;

/// <summary>Something that happened to a complaint.</summary>
/// <param name="At">When it happened; of what an anonymous complainant did, the day alone (decision 0037).</param>
/// <param name="By">Who did it; null when the clock or an anonymous complainant did.</param>
public abstract record ComplaintFact(DateTimeOffset At, Actor? By) : IFact;

/// <summary>What a complaint is about: exactly one of these.</summary>
/// <param name="Case">The id of a case that the complainant sees; of an anonymous one whatever number they say, which nobody tells them is one.</param>
/// <param name="Department">A department.</param>
/// <param name="Hall">Code of a hall (大厅).</param>
/// <param name="Window">A window of a hall (窗口).</param>
/// <param name="Ticket">The id of a ticket (号票) of the complainant's own; of an anonymous one whatever they say, which nobody tells them is one.</param>
public sealed record ComplaintAbout(
    [Personal] string? Case = null, Department? Department = null, string? Hall = null, ComplaintWindow? Window = null,
    [Personal][property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Ticket = null);

/// <summary>A window of a hall.</summary>
/// <param name="Hall">The hall's code.</param>
/// <param name="Number">As it stands above the window.</param>
public sealed record ComplaintWindow(string Hall, int Number);

/// <summary>Where somebody was served, or waited.</summary>
/// <param name="Hall">The hall's code.</param>
/// <param name="Window">The window that served them; null where none did.</param>
public sealed record ComplaintPlace(string Hall, int? Window);

/// <summary>How whoever complains under their name is reached.</summary>
/// <param name="Phone">A mobile number of eleven digits, or a number that begins with + and a country's code; blanks and dashes between its digits are left out.</param>
/// <param name="Email">An address of at most 254 characters.</param>
public sealed record ComplaintContact([Personal] string? Phone = null, [Personal] string? Email = null);

/// <summary>What a complaint is found to be (调查结论).</summary>
public enum ComplaintFinding
{
    /// <summary>It is right (属实).</summary>
    Upheld,

    /// <summary>Some of it is (部分属实).</summary>
    Partly,

    /// <summary>It is not (不属实).</summary>
    Unfounded,
}

/// <summary>What is owed by a deadline.</summary>
public enum ComplaintStage
{
    /// <summary>To be accepted or returned.</summary>
    Acceptance,

    /// <summary>To be answered with a finding.</summary>
    Answer,
}

/// <summary>Somebody complained about how the service was rendered (效能投诉, COMP-1).</summary>
/// <param name="Name">Of who is signed in; null of an anonymous one.</param>
/// <param name="Units">The departments it is about; none where that is not known.</param>
/// <param name="CodeDigest">What the code of an anonymous one is known by; null of others.</param>
/// <param name="AcceptBy">The last instant at which it is accepted or returned in time.</param>
/// <param name="Attachments">Files that show what happened; null where there are none.</param>
/// <param name="Place">Where the ticket that it is about was served, or waited; null of others.</param>
/// <param name="Served">Subjects of the staff who served that ticket; null where there are none.</param>
[Alias("complaint_filed")]
public sealed record ComplaintFiled(
    DateTimeOffset At, Actor? By, Guid ComplaintId, ComplaintAbout About, [Personal] string Text, [Personal] string? Name, ComplaintContact? Contact,
    IReadOnlyList<Department> Units, string? CodeDigest, DateTimeOffset AcceptBy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<CarriedFile>? Attachments = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ComplaintPlace? Place = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Served = null) : ComplaintFact(At, By);

/// <summary>It is taken on (受理).</summary>
/// <param name="AnswerBy">The last instant at which it is answered in time.</param>
/// <param name="Named">Subjects of the staff it names, who have no part in it from then on.</param>
[Alias("complaint_accepted")]
public sealed record ComplaintAccepted(DateTimeOffset At, Actor By, DateTimeOffset AnswerBy, IReadOnlyList<string> Named) : ComplaintFact(At, By);

/// <summary>It is not for here: the complainant is told where to turn (退回).</summary>
/// <param name="Department">Whose it is.</param>
/// <param name="Remedies">Of one against a decision: how that is contested (REM-1).</param>
[Alias("complaint_returned")]
public sealed record ComplaintReturned(
    DateTimeOffset At, Actor By, Department Department, [Personal] string Reason, IReadOnlyList<Remedy> Remedies) : ComplaintFact(At, By);

/// <summary>It is complex and takes longer (延期).</summary>
/// <param name="AnswerBy">The last instant at which it is answered in time now.</param>
[Alias("complaint_extended")]
public sealed record ComplaintExtended(DateTimeOffset At, Actor By, [Personal] string Reason, DateTimeOffset AnswerBy) : ComplaintFact(At, By);

/// <summary>It is answered with a finding (答复).</summary>
/// <param name="RateBy">The last instant at which the complainant rates the answer or has it handled again.</param>
[Alias("complaint_answered")]
public sealed record ComplaintAnswered(DateTimeOffset At, Actor By, ComplaintFinding Finding, [Personal] string Text, DateTimeOffset RateBy) : ComplaintFact(At, By);

/// <summary>The complainant said whether the answer satisfies them.</summary>
[Alias("complaint_rated")]
public sealed record ComplaintRated(DateTimeOffset At, Actor? By, bool Satisfied) : ComplaintFact(At, By);

/// <summary>The complainant has it handled once more, one level higher (重办).</summary>
/// <param name="AnswerBy">The last instant at which it is answered in time.</param>
[Alias("complaint_reopened")]
public sealed record ComplaintReopened(DateTimeOffset At, Actor? By, [Personal] string? Reason, DateTimeOffset AnswerBy) : ComplaintFact(At, By);

/// <summary>What was owed was not done in time (逾期); it is still owed.</summary>
/// <param name="Due">When it was due.</param>
[Alias("complaint_overdue")]
public sealed record ComplaintOverdue(DateTimeOffset At, ComplaintStage Stage, DateTimeOffset Due) : ComplaintFact(At, null);

/// <summary>Nobody had it handled again in time (办结).</summary>
[Alias("complaint_closed")]
public sealed record ComplaintClosed(DateTimeOffset At) : ComplaintFact(At, null);

/// <summary>What someone asks of a complaint: exactly what they send.</summary>
public abstract record ComplaintCommand : ICommand;

/// <summary>A complaint (投诉).</summary>
/// <param name="About">What it is about: one thing.</param>
/// <param name="Text">What happened, in the complainant's own words; 4,000 characters at most.</param>
/// <param name="Anonymous">Nothing is kept of who complains. A token sent along is not looked at. The answer has the code that leads back to it.</param>
/// <param name="Contact">How to reach the complainant; not of an anonymous one.</param>
/// <param name="Attachments">Ids of files that one has uploaded, at most ten, each once: what shows it; not of an anonymous one.</param>
public sealed record FileComplaint(
    ComplaintAbout About, string Text, bool Anonymous = false, ComplaintContact? Contact = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<Guid>? Attachments = null) : ComplaintCommand;

/// <summary>Taking a complaint on.</summary>
/// <param name="Named">Subjects (<c>sub</c>) of the staff it names, each once and at most 20: they have no part in it from then on.</param>
public sealed record AcceptComplaint(IReadOnlyList<string>? Named = null) : ComplaintCommand;

/// <summary>Telling the complainant that it is not for here.</summary>
/// <param name="Department">Where to turn: whose it is, or whose decision it is against.</param>
/// <param name="Reason">Why.</param>
/// <param name="AgainstDecision">It is against a decision: the answer says how that is contested (COMP-2).</param>
public sealed record ReturnComplaint(
    Department Department, string Reason, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? AgainstDecision = null) : ComplaintCommand;

/// <summary>More time for a complex one.</summary>
/// <param name="Reason">What makes it complex.</param>
public sealed record ExtendComplaint(string Reason) : ComplaintCommand;

/// <summary>The answer to a complaint.</summary>
/// <param name="Finding">What it was found to be.</param>
/// <param name="Text">What was found and what follows.</param>
public sealed record AnswerComplaint(ComplaintFinding Finding, string Text) : ComplaintCommand;

/// <summary>What the complainant says of the answer.</summary>
/// <param name="Satisfied">It satisfies them: the complaint is closed.</param>
public sealed record RateComplaint(bool Satisfied) : ComplaintCommand;

/// <summary>Having it handled once more, one level higher.</summary>
/// <param name="Reason">What is wrong with the answer; may be left out.</param>
public sealed record ReopenComplaint(string? Reason = null) : ComplaintCommand;
