using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Marten;
using OneDoor.Platform;

namespace OneDoor.Appointments;

/// <summary>GET /v1/appointments/{id}, now or as of a past instant, and its history.</summary>
public static class GetAppointment
{
    public static void MapGetAppointment(this IEndpointRouteBuilder appointments)
    {
        appointments.MapGet("/{id:guid}", Handle)
            .Needs(Scopes.AppointmentsBook, Scopes.AppointmentsManage)
            .ReadsOne<AppointmentView>("getAppointment", "Read an appointment, now or as of a past instant", AppointmentExamples.Confirmed);
        appointments.MapGet("/{id:guid}/history", History)
            .Needs(Scopes.AppointmentsBook, Scopes.AppointmentsManage)
            .ReadsOne<AppointmentHistory>("getAppointmentHistory", "Read what happened to an appointment, in order", AppointmentExamples.History);
    }

    private static async Task<IResult> Handle(
        Guid id, HttpContext http, Caller caller, IQuerySession session, StoredFacts facts, Etags etags, ReadLog reads, TimeProvider time, CancellationToken ct,
        [DataType(DataType.DateTime), Description("An instant with its offset: the appointment as it was then.")] string? asOf = null)
    {
        var parameters = new Parameters();
        var instant = parameters.Instant(asOf, "asOf");
        if (parameters.Refused is { } refused)
            return refused.ToProblem();
        if (await session.FindAppointment(facts, id, caller.Actor, instant, time.GetUtcNow(), ct) is not { } seen)
            return AppointmentRefusals.NotFound.ToProblem();
        reads.Note(caller, http, "appointment", [id]);
        return etags.Ok(http, id, seen.Version, AppointmentView.Of(seen, Language.Of(http.Request)));
    }

    private static async Task<IResult> History(
        Guid id, HttpContext http, Caller caller, IQuerySession session, StoredFacts facts, Etags etags, ReadLog reads, TimeProvider time, CancellationToken ct)
    {
        if (await session.FindAppointment(facts, id, caller.Actor, null, time.GetUtcNow(), ct) is not { } seen)
            return AppointmentRefusals.NotFound.ToProblem();
        reads.Note(caller, http, "appointment", [id]);
        return etags.Ok(http, id, seen.Version, new AppointmentHistory(await facts.HistoryOf(id, time.GetUtcNow(), ct)));
    }

    /// <summary>The appointment as the viewer may see it, as it stands now or stood then; null when it does not exist for them.</summary>
    public static async Task<Appointment?> FindAppointment(
        this IQuerySession session, StoredFacts facts, Guid id, Actor viewer, DateTimeOffset? asOf, DateTimeOffset now, CancellationToken ct)
    {
        if ((await session.LoadAsync<Appointment>(id, ct))?.SeenBy(viewer, now) is not { } found)
            return null;
        if (asOf is not { } then || then >= now)
            return found.At(now);
        return (await facts.AsOf<Appointment, AppointmentFact>(id, then, ct))?.At(then);
    }

    /// <summary>What has happened to an appointment by an instant, whether it is recorded yet or not.</summary>
    public static async Task<IReadOnlyList<AppointmentEvent>> HistoryOf(this StoredFacts stored, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        var facts = await stored.Of<AppointmentFact>(id, ct);
        return [.. facts.Concat(facts.Aggregate(default(Appointment), Appointment.Evolve)!.Lapse(now)).Select(AppointmentEvent.Of)];
    }
}
