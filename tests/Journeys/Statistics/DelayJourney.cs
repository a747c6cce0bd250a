using System.Text.Json;
using OneDoor.Cases;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Statistics;

/// <summary>CLK-8, 优化营商环境条例 art. 36: the public figures say why cases were late.</summary>
public sealed class DelayJourney(RunningPlatform platform)
{
    private const Department Lead = Department.MarketRegulation;

    [Fact] // CLK-8
    public async Task Why_cases_were_late_is_counted_for_anybody_by_the_reason_that_was_given()
    {
        var cases = new List<CaseJourney>();
        for (var i = 0; i < CaseFigures.Least; i++)
            cases.Add(await CaseJourney.Accepted(platform, Applications.Plain, Lead));
        platform.PassUntil((await cases[^1].Now()).Promised().Instant("dueAt") + Sweeps.Every * 2);
        foreach (var @case in cases)
            await RunningPlatform.Until(async () => (await @case.Clock()).GetProperty("delay").ValueKind == JsonValueKind.Object, "the case is past its promise");
        var ids = string.Join(',', cases.Select(@case => $"'{@case.Id}'"));
        Assert.Equal(cases.Count, await platform.Database.Count($"select count(*) from onedoor.case_rows where late_for = 'unexplained' and id in ({ids})"));

        foreach (var @case in cases)
            (await @case.Do(Lead, "delay-reason", new { reason = "登记系统停机", cause = "system" })).Must(200);
        var delay = (await cases[0].Clock()).GetProperty("delay");
        Assert.Equal(("登记系统停机", "system"), (delay.Text("reason"), delay.Text("cause")));
        Assert.Equal("system", (await cases[0].History()).Single(entry => entry.Text("type") == "delay-explained").GetProperty("details").Text("cause"));
        platform.Pass(TimeSpan.FromMinutes(2));

        var figures = (await platform.Anybody.Get("/v1/statistics/delays")).Must(200).Json;
        var told = figures.List("causes").Single(row => row.GetProperty("cause").GetString() == "system");
        // Of the same twelve months: others' cases are late as well, and the tests' clock goes on.
        var said = await platform.Database.Count(
            $"""
            select count(distinct explained.stream_id) from onedoor.mt_events explained join onedoor.mt_events late on late.stream_id = explained.stream_id and late.type = 'case_overdue'
            where explained.type = 'delay_explained' and lower(explained.data ->> 'cause') = 'system' and (late.data ->> 'at')::timestamptz >= '{figures.Text("from")}T00:00:00+08:00'
            """);
        Assert.True(said >= cases.Count);
        Assert.Equal((said, false), (told.GetProperty("cases").GetInt64(), told.GetProperty("withheld").GetBoolean()));
        var asked = (await platform.Anybody.Ask("{ delayFigures { from to causes { cause withheld cases } } }")).GetProperty("delayFigures");
        Assert.Equal(said, asked.List("causes").Single(row => row.GetProperty("cause").GetString() == "SYSTEM").GetProperty("cases").GetInt64());
        Assert.Contains($"系统故障 · {said}", (await platform.Anybody.Get("/statistics?lang=zh-CN")).Must(200).Text, StringComparison.Ordinal);
    }
}
