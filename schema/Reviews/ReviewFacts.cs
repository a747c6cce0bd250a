using System.Text.Json.Serialization;

namespace OneDoor.Reviews;

/// <summary>Something that happened to a review.</summary>
/// <param name="At">When it happened; of its being given, the day alone (decision 0057).</param>
/// <param name="By">Who did it.</param>
public abstract record ReviewFact(DateTimeOffset At, Actor By) : IFact;

/// <summary>How content somebody is (评价等级), in five grades that are stored by name and never taken for granted.</summary>
public enum ReviewGrade
{
    /// <summary>非常满意.</summary>
    VerySatisfied,

    /// <summary>满意.</summary>
    Satisfied,

    /// <summary>基本满意: counts as positive.</summary>
    Fair,

    /// <summary>不满意.</summary>
    Dissatisfied,

    /// <summary>非常不满意.</summary>
    VeryDissatisfied,
}

/// <summary>Somebody said how a matter was handled (好差评, REV-1).</summary>
/// <param name="At">The beginning of that day: the hour would tell the rated who it was.</param>
/// <param name="Case">The case that was handled; null of a visit.</param>
/// <param name="Unit">The department that is rated: of the whole of a case the one that answers for it, of a visit the one whose window served last.</param>
/// <param name="Department">Whose part of a joint matter alone it is about; null of the whole (REV-3).</param>
/// <param name="Channel">The way the matter came in, which says what can be named as good or bad.</param>
/// <param name="Indicators">The version of what could be named.</param>
/// <param name="Tags">What was named, by code.</param>
/// <param name="Comment">In the reviewer's own words.</param>
/// <param name="Ticket">The ticket with which a hall was visited; null of a case.</param>
/// <param name="CodeDigest">What the code of the ticket is known by, where it was shown instead of a token; null otherwise.</param>
/// <param name="Device">What ties it to others from the same device that day: random, and nothing leads from it to the device. Null of those given before it was kept.</param>
[Alias("review_given")]
public sealed record ReviewGiven(
    DateTimeOffset At, Actor By, Guid ReviewId, Guid? Case, Department Unit, Department? Department, ReviewGrade Grade, ReviewChannel Channel, string? Indicators,
    IReadOnlyList<string> Tags, [Personal] string? Comment,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Ticket = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? CodeDigest = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Device = null) : ReviewFact(At, By);

/// <summary>Whom it rates contests it (申诉).</summary>
/// <param name="Reason">Why it should not count.</param>
[Alias("review_appealed")]
public sealed record ReviewAppealed(DateTimeOffset At, Actor By, [Personal] string Reason) : ReviewFact(At, By);

/// <summary>It stays as it is (维持).</summary>
/// <param name="Reason">Why the appeal is not right.</param>
[Alias("review_appeal_rejected")]
public sealed record ReviewAppealRejected(DateTimeOffset At, Actor By, [Personal] string Reason) : ReviewFact(At, By);

/// <summary>It does not count (排除); what was said stays on record.</summary>
/// <param name="Reason">Why: mistaken or malicious.</param>
[Alias("review_excluded")]
public sealed record ReviewExcluded(DateTimeOffset At, Actor By, [Personal] string Reason) : ReviewFact(At, By);

/// <summary>What someone asks of a review: exactly what they send.</summary>
public abstract record ReviewCommand : ICommand;

/// <summary>A review of how a matter was handled, or of how one was served in a hall (评价): of a case or of a ticket.</summary>
/// <param name="Grade">How content one is; there is no other way to say so than to say so.</param>
/// <param name="Case">The case that was handled: an applicant's own, running or ended.</param>
/// <param name="Ticket">The ticket with which one was served: one's own, or the one whose code is shown.</param>
/// <param name="Department">Of a joint matter, whose part alone is meant; left out, it is about the whole.</param>
/// <param name="Tags">What made it good or bad, by the codes of what can be named for the case's channel, and of a ticket on site; at most ten.</param>
/// <param name="Comment">Anything else; 1 to 2,000 characters.</param>
public sealed record GiveReview(
    ReviewGrade Grade,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Case = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Ticket = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Department? Department = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Tags = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Comment = null) : ReviewCommand;

/// <summary>Contesting a review, once.</summary>
/// <param name="Reason">Why it should not count; 1 to 2,000 characters.</param>
public sealed record AppealReview(string Reason) : ReviewCommand;

/// <summary>Keeping a review that is contested.</summary>
/// <param name="Reason">Why the appeal is not right; 1 to 2,000 characters.</param>
public sealed record RejectReviewAppeal(string Reason) : ReviewCommand;

/// <summary>Excluding a review from every figure, contested or not.</summary>
/// <param name="Reason">Why it is mistaken or malicious; 1 to 2,000 characters.</param>
public sealed record ExcludeReview(string Reason) : ReviewCommand;
