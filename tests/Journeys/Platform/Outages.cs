using System.Collections.Concurrent;
using Npgsql;
using OneDoor.Cases;
using Xunit;

namespace OneDoor.Platform;

/// <summary>The database away, the process killed, the schema stale: nothing acknowledged is lost, and everybody is told.</summary>
public sealed class Outages(RunningPlatform platform)
{
    [Fact]
    public async Task Without_its_database_the_platform_says_when_to_come_back_and_recovers_by_itself()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database, ("Store:CommandTimeoutSeconds", "3"), ("Logging:LogLevel:Default", "None"));
        var customs = platform.As(Department.Customs).At(api.Http);
        var anybody = new Client(api.Http, null);
        (string, string) key = ("Idempotency-Key", "through-the-outage");
        var (before, during) = (Applications.For(Applications.Plain), Applications.For(Applications.Plain));
        var kept = (await customs.Post("/v1/cases", before)).Must(201);
        await RunningPlatform.Ready(api.Http);

        await database.GoAway();
        foreach (var path in new[] { "/v1/cases", "/v1/tasks", kept.Header("Location")! })
            Unavailable(await customs.Get(path));
        Unavailable(await customs.Post("/v1/cases", during, key));
        Unavailable(await customs.Post($"{kept.Header("Location")}/withdrawal", null, ("If-Match", kept.ETag)));
        Assert.Equal("Unhealthy\nThe database does not answer: see that PostgreSQL runs and takes connections.", (await anybody.Get("/health/ready")).Must(503).Text);
        (await anybody.Get("/health/live")).Must(200);

        await database.ComeBack();
        await RunningPlatform.Ready(api.Http);
        Assert.Equal(kept.Text, (await customs.Get(kept.Header("Location")!)).Must(200).Text);
        var retried = (await customs.Post("/v1/cases", during, key)).Must(201);
        Assert.Null(retried.Header("Idempotency-Replayed"));
        Assert.Equal(2, await database.Cases());
    }

    [Fact]
    public async Task A_migration_may_take_longer_than_a_request_may_wait()
    {
        await using var database = await platform.Template.Copy();
        await using var connection = new NpgsqlConnection(database.Connection);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        // What a release before had and nothing uses any more goes.
        await using (var lacking = new NpgsqlCommand("drop index onedoor.mt_doc_case_idx_number, onedoor.case_rows_late; create index case_rows_open on onedoor.case_rows (promised_at) where ended_at is null", connection))
            await lacking.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var reading = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var held = new NpgsqlCommand("lock table onedoor.mt_doc_case in row exclusive mode", connection))
            await held.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        // As OPERATING.md has it set for the role, only shorter.
        await database.Run("do $$ begin execute format('alter database %I set idle_in_transaction_session_timeout = ''1s''', current_database()); end $$");

        var migration = Operator.Run<Caller>(database, "migrate", "--Store:CommandTimeoutSeconds=1");
        var waiting = $"select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database() and now() - query_start > interval '2 s'";
        await RunningPlatform.Until(async () => migration.IsCompleted || await database.Count(waiting) == 1, "the migration has waited for two seconds");
        // Another one waits still: two at once would change the same.
        Assert.Equal(1, await database.Count("""
            select count(*) from pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())
                and (classid::bigint << 32 | objid::bigint) = hashtextextended('onedoor migrate', 0)
            """));
        await reading.RollbackAsync(TestContext.Current.CancellationToken);
        await migration;

        Assert.Equal("case_rows_late, mt_doc_case_idx_number", await database.First<string>("select string_agg(indexname, ', ' order by indexname) from pg_indexes where indexname in ('mt_doc_case_idx_number', 'case_rows_late', 'case_rows_open')"));
    }

    [Fact]
    public async Task The_platform_does_not_start_over_a_schema_that_is_not_its_own()
    {
        await using var empty = await Database.Empty();
        using var process = ChildProcess.Api(empty.Connection, Port.Free(),
            ("ASPNETCORE_ENVIRONMENT", "Production"), ("Authentication__Authority", "https://id.example.gov.cn"),
            ("Applicants__Secret", "known to this run of the tests alone"), ("Signing__Secret", "known to this run of the tests alone"));

        var code = await process.Ended(TimeSpan.FromSeconds(30));

        Assert.Equal(1, code);
        Assert.Contains("make migrate", process.Output, StringComparison.Ordinal);
        Assert.Equal(0, await empty.Count("select count(*) from information_schema.schemata where schema_name = 'onedoor'"));
    }

    [Fact]
    public async Task A_process_whose_clock_is_not_the_databases_is_not_ready_and_lapses_no_case()
    {
        await using var database = await platform.Template.Copy();
        await using var control = await platform.Template.Copy();
        await using var off = platform.StartApi(database, ("Store:ClockToleranceSeconds", "30"), ("Logging:LogLevel:Default", "None"));
        await using var trusted = platform.StartApi(control);
        async Task<Answered> Submit(InProcess<Caller> api) =>
            (await platform.As(Department.Customs).At(api.Http).Post("/v1/cases", Applications.For(Applications.Plain))).Must(201);
        await Submit(off);

        // Both look at the same ticks; by its second case the other one has looked twice.
        for (var round = 1; round <= 2; round++)
        {
            platform.PassUntil((await Submit(trusted)).Json.Instant("acceptBy") + Sweeps.Every);
            var lapsed = round;
            await RunningPlatform.Until(
                async () =>
                {
                    platform.Pass(TimeSpan.FromSeconds(1));
                    return await control.Count("select count(*) from onedoor.mt_events where type = 'case_accepted'") == lapsed;
                },
                "the other one lapses its case");
        }
        Assert.Contains("This machine's clock and the database's are too far apart", (await new Client(off.Http, null).Get("/health/ready")).Must(503).Text, StringComparison.Ordinal);
        Assert.Equal(1, await database.Facts());
    }

    [Fact]
    public async Task A_process_killed_under_load_loses_nothing_it_acknowledged_and_repeats_nothing()
    {
        await using var database = await platform.Template.Copy();
        await using var identity = RunningPlatform.StartIdentity(database, TimeProvider.System);
        var tokens = new IdentityClient(identity.Http, TimeProvider.System);
        (string, string)[] settings = [("ASPNETCORE_ENVIRONMENT", "Development"), ("Authentication__Authority", identity.Address.OriginalString)];
        var load = new Load(() => tokens.Token("sandbox-customs", RunningPlatform.Clerk));

        using (var first = ChildProcess.Api(database.Connection, Port.Free(), settings))
        {
            await first.Ready();
            var submitting = load.Submit(first.Http);
            await RunningPlatform.Until(() => Task.FromResult(load.Acknowledged.Count >= 100), "cases are submitted");
            await first.Kill();
            await submitting;
        }
        using var second = ChildProcess.Api(database.Connection, Port.Free(), settings);
        await second.Ready();
        Assert.NotEmpty(load.Unanswered);
        await load.Retry(second.Http);

        Assert.Empty(load.Unanswered);
        Assert.Equal(load.Acknowledged.Count, load.Acknowledged.Values.Distinct().Count());
        Assert.Equal(load.Acknowledged.Count, await database.Cases());
        foreach (var id in load.Acknowledged.Values)
            (await load.Client(second.Http).Get($"/v1/cases/{id}")).Must(200);
    }

    [Fact]
    public async Task A_platform_started_without_its_identity_server_refuses_no_good_token_but_says_when_to_come_back()
    {
        await using var database = await platform.Template.Copy();
        var port = Port.Free();
        await using var api = platform.StartApi(database, ("Authentication:Authority", $"http://127.0.0.1:{port}"), ("Logging:LogLevel:Default", "None"));
        var anybody = new Client(api.Http, null);
        var graph = new { query = "{ cases { nodes { id } } }" };
        Unavailable(await platform.As(Department.Customs).At(api.Http).Get("/v1/cases"));
        Assert.Equal(503, (await platform.As(Department.Customs).At(api.Http).Post("/graphql", graph)).Status);
        Assert.Contains("The identity server's keys have not been read yet", (await anybody.Get("/health/ready")).Must(503).Text, StringComparison.Ordinal);
        (await anybody.Get("/v1/catalogue/items")).Must(200);
        (await anybody.Get("/v1/cases")).Refuses(401, "auth.token-missing");

        await using (var identity = RunningPlatform.StartIdentity(database, platform.Time, port))
        {
            var customs = new Client(api.Http, () => new IdentityClient(identity.Http, platform.Time).Token("sandbox-customs", RunningPlatform.Clerk));
            await RunningPlatform.Ready(api.Http);
            (await customs.Get("/v1/cases")).Must(200);
        }

        // Keys that have been read are kept.
        await RunningPlatform.Ready(api.Http);
    }

    private static void Unavailable(Answered answer)
    {
        answer.Refuses(503, "platform.unavailable");
        Assert.NotNull(answer.Header("Retry-After"));
    }

    /// <summary>Several clients that submit without pause, each case under a key of its own, until nobody answers.</summary>
    private sealed class Load(Func<Task<string>> token)
    {
        private const int Clients = 6;
        private int _keys;

        /// <summary>Id of the case by key.</summary>
        public ConcurrentDictionary<string, string> Acknowledged { get; } = [];

        /// <summary>What was asked without an answer, by key.</summary>
        public ConcurrentDictionary<string, Dictionary<string, object?>> Unanswered { get; } = [];

        public Client Client(HttpClient http) => new(http, token);

        public Task Submit(HttpClient http) => Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => SubmitUntilDead(Client(http))));

        public async Task Retry(HttpClient http)
        {
            foreach (var key in Unanswered.Keys)
                await Ask(Client(http), key);
        }

        private async Task SubmitUntilDead(Client client)
        {
            while (true)
            {
                var key = $"load-{Interlocked.Increment(ref _keys)}";
                Unanswered[key] = Applications.ForToday(Applications.Establishment);
                try
                {
                    await Ask(client, key);
                }
                catch (HttpRequestException)
                {
                    return;
                }
            }
        }

        private async Task Ask(Client client, string key)
        {
            var answer = (await client.Post("/v1/cases", Unanswered[key], ("Idempotency-Key", key))).Must(201);
            Acknowledged[key] = answer.Json.Text("id");
            Unanswered.TryRemove(key, out _);
        }
    }
}
