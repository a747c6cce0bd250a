using System.Globalization;
using System.Text.Json;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>A case on its way through the departments, moved by the public API alone.</summary>
public sealed class CaseJourney
{
    /// <summary>Customs has no step in the cases of these tests: it submits for the applicant and so sees the whole case.</summary>
    public const Department Submitter = Department.Customs;

    private readonly RunningPlatform _platform;

    private CaseJourney(RunningPlatform platform, Answered receipt)
    {
        _platform = platform;
        Receipt = receipt;
        Id = receipt.Json.Text("id");
    }

    public string Id { get; }

    /// <summary>The answer to the submission.</summary>
    public Answered Receipt { get; }

    public string Path => $"/v1/cases/{Id}";

    /// <summary>A case for an item, complete but for the materials left out.</summary>
    public static Task<CaseJourney> Submitted(RunningPlatform platform, string item, params string[] without) =>
        Submitted(platform, Applications.For(item, without));

    public static async Task<CaseJourney> Submitted(RunningPlatform platform, Dictionary<string, object?> application, Department by = Submitter) =>
        new(platform, (await platform.As(by).Post("/v1/cases", application)).Must(201));

    /// <summary>A case that the lead department has taken on.</summary>
    public static async Task<CaseJourney> Accepted(RunningPlatform platform, string item, Department lead)
    {
        var submitted = await Submitted(platform, item);
        (await submitted.Accept(lead)).Must(200);
        return submitted;
    }

    public Task<Answered> Accept(Department by, object? body = null) => Do(by, "acceptance", body);

    public Task<Answered> Grant(Department by, string step) => Grant(by, step, Founds(step) ? Applications.FreshUscc() : null);

    /// <summary>Grants a step, and gives what was founded its code.</summary>
    public Task<Answered> Grant(Department by, string step, string? uscc) =>
        Do(by, $"steps/{step}/decision", uscc is null ? new { outcome = "granted" } : (object)new { outcome = "granted", uscc });

    private bool Founds(string step) => step == "licence" && Receipt.Json.GetProperty("applicant").Text("kind") == "founders";

    /// <summary>Grants one step after the other.</summary>
    public async Task Grant(params (Department By, string Step)[] steps)
    {
        foreach (var (by, step) in steps)
            (await Grant(by, step)).Must(200);
    }

    /// <summary>Every department with a step but the lead says that it misses nothing.</summary>
    public async Task<CaseJourney> OthersMissNothing(Department lead)
    {
        foreach (var other in Receipt.Json.List("steps").Where(step => step.Text("status") != "waived").Select(step => step.Text("department")).Distinct())
            if (Enum.GetValues<Department>().First(department => Kebab.Of(department) == other) is var heard && heard != lead)
                (await Do(heard, "correction-notices/lines", new { lines = Array.Empty<object>() })).Must(200);
        return this;
    }

    /// <summary>A department's command on the version it sees now.</summary>
    public Task<Answered> Do(Department by, string command, object? body = null) => Do(_platform.As(by), command, body);

    /// <summary>A command with the supervisor's scope.</summary>
    public Task<Answered> Supervise(Department by, string command, object? body = null) =>
        Do(_platform.As(by, RunningPlatform.Supervisor), command, body);

    /// <summary>The case as a department sees it now.</summary>
    public async Task<JsonElement> SeenBy(Department department) => (await _platform.As(department).Get(Path)).Must(200).Json;

    /// <summary>What a department is answered that asks for the case at an instant.</summary>
    public Task<Answered> AsOf(DateTimeOffset instant, Department department = Submitter) =>
        _platform.As(department).Get($"{Path}?asOf={Uri.EscapeDataString(instant.ToString("O", CultureInfo.InvariantCulture))}");

    /// <summary>The whole case.</summary>
    public Task<JsonElement> Now() => SeenBy(Submitter);

    /// <summary>Its present version.</summary>
    public async Task<string> ETag() => (await _platform.As(Submitter).Get(Path)).Must(200).ETag;

    public async Task<string> Status() => (await Now()).Text("status");

    public async Task<JsonElement> Clock(Department reader = Submitter) =>
        (await _platform.As(reader).Get($"{Path}/clock")).Must(200).Json;

    public async Task<JsonElement[]> History(Department reader = Submitter) =>
        (await _platform.As(reader).Get($"{Path}/history")).Must(200).Json.List("items");

    /// <summary>What a department's worklist holds of this case: step and status.</summary>
    public async Task<string[]> Tasks(Department department, string filter = "") =>
        [.. (await _platform.As(department).Every($"/v1/tasks?first=100{filter}")).Where(t => t.GetProperty("case").Text("id") == Id).Select(t => $"{t.Text("step")} {t.Text("status")}")];

    private async Task<Answered> Do(Client who, string command, object? body)
    {
        var seen = await who.Get(Path);
        return await who.Post($"{Path}/{command}", body, ("If-Match", seen.Status == 200 ? seen.ETag : "\"1\""));
    }
}

/// <summary>Short ways into a case.</summary>
public static class CaseWays
{
    public static JsonElement Step(this JsonElement @case, string code) => @case.List("steps").Single(s => s.Text("code") == code);

    /// <summary>Every step and where it stands.</summary>
    public static string[] Steps(this JsonElement @case) => [.. @case.List("steps").Select(s => $"{s.Text("code")} {s.Text("status")}")];

    public static JsonElement Promised(this JsonElement @case) => @case.GetProperty("clock").GetProperty("promised");

    public static JsonElement Statutory(this JsonElement @case) => @case.GetProperty("clock").GetProperty("statutory");
}
