using Marten;
using Marten.Linq.MatchesSql;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Appointments;

/// <summary>Which appointments are wanted; what is null leaves them all.</summary>
/// <param name="Status">Appointments that stand so.</param>
/// <param name="Hall">Appointments in the hall of this code.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
public sealed record AppointmentFilter(IReadOnlyList<AppointmentStatus>? Status, string? Hall, DateOnly? From, DateOnly? To);

/// <summary>GET /v1/appointments: those the caller may see, the latest first.</summary>
public static class ListAppointments
{
    public static readonly ThingList<Appointment, AppointmentFact, AppointmentView, AppointmentEvent, AppointmentFilter> All = new(AppointmentReading.One, "appointments", "appointments")
    {
        By = new("starts_at", a => a.StartsAt, a => a.Id),
        Matching = Matching,
        Texts = { ["hall"] = ListItems.HallOf },
        Check = (filter, parameters) => parameters.Days(filter.From, filter.To),
        Says = "Days are days of China Standard Time and included.",
    };

    private static IQueryable<Appointment> Matching(IQuerySession session, Actor viewer, AppointmentFilter filter, DateTimeOffset now)
    {
        var found = session.Query<Appointment>().Where(Appointment.VisibleTo(viewer));
        if (filter.Hall is { } hall)
            found = found.Where(a => a.Hall == hall);
        // Columns hold instants in UTC.
        if (filter.From is { } from && LegalClock.MidnightOf(from).ToUniversalTime() is var begin)
            found = found.Where(a => a.StartsAt >= begin);
        if (filter.To is { } to && LegalClock.MidnightOf(to.AddDays(1)).ToUniversalTime() is var end)
            found = found.Where(a => a.StartsAt < end);
        // What time has changed stands so, whether that is recorded yet or not.
        if (filter.Status is { } statuses)
            found = found.Where(a => a.MatchesSql(
                "case when d.due_at > ? or d.due_at is null then d.data ->> 'status' when d.data ->> 'status' = 'Reserved' then 'Lapsed' else 'NoShow' end = any(?)", now.ToUniversalTime(), statuses.Select(s => s.ToString()).ToArray()));
        return found;
    }
}
