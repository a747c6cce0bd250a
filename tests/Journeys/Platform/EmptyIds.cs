using System.Text.Json.Nodes;
using OneDoor.Cases;
using OneDoor.Contracts;
using Xunit;

namespace OneDoor.Platform;

/// <summary>Whoever asks for a thing by an id that none has, as an app that has not filled it in, is told so.</summary>
public sealed class EmptyIds(RunningPlatform platform)
{
    [Fact]
    public async Task Nothing_is_read_by_an_empty_id()
    {
        var requests = new EntitledRequests(platform);
        var reading = Operation.All(JsonNode.Parse((await platform.Anybody.Get("/openapi.json")).Text)!).Where(o => o.Method == "GET" && o.Path.Contains("{id}", StringComparison.Ordinal)).ToArray();
        List<string> found = [];
        foreach (var operation in reading)
        {
            var path = string.Join('/', operation.Path.Replace("{id}", $"{Guid.Empty}", StringComparison.Ordinal).Split('/').Select(part => part.StartsWith('{') ? "1" : part));
            var answered = await requests.CallerOf(operation.Id!).Client.Get(path, ("Tus-Resumable", "1.0.0"));
            if (answered.Status != 404 || !answered.Json.Text("code").EndsWith("not-found", StringComparison.Ordinal))
                found.Add($"{operation.Name}: {answered.Status} {answered.Text}");
        }
        Assert.Equal([], found);
        Assert.True(reading.Length >= 30, $"{reading.Length}");
    }
}
