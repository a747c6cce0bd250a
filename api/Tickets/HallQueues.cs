using Marten;
using OneDoor.Appointments;
using OneDoor.Clock;

namespace OneDoor.Tickets;

/// <summary>The queues of the halls, read from their tickets and windows.</summary>
public static class HallQueues
{
    /// <summary>A hall's queue at an instant.</summary>
    public static async Task<HallQueue> QueueOf(this IQuerySession session, string hall, DateTimeOffset now, CancellationToken ct) =>
        await Read(session, hall, now, await Measured(session, hall, now, ct), ct);

    /// <summary>A hall's queue that nobody else changes until the session's transaction ends: so no number is given twice, and none called twice.</summary>
    public static async Task<HallQueue> QueueAlone(this ChangeTools tools, string hall, CancellationToken ct)
    {
        // What needs no turn is read before it, for everybody waits meanwhile.
        var measured = await Measured(tools.Session, hall, tools.Now, ct);
        await tools.Session.Alone(ct, $"queue {hall}");
        // As of when it is one's turn: whoever was asked for later has not been called sooner, and an appointment's time may have come.
        return await Read(tools.Session, hall, tools.Now, measured, ct);
    }

    /// <summary>By window of a hall, the ticket that it called last on the day of an instant, wherever that was sent since.</summary>
    public static async Task<IReadOnlyDictionary<int, Ticket>> CalledLast(this IQuerySession session, string hall, DateTimeOffset now, CancellationToken ct)
    {
        var called = await session.Rows(
            $"""
            select distinct on (1) (e.data ->> 'window')::integer, e.stream_id from {Store.Schema}.mt_doc_ticket t join {Store.Schema}.mt_events e on e.stream_id = t.id
            where t.hall = $1 and t.day = $2 and e.type = '{Streams.AliasOf(typeof(TicketCalled))}' order by 1, e.seq_id desc
            """, row => (Window: row.GetInt32(0), Ticket: row.GetGuid(1)), ct, hall, LegalClock.DayOf(now));
        var tickets = (await session.LoadManyAsync<Ticket>(ct, called.Select(at => at.Ticket).Distinct())).ToDictionary(t => t.Id);
        return called.ToDictionary(at => at.Window, at => tickets[at.Ticket]);
    }

    /// <summary>The last running number that a letter was given with on a day; 0 for none.</summary>
    public static async Task<int> LastNumber(IQuerySession session, string hall, DateOnly day, string letter, CancellationToken ct) => (await session.Rows(
        $"select coalesce(max(substring(data ->> 'number' from 2)::integer), 0) from {Store.Schema}.mt_doc_ticket where hall = $1 and day = $2 and left(data ->> 'number', 1) = $3",
        row => row.GetInt32(0), ct, hall, day, letter))[0];

    private static async Task<HallQueue> Read(IQuerySession session, string hall, DateTimeOffset now, ILookup<string, MeasuredService> measured, CancellationToken ct)
    {
        var day = LegalClock.DayOf(now);
        var both = session.CreateBatchQuery();
        var tickets = both.Query<Ticket>().Where(t => t.Hall == hall && t.Day == day && t.DueAt != null).ToList();
        var windows = both.LoadMany<Window>().ById([.. Enumerable.Range(1, QueuePolicy.Zone.Windows[hall]).Select(n => Window.IdOf(hall, n))]);
        await both.Execute(ct);
        return new HallQueue(now, [.. await tickets], [.. (await windows).Where(w => w.IsOpen(now)).OrderBy(w => w.Number)], measured);
    }

    private static async Task<ILookup<string, MeasuredService>> Measured(IQuerySession session, string hall, DateTimeOffset now, CancellationToken ct)
    {
        var measured = await session.Rows(
            $"""
            select g.code, t.seconds, t.measured_at from unnest($1) as g(code) cross join lateral (
                select (data ->> 'servedSeconds')::integer - coalesce((data ->> 'secondsElsewhere')::integer, 0) as seconds, measured_at from {Store.Schema}.mt_doc_ticket
                where hall = $2 and data ->> 'groupCode' = g.code and measured_at > $3 order by measured_at desc limit $4) as t
            """, row => (Group: row.GetString(0), Service: new MeasuredService(row.GetInt32(1), row.GetFieldValue<DateTimeOffset>(2))), ct,
            ItemGroups.All.Select(g => g.Code).ToArray(), hall, now.AddDays(-7 * QueuePolicy.Zone.MeasuredWeeks).ToUniversalTime(), QueuePolicy.Zone.Measured);
        return measured.ToLookup(m => m.Group, m => m.Service);
    }
}
