using OneDoor.Platform;

namespace OneDoor.Appointments;

/// <summary>POST /v1/appointments (APPT-1).</summary>
public static class ReserveAppointmentEndpoint
{
    public static void MapReserveAppointment(this IEndpointRouteBuilder appointments) => appointments.MapPost("", Handle)
        .Needs(Scopes.AppointmentsBook, Scopes.AppointmentsManage)
        .WithName("reserveAppointment")
        .WithSummary("Hold places in a hall (预约)")
        .WithDescription("They are held until heldUntil: confirm by then, or the appointment lapses. The hall serves whoever comes without one, too.")
        .TakesIdempotencyKey()
        .Produces<AppointmentView>(StatusCodes.Status201Created)
        .Shows(AppointmentExamples.Request, AppointmentExamples.Reserved)
        .Refuses(400, 409, 413, 415, 422);

    private static async Task<IResult> Handle(ReserveAppointment request, AppointmentChanges changes, CancellationToken ct) =>
        (await changes.Reserve(request, ct)).ToResult();
}
