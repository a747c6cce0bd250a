using OneDoor.Applicants;

namespace OneDoor.Appointments;

/// <summary>An appointment (预约) as its reader sees it.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="Status">Where it stands (状态).</param>
/// <param name="Version">Grows with every change.</param>
/// <param name="Hall">Code of the hall (大厅).</param>
/// <param name="Item">What it is about.</param>
/// <param name="Applicant">Whom it is for (申请人).</param>
/// <param name="BookedAt">When it was booked.</param>
/// <param name="Group">Code of the item group at whose windows it is.</param>
/// <param name="Start">When the first of its slots begins.</param>
/// <param name="End">When the last of them ends.</param>
/// <param name="HeldUntil">Without a confirmation by then it lapses; null once confirmed or over.</param>
/// <param name="Displaced">The hall cancelled it, because its schedule has no place for it any more.</param>
/// <param name="Moved">The hall moved it, because it is closed on the day that was booked; not coming does not count then.</param>
/// <param name="Excused">The hall has struck it as a no-show (撤销爽约记录): it is not counted.</param>
/// <param name="Ticket">The ticket it became when its applicant checked in; null before.</param>
public sealed record AppointmentView(
    Guid Id, AppointmentStatus Status, int Version, string Hall, string Group, AppointmentItem Item, Applicant Applicant, DateTimeOffset Start, DateTimeOffset End,
    DateTimeOffset BookedAt, DateTimeOffset? HeldUntil, bool Displaced, bool Moved, bool Excused, AppointmentTicket? Ticket)
{
    public static AppointmentView Of(Appointment a, string language) => new(
        a.Id, a.Status, a.Version, a.Hall, a.GroupCode, new(a.Item, a.Name.In(language)), a.Applicant, a.StartsAt, a.EndsAt, a.BookedAt,
        a.Status == AppointmentStatus.Reserved ? a.HeldUntil : null, a.Displaced, a.Moved, a.Excused, a.Ticket);
}

/// <summary>The item an appointment is about.</summary>
/// <param name="Code">The item's.</param>
/// <param name="Name">As it was called then.</param>
public sealed record AppointmentItem(string Code, string Name);

/// <summary>Something that happened to an appointment.</summary>
/// <param name="Version">Which it led to.</param>
/// <param name="Type">What it was, for instance <c>appointment-rescheduled</c>.</param>
/// <param name="At">When.</param>
/// <param name="Client">Whose doing it was; null when it was the clock's.</param>
/// <param name="Department">That client's department; null for who is signed in and for the clock.</param>
/// <param name="Start">When it begins since then; null where that did not change.</param>
/// <param name="Reason">Why a no-show does not count; null for everything else.</param>
public sealed record AppointmentEvent(int Version, string Type, DateTimeOffset At, string? Client, Department? Department, DateTimeOffset? Start, string? Reason)
{
    public static AppointmentEvent Of(AppointmentFact fact, int index) => new(
        index + 1, Streams.PublishedAs(fact), fact.At, fact.By?.Client, fact.By?.Department,
        fact switch { AppointmentReserved f => f.Start, AppointmentRescheduled f => f.Start, AppointmentMoved f => f.Start, _ => null }, (fact as AppointmentExcused)?.Reason);
}
