using System.Globalization;
using OneDoor.Appointments;
using OneDoor.Clock;

namespace OneDoor.Tickets;

/// <summary>What can be done with a ticket, and when.</summary>
public sealed partial record Ticket
{
    /// <summary>What follows from a command: the facts to record, or the refusal.</summary>
    /// <param name="state">The ticket so far; null before it is taken.</param>
    /// <param name="command">What someone asks.</param>
    /// <param name="asked">Who asks, when, and what the rule knows besides.</param>
    public static Decision<TicketFact> Decide(Ticket? state, TicketCommand command, TicketAsking asked)
    {
        if (state is null)
            return command is TakeTicket take ? Take(take, asked) : TicketRefusals.NotFound;
        var now = state.At(asked.Now);
        // Its holder may give it up, wherever they are.
        if ((command is not CancelTicket || (asked.By.Department is not null && asked.By.Subject != now.TakenBy)) && !now.IsOperatedBy(asked.By))
            return TicketRefusals.NotYourHall;
        return (command, now.Status) switch
        {
            (CancelTicket, TicketStatus.Cancelled) => Decision<TicketFact>.Nothing,
            (CancelTicket, TicketStatus.Waiting or TicketStatus.Called or TicketStatus.Parked) => new TicketCancelled(asked.Now, asked.By),
            (CallTicket c, TicketStatus.Waiting) => new TicketCalled(asked.Now, asked.By, c.Window),
            (RecallTicket, TicketStatus.Called) => now.Recalls < asked.Policy.Recalls ? new TicketRecalled(asked.Now, asked.By) : TicketRefusals.RecalledEnough.Because(
                $"最多重呼 {asked.Policy.Recalls} 次；请作过号处理。", $"At most {asked.Policy.Recalls} times; say that nobody came."),
            (ServeTicket, TicketStatus.Called) => new TicketServiceBegun(asked.Now, asked.By),
            (ParkTicket, TicketStatus.Called or TicketStatus.Serving) => new TicketParked(asked.Now, asked.By),
            (ReturnTicket, TicketStatus.Parked) => new TicketReturned(asked.Now, asked.By, now.Turn),
            (ReturnTicket, TicketStatus.Missed) when LegalClock.DayOf(asked.Now) == now.Day => new TicketReturned(asked.Now, asked.By, new Turn(asked.Now, null, TurnGround.Returned, 0)),
            (MissTicket, TicketStatus.Called) => new TicketMissed(asked.Now, asked.By),
            (CompleteTicket c, TicketStatus.Serving) => c.Case is null || asked.KnowsCase ? new TicketCompleted(asked.Now, asked.By, c.Case) : TicketRefusals.CaseUnknown.At("/case"),
            (TransferTicket c, TicketStatus.Called or TicketStatus.Serving) => now.Transfer(c, asked),
            _ => TicketRefusals.NotInThisState.Because($"号票{Words(now).Zh}。", $"It {Words(now).En}."),
        };
    }

    private static Decision<TicketFact> Take(TakeTicket c, TicketAsking asked)
    {
        if (asked.By.Hall is { } own && own != asked.Hall)
            return TicketRefusals.NotYourHall;
        if (Refusal.AllOf(Unfit(c, asked)) is { } unfit)
            return unfit;
        if (asked.Closed is { } closed)
            return TicketRefusals.HallClosed.Because($"今日停办：{closed.Reason}", $"It takes nobody in today: {closed.Reason}");
        // Whoever is there with an appointment comes when the schedule says; a phone is anywhere until the appointment's time comes.
        if ((asked.Appointment is null || (asked.Now < asked.Appointment.StartsAt && asked.By is { Role: ActorRole.Applicant, Hall: null })) && !asked.Options.OutOfHours && !asked.Clock.IsOpen(asked.Hall, asked.Now))
            return TicketRefusals.HallClosed.Because(Opening(asked.Hall).Zh, Opening(asked.Hall).En);
        if (asked.WaitsAlready)
            return TicketRefusals.WaitsAlready;
        // Each number that is taken and given up moves the hall's on.
        if (asked.TakenToday >= asked.Options.PerDay)
            return TicketRefusals.TooManyToday.Because(
                $"本人每日在一个大厅至多取 {asked.Options.PerDay} 个号；请到大厅的取号机或导办台取号。", $"One takes {asked.Options.PerDay} a day in a hall for oneself at most; its kiosks and its desk give you another.");
        var group = GroupOf(c, asked)!;
        var (day, number) = (LegalClock.DayOf(asked.Now), string.Create(CultureInfo.InvariantCulture, $"{group.Letter}{asked.LastNumber + 1:D3}"));
        // Which confidential item somebody comes for is told at the window alone (SIGHT-1).
        return new TicketTaken(
            asked.Now, asked.By, IdOf(asked.Hall, day, number), asked.Hall, group.Code, number, day, TurnOf(c, asked), asked.CodeDigest,
            asked.Appointment is { } booked ? booked.Item : asked.Item is { Confidential: false } item ? item.Code : null,
            c.Priority, asked.Appointment?.ApplicantKey ?? asked.By.Applicant, asked.Appointment?.Id);
    }

    /// <summary>The group a new ticket is for; null where nothing says which.</summary>
    public static ItemGroup? GroupOf(TakeTicket c, TicketAsking asked) => asked.Appointment is { } booked ? ItemGroups.Find(booked.GroupCode)
        : asked.Item is { } item ? ItemGroups.Of(item).Group : c.Group is { } code ? ItemGroups.Find(code) : null;

    // What is wrong with the request itself, all of it at once.
    private static IEnumerable<Refusal> Unfit(TakeTicket c, TicketAsking asked)
    {
        if ((c.Item, c.Group, c.Appointment) is (null, null, null) or (not null, not null, _))
            yield return TicketRefusals.MatterMissing.At("/item");
        else if (c.Appointment is not null)
        {
            // What was booked says what the ticket is for.
            if (asked.Appointment is not { } booked)
                yield return TicketRefusals.AppointmentUnknown.At("/appointment");
            else if ((c.Item ?? booked.Item, c.Group ?? booked.GroupCode) != (booked.Item, booked.GroupCode))
                yield return TicketRefusals.AppointmentMismatch.At(c.Item is null ? "/group" : "/item");
        }
        else if (c.Item is not null && asked.Item is null)
            yield return TicketRefusals.ItemUnknown.At("/item");
        else if (asked.Item is { } item && item.IsEnded(LegalClock.DayOf(asked.Now)))
            yield return (TicketRefusals.ItemEnded with { Detail = item.InsteadOf }).At("/item");
        else if (c.Group is { } group && ItemGroups.Find(group) is null)
            yield return TicketRefusals.GroupUnknown.Because($"业务组：{ItemGroups.Codes.Zh}。", $"The groups are {ItemGroups.Codes.En}.").At("/group");
        if (c.Priority is { } priority && asked.Policy.Priority(priority) is null)
        {
            var codes = Text.List(asked.Policy.Priorities.Select(p => p.Code));
            yield return TicketRefusals.PriorityUnknown.Because($"优先服务对象：{codes.Zh}。", $"The classes are {codes.En}.").At("/priority");
        }
    }

    // Early and in time it is the appointment's turn, from its time on; too late it is that of whoever has none (APPT-1).
    private static Turn TurnOf(TakeTicket c, TicketAsking asked) => asked.Appointment is { } booked && asked.Now < booked.StartsAt.AddMinutes(asked.Policy.LateMinutes)
        ? new Turn(booked.StartsAt.AddMinutes(-asked.Policy.AppointmentMinutes), booked.StartsAt, TurnGround.Appointment, asked.Policy.AppointmentMinutes)
        : c.Priority is { } code && asked.Policy.Priority(code) is { } priority
        ? new Turn(asked.Now.AddMinutes(-priority.Minutes), null, TurnGround.Priority, priority.Minutes)
        : new Turn(asked.Now, null, asked.Appointment is null ? TurnGround.WalkIn : TurnGround.Late, 0);

    private Decision<TicketFact> Transfer(TransferTicket c, TicketAsking asked)
    {
        if (c.Group is { } unknown && ItemGroups.Find(unknown) is null)
            return TicketRefusals.GroupUnknown.Because($"业务组：{ItemGroups.Codes.Zh}。", $"The groups are {ItemGroups.Codes.En}.").At("/group");
        var group = c.Group ?? GroupCode;
        if (c.Window is { } window && !Tickets.Window.Exists(Hall, window, asked.Policy))
            return TicketRefusals.TransferNowhere.At("/window");
        return group == GroupCode && (c.Window is null || c.Window == Window)
            ? TicketRefusals.TransferNowhere.At("/group")
            : new TicketTransferred(asked.Now, asked.By, group, c.Window, asked.Policy.TransferKeepsTurn ? null : new Turn(asked.Now, null, TurnGround.Transferred, 0));
    }

    // Staff of a hall act there, a department's system in every hall.
    private bool IsOperatedBy(Actor by) => by.Department is { } department && HandlesGroup(department, GroupCode) && (by.Hall is null || by.Hall == Hall);

    private static Text Opening(string hall)
    {
        var hours = Text.List(HallDirectory.Zone.Find(hall)!.Opening.Select(o => string.Create(CultureInfo.InvariantCulture, $"{o.From:HH:mm}–{o.Until:HH:mm}")));
        return new($"工作日 {hours.Zh} 开放取号。", $"Tickets are given on working days, {hours.En}.");
    }

    private static Text Words(Ticket t) => t.Status switch
    {
        TicketStatus.Waiting => new("正在等候", "waits"),
        TicketStatus.Called => new("已被呼叫", "is called"),
        TicketStatus.Serving => new("正在办理", "is being served"),
        TicketStatus.Parked => new("已挂起", "is parked"),
        TicketStatus.Missed => new("已过号", "was called, and nobody came"),
        TicketStatus.Done => new("已办结", "is done"),
        _ => new("已取消", "is cancelled"),
    };
}
