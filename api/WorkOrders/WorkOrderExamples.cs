using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.WorkOrders;

/// <summary>What the documentation shows of work orders: one on its way.</summary>
public static class WorkOrderExamples
{
    public static readonly ContactReviewer Contacting = new("We are sorry, and look into it.");
    public static readonly ExtendWorkOrder Extending = new("Two departments have to agree.");
    public static readonly RectifyWorkOrder Rectifying = new("The second request is gone from the list.");
    public static readonly FeedBack Telling = new("Nobody is asked for that paper twice any more.");
    public static readonly CallBack Calling = new(true, "Reached at the second ring.", true);
    public static readonly AnswerWorkOrder Answering = new(true);

    private static readonly Actor Reviewer = new("mobile", "p_citizen", Applicant: "person:1"), Unit = new("sandbox-tax", "sandbox-tax", Department.Tax),
        Office = new("sandbox-service-office", "sandbox-service-office", Department.ServiceOffice, IsSupervisor: true);

    private static readonly WorkOrderOpened Begun = WorkOrder.Open(
        LegalClock.MidnightOf(LegalClock.DayOf(CatalogueExamples.Now)), new Guid("5e2b8c14-7f0d-4a96-b3c1-8d6e9f20a471"), new WorkOrderCause(
            Department.Tax, Reviewer.Subject, new ReviewerContact("13900000000", null), Review: new Guid("9c1d7f52-4a0e-4c58-8d35-6b1f0a7e2d43")), LegalClock.Zone, new WorkOrderOptions());
    private static readonly WorkOrder New = WorkOrder.Evolve(null, Begun);
    private static readonly WorkOrder Reached = After(New, Contacting, Unit);
    private static readonly WorkOrder Right = After(Reached, Rectifying, Unit);
    private static readonly WorkOrder Told = After(Right, Telling, Unit);
    private static readonly WorkOrder Called = After(Told, Calling, Office);

    public static readonly WorkOrderView Contacted = View(Reached, Unit);
    public static readonly WorkOrderView Extended = View(After(Reached, Extending, Unit), Unit);
    public static readonly WorkOrderView Rectified = View(Right, Unit);
    public static readonly WorkOrderView FedBack = View(Told, Unit);
    public static readonly WorkOrderView CalledBack = View(Called, Office);
    public static readonly WorkOrderView Answered = View(After(Told, Answering, Reviewer), Reviewer);
    public static readonly WorkOrderView Closed = View(After(Called, new CloseWorkOrder(), Office), Office);
    public static readonly WorkOrderOutcome Outcome = WorkOrderOutcome.Of(Told);
    public static readonly History<WorkOrderEvent> History = new([WorkOrderEvent.Of(Begun, 0), WorkOrderEvent.Of(Facts(New, Contacting, Unit)[0], 1)]);

    private static IReadOnlyList<WorkOrderFact> Facts(WorkOrder state, WorkOrderCommand command, Actor by) =>
        WorkOrder.Decide(state, command, new WorkOrderAsking(by, LegalClock.Zone, CatalogueExamples.Now)).Facts;

    private static WorkOrder After(WorkOrder state, WorkOrderCommand command, Actor by) => Facts(state, command, by).Aggregate(state, WorkOrder.Evolve);

    private static WorkOrderView View(WorkOrder o, Actor viewer) => WorkOrderView.Of(o.SeenBy(viewer, CatalogueExamples.Now)!, LegalClock.Zone);
}
