namespace OneDoor.Appointments;

/// <summary>POST /v1/appointments (APPT-1).</summary>
public static class ReserveAppointmentEndpoint
{
    public static void MapReserveAppointment(this IEndpointRouteBuilder appointments) => appointments.MapPost("", async (
            ReserveAppointment request, AppointmentChanges changes, CancellationToken ct) => (await changes.Reserve(request, ct)).ToResult())
        .Needs(Scopes.AppointmentsBook, Scopes.AppointmentsManage)
        .Begins<AppointmentView>("reserveAppointment", "Hold places in a hall (预约)", AppointmentExamples.Request, AppointmentExamples.Reserved)
        .WithDescription("They are held until heldUntil: confirm by then, or the appointment lapses. The hall serves whoever comes without one, too.");
}
