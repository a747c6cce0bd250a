using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Npgsql;
using OneDoor.Cases;
using OneDoor.Platform;
using OneDoor.Webhooks;
using Xunit;

namespace OneDoor.Faults;

/// <summary>The feed, followed to its end while four writers write, transactions sleep and roll back, and the database is restarted unclean.</summary>
public sealed class FeedFollowed(PlatformUnderFire platform)
{
    private const int Writers = 4, Usual = 1_000, UsualSeed = 1;

    /// <summary>How many facts are followed.</summary>
    private static readonly int Facts = Setting.Number("FEED_FACTS", Usual);

    private static readonly int Seed = Setting.Seed("FEED_SEED", UsualSeed);

    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(Math.Clamp(Facts / 5_000, 2, 15));

    // p99, of whoever has half of what the platform takes.
    private static readonly TimeSpan SoonTold = TimeSpan.FromMilliseconds(300), SoonSent = TimeSpan.FromSeconds(1);

    private static readonly string[] Told = ["onedoor.case.submitted"];

    private readonly Ledger _ledger = new(platform);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _attempts = new();
    private int _slept;

    [Fact]
    public async Task Nothing_is_missing_doubled_or_out_of_order_whatever_happens_to_writers_and_the_database()
    {
        var (random, began) = (new Random(Seed), await Recorded());
        using Receiver receiver = new() { Answer = Note };
        await Subscribe(receiver);
        Follower pages = Reader(), stream = Reader();
        using CancellationTokenSource written = new(), heard = new();
        Task[] readers = [pages.Pages(heard.Token), stream.Stream(heard.Token)];
        Task[] writers = [.. Enumerable.Range(1, Writers).Select(w => _ledger.Work(w, new Random(Seed + w), written.Token))];
        var (from, until, half) = await Calm();
        var (lasting, restarted) = (Stopwatch.StartNew(), false);
        while (await Recorded() - began is var facts && (facts < Facts || !restarted))
        {
            await Sleep(random, restarting: !restarted && facts > Facts / 2);
            restarted |= facts > Facts / 2;
        }
        await written.CancelAsync();
        await Task.WhenAll(writers);
        lasting.Stop();
        var last = await platform.Database.Count("select max(e.seq_id) from onedoor.mt_events e join onedoor.mt_streams s on s.id = e.stream_id where s.type = 'case'");
        await Comes(() => pages.Last, last);
        await Comes(() => stream.Last, last);
        await Comes(() => _attempts.Count, _ledger.Cases.Count);
        await heard.CancelAsync();
        await Task.WhenAll(readers);
        var second = await Again(pages.Heard[^1].Number);

        var (recorded, drawn) = (await Recorded(), await Drawn());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"FEED_SEED={Seed} FEED_FACTS={Facts}: {recorded - began} facts, {drawn - recorded} numbers drawn in vain, {_slept} transactions slept, {lasting.Elapsed.TotalSeconds:F0} s; readers went on {pages.Broken} and {stream.Broken} times, {_ledger.Unavailable} answers of 503, {_ledger.Unanswered} unanswered"));
        var committed = await Committed();
        Heard[] calm = [.. stream.Heard.Where(e => e.At >= from && e.At < until)];
        TimeSpan[] told = [.. calm.Select(e => e.HeardAt - committed[e.Id]).Order()], sent = [.. calm.Where(e => _attempts.ContainsKey(e.Id)).Select(e => _attempts[e.Id] - committed[e.Id]).Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"At {half:F0} changes a second, half of what {Writers} writers come to: from the commit to the feed {Percentiles(told)}, to the first delivery attempt {Percentiles(sent)}"));
        Assert.Empty(_ledger.Wrong);
        await Audit(pages.Heard, stream.Heard, second.Heard);
        // The small run is beside other suites, of which that would be the measure.
        if (Facts > Usual)
        {
            Assert.True(P99(told) < SoonTold, $"the feed tells after {P99(told)}");
            Assert.True(P99(sent) < SoonSent, $"webhooks are sent after {P99(sent)}");
        }
    }

    private Follower Reader() => new(platform.Http, () => platform.Token(Department.MarketRegulation, Scopes.EventsRead));

    private async Task Subscribe(Receiver receiver)
    {
        var owner = new Client(platform.Http, () => platform.Token(Department.MarketRegulation, Scopes.WebhooksManage));
        var webhook = (await owner.Post("/v1/webhooks", new { url = receiver.Url, types = Told })).Must(201).Header("Location")!;
        await RunningPlatform.Until(async () => (await owner.Get(webhook)).Must(200).Json.Text("status") == "active", "the webhook is active");
    }

    private Task Note(Received received, System.Net.HttpListenerResponse response)
    {
        _attempts.TryAdd(received.Id, TimeProvider.System.GetUtcNow());
        return Task.CompletedTask;
    }

    // As fast as they can, and then half as fast; says from when until when that was.
    private async Task<(DateTimeOffset From, DateTimeOffset Until, double Half)> Calm()
    {
        await RunningPlatform.Until(() => Task.FromResult(_ledger.Acknowledged > 10 * Writers), "the platform is warm");
        var (before, watch) = (_ledger.Acknowledged, Stopwatch.StartNew());
        await Task.Delay(Measured);
        var each = watch.Elapsed * Writers / Math.Max(1, _ledger.Acknowledged - before);
        _ledger.Pace = each;
        await Task.Delay(2 * each);
        // What was written as fast as they can is not to be what the others wait for.
        await Comes(() => _attempts.Count, _ledger.Cases.Count);
        var from = TimeProvider.System.GetUtcNow();
        (before, watch) = (_ledger.Acknowledged, Stopwatch.StartNew());
        await Task.Delay(Measured);
        var half = (_ledger.Acknowledged - before) / watch.Elapsed.TotalSeconds;
        _ledger.Pace = TimeSpan.Zero;
        return (from, TimeProvider.System.GetUtcNow(), half);
    }

    // A transaction that has drawn its numbers waits for a row of somebody's, and another, which is to come second, for it. Where that takes
    // longer than the platform's patience, both are rolled back and asked once more.
    private async Task Sleep(Random random, bool restarting)
    {
        var key = $"sleeps-{Seed}-{++_slept}";
        var submitted = (await _ledger.Insist(Department.Customs, "/v1/cases", Applications.For(Applications.Plain), key, null))!;
        var (id, path) = (submitted.Json.Text("id"), $"{submitted.Header("Location")}/acceptance");
        await using var holder = await platform.Database.Open();
        await using var holding = new NpgsqlCommand($"begin; select from onedoor.found where id = '{id}' for update", holder);
        await holding.ExecuteNonQueryAsync();
        var accepting = Enumerable.Range(1, 2).Select(each => _ledger.Insist(Department.MarketRegulation, path, null, $"{key}-{each}", submitted.ETag, mayBeLate: true)).ToArray();
        await RunningPlatform.Until(async () => await Asleep() > 0, "a transaction that has drawn its numbers waits");
        await Task.Delay(random.Next(200, (PlatformUnderFire.Patience + 1) * 1_000));
        if (restarting)
        {
            await platform.Cluster.Stop("immediate");
            await platform.Cluster.Start();
        }
        else
        {
            await using var release = new NpgsqlCommand("rollback", holder);
            await release.ExecuteNonQueryAsync();
        }
        var answers = (await Task.WhenAll(accepting)).OrderBy(answer => answer?.Status).ToArray();
        Assert.Equal([200, 412], answers.Select(answer => answer?.Status ?? 0));
        _ledger.Cases[id] = (answers[0]!.Json.Text("status"), answers[0]!.ETag);
    }

    private Task<long> Asleep() => platform.Database.Count("""
        select count(*) from pg_stat_activity where wait_event_type = 'Lock' and pid in (
            select pid from pg_locks where relation = 'onedoor.mt_events_sequence'::regclass and mode = 'RowExclusiveLock')
        """);

    private Task<long> Recorded() => platform.Database.Count("select count(*) from onedoor.mt_events where type <> 'tombstone'");

    private Task<long> Drawn() => platform.Database.Count("select max(seq_id) from onedoor.mt_events");

    // When the database committed each, by the clock that all have here.
    private async Task<Dictionary<string, DateTimeOffset>> Committed()
    {
        await using var connection = await platform.Database.Open();
        await using var command = new NpgsqlCommand("select id::text, pg_xact_commit_timestamp(xmin) from onedoor.mt_events", connection);
        await using var reader = await command.ExecuteReaderAsync();
        Dictionary<string, DateTimeOffset> committed = [];
        while (await reader.ReadAsync())
            committed.Add(reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1));
        return committed;
    }

    private async Task<Follower> Again(long last)
    {
        using var over = new CancellationTokenSource();
        var reader = Reader();
        var reading = reader.Pages(over.Token);
        await Comes(() => reader.Last, last);
        await over.CancelAsync();
        await reading;
        return reader;
    }

    // However far it is, as long as it goes on.
    private static async Task Comes(Func<long> to, long end)
    {
        while (to() is var before && before < end)
            await RunningPlatform.Until(() => Task.FromResult(to() > before), $"somebody who follows comes from {before} to {end}");
    }

    // What readers were told against what writers were: a case of version n has had n facts, and the database has their order.
    private async Task Audit(params IReadOnlyList<Heard>[] readers)
    {
        var numbers = new Dictionary<string, long>();
        await using var connection = await platform.Database.Open();
        await using (var command = new NpgsqlCommand("select id::text, seq_id from onedoor.mt_events", connection))
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                numbers.Add(reader.GetString(0), reader.GetInt64(1));
        }
        var common = readers.Min(heard => heard.Count);
        foreach (var heard in readers)
        {
            Assert.All(heard.Zip(heard.Skip(1)), pair => Assert.True(pair.First.Number < pair.Second.Number, $"{pair.Second} comes after {pair.First}"));
            Assert.Equal(heard.Count, heard.DistinctBy(e => e.Id).Count());
            Assert.All(heard, e => Assert.Equal(numbers[e.Id], e.Number));
            var versions = heard.ToLookup(e => e.Subject, e => e.Version);
            Assert.All(_ledger.Cases, told => Assert.Equal(Enumerable.Range(1, Etags.VersionOf(told.Value.ETag)!.Value), versions[$"/v1/cases/{told.Key}"]));
            Assert.Equal(readers[0].Take(common).Select(e => (e.Number, e.Id, e.Subject, e.Version)), heard.Take(common).Select(e => (e.Number, e.Id, e.Subject, e.Version)));
        }
    }

    private static TimeSpan P99(TimeSpan[] sorted) => sorted[sorted.Length * 99 / 100];

    private static string Percentiles(TimeSpan[] sorted)
    {
        Assert.NotEmpty(sorted);
        return string.Create(CultureInfo.InvariantCulture, $"p50 {sorted[sorted.Length / 2].TotalMilliseconds:F0} ms, p99 {P99(sorted).TotalMilliseconds:F0} ms of {sorted.Length}");
    }
}
