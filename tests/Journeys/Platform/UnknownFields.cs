using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OneDoor.Cases;
using OneDoor.Contracts;
using Xunit;

namespace OneDoor.Platform;

/// <summary>No body takes what its description does not name: nobody assigns what is the platform's to say.</summary>
public sealed class UnknownFields(RunningPlatform platform)
{
    // What a case has and an application does not say, what serializers and scripts react to, and what JSON Pointer has to escape.
    private static readonly string[] Strangers = ["acceptedAt", "status", "submittedBy", "deemed", "$type", "$ref", "__proto__", "", "a/b~c", "a.b['c']", "中"];

    private readonly EntitledRequests _requests = new(platform);

    [Fact]
    public async Task A_strange_field_in_any_object_of_any_body_is_named_and_nothing_is_stored()
    {
        var operations = Operation.All(JsonNode.Parse((await platform.Anybody.Get("/openapi.json")).Text)!).Where(o => o.Body?["content"]?["application/json"] is not null).ToArray();
        List<string> findings = [];
        foreach (var operation in operations)
        {
            var request = await _requests.For(operation.Id!);
            var caller = _requests.CallerOf(operation.Id!).Client;
            var facts = await platform.Database.Facts();
            foreach (var place in Objects(operation, operation.Body!["content"]!["application/json"]!["schema"]!))
            {
                foreach (var stranger in Strangers)
                {
                    var body = request.Body!.DeepClone().AsObject();
                    // Where one kind of applicant has no such object, an empty one is there, of which more is said.
                    var isEmpty = At(body, place) is null;
                    Made(body, place)[stranger] = "granted";
                    var answered = await Ask(caller, operation, request with { Body = body });
                    var errors = (answered.Status < 400 ? [] : answered.Json.List("errors")).Where(e => !isEmpty || e.Text("code") == "request.unknown-field").ToArray();
                    var named = answered.Status == 400 && errors is [var only] && only.Text("code") == "request.unknown-field"
                        && only.Text("pointer") == $"{place}/{stranger.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
                    if (!named)
                        findings.Add($"{operation.Name}: {stranger} in {place}: {answered.Status} {answered.Text}");
                }
            }
            if (await platform.Database.Facts() != facts)
                findings.Add($"{operation.Name}: something was stored");
            var right = await Ask(caller, operation, request);
            if (right.Status is not (200 or 201))
                findings.Add($"{operation.Name}: without a strange field it is {right.Status} {right.Text}");
        }
        Assert.NotEmpty(operations);
        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }

    private static async Task<Answered> Ask(Client caller, Operation operation, EntitledRequest request) =>
        await caller.Send(new HttpMethod(operation.Method), request.PathOf(operation.Path), JsonContent.Create(request.Body), ("If-Match", await request.ETag()));

    // Pointers to every object that the description allows; of a list, its first.
    private static IEnumerable<string> Objects(Operation operation, JsonNode described, string at = "")
    {
        var schema = operation.Resolve(described);
        if (schema["oneOf"] is JsonArray oneOf)
            return oneOf.SelectMany(alternative => Objects(operation, alternative!, at));
        if (schema["items"] is { } items)
            return Objects(operation, items, $"{at}/0");
        return schema["properties"] is JsonObject properties
            ? properties.SelectMany(p => Objects(operation, p.Value!, $"{at}/{p.Key}")).Prepend(at)
            : [];
    }

    private static JsonObject Made(JsonObject body, string place)
    {
        if (place.Length == 0 || At(body, place) is not null)
            return At(body, place)!;
        var (before, step) = (place[..place.LastIndexOf('/')], place[(place.LastIndexOf('/') + 1)..]);
        var made = new JsonObject();
        if (step == "0")
            Made(body, before[..before.LastIndexOf('/')])[before[(before.LastIndexOf('/') + 1)..]] = new JsonArray(made);
        else
            Made(body, before)[step] = made;
        return made;
    }

    private static JsonObject? At(JsonObject body, string pointer) => pointer.Split('/').Skip(1).Aggregate(
        (JsonNode?)body, (node, step) => node is JsonArray list ? list.FirstOrDefault() : node?[step]) as JsonObject;
}
