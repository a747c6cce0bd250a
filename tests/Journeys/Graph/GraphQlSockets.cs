using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using OneDoor.Cases;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Graph;

/// <summary>Clients of GraphQL that ask for more than they take, or than is theirs, or for what is no message.</summary>
public sealed class GraphQlSockets(RunningPlatform platform)
{
    private const int Pushed = 400;
    private const string Long = "{ items(first: 100) { nodes { code name { zh en } materials { code name { zh en } } } } }";
    private const string Endless = "subscription { tasksChanged { case { id } } }";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_does_not_read_is_not_read_either_and_is_left_after_a_while()
    {
        await using var api = platform.StartApi(platform.Database, ("GraphQl:SendSeconds", "3"), ("GraphQl:ConnectionsPerCaller", "1"), ("GraphQl:Budget", "1000000"));
        using var peer = await RawSocket.Open(api.Address, Ct);
        await peer.Send(new { type = "connection_init" });
        var padding = new string('a', 150_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        long pushed = 0, most = 0;
        using var watching = new CancellationTokenSource();
        var watch = Task.Run(
            async () =>
            {
                for (; !watching.IsCancellationRequested; await Task.Delay(200, Ct))
                    most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            },
            Ct);

        // A connection that is over ends the pushing; nothing else does. Its answers, of 47 kB each, are more than a system's buffers hold.
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            for (var i = 0; i < 400; i++)
                await peer.Send(new { id = $"q{i}", type = "subscribe", payload = new { query = Long } });
            for (; pushed < Pushed; pushed++)
                await peer.Send(new { id = $"x{pushed}", type = "subscribe", payload = new { query = "{ a }", variables = new { v = padding } } });
        });
        await watching.CancelAsync();
        await watch;

        Assert.InRange(pushed, 0, Pushed / 4); // What fits into the system's buffers.
        Assert.InRange(most / 1e6, 0, 60);
        await RunningPlatform.Until(() => MayConnect(api), "its place is free again");
    }

    [Fact]
    public async Task An_operation_too_many_is_refused_and_those_that_run_go_on()
    {
        await using var api = platform.StartApi(platform.Database, ("GraphQl:OperationsPerSocket", "2"));
        using var socket = await GraphQlClient.Socket(api.Address, await platform.As(Department.Tax).Token(), Ct);
        foreach (var id in new[] { "1", "2", "3" })
            await socket.Send(new { type = "subscribe", id, payload = new { query = Endless } }, Ct);

        var refused = JsonElement.Parse(await socket.Receive(Ct));
        Assert.Equal(("error", "3"), (refused.Text("type"), refused.Text("id")));
        Assert.Equal("graphql.too-many-operations", refused.List("payload")[0].GetProperty("extensions").Text("code"));

        await socket.Send(new { type = "complete", id = "1" }, Ct);
        await RunningPlatform.Until(
            async () =>
            {
                await socket.Send(new { type = "subscribe", id = "4", payload = new { query = "{ __typename }" } }, Ct);
                return (await socket.Receive(Ct)).Contains("Query", StringComparison.Ordinal) && await socket.Receive(Ct) is { } complete && complete.Contains("complete", StringComparison.Ordinal);
            },
            "there is room again");
    }

    [Fact]
    public async Task A_message_counts_as_a_request_whatever_comes_of_it()
    {
        await using var api = platform.StartApi(platform.Database, ("RateLimit:Requests", "5"));
        var token = await platform.As(Department.Tax).Token();
        using var socket = await GraphQlClient.Socket(api.Address, token, Ct);
        var codes = new List<string>();
        for (var id = 1; id <= 6; id++)
        {
            await socket.Send(new { type = "subscribe", id = $"{id}", payload = new { query = "{ nothing }" } }, Ct);
            codes.Add(JsonElement.Parse(await socket.Receive(Ct)).List("payload")[0].GetProperty("extensions").Text("code"));
        }

        Assert.Equal([.. Enumerable.Repeat("graphql.validation", 5), "request.too-many"], codes);
        (await new Client(api.Http, () => Task.FromResult(token)).Get("/v1/cases")).Refuses(429, "request.too-many");
        await socket.Send(new { type = "ping" }, Ct);
        Assert.Equal("closed 4429", await socket.Receive(Ct));
    }

    [Fact]
    public async Task Text_that_is_none_is_refused_and_the_connection_goes_on()
    {
        const string Query = "query($code: String!) { item(code: $code) { code } }", Variables = """{"code":"\ud800"}""";
        using var socket = await GraphQlClient.Socket(platform.Api.Address, await platform.As(Department.Tax).Token(), Ct);
        await socket.SendAsync(
            Encoding.UTF8.GetBytes($$$"""{"type":"subscribe","id":"1","payload":{"query":"{{{Query}}}","variables":{{{Variables}}}}}"""), WebSocketMessageType.Text, endOfMessage: true, Ct);
        Assert.Contains("request.text-invalid", await socket.Receive(Ct), StringComparison.Ordinal);
        await socket.Send(new { type = "ping" }, Ct);
        Assert.Contains("pong", await socket.Receive(Ct), StringComparison.Ordinal);

        var inAddress = (await platform.Anybody.Get($"/graphql?query={Uri.EscapeDataString(Query)}&variables={Uri.EscapeDataString(Variables)}")).Must(400);
        Assert.Contains("request.text-invalid", inAddress.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_and_subscriptions_are_counted_by_caller()
    {
        await using var api = platform.StartApi(platform.Database, ("GraphQl:ConnectionsPerCaller", "2"), ("GraphQl:SubscriptionsPerCaller", "3"));
        var (tax, fire) = (await platform.As(Department.Tax).Token(), await platform.As(Department.Fire).Token());
        using var first = await GraphQlClient.Socket(api.Address, tax, Ct);
        using var second = await GraphQlClient.Socket(api.Address, tax, Ct);

        // A third of the same client's; another client has room of its own.
        using var third = await GraphQlClient.Connected(api.Address, Ct);
        await third.Send(new { type = "connection_init", payload = new { authorization = "Bearer " + tax } }, Ct);
        Assert.Equal("closed 4429", await third.Receive(Ct));
        using var stranger = await GraphQlClient.Socket(api.Address, fire, Ct);
        var events = new Client(api.Http, () => Task.FromResult(tax));
        var refused = (await events.Post("/graphql", new { query = Endless }, ("Accept", "text/event-stream"))).Must(429);
        Assert.Equal("graphql.too-many-connections", refused.Json.List("errors")[0].GetProperty("extensions").Text("code"));

        foreach (var socket in new[] { first, second })
        {
            foreach (var id in new[] { "1", "2" })
                await socket.Send(new { type = "subscribe", id, payload = new { query = Endless } }, Ct);
            // A message is read when the one before is under way: the first has its two before the second asks.
            if (socket == first)
            {
                await socket.Send(new { type = "ping" }, Ct);
                Assert.Contains("pong", await socket.Receive(Ct), StringComparison.Ordinal);
            }
        }
        Assert.Contains("graphql.too-many-operations", await second.Receive(Ct), StringComparison.Ordinal);
        await first.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", Ct);
        await RunningPlatform.Until(
            async () =>
            {
                using var again = await GraphQlClient.Connected(api.Address, Ct);
                await again.Send(new { type = "connection_init", payload = new { authorization = "Bearer " + tax } }, Ct);
                return (await again.Receive(Ct)).Contains("connection_ack", StringComparison.Ordinal);
            },
            "a connection that is over has given its place back");
    }

    [Fact]
    public async Task An_address_has_so_many_connections_that_have_not_said_whose_they_are()
    {
        await using var api = platform.StartApi(platform.Database, ("GraphQl:ConnectionsPerCaller", "2"));
        using var first = await GraphQlClient.Connected(api.Address, Ct);
        using var second = await GraphQlClient.Connected(api.Address, Ct);

        var refused = await Assert.ThrowsAsync<WebSocketException>(() => GraphQlClient.Connected(api.Address, Ct));

        Assert.Contains("429", refused.Message, StringComparison.Ordinal);
        // Whoever says whose it is gives the address's place back.
        await first.Send(new { type = "connection_init", payload = new { authorization = "Bearer " + await platform.As(Department.Tax).Token() } }, Ct);
        Assert.Contains("connection_ack", await first.Receive(Ct), StringComparison.Ordinal);
        using var third = await GraphQlClient.Connected(api.Address, Ct);
    }

    [Fact]
    public async Task A_change_is_looked_up_once_for_all_who_listen()
    {
        const int Listeners = 15;
        await using var api = platform.StartApi(platform.Database);
        using var socket = await GraphQlClient.Socket(api.Address, await platform.As(Department.MarketRegulation).Token(), Ct);
        for (var id = 0; id < Listeners; id++)
            await socket.Send(new { type = "subscribe", id = $"{id}", payload = new { query = Endless } }, Ct);
        // Whoever subscribes hears from then on, so cases come in until all have heard of one.
        var listening = AllHear("");
        await RunningPlatform.Until(
            async () =>
            {
                await CaseJourney.Submitted(platform, Applications.Plain);
                return await Task.WhenAny(listening, Task.Delay(300, Ct)) == listening;
            },
            "all listen");

        var lookedUp = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.GetTagItem("db.query.text") is string text && text.Contains("mt_doc_case", StringComparison.Ordinal) && text.StartsWith("select", StringComparison.Ordinal))
                    Interlocked.Increment(ref lookedUp);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await AllHear((await CaseJourney.Submitted(platform, Applications.Plain)).Id);

        // One, unless the sweep or a case of before comes at the same time.
        Assert.InRange(lookedUp, 1, 4);

        async Task AllHear(string ofCase)
        {
            for (var told = new HashSet<string>(); told.Count < Listeners;)
            {
                if (await socket.Receive(Ct) is var message && message.Contains(ofCase, StringComparison.Ordinal))
                    told.Add(JsonElement.Parse(message).Text("id"));
            }
        }
    }

    [Fact]
    public async Task What_is_no_message_is_told_by_the_code_that_closes_the_connection()
    {
        var id = new string('x', 200);
        var twice = new { type = "subscribe", id, payload = new { query = Endless } };
        var token = await platform.As(Department.Tax).Token();
        using var socket = await GraphQlClient.Socket(platform.Api.Address, token, Ct);
        await socket.Send(twice, Ct);
        await socket.Send(twice, Ct);
        Assert.Equal("closed 4409", await socket.Receive(Ct));

        foreach (var (code, text) in new[]
        {
            (1009, $"{{\"type\":\"ping\",\"payload\":\"{new string('a', 200_000)}\"}}"),
            (4400, """{"type":"\ud800"}"""),
            (4400, """{"type":"connection_init","payload":{"authorization":"\ud800"}}"""),
        })
        {
            using var other = await GraphQlClient.Connected(platform.Api.Address, Ct);
            await other.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, Ct);
            Assert.Equal($"closed {code}", await other.Receive(Ct));
        }
    }

    private static async Task<bool> MayConnect(InProcess<Caller> api)
    {
        try
        {
            using var socket = await GraphQlClient.Connected(api.Address, Ct);
            return true;
        }
        catch (WebSocketException)
        {
            return false;
        }
    }
}
