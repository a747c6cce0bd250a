using Marten;
using OneDoor.Clock;

namespace OneDoor.Appointments;

/// <summary>The halls' schedules, and what of them is taken.</summary>
/// <param name="usual">What holds in a hall that has said nothing: a sample in the sandbox, nothing elsewhere.</param>
public sealed class HallSchedules(IReadOnlyList<GroupSchedule> usual)
{
    /// <summary>A hall's schedule; null where there is no such hall.</summary>
    public async Task<Schedule?> Find(IQuerySession session, string hall, CancellationToken ct) =>
        Untouched(hall) is { } untouched ? Whole(await session.LoadAsync<Schedule>(untouched.Id, ct) ?? untouched) : null;

    /// <summary>A hall's schedule until it says something; null where there is no such hall.</summary>
    public static Schedule? Untouched(string hall) => HallDirectory.Zone.Find(hall) is null ? null : Schedule.None(hall);

    /// <summary>A stored schedule with what holds where it says nothing.</summary>
    public Schedule Whole(Schedule stored) => stored with { Usual = usual };

    /// <summary>The places of a group that are taken between two instants.</summary>
    /// <param name="but">An appointment whose own places are left out; null for none.</param>
    public static async Task<IReadOnlyList<Taken>> TakenOf(
        IQuerySession session, string hall, string group, DateTimeOffset from, DateTimeOffset until, DateTimeOffset now, Guid? but, CancellationToken ct) => await session.Rows(
        $"""
        select starts_at, (data ->> 'endsAt')::timestamptz, count(*)::integer from {Store.Schema}.mt_doc_appointment
        where hall = $1 and data ->> 'groupCode' = $2 and starts_at >= $3 and starts_at < $4 and id <> $5
            -- What is held no longer is free, whether that is recorded yet or not.
            and (data ->> 'status' in ('Confirmed', 'CheckedIn') or data ->> 'status' = 'Reserved' and due_at > $6)
        group by 1, 2
        """, row => new Taken(row.GetFieldValue<DateTimeOffset>(0), row.GetFieldValue<DateTimeOffset>(1), row.GetInt32(2)), ct,
        hall, group, from.ToUniversalTime(), until.ToUniversalTime(), but ?? Guid.Empty, now.ToUniversalTime());

    /// <summary>The applicant's appointments but one, as far back as no-shows matter.</summary>
    public static async Task<IReadOnlyList<Appointment>> Others(IQuerySession session, string applicant, AppointmentAsking asked, Guid? but, CancellationToken ct)
    {
        var since = asked.Now.AddDays(-asked.Policy.NoShowDays - asked.Policy.ClosedDays).ToUniversalTime();
        return [.. (await session.Query<Appointment>().Where(a => a.ApplicantKey == applicant && a.StartsAt >= since).ToListAsync(ct)).Where(a => a.Id != but)];
    }

    /// <summary>A hall's appointments from an instant on that stand, the first booked first.</summary>
    public static async Task<IReadOnlyList<Appointment>> Booked(IQuerySession session, string hall, DateTimeOffset from, DateTimeOffset now, CancellationToken ct)
    {
        var since = from.ToUniversalTime();
        var booked = await session.Query<Appointment>().Where(a => a.Hall == hall && a.StartsAt >= since && (a.DueAt != null || a.Status == AppointmentStatus.CheckedIn)).OrderBy(a => a.Id).ToListAsync(ct);
        return [.. booked.Where(a => a.At(now).Stands)];
    }

    /// <summary>What those who have some appointments of a hall have booked in other halls, from their day on.</summary>
    public static async Task<IReadOnlyList<Appointment>> Elsewhere(IQuerySession session, string hall, IReadOnlyList<Appointment> appointments, DateTimeOffset now, CancellationToken ct)
    {
        if (appointments.Count == 0)
            return [];
        var (who, since) = (appointments.Select(a => a.ApplicantKey).Distinct().ToArray(), appointments.Min(a => a.StartsAt));
        var booked = await session.Query<Appointment>().Where(a => a.Hall != hall && a.StartsAt >= since && a.ApplicantKey.IsOneOf(who)).ToListAsync(ct);
        return [.. booked.Where(a => a.At(now).Stands)];
    }
}
