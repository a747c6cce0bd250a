using OneDoor.Clock;
using Xunit;
using static OneDoor.WorkOrders.WorkOrderSpec;

namespace OneDoor.WorkOrders;

/// <summary>REV-2: only the reviewer's answer closes a work order, or three tries in vain on three working days; the rated never do.</summary>
public class Closing
{
    private static readonly WorkOrderCommand[] Commands =
    [
        new ContactReviewer("一"), new ExtendWorkOrder("二"), new RectifyWorkOrder("三"), new FeedBack("四"), new CallBack(true, "五", true), new CallBack(true, "六"), new CallBack(false, "七"),
        new AnswerWorkOrder(false), new CloseWorkOrder(), new CloseWorkOrder(),
    ];

    [Fact]
    public void The_reviewers_answer_closes_it_called_back_or_by_themselves()
    {
        new WorkOrderSpec().FedBack().Do(new CloseWorkOrder(), Office).ThenRefused(WorkOrderRefusals.NotAnswered);
        new WorkOrderSpec().FedBack().Do(new CallBack(true, "没有时间。"), Office).Do(new CloseWorkOrder(), Office).ThenRefused(WorkOrderRefusals.NotAnswered);
        new WorkOrderSpec().FedBack().Do(new CallBack(true, "还可以。", false), Office).Do(new CloseWorkOrder(), Office).Then(WorkOrderStatus.Closed);
        new WorkOrderSpec().FedBack().Do(new AnswerWorkOrder(true), Reviewer).Do(new CloseWorkOrder(), Office).Then(WorkOrderStatus.Closed);
        new WorkOrderSpec().FedBack().Do(new AnswerWorkOrder(true), Stranger).ThenRefused(WorkOrderRefusals.NotYours);
    }

    [Fact]
    public void What_the_reviewer_says_themselves_nobody_overrules_and_what_others_say_they_said_they_put_right()
    {
        new WorkOrderSpec().FedBack().Do(new AnswerWorkOrder(false), Reviewer).Do(new CallBack(true, "满意。", true), Office).ThenRefused(WorkOrderRefusals.NotInThisState);
        Assert.False(new WorkOrderSpec().FedBack().Do(new CallBack(true, "满意。", true), Office).Do(new AnswerWorkOrder(false), Reviewer).State.Satisfied);
    }

    [Fact]
    public void One_whose_cause_does_not_stand_ends_without_being_closed_and_nothing_is_owed_or_done_any_more()
    {
        var spec = new WorkOrderSpec().At("2020-07-03 08:00").Voided();

        Assert.Equal([typeof(WorkOrderOverdue), typeof(WorkOrderVoided)], spec.Facts.Select(f => f.GetType()));
        Assert.Equal((WorkOrderStatus.Voided, false, null), (spec.State.Status, spec.State.IsOverdue, spec.State.WakeAt));
        foreach (var command in Commands)
            spec.Do(command, command is AnswerWorkOrder ? Reviewer : Head).ThenRefused(WorkOrderRefusals.NotInThisState);
        var facts = spec.Facts.Count;
        Assert.Equal(facts, spec.Voided().Facts.Count);
    }

    [Fact]
    public void Three_tries_in_vain_close_it_on_three_working_days()
    {
        // The 4th and the 5th are a weekend.
        new WorkOrderSpec().FedBack().CalledInVain("2020-07-02 09:00", "2020-07-02 15:00", "2020-07-03 09:00", "2020-07-04 09:00", "2020-07-05 09:00")
            .Do(new CloseWorkOrder(), Office).ThenRefused(WorkOrderRefusals.NotAnswered);
        new WorkOrderSpec().FedBack().CalledInVain("2020-07-02 09:00", "2020-07-03 09:00", "2020-07-06 09:00").Do(new CloseWorkOrder(), Office).Then(WorkOrderStatus.Closed);
        // A try is what somebody says of it.
        new WorkOrderSpec().FedBack().Do(new CallBack(false, " "), Office).ThenRefused(WorkOrderRefusals.TextInvalid, "/note");
    }

    [Fact]
    public void The_rated_put_it_right_and_neither_call_back_nor_close()
    {
        new WorkOrderSpec().FedBack().Do(new CallBack(true, "满意。", true), Rated).ThenRefused(WorkOrderRefusals.NotYoursToClose);
        new WorkOrderSpec().FedBack().Do(new CloseWorkOrder(), Rated).ThenRefused(WorkOrderRefusals.NotYoursToClose);
        new WorkOrderSpec().Do(new ContactReviewer("我们会核实。"), Customs).ThenRefused(WorkOrderRefusals.NotYoursToHandle);
        // Of itself the service office is the rated, and its supervisors are those who close.
        new WorkOrderSpec(Department.ServiceOffice).Do(new ContactReviewer("我们会核实。"), Office).Do(new RectifyWorkOrder("已改正。"), Office).Do(new FeedBack("已改正。"), Office)
            .Do(new CallBack(true, "满意。", true), Office).ThenRefused(WorkOrderRefusals.NeedsSupervisor);
    }

    [Fact]
    public void No_path_reaches_closed_without_the_call_back_or_three_tries_in_vain()
    {
        var closed = 0;
        for (var seed = 0; seed < 3_000; seed++)
        {
            var random = new Random(seed);
            var spec = new WorkOrderSpec(random.Next(4) == 0 ? Department.ServiceOffice : Department.Tax);
            for (var i = 0; i < 60 && spec.State.Status != WorkOrderStatus.Closed; i++)
                spec.At(spec.Now.AddHours(random.Next(40))).Swept().Do(Commands[random.Next(Commands.Length)], new[] { Reviewer, Rated, Office, Head, Stranger }[random.Next(5)]);
            if (spec.State.Status != WorkOrderStatus.Closed)
                continue;
            closed++;
            var tries = spec.Facts.OfType<WorkOrderCalledBack>().Where(f => !f.Reached).Select(f => LegalClock.DayOf(f.At)).Distinct().Count(WorkingDays.StateCouncil.IsWorkingDay);
            Assert.True(tries >= 3 || spec.Facts.Any(f => f is WorkOrderAnswered or WorkOrderCalledBack { Reached: true, Satisfied: not null }), $"seed {seed}");
            Assert.NotEqual(spec.State.Unit == Department.Tax ? Department.Tax : null, spec.Facts[^1].By!.Department);
            Assert.True(spec.Facts[^1].By!.IsSupervisor || spec.State.Unit != Department.ServiceOffice, $"seed {seed}");
        }
        Assert.True(closed > 300, $"{closed}");
    }

    [Fact]
    public void The_rated_learn_nothing_of_who_it_was_and_nobody_else_that_there_is_one()
    {
        var state = new WorkOrderSpec().FedBack().CalledInVain("2020-07-02 09:00").State;

        var share = state.SeenBy(Rated, default)!;
        Assert.Equal((null, null, null), (share.Reviewer, share.Contact, Assert.Single(share.CallBacks).Note));
        Assert.Null(Assert.Single(state.SeenBy(Reviewer, default)!.CallBacks).Note);
        Assert.Equal(state, state.SeenBy(Office, default));
        Assert.All([Stranger, Customs, Accused], other => Assert.Null(state.SeenBy(other, default)));
        Assert.Null(new WorkOrderSpec(Department.ServiceOffice).State.SeenBy(Office, default)!.Contact);
    }
}
