using System.Text.Json;
using System.Text.Json.Nodes;
using OneDoor.Cases;
using OneDoor.Platform;

namespace OneDoor.Emergencies;

/// <summary>How the operations on emergency projects are asked for about one that the service office has listed.</summary>
public sealed class ListedProjects(RunningPlatform platform)
{
    public const string Path = "/v1/emergency-projects";

    private Client Office => platform.As(Department.ServiceOffice, RunningPlatform.Supervisor);

    /// <summary>A project as the service office lists it, valid for so many days.</summary>
    public object Masks(int days = 90) => new
    {
        name = "口罩生产线扩建",
        ground = "疫情防控急需",
        issuedBy = "天津港保税区管理委员会",
        document = "津保应急〔2026〕1号",
        validUntil = Clock.LegalClock.DayOf(platform.Now).AddDays(days),
    };

    public async Task<Answered> Registered(int days = 90) => (await Office.Post(Path, Masks(days))).Must(201);

    public async Task<Answered> Closed(string id)
    {
        var project = (await Office.Get($"{Path}/{id}")).Must(200);
        return (await Office.Post($"{Path}/{id}/closing", new { reason = "任务完成" }, ("If-Match", project.ETag))).Must(200);
    }

    /// <summary>A request for an operation; null where it is about no emergency project.</summary>
    public async Task<EntitledRequest?> For(string operation) => operation switch
    {
        "registerEmergencyProject" => new(null, new Dictionary<string, string>(), Body(Masks())),
        "listEmergencyProjects" or "getEmergencyProject" or "getEmergencyProjectHistory" => About((await Registered()).Json.Text("id"), null),
        "closeEmergencyProject" => About((await Registered()).Json.Text("id"), new { reason = "任务完成" }),
        _ => null,
    };

    private EntitledRequest About(string id, object? body) =>
        new(null, new Dictionary<string, string> { ["id"] = id }, body is null ? null : Body(body)) { Read = () => Office.Get($"{Path}/{id}") };

    private static JsonObject Body(object body) => JsonSerializer.SerializeToNode(body, PlatformJson.Options)!.AsObject();
}
