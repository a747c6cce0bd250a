using System.Net.Http.Json;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.BusinessEnvironment;

/// <summary>BE-1 by the public API alone: what is reported, found and scored, and what anybody reads of it.</summary>
public sealed class BusinessEnvironmentJourney(RunningPlatform platform)
{
    private const string Measure = $"{PlannedMeasures.Path}/measures/{PlannedMeasures.Code}", Indicators = "/v1/business-environment/2023/indicators";

    [Fact]
    public async Task A_measure_goes_from_the_plan_to_done_and_everybody_reads_how()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        var (owner, reviewer, anybody) = (
            platform.As(Department.MarketRegulation).At(api.Http), platform.As(Department.ServiceOffice, $"{RunningPlatform.Supervisor} {Scopes.EventsRead}").At(api.Http), platform.Anybody.At(api.Http));
        var planned = (await anybody.Get(PlannedMeasures.Path)).Must(200);
        var counts = planned.Json.GetProperty("counts");
        // All days of 2020 are over, and nothing has been reported here.
        Assert.Equal((5, 31, 31, 31), (planned.Json.List("aspects").Length, counts.GetProperty("measures").GetInt32(), counts.GetProperty("planned").GetInt32(), counts.GetProperty("overdue").GetInt32()));
        (await anybody.Get(PlannedMeasures.Path, ("If-None-Match", planned.ETag))).Must(304);

        var seen = (await anybody.Get(Measure)).Must(200);
        Assert.Equal((0, "planned", true), (seen.Json.GetProperty("version").GetInt32(), seen.Json.Text("status"), seen.Json.GetProperty("overdue").GetBoolean()));
        (await owner.Post($"{Measure}/progress", PlannedMeasures.Complete)).Refuses(428, "request.if-match-missing");
        (await owner.Post($"{Measure}/progress", new { percent = 100, note = "" }, ("If-Match", seen.ETag))).Refuses(422, "measure.text-invalid");
        var submitted = (await owner.Post($"{Measure}/progress", PlannedMeasures.Complete, ("If-Match", seen.ETag))).Must(200);
        Assert.Equal(("submitted", false), (submitted.Json.Text("status"), submitted.Json.GetProperty("overdue").GetBoolean()));
        (await owner.Post($"{Measure}/progress", PlannedMeasures.Complete, ("If-Match", seen.ETag))).Refuses(412, "request.stale");
        platform.Pass(TimeSpan.FromMinutes(1));
        var then = platform.Now;
        platform.Pass(TimeSpan.FromMinutes(1));

        var confirmed = await reviewer.Ask("""mutation { confirmMeasure(year: 2020, code: "government-1", version: 1, input: { note: "抽查二十家。" }) { measure { status version finding progress { type department percent } } problem { code } } }""");
        Assert.Equal(
            """{"measure":{"status":"DONE","version":2,"finding":"抽查二十家。","progress":[{"type":"measure-reported","department":"MARKET_REGULATION","percent":100},{"type":"measure-confirmed","department":"SERVICE_OFFICE","percent":null}]},"problem":null}""",
            confirmed.GetProperty("confirmMeasure").GetRawText());

        var history = (await anybody.Get($"{Measure}/progress")).Must(200);
        Assert.Equal(["2.5小时办结。", "抽查二十家。"], history.Json.Each("items", "text"));
        // Who it was of the department is nobody's to read.
        Assert.DoesNotContain("sandbox-", history.Text + (await anybody.Get(Measure)).Text, StringComparison.Ordinal);
        Assert.Equal("submitted", (await anybody.Get($"{Measure}?asOf={Uri.EscapeDataString(then.ToString("O"))}")).Must(200).Json.Text("status"));
        Assert.Equal(1, (await anybody.Get($"{PlannedMeasures.Path}?asOf={Uri.EscapeDataString(then.ToString("O"))}")).Must(200).Json.GetProperty("counts").GetProperty("submitted").GetInt32());
        await RunningPlatform.Until(async () => (await reviewer.Get("/v1/events?types=onedoor.measure.*")).Must(200).Json.Each("items", "type").SequenceEqual(["onedoor.measure.reported", "onedoor.measure.confirmed"]), "both are told");

        var page = (await anybody.Get("/business-environment/2020")).Must(200).Text;
        Assert.Contains("31项举措，已完成1项，待审核0项，推进中0项，未上报30项；逾期30项", page, StringComparison.Ordinal);
        Assert.Contains("""<a href="https://example.com/2020-05" rel="nofollow noopener noreferrer">2020年5月月报</a>""", page, StringComparison.Ordinal);
        Assert.Equal((31, 30), (page.Split("<tr><th scope=\"row\">").Length - 1, page.Split("class=\"late\"").Length - 1));

        var before = (await anybody.Get(Measure)).Text;
        await database.Run("delete from onedoor.mt_doc_measure");
        await Operator.Run<Caller>(database, "rebuild");
        Assert.Equal(before, (await anybody.Get(Measure)).Text);
        (await anybody.Get($"{PlannedMeasures.Path}/measures/government-99")).Refuses(404, "measure.not-found");
        (await anybody.Get("/v1/business-environment/2019")).Refuses(404, "business-environment.not-found");
    }

    [Fact]
    public async Task Scores_of_two_assessors_stand_apart_for_anybody()
    {
        // An edition may bear the name of the year that follows, and nobody else says anything of this one.
        var (office, anybody) = (platform.As(Department.ServiceOffice, RunningPlatform.Supervisor), platform.Anybody);
        (await anybody.Get("/business-environment/2023")).Refuses(404, "business-environment.not-found");
        object[] scores = [PlannedMeasures.Score("regulatory-framework", 70), PlannedMeasures.Score("public-services", 55.5m), PlannedMeasures.Score("operational-efficiency", 64.5m), PlannedMeasures.Score("public-services", 10, "第三方乙<b>")];
        var none = (await anybody.Get(Indicators)).Must(200);
        Assert.Equal(0, none.Json.GetProperty("version").GetInt32());
        (await Set([new { framework = "doing-business", edition = 2021, assessor = "甲", method = "问卷", topic = "starting-a-business", score = 90, source = "报告" }])).Refuses(422, "business-indicators.framework-ended");
        var set = (await Set(scores)).Must(200);

        Assert.Equal((1, 4), (set.Json.GetProperty("version").GetInt32(), set.Json.List("scores").Length));
        var mean = Assert.Single(set.Json.List("means"));
        Assert.Equal(("第三方甲", 63.33m, 190m, 3), (mean.Text("assessor"), mean.GetProperty("value").GetDecimal(), mean.GetProperty("numerator").GetDecimal(), mean.GetProperty("denominator").GetInt32()));
        (await Set([])).Refuses(412, "request.stale");
        Assert.Equal(set.Text, (await anybody.Get(Indicators)).Must(200).Text);
        var page = (await anybody.Get("/business-environment/2023")).Must(200).Text;
        Assert.Equal(2, page.Split("<table").Length - 1);
        Assert.Contains("第三方乙&lt;b&gt;", page, StringComparison.Ordinal);
        (await anybody.Get("/v1/business-environment/2002/indicators")).Refuses(404, "business-environment.not-found");

        // What was said before stays readable.
        var then = platform.Now;
        platform.Pass(TimeSpan.FromSeconds(1));
        (await Set([scores[0]], set.ETag)).Must(200);
        async Task<int> ScoresAsOf(DateTimeOffset at) => (await anybody.Get($"{Indicators}?asOf={Uri.EscapeDataString(at.ToString("O"))}")).Must(200).Json.List("scores").Length;
        Assert.Equal((0, 4, 1), (await ScoresAsOf(then.AddDays(-1)), await ScoresAsOf(then), await ScoresAsOf(platform.Now)));
        Assert.Equal([4, 1], (await anybody.Get($"{Indicators}/history")).Must(200).Json.List("items").Select(said => said.List("scores").Length));
        var asked = (await anybody.Ask($"{{ businessIndicators(year: 2023, asOf: \"{then:O}\") {{ version history {{ type version }} }} }}")).GetProperty("businessIndicators");
        Assert.Equal(1, asked.GetProperty("version").GetInt32());
        Assert.Equal(["business-indicators-set", "business-indicators-set"], asked.Each("history", "type"));
        (await anybody.Get("/v1/business-environment/2002/indicators/history")).Refuses(404, "business-environment.not-found");

        Task<Answered> Set(object[] all, string? seen = null) => office.Send(HttpMethod.Put, Indicators, JsonContent.Create(new { scores = all }), ("If-Match", seen ?? none.ETag));
    }
}
