using System.Text.Json;
using Npgsql;
using OneDoor.Cases;
using OneDoor.Platform;
using OneDoor.Webhooks;
using Xunit;

namespace OneDoor.Observability;

/// <summary>What an operator sees of a request: its trace, what it counted for, its log.</summary>
public sealed class TracesAndMetrics(ObservedPlatform platform) : IClassFixture<ObservedPlatform>
{
    private const string Caller = "00f067aa0ba902b7";

    private Client Customs => platform.As(Department.Customs);

    private Client MarketRegulation => platform.As(Department.MarketRegulation);

    [Fact]
    public async Task One_trace_runs_from_the_callers_span_through_the_route_to_SQL()
    {
        var (trace, header) = NewTrace();

        (await Customs.Post("/v1/cases", Applications.For(Applications.Plain), header, ("tracestate", "vendor=theirs"), ("User-Agent", "theirs"))).Must(201);

        var request = await Arrived(span => span.TraceId == trace && span.Kind == Span.Server && span.Service == "onedoor-api");
        Assert.Equal(("onedoor-api", "POST /v1/cases/", Caller), (request.Service, request.Name, request.Parent));
        Assert.Equal(PlatformVersion.Number, platform.Collector.Releases[request.Service]);
        Assert.Equal("/v1/cases/", request.Attributes["url.path"]);
        Assert.Equal("201", request.Attributes["http.response.status_code"]);
        var commit = await Arrived(span => span.TraceId == trace && span.Source == "Npgsql"
            && span.Attributes["db.query.text"].Contains("insert into onedoor.mt_events", StringComparison.Ordinal));
        Assert.Contains("$1", commit.Attributes["db.query.text"], StringComparison.Ordinal);
        Assert.Equal("onedoor-api", commit.Attributes["db.npgsql.data_source"]);
        var spans = platform.Collector.Trace(trace).ToDictionary(span => span.Id);
        Assert.Contains(spans.Values, span => span.Source == "Marten");
        Assert.All(spans.Values, span => Assert.Equal(request.Id, Root(span, spans).Id));
    }

    [Fact]
    public async Task The_trace_of_a_submission_goes_on_to_its_webhook()
    {
        using var receiver = new Receiver();
        var webhook = await Told(receiver);
        var (trace, header) = NewTrace();

        var address = (await Customs.Post("/v1/cases", Applications.For(Applications.Plain), header, ("tracestate", "vendor=theirs"))).Must(201).Header("Location");

        await RunningPlatform.Until(() => Task.FromResult(receiver.Events.Any(told => told.Json.Text("subject") == address)), "it is told");
        var named = receiver.Events.First(told => told.Json.Text("subject") == address).Traceparent!.Split('-');
        var request = await Arrived(span => span.TraceId == trace && span.Kind == Span.Server);
        var delivery = await Arrived(span => span.TraceId == trace && span.Name == "webhook");
        var sent = await Arrived(span => span.Id == named[2]);
        Assert.Equal((trace, "01"), (named[1], named[3]));
        Assert.Equal((request.Id, delivery.Id, trace), (delivery.Parent, sent.Parent, sent.TraceId));
        // Of the receiver's address the path may be a secret.
        Assert.Equal(new Uri(receiver.Url).GetLeftPart(UriPartial.Authority), sent.Attributes["url.full"]);
        await Deleted(webhook);
    }

    [Fact]
    public async Task A_request_without_a_trace_begins_one_and_its_refusal_names_it()
    {
        var refused = (await Customs.Post("/v1/cases", new { })).Refuses(400, "request.field-missing");

        // Identity's part of the trace, should the API have to ask it for its keys, may arrive first.
        var request = await Arrived(span => span.TraceId == refused.Json.Text("traceId") && span is { Kind: Span.Server, Service: "onedoor-api" });
        Assert.Equal("", request.Parent);
        Assert.Equal("POST /v1/cases/", request.Name);
    }

    [Fact]
    public async Task A_refusal_names_the_callers_trace()
    {
        var (trace, header) = NewTrace();

        var refused = (await Customs.Get($"/v1/cases/{Guid.Empty}", header)).Refuses(404, "case.not-found");

        Assert.Equal(trace, refused.Json.Text("traceId"));
    }

    [Fact]
    public async Task Identity_traces_its_requests_to_SQL_as_well()
    {
        var (trace, header) = NewTrace();
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", "sandbox-tax"), new("client_secret", "sandbox-secret")]);

        (await new Client(platform.Identity.Http, null).Send(HttpMethod.Post, "/connect/token", form, header)).Must(200);

        var request = await Arrived(span => span.TraceId == trace && span.Kind == Span.Server);
        Assert.Equal(("onedoor-identity", "POST /connect/token", Caller), (request.Service, request.Name, request.Parent));
        Assert.Equal(PlatformVersion.Number, platform.Collector.Releases[request.Service]);
        var statement = await Arrived(span => span.TraceId == trace && span.Source == "Npgsql");
        Assert.Equal(request.Id, statement.Parent);
        Assert.Equal("onedoor-identity", statement.Attributes["db.npgsql.data_source"]);
    }

    [Fact]
    public async Task What_happens_to_cases_is_counted()
    {
        var application = Applications.For(Applications.Plain);
        (string, string) key = ("Idempotency-Key", "counted-once");
        await Counts(async () => (await Customs.Post("/v1/cases", application, key)).Must(201), "onedoor.cases.submitted", "{case}", ("onedoor.channel", "agency"));
        Answered submitted = null!;
        await Counts(async () => submitted = (await Customs.Post("/v1/cases", application, key)).Must(201), "onedoor.idempotency.replays", "{request}");
        var path = submitted.Header("Location")!;
        var accepted = (await MarketRegulation.Post($"{path}/acceptance", null, ("If-Match", submitted.ETag))).Must(200);
        await Counts(
            () => MarketRegulation.Post($"{path}/steps/{accepted.Json.List("steps")[0].Text("code")}/decision", new { outcome = "granted" }, ("If-Match", accepted.ETag)),
            "onedoor.steps.decided", "{step}", ("onedoor.outcome", "granted"));
        await Counts(
            () => MarketRegulation.Post($"{path}/acceptance", null, ("If-Match", submitted.ETag)),
            "onedoor.refusals", "{refusal}", ("onedoor.refusal.code", "request.stale"), ("http.response.status_code", "412"));
    }

    [Fact]
    public async Task GraphQL_is_counted_like_REST()
    {
        var change = new { query = $$"""mutation { withdrawCase(id: "{{Guid.Empty}}", version: 1) { problem { code } } }""" };
        await Counts(() => Customs.Post("/graphql", change), "onedoor.refusals", "{refusal}", ("onedoor.refusal.code", "case.not-found"));
        await Counts(() => Customs.Post("/graphql", change), "onedoor.graphql.cost", "{point}", ("graphql.operation.type", "mutation"));
        await Counts(() => Customs.Post("/graphql", new { query = "{" }), "onedoor.refusals", "{refusal}", ("onedoor.refusal.code", "graphql.syntax"));
    }

    [Fact]
    public async Task Tokens_are_counted_and_so_are_their_refusals()
    {
        await Counts(() => Token("sandbox-secret"), "onedoor.tokens.issued", "{answer}", ("oauth.grant.type", "client_credentials"));
        await Counts(() => Token("not-it"), "onedoor.oauth.refusals", "{refusal}", ("oauth.endpoint", "token"), ("oauth.error", "invalid_client"));
    }

    [Fact]
    public async Task Who_is_refused_is_an_event_of_the_security_log_at_both_servers_and_in_the_ordinary_log()
    {
        (await new Client(platform.Api.Http, null).Get("/v1/cases", ("Authorization", "Bearer made-up"))).Refuses(401, "auth.token-invalid");
        (await new Client(platform.Api.Http, () => platform.Tokens.Token("sandbox-tax", "cases:read")).Get("/v1/tasks")).Refuses(403, "auth.scope-missing");
        await new Client(platform.Api.Http, () => platform.Tokens.Token("sandbox-tax", "cases:read")).Post("/graphql", new { query = "{ tasks { nodes { step { code } } } }" });
        await Token("not-it");

        await Noted("onedoor-api", ("onedoor.event", "token-refused"), ("onedoor.reason", "auth.token-invalid"), ("onedoor.operation", "/v1/cases/"), ("client.address", "127.0.0.1"));
        await Noted("onedoor-api", ("onedoor.event", "access-refused"), ("onedoor.reason", "auth.scope-missing"), ("onedoor.client", "sandbox-tax"), ("onedoor.operation", "/v1/tasks"));
        await Noted("onedoor-api", ("onedoor.event", "access-refused"), ("onedoor.reason", "auth.scope-missing"), ("onedoor.client", "sandbox-tax"), ("onedoor.operation", "/graphql"));
        await Noted("onedoor-identity", ("onedoor.event", "token-refused"), ("onedoor.reason", "invalid_client"), ("onedoor.client", "sandbox-tax"), ("client.address", "127.0.0.1"));
        await Noted("onedoor-identity", ("onedoor.event", "token-issued"), ("onedoor.client", "sandbox-tax"));
        Assert.Contains("onedoor.event=access-refused onedoor.reason=auth.scope-missing onedoor.client=sandbox-tax", platform.Api.Output, StringComparison.Ordinal);
    }

    // Whoever shows a complaint's code is forgotten; what else they ask would be as well.
    [Fact]
    public async Task What_is_asked_beside_a_complaints_code_is_noted_for_the_code_is_asked_alone()
    {
        const string Shown = """complaint(id: "00000000-0000-0000-0000-000000000000", code: "made up") { id }""", Scopeless = "tasks { nodes { step { code } } }";
        var ct = TestContext.Current.CancellationToken;
        Task<string> Token(Department who) => platform.Tokens.Token($"sandbox-{Kebab.Of(who)}", "cases:read");
        static string Code(JsonElement error) => error.GetProperty("extensions").Text("code");

        var answer = (await new Client(platform.Api.Http, () => Token(Department.Planning)).Post("/graphql", new { query = $"{{ {Shown} {Scopeless} }}" })).Json;
        using var socket = await GraphQlClient.Socket(platform.Api.Http.BaseAddress!, await Token(Department.Ecology), ct);
        await socket.Send(new { type = "subscribe", id = "1", payload = new { query = $"{{ {Shown} }}" } }, ct);
        var sent = JsonElement.Parse(await socket.Receive(ct)).GetProperty("payload");
        Assert.Contains("complete", await socket.Receive(ct), StringComparison.Ordinal);
        await socket.Send(new { type = "subscribe", id = "2", payload = new { query = $"{{ {Scopeless} }}" } }, ct);

        Assert.Equal(["graphql.code-alone", "auth.scope-missing"], answer.List("errors").Select(Code));
        Assert.Equal(["graphql.code-alone"], sent.List("errors").Select(Code));
        foreach (var who in new[] { Department.Planning, Department.Ecology })
            await Noted("onedoor-api", ("onedoor.event", "access-refused"), ("onedoor.reason", "auth.scope-missing"), ("onedoor.client", $"sandbox-{Kebab.Of(who)}"), ("onedoor.operation", "/graphql"));
    }

    [Fact]
    public async Task Who_was_shown_a_case_is_in_the_log_of_reads_by_either_door()
    {
        var id = (await Customs.Post("/v1/cases", Applications.For(Applications.Plain))).Must(201).Json.Text("id");
        var tax = platform.As(Department.Tax);

        foreach (var read in new[] { "", "/history", "/clock" })
            (await Customs.Get($"/v1/cases/{id}{read}")).Must(200);
        (await Customs.Get("/v1/cases?first=100")).Must(200);
        (await MarketRegulation.Get("/v1/tasks?first=100&sort=due")).Must(200);
        (await Customs.Post("/graphql", new { query = $$"""{ case(id: "{{id}}") { number } cases(first: 100) { nodes { number } } }""" })).Must(200);
        (await MarketRegulation.Post("/graphql", new { query = """{ tasks(first: 100, sort: "due") { nodes { case { number } } } }""" })).Must(200);
        (await tax.Get($"/v1/cases/{id}")).Refuses(404, "case.not-found");

        (string Client, string Operation)[] shown =
        [
            ("sandbox-customs", "GET /v1/cases/{id:guid}"), ("sandbox-customs", "GET /v1/cases/{id:guid}/history"), ("sandbox-customs", "GET /v1/cases/{id:guid}/clock"),
            ("sandbox-customs", "GET /v1/cases/"), ("sandbox-customs", "Query.case"), ("sandbox-customs", "Query.cases"),
            ("sandbox-market-regulation", "GET /v1/tasks"), ("sandbox-market-regulation", "Query.tasks"),
        ];
        foreach (var one in shown)
            await RunningPlatform.Until(() => Task.FromResult(Shown(id).Any(read => (read["onedoor.client"], read["onedoor.operation"]) == one)), $"{one} is noted");
        Assert.DoesNotContain(Shown(id), read => read["onedoor.client"] == "sandbox-tax");
        Assert.All(Shown(id), read => Assert.Equal(["onedoor.case", "onedoor.client", "onedoor.event", "onedoor.operation"], read.Keys.Where(name => name.StartsWith("onedoor.", StringComparison.Ordinal)).Order()));
    }

    [Fact]
    public async Task What_waits_is_measured_for_as_long_as_it_waits()
    {
        var over = new TaskCompletionSource();
        using var receiver = new Receiver { Answer = (_, _) => over.Task };
        var webhook = await Told(receiver);
        async Task Submit() => (await Customs.Post("/v1/cases", Applications.For(Applications.Plain))).Must(201);

        // An attempt that is not answered, what follows the facts waiting for locks, and facts for a transaction that has drawn a number before theirs.
        await Submit();
        await RunningPlatform.Until(() => Task.FromResult(receiver.Events.Count > 0), "an attempt is made");
        await using (var locks = await Holding("select from onedoor.log_head for update; select from onedoor.webhook_places for update"))
        {
            await Submit();
            await Measured(("onedoor.delivery.lag", "webhooks"), ("onedoor.reaction.lag", "log"), ("onedoor.reaction.lag", "webhooks"));
            await using var drawn = await Holding("select nextval('onedoor.mt_events_sequence')");
            await Submit();
            await Measured(("onedoor.facts.lag", null));
        }
        over.SetResult();

        foreach (var (name, work) in Lags)
            await RunningPlatform.Until(() => Task.FromResult(LagOf(name, work) == 0), $"{name} {work} is over", () => $"{LagOf(name, work)}");
        await RunningPlatform.Until(
            () => Task.FromResult(platform.Collector.Points.Any(p => p.Name == "onedoor.deliveries" && p.Attributes.GetValueOrDefault("onedoor.status") == "delivered" && p.Value >= 3)), "what was delivered is counted");
        await Deleted(webhook);
    }

    [Theory]
    [InlineData("onedoor-api", "onedoor.sweep.lag", "s")]
    [InlineData("onedoor-api", "http.server.request.duration", "s")]
    [InlineData("onedoor-api", "db.client.operation.duration", "s")]
    [InlineData("onedoor-api", "db.client.connection.count", "{connection}")]
    [InlineData("onedoor-api", "marten.event.append", "events")]
    [InlineData("onedoor-api", "dotnet.gc.collections", "{collection}")]
    [InlineData("onedoor-identity", "http.server.request.duration", "s")]
    [InlineData("onedoor-identity", "db.client.connection.count", "{connection}")]
    public async Task Servers_and_their_libraries_are_measured(string service, string metric, string unit)
    {
        (await Customs.Post("/v1/cases", Applications.For(Applications.Plain))).Must(201);

        await RunningPlatform.Until(
            () => Task.FromResult(platform.Collector.Points.Any(p => (p.Service, p.Name, p.Unit) == (service, metric, unit))), $"{metric} of {service} in {unit} among {string.Join(", ", platform.Collector.Points.Select(p => $"{p.Name} {p.Unit}").Distinct())}");
    }

    [Fact]
    public async Task How_long_somebody_listens_is_not_how_long_answers_take()
    {
        var reader = new Client(platform.Api.Http, () => platform.Tokens.Token("sandbox-tax", Scopes.EventsRead));
        double Counted() => platform.Collector.Sum("http.server.request.duration", "s", ("http.route", "/v1/events/"), ("http.request.method", "GET"));
        async Task Asked(double times)
        {
            (await reader.Get("/v1/events")).Must(200);
            await RunningPlatform.Until(() => Task.FromResult(Counted() >= times), "a page is counted", () => $"{Counted()} of {times}");
        }
        await Asked(1);
        var before = Counted();

        using (var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events") { Headers = { Authorization = new("Bearer", await platform.Tokens.Token("sandbox-tax", Scopes.EventsRead)) } })
        {
            request.Headers.Accept.ParseAdd("text/event-stream");
            using var stream = await platform.Api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            Assert.Equal("text/event-stream", stream.Content.Headers.ContentType?.MediaType);
        }
        await Asked(before + 1);
        await Asked(before + 2);

        Assert.Equal(before + 2, Counted());
        Assert.DoesNotContain(platform.Collector.Points, p => p.Name == "http.server.request.duration" && p.Attributes.GetValueOrDefault("http.route")?.StartsWith("/health", StringComparison.Ordinal) == true);
    }

    private static readonly (string Name, string? Work)[] Lags =
        [("onedoor.facts.lag", null), ("onedoor.reaction.lag", "log"), ("onedoor.reaction.lag", "webhooks"), ("onedoor.delivery.lag", "webhooks")];

    private Client Owner => new(platform.Api.Http, () => platform.Tokens.Token("sandbox-market-regulation", Scopes.WebhooksManage));

    private async Task<string> Told(Receiver receiver) => (await Owner.Tells(receiver, "onedoor.case.submitted")).Header("Location")!;

    // What is sent to it would go on in the traces of the tests that follow.
    private async Task Deleted(string webhook) => (await Owner.Send(HttpMethod.Delete, webhook, null, ("If-Match", (await Owner.Get(webhook)).ETag))).Must(200);

    // By more than a commit takes.
    private async Task Measured(params (string Name, string? Work)[] lags)
    {
        foreach (var (name, work) in lags)
            await RunningPlatform.Until(() => Task.FromResult(LagOf(name, work) > 1), $"{name} {work} is measured", () => $"{LagOf(name, work)}");
    }

    private double? LagOf(string name, string? work) => platform.Collector.Points.SingleOrDefault(p => (p.Name, p.Unit) == (name, "s") && p.Attributes.GetValueOrDefault("onedoor.work") == work)?.Value;

    // In a transaction that stays open until the connection is closed.
    private async Task<NpgsqlConnection> Holding(string sql)
    {
        var connection = await platform.Database.Open();
        await using var command = new NpgsqlCommand($"begin; {sql}", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private IEnumerable<IReadOnlyDictionary<string, string>> Shown(string id) => platform.Collector.Logs
        .Where(log => log.Category == ReadLog.Category && log.Attributes.GetValueOrDefault("onedoor.case")?.Split(' ').Contains(id) is true)
        .Select(log => log.Attributes);

    private Task Noted(string service, params (string Name, string Value)[] attributes) => RunningPlatform.Until(
        () => Task.FromResult(platform.Collector.Logs.Any(log => (log.Service, log.Category) == (service, "OneDoor.Security")
            && attributes.All(attribute => log.Attributes.GetValueOrDefault(attribute.Name) == attribute.Value))),
        $"{service} notes {string.Join(' ', attributes)}");

    private async Task Token(string secret)
    {
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", "sandbox-tax"), new("client_secret", secret)]);
        await platform.Identity.Http.PostAsync("/connect/token", form);
    }

    private async Task Counts(Func<Task> act, string metric, string unit, params (string, string)[] attributes)
    {
        var before = await Settled(metric, unit, attributes);
        await act();
        await RunningPlatform.Until(
            () => Task.FromResult(platform.Collector.Sum(metric, unit, attributes) == before + 1), $"{metric} in {unit} is one more than {before}");
    }

    // What was counted before, once the export that was on its way has come.
    private async Task<double> Settled(string metric, string unit, (string, string)[] attributes)
    {
        var exports = platform.Collector.MetricExports;
        foreach (var (server, sent) in exports.ToArray())
            await RunningPlatform.Until(() => Task.FromResult(exports[server] >= sent + 2), $"{server} sends its metrics");
        return platform.Collector.Sum(metric, unit, attributes);
    }

    private async Task<Span> Arrived(Func<Span, bool> looked)
    {
        await RunningPlatform.Until(() => Task.FromResult(platform.Collector.Spans.Any(looked)), "the span arrives");
        return platform.Collector.Spans.First(looked);
    }

    private static Span Root(Span span, Dictionary<string, Span> spans)
    {
        while (spans.TryGetValue(span.Parent, out var parent))
            span = parent;
        return span;
    }

    private static (string Trace, (string, string) Header) NewTrace()
    {
        var trace = $"{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        return (trace, ("traceparent", $"00-{trace}-{Caller}-01"));
    }
}
