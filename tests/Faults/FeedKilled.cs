using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Npgsql;
using OneDoor.Cases;
using OneDoor.Platform;
using OneDoor.Webhooks;
using Xunit;

namespace OneDoor.Faults;

/// <summary>The process that sends webhooks, and does what else one does for all, is killed again and again between sending and recording.</summary>
public sealed class FeedKilled(PlatformUnderFire platform)
{
    private const int Usual = 2, Submitted = 3;

    private static readonly string[] Told = ["onedoor.case.submitted"];

    private static readonly string[] Works = ["batches", "log", "sweep", "webhooks"];

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    /// <summary>How often.</summary>
    private static readonly int Kills = Setting.Number("FEED_KILLS", Usual);

    private readonly ConcurrentQueue<(Received Delivery, long At)> _received = [];
    private readonly ConcurrentDictionary<string, double> _moved = new();
    private ChildProcess? _victim;
    private (string Id, long At) _killed = ("", 0);

    [Fact]
    public async Task What_was_sent_and_not_recorded_is_sent_again_under_the_same_id_and_another_process_goes_on_soon()
    {
        using var receiver = new Receiver { Answer = Take };
        var owner = new Client(platform.Http, () => platform.Token(Department.MarketRegulation, Scopes.WebhooksManage));
        var webhook = (await owner.Post("/v1/webhooks", new { url = receiver.Url, types = Told })).Must(201).Header("Location")!;
        await RunningPlatform.Until(async () => (await owner.Get(webhook)).Must(200).Json.Text("status") == "active", "the webhook is active");
        // Who came first leads, and whoever is there when it ends follows.
        await platform.Api.Kill();
        var leader = await Start();
        await RunningPlatform.Until(async () => (await Leading()).Keys.Order(StringComparer.Ordinal).SequenceEqual(Works), "the first leads", () => leader.Output);
        var (standby, cases, killed) = (await Start(), new List<string>(), new List<string>());
        try
        {
            for (var kill = 1; kill <= Kills; kill++)
            {
                var before = await Leading();
                _killed = ("", 0);
                Volatile.Write(ref _victim, leader);
                var customs = new Client(standby.Http, () => platform.Token(Department.Customs));
                for (var n = 0; n < Submitted; n++)
                    cases.Add((await customs.Post("/v1/cases", Applications.For(Applications.Plain))).Must(201).Json.Text("id"));
                await RunningPlatform.Until(() => Task.FromResult(_killed.At != 0), "a delivery comes, and its sender is killed");
                await Follow(before);
                await RunningPlatform.Until(() => Task.FromResult(_received.Count(r => r.Delivery.Id == _killed.Id) > 1), $"{_killed.Id} is sent again");
                Moved("webhooks, to the next attempt", Stopwatch.GetElapsedTime(_killed.At, _received.First(r => r.At > _killed.At).At));
                killed.Add(_killed.Id);
                leader.Dispose();
                (leader, standby) = (standby, await Start());
            }
            await RunningPlatform.Until(
                async () => await platform.Database.Count($"select count(*) from onedoor.webhook_deliveries where webhook = '{webhook[^36..]}' and kind = 'event' and status = 'delivered'") == cases.Count, "all is delivered");
        }
        finally
        {
            leader.Dispose();
            standby.Dispose();
            await platform.ReplaceApi();
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Killed {Kills} times between sending and recording: {cases.Count} events, {_received.Count} attempts. Slowest takeover, from the kill: {string.Join(", ", _moved.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key} {m.Value:F2} s"))}"));
        var deliveries = _received.Select(r => r.Delivery).ToLookup(d => d.Id);
        Assert.Equal(cases.Order(StringComparer.Ordinal), deliveries.Select(d => d.First().Json.GetProperty("data").Text("id")).Order(StringComparer.Ordinal));
        Assert.Equal(Kills, killed.Distinct().Count());
        Assert.All(killed, id => Assert.True(deliveries[id].Count() > 1));
        // The same event, whoever sends it: what it says, its number and the one before.
        Assert.All(deliveries, attempts => Assert.Single(attempts.Select(a => a.Body).Distinct()));
        Assert.Equal(Enumerable.Range(1, cases.Count).Select(n => $"{n}"), deliveries.Select(d => d.First().Json.Text("webhooksequence")).OrderBy(n => int.Parse(n, CultureInfo.InvariantCulture)));
        // The small run is beside other suites, of which that would be the measure.
        if (Kills > Usual)
            Assert.All(_moved, moved => Assert.True(moved.Value < Soon.TotalSeconds, $"{moved.Key} moved after {moved.Value:F1} s"));
    }

    // It looks for what has lapsed as often as it may, for the turn to do so is asked for then.
    private Task<ChildProcess> Start() => platform.StartApi(("Sweep__EverySeconds", "1"));

    // Before the sender is answered: it has not recorded anything.
    private async Task Take(Received received, System.Net.HttpListenerResponse response)
    {
        if (received.Type == "onedoor.case.submitted" && Interlocked.Exchange(ref _victim, null) is { } victim)
        {
            await victim.Kill();
            _received.Enqueue((received, Stopwatch.GetTimestamp()));
            _killed = (received.Id, Stopwatch.GetTimestamp());
        }
        else if (received.Type == "onedoor.case.submitted")
            _received.Enqueue((received, Stopwatch.GetTimestamp()));
    }

    // Until each piece of work is another process's.
    private async Task Follow(IReadOnlyDictionary<string, int> before)
    {
        HashSet<string> moved = [];
        await RunningPlatform.Until(
            async () =>
            {
                foreach (var (work, by) in await Leading())
                {
                    if (before[work] != by && moved.Add(work))
                        Moved(work, Stopwatch.GetElapsedTime(_killed.At));
                }
                return moved.Count == before.Count;
            },
            "another process leads", () => string.Join(", ", before.Keys.Except(moved)));
    }

    private void Moved(string what, TimeSpan after) => _moved.AddOrUpdate(what, after.TotalSeconds, (_, before) => Math.Max(before, after.TotalSeconds));

    // Which of the database's processes holds the lock of what.
    private async Task<IReadOnlyDictionary<string, int>> Leading()
    {
        await using var connection = await platform.Database.Open();
        await using var command = new NpgsqlCommand(
            "select substr(a.application_name, length('onedoor-api ') + 1), a.pid from pg_locks l join pg_stat_activity a using (pid) where l.locktype = 'advisory' and l.granted and a.datname = current_database() and a.application_name like 'onedoor-api %'", connection);
        await using var reader = await command.ExecuteReaderAsync();
        Dictionary<string, int> leading = [];
        while (await reader.ReadAsync())
            leading[reader.GetString(0)] = reader.GetInt32(1);
        return leading;
    }
}
