using Marten;
using OneDoor.Clock;

namespace OneDoor.Tickets;

/// <summary>A hall as anybody may see it today.</summary>
/// <param name="Board">What its board shows.</param>
/// <param name="Served">How many tickets were served today.</param>
public sealed record HallToday(BoardView Board, int Served);

/// <summary>All halls today (今日大厅), for a page that anybody may open: read at most every <see cref="Freshness"/>, however many look.</summary>
public sealed class HallsToday(IDocumentStore store, Boards boards, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(15);

    private readonly Kept<IReadOnlyList<HallToday>> _halls = new(Freshness, time);

    public void Dispose() => _halls.Dispose();

    /// <summary>The halls, and as of when.</summary>
    public Task<(DateTimeOffset At, IReadOnlyList<HallToday> Halls)> Read(CancellationToken ct) => _halls.Get(Read, ct);

    private async Task<IReadOnlyList<HallToday>> Read(DateTimeOffset now, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        var (day, halls) = (LegalClock.DayOf(now), new List<HallToday>());
        foreach (var hall in HallDirectory.Zone.All)
            halls.Add(new(await boards.Read(hall, ct), await session.Query<Ticket>().CountAsync(t => t.Hall == hall.Code && t.Day == day && t.Status == TicketStatus.Done, ct)));
        return halls;
    }
}
