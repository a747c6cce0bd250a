using OneDoor.Clock;

namespace OneDoor.WorkOrders;

public sealed partial record WorkOrder
{
    private const int LongestText = 2_000, Tries = 3;

    /// <summary>A new work order, with its deadlines.</summary>
    /// <param name="at">When it is opened; only the day counts.</param>
    /// <param name="id">Its id.</param>
    /// <param name="of">What it comes of.</param>
    /// <param name="clock">By which working days are counted.</param>
    /// <param name="policy">How many there are.</param>
    public static WorkOrderOpened Open(DateTimeOffset at, Guid id, WorkOrderCause of, LegalClock clock, WorkOrderOptions policy)
    {
        var (contactWithin, rectifyWithin) = (Limit.WorkingDays(policy.ContactDays), Limit.WorkingDays(policy.RectifyDays));
        return new(
            at, id, of.Review, of.Complaint, of.Unit, of.Reviewer, of.Contact, of.Named ?? [], of.AboutOffice,
            contactWithin, Due(at, contactWithin, clock).DueAt, rectifyWithin, Due(at, rectifyWithin, clock).DueAt);
    }

    /// <summary>What ends it when what it comes of does not stand; nothing where it has ended.</summary>
    /// <param name="by">Who excluded the review, or found the complaint unfounded.</param>
    public IReadOnlyList<WorkOrderFact> Void(DateTimeOffset now, Actor by) => IsEnded ? [] : [.. Lapse(now), new WorkOrderVoided(now, by)];

    /// <summary>How each of its deadlines that run or ran comes about: from which day it runs, how long, and which days do not count.</summary>
    public IReadOnlyList<WorkOrderDeadline> Deadlines(LegalClock clock)
    {
        return
        [
            Of(WorkOrderStage.Contact, OpenedAt, ContactWithin, ContactBy), Of(WorkOrderStage.Rectification, OpenedAt, RectifyWithin, RectifyBy),
            .. Then(WorkOrderStage.Feedback, Rectified, FeedBackWithin, FeedBackBy), .. Then(WorkOrderStage.CallBack, FedBack, CallBackWithin, CallBackBy),
        ];

        // It stays as it was told, whatever a later holiday notice says.
        WorkOrderDeadline Of(WorkOrderStage stage, DateTimeOffset from, Limit within, DateTimeOffset by) => new(
            stage, LegalClock.DayOf(from), within, by, [.. Due(from, within, clock).Skipped.Where(day => day.Date <= LegalClock.DayOf(by))], Missed.Contains(stage));

        IEnumerable<WorkOrderDeadline> Then(WorkOrderStage stage, WorkOrderNote? after, Limit? within, DateTimeOffset? by) =>
            after is not null && within is not null && by is { } due ? [Of(stage, after.At, within, due)] : [];
    }

    /// <summary>What follows from a command: the facts to record, or the refusal.</summary>
    /// <param name="state">The work order so far, which the caller sees; null where there is none, for nobody begins one.</param>
    /// <param name="command">What someone asks.</param>
    /// <param name="asked">Who asks, when, and what the rule knows besides.</param>
    public static Decision<WorkOrderFact> Decide(WorkOrder? state, WorkOrderCommand command, WorkOrderAsking asked)
    {
        if (state is null)
            return WorkOrderRefusals.NotFound;
        var decision = state.At(asked.Now).Decide(command, asked);
        // What time has brought about meanwhile becomes part of it, so that no miss goes unrecorded.
        return decision.Facts.Count == 0 ? decision : Decision<WorkOrderFact>.Of([.. state.Lapse(asked.Now), .. decision.Facts]);
    }

    private Decision<WorkOrderFact> Decide(WorkOrderCommand command, WorkOrderAsking asked) => (NotTheirs(command, asked.By) ?? Wrong(command)) is { } refused ? refused : command switch
    {
        ContactReviewer c when Status == WorkOrderStatus.Open => new WorkOrderContacted(asked.Now, asked.By, c.Note),
        ExtendWorkOrder c when Status is WorkOrderStatus.Open or WorkOrderStatus.Contacted => Extend(c, asked),
        RectifyWorkOrder c when Status == WorkOrderStatus.Contacted => Rectify(c, asked),
        FeedBack c when Status == WorkOrderStatus.Rectified => Tell(c, asked),
        CallBack c when Status == WorkOrderStatus.FedBack && Satisfied is null => new WorkOrderCalledBack(asked.Now, asked.By, c.Reached, c.Satisfied, c.Note),
        AnswerWorkOrder c when Status == WorkOrderStatus.FedBack => new WorkOrderAnswered(asked.Now, asked.By, c.Satisfied),
        CloseWorkOrder when Status == WorkOrderStatus.FedBack => MayClose(asked.Clock) ? new WorkOrderClosed(asked.Now, asked.By) : WorkOrderRefusals.NotAnswered,
        _ => WorkOrderRefusals.NotInThisState,
    };

    // REV-2: the reviewer's answer ends it, or three tries in vain, each on a working day of its own.
    private bool MayClose(LegalClock clock) =>
        Satisfied is not null || CallBacks.Where(c => !c.Reached).Select(c => LegalClock.DayOf(c.At)).Distinct().Count(clock.Calendar.IsWorkingDay) >= Tries;

    private Decision<WorkOrderFact> Extend(ExtendWorkOrder c, WorkOrderAsking asked)
    {
        if (ExtendedFor is not null)
            return WorkOrderRefusals.ExtendedAlready;
        // REV-2: before the last day, not on it.
        if (LegalClock.DayOf(asked.Now) >= LegalClock.DayOf(RectifyBy))
            return WorkOrderRefusals.TooLate.Because($"应在 {LegalClock.DayOf(RectifyBy):yyyy-MM-dd} 之前决定。", $"It could be before {LegalClock.DayOf(RectifyBy):yyyy-MM-dd}.");
        var within = Limit.WorkingDays(asked.Policy.ComplexDays);
        return new WorkOrderExtended(asked.Now, asked.By, c.Reason, within, Due(OpenedAt, within, asked.Clock).DueAt);
    }

    private static WorkOrderRectified Rectify(RectifyWorkOrder c, WorkOrderAsking asked)
    {
        var within = Limit.WorkingDays(asked.Policy.FeedBackDays);
        return new(asked.Now, asked.By, c.Text, within, Due(asked.Now, within, asked.Clock).DueAt);
    }

    private static WorkOrderFedBack Tell(FeedBack c, WorkOrderAsking asked)
    {
        var within = Limit.WorkingDays(asked.Policy.CallBackDays);
        return new(asked.Now, asked.By, c.Text, within, Due(asked.Now, within, asked.Clock).DueAt);
    }

    // Why it is not for somebody; null where it is. The rated put it right and do not say themselves that it is.
    private Refusal? NotTheirs(WorkOrderCommand command, Actor by) => command switch
    {
        AnswerWorkOrder => by.Department is null && by.Subject == Reviewer ? null : WorkOrderRefusals.NotYours,
        CallBack or CloseWorkOrder => IsOffices(by) ? null : by.Department == Department.ServiceOffice ? WorkOrderRefusals.NeedsSupervisor : WorkOrderRefusals.NotYoursToClose,
        _ => by.Department == Unit || IsOffices(by) ? null : WorkOrderRefusals.NotYoursToHandle,
    };

    private static Refusal? Wrong(WorkOrderCommand command)
    {
        (string At, string Text)? said = command switch
        {
            ContactReviewer c => ("/note", c.Note),
            ExtendWorkOrder c => ("/reason", c.Reason),
            RectifyWorkOrder c => ("/text", c.Text),
            FeedBack c => ("/text", c.Text),
            CallBack c => ("/note", c.Note),
            _ => null,
        };
        return Refusal.AllOf(
        [
            .. said is { } s ? WorkOrderRefusals.TextInvalid.At(s.At).When(!Wording.IsText(s.Text, LongestText)) : [],
            .. WorkOrderRefusals.CallBackInvalid.At("/satisfied").When(command is CallBack { Reached: false, Satisfied: not null }),
        ]);
    }

    private static Due Due(DateTimeOffset from, Limit within, LegalClock clock) => clock.Simulate(LegalClock.MidnightOf(LegalClock.DayOf(from)), within);
}
