using OneDoor.Appointments;
using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Halls;

namespace OneDoor.Tickets;

/// <summary>Gives tickets out, calls them, and changes those that are there: in each hall one change after the other, whichever process makes it.</summary>
public sealed class TicketChanges(ChangeTools tools, TicketDesk desk, ShownCode shown)
    : Changes<Ticket, TicketFact, TicketCommand>(tools, TicketReading.One)
{
    // Of the ticket that is being taken: nothing else ever knows the code.
    private string? _code;
    private string _hall = "";
    private HallQueue? _queue;

    protected override bool HoldsSecret => _code is not null;

    /// <summary>Takes a ticket in a hall.</summary>
    public async Task<Outcome> Take(string hall, TakeTicket command, CancellationToken ct)
    {
        if (HallDirectory.Zone.Find(hall) is null)
            return HallRefusals.NotFound;
        _hall = hall;
        return await Begin(command, ct);
    }

    /// <summary>Calls whoever is next at a window; null where nobody waits for it.</summary>
    public async Task<Outcome?> CallNext(string hall, int number, CancellationToken ct)
    {
        var nobody = false;
        var outcome = await Once<object?>(
            null,
            async () =>
            {
                if (!Window.Exists(hall, number, QueuePolicy.Zone))
                    return TicketRefusals.WindowNotFound;
                var queue = _queue = await Tools.QueueAlone(hall, ct);
                if (queue.Windows.FirstOrDefault(w => w.Number == number) is not { } window)
                    return TicketRefusals.WindowClosed;
                if (!window.IsOperatedBy(Tools.Caller.Actor))
                    return TicketRefusals.NotYourHall;
                if (queue.At(number) is not null)
                    return TicketRefusals.WindowBusy;
                nobody = queue.Next(window) is null;
                return nobody ? NotFound : await AppendInTurn(queue.Next(window)!.Id, new CallTicket(number), null, ct);
            },
            id: null,
            ct);
        return nobody && outcome.Refused == NotFound ? (Outcome?)null : outcome;
    }

    protected override Task<Outcome> Change(Guid id, string? ifMatch, object? body, TicketCommand command, Ticket? untouched, CancellationToken ct)
    {
        if (shown.Of(Tools.Http.Request, TicketOperations.Code) is { } code)
            Tools.Caller.Forget(desk.DigestOf(code));
        return base.Change(id, ifMatch, body, command, untouched, ct);
    }

    protected override object View(Ticket seen, int version, string language) =>
        TicketView.Of(seen.At(Tools.Now) with { Version = version }, _queue?.With(seen)) with { Code = _code is null ? null : AccessCode.Grouped(_code) };

    protected override async Task<Decision<TicketFact>> Decide(Ticket? before, TicketCommand command, CancellationToken ct)
    {
        var hall = before?.Hall ?? _hall;
        // Who calls has it.
        if (command is not CallTicket)
            _queue = await Tools.QueueAlone(hall, ct);
        if (command is TakeTicket take)
            return await Taking(take, ct);
        var asked = desk.Asking(hall, _queue!.Now);
        if (command is CompleteTicket { Case: { } @case })
            asked = asked with { KnowsCase = await Tools.Session.FindWhole(@case, asked.By, asked.Now, ct) is not null };
        var decision = Ticket.Decide(before, command, asked);
        if (before?.Appointment is { } id && decision.Facts.Select(before.OfAppointment).FirstOrDefault(of => of is not null) is { } follows && await Tools.Session.LoadAsync<Appointment>(id, ct) is { } booked
            && booked.Follows(follows) && !(follows is AppointmentCheckedIn && await desk.IsBookedAnew(booked, ct)))
            Tools.Session.Events.Append(id, booked.Version + 1, follows);
        return decision;
    }

    private async Task<Decision<TicketFact>> Taking(TakeTicket take, CancellationToken ct)
    {
        var booked = take.Appointment is { } id ? await desk.Booked(id, _hall, ct) : null;
        if (booked is not null && desk.NotNow(booked) is { } notNow)
            return notNow;
        (var asked, _code) = await desk.Taking(take, _queue!, _hall, booked, ct);
        var decision = Ticket.Decide(null, take, asked);
        if (booked is not null && decision.Facts is [TicketTaken taken])
            Tools.Session.Events.Append(booked.Id, booked.Version + 1, new AppointmentCheckedIn(asked.Now, asked.By, new(taken.TicketId, taken.Number)));
        return decision;
    }
}

/// <summary>What can be asked of a ticket that is there, for both doors.</summary>
public static class TicketOperations
{
    public static readonly InsteadOfToken Code = new("OneDoor-Ticket-Code", "The code on the ticket, instead of a token. It is never logged, and a token sent along is not looked at.");

    /// <summary>What the code opens: whatever is known by it.</summary>
    public static readonly OpenedByCode Opened = new(Code, (http, code, _, _, _) => Task.FromResult<(Actor, Refusal?)>(
        (new Actor("", "") { CodeDigest = http.RequestServices.GetRequiredService<TicketDesk>().DigestOf(code) }, null)));

    public static readonly Operations<TicketCommand> All = new Operations<TicketCommand>()
        .On(new Operation<RecallTicket>("recallTicket", "recall", "Call a ticket again (重呼)",
            new(null, TicketExamples.Recalled), Scopes.QueueOperate)
        { Bare = new(), IsBare = true })
        .On(new Operation<ServeTicket>("serveTicket", "service", "Say that its holder is at the window: the time of service runs (开始办理)",
            new(null, TicketExamples.Serving), Scopes.QueueOperate)
        { Bare = new(), IsBare = true })
        .On(new Operation<ParkTicket>("parkTicket", "parking", "Let others go first while its holder has something to do (挂起)",
            new(null, TicketExamples.Parked), Scopes.QueueOperate)
        { Bare = new(), IsBare = true })
        .On(new Operation<ReturnTicket>("returnTicket", "return", "Let a parked or missed ticket wait again under its number (恢复排队)",
            new(null, TicketExamples.Returned), Scopes.QueueOperate)
        { Bare = new(), IsBare = true })
        .On(new Operation<MissTicket>("missTicket", "miss", "Say that nobody came (过号)",
            new(null, TicketExamples.Missed), Scopes.QueueOperate)
        { Bare = new(), IsBare = true })
        .On(new Operation<CompleteTicket>("completeTicket", "completion", "Say that its holder was served, and what came of it (办结)",
            new(new CompleteTicket(), TicketExamples.Done), Scopes.QueueOperate)
        { Bare = new() })
        .On(new Operation<TransferTicket>("transferTicket", "transfer", "Send it on to another item group or window, where it keeps its number (转号)",
            new(TicketExamples.Elsewhere, TicketExamples.Transferred), Scopes.QueueOperate))
        .On(new Operation<CancelTicket>("cancelTicket", "cancellation", "Wait with it no longer (取消号票)",
            new(null, TicketExamples.Cancelled), Scopes.TicketsTake, Scopes.QueueOperate)
        { Bare = new(), IsBare = true, Instead = Code });
}
