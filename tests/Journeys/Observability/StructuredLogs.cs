using System.Text.Json;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Observability;

public sealed class StructuredLogs
{
    [Fact]
    public async Task Outside_development_each_line_is_JSON_and_names_its_trace()
    {
        using var api = ChildProcess.Api($"Host=127.0.0.1;Port={Port.Free()};Database=none;Username=none", Port.Free(),
            ("ASPNETCORE_ENVIRONMENT", "Production"), ("Authentication__Authority", "https://id.example.gov.cn"),
            ("Applicants__Secret", "known to this run of the tests alone"), ("Signing__Secret", "known to this run of the tests alone"));
        var anybody = new Client(api.Http, null);
        await RunningPlatform.Until(() => Task.FromResult(api.Output.Contains("Now listening on", StringComparison.Ordinal)), "it listens");

        (await anybody.Get("/v1/catalogue/items")).Refuses(503, "platform.unavailable");
        var refused = (await anybody.Get("/v1/cases")).Refuses(401, "auth.token-missing");

        JsonElement[] Lines() => [.. api.Output.Split('\n').Where(line => line.EndsWith('}')).Select(line => JsonElement.Parse(line))];
        bool IsOf(JsonElement line, string trace) => line.List("Scopes").Any(scope => scope.TryGetProperty("TraceId", out var id) && id.GetString() == trace);
        await RunningPlatform.Until(() => Task.FromResult(Lines().Any(line => IsOf(line, refused.Json.Text("traceId")))), "its log names the trace");
        await RunningPlatform.Until(() => Task.FromResult(Lines().Any(line => line.Text("Message").StartsWith("The database at 127.0.0.1:", StringComparison.Ordinal))), "it says that the database is away");
        // What an operator has to name before the log of facts begins.
        Assert.Contains(Lines(), line => line.Text("LogLevel") == "Warning" && line.Text("Message").StartsWith("Log__Origin is not set", StringComparison.Ordinal));
        Assert.All(api.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("{", line, StringComparison.Ordinal));
    }
}
