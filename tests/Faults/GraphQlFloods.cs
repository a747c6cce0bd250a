using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Net.WebSockets;
using OneDoor.Cases;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Faults;

/// <summary>One client takes all of GraphQL that it is given and more; another department reads its list meanwhile.</summary>
public sealed class GraphQlFloods(PlatformUnderFire platform)
{
    private const int Sockets = 40, OnEach = 20, Reads = 100;
    private const long MemoryMore = 300_000_000;

    // What a clerk still takes for an answer at once. On two cores, which the flood's own clients share, 266 ms were measured.
    private static readonly TimeSpan Slowest = TimeSpan.FromSeconds(1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sockets_that_ask_and_do_not_read_take_neither_memory_nor_time_from_others()
    {
        using var api = await platform.StartApi(("RateLimit__AnonymousRequests", "1200"), ("GraphQl__SendSeconds", "2"));
        var padding = new string('a', 150_000);
        object[] asked =
        [
            .. Enumerable.Range(0, 40).Select(i => new { id = $"q{i}", type = "subscribe", payload = new { query = "{ items(first: 100) { nodes { code name { zh en } materials { code name { zh en } } } } }" } }),
            .. Enumerable.Range(0, 200).Select(i => new { id = $"x{i}", type = "subscribe", payload = new { query = "{ a }", variables = new { v = padding } } }),
        ];
        await WhileOthersRead(api, async over =>
        {
            using var socket = await RawSocket.Open(api.Http.BaseAddress!, Ct);
            await socket.Send(new { type = "connection_init" });
            foreach (var message in asked.TakeWhile(_ => !over.IsCancellationRequested))
                await socket.Send(message);
        });
    }

    [Fact]
    public async Task Subscriptions_of_one_client_take_no_time_from_others()
    {
        using var api = await platform.StartApi();
        var token = await platform.Token(Department.MarketRegulation);
        var customs = new Client(api.Http, () => platform.Token(Department.Customs));
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var changing = Task.Run(
            async () =>
            {
                while (!over.IsCancellationRequested)
                    (await customs.Post("/v1/cases", Applications.For(Applications.Plain))).Must(201);
            },
            Ct);
        await WhileOthersRead(api, async ended =>
        {
            using var socket = await GraphQlClient.Socket(api.Http.BaseAddress!, token, ended);
            for (var id = 0; id < OnEach; id++)
                await socket.Send(new { type = "subscribe", id = $"{id}", payload = new { query = "subscription { tasksChanged { case { number } tasks { step { code } } } }" } }, ended);
            while (!ended.IsCancellationRequested)
                await socket.Receive(ended);
        });
        await over.CancelAsync();
        await changing;
    }

    // What a peer does, on as many sockets as it gets, again and again.
    private async Task WhileOthersRead(ChildProcess api, Func<CancellationToken, Task> peer)
    {
        var tax = new Client(api.Http, () => platform.Token(Department.Tax));
        await Read(tax); // The first requests of a process are slow.
        var (quiet, before) = (await Read(tax), api.Memory);
        var most = before;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var ended = new ConcurrentDictionary<string, int>();
        var peers = Enumerable.Range(0, Sockets).Select(_ => Task.Run(
            async () =>
            {
                while (!over.IsCancellationRequested)
                {
                    try
                    {
                        await peer(over.Token);
                    }
                    catch (Exception fault) when (fault is WebSocketException or SocketException or IOException or OperationCanceledException or InvalidOperationException or Xunit.Sdk.XunitException)
                    {
                        ended.AddOrUpdate(fault.GetType().Name, 1, (_, n) => n + 1);
                        await Task.Delay(100, CancellationToken.None);
                    }
                }
            },
            Ct)).ToArray();

        // Long enough for answers that are not taken to be given up.
        var flooded = new List<TimeSpan>();
        for (var lasting = Stopwatch.StartNew(); lasting.Elapsed < TimeSpan.FromSeconds(8); most = Math.Max(most, api.Memory))
            flooded.AddRange(await Read(tax));
        await over.CancelAsync();
        await Task.WhenAll(peers);

        Console.WriteLine($"quiet {Figures(quiet)}; meanwhile {Figures(flooded)}; {(most - before) / 1e6:F0} MB more; {string.Join(", ", ended)}");
        Assert.True(api.IsRunning);
        Assert.InRange(most - before, long.MinValue, MemoryMore);
        Assert.InRange(Percentile(flooded, 99), TimeSpan.Zero, Slowest);
    }

    private static async Task<List<TimeSpan>> Read(Client department)
    {
        var took = new List<TimeSpan>();
        for (var n = 0; n < Reads; n++)
        {
            var started = Stopwatch.GetTimestamp();
            (await department.Get("/v1/cases?first=20")).Must(200);
            took.Add(Stopwatch.GetElapsedTime(started));
        }
        return took;
    }

    private static string Figures(List<TimeSpan> took) => $"median {Percentile(took, 50).TotalMilliseconds:F1} ms, p99 {Percentile(took, 99).TotalMilliseconds:F1} ms";

    private static TimeSpan Percentile(List<TimeSpan> took, int percent) => took.Order().ElementAt((took.Count - 1) * percent / 100);
}
