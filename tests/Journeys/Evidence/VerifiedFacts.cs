using Microsoft.Extensions.DependencyInjection;
using OneDoor.Cases;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Evidence;

/// <summary><c>verify</c>: what somebody does to the facts at the database is named.</summary>
public sealed class VerifiedFacts(RunningPlatform platform)
{
    private const Department Lead = Department.MarketRegulation;

    [Fact]
    public async Task What_is_done_to_the_database_is_named_and_what_the_platform_does_is_not()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        await RunningPlatform.Ready(api.Http);
        var (first, second) = (await Accepted(api.Http), await Accepted(api.Http));
        await RunningPlatform.Until(async () => await database.Count("select (select count(*) from onedoor.mt_events) - (select coalesce(max(size), 0) from onedoor.log_head)") == 0, "all is in the log");
        var kept = (await platform.Anybody.At(api.Http).Get("/v1/log/checkpoint")).Must(200).Text;
        Assert.Null(await FirstWrong(api));

        async Task Names(string what, string done, string undone)
        {
            await database.Run(done);
            Assert.Contains(what, await FirstWrong(api), StringComparison.Ordinal);
            await database.Run(undone);
            Assert.Null(await FirstWrong(api));
        }
        // One byte of one fact, and of the personal data beside it.
        await Names(
            $"which led {first} to version 2, case_accepted, was altered", $"update onedoor.mt_events set data = jsonb_set(data, '{{deemed}}', 'true') where stream_id = '{first}' and version = 2",
            $"update onedoor.mt_events set data = jsonb_set(data, '{{deemed}}', 'false') where stream_id = '{first}' and version = 2");
        await Names(
            $"which led {first} to version 1, case_submitted, has had its personal data altered", $"create table kept as select * from onedoor.personal_parts where stream_id = '{first}' and version = 1; update onedoor.personal_parts set data = replace(data::text, '1', '2')::json where stream_id = '{first}' and version = 1",
            $"update onedoor.personal_parts p set data = kept.data from kept where p.stream_id = kept.stream_id and p.version = kept.version; drop table kept");
        await Names(
            $"which led {first} to version 1, case_submitted, lacks its personal data, and nobody has erased it",
            $"create table kept as select * from onedoor.personal_parts where stream_id = '{first}'; delete from onedoor.personal_parts where stream_id = '{first}'",
            "insert into onedoor.personal_parts select * from kept; drop table kept");
        // A fact that is gone, from within and from the end.
        foreach (var version in new[] { 2, 3 })
        {
            await Names(
                $"which led {second} to version {version}, is missing",
                $"create table kept as select * from onedoor.mt_events where stream_id = '{second}' and version = {version}; delete from onedoor.mt_events where stream_id = '{second}' and version = {version}",
                "insert into onedoor.mt_events select * from kept; drop table kept");
        }
        // A fact that was put in, before another that was altered.
        await Names(
            $"step_opened, of {first} at version 9, was inserted",
            $"create table kept as select * from onedoor.mt_events where stream_id = '{first}' and version = 3; update kept set seq_id = -1, id = gen_random_uuid(), version = 9; insert into onedoor.mt_events select * from kept; update onedoor.mt_events set data = jsonb_set(data, '{{deemed}}', 'true') where stream_id = '{second}' and version = 2",
            $"drop table kept; delete from onedoor.mt_events where seq_id = -1; update onedoor.mt_events set data = jsonb_set(data, '{{deemed}}', 'false') where stream_id = '{second}' and version = 2");
        // What is erased is erased by a fact, and no fact is changed by it.
        await Operator.Run<Caller>(database, "erase", $"--id={first}");
        Assert.Null(await FirstWrong(api));
        Assert.Equal(1, await database.Count($"select count(*) from onedoor.mt_events where type = 'personal_data_erased' and data ->> 'thing' = '{first}'"));
        // The log's own rows, and what was signed over them.
        await Names("is not what was signed", "update onedoor.log_head set checkpoint = replace(checkpoint, E'\n', E' \n')", "update onedoor.log_head set checkpoint = replace(checkpoint, E' \n', E'\n')");
    }

    [Fact] // as an operator runs it
    public async Task A_fact_that_is_put_in_at_the_end_is_named_though_the_log_has_taken_it()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        await RunningPlatform.Ready(api.Http);
        var id = await Accepted(api.Http);
        var kept = Path.GetTempFileName();
        await File.WriteAllTextAsync(kept, (await platform.Anybody.At(api.Http).Get("/v1/log/checkpoint")).Must(200).Text, TestContext.Current.CancellationToken);
        var (good, said) = await Run(database, $"--checkpoint={kept}");

        await database.Run($"""
            create table kept as select * from onedoor.mt_events where stream_id = '{id}' and version = 3; update kept set seq_id = nextval('onedoor.mt_events_sequence'), id = gen_random_uuid(), version = 4;
            insert into onedoor.mt_events select * from kept
            """);
        await RunningPlatform.Until(async () => await database.Count("select (select max(seq_id) from onedoor.mt_events) - number from onedoor.log_head") == 0, "all is in the log");

        Assert.Equal((0, true), (good, said.StartsWith("The facts are as they were stored", StringComparison.Ordinal)));
        var (exit, named) = await Run(database);
        Assert.Equal((1, true), (exit, named.Contains($"step_opened, of {id} at version 4, was inserted.", StringComparison.Ordinal)));
        await File.WriteAllTextAsync(kept, "onedoor", TestContext.Current.CancellationToken);
        Assert.Contains("is no checkpoint that this log has signed", (await Run(database, $"--checkpoint={kept}")).Said, StringComparison.Ordinal);
        File.Delete(kept);
    }

    [Fact] // who has the database and its secrets can make all of it anew, but not what others have kept
    public async Task A_log_that_was_made_anew_does_not_go_on_from_what_somebody_has_kept()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        await RunningPlatform.Ready(api.Http);
        await RunningPlatform.Until(async () => await database.Count("select (select count(*) from onedoor.mt_events) - (select coalesce(max(size), 0) from onedoor.log_head)") == 0, "all is in the log");
        var kept = (await platform.Anybody.At(api.Http).Get("/v1/log/checkpoint")).Must(200).Text;
        Assert.Null(await FirstWrong(api, kept));

        await database.Run("create table signed as select * from onedoor.log_head; update onedoor.mt_events set data = jsonb_set(data, '{version}', '99') where seq_id = 1; truncate onedoor.log_entries, onedoor.log_tiles, onedoor.log_head");
        await Add(api.Services.GetRequiredService<FactLog>());

        Assert.Null(await FirstWrong(api));
        Assert.Contains("does not go on from the checkpoint that was kept", await FirstWrong(api, kept), StringComparison.Ordinal);
        // Without the key they have to put back what was signed.
        await database.Run("delete from onedoor.log_head; insert into onedoor.log_head select * from signed");
        Assert.Contains("are not those that were signed", await FirstWrong(api), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facts_of_a_release_before_the_log_are_in_it_from_its_beginning()
    {
        await using var database = await platform.Template.Copy();
        await using (var api = platform.StartApi(database))
        {
            await RunningPlatform.Ready(api.Http);
            await Accepted(api.Http);
        }
        await database.Run("truncate onedoor.log_entries, onedoor.log_tiles, onedoor.log_head");
        var facts = await database.Count("select count(*) from onedoor.mt_events");
        await using var next = platform.StartApi(database);
        await RunningPlatform.Until(async () => await database.Count("select coalesce(max(size), 0) from onedoor.log_head") == facts, "all is in the log");

        Assert.Equal(facts / 256, await database.Count("select count(*) from onedoor.log_tiles where level = 8"));
        Assert.Null(await FirstWrong(next));
        await database.Run("update onedoor.mt_events set data = jsonb_set(data, '{version}', '99') where seq_id = 1");
        Assert.StartsWith("Fact 1, which led", await FirstWrong(next), StringComparison.Ordinal);
    }

    [Fact] // to move its personal data changes a fact, which nothing in the log may be
    public async Task The_log_waits_for_facts_that_hold_personal_data_still()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        await RunningPlatform.Ready(api.Http);
        var id = await Accepted(api.Http);
        await RunningPlatform.Until(async () => await database.Count("select coalesce(max(version), 0) from onedoor.log_entries where stream_id = '" + id + "'") == 3, "the case is in the log");
        await database.Run($"""
            delete from onedoor.personal_parts where stream_id = '{id}'; update onedoor.mt_events set data = data - 'personal' where stream_id = '{id}';
            truncate onedoor.log_entries, onedoor.log_tiles, onedoor.log_head
            """);
        var log = api.Services.GetRequiredService<FactLog>();

        Assert.Equal(Added.Waits, await Add(log));
        Assert.Equal(0, await database.Count($"select count(*) from onedoor.log_entries where stream_id = '{id}'"));
        await Operator.Run<Caller>(database, "separate");

        Assert.Equal(Added.All, await Add(log));
        Assert.Null(await FirstWrong(api));
    }

    private static async Task<Added> Add(FactLog log)
    {
        Added added;
        while ((added = await log.Add(long.MaxValue, TestContext.Current.CancellationToken)) == Added.Some)
        {
        }
        return added;
    }

    private async Task<string> Accepted(HttpClient api)
    {
        var submitted = (await platform.As(CaseJourney.Submitter).At(api).Post("/v1/cases", Applications.For(Applications.Plain))).Must(201);
        (await platform.As(Lead).At(api).Post($"{submitted.Header("Location")}/acceptance", null, ("If-Match", submitted.ETag))).Must(200);
        return submitted.Json.Text("id");
    }

    private static async Task<string?> FirstWrong(InProcess<Caller> api, string? kept = null)
    {
        var head = await api.Services.GetRequiredService<FactLog>().Head(TestContext.Current.CancellationToken);
        return await api.Services.GetRequiredService<VerifyFacts>().FirstWrong(head, kept is null ? null : Checkpoint.Read(kept)!.Value.Says, TestContext.Current.CancellationToken);
    }

    private static async Task<(int Exit, string Said)> Run(Database database, params string[] options)
    {
        using var command = ChildProcess.Command(database.Connection, ["verify", .. options], ("ASPNETCORE_ENVIRONMENT", "Development"), ("Logging__LogLevel__Default", "Warning"));
        return (await command.Ended(TimeSpan.FromMinutes(1)), command.Output);
    }
}
