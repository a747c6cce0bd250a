using System.Buffers.Binary;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using OneDoor.Cases;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Batches;

/// <summary>Batches that do not go through at once: whose process is killed, that are cancelled, and that hold a line of which nothing can be made (ENTRY-1).</summary>
public sealed class InterruptedBatches(RunningPlatform platform)
{
    // Each line takes a while, and one fails in a way that no rule knows.
    private const string Slow = """
        create function onedoor.slow() returns trigger language plpgsql as $$
        begin
            perform pg_sleep(0.05);
            if new.line = 7 then raise exception 'nobody knows why'; end if;
            return new;
        end $$;
        create trigger slow before update on onedoor.batch_lines for each row when (new.status = 'done') execute function onedoor.slow()
        """;

    private const string HasTheTurn =
        "select count(*) from pg_locks l join pg_stat_activity a using (pid) where l.locktype = 'advisory' and a.datname = current_database() and a.application_name = 'onedoor-api batches'";

    [Fact]
    public async Task What_a_killed_process_had_begun_another_ends_and_no_line_is_done_twice_or_left_out()
    {
        const int Lines = 100;
        await using var database = await platform.Template.Copy();
        await database.Run(Slow);
        using var first = ChildProcess.Api(database.Connection, Port.Free(), ("ASPNETCORE_ENVIRONMENT", "Development"), ("Authentication__Authority", platform.Identity.Address.OriginalString), ("Store__ClockToleranceSeconds", "1000000000"));
        await first.Ready();
        await RunningPlatform.Until(async () => await database.Count(HasTheTurn) == 1, "the first has the turn");
        await using var second = platform.StartApi(database);
        var employer = SampleBatches.Employer(platform, Applications.Company(), second.Http);
        var path = (await employer.SendBatch(SampleBatches.Csv(Enumerable.Range(1, Lines).Select(n => SampleBatches.Line(n))))).Must(202).Header("Location")!;

        await RunningPlatform.Until(async () => (await employer.Get(path)).Must(200).Json.Number("done") > 20, "some are done");
        await first.Kill();
        var before = (await employer.Get(path)).Must(200).Json.Number("done");
        var batch = await employer.Ended(path);

        Assert.InRange(before, 21, Lines - 2);
        Assert.Equal(("done", Lines - 1, 1), (batch.Text("status"), batch.Number("done"), batch.Number("failed")));
        Assert.Equal(Lines - 1, await database.Cases());
        Assert.Equal(Lines - 1, await database.Count("select count(distinct data #>> '{applicant,worker,citizenId}') from onedoor.mt_doc_case"));
        Assert.Equal(Lines - 1, await database.Count("select count(distinct case_id) from onedoor.batch_lines l join onedoor.mt_doc_case c on c.id = l.case_id"));
        var failed = (await employer.Get($"{path}/lines?status=failed")).Must(200).Json.List("items").Single();
        Assert.Equal((7, "batch.line-failed"), (failed.Number("line"), failed.List("problems").Single().Text("code")));
    }

    [Fact]
    public async Task A_cancelled_batch_makes_no_more_cases_and_what_it_said_is_dropped_after_thirty_days()
    {
        const int Lines = 200;
        await using var database = await platform.Template.Copy();
        await database.Run(Slow);
        // Until then nobody else has the turn, and all of them stay as they come.
        await using var turn = new Turn(database.Connection, "batches");
        Assert.True(await turn.IsOurs(TestContext.Current.CancellationToken));
        var time = new FakeTimeProvider(platform.Now.ToUniversalTime());
        await using var api = RunningPlatform.StartApi(database, platform.Identity, time);
        var department = platform.As(Department.Customs, $"{Scopes.CasesSubmit} {Scopes.CasesRead}", api.Http, time);
        var company = Applications.Company();
        var csv = SampleBatches.Csv(Enumerable.Range(1, Lines).Select(n => SampleBatches.Line(n)));
        var path = (await department.Send(
            HttpMethod.Post, SampleBatches.Address((string)company["name"]!), new StringContent(csv) { Headers = { ContentType = new MediaTypeHeaderValue(BatchFiles.Csv) } },
            (CaseFilter.ApplicantHeader, (string)company["uscc"]!))).Must(202).Header("Location")!;
        var employer = SampleBatches.Employer(platform, company, api.Http, time.GetUtcNow);
        await OnlySoManyAtATime(api.Http, employer);
        await turn.Yield();
        var followed = Followed(api.Http, await department.Token(), path);
        await RunningPlatform.Until(async () => (await department.Get(path)).Must(200).Json.Number("done") > 10, "some are done");
        var (then, soFar) = (time.GetUtcNow(), (await department.Get(path)).Must(200).Json.Number("done"));
        time.Advance(TimeSpan.FromMinutes(1));
        await RunningPlatform.Until(async () => (await department.Get(path)).Must(200).Json.Number("done") > soFar + 5, "more are done");

        (await department.Post($"{path}/cancellation")).Refuses(428, "request.if-match-missing");
        var cancelled = (await department.Post($"{path}/cancellation", null, ("If-Match", (await department.Get(path)).ETag))).Must(200);
        var told = await followed;

        Assert.Equal("cancelled", cancelled.Json.Text("status"));
        Assert.Contains("event: batch\ndata: {", told, StringComparison.Ordinal);
        Assert.Contains("\"status\":\"running\"", told, StringComparison.Ordinal);
        Assert.Contains("\"status\":\"cancelled\"", told.Split("event: batch")[^1], StringComparison.Ordinal);
        var done = (await department.Get(path)).Must(200).Json.Number("done");
        var was = (await department.Get($"{path}?asOf={Uri.EscapeDataString(then.ToString("O"))}")).Must(200).Json;
        Assert.Equal("running", was.Text("status"));
        Assert.InRange(was.Number("done"), soFar, done - 1);
        (await department.Get($"{path}?asOf={Uri.EscapeDataString(then.AddDays(-1).ToString("O"))}")).Refuses(404, "batch.not-found");
        // The employer sees what was sent for them, and applies there with every line.
        Assert.Equal("agency", (await employer.Get($"/v1/cases?ids={await OneOf(employer, path)}")).Must(200).Json.List("items").Single().Text("channel"));
        (await employer.Get($"{path}/report")).Must(200);
        Assert.Equal(Lines + Batch.MostOpen, await database.Count("select count(*) from onedoor.batch_lines where cells is not null"));
        // What is erased of a case is erased of its line as well.
        await Operator.Run<Caller>(database, "erase", $"--id={await OneOf(employer, path)}");
        Assert.Equal(Lines + Batch.MostOpen - 1, await database.Count("select count(*) from onedoor.batch_lines where cells is not null"));

        time.Advance(TimeSpan.FromDays(Batch.FileKeptDays));
        time.Advance(TimeSpan.FromMinutes(2));
        await RunningPlatform.Until(async () => (await employer.Get(path)).Must(200).Json.IsNull("fileUntil"), "it is dropped");

        Assert.Equal(0, await database.Count("select count(*) from onedoor.batch_lines where cells is not null"));
        (await employer.Get($"{path}/report")).Refuses(404, "batch.file-dropped");
        // What was on its way was done, two lines at most; then nothing more.
        var cases = await database.Cases();
        Assert.InRange(cases, done, done + 2);
        Assert.Equal(cases, (await employer.Get(path)).Must(200).Json.Number("done"));
    }

    [Fact]
    public async Task One_that_cannot_go_on_holds_up_no_other_and_a_line_that_another_request_is_on_is_asked_for_once_a_second()
    {
        await using var database = await platform.Template.Copy();
        await using var turn = new Turn(database.Connection, "batches");
        Assert.True(await turn.IsOurs(TestContext.Current.CancellationToken));
        await using var api = platform.StartApi(database);
        var company = Applications.Company();
        var employer = SampleBatches.Employer(platform, company, api.Http);
        async Task<string> Sent(int line) => (await employer.SendBatch(SampleBatches.Csv([SampleBatches.Line(line)]))).Must(202).Header("Location")!;
        var (broken, other, held) = (await Sent(1), await Sent(2), await Sent(3));
        await database.Run($$"""
            create function onedoor.broken() returns trigger language plpgsql as $$ begin raise exception 'nobody knows why'; end $$;
            create trigger broken before update on onedoor.mt_doc_batch for each row when (old.id = '{{broken[^36..]}}') execute function onedoor.broken()
            """);
        // Somebody is on the line's key.
        var line = await database.First<int>($"select line from onedoor.batch_lines where batch = '{held[^36..]}'");
        var key = BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"playground\np_{company["uscc"]}\nbatch {held[^36..]} {line}")));
        await using var another = await database.Open();
        await using (var holding = new NpgsqlCommand($"select pg_advisory_lock({key})", another))
            await holding.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await turn.Yield();

        Assert.Equal((1, 0), ((await employer.Ended(other)).Number("done"), (await employer.Get(broken)).Must(200).Json.Number("done")));
        // What an attempt drew in vain is kept as such: of the line alone, once the other batch has gone on.
        await database.Run("drop trigger broken on onedoor.mt_doc_batch");
        Assert.Equal(1, (await employer.Ended(broken)).Number("done"));
        var others = await Tombstones();
        async Task<long> Tried() => await Tombstones() - others;
        Task<long> Tombstones() => database.Count("select count(*) from onedoor.mt_events where type = 'tombstone'");
        await RunningPlatform.Until(async () => await Tried() > 0, "the line is tried");
        var (since, each) = (Stopwatch.StartNew(), await Tried());
        await RunningPlatform.Until(async () => await Tried() >= 3 * each, "it is tried twice more");
        Assert.InRange(since.Elapsed, TimeSpan.FromSeconds(1), RunningPlatform.Patience);
        await another.CloseAsync();
        Assert.Equal(1, (await employer.Ended(held)).Number("done"));
    }

    [Fact]
    public async Task What_a_release_before_has_stored_is_listed_after_the_upgrade()
    {
        await using var database = await platform.Template.Copy();
        var company = Applications.Company();
        string path;
        await using (var before = platform.StartApi(database))
        {
            path = (await platform.As(Department.Customs).At(before.Http).SendBatch(
                SampleBatches.Csv([SampleBatches.Line(1, ("occupation", "=A1"))]), (CaseFilter.ApplicantHeader, (string)company["uscc"]!))).Must(202).Header("Location")!;
            await SampleBatches.Employer(platform, company, before.Http).Ended(path);
        }
        // As it was before batches were listed.
        await database.Run("alter table onedoor.mt_doc_batch drop column received_at, drop column employer_key");
        await Operator.Run<Caller>(database, "migrate");
        await using var api = platform.StartApi(database);

        var listed = (await SampleBatches.Employer(platform, company, api.Http).Get("/v1/batches")).Must(200).Json.List("items").Single();
        Assert.Equal((path.Split('/')[^1], 0, 1), (listed.Text("id"), listed.Number("done"), listed.Number("failed")));
    }

    // Of one sender so many that are not done, and of one reader so many followed.
    private static async Task OnlySoManyAtATime(HttpClient http, Client sender)
    {
        var path = "";
        for (var n = 1; n <= Batch.MostOpen; n++)
            path = (await sender.SendBatch(SampleBatches.Csv([SampleBatches.Line(1, ("occupation", "=A1"))]))).Must(202).Header("Location")!;
        (await sender.SendBatch(SampleBatches.Csv([SampleBatches.Line(1)]))).Refuses(409, "batch.too-many");
        Assert.Equal("checking", (await sender.Get(path)).Must(200).Json.Text("status"));
        List<HttpResponseMessage> open = [];
        for (var n = 1; n <= 10; n++)
            open.Add(await Following(http, await sender.Token(), path));
        (await sender.Get(path, ("Accept", "text/event-stream"))).Refuses(429, "batch.too-many-follow");
        // Over GraphQL the stream has begun by then: it says why, and ends.
        List<string> told = [];
        await foreach (var next in http.Events(await sender.Token(), $"subscription {{ batchProgressed(id: \"{path.Split('/')[^1]}\") {{ status }} }}", ct: TestContext.Current.CancellationToken))
            told.Add(next.List("errors")[0].GetProperty("extensions").Text("code"));
        Assert.Equal(["batch.too-many-follow"], told);
        open.ForEach(response => response.Dispose());
    }

    private static async Task<string> OneOf(Client reader, string path) => (await reader.Get($"{path}/lines?status=done&first=1")).Must(200).Json.List("items").Single().Text("case");

    private static async Task<string> Followed(HttpClient http, string token, string path)
    {
        using var response = await Following(http, token, path);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<HttpResponseMessage> Following(HttpClient http, string token, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Accept = { new MediaTypeWithQualityHeaderValue("text/event-stream") }, Authorization = new("Bearer", token) } };
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return response;
    }
}
