using System.Text.Json;
using OneDoor.Cases;
using OneDoor.Platform;
using OneDoor.Standing;

namespace OneDoor.Supervision;

/// <summary>How the operations on supervision tasks are asked for about one that the service office opened for market regulation, by a grant to an applicant.</summary>
public sealed class OpenedSupervision(RunningPlatform platform, Dictionary<string, object?> applicant)
{
    public const string Item = "SAMR-018-01";
    public const Department Supervisor = Department.MarketRegulation;

    /// <summary>A request for an operation; null where it is about no supervision task.</summary>
    public async Task<EntitledRequest?> For(string operation) => operation switch
    {
        "listSupervisionTasks" or "getSupervisionTask" or "getSupervisionTaskHistory" or "acknowledgeSupervision" => About(await Opened()),
        "recordFinding" => About(await Opened(), Breach),
        "recordRectification" => About(await Done(await Opened(), "finding", Breach), new { outcome = "rectified" }),
        _ => null,
    };

    /// <summary>A finding that is to be put right.</summary>
    public object Breach => new { outcome = "breach", note = "没有质量管理制度。", rectifyBy = platform.Now.AddDays(10).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) };

    /// <summary>The id of a task that a grant by commitment opens.</summary>
    public async Task<string> Opened()
    {
        await new BreachedCommitments(platform, applicant).Forgiven();
        var granted = await CaseJourney.Submitted(platform, Applications.Committing(Item, applicant));
        return SupervisionTask.IdOf(Guid.Parse(granted.Id), granted.Receipt.Json.Each("licences", "number").Single()).ToString();
    }

    /// <summary>A command of who supervises, on the version that is there.</summary>
    public async Task<string> Done(string id, string command, object? body)
    {
        var client = platform.As(Supervisor, Scopes.SupervisionHandle);
        (await client.Post($"/v1/supervision-tasks/{id}/{command}", body, ("If-Match", (await client.Get($"/v1/supervision-tasks/{id}")).Must(200).ETag))).Must(200);
        return id;
    }

    private EntitledRequest About(string id, object? body = null) => new(
        null, new Dictionary<string, string> { ["id"] = id }, body is null ? null : JsonSerializer.SerializeToNode(body, PlatformJson.Options)!.AsObject())
    {
        Read = () => platform.As(Supervisor, Scopes.SupervisionHandle).Get($"/v1/supervision-tasks/{id}"),
    };
}
