using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.WorkOrders;

namespace OneDoor.Complaints;

/// <summary>What the documentation shows of complaints: an anonymous one, decided by the platform's own rules.</summary>
public static class ComplaintExamples
{
    /// <summary>Somebody complains about a department without a name.</summary>
    public static readonly FileComplaint Request = new(new ComplaintAbout(Department: Department.Tax), "I was sent away twice for papers that nobody had named.", Anonymous: true);
    public static readonly ReturnComplaint Misrouted = new(Department.Customs, "The customs house has a desk of its own.");
    public static readonly AnswerComplaint Answering = new(ComplaintFinding.Upheld, "The list is complete now, and you are owed an apology.");

    private const string Digest = "0b1a6a1f52dbb3e5a6a1d1c1f8a1d58f9f1f1c3dca0e3dbd6f2a4c1b3e5d7f90";
    private static readonly Actor Complainant = new("", "") { CodeDigest = Digest };
    private static readonly Actor Office = new("sandbox-service-office", "sandbox-service-office", Department.ServiceOffice, IsSupervisor: true);

    private static readonly Complaint New = After(null, Request, Complainant);
    private static readonly Complaint Taken = After(New, new AcceptComplaint());
    private static readonly Complaint Told = After(Taken, Answering);
    private static readonly Complaint Unsatisfied = After(Told, new RateComplaint(false), Complainant);

    public static readonly ComplaintView Filed = View(New, Complainant) with { Code = "7QK4-0ZB2-M9TD-C6RV-1XHN-58WE-JAPG" };
    public static readonly ComplaintView Accepted = View(Taken, Office);
    public static readonly ComplaintView Returned = View(After(New, Misrouted), Office);
    public static readonly ComplaintView Extended = View(After(Taken, new ExtendComplaint("Two halls have to be heard.")), Office);
    public static readonly ComplaintView Answered = View(Told, Office);
    public static readonly ComplaintView Rated = View(Unsatisfied, Complainant);
    public static readonly ComplaintView Reopened = View(After(Unsatisfied, new ReopenComplaint("Nobody asked me."), Complainant), Complainant);
    public static readonly History<ComplaintEvent> History = new([.. Facts(null, Request, Complainant).Concat(Facts(New, new AcceptComplaint(), Office)).Select(ComplaintEvent.Of)]);
    public static readonly ComplaintFigures Figures = ComplaintFigures.Of(
        LegalClock.DayOf(CatalogueExamples.Now), LegalClock.DayOf(CatalogueExamples.Now), [.. Enumerable.Repeat(ComplaintRow.Of(Told), 5)], LegalClock.Zone);

    private static IReadOnlyList<ComplaintFact> Facts(Complaint? state, ComplaintCommand command, Actor by) => Complaint.Decide(
        state, command, new ComplaintAsking(by, LegalClock.Zone, CatalogueExamples.Now) { New = new Guid("3f0a5b6c-7d90-4c1e-9f1a-019ab0c27c40"), CodeDigest = by.CodeDigest }).Facts;

    private static Complaint After(Complaint? state, ComplaintCommand command, Actor? by = null) => Facts(state, command, by ?? Office).Aggregate(state, Complaint.Evolve)!;

    private static ComplaintView View(Complaint c, Actor viewer) => ComplaintView.Of(
        c.SeenBy(viewer, CatalogueExamples.Now)!, c.Answers.Count == 0 ? null : new(new Guid("5e2b8c14-7f0d-4a96-b3c1-8d6e9f20a471"), WorkOrderStatus.Open, null), viewer, "en");
}
