using System.Text.Json;
using System.Text.Json.Nodes;
using OneDoor.Cases;
using OneDoor.Platform;

namespace OneDoor.Complaints;

/// <summary>How the operations on complaints are asked for about one of the tax department, by whoever is signed in or by a code.</summary>
/// <param name="platform">Where.</param>
/// <param name="isAnonymous">Whether nobody is to know who complains.</param>
public sealed class FiledComplaints(RunningPlatform platform, bool isAnonymous = false)
{
    public const string Handle = $"{Scopes.ComplaintsHandle} {Scopes.CasesSupervise}";

    private Client Office => platform.As(Department.ServiceOffice, Handle);

    /// <summary>Who complains under their name, as the callers of access-matrix.md call them.</summary>
    public Client Applicant => Somebody(platform, "p_applicant");

    /// <summary>A citizen of the sandbox, signed in at an app.</summary>
    public static Client Somebody(RunningPlatform platform, string subject, string scopes = Scopes.ComplaintsFile, HttpClient? at = null, TimeProvider? time = null) => platform.With(
        new() { ["sub"] = subject, ["client_id"] = "mobile", ["scope"] = scopes, [Claims.Applicant] = new ApplicantReference($"person:{subject}", "阿依古丽·买买提") }, at, time);

    private static readonly string[] Named = ["p_named"];

    /// <summary>A request for an operation; null where it is about no complaint.</summary>
    /// <param name="operation">Its id.</param>
    public async Task<EntitledRequest?> For(string operation) => operation switch
    {
        "fileComplaint" => new(null, new Dictionary<string, string>(), Body(Complaint)),
        "getComplaintFigures" => new(null, new Dictionary<string, string>(), null)
        {
            Query = new Dictionary<string, string> { ["from"] = $"{platform.Now.AddDays(-9):yyyy-MM-dd}", ["to"] = $"{platform.Now:yyyy-MM-dd}" },
        },
        "acceptComplaint" => About(await Filed(), new { named = Named }),
        "returnComplaint" => About(await Filed(), new { department = "customs", reason = "归海关。", againstDecision = true }),
        "listComplaints" or "getComplaint" or "getComplaintHistory" => About(await Accepted()),
        "extendComplaint" => About(await Accepted(), new { reason = "涉及两个部门。" }),
        "answerComplaint" => About(await Accepted(), new { finding = "upheld", text = "已经改正。" }),
        "rateComplaint" => About(await Answered(), new { satisfied = false }),
        "reopenComplaint" => About(await Answered(), new { reason = "没有人问过我。" }),
        _ => null,
    };

    private object Complaint => isAnonymous
        ? new { about = new { department = "tax" }, text = "等了两个小时。", anonymous = true }
        : new { about = new { department = "tax" }, text = "等了两个小时。", anonymous = false, contact = new { phone = "13900000000" } };

    private EntitledRequest About(Answered filed, object? body = null) => new(null, new Dictionary<string, string> { ["id"] = filed.Json.Text("id") }, body is null ? null : Body(body))
    {
        Read = () => Office.Get(PathOf(filed)), Code = isAnonymous ? filed.Json.Text("code") : null,
    };

    private async Task<Answered> Filed() => (await (isAnonymous ? platform.Anybody : Applicant).Post("/v1/complaints", Complaint)).Must(201);

    private async Task<Answered> Accepted()
    {
        var filed = await Filed();
        await Do(filed, "acceptance", null);
        return filed;
    }

    private async Task<Answered> Answered()
    {
        var filed = await Accepted();
        await Do(filed, "answer", new { finding = "partly", text = "已经改正。" });
        return filed;
    }

    private async Task Do(Answered filed, string command, object? body) =>
        (await Office.Post($"{PathOf(filed)}/{command}", body, ("If-Match", (await Office.Get(PathOf(filed))).ETag))).Must(200);

    private static string PathOf(Answered filed) => $"/v1/complaints/{filed.Json.Text("id")}";

    private static JsonObject Body(object body) => JsonSerializer.SerializeToNode(body, PlatformJson.Options)!.AsObject();
}
