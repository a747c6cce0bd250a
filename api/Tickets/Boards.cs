using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Marten;
using OneDoor.Appointments;
using OneDoor.Clock;

namespace OneDoor.Tickets;

/// <summary>
/// The halls' boards as they change: read once for all screens of a hall that this process serves, whatever process changed something, and
/// only while there are any.
/// </summary>
public sealed partial class Boards(
    News<Ticket, TicketFact> tickets, News<Window, WindowFact> windows, IDocumentStore store, HallSchedules schedules, LegalClock clock, QueueOptions options, TimeProvider time, ILogger<Boards> log)
{
    // What only time changes is looked for as often.
    private static readonly TimeSpan Anyway = TimeSpan.FromSeconds(15);

    private readonly Places _places = new(options.Followers, options.FollowersPerAddress);
    private readonly ConcurrentDictionary<string, Screens> _halls = new();
    private readonly News<Ticket, TicketFact> _tickets = tickets;
    private readonly News<Window, WindowFact> _windows = windows;
    private readonly ILogger _log = log;

    /// <summary>A hall's board now.</summary>
    public async Task<BoardView> Read(Hall hall, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        var now = time.GetUtcNow();
        var closed = (await schedules.Find(session, hall.Code, ct))?.Closures.Select(closure => closure.Day).ToArray() ?? [];
        var isOpen = !closed.Contains(LegalClock.DayOf(now)) && (options.OutOfHours || clock.IsOpen(hall.Code, now));
        return BoardView.Of(hall, await session.QueueOf(hall.Code, now, ct), await session.CalledLast(hall.Code, now, ct), isOpen, clock.OpensAt(hall.Code, now, closed));
    }

    /// <summary>A place to listen from, held until it is disposed of; null where there is none left.</summary>
    /// <param name="caller">Who asks: whoever has no token, by their address.</param>
    public IDisposable? Take(string caller) => _places.Take(caller);

    /// <summary>
    /// A hall's board as JSON: as it stands, then whenever it changes, and null as a sign of life. Whoever falls behind misses what came
    /// between, never the last.
    /// </summary>
    public ChannelReader<byte[]?> Listen(Hall hall, out IDisposable ending)
    {
        var screens = _halls.GetOrAdd(hall.Code, _ => new Screens(this, hall));
        return screens.Add(out ending);
    }

    [LoggerMessage(LogLevel.Warning, "A hall's board cannot be read.")]
    private static partial void LogFailed(ILogger logger, Exception fault);

    private sealed class Screens(Boards boards, Hall hall)
    {
        private readonly HashSet<Channel<byte[]?>> _screens = [];
        private readonly Lock _one = new();
        private Action? _stop;
        private byte[]? _last;

        public ChannelReader<byte[]?> Add(out IDisposable ending)
        {
            var screen = Channel.CreateBounded<byte[]?>(new BoundedChannelOptions(2) { FullMode = BoundedChannelFullMode.DropOldest });
            lock (_one)
            {
                _screens.Add(screen);
                if (_last is not null)
                    screen.Writer.TryWrite(_last);
                _stop ??= Read();
            }
            ending = new Ending(() => Remove(screen));
            return screen.Reader;
        }

        private void Remove(Channel<byte[]?> screen)
        {
            lock (_one)
            {
                _screens.Remove(screen);
                if (_screens.Count > 0)
                    return;
                _stop?.Invoke();
                (_stop, _last) = (null, null);
            }
        }

        // What ends it.
        private Action Read()
        {
            var reading = new CancellationTokenSource();
            _ = Task.Run(async () =>
            {
                using (reading)
                    await Run(reading.Token);
            });
            return reading.Cancel;
        }

        private async Task Run(CancellationToken ct)
        {
            var called = boards._tickets.Listen(t => t.Hall == hall.Code, out var notTickets);
            var opened = boards._windows.Listen(w => w.Hall == hall.Code, out var notWindows);
            using (notTickets)
            using (notWindows)
            {
                while (!ct.IsCancellationRequested)
                {
                    await Tell(ct);
                    // Whatever came since the last look is in the next one.
                    using var anyway = CancellationTokenSource.CreateLinkedTokenSource(ct);
                    anyway.CancelAfter(Anyway);
                    await Task.WhenAny(Any(called, anyway.Token), Any(opened, anyway.Token));
                    await anyway.CancelAsync();
                    while (called.TryRead(out _) || opened.TryRead(out _))
                    {
                    }
                }
            }
        }

        private async Task Tell(CancellationToken ct)
        {
            byte[] board;
            try
            {
                board = JsonSerializer.SerializeToUtf8Bytes(await boards.Read(hall, ct), RestJson.Options);
            }
            catch (Exception fault)
            {
                // Screens hear nothing meanwhile, and so say that they are cut off. The next look may tell more.
                if (!ct.IsCancellationRequested)
                    LogFailed(boards._log, fault);
                return;
            }
            lock (_one)
            {
                if (ct.IsCancellationRequested)
                    return;
                var told = _last is not null && board.AsSpan().SequenceEqual(_last) ? null : board;
                _last = board;
                // A sign of life never takes the place of a board that waits to be sent.
                foreach (var screen in _screens.Where(s => told is not null || s.Reader.Count == 0))
                    screen.Writer.TryWrite(told);
            }
        }

        private static async Task Any<T>(ChannelReader<T> changes, CancellationToken ct)
        {
            try
            {
                await changes.WaitToReadAsync(ct);
            }
            catch (OperationCanceledException)
            {
                // It is time anyway.
            }
        }
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
