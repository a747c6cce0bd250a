using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.WorkOrders;

namespace OneDoor.Reviews;

/// <summary>What the documentation shows of reviews.</summary>
public static class ReviewExamples
{
    /// <summary>Somebody is not content with how fast it was.</summary>
    public static readonly GiveReview Request = new(
        ReviewGrade.Dissatisfied, new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7d8e"), Tags: ["efficiency"], Comment: "I was asked for the same paper twice.");
    public static readonly AppealReview Appealing = new("The second request was another authority's.");
    public static readonly RejectReviewAppeal Rejecting = new("Whoever applies sees one door.");
    public static readonly ExcludeReview Excluding = new("It is about another matter.");

    private static readonly Actor Reviewer = new("mobile", "p_citizen", Applicant: "person:1"), Unit = new("sandbox-market-regulation", "sandbox-market-regulation", Department.MarketRegulation),
        Supervisor = new("sandbox-service-office", "sandbox-service-office", Department.ServiceOffice, IsSupervisor: true);

    private static readonly ReviewGiven Begun = new(
        LegalClock.MidnightOf(LegalClock.DayOf(CatalogueExamples.Now)), Reviewer, new Guid("9c1d7f52-4a0e-4c58-8d35-6b1f0a7e2d43"), Request.Case, Department.MarketRegulation, Department: null, Request.Grade,
        ReviewChannel.Online, "online-2019", Request.Tags!, Request.Comment);
    private static readonly Review New = Review.Evolve(null, Begun);
    private static readonly Review Contested = After(New, Appealing, Unit);

    public static readonly ReviewView Given = View(New);
    public static readonly ReviewView Appealed = View(Contested.SeenBy(Unit, CatalogueExamples.Now)!);
    public static readonly ReviewView Kept = View(After(Contested, Rejecting, Supervisor));
    public static readonly ReviewView Excluded = View(After(Contested, Excluding, Supervisor), WorkOrderStatus.Voided);
    public static readonly History<ReviewEvent> History = new([ReviewEvent.Of(Begun, 0), ReviewEvent.Of(Facts(New, Appealing, Unit)[0], 1)]);
    public static readonly ReviewFigures Figures = ReviewFigures.Of(LegalClock.DayOf(CatalogueExamples.Now), LegalClock.DayOf(CatalogueExamples.Now), [Count(New.Grade), Count(ReviewGrade.Fair)]);

    private static ReviewCount Count(ReviewGrade grade) => new(New.Unit, grade, New.Status, 1);

    private static ReviewView View(Review r, WorkOrderStatus came = WorkOrderStatus.Open) => ReviewView.Of(r, new(new Guid("5e2b8c14-7f0d-4a96-b3c1-8d6e9f20a471"), came, null));

    private static IReadOnlyList<ReviewFact> Facts(Review state, ReviewCommand command, Actor by) =>
        Review.Decide(state, command, new ReviewAsking(by, LegalClock.Zone, CatalogueExamples.Now)).Facts;

    private static Review After(Review state, ReviewCommand command, Actor by) => Facts(state, command, by).Aggregate(state, Review.Evolve);
}
