using System.Diagnostics;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Faults;

/// <summary>Faults under load, one after the other, in an order the seed decides.</summary>
public sealed class Storm(PlatformUnderFire platform)
{
    private const int Clients = 8, Kept = 20;
    private static readonly string[] Faults = ["fast", "immediate", "crash", "kill the API"];

    [Fact]
    public async Task Nothing_acknowledged_is_lost_and_nothing_happens_twice()
    {
        var random = new Random(PlatformUnderFire.Seed);
        var before = await Recorded();
        var ledger = new Ledger(platform);
        using var over = new CancellationTokenSource();
        await Task.WhenAll(platform.Token(Department.Customs), platform.Token(Department.MarketRegulation));
        Task[] clients = [.. Enumerable.Range(1, Clients).Select(c => ledger.Work(c, new Random(PlatformUnderFire.Seed + c), over.Token)), ledger.AskForTokens(over.Token)];
        string[] each = [.. Faults];
        random.Shuffle(each);
        var coming = new Queue<string>(each);
        var lasting = Stopwatch.StartNew();
        var met = new List<string>();
        while (coming.TryDequeue(out var fault))
        {
            var acknowledged = ledger.Acknowledged;
            _ = ledger.ToldMeanwhile();
            var waiting = Stopwatch.StartNew();
            await RunningPlatform.Until(() => Task.FromResult(ledger.Acknowledged >= acknowledged + Kept), $"the platform works before '{fault}'", ledger.ToldMeanwhile);
            Console.WriteLine($"{waiting.Elapsed.TotalSeconds:F1} s until {Kept} changes before '{fault}'. {ledger.ToldMeanwhile()}");
            await Meet(fault, ledger, random);
            met.Add(fault);
            if (coming.Count == 0 && lasting.Elapsed < PlatformUnderFire.Duration)
                coming.Enqueue(Faults[random.Next(Faults.Length)]);
        }
        await over.CancelAsync();
        await Task.WhenAll(clients);

        Console.WriteLine($"seed {PlatformUnderFire.Seed}: {string.Join(", ", met)}");
        Console.WriteLine($"{ledger.Acknowledged} acknowledged ({ledger.Repeated} of them repeated), {ledger.Unavailable} answered 503, {ledger.Unanswered} unanswered");
        Assert.Empty(ledger.Wrong);
        Assert.True(platform.Api.IsRunning && platform.Identity.IsRunning, "a server has ended");
        await Audit(ledger, before);
    }

    private async Task Meet(string fault, Ledger ledger, Random random)
    {
        if (fault == "kill the API")
        {
            await platform.ReplaceApi();
            return;
        }
        var unavailable = ledger.Unavailable;
        await platform.Cluster.Stop(fault);
        foreach (var server in new[] { platform.Anybody, new Client(platform.Identity.Http, null) })
        {
            await RunningPlatform.Until(async () => (await server.Get("/health/ready")).Status == 503, $"not ready after '{fault}'");
            (await server.Get("/health/live")).Must(200);
        }
        await RunningPlatform.Until(() => Task.FromResult(ledger.Unavailable > unavailable + Clients), "clients are told to come back");
        await Task.Delay(random.Next(1000));
        await platform.Cluster.Start();
        foreach (var server in new[] { platform.Anybody, new Client(platform.Identity.Http, null) })
            await RunningPlatform.Until(async () => (await server.Get("/health/ready")).Status == 200, $"ready again after '{fault}'");
    }

    // What the store holds against what clients were told. Every request was repeated until it was acknowledged.
    private async Task Audit(Ledger ledger, long[] before)
    {
        var (cases, now) = (ledger.Cases.Count, await Recorded());
        Assert.True(ledger.Acknowledged > 0);
        Assert.Equal(cases * 3, ledger.Acknowledged);
        Assert.Equal([cases, cases, ledger.Cases.Values.Count(c => c.Status == "granted"), ledger.Cases.Values.Count(c => c.Status == "withdrawn"), ledger.Acknowledged],
            now.Zip(before, (n, b) => n - b));
        Assert.Equal(0, await platform.Database.Count(
            """
            select count(*) from onedoor.mt_streams s full join onedoor.mt_doc_case c on c.id = s.id
            where c.mt_version is distinct from s.version and s.type = 'case' or c.id is null and s.type = 'case' or s.id is null
            """));
        var customs = new Client(platform.Http, () => platform.Token(Department.Customs));
        foreach (var (id, told) in ledger.Cases)
        {
            var found = (await customs.Get($"/v1/cases/{id}")).Must(200);
            Assert.Equal((told.Status, Etags.VersionOf(told.ETag)), (found.Json.Text("status"), Etags.VersionOf(found.ETag)));
        }
    }

    // Cases submitted, accepted, granted and withdrawn, and answers kept under a key.
    private async Task<long[]> Recorded()
    {
        var recorded = new List<long>();
        foreach (var type in new[] { "case_submitted", "case_accepted", "step_granted", "case_withdrawn" })
            recorded.Add(await platform.Database.Count($"select count(*) from onedoor.mt_events where type = '{type}'"));
        return [.. recorded, await platform.Database.Count("select count(*) from onedoor.idempotent_answers")];
    }
}
