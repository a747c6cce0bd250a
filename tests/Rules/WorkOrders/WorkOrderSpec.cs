using OneDoor.Clock;
using Xunit;

namespace OneDoor.WorkOrders;

/// <summary>
/// A work order from its being opened on, decided as the platform does: by a review of the tax department on the 1st of July 2020, a Wednesday;
/// no holiday follows for weeks.
/// </summary>
internal sealed class WorkOrderSpec(Department unit = Department.Tax)
{
    public static readonly Actor Reviewer = new("mobile", "p_citizen", Applicant: "person:1"), Stranger = new("mobile", "p_other", Applicant: "person:2"),
        Rated = new("sandbox-tax", "sandbox-tax", Department.Tax, IsSupervisor: true), Customs = new("sandbox-customs", "sandbox-customs", Department.Customs, IsSupervisor: true),
        Office = new("office", "p_clerk", Department.ServiceOffice), Head = new("office", "p_head", Department.ServiceOffice, IsSupervisor: true),
        Accused = new("sandbox-tax", "p_accused", Department.Tax);

    public WorkOrder State { get; private set; } = WorkOrder.Evolve(null, WorkOrder.Open(
        China.At("2020-07-01 00:00"), new Guid(1, 0, 0, new byte[8]), new(unit, Reviewer.Subject, new("13900000000", null), Review: new Guid(2, 0, 0, new byte[8]), Named: [Accused.Subject]), LegalClock.Zone,
        new WorkOrderOptions()));

    public DateTimeOffset Now { get; private set; } = China.At("2020-07-01 15:30");
    public List<WorkOrderFact> Facts { get; } = [];
    public Refusal? Refused { get; private set; }

    public WorkOrderSpec Contacted() => Do(new ContactReviewer("我们会核实。"), Rated);

    public WorkOrderSpec FedBack() => Contacted().Do(new RectifyWorkOrder("已改正。"), Rated).Do(new FeedBack("不再重复索要材料。"), Rated);

    public WorkOrderSpec CalledInVain(params IEnumerable<string> at) => at.Aggregate(this, (spec, when) => spec.At(when).Do(new CallBack(false, "无人接听。"), Office));

    public WorkOrderSpec Do(WorkOrderCommand command, Actor by)
    {
        var decision = WorkOrder.Decide(State, command, new WorkOrderAsking(by, LegalClock.Zone, Now));
        Refused = decision.Refused;
        return Happened(decision.Facts);
    }

    public WorkOrderSpec At(string later) => At(China.At(later));

    public WorkOrderSpec At(DateTimeOffset later)
    {
        Now = later;
        return this;
    }

    /// <summary>The review is excluded then.</summary>
    public WorkOrderSpec Voided() => Happened(State.Void(Now, Head));

    /// <summary>What the sweep records then.</summary>
    public WorkOrderSpec Swept() => Happened(State.Lapse(Now));

    public void Then(WorkOrderStatus status)
    {
        Assert.Null(Refused?.Code);
        Assert.Equal(status, State.Status);
    }

    public void ThenRefused(Refusal expected, params IEnumerable<string> pointers)
    {
        Assert.Equal(expected.Code, Refused?.Code);
        Assert.Equal(pointers, Refused!.Fields.Select(f => f.Pointer));
    }

    private WorkOrderSpec Happened(IReadOnlyList<WorkOrderFact> facts)
    {
        Facts.AddRange(facts);
        State = facts.Aggregate(State, WorkOrder.Evolve);
        return this;
    }
}
