using System.ComponentModel.DataAnnotations;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Appointments;

/// <summary>Something that happened to an appointment.</summary>
/// <param name="At">When it happened.</param>
/// <param name="By">Who did it; null when the clock did.</param>
public abstract record AppointmentFact(DateTimeOffset At, Actor? By) : IFact;

/// <summary>Places were held for somebody (预约占号).</summary>
/// <param name="Group">Code of the item group at whose windows it is.</param>
/// <param name="Name">The item's, as it was called then.</param>
/// <param name="Start">When the first of its slots begins.</param>
/// <param name="End">When the last of them ends.</param>
/// <param name="HeldUntil">Without a confirmation by then it lapses.</param>
[Alias("appointment_reserved")]
public sealed record AppointmentReserved(
    DateTimeOffset At, Actor By, Guid AppointmentId, string Hall, string Group, string Item, Text Name, Applicant Applicant,
    DateTimeOffset Start, DateTimeOffset End, DateTimeOffset HeldUntil) : AppointmentFact(At, By);

/// <summary>Whoever it is for means to come.</summary>
[Alias("appointment_confirmed")]
public sealed record AppointmentConfirmed(DateTimeOffset At, Actor By) : AppointmentFact(At, By);

/// <summary>It moved to other slots, in one act: what it had is free from then on.</summary>
/// <param name="Start">When the first of its slots begins now.</param>
/// <param name="End">When the last of them ends now.</param>
[Alias("appointment_rescheduled")]
public sealed record AppointmentRescheduled(DateTimeOffset At, Actor By, DateTimeOffset Start, DateTimeOffset End) : AppointmentFact(At, By);

/// <summary>Nobody comes, and whoever cancelled said so in time.</summary>
[Alias("appointment_cancelled")]
public sealed record AppointmentCancelled(DateTimeOffset At, Actor By) : AppointmentFact(At, By);

/// <summary>The hall changed its schedule, or is closed, and has no place for it any more: it is cancelled, and whoever it is for is told.</summary>
/// <param name="Closed">The day on which the hall is closed, and why; null where its schedule changed.</param>
[Alias("appointment_displaced")]
public sealed record AppointmentDisplaced(DateTimeOffset At, Actor By, HallClosure? Closed = null) : AppointmentFact(At, By);

/// <summary>The hall is closed on its day: it was moved to the next one with room, and whoever it is for is told. Not coming counts for nobody then.</summary>
/// <param name="Closed">The day, China Standard Time, on which the hall is closed.</param>
/// <param name="Reason">Why it is.</param>
/// <param name="Start">When the first of its slots begins now.</param>
/// <param name="End">When the last of them ends now.</param>
[Alias("appointment_moved")]
public sealed record AppointmentMoved(DateTimeOffset At, Actor By, DateOnly Closed, string Reason, DateTimeOffset Start, DateTimeOffset End) : AppointmentFact(At, By);

/// <summary>Whoever it is for is there.</summary>
/// <param name="Ticket">The ticket they wait with; null of what was checked in when the halls gave none.</param>
[Alias("appointment_checked_in")]
public sealed record AppointmentCheckedIn(DateTimeOffset At, Actor By, AppointmentTicket? Ticket = null) : AppointmentFact(At, By);

/// <summary>The ticket an appointment became.</summary>
/// <param name="Id">The ticket's.</param>
/// <param name="Number">What the screen calls.</param>
public sealed record AppointmentTicket(Guid Id, string Number);

/// <summary>Whoever it was for was served at a window.</summary>
/// <param name="Case">The case that came of it; null for none.</param>
[Alias("appointment_served")]
public sealed record AppointmentServed(DateTimeOffset At, Actor By, Guid? Case = null) : AppointmentFact(At, By);

/// <summary>Nobody confirmed it while it was held.</summary>
[Alias("appointment_lapsed")]
public sealed record AppointmentLapsed(DateTimeOffset At) : AppointmentFact(At, null);

/// <summary>Nobody came, and nobody had cancelled (爽约).</summary>
[Alias("appointment_missed")]
public sealed record AppointmentMissed(DateTimeOffset At) : AppointmentFact(At, null);

/// <summary>The hall struck a no-show that was counted by mistake (撤销爽约记录): it closes booking for nobody any more.</summary>
/// <param name="Reason">Why it does not count.</param>
[Alias("appointment_excused")]
public sealed record AppointmentExcused(DateTimeOffset At, Actor By, [Personal] string Reason) : AppointmentFact(At, By);

/// <summary>What someone asks of an appointment: exactly what they send.</summary>
public abstract record AppointmentCommand : ICommand;

/// <summary>An appointment to be made (预约).</summary>
/// <param name="Hall">Code of the hall where it is to be.</param>
/// <param name="Item">Code of the item it is about; a long one takes several slots.</param>
/// <param name="Start">When it is to begin: the start of one of the hall's slots.</param>
/// <param name="Applicant">Whom it is for; left out, the one who is signed in.</param>
public sealed record ReserveAppointment(string Hall, string Item, DateTimeOffset Start, Applicant? Applicant = null) : AppointmentCommand;

/// <summary>Saying that one comes.</summary>
public sealed record ConfirmAppointment : AppointmentCommand;

/// <summary>Another time in the same hall (改期).</summary>
/// <param name="Start">When it is to begin: the start of one of the hall's slots.</param>
public sealed record RescheduleAppointment(DateTimeOffset Start) : AppointmentCommand;

/// <summary>Saying that one does not come.</summary>
public sealed record CancelAppointment : AppointmentCommand;

/// <summary>Saying that one is there.</summary>
public sealed record CheckInAppointment : AppointmentCommand;

/// <summary>A no-show that does not count (撤销爽约记录): whoever it was for had been there, or could not come through no fault of theirs.</summary>
/// <param name="Reason">Why, as its history says to whoever it was for: a line of 200 characters at most.</param>
public sealed record ExcuseNoShow(string Reason) : AppointmentCommand;

/// <summary>What the rule of appointments knows besides the appointment and the command.</summary>
public sealed record AppointmentAsking(Actor By, LegalClock Clock, DateTimeOffset Now) : Asking(By, Clock, Now)
{
    public BookingOptions Policy { get; init; } = new();

    /// <summary>The schedule of the hall; null where there is no such hall.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>The item it is about, as published and in force; null where there is none of that code.</summary>
    public Item? Item { get; init; }

    /// <summary>A reservation's: whom it names, or who is signed in.</summary>
    public Applicant? Applicant { get; init; }

    /// <summary>The citizen or the enterprise signed in, as registered; null for systems and staff.</summary>
    public Applicant? SignedIn { get; init; }

    /// <summary>A new appointment's id.</summary>
    public Guid New { get; init; }

    /// <summary>Places of the hall's group on that day, but for this appointment's own.</summary>
    public IReadOnlyList<Taken> Taken { get; init; } = [];

    /// <summary>The other appointments of whom it is for, those to come and those of the time in which no-shows are counted.</summary>
    public IReadOnlyList<Appointment> Others { get; init; } = [];
}

/// <summary>Section <c>Appointments</c>: how the halls deal with who books.</summary>
public sealed record BookingOptions
{
    /// <summary>Minutes for which places are held until somebody confirms.</summary>
    [Range(1, 1440)]
    public int HoldMinutes { get; init; } = 10;

    /// <summary>Hours before its start until which an appointment can be moved or cancelled.</summary>
    [Range(0, 720)]
    public int ChangeHours { get; init; } = 2;

    /// <summary>Minutes before its start from which whoever comes can check in.</summary>
    [Range(0, 1440)]
    public int CheckInMinutes { get; init; } = 30;

    /// <summary>How many appointments one has at a time that are yet to come, where one books for oneself.</summary>
    [Range(1, 1000)]
    public int MostOpen { get; init; } = 100;

    /// <summary>So many no-shows within <see cref="NoShowDays"/> close booking for oneself.</summary>
    [Range(1, 100)]
    public int NoShows { get; init; } = 3;

    /// <summary>Days within which no-shows are counted.</summary>
    [Range(1, 3650)]
    public int NoShowDays { get; init; } = 90;

    /// <summary>Days for which booking is closed, from the last of them on.</summary>
    [Range(1, 3650)]
    public int ClosedDays { get; init; } = 30;
}
