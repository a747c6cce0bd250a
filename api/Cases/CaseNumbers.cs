using Npgsql;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>Draws running numbers for cases (ID-3): never twice, in blocks, so that a submission need not ask for each.</summary>
public sealed class CaseNumbers(NpgsqlDataSource database, IConfiguration configuration) : IDisposable
{
    /// <summary>The sequence in the database that all processes draw from.</summary>
    public const string Sequence = $"{Store.Schema}.case_numbers";

    // While a block is drawn every submission waits, so it is seldom; what is left of one when a process ends is a gap.
    private const int Block = 100;

    private readonly TimeSpan _patience = TimeSpan.FromSeconds(Store.OptionsOf(configuration).CommandTimeoutSeconds);
    private readonly SemaphoreSlim _one = new(1);
    private readonly Queue<long> _drawn = new();

    public async ValueTask<long> Next(CancellationToken ct)
    {
        // Where the database keeps one waiting, the others do not wait for it one after the other.
        if (!await _one.WaitAsync(_patience, ct))
            throw new TimeoutException("Too many wait for a case number.");
        try
        {
            if (_drawn.Count == 0)
                await Draw(ct);
            return _drawn.Dequeue();
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task Draw(CancellationToken ct)
    {
        await using var command = database.CreateCommand($"select nextval('{Sequence}') from generate_series(1, {Block})");
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            _drawn.Enqueue(reader.GetInt64(0));
    }
}
