using Marten;
using Npgsql;

namespace OneDoor.Platform;

/// <summary>Draws running numbers: never twice, in whichever process, in blocks, so that not everybody who needs one has to ask for it.</summary>
/// <param name="configuration">Says how long to wait for it.</param>
/// <param name="sequence">The sequence in the database that all processes draw from.</param>
public abstract class RunningNumbers(IConfiguration configuration, string sequence) : IDisposable
{
    // While a block is drawn everybody waits, so it is seldom; what is left of one when a process ends is a gap.
    private const int Block = 100;

    private readonly TimeSpan _patience = TimeSpan.FromSeconds(Store.OptionsOf(configuration).CommandTimeoutSeconds);
    private readonly SemaphoreSlim _one = new(1);
    private readonly Queue<long> _drawn = new();

    /// <summary>The next one.</summary>
    /// <param name="session">Draws a block where none is left: whoever holds a connection already takes no other, for which all who hold one would wait.</param>
    /// <param name="ct">Cancels the request.</param>
    public async ValueTask<long> Next(IQuerySession session, CancellationToken ct)
    {
        // Where the database keeps one waiting, the others do not wait for it one after the other.
        using var turn = await _one.Take(_patience, "Too many wait for a running number.", ct);
        if (_drawn.Count == 0)
            await Draw(session, ct);
        return _drawn.Dequeue();
    }

    public void Dispose()
    {
        _one.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task Draw(IQuerySession session, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select nextval('{sequence}') from generate_series(1, {Block})");
        await using var reader = await session.ExecuteReaderAsync(command, ct);
        while (await reader.ReadAsync(ct))
            _drawn.Enqueue(reader.GetInt64(0));
    }
}
