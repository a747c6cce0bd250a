using OneDoor.Files;
using OneDoor.WorkOrders;

namespace OneDoor.Complaints;

/// <summary>A complaint (投诉) as its reader sees it.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="Status">Where it stands (状态).</param>
/// <param name="Version">Grows with every change.</param>
/// <param name="About">What it is about (投诉对象).</param>
/// <param name="Text">What happened, in the complainant's own words.</param>
/// <param name="Anonymous">Nobody knows who complains (匿名); null for a department it is about.</param>
/// <param name="Name">Who complains; null of an anonymous one, and for a department it is about.</param>
/// <param name="Contact">How to reach them; null where name is.</param>
/// <param name="Attachments">Files that show what happened (附件); none for a department it is about.</param>
/// <param name="Units">The departments it is about; an anonymous complainant is not told whose a case or a ticket is.</param>
/// <param name="FiledAt">When it was filed; of an anonymous one, and for a department it is about, the beginning of that day.</param>
/// <param name="AcceptBy">The last instant at which it is accepted or returned in time.</param>
/// <param name="AcceptedAt">When it was accepted.</param>
/// <param name="AnswerBy">The last instant at which it is answered in time; null before it is accepted.</param>
/// <param name="ExtendedFor">What makes it complex, so that it takes longer; null where it does not.</param>
/// <param name="Overdue">What is owed now is late.</param>
/// <param name="Missed">What was not done in time, in order.</param>
/// <param name="Return">Why it is not for here; null where it is.</param>
/// <param name="Answer">The answer, the last of two; null while there is none.</param>
/// <param name="EarlierAnswer">The one that it was reopened for.</param>
/// <param name="RateBy">The last instant at which the answer can be rated or the complaint handled once more.</param>
/// <param name="ReopenedAt">When its complainant had it handled once more; of an anonymous one, and for a department it is about, the day.</param>
/// <param name="ReopenedFor">What they said is wrong with the answer.</param>
/// <param name="ClosedAt">When it ended; where a rating ended it, as reopenedAt.</param>
/// <param name="WorkOrder">What came of its being upheld (整改工单); null where it is not, and in events.</param>
/// <param name="Place">Where the ticket that it is about was served, or waited; null of others, and for an anonymous complainant.</param>
/// <param name="Code">What leads an anonymous complainant back: shown in the answer to the filing, and never again.</param>
public sealed record ComplaintView(
    Guid Id, ComplaintStatus Status, int Version, ComplaintAboutView About, string Text, bool? Anonymous, string? Name, ComplaintContact? Contact, IReadOnlyList<FileView> Attachments, IReadOnlyList<Department> Units,
    DateTimeOffset FiledAt, DateTimeOffset AcceptBy, DateTimeOffset? AcceptedAt, DateTimeOffset? AnswerBy, string? ExtendedFor, bool Overdue, IReadOnlyList<ComplaintStage> Missed,
    ComplaintReturn? Return, ComplaintAnswerView? Answer, ComplaintAnswerView? EarlierAnswer, DateTimeOffset? RateBy, DateTimeOffset? ReopenedAt, string? ReopenedFor, DateTimeOffset? ClosedAt,
    WorkOrderOutcome? WorkOrder, ComplaintPlace? Place, string? Code)
{
    /// <param name="c">The complaint as its reader may see it.</param>
    /// <param name="order">What came of it; null where nothing did.</param>
    /// <param name="viewer">Who reads.</param>
    /// <param name="language">In which words.</param>
    public static ComplaintView Of(Complaint c, WorkOrderOutcome? order, Actor viewer, string language) => new(
        c.Id, c.Status, c.Version, ComplaintAboutView.Of(c.About), c.Text, c.IsComplainant(viewer) || viewer.Department == Department.ServiceOffice ? c.IsAnonymous : null, c.Name, c.Contact, [.. (c.Attachments ?? []).Select(file => FileView.Of(file)!)], c.Units,
        c.FiledAt, c.AcceptBy, c.AcceptedAt, c.AnswerBy, c.ExtendedFor, c.IsOverdue, c.Missed,
        c.Return is { } told ? told with { Remedies = [.. told.Remedies.Select(remedy => remedy.In(language))] } : null,
        c.Answers is [.., var last] ? ComplaintAnswerView.Of(last) : null, c.Answers is [var first, _] ? ComplaintAnswerView.Of(first) : null,
        c.RateBy, c.ReopenedAt, c.ReopenedFor, c.ClosedAt, order, c.Place, null);
}

/// <summary>What a complaint is about: exactly one of these.</summary>
/// <param name="Case">The id of a case; of an anonymous complaint whatever number its complainant said.</param>
/// <param name="Department">A department.</param>
/// <param name="Hall">Code of a hall (大厅).</param>
/// <param name="Window">A window of a hall (窗口).</param>
/// <param name="Ticket">The id of a ticket (号票); of an anonymous complaint whatever its complainant said.</param>
public sealed record ComplaintAboutView(string? Case, Department? Department, string? Hall, ComplaintWindow? Window, string? Ticket)
{
    public static ComplaintAboutView Of(ComplaintAbout about) => new(about.Case, about.Department, about.Hall, about.Window, about.Ticket);
}

/// <summary>An answer to a complaint (答复).</summary>
/// <param name="Finding">What it was found to be (调查结论).</param>
/// <param name="Text">What was found and what follows.</param>
/// <param name="At">When it was given.</param>
/// <param name="Satisfied">What the complainant said of it; null while they say nothing, and never taken for granted.</param>
public sealed record ComplaintAnswerView(ComplaintFinding Finding, string Text, DateTimeOffset At, bool? Satisfied)
{
    public static ComplaintAnswerView Of(ComplaintAnswer answer) => new(answer.Finding, answer.Text, answer.At, answer.Satisfied);
}

/// <summary>Whose doing something was.</summary>
public enum ComplaintParty
{
    Complainant,

    /// <summary>The service office.</summary>
    Office,

    /// <summary>A supervisor of the service office.</summary>
    Supervisor,

    /// <summary>Time passed, and nobody did anything.</summary>
    Clock,
}

/// <summary>Something that happened to a complaint.</summary>
/// <param name="Version">Which it led to.</param>
/// <param name="Type">What it was, for instance <c>complaint-accepted</c>.</param>
/// <param name="At">When; of what an anonymous complainant did, and for a department it is about of what any did, the day.</param>
/// <param name="By">Whose doing it was.</param>
/// <param name="Due">By when what is owed from then on is due; null where that did not change.</param>
/// <param name="Stage">What was not done in time; null of everything else.</param>
public sealed record ComplaintEvent(int Version, string Type, DateTimeOffset At, ComplaintParty By, DateTimeOffset? Due, ComplaintStage? Stage)
{
    public static ComplaintEvent Of(ComplaintFact fact, int index) => new(
        index + 1, Streams.PublishedAs(fact), fact.At, PartyOf(fact),
        fact switch
        {
            ComplaintFiled f => f.AcceptBy,
            ComplaintAccepted f => f.AnswerBy,
            ComplaintExtended f => f.AnswerBy,
            ComplaintAnswered f => f.RateBy,
            ComplaintReopened f => f.AnswerBy,
            _ => null,
        },
        (fact as ComplaintOverdue)?.Stage);

    private static ComplaintParty PartyOf(ComplaintFact fact) => fact switch
    {
        ComplaintFiled or ComplaintRated or ComplaintReopened => ComplaintParty.Complainant,
        ComplaintOverdue or ComplaintClosed => ComplaintParty.Clock,
        _ => fact.By!.IsSupervisor ? ComplaintParty.Supervisor : ComplaintParty.Office,
    };
}
