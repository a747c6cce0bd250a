using System.Diagnostics.Metrics;
using Npgsql;

namespace OneDoor.Platform;

/// <summary>What can be behind.</summary>
public enum LagKind
{
    /// <summary>The telling of facts.</summary>
    Facts,

    /// <summary>What follows the facts and does something for each.</summary>
    Reaction,

    /// <summary>What is sent when it is due.</summary>
    Delivery,
}

/// <summary>What can be behind, and since when.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Work">What it is called in the figures; empty where there is one of its kind.</param>
/// <param name="Since">SQL for the instant at which the oldest of what is still to be done could have been: of the number up to which facts are settled ($1), and now ($2).</param>
public sealed record Lag(LagKind Kind, string Work, string Since)
{
    /// <summary>That of the telling of facts: what is committed and not settled waits for a transaction that is open still.</summary>
    public static readonly Lag Facts = new(LagKind.Facts, "", FirstAfter("$1"));

    /// <summary>That of what follows the facts.</summary>
    /// <param name="work">What it is called.</param>
    /// <param name="place">SQL for the number of the fact that it has come to; null where it has none to follow.</param>
    public static Lag Of(string work, string place) => new(LagKind.Reaction, work, FirstAfter(place, "and seq_id <= $1"));

    private static string FirstAfter(string place, string besides = "") =>
        $"select timestamp from {Store.Schema}.mt_events where seq_id > ({place}) {besides} and type <> 'tombstone' order by seq_id limit 1";
}

/// <summary>
/// Measures how far behind is what comes after a commit: by what the database holds, so that it is told as well of what has ended or hangs. One process does so, where
/// figures are collected.
/// </summary>
public sealed class Lags : WorkInTurns
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2), Kept = 5 * Every;

    private readonly NpgsqlDataSource _database;
    private readonly Settled _settled;
    private readonly Lag[] _lags;
    private readonly TimeProvider _time;
    private Measured? _measured;

    public Lags(IMeterFactory meters, NpgsqlDataSource database, Settled settled, IEnumerable<Lag> lags, TimeProvider time, IConfiguration configuration, ILogger<Lags> log)
        : base("lag", configuration, log)
    {
        (_database, _settled, _lags, _time) = (database, settled, [Lag.Facts, .. lags], time);
        var meter = meters.Create(Telemetry.Meter);
        meter.CreateObservableGauge("onedoor.facts.lag", () => Of(LagKind.Facts), "s", "Time that the oldest fact waits which is committed and not told yet.");
        meter.CreateObservableGauge("onedoor.reaction.lag", () => Of(LagKind.Reaction), "s", "Time that the oldest fact waits for what follows the facts, by what that is.");
        meter.CreateObservableGauge("onedoor.delivery.lag", () => Of(LagKind.Delivery), "s", "Time for which the oldest delivery has been due, by how it is sent.");
    }

    protected override async Task<bool> Round(CancellationToken ct)
    {
        var settled = await _settled.Now(ct);
        List<(Lag, double)> found = [];
        foreach (var lag in _lags)
        {
            var now = _time.GetUtcNow();
            await using var command = _database.Ask(lag.Since, settled, now);
            command.CommandTimeout = (int)Every.TotalSeconds;
            try
            {
                found.Add((lag, await command.ExecuteScalarAsync(ct) is DateTime since ? Math.Max(0, (now - since).TotalSeconds) : 0));
            }
            catch (Exception fault) when (!ct.IsCancellationRequested)
            {
                // The others are told all the same.
                Say(fault);
            }
        }
        Volatile.Write(ref _measured, new(found, _time.GetTimestamp()));
        await Task.Delay(Every, ct);
        return true;
    }

    // None by who does not measure, or cannot any more.
    private IEnumerable<Measurement<double>> Of(LagKind kind) => Volatile.Read(ref _measured) is { } measured && _time.GetElapsedTime(measured.At) < Kept
        ? measured.Found.Where(found => found.Lag.Kind == kind)
            .Select(found => found.Lag.Work.Length == 0 ? new Measurement<double>(found.Seconds) : new(found.Seconds, KeyValuePair.Create("onedoor.work", (object?)found.Lag.Work)))
        : [];

    private sealed record Measured(IReadOnlyList<(Lag Lag, double Seconds)> Found, long At);
}
