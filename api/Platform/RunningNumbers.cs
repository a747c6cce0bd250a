using System.Collections.Concurrent;
using Marten;

namespace OneDoor.Platform;

/// <summary>Draws running numbers: never twice, in whichever process, in blocks, so that not everybody who needs one has to ask for it. They skip, and come in no strict order.</summary>
/// <param name="sequence">The sequence in the database that all processes draw from.</param>
public abstract class RunningNumbers(string sequence)
{
    // What is left of blocks when a process ends is a gap.
    private const int Block = 100;

    private readonly ConcurrentQueue<long> _drawn = new();

    /// <summary>The next one.</summary>
    /// <param name="session">Draws a block where none is left. Nobody waits for another who does: that one may be waiting for the connection that they hold.</param>
    public async ValueTask<long> Next(IQuerySession session, CancellationToken ct)
    {
        if (_drawn.TryDequeue(out var left))
            return left;
        var block = await session.Rows($"select nextval('{sequence}') from generate_series(1, {Block})", row => row.GetInt64(0), ct);
        foreach (var number in block.Skip(1))
            _drawn.Enqueue(number);
        return block[0];
    }
}
