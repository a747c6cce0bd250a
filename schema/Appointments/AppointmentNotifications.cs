using OneDoor.Clock;

namespace OneDoor.Appointments;

/// <summary>Of which facts of an appointment whoever it is for is told, and in which words.</summary>
public static class AppointmentNotifications
{
    /// <summary>What they are told of a fact; null for what they did themselves.</summary>
    /// <param name="appointment">The appointment, the fact included.</param>
    /// <param name="fact">What has happened.</param>
    public static Notification? Of(Appointment appointment, AppointmentFact fact) => fact is not AppointmentDisplaced ? null : new(
        [.. appointment.Applicant.Keys.Select(key => new Way.AsApplicant(key))],
        new("预约已被取消", "Your visit is cancelled"),
        new(
            $"大厅调整了办理时间，您在{LegalClock.DayOf(appointment.StartsAt):yyyy-MM-dd}办理“{appointment.Name.Zh}”的预约已取消，请重新预约；不预约也可以现场取号办理。",
            $"The hall has changed its hours, and your visit on {LegalClock.DayOf(appointment.StartsAt):yyyy-MM-dd} about “{appointment.Name.En}” is cancelled. Please book anew; nobody needs an appointment to be served."));
}
