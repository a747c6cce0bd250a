using System.Text.Json.Nodes;
using OneDoor.Cases;
using OneDoor.Contracts;
using Xunit;

namespace OneDoor.Platform;

/// <summary>What lists are filtered by, as openapi.yaml says it.</summary>
public sealed class ListFilters(RunningPlatform platform)
{
    private readonly EntitledRequests _requests = new(platform);

    [Fact]
    public async Task Each_value_of_each_filter_is_taken_and_all_at_once_and_none_that_is_not_named()
    {
        var contract = JsonNode.Parse((await platform.Anybody.Get("/openapi.json")).Text)!;
        var tried = 0;
        foreach (var operation in Operation.All(contract).Where(o => o.Id?.StartsWith("list", StringComparison.Ordinal) == true && !o.Path.Contains('{', StringComparison.Ordinal)))
        {
            foreach (var filter in operation.Described["parameters"]!.AsArray().Select(p => operation.Resolve(p!)).Where(p => (string?)p["schema"]?["type"] == "array"))
            {
                if (operation.Resolve(filter["schema"]!["items"]!)["enum"] is not JsonArray named)
                    continue;
                var (caller, name, values) = (_requests.CallerOf(operation.Id!).Client, (string)filter["name"]!, named.Select(value => (string)value!).ToArray());
                foreach (var asked in values.Append(string.Join(',', values)))
                    Assert.Equal((operation.Name, asked, 200), (operation.Name, asked, (await caller.Get($"{operation.Path}?{name}={asked}")).Status));
                (await caller.Get($"{operation.Path}?{name}={values[0]},nothing")).Refuses(400, "request.parameter-invalid");
                tried++;
            }
        }
        Assert.True(tried >= 8, $"{tried}");
    }
}
