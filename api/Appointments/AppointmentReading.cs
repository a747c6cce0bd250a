namespace OneDoor.Appointments;

/// <summary>GET /v1/appointments/{id}, now or as of a past instant, and its history.</summary>
public static class AppointmentReading
{
    public static readonly Reading<Appointment, AppointmentFact, AppointmentView, AppointmentEvent> One = new(
        "appointment", "an appointment", "预约", "appointment", "/v1/appointments", AppointmentRefusals.NotFound, Scopes.AppointmentsBook, Scopes.AppointmentsManage)
    {
        View = (appointment, to) => new(AppointmentView.Of(appointment, to.Language)),
        Event = (fact, i, _) => AppointmentEvent.Of(fact, i),
        Key = view => $"{view.Id}",
        Shows = (AppointmentExamples.Confirmed, AppointmentExamples.History),
    };
}
