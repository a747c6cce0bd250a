using OneDoor.Clock;
using OneDoor.WorkOrders;

namespace OneDoor.Reviews;

/// <summary>A review (评价) as its reader sees it.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="Status">Where it stands (状态).</param>
/// <param name="Version">Grows with every change.</param>
/// <param name="Case">The case it is about; null of a visit, and for the department it rates, which is not to know who gave it.</param>
/// <param name="Unit">The department it rates (被评价部门): of the whole of a case the one that answers for it, of a visit the one whose window served last.</param>
/// <param name="Department">Whose part of a joint matter alone it is about; null of the whole.</param>
/// <param name="Grade">How content the reviewer is (评价等级).</param>
/// <param name="Channel">Where they were served.</param>
/// <param name="Indicators">The version of what could be named then; null where nothing could.</param>
/// <param name="Tags">What they named as good or bad (评价指标).</param>
/// <param name="Comment">What they said besides; null where they said nothing, and of an excluded one for the department it rates.</param>
/// <param name="GivenOn">On which day it was given.</param>
/// <param name="AppealedFor">Why the department contests it (申诉理由); null where it does not.</param>
/// <param name="KeptFor">Why it stays all the same; null while nobody has said so.</param>
/// <param name="ExcludedFor">Why it counts in no figure (排除理由); null where it counts.</param>
/// <param name="WorkOrder">What came of it (整改工单); null where it is not bad, and in events.</param>
/// <param name="Ticket">The ticket of the visit it is about (号票); null of a case, and for the department it rates.</param>
/// <param name="Flagged">Several people rated from one device that day, which says by itself nothing against it (同设备多评); null for who does not check reviews, and in events.</param>
public sealed record ReviewView(
    Guid Id, ReviewStatus Status, int Version, Guid? Case, Department Unit, Department? Department, ReviewGrade Grade, ReviewChannel Channel, string? Indicators,
    IReadOnlyList<string> Tags, string? Comment, DateOnly GivenOn, string? AppealedFor, string? KeptFor, string? ExcludedFor,
    WorkOrderOutcome? WorkOrder, Guid? Ticket, bool? Flagged)
{
    /// <param name="r">The review as its reader may see it.</param>
    /// <param name="order">What came of it; null where nothing did.</param>
    /// <param name="several">The devices from which several people rated; null where that is not told.</param>
    /// <param name="viewer">The reader: whoever gave it, and whom it rates, is not told what it shares with others.</param>
    public static ReviewView Of(Review r, WorkOrderOutcome? order, IReadOnlySet<Guid>? several = null, Actor? viewer = null) => new(
        r.Id, r.Status, r.Version, r.OfCase, r.Unit, r.Part, r.Grade, r.Channel, r.Indicators, r.Tags, r.Comment, LegalClock.DayOf(r.GivenAt), r.AppealedFor, r.KeptFor, r.ExcludedFor, order, r.OfTicket,
        several is not null && viewer?.Department is not null && r.Device is { } device ? several.Contains(device) : null);
}

/// <summary>Whose doing something was.</summary>
public enum ReviewParty
{
    Reviewer,

    /// <summary>The department that is rated.</summary>
    Unit,

    /// <summary>A supervisor of the service office.</summary>
    Supervisor,
}

/// <summary>Something that happened to a review.</summary>
/// <param name="Version">Which it led to.</param>
/// <param name="Type">What it was, for instance <c>review-given</c>.</param>
/// <param name="At">When; of its being given, the beginning of that day.</param>
/// <param name="By">Whose doing it was.</param>
public sealed record ReviewEvent(int Version, string Type, DateTimeOffset At, ReviewParty By)
{
    public static ReviewEvent Of(ReviewFact fact, int index) => new(
        index + 1, Streams.PublishedAs(fact), fact.At,
        fact switch { ReviewGiven => ReviewParty.Reviewer, ReviewAppealed => ReviewParty.Unit, _ => ReviewParty.Supervisor });
}
