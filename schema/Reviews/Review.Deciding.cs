using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.WorkOrders;

namespace OneDoor.Reviews;

public sealed partial record Review
{
    private const int LongestText = 2_000, MostTags = 10;

    /// <summary>What follows from a command: the facts to record, or the refusal.</summary>
    /// <param name="state">The review so far, which the caller sees; null before it is given.</param>
    /// <param name="command">What someone asks.</param>
    /// <param name="asked">Who asks, when, and what the rule knows besides.</param>
    public static Decision<ReviewFact> Decide(Review? state, ReviewCommand command, ReviewAsking asked) => (state, command) switch
    {
        (null, GiveReview c) => Give(c, asked),
        (null, _) => ReviewRefusals.NotFound,
        (_, AppealReview c) => state.Appeal(c, asked),
        (_, RejectReviewAppeal c) => state.Settle(c.Reason, asked, [ReviewStatus.Appealed], new ReviewAppealRejected(asked.Now, asked.By, c.Reason)),
        (_, ExcludeReview c) => state.Settle(c.Reason, asked, [ReviewStatus.Given, ReviewStatus.Appealed], new ReviewExcluded(asked.Now, asked.By, c.Reason)),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No rule answers it."),
    };

    private static Decision<ReviewFact> Give(GiveReview c, ReviewAsking asked)
    {
        if (IsNotTheirs(asked))
            return ReviewRefusals.NotYours;
        var day = LegalClock.DayOf(asked.Now);
        var channel = asked.Ticket is not null ? ReviewChannel.OnSite : asked.Case is null ? ReviewChannel.Online : IndicatorSets.ChannelOf(asked.Case.Channel);
        var set = IndicatorSets.InForce(channel, day);
        var tags = c.Tags ?? [];
        if (Refusal.AllOf(
            [
                .. MatterRefused(c, asked),
                .. ReviewRefusals.TagUnknown.At("/tags").When(tags.Count > MostTags),
                .. tags.SelectMany((tag, i) => ReviewRefusals.TagUnknown.At($"/tags/{i}").When(set?.Tags.Any(t => t.Code == tag) != true || tags.Take(i).Contains(tag))),
                .. c.Comment is null ? [] : TextRefused("/comment", c.Comment),
            ]) is { } refused)
            return refused;
        if (NotYet(c, asked) is { } early)
            return early;
        if ((asked.Ticket is { } visit ? visit.EndedAt : asked.Case!.EndedAt) is { } end && LegalClock.DayOf(end).AddDays(asked.Policy.OpenDays) is var last && day > last)
            return ReviewRefusals.TooLate.Because($"截止 {last:yyyy-MM-dd}。", $"It could be until {last:yyyy-MM-dd}.");
        return asked.Given.Contains(c.Department)
            ? ReviewRefusals.AlreadyGiven
            : new ReviewGiven(
                LegalClock.MidnightOf(day), asked.By, asked.New, c.Case, asked.Ticket?.ServedBy!.Department ?? c.Department ?? asked.Case!.Lead, c.Department, c.Grade, channel, set?.Version, tags, c.Comment,
                c.Ticket, asked.By.CodeDigest, asked.Device);
    }

    /// <summary>What is to be put right after it: a bad review opens a work order (REV-2); null of a good one.</summary>
    /// <param name="given">The review.</param>
    /// <param name="contact">How whoever applied is reached; null where nobody knows, or is to know.</param>
    public static WorkOrderCause? CauseOf(ReviewGiven given, Contact? contact) => IsPositive(given.Grade) ? null : new(
        given.Unit, given.CodeDigest is null ? given.By.Subject : null, contact is null ? null : new ReviewerContact(contact.Phone, contact.Email), Review: given.ReviewId);

    // Nobody rates themselves, nor for somebody else; a machine took the ticket for whoever has its code.
    private static bool IsNotTheirs(ReviewAsking asked) =>
        IsNeverBy(asked.By) || (asked.Case is not null && !IsApplicant(asked.By, asked.Case)) || (asked.Ticket is not null && asked.By is { CodeDigest: null, Role: not ActorRole.Applicant });

    /// <summary>Whether it is somebody who rates nothing, whatever code they show: a department, its staff, a machine (REV-1).</summary>
    public static bool IsNeverBy(Actor by) => by is { Department: not null } or { Role: ActorRole.Kiosk };

    private static bool IsApplicant(Actor by, Case @case) => by.Applicant is { } key && @case.Applicant.Keys.Contains(key);

    private static IEnumerable<Refusal> MatterRefused(GiveReview c, ReviewAsking asked) => c switch
    {
        { Case: null, Ticket: null } or { Case: not null, Ticket: not null } => [ReviewRefusals.MatterMissing.At("/case")],
        { Ticket: not null } => [.. ReviewRefusals.TicketUnknown.At("/ticket").When(asked.Ticket is null), .. ReviewRefusals.DepartmentInvalid.At("/department").When(c.Department is not null)],
        _ => CaseRefused(c, asked.Case),
    };

    // A part is rated apart only where there are several (REV-3). Of what is confidential the service office is not to know (SIGHT-1).
    private static IEnumerable<Refusal> CaseRefused(GiveReview c, Case? @case) => @case switch
    {
        null => [ReviewRefusals.CaseUnknown.At("/case")],
        { Plan.Confidential: true } => [ReviewRefusals.CaseConfidential.At("/case")],
        { SignBy: null } when c.Department is { } part && @case.Wanted.Select(s => s.Department).Distinct().ToArray() is var parts =>
            ReviewRefusals.DepartmentInvalid.At("/department").When(parts.Length < 2 || !parts.Contains(part)),
        _ => [],
    };

    // A matter can be rated at any stage, a visit once it is over (REV-1).
    private static Refusal? NotYet(GiveReview c, ReviewAsking asked) => asked switch
    {
        { Ticket: { IsOver: false } } => ReviewRefusals.TooEarly,
        { Ticket: { ServedBy: null } } => ReviewRefusals.NotServed,
        { Case: { SignBy: not null, IsEnded: true } } => ReviewRefusals.NotSubmitted,
        { Case: { SignBy: not null } } => ReviewRefusals.TooEarly,
        { Case: { } @case } when c.Department is { } part && @case.Wanted.Where(s => s.Department == part).All(s => s.Status == StepStatus.Waiting) => ReviewRefusals.TooEarly,
        _ => null,
    };

    private Decision<ReviewFact> Appeal(AppealReview c, ReviewAsking asked)
    {
        if (asked.By.Department != Unit)
            return ReviewRefusals.NotYoursToAppeal;
        if (Refusal.AllOf(TextRefused("/reason", c.Reason)) is { } wrong)
            return wrong;
        return AppealedBy is not null ? ReviewRefusals.AppealedAlready
            : IsExcluded ? ReviewRefusals.NotInThisState
            : new ReviewAppealed(asked.Now, asked.By, c.Reason);
    }

    // Somebody else decides than who contests it; whom a system acts for it does not say, and its department answers for that.
    private Decision<ReviewFact> Settle(string reason, ReviewAsking asked, ReviewStatus[] open, ReviewFact settled)
    {
        if (asked.By is not { Department: Department.ServiceOffice, IsSupervisor: true })
            return ReviewRefusals.NeedsSupervisor;
        if (asked.By.Role == ActorRole.Staff && AppealedBy?.Subject == asked.By.Subject)
            return ReviewRefusals.AppealedYourself;
        return Refusal.AllOf(TextRefused("/reason", reason)) is { } wrong ? wrong
            : !open.Contains(Status) ? ReviewRefusals.NotInThisState
            : settled;
    }

    private static IEnumerable<Refusal> TextRefused(string at, string text) => ReviewRefusals.TextInvalid.At(at).When(!Wording.IsText(text, LongestText));
}
