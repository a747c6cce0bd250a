using OneDoor.Platform;
using Xunit;

namespace OneDoor.Cases;

/// <summary>BAR-1: who gave false materials is warned and barred from what bears on safety, by whatever process and however they are known.</summary>
public sealed class FalseMaterialsJourney(RunningPlatform platform)
{
    private const Department Lead = Department.MarketRegulation;

    [Fact]
    public async Task Whoever_was_refused_for_false_materials_does_not_apply_again_until_the_bar_has_lapsed()
    {
        await using var another = platform.StartApi(platform.Database);
        var application = Applications.For(Applications.Plain);
        var uscc = (string)((Dictionary<string, object?>)application["applicant"]!)["uscc"]!;
        var @case = await CaseJourney.Submitted(platform, application);
        (await @case.Accept(Lead)).Must(200);
        (await @case.Do(Lead, "steps/decision/decision", new { outcome = "granted", falseMaterials = true })).Refuses(400, "request.unknown-field");

        var refused = (await @case.Supervise(Lead, "steps/decision/decision", new { outcome = "refused", reason = "检验报告系伪造", legalBasis = "《中华人民共和国行政许可法》第七十八条", falseMaterials = true })).Must(200).Json;

        var until = platform.Now.AddYears(1).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(refused.GetProperty("refusal").GetProperty("falseMaterials").GetBoolean());
        Assert.Equal(until, (await @case.History()).Single(h => h.Text("type") == "applicant-barred").GetProperty("details").Text("barredUntil"));
        Assert.Contains("给予警告", (await platform.As(Lead).Get($"{@case.Path}/documents/2", ("Accept", "application/json"))).Must(200).Json.Text("text"), StringComparison.Ordinal);

        // By another process, by another department, under another name and by the same number said otherwise.
        application["applicant"] = new { kind = "legal-entity", name = "改名后的公司", identifier = new { kind = "uscc", number = uscc } };
        foreach (var server in new[] { platform.Api.Http, another.Http })
        {
            var barred = (await platform.As(Department.Planning).At(server).Post("/v1/cases", application)).Refuses(403, "case.barred");
            Assert.Contains(until, barred.Json.Text("detail"), StringComparison.Ordinal);
        }
        // Nor by the next sub-item; another permission is open.
        Dictionary<string, object?> For(string item) => new(Applications.For(item)) { ["applicant"] = application["applicant"] };
        Assert.Contains(Applications.Plain, (await platform.As(Department.Planning).Post("/v1/cases", For("SAMR-028-02"))).Refuses(403, "case.barred").Json.Text("detail"), StringComparison.Ordinal);
        (await platform.As(Department.Planning).Post("/v1/cases", For(Applications.Committed))).Must(201);

        // The tests' clock is everybody's, so the bar is set back.
        await platform.Database.Run($$"""update onedoor.mt_doc_case set data = jsonb_set(data, '{bars,0,until}', '"{{platform.Now.AddDays(-1):yyyy-MM-dd}}"') where id = '{{@case.Id}}'""");
        (await platform.As(Department.Planning).Post("/v1/cases", For(Applications.Plain))).Must(201);
    }

    [Fact]
    public async Task Not_accepted_for_false_materials_bars_as_well_and_is_said_as_its_kind()
    {
        var application = Applications.For(Applications.Plain);
        var @case = await CaseJourney.Submitted(platform, application);
        (await @case.Supervise(Lead, "non-acceptance", new { kind = "false-materials", reason = "伪造", authority = "河西区市场监督管理局" })).Refuses(400, "request.unknown-field");

        var told = (await @case.Supervise(Lead, "non-acceptance", new { kind = "false-materials", reason = "检验报告系伪造" })).Must(200).Json;

        Assert.Equal(("not-accepted", "false-materials"), (told.Text("status"), told.GetProperty("nonAcceptance").Text("kind")));
        (await platform.As(CaseJourney.Submitter).Post("/v1/cases", application)).Refuses(403, "case.barred");
    }
}
