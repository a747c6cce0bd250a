using System.Threading.Channels;
using Npgsql;
using OpenTelemetry;

namespace OneDoor.Wire;

/// <summary>
/// What a process logs of a database that is away, whoever finds it out and however often: a line when it goes, one each minute while it stays away, and one when it is back.
/// Every log hands over to it what is no fault of the program (<see cref="DiscreetLogs"/>): who fails for that reason logs it like any other fault.
/// </summary>
public sealed partial class OutageLog : BackgroundService
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), Pause = TimeSpan.FromSeconds(1);

    // However much fails at once, a look a second does for all of it.
    private readonly Channel<Undone> _found = Channel.CreateBounded<Undone>(new BoundedChannelOptions(100) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Dictionary<Undone, long> _told = [];
    private readonly NpgsqlConnectionStringBuilder _database;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private long? _back;

    public OutageLog(IConfiguration configuration, TimeProvider time, ILogger<OutageLog> log)
    {
        (_time, _log) = (time, log);
        // Whether the database answers does not depend on how busy this process is.
        _database = new(configuration.GetConnectionString("OneDoor")) { ApplicationName = "onedoor outage", Pooling = false, Timeout = 3, CommandTimeout = 3 };
    }

    /// <summary>Something could not be done since the database, or what else is needed, is away or too busy.</summary>
    /// <param name="what">What, as a log says it; of several lines the first counts.</param>
    /// <param name="fault">Why.</param>
    public void Found(string what, Exception fault) => _found.Writer.TryWrite(new(what.Split('\n')[0].TrimEnd('\r', '.'), fault.GetBaseException().Message.TrimEnd('.')));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Looking is not worth a trace.
        using var untraced = SuppressInstrumentationScope.Begin();
        while (await _found.Reader.WaitToReadAsync(stoppingToken))
        {
            if (await Look(stoppingToken) is { } away)
            {
                await UntilBack(away, stoppingToken);
                _back = _time.GetTimestamp();
            }
            TellUndone();
            await Task.Delay(Pause, stoppingToken);
        }
    }

    private async Task UntilBack(string why, CancellationToken ct)
    {
        var (since, told) = (_time.GetTimestamp(), _time.GetTimestamp());
        var where = $"{_database.Host}:{_database.Port}";
        Away(_log, where, why);
        while (await Look(ct) is { } still)
        {
            if (_time.GetElapsedTime(told) >= Minute)
            {
                StillAway(_log, where, (int)_time.GetElapsedTime(since).TotalMinutes, still);
                told = _time.GetTimestamp();
            }
            await Task.Delay(Pause, ct);
        }
        Back(_log, where, (int)_time.GetElapsedTime(since).TotalSeconds);
    }

    // What was found while the database was away, and for a minute after on connections that went with it, is all the same outage.
    private void TellUndone()
    {
        foreach (var (undone, at) in _told)
        {
            if (_time.GetElapsedTime(at) >= Minute)
                _told.Remove(undone);
        }
        while (_found.Reader.TryRead(out var undone))
        {
            if ((_back is not { } back || _time.GetElapsedTime(back) >= Minute) && _told.TryAdd(undone, _time.GetTimestamp()))
                NotDone(_log, undone.What, undone.Why);
        }
    }

    // Why the database does not answer; null where it does.
    private async Task<string?> Look(CancellationToken ct)
    {
        try
        {
            await using var connection = new NpgsqlConnection(_database.ConnectionString);
            await connection.OpenAsync(ct);
            await using var command = new NpgsqlCommand("select 1", connection);
            await command.ExecuteScalarAsync(ct);
            return null;
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            return fault.GetBaseException().Message.TrimEnd('.');
        }
    }

    [LoggerMessage(LogLevel.Warning, "The database at {Where} is away ({Why}). See that PostgreSQL runs there and takes connections. Until it is back requests are answered 503 and all work waits; nothing has to be started anew.")]
    private static partial void Away(ILogger log, string where, string why);

    [LoggerMessage(LogLevel.Warning, "The database at {Where} has been away for {Minutes} min ({Why}).")]
    private static partial void StillAway(ILogger log, string where, int minutes, string why);

    [LoggerMessage(LogLevel.Warning, "The database at {Where} is back after {Seconds} s, and all goes on.")]
    private static partial void Back(ILogger log, string where, int seconds);

    [LoggerMessage(LogLevel.Warning, "Not done, though the database answers: {What} ({Why}). Equal ones within a minute are not told.")]
    private static partial void NotDone(ILogger log, string what, string why);

    private sealed record Undone(string What, string Why);
}
