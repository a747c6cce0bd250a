using System.Globalization;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Cases;

/// <summary>The clock of a case: pauses, the extension, what it explains, and reads as of the past (CLK-3 to CLK-5, CASE-8).</summary>
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
        var paused = (await @case.Do(Lead, "pauses", new { reason = "inspection", note = "现场检验" })).Must(200).Json;
        Assert.Equal("paused", paused.Text("status"));
        Assert.True(paused.Promised().IsNull("dueAt"));
        Assert.True(paused.Step("decision").IsNull("dueAt"));
        (await @case.Grant(Lead, "decision")).Refuses(409, "case.clock-paused");
        (await @case.Do(Lead, "pauses", new { reason = "hearing" })).Refuses(409, "case.clock-paused");
        (await @case.Do(Lead, "pauses/2/end")).Refuses(404, "case.pause-not-found");

        platform.Pass(TimeSpan.FromDays(2));
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

    [Fact]
    public async Task A_supervisor_extends_the_limit_once_by_at_most_ten_working_days()
    {
        platform.PassUntilMonday();
        var monday = DateOnly.FromDateTime(platform.Now.Date);
        var @case = await CaseJourney.Accepted(platform, Applications.Plain, Lead);

        (await @case.Do(Lead, "extension", new { workingDays = 5, reason = "情况复杂" })).Refuses(403, "case.only-a-supervisor-extends");
        (await @case.Supervise(Lead, "extension", new { workingDays = 11, reason = "情况复杂" })).Refuses(422, "case.extension-out-of-range");
        var extended = (await @case.Supervise(Lead, "extension", new { workingDays = 5, reason = "情况复杂" })).Must(200).Json;

        Assert.Equal(Written(monday.AddDays(10)), extended.Promised().Text("dueOn"));
        Assert.Equal(Written(monday.AddDays(10)), extended.Step("decision").Text("dueAt")[..10]);
        Assert.Equal(5, extended.GetProperty("clock").GetProperty("extendedBy").GetInt32());
        (await @case.Supervise(Lead, "extension", new { workingDays = 1, reason = "再次" })).Refuses(409, "case.already-extended");
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

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
