using Marten;
using OneDoor.Appointments;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Tickets;

/// <summary>Gives out numbers: what the rule has to know for it, and the ticket of whoever checks in for an appointment.</summary>
public sealed class TicketDesk(ChangeTools tools, StoreSecrets secrets, CurrentCatalogue catalogue, QueueOptions options, BookingOptions booking, HallSchedules schedules, LegalClock clock) : ICheckInDesk
{
    /// <summary>What a code on a ticket is known by.</summary>
    public string DigestOf(string? typed) => secrets.DigestOf($"ticket code {AccessCode.Read(typed)}");

    /// <summary>What is known of whoever asks something of a hall's queue.</summary>
    public TicketAsking Asking(string hall, DateTimeOffset now) => new(tools.Caller.Actor, clock, now) { Hall = hall, Options = options };

    /// <summary>What the rule has to know to give a ticket, and its code.</summary>
    /// <param name="take">What is asked.</param>
    /// <param name="queue">The hall's queue, which nobody else changes meanwhile.</param>
    /// <param name="hall">The hall's code.</param>
    /// <param name="checkedIn">The appointment that is checked in; null for none.</param>
    public async Task<(TicketAsking Asked, string Code)> Taking(TakeTicket take, HallQueue queue, string hall, Appointment? checkedIn, CancellationToken ct)
    {
        var code = StoreSecrets.NewCode();
        var closed = (await schedules.Find(tools.Session, hall, ct))?.ClosedOn(LegalClock.DayOf(queue.Now));
        var asked = Asking(hall, queue.Now) with { Closed = closed, Item = take.Item is { } item ? (await catalogue.Find(item, ct))?.Item : null, Appointment = checkedIn, CodeDigest = DigestOf(code) };
        if (Ticket.GroupOf(take, asked) is not { } group)
            return (asked, code);
        var day = LegalClock.DayOf(asked.Now);
        asked = asked with { LastNumber = await HallQueues.LastNumber(tools.Session, hall, day, group.Letter, ct) };
        if (checkedIn is not null || asked.By is not { Department: null, Applicant: { } applicant })
            return (asked, code);
        return (asked with
        {
            WaitsAlready = queue.Tickets.Any(t => t.GroupCode == group.Code && t.ApplicantKey == applicant),
            TakenToday = await tools.Session.Query<Ticket>().CountAsync(t => t.ApplicantKey == applicant && t.Hall == hall && t.Day == day, ct),
        }, code);
    }

    /// <summary>The appointment of a hall that whoever takes a ticket checks in; null where there is none for them. A kiosk checks in whoever has its id.</summary>
    public async Task<Appointment?> Booked(Guid id, string hall, CancellationToken ct) =>
        await tools.Session.LoadAsync<Appointment>(id, ct) is { } found && found.Hall == hall
            && (tools.Caller.Actor.Role == ActorRole.Kiosk || found.SeenBy(tools.Caller.Actor, tools.Now) is not null) ? found : null;

    /// <summary>Whether whoever has an appointment has booked another place of its day since. They book none until this transaction ends.</summary>
    public async Task<bool> IsBookedAnew(Appointment booked, CancellationToken ct)
    {
        await tools.Session.Alone(ct, $"applicant {booked.ApplicantKey}");
        return booked.IsBookedAnew(await HallSchedules.Others(tools.Session, booked.ApplicantKey, AskingToBook(), booked.Id, ct), tools.Now);
    }

    /// <summary>Why an appointment cannot be checked in now; null where it can.</summary>
    public Refusal? NotNow(Appointment booked)
    {
        var decision = Appointment.Decide(booked, new CheckInAppointment(), AskingToBook());
        return decision.Refused ?? (decision.Facts.Count == 0 ? TicketRefusals.WaitsAlready : null);
    }

    private AppointmentAsking AskingToBook() => new(tools.Caller.Actor, clock, tools.Now) { Policy = booking };

    public async Task<(AppointmentTicket? Ticket, Refusal? Refused)> TicketFor(Appointment appointment, CancellationToken ct)
    {
        var take = new TakeTicket(Appointment: appointment.Id);
        var (asked, _) = await Taking(take, await tools.QueueAlone(appointment.Hall, ct), appointment.Hall, appointment, ct);
        var decision = Ticket.Decide(null, take, asked);
        if (decision.Refused is { } refused)
            return (null, refused);
        var ticket = decision.Facts.Aggregate(default(Ticket), Ticket.Evolve)!;
        tools.Session.Events.StartStream<Ticket>(ticket.Id, decision.Facts);
        return (new AppointmentTicket(ticket.Id, ticket.Number), null);
    }
}
