using Marten;
using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Tickets;
using OneDoor.WorkOrders;

namespace OneDoor.Reviews;

/// <summary>Takes reviews, and changes those that are there.</summary>
public sealed class ReviewChanges(ChangeTools tools, WorkOrderChanges orders, TicketDesk desk, ShownCode shown, ReviewDevices devices, ReviewOptions policy, LegalClock clock)
    : Changes<Review, ReviewFact, ReviewCommand>(tools, ReviewReading.One)
{
    // What came of it by then; null where nothing did.
    private WorkOrder? _order;
    private IReadOnlySet<Guid>? _several;

    /// <summary>Takes a review, also from who shows the code on a ticket; of staff and machines not even with it (REV-1).</summary>
    public Task<Outcome> Give(GiveReview command, CancellationToken ct)
    {
        if (!Review.IsNeverBy(Tools.Caller.Actor) && shown.Of(Tools.Http.Request, ReviewOperations.Code) is { } code)
            Tools.Caller.Forget(desk.DigestOf(code));
        return Begin(command, ct);
    }

    protected override object View(Review seen, int version, string language) => ReviewView.Of(seen with { Version = version }, _order is null ? null : WorkOrderOutcome.Of(_order.At(Tools.Now)), _several, Tools.Caller.Actor);

    protected override async Task<Decision<ReviewFact>> Decide(Review? before, ReviewCommand command, CancellationToken ct)
    {
        var asked = new ReviewAsking(Tools.Caller.Actor, clock, Tools.Now) { Policy = policy };
        if (command is GiveReview given)
            asked = await Giving(given, asked, ct);
        var decision = Review.Decide(before, command, asked);
        _order = before is null ? null : await orders.Of(before.Id, ct);
        _several = before is null ? null : await ReviewDevices.SharedBySeveral(Tools.Session, [before], asked.By, asOf: null, ct);
        foreach (var fact in decision.Facts)
            _order = Follow(fact, fact is ReviewGiven { Ticket: not null } f && !Review.IsPositive(f.Grade) ? await CameOf(asked, ct) : asked.Case);
        return decision;
    }

    // One matter, and one visit, has one rating: who rates it at the same time waits for the other.
    private async Task<ReviewAsking> Giving(GiveReview given, ReviewAsking asked, CancellationToken ct)
    {
        await Tools.Session.Alone(ct, given.Ticket is { } visit ? $"reviews of ticket {visit}" : $"reviews of case {given.Case}");
        var before = Tools.Session.Query<Review>();
        return asked with
        {
            New = Undated.Id(),
            Device = await devices.Of(Tools.Http.Request, Tools.Session, ct),
            Case = given.Case is { } @case ? await Tools.Session.FindWhole(@case, asked.By, asked.Now, ct) : null,
            Ticket = given.Ticket is { } ticket ? (await Tools.Session.LoadAsync<Ticket>(ticket, ct))?.SeenBy(asked.By, asked.Now)?.At(asked.Now) : null,
            Given = [.. (await (given.Ticket is null ? before.Where(r => r.OfCase == given.Case) : before.Where(r => r.OfTicket == given.Ticket)).ToListAsync(ct)).Select(r => r.Part)],
        };
    }

    // Of a visit whoever applied is called back, unless the ticket or the reviewer is known to be somebody else's; of what is confidential nobody here is to know (SIGHT-1).
    private async Task<Case?> CameOf(ReviewAsking asked, CancellationToken ct) =>
        asked.Ticket is { Case: { } id } visit && await Tools.Session.LoadAsync<Case>(id, ct) is { Plan.Confidential: false } @case
            && new[] { visit.ApplicantKey, asked.By.Applicant }.OfType<string>().All(@case.Applicant.Keys.Contains) ? @case : null;

    // REV-2: a bad review opens a work order, which one that is excluded does not leave running.
    private WorkOrder? Follow(ReviewFact fact, Case? @case) => fact switch
    {
        ReviewGiven f when Review.CauseOf(f, @case?.Contact) is { } cause => orders.Open(f.At, cause),
        ReviewExcluded when _order is not null => orders.Void(_order),
        _ => _order,
    };
}

/// <summary>What can be asked of a review that is there, for both doors.</summary>
public static class ReviewOperations
{
    /// <summary>What rates a visit without a token.</summary>
    public static readonly InsteadOfToken Code = TicketOperations.Code with
    {
        Says = "The code on the ticket, instead of a token. It is never logged. A token sent along is not looked at, unless it is a department's, its staff's or a machine's, who do not rate.",
    };

    public static readonly Beginning<ReviewChanges, GiveReview> Give = new(
        "giveReview", "Say how a matter was handled, or how one was served, in one of five grades (好差评)", "The review.",
        "Of a case by its applicant, once and, of a joint one, once for each department with a part in it: while it runs and for 30 days after it ended, whatever became of it. Of a ticket by its holder, once within 30 days after they were served, also by the code on it. An operator may set other days. The department that is rated learns what is said and not who says it.",
        new(ReviewExamples.Request, ReviewExamples.Given), (changes, command, ct) => changes.Give(command, ct), Scopes.ReviewsWrite)
    { Instead = Code };

    public static readonly Operations<ReviewCommand> All = new Operations<ReviewCommand>()
        .On(new Operation<AppealReview>("appealReview", "appeal", "Contest a review, once, by the department it rates (申诉评价)",
            new(ReviewExamples.Appealing, ReviewExamples.Appealed), Scopes.ComplaintsHandle))
        .On(new Operation<RejectReviewAppeal>("rejectReviewAppeal", "appeal/rejection", "Keep a review that is contested, by a supervisor of the service office (维持评价)",
            new(ReviewExamples.Rejecting, ReviewExamples.Kept), Scopes.ComplaintsHandle))
        .On(new Operation<ExcludeReview>("excludeReview", "exclusion", "Exclude a mistaken or malicious review from every figure, by a supervisor of the service office (排除评价)",
            new(ReviewExamples.Excluding, ReviewExamples.Excluded), Scopes.ComplaintsHandle));
}
