using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Appointments;

/// <summary>What appointments ask of whoever runs the halls' queues.</summary>
public interface ICheckInDesk
{
    /// <summary>Gives whoever an appointment is for a ticket, in the transaction of their check-in; a refusal where whoever asks may not.</summary>
    Task<(AppointmentTicket? Ticket, Refusal? Refused)> TicketFor(Appointment appointment, CancellationToken ct);
}

/// <summary>Books, and changes what is booked.</summary>
public sealed class AppointmentChanges(ChangeTools tools, HallSchedules schedules, ICheckInDesk desk, CurrentCatalogue catalogue, BookingOptions policy, LegalClock clock)
    : Changes<Appointment, AppointmentFact, AppointmentCommand>(tools, AppointmentReading.One)
{
    protected override object View(Appointment seen, int version, string language) => AppointmentView.Of(seen with { Version = version }, language);

    protected override async Task<Decision<AppointmentFact>> Decide(Appointment? before, AppointmentCommand command, CancellationToken ct)
    {
        AppointmentAsking Asking() => new(Tools.Caller.Actor, clock, Tools.Now) { Policy = policy };

        if (command is CheckInAppointment)
            return await CheckIn(before!, Appointment.Decide(before, command, Asking()), ct);
        if (command is CancelAppointment or ExcuseNoShow)
            return Appointment.Decide(before, command, Asking());
        var reserve = command as ReserveAppointment;
        var (applicant, unnamed) = before is null ? Tools.Caller.WhoApplies(reserve!.Applicant) : (before.Applicant, null);
        if (applicant is null)
            return unnamed!;
        var (hall, key) = (before?.Hall ?? reserve!.Hall, applicant.Key);
        // Who takes the last place, and whether somebody has another appointment that day, is decided by one after the other.
        await Tools.Session.Alone(ct, $"hall {hall}", $"applicant {key}");
        var asked = Asking() with
        {
            Schedule = await schedules.Find(Tools.Session, hall, ct),
            Item = (await catalogue.Find(before?.Item ?? reserve!.Item, ct))?.Item,
            Applicant = applicant,
            SignedIn = Tools.Caller.Applicant is { } signedIn ? Applicant.Of(signedIn) : null,
        };
        var start = command switch { ReserveAppointment c => c.Start, RescheduleAppointment c => c.Start, _ => before!.StartsAt };
        // What is booked keeps its group, whatever group its item is of by now.
        if ((before?.GroupCode ?? (asked.Item is { } item ? ItemGroups.Of(item).Group.Code : null)) is { } group)
        {
            var midnight = LegalClock.MidnightOf(LegalClock.DayOf(start));
            asked = asked with { Taken = await HallSchedules.TakenOf(Tools.Session, hall, group, midnight, midnight.AddDays(1), asked.Now, before?.Id, ct) };
        }
        return Appointment.Decide(before, command, asked with
        {
            New = Guid.CreateVersion7(asked.Now),
            Others = await HallSchedules.Others(Tools.Session, key, asked, before?.Id, ct),
        });
    }

    private async Task<Decision<AppointmentFact>> CheckIn(Appointment before, Decision<AppointmentFact> decision, CancellationToken ct)
    {
        if (decision.Refused is not null || decision.Facts is not [AppointmentCheckedIn checkedIn])
            return decision;
        var (ticket, refused) = await desk.TicketFor(before, ct);
        return refused is null ? checkedIn with { Ticket = ticket } : refused;
    }
}

/// <summary>What can be asked of an appointment that is there, for both doors.</summary>
public static class AppointmentOperations
{
    public static readonly Beginning<AppointmentChanges, ReserveAppointment> Reserve = new(
        "reserveAppointment", "Hold places in a hall until somebody confirms (预约)", "What is to be booked.", "They are held until heldUntil: confirm by then, or the appointment lapses. The hall serves whoever comes without one, too.",
        new(AppointmentExamples.Request, AppointmentExamples.Reserved), (changes, command, ct) => changes.Begin(command, ct), AppointmentReading.One.Scopes);

    private static readonly string[] Booking = [Scopes.AppointmentsBook, Scopes.AppointmentsManage];

    public static readonly Operations<AppointmentCommand> All = new Operations<AppointmentCommand>()
        .On(new Operation<ConfirmAppointment>("confirmAppointment", "confirmation", "Confirm an appointment before its hold lapses (确认预约)",
            new(null, AppointmentExamples.Confirmed), Booking)
        { Bare = new(), IsBare = true })
        .On(new Operation<RescheduleAppointment>("rescheduleAppointment", "rescheduling", "Move an appointment to another time, in one act (改期)",
            new(new RescheduleAppointment(AppointmentExamples.Later), AppointmentExamples.Moved), Booking))
        .On(new Operation<CancelAppointment>("cancelAppointment", "cancellation", "Cancel an appointment (取消预约)",
            new(null, AppointmentExamples.Cancelled), Booking)
        { Bare = new(), IsBare = true })
        .On(new Operation<CheckInAppointment>("checkInAppointment", "check-in", "Say that whoever it is for is there, and give them a ticket (签到取号)",
            new(null, AppointmentExamples.CheckedIn), Booking)
        { Bare = new(), IsBare = true })
        .On(new Operation<ExcuseNoShow>("excuseNoShow", "excusal", "Strike a no-show that was counted by mistake: it closes booking for nobody any more (撤销爽约记录)",
            new(AppointmentExamples.Excusal, AppointmentExamples.Excused), Scopes.AppointmentsManage));
}
