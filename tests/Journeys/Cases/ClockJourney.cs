using System.Globalization;
using System.Text.Json;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Cases;

/// <summary>The clock of a case: pauses, the extension, what it explains, what is late, and reads as of the past (CLK-3 to CLK-5, CLK-8, CASE-8).</summary>
public sealed class ClockJourney(RunningPlatform platform)
{
    private const Department Lead = Department.MarketRegulation;

    [Fact]
    public async Task A_pause_stops_the_clock_and_its_end_moves_the_due_date()
    {
        platform.PassUntilMonday();
        var monday = DateOnly.FromDateTime(platform.Now.Date);
        var @case = await CaseJourney.Accepted(platform, Applications.Plain, Lead);
        Assert.Equal(Written(monday.AddDays(3)), (await @case.Now()).Promised().Text("dueOn"));

        platform.Pass(TimeSpan.FromDays(1));
        var paused = (await @case.Do(Lead, "pauses", Applications.Pause(platform.Now.AddDays(30), "鉴定评审"))).Must(200).Json;
        Assert.Equal("paused", paused.Text("status"));
        Assert.True(paused.Promised().IsNull("dueAt"));
        Assert.True(paused.Step("decision").IsNull("dueAt"));
        (await @case.Grant(Lead, "decision")).Refuses(409, "case.clock-paused");
        (await @case.Do(Lead, "pauses", Applications.Pause(platform.Now))).Refuses(409, "case.clock-paused");
        (await @case.Do(Lead, "pauses", Applications.Pause(platform.Now, reason: "inspection"))).Refuses(422, "case.procedure-not-prescribed");
        (await @case.Do(Lead, "pauses/2/end")).Refuses(404, "case.pause-not-found");

        platform.Pass(TimeSpan.FromDays(2));
        // While it goes on it says what has not counted so far: nothing of what is to come.
        Assert.Equal([Written(monday.AddDays(2)), Written(monday.AddDays(3))], (await @case.Clock()).GetProperty("promised").Each("skipped", "date"));
        var resumed = (await @case.Do(Lead, "pauses/1/end")).Must(200).Json;
        Assert.Equal("accepted", resumed.Text("status"));
        Assert.True(string.CompareOrdinal(resumed.Promised().Text("dueOn"), Written(monday.AddDays(3))) > 0);
        var pause = Assert.Single(resumed.GetProperty("clock").List("pauses"));
        Assert.Equal(platform.Now.AddDays(-2), pause.Instant("from"));
        Assert.Equal(platform.Now, pause.Instant("until"));
        Assert.Contains("paused", (await @case.Clock()).GetProperty("promised").Each("skipped", "kind"));
        Assert.Equal(
            ["case-submitted", "case-accepted", "step-opened", "clock-paused", "clock-resumed"], (await @case.History()).Select(h => h.Text("type")));
        await @case.Grant((Lead, "decision"));
    }

    [Fact]
    public async Task The_clock_names_every_day_it_did_not_count()
    {
        platform.PassUntilMonday();
        platform.Pass(TimeSpan.FromDays(2));
        var wednesday = DateOnly.FromDateTime(platform.Now.Date);
        var @case = await CaseJourney.Accepted(platform, Applications.Plain, Lead);

        var promised = (await @case.Clock()).GetProperty("promised");

        Assert.Equal(Written(wednesday.AddDays(5)), promised.Text("dueOn"));
        Assert.Equal([Written(wednesday.AddDays(3)), Written(wednesday.AddDays(4))], promised.Each("skipped", "date"));
        Assert.All(promised.Each("skipped", "kind"), kind => Assert.Equal("weekend", kind));
    }

    [Fact] // CLK-4
    public async Task A_supervisor_extends_the_statutory_limit_once_and_the_promise_stays()
    {
        platform.PassUntilMonday();
        var @case = await CaseJourney.Accepted(platform, Applications.Plain, Lead);
        var before = await @case.Now();

        (await @case.Do(Lead, "extension", Applications.Extension(5))).Refuses(403, "case.only-a-supervisor-extends");
        (await @case.Supervise(Lead, "extension", Applications.Extension(11))).Refuses(422, "case.extension-out-of-range");
        var extended = (await @case.Supervise(Lead, "extension", Applications.Extension(5))).Must(200).Json;

        Assert.True(string.CompareOrdinal(extended.Statutory().Text("dueOn"), before.Statutory().Text("dueOn")) > 0);
        Assert.Equal(before.Promised().GetRawText(), extended.Promised().GetRawText());
        Assert.Equal(before.Step("decision").GetRawText(), extended.Step("decision").GetRawText());
        Assert.Equal(5, extended.GetProperty("clock").GetProperty("extension").GetProperty("value").GetInt32());
        Assert.Equal(extended.Statutory().Text("dueOn"), (await @case.Clock()).GetProperty("statutory").Text("dueOn"));
        (await @case.Supervise(Lead, "extension", Applications.Extension(1))).Refuses(409, "case.already-extended");
    }

    [Fact] // CLK-8
    public async Task A_case_past_its_promise_says_so_and_the_department_says_why()
    {
        platform.PassUntilMonday();
        var @case = await CaseJourney.Accepted(platform, Applications.Plain, Lead);
        (await @case.Do(Lead, "delay-reason", new { reason = "鉴定机构停电" })).Refuses(409, "case.not-late");

        platform.PassUntil((await @case.Now()).Promised().Instant("dueAt") + Moments);
        await RunningPlatform.Until(async () => !Delay(await @case.Now()).IsNull("since"), "the case is past its promise");
        var told = (await @case.Do(Lead, "delay-reason", new { reason = "鉴定机构停电" })).Must(200).Json;

        Assert.Equal("鉴定机构停电", Delay(told).Text("reason"));
        Assert.Equal("鉴定机构停电", Delay(await @case.Now()).Text("reason"));
        Assert.Equal(["case-overdue", "delay-explained"], (await @case.History()).Select(h => h.Text("type")).TakeLast(2));
        var asked = await platform.As(Lead).Ask("query($id: ID!) { case(id: $id) { clock { delay { reason } } } }", new { id = @case.Id });
        Assert.Equal("鉴定机构停电", Delay(asked.GetProperty("case")).Text("reason"));
    }

    [Fact] // CLK-3, CLK-8: once, whatever number of processes looks
    public async Task What_becomes_due_is_recorded_once_by_two_processes()
    {
        await using var database = await platform.Template.Copy();
        await using var one = platform.StartApi(database);
        await using var other = platform.StartApi(database);
        await RunningPlatform.Ready(other.Http);
        var (late, paused) = (await Accepted(one.Http), await Accepted(other.Http));
        var lead = platform.As(Lead).At(other.Http);
        var until = platform.Now.AddDays(40);
        (await lead.Post($"{paused}/pauses", Applications.Pause(until), ("If-Match", (await lead.Get(paused)).ETag))).Must(200);
        Assert.DoesNotContain(paused, (await lead.Get("/v1/tasks?overdue=true&first=100")).Must(200).Text.Replace("\"id\":\"", "\"id\":\"/v1/cases/", StringComparison.Ordinal), StringComparison.Ordinal);

        platform.PassUntil(new DateTimeOffset(until.Date, until.Offset).AddDays(1) + Moments);
        await RunningPlatform.Until(async () => await Facts(database, "pause_overdue") + await Facts(database, "delay_unexplained") == 2, "what is due is recorded");
        platform.Pass(Moments + Moments);
        await platform.As(Lead).At(one.Http).Get(late);

        Assert.Equal((1, 1, 1), (await Facts(database, "pause_overdue"), await Facts(database, "case_overdue"), await Facts(database, "delay_unexplained")));
        Assert.Equal(1, await Facts(database, "statutory_limit_passed"));
        // CLK-7, CLK-8: whoever is above finds it by one filter, one level up as well.
        foreach (var above in new[] { lead, platform.As(Department.ServiceOffice).At(one.Http) })
        {
            foreach (var raised in new[] { "delay-unexplained", "statutory-limit-passed" })
                Assert.Equal([late], (await above.Get($"/v1/cases?raised={raised}")).Must(200).Json.Each("items", "id").Select(id => $"/v1/cases/{id}"));
        }
        Assert.Equal(1, (await lead.Ask("{ cases(raised: DELAY_UNEXPLAINED) { totalCount } }")).GetProperty("cases").GetProperty("totalCount").GetInt32());
        (await lead.Post($"{late}/delay-reason", new { reason = "停电" }, ("If-Match", (await lead.Get(late)).ETag))).Must(200);
        Assert.Empty((await lead.Get("/v1/cases?raised=delay-unexplained")).Must(200).Json.List("items"));
        var overdue = (await lead.Get("/v1/tasks?overdue=true&first=100")).Must(200).Json.List("items").Select(t => $"/v1/cases/{t.GetProperty("case").Text("id")}");
        Assert.Equal(new[] { late, paused }.Order(), overdue.Order());

        async Task<string> Accepted(HttpClient api)
        {
            var at = (await platform.As(CaseJourney.Submitter).At(api).Post("/v1/cases", Applications.For(Applications.Plain))).Must(201).Header("Location")!;
            (await platform.As(Lead).At(api).Post($"{at}/acceptance", null, ("If-Match", (await platform.As(Lead).At(api).Get(at)).ETag))).Must(200);
            return at;
        }
    }

    [Fact]
    public async Task A_case_reads_as_it_was_at_any_instant()
    {
        var before = platform.Now.AddMinutes(-1);
        var @case = await CaseJourney.Submitted(platform, Applications.Establishment);
        var submitted = await platform.As(CaseJourney.Submitter).Get(@case.Path);
        platform.Pass(TimeSpan.FromMinutes(10));
        (await @case.Accept(Lead)).Must(200);
        var accepted = await platform.As(CaseJourney.Submitter).Get(@case.Path);
        var acceptedAt = platform.Now;
        platform.Pass(TimeSpan.FromMinutes(10));
        await @case.Grant((Lead, "licence"));

        (await @case.AsOf(before)).Refuses(404, "case.not-found");
        Assert.Equal(submitted.Text, (await @case.AsOf(acceptedAt.AddTicks(-1))).Must(200).Text);
        var then = (await @case.AsOf(acceptedAt)).Must(200);
        Assert.Equal(accepted.Text, then.Text);
        Assert.Equal(accepted.ETag, then.ETag);
        Assert.Equal(accepted.Text, (await @case.AsOf(platform.Now.AddTicks(-1))).Must(200).Text);
        Assert.Equal((await platform.As(CaseJourney.Submitter).Get(@case.Path)).Text, (await @case.AsOf(platform.Now.AddYears(1))).Must(200).Text);
    }

    [Fact]
    public async Task An_instant_without_an_offset_is_no_instant()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);

        foreach (var asOf in new[] { "2026-02-30T10:00:00Z", "2026-03-09T10:00:00", "yesterday", "", "0001-01-01T00:00:00Z" })
        {
            var refused = (await platform.As(CaseJourney.Submitter).Get($"{@case.Path}?asOf={asOf}")).Refuses(400, "request.parameter-invalid");
            Assert.Equal("asOf", Assert.Single(refused.Json.Each("errors", "pointer")));
        }
    }

    private static TimeSpan Moments => Sweeps.Every * 2;

    private static JsonElement Delay(JsonElement @case) =>
        @case.GetProperty("clock").GetProperty("delay") is { ValueKind: JsonValueKind.Object } delay ? delay : JsonElement.Parse("""{ "since": null }""");

    private static Task<long> Facts(Database database, string type) => database.Count($"select count(*) from onedoor.mt_events where type = '{type}'");

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
