using Npgsql;

namespace OneDoor.Platform;

/// <summary>
/// Whose turn it is to do what one process does for all: of whoever asks the first, until it ends or the database loses it; then
/// of whoever asks next. It is a lock in the database, on a connection of its own that nobody else is given.
/// </summary>
/// <param name="connection">The database.</param>
/// <param name="work">What is done in turns.</param>
public sealed class Turn(string connection, string work) : IAsyncDisposable
{
    private readonly string _connection = new NpgsqlConnectionStringBuilder(connection)
    {
        ApplicationName = $"onedoor-api {work}", Pooling = false, Timeout = 3, CommandTimeout = 3,
        // A machine that is gone says nothing: the server has to find out, or its lock would stay.
        Options = "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3",
    }.ConnectionString;

    private NpgsqlConnection? _held;

    /// <summary>Whether it is this process's turn; then it stays so until the process ends, yields or is lost to the database.</summary>
    public async Task<bool> IsOurs(CancellationToken ct)
    {
        try
        {
            if (_held is not null)
                return await _held.Value<bool>("select true", ct); // Who is not answered any more has lost it.
            _held = new NpgsqlConnection(_connection);
            await _held.OpenAsync(ct);
            if (await _held.Value<bool>($"select pg_try_advisory_lock(hashtextextended('{Store.Schema} {work}', 0))", ct))
                return true;
            await Yield();
            return false;
        }
        catch
        {
            await Yield();
            throw;
        }
    }

    /// <summary>Leaves it to another process.</summary>
    public async Task Yield()
    {
        if (_held is not null)
            await _held.DisposeAsync();
        _held = null;
    }

    public async ValueTask DisposeAsync() => await Yield();
}
