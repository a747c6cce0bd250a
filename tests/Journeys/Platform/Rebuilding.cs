using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OneDoor.Batches;
using OneDoor.Cases;
using OneDoor.Notifications;
using OneDoor.Tickets;
using OneDoor.Trials;
using OneDoor.Webhooks;
using Xunit;

namespace OneDoor.Platform;

/// <summary>What is stored beside the facts is made anew from them while the platform runs (CASE-8).</summary>
public sealed class Rebuilding(RunningPlatform platform)
{
    private const Department Lead = Department.MarketRegulation;

    // The stored states, what lists find and what figures are added up from, whole.
    private const string Stored = """
        select hashtextextended(
            (select string_agg(to_jsonb(d)::text, '' order by id) from (select id, data, mt_version, mt_dotnet_type, number, accept_by from onedoor.mt_doc_case) d)
            || (select string_agg(to_jsonb(f)::text, '' order by id, way) from onedoor.found f)
            || (select string_agg(to_jsonb(r)::text, '' order by id) from onedoor.case_rows r), 0)
        """;

    // Who has what sent by what.
    private const string Readers = "select coalesce(hashtextextended(string_agg(to_jsonb(r)::text, '' order by way, person, channel), 0), 0) from onedoor.mail_readers r";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_stored_comes_back_whatever_has_become_of_it()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        for (var i = 0; i < 5; i++)
            await Accept(api, await Submit(api, i % 2 == 0 ? Applications.Plain : Applications.Establishment));
        // STAT-2: who answered for it before is in its row.
        var handedOn = await Submit(api, Applications.Establishment);
        (await platform.As(Lead).At(api.Http).Post($"{handedOn.Header("Location")}/referrals", new { kind = "department", department = "tax", reason = "属税务职责。" }, ("If-Match", handedOn.ETag))).Must(200);
        Assert.Equal(1, await database.Count($"select count(*) from onedoor.case_rows where department = 'tax' and led -> 0 ->> 'department' = '{Kebab.Of(Lead)}'"));
        // Somebody reports from a table, and it is tuned.
        await database.Run("grant select on onedoor.mt_doc_case to pg_monitor; alter table onedoor.mt_doc_case alter column data set storage external");
        var (stored, indexes, grants) = (await database.Count(Stored), await Indexes(database), await Grants(database));

        await database.Run("""
            update onedoor.mt_doc_case set data = data || '{"status":"Withdrawn"}', number = null;
            delete from onedoor.found where way in (select min(way) from onedoor.found);
            update onedoor.found set state = 'Granted';
            update onedoor.case_rows set online = not online;
            """);
        Assert.NotEqual(stored, await database.Count(Stored));
        await Operator.Run<Caller>(database, "rebuild");

        Assert.Equal(stored, await database.Count(Stored));
        Assert.Equal((indexes, grants), (await Indexes(database), await Grants(database)));
        Assert.Equal(5, (await platform.As(Lead).At(api.Http).Get("/v1/cases?status=accepted")).Must(200).Json.List("items").Length);
    }

    [Fact]
    public async Task Every_kind_of_thing_comes_back_with_what_it_is_found_by()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        var employer = SampleBatches.Employer(platform, Applications.Company(), api.Http);
        await employer.Ended((await employer.SendBatch(SampleBatches.Csv([SampleBatches.Line(1)]))).Must(202).Header("Location")!);
        var kinds = api.Services.GetServices<ReadModel>().ToDictionary(kind => kind.Table);
        await ToldThings.Tell(api, [.. kinds.Values.Where(kind => kind.Type != typeof(Batch))], new("sandbox-service-office", "sandbox-service-office", Department.ServiceOffice));
        // A few have no story, and are made by who runs a hall or listens.
        await TellUntold(api);
        var stored = await Rows(database, kinds.Keys);
        Assert.Empty(stored.Where(table => table.Rows == 0).Select(table => table.Name));
        var readers = await database.Count(Readers);
        await database.Run("truncate onedoor.mail_readers");

        await Operator.Run<Caller>(database, "rebuild");

        Assert.Equal(stored, await Rows(database, kinds.Keys));
        Assert.Equal(readers, await database.Count(Readers));
    }

    [Fact]
    public async Task Nobody_notices_a_rebuild()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        for (var i = 0; i < 20; i++)
            await Submit(api, Applications.Establishment);

        var rebuilding = Operator.Run<Caller>(database, "rebuild");
        List<Task<string>> changed = [];
        while (!rebuilding.IsCompleted)
        {
            changed.Add(Task.Run(async () => await Accept(api, await Submit(api, Applications.Plain)), Ct));
            (await platform.As(Lead).At(api.Http).Get("/v1/tasks?status=open")).Must(200);
        }
        await rebuilding;
        var paths = await Task.WhenAll(changed);

        Assert.NotEmpty(paths);
        Assert.Equal(0, await database.Count("""
            select count(*) from onedoor.mt_streams s full join onedoor.mt_doc_case d using (id)
            where coalesce(s.type, 'case') = 'case' and (s.version is distinct from d.mt_version or s.version is distinct from (select max(version) from onedoor.found f where f.id = s.id))
            """));
        var stored = await database.Count(Stored);
        await Operator.Run<Caller>(database, "rebuild");
        Assert.Equal(stored, await database.Count(Stored));
        await Accept(api, await Submit(api, Applications.Plain));
    }

    [Fact]
    public async Task One_that_is_killed_leaves_everything_as_it_was_and_the_next_one_finishes()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        await Accept(api, await Submit(api, Applications.Plain));
        long stored;
        await using var connection = new NpgsqlConnection(database.Connection);
        await connection.OpenAsync(Ct);
        await using (var change = await connection.BeginTransactionAsync(Ct))
        {
            await using var held = new NpgsqlCommand("lock table onedoor.mt_streams in row exclusive mode", connection);
            await held.ExecuteNonQueryAsync(Ct);
            using var killed = ChildProcess.Command(database.Connection, ["rebuild"], ("ASPNETCORE_ENVIRONMENT", "Development"));
            await RunningPlatform.Until(
                async () => await database.Count("select count(*) from pg_locks where not granted and relation = 'onedoor.mt_streams'::regclass") == 1, "all is written but for the last", () => killed.Output);
            // Who is in the middle of a change that takes long holds up the rebuild, and nobody else.
            await Submit(api, Applications.Plain);
            stored = await database.Count(Stored);
            // There is one at a time.
            using var second = ChildProcess.Command(database.Connection, ["rebuild"], ("ASPNETCORE_ENVIRONMENT", "Development"));
            Assert.Equal(1, await second.Ended(TimeSpan.FromSeconds(30)));
            Assert.Contains("rebuild once that is over", second.Output, StringComparison.Ordinal);
            await killed.Kill();
        }

        Assert.Equal(stored, await database.Count(Stored));
        await Accept(api, await Submit(api, Applications.Plain));
        await RunningPlatform.Until(async () => await database.Count("select count(*) from pg_stat_activity where application_name = 'onedoor-api rebuild' and datname = current_database()") == 0, "the killed one's turn is over");
        await Operator.Run<Caller>(database, "rebuild");
        Assert.Equal(2, (await platform.As(Lead).At(api.Http).Get("/v1/tasks?status=open")).Must(200).Json.List("items").Length);
        Assert.Equal(0, await database.Count("select count(*) from pg_namespace where nspname = 'onedoor_rebuilt'"));
    }

    [Fact]
    public async Task What_the_facts_do_not_come_to_is_refused_and_holds_nobody_up()
    {
        await using var database = await platform.Template.Copy();
        await using (var api = platform.StartApi(database))
            await Submit(api, Applications.Plain);
        const string Newest = "from onedoor.mt_events where seq_id = (select max(seq_id) from onedoor.mt_events)";
        var (type, @case) = (await database.First<string>($"select type {Newest}"), await database.First<Guid>($"select stream_id {Newest}"));
        await database.Run($"update onedoor.mt_events set type = 'case_foretold' where stream_id = '{@case}' and type = '{type}'");
        using (var unknown = ChildProcess.Command(database.Connection, ["rebuild"], ("ASPNETCORE_ENVIRONMENT", "Development")))
        {
            Assert.Equal(1, await unknown.Ended(RunningPlatform.Patience));
            Assert.Contains("(case_foretold): rebuild by the release that wrote them", unknown.Output, StringComparison.Ordinal);
        }

        // A fact that somebody has deleted.
        await database.Run($"update onedoor.mt_events set type = '{type}' where type = 'case_foretold'; update onedoor.mt_streams set version = version + 1 where id = '{@case}'");
        using var missing = ChildProcess.Command(database.Connection, ["rebuild"], ("ASPNETCORE_ENVIRONMENT", "Development"));
        Assert.Equal(1, await missing.Ended(RunningPlatform.Patience));
        Assert.Contains($"of {@case}.", missing.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_has_lost_its_turn_puts_nothing_in_place()
    {
        await using var database = await platform.Template.Copy();
        await using var connection = await database.Open();
        await using var change = await connection.BeginTransactionAsync(Ct);
        await using (var held = new NpgsqlCommand("lock table onedoor.mt_streams in row exclusive mode", connection))
            await held.ExecuteNonQueryAsync(Ct);
        var rebuilding = Operator.Run<Caller>(database, "rebuild");
        await RunningPlatform.Until(() => Waits(database, "mt_streams"), "all is written but for the last");

        // From now on somebody may erase what it has read.
        Assert.Equal(1, await database.Count("select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'onedoor-api rebuild' and datname = current_database()"));
        await change.RollbackAsync(Ct);

        await Assert.ThrowsAsync<InvalidOperationException>(() => rebuilding);
        Assert.Equal(1, await database.Count("select count(*) from pg_namespace where nspname = 'onedoor_rebuilt'"));
    }

    [Fact]
    public async Task One_that_waits_for_who_waits_for_it_lets_them_pass_and_tries_again()
    {
        await using var database = await platform.Template.Copy();
        await using var connection = await database.Open();
        await using var change = await connection.BeginTransactionAsync(Ct);
        await using (var read = new NpgsqlCommand("lock table onedoor.found in access share mode", connection))
            await read.ExecuteNonQueryAsync(Ct);
        var rebuilding = Operator.Run<Caller>(database, "rebuild");
        await RunningPlatform.Until(() => Waits(database, "found"), "it puts its tables in place");

        await using (var written = new NpgsqlCommand("lock table onedoor.mt_streams in row exclusive mode", connection))
            await written.ExecuteNonQueryAsync(Ct);
        await change.CommitAsync(Ct);

        await rebuilding;
        Assert.Equal(0, await database.Count("select count(*) from pg_namespace where nspname = 'onedoor_rebuilt'"));
    }

    private static async Task<bool> Waits(Database database, string table) => await database.Count($"select count(*) from pg_locks where not granted and relation = 'onedoor.{table}'::regclass") == 1;

    private static async Task TellUntold(InProcess<Caller> api)
    {
        var (now, system, person) = (TimeProvider.System.GetUtcNow(), new Actor("sandbox-tax", "sandbox-tax", Department.Tax), new Actor("mobile", "p_chen", Applicant: "person:1"));
        await using var session = api.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        var webhook = Guid.CreateVersion7(now);
        session.Events.StartStream<Webhook>(webhook, new WebhookCreated(now, system, webhook, "https://tax.example/", ["onedoor.*"], null, "sealed", 0, "en", "https://onedoor.example"), new WebhookPaused(now, system));
        var preferences = NotificationPreferences.None(person);
        session.Events.StartStream<NotificationPreferences>(
            preferences.Id, new NotificationPreferencesSet(now, person, [NotificationChannel.Inbox, NotificationChannel.Email], "chen@example.com", true, null, "en", "13800000000", true), new NotificationEmailConfirmed(now),
            new NotificationPhoneConfirmed(now, person));
        var window = Window.Closed("airport", 1);
        session.Events.StartStream<Window>(window.Id, new WindowOpened(now, system, "airport", 1, ["market"]));
        var sample = Guid.CreateVersion7(now);
        session.Events.StartStream<SampleEvent>(sample, new SampleEventTriggered(now, system, sample, "onedoor.case.submitted", []));
        await session.SaveChangesAsync(Ct);
    }

    // Of each table how many rows there are, and all that is in them but when they were written.
    private static async Task<(string Name, long Rows, long All)[]> Rows(Database database, IEnumerable<string> tables)
    {
        List<(string, long, long)> rows = [];
        foreach (var table in tables)
        {
            rows.Add((table, await database.Count($"select count(*) from onedoor.{table}"), await database.Count(
                $"select coalesce(hashtextextended(string_agg((to_jsonb(d) - 'mt_last_modified')::text, '' order by id), 0), 0) from onedoor.{table} d")));
        }
        return [.. rows];
    }

    private async Task<Answered> Submit(InProcess<Caller> api, string item) =>
        (await platform.As(CaseJourney.Submitter).At(api.Http).Post("/v1/cases", Applications.For(item))).Must(201);

    private async Task<string> Accept(InProcess<Caller> api, Answered submitted)
    {
        (await platform.As(Lead).At(api.Http).Post($"{submitted.Header("Location")}/acceptance", null, ("If-Match", submitted.ETag))).Must(200);
        return submitted.Header("Location")!;
    }

    private static Task<long> Indexes(Database database) =>
        database.Count("select hashtextextended(string_agg(indexdef, '' order by indexdef), 0) from pg_indexes where schemaname = 'onedoor'");

    private static Task<string> Grants(Database database) =>
        database.First<string>("select relacl::text || ' ' || attstorage::text from pg_class c join pg_attribute a on a.attrelid = c.oid where c.oid = 'onedoor.mt_doc_case'::regclass and attname = 'data'");
}
