using System.Text.Json;
using OneDoor.Cases;
using OneDoor.Platform;

namespace OneDoor.BusinessEnvironment;

/// <summary>How the operations on the business environment are asked for: about measures that market regulation owns and the service office reviews.</summary>
public sealed class PlannedMeasures(RunningPlatform platform)
{
    public const string Path = "/v1/business-environment/2020", Code = "government-1";

    public static readonly object Complete = new { percent = 100, note = "2.5小时办结。", evidence = new[] { new { text = "2020年5月月报", url = "https://example.com/2020-05" } } };

    private Client Owner => platform.As(Department.MarketRegulation);

    private Client Reviewer => platform.As(Department.ServiceOffice, RunningPlatform.Supervisor);

    /// <summary>A score of a topic's pillar.</summary>
    public static object Score(string pillar, decimal score, string assessor = "第三方甲") =>
        new { framework = "b-ready", edition = 2024, assessor, method = "问卷", topic = "business-entry", pillar, score, source = "报告第12页" };

    /// <summary>Does something to a measure as it stands.</summary>
    public static async Task<Answered> Do(Client by, string code, string command, object body)
    {
        var measure = (await by.Get($"{Path}/measures/{code}")).Must(200);
        return await by.Post($"{Path}/measures/{code}/{command}", body, ("If-Match", measure.ETag));
    }

    /// <summary>A request for an operation; null where it is about neither measures nor scores.</summary>
    public async Task<EntitledRequest?> For(string operation)
    {
        switch (operation)
        {
            case "getBusinessEnvironment":
                return About(null, Path, ("year", "2020"));
            case "getMeasure" or "getMeasureProgress":
                return OfMeasure(Code, null);
            case "reportMeasureProgress":
                await Bring("market-1", isSubmitted: false);
                return OfMeasure("market-1", new { percent = 50, note = "已启动。", evidence = new[] { new { text = "会议纪要第3号" } } });
            case "confirmMeasure":
                await Bring(Code, isSubmitted: true);
                return OfMeasure(Code, new { note = "抽查二十家。" });
            case "returnMeasure":
                await Bring(Code, isSubmitted: true);
                return OfMeasure(Code, new { reason = "发票次日才取得。" });
            case "getBusinessIndicators" or "getBusinessIndicatorsHistory":
                return About(null, "/v1/business-environment/2024/indicators", ("year", "2024"));
            case "setBusinessIndicators":
                return About(new { scores = new[] { Score("public-services", 55.5m, Guid.CreateVersion7(platform.Now).ToString()) } }, "/v1/business-environment/2024/indicators", ("year", "2024"));
            default:
                return null;
        }
    }

    // Whatever became of it before: what is complete can be returned, and what is not can be reported complete.
    private async Task Bring(string code, bool isSubmitted)
    {
        if ((await Owner.Get($"{Path}/measures/{code}")).Must(200).Json.Text("status") is "submitted" or "done")
            (await Do(Reviewer, code, "return", new { reason = "重新办理。" })).Must(200);
        if (isSubmitted)
            (await Do(Owner, code, "progress", Complete)).Must(200);
    }

    private EntitledRequest OfMeasure(string code, object? body) => About(body, $"{Path}/measures/{code}", ("year", "2020"), ("code", code));

    private EntitledRequest About(object? body, string read, params (string Name, string Value)[] path) =>
        new(null, path.ToDictionary(p => p.Name, p => p.Value), body is null ? null : JsonSerializer.SerializeToNode(body, PlatformJson.Options)!.AsObject()) { Read = () => platform.Anybody.Get(read) };
}
