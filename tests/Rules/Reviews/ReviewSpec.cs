using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Tickets;
using Xunit;

namespace OneDoor.Reviews;

/// <summary>A review from its being given on, decided as the platform does: of a case that stands as it does on the 1st of July 2020.</summary>
internal sealed class ReviewSpec(Case? of = null, Ticket? visit = null)
{
    public static readonly Actor Applicant = Samples.Applicant, Stranger = new("mobile", "p_other", Applicant: "person:2"),
        Rated = Samples.Clerk(Department.MarketRegulation), Tax = Samples.Clerk(Department.Tax),
        Office = Samples.Clerk(Department.ServiceOffice), Head = Samples.Supervisor(Department.ServiceOffice),
        Auditor = new("office", "p_auditor", Department.Customs) { IsAuditor = true };

    public static readonly Guid CaseId = Guid.Parse("01900000-0000-7000-8000-000000000001");

    /// <summary>Granted on the 1st, by its one department.</summary>
    public static Case Granted => CaseSpec.Accepted().Given(Samples.Grant(Department.MarketRegulation, "review")).Case;

    private readonly Case _case = of ?? Granted;

    /// <summary>Who shows the code on the ticket.</summary>
    public static readonly Actor Holder = new("", "") { CodeDigest = "digest" };

    /// <summary>Of a visit: a market regulation window served whoever took the ticket at a kiosk, for a quarter of an hour on the 1st.</summary>
    public static Ticket Visit => Visited(new QueueSpec(), complete: true);

    /// <summary>The ticket, at a window or served.</summary>
    public static Ticket Visited(QueueSpec queue, bool complete)
    {
        queue.Open(1, QueueSpec.Market);
        queue.Take();
        var served = queue.Do(queue.Next(1)!, new ServeTicket(), Rated)!;
        queue.Pass(15);
        return complete ? queue.Do(served, new CompleteTicket(), Rated)! : served;
    }

    public DateTimeOffset Now { get; private set; } = China.At("2020-07-01 15:30");
    public List<ReviewFact> Facts { get; } = [];
    public Review State { get; private set; } = null!;
    public Refusal? Refused { get; private set; }

    public ReviewSpec Given(ReviewGrade grade = ReviewGrade.Dissatisfied, Department? department = null) => Do(new GiveReview(grade, CaseId, Department: department, Comment: "等了两个小时。"), Applicant);

    public ReviewSpec OfVisit(Actor? by = null, ReviewGrade grade = ReviewGrade.Dissatisfied, Department? department = null) =>
        Do(new GiveReview(grade, Ticket: Visit.Id, Department: department, Comment: "等了两个小时。"), by ?? Holder);

    public ReviewSpec Appealed(Actor? by = null) => Given().Do(new AppealReview("不是本部门的窗口。"), by ?? Rated);

    /// <summary>One of the service office.</summary>
    public ReviewSpec OfOffice()
    {
        Given();
        State = State with { Unit = Department.ServiceOffice };
        return this;
    }

    public ReviewSpec Do(ReviewCommand command, Actor by, IReadOnlyList<Department?>? given = null)
    {
        var decision = Review.Decide(State, command, new ReviewAsking(by, LegalClock.Zone, Now)
        {
            New = new Guid(1, 0, 0, new byte[8]), Case = command is not GiveReview { Case: not null } || _case.SeenBy(by, Now) is null ? null : _case,
            Ticket = command is GiveReview { Ticket: not null } ? visit?.SeenBy(by, Now)?.At(Now) : null, Given = given ?? [],
        });
        Refused = decision.Refused;
        Facts.AddRange(decision.Facts);
        State = decision.Facts.Aggregate(State, Review.Evolve)!;
        return this;
    }

    public ReviewSpec At(string later)
    {
        Now = China.At(later);
        return this;
    }

    public void Then(ReviewStatus status)
    {
        Assert.Null(Refused?.Code);
        Assert.Equal(status, State.Status);
    }

    public void ThenRefused(Refusal expected, params IEnumerable<string> pointers)
    {
        Assert.Equal(expected.Code, Refused?.Code);
        Assert.Equal(pointers, Refused!.Fields.Select(f => f.Pointer));
    }
}
