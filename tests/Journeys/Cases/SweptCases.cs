using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OneDoor.Clock;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Cases;

/// <summary>Cases that nobody answers are recorded as accepted, whatever holds up one of them (CASE-2); <see cref="KilledSweeps"/> has several processes look for them.</summary>
/// <remarks>They have a time of their own: what becomes due with the months that pass here is recorded in these cases alone.</remarks>
public sealed class SweptCases(RunningPlatform platform)
{
    private readonly FakeTimeProvider _time = new(platform.Time.GetUtcNow());

    [Fact]
    public async Task What_cannot_be_recorded_holds_up_nothing_else()
    {
        await using var database = await platform.Template.Copy();
        await using var api = RunningPlatform.StartApi(database, platform.Identity, _time, null, ("Logging:LogLevel:Default", "None"));
        var customs = As(CaseJourney.Submitter, api);
        List<Answered> cases = [];
        for (var i = 0; i < 4; i++)
            cases.Add((await customs.Post("/v1/cases", Applications.For(Applications.Plain))).Must(201));
        // One that is always overtaken, as many before them as are recorded at a time that cannot even be read, a kind before cases that fails whole, and one after them.
        await database.Run($"""
            update onedoor.mt_streams set version = 7 where id = '{cases[1].Json.Text("id")}';
            insert into onedoor.mt_doc_case (id, data, mt_version, mt_dotnet_type, accept_by) select gen_random_uuid(), jsonb_build_object('status', 'Unheard'), 1, '', '2020-01-01' from generate_series(1, 100);
            alter table onedoor.files rename to files_away;
            insert into onedoor.review_devices (mark, day, device) values ('mark', '2020-01-01', gen_random_uuid());
            """);

        PassUntil(cases[^1].Json.Instant("acceptBy") + Sweeps.Every);
        await RunningPlatform.Until(async () => await Accepted(database) == 3, "three of four cases count as accepted");
        await RunningPlatform.Until(async () => await database.Count("select count(*) from onedoor.review_devices") == 0, "devices are forgotten");

        Assert.Equal("submitted", (await customs.Get(cases[1].Header("Location")!)).Json.Text("status"));
        var log = new Lines();
        var complete = new List<bool>();
        foreach (var sweep in api.Services.GetServices<ISweep>().Where(sweep => sweep.Name == nameof(Case)))
            complete.Add(await sweep.Record(api.Services.GetRequiredService<IDocumentStore>(), _time.GetUtcNow(), log, TestContext.Current.CancellationToken));
        Assert.Equal([false, true, true], complete.Order());
        var damaged = await database.First<Guid>("select id from onedoor.mt_doc_case where accept_by < '2021-01-01' limit 1");
        Assert.Single(log.Said, $"What has lapsed could not be recorded of Case {damaged}.");
    }

    [Fact] // CASE-14
    public async Task Whoever_answers_no_notice_is_reminded_once_by_two_processes_and_then_the_case_is_closed()
    {
        await using var database = await platform.Template.Copy();
        (string, string)[] soon = [("Corrections:AnswerWithin", "2"), ("Corrections:RemindBefore", "1")];
        await using var api = RunningPlatform.StartApi(database, platform.Identity, _time, null, soon);
        await using var another = RunningPlatform.StartApi(database, platform.Identity, _time, null, soon);
        var (customs, lead) = (As(CaseJourney.Submitter, api), As(Department.MarketRegulation, api));
        var path = (await customs.Post("/v1/cases", Applications.For(Applications.Plain))).Must(201).Header("Location")!;
        async Task<Answered> Do(Client who, string command, object body) => await who.Post($"{path}/{command}", body, ("If-Match", (await who.Get(path)).ETag));
        var sent = (await Do(lead, "correction-notices", new { lines = new[] { new { material = "staff-list", text = "请补齐。" } } })).Must(200).Json;
        var more = (await Do(customs, "correction-notices/extension", new { reason = "还要时间" })).Must(200).Json.List("correctionNotices")[0];
        Assert.True(more.Instant("answerBy") > sent.List("correctionNotices")[0].Instant("answerBy"));
        (await Do(lead, "lapse", new { reason = "逾期未补正" })).Refuses(409, "case.lapse-too-early");

        PassUntil(more.Instant("remindAt") + Sweeps.Every);
        await RunningPlatform.Until(async () => await Reminders(database) > 0, "the applicant is reminded");
        PassUntil(more.Instant("answerBy") + Sweeps.Every);
        var closed = (await Do(lead, "lapse", new { reason = "逾期未补正" })).Must(200).Json;

        Assert.Equal(("lapsed", "逾期未补正"), (closed.Text("status"), closed.GetProperty("lapse").Text("reason")));
        Assert.Equal(1, await Reminders(database));
        Assert.Equal(
            ["case-submitted", "correction-requested", "correction-extended", "correction-reminded", "step-cancelled", "case-lapsed"],
            (await customs.Get($"{path}/history")).Must(200).Json.List("items").Select(h => h.Text("type")));
    }

    [Fact] // CLK-7, MODE-7
    public async Task A_pledge_is_called_to_mind_and_missed_once_by_two_processes()
    {
        await using var database = await platform.Template.Copy();
        await using var api = RunningPlatform.StartApi(database, platform.Identity, _time);
        await using var another = RunningPlatform.StartApi(database, platform.Identity, _time);
        var (customs, lead) = (As(CaseJourney.Submitter, api), As(Department.MarketRegulation, api));
        var application = Applications.For(Applications.Establishment, "premises-proof");
        var supplyBy = LegalClock.DayOf(_time.GetUtcNow()).AddDays(4);
        application["pledges"] = new[] { Applications.Pledge("premises-proof", $"{supplyBy:yyyy-MM-dd}") };
        var submitted = (await customs.Post("/v1/cases", application)).Must(201);
        var path = submitted.Header("Location")!;
        (await lead.Post($"{path}/acceptance", null, ("If-Match", submitted.ETag))).Must(200);

        PassUntil(LegalClock.MidnightOf(supplyBy.AddDays(-3)) + Sweeps.Every);
        await RunningPlatform.Until(async () => await database.Count("select count(*) from onedoor.mt_events where type = 'pledge_due_soon'") > 0, "the pledge is called to mind");
        Assert.Equal("open", (await customs.Get(path)).Must(200).Json.List("pledges").Single().Text("state"));
        PassUntil(LegalClock.MidnightOf(supplyBy.AddDays(1)) + Sweeps.Every);
        await RunningPlatform.Until(async () => await database.Count("select count(*) from onedoor.mt_events where type = 'pledge_missed'") > 0, "the pledge is missed");
        _time.Advance(Sweeps.Every);

        var told = (await customs.Get($"{path}/history")).Must(200).Json.List("items").Where(entry => entry.Text("type").StartsWith("pledge-", StringComparison.Ordinal));
        Assert.Equal(
            [("pledge-due-soon", "premises-proof"), ("pledge-missed", "premises-proof")], told.Select(entry => (entry.Text("type"), entry.GetProperty("details").Text("material"))));
        Assert.Equal("missed", (await customs.Get(path)).Must(200).Json.List("pledges").Single().Text("state"));
    }

    [Fact] // CLK-2
    public async Task Limits_that_waited_for_a_holiday_notice_are_settled_once_by_two_processes_that_know_it()
    {
        await using var database = await platform.Template.Copy();
        var without2026 = new LegalClock(new WorkingDays([.. WorkingDays.StateCouncil.Years.Where(year => year.Year < 2026)]), HallDirectory.Zone);
        // In a year whose notice this release knows, however far the tests' clock has gone.
        var then = new FakeTimeProvider(new DateTimeOffset(2026, 3, 9, 1, 30, 0, TimeSpan.Zero));
        Client Of(Department department, InProcess<Caller> at) => platform.As(department, RunningPlatform.Clerk, at.Http, then);
        string path;
        await using (var before = RunningPlatform.StartApi(database, platform.Identity, then, without2026))
        {
            var lead = Of(Department.MarketRegulation, before);
            var submitted = (await Of(CaseJourney.Submitter, before).Post("/v1/cases", Applications.For(Applications.Plain))).Must(201);
            path = submitted.Header("Location")!;
            Assert.True((await lead.Post($"{path}/acceptance", null, ("If-Match", submitted.ETag))).Must(200).Json.GetProperty("clock").GetProperty("promised").GetProperty("provisional").GetBoolean());
        }

        await using var api = RunningPlatform.StartApi(database, platform.Identity, then);
        await using var another = RunningPlatform.StartApi(database, platform.Identity, then);
        then.Advance(Sweeps.Every);
        await RunningPlatform.Until(async () => await Settled(database) > 0, "the limits are settled");
        then.Advance(Sweeps.Every);

        var customs = Of(CaseJourney.Submitter, api);
        var now = (await customs.Get(path)).Must(200).Json.GetProperty("clock");
        var told = (await customs.Get($"{path}/history")).Must(200).Json.List("items")[^1];
        Assert.False(now.GetProperty("promised").GetProperty("provisional").GetBoolean());
        Assert.Equal(("limits-settled", now.GetProperty("promised").Instant("dueAt")), (told.Text("type"), told.GetProperty("details").Instant("promisedDueAt")));
        Assert.Equal(1, await Settled(database));
    }

    [Fact] // APP-2
    public async Task What_one_party_never_signs_lapses_once_by_two_processes()
    {
        await using var database = await platform.Template.Copy();
        await using var api = RunningPlatform.StartApi(database, platform.Identity, _time);
        await using var another = RunningPlatform.StartApi(database, platform.Identity, _time);
        var customs = As(CaseJourney.Submitter, api);
        var application = Applications.For(Applications.Pledged);
        application["applicant"] = Applications.Jointly(("pledgor", Applications.Company()), ("pledgee", Applications.Company()));
        var begun = (await customs.Post("/v1/cases", application)).Must(201);
        var path = begun.Header("Location")!;

        PassUntil(begun.Json.Instant("signBy") + Sweeps.Every * 2);
        await RunningPlatform.Until(async () => (await customs.Get(path)).Json.Text("status") == "lapsed", "it lapses");

        Assert.Equal(["signatures-awaited", "signatures-lapsed"], (await customs.Get($"{path}/history")).Must(200).Json.List("items").Select(h => h.Text("type")));
        Assert.Equal(2, await database.Count("select count(*) from onedoor.mt_events where type like '%signatures%'"));
        var late = new { digest = Applications.Declared.Digest, signatory = "陈建国", party = 0 };
        (await customs.Post($"{path}/signatures", late, ("If-Match", (await customs.Get(path)).ETag))).Refuses(409, "case.not-in-this-state");
    }

    private Client As(Department department, InProcess<Caller> api) => platform.As(department, RunningPlatform.Supervisor, api.Http, _time);

    private void PassUntil(DateTimeOffset later) => _time.Advance(later - _time.GetUtcNow());

    private static Task<long> Reminders(Database database) => database.Count("select count(*) from onedoor.mt_events where type = 'case_correction_reminded'");

    private static Task<long> Settled(Database database) => database.Count("select count(*) from onedoor.mt_events where type = 'limits_settled'");

    private static Task<long> Accepted(Database database) => database.Count("select count(*) from onedoor.mt_events where type = 'case_accepted'");

    /// <summary>What an operator reads.</summary>
    private sealed class Lines : ILogger
    {
        public List<string> Said { get; } = [];

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Said.Add(formatter(state, exception));

        public bool IsEnabled(LogLevel logLevel) => true;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;
    }
}
