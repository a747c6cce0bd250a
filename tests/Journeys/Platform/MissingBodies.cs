using System.Text;
using System.Text.Json.Nodes;
using OneDoor.Contracts;
using Xunit;

namespace OneDoor.Platform;

/// <summary>Commands that are sent with nothing.</summary>
public sealed class MissingBodies(RunningPlatform platform)
{
    [Theory]
    [InlineData("/v1/cases")]
    [InlineData("/v1/cases/01890000-0000-7000-8000-000000000000/refusal")]
    [InlineData("/v1/cases/01890000-0000-7000-8000-000000000000/steps/decision/decision")]
    [InlineData("/v1/licences/NONE/suspension")]
    [InlineData("/v1/complaints")]
    [InlineData("/v1/webhooks")]
    [InlineData("/v1/clock/simulate")]
    [InlineData("/v1/sandbox/reset")]
    [InlineData("/v1/halls/airport/tickets")]
    [InlineData("/v1/halls/airport/windows/1/opening")]
    public async Task A_body_that_is_missing_is_said_to_be(string path)
    {
        var scopes = $"{RunningPlatform.Clerk} {Scopes.LicencesManage} {Scopes.WebhooksManage} {Scopes.QueueOperate}";
        foreach (var content in new[] { null, new StringContent("", Encoding.UTF8, "application/json"), new StringContent("null", Encoding.UTF8, "application/json") })
        {
            var refused = (await platform.As(Department.ServiceOffice, scopes).Send(HttpMethod.Post, path, content, ("If-Match", "\"1\""))).Refuses(400, "request.body-missing");
            Assert.Contains("JSON object", refused.Json.Text("detail"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_sent_to_a_command_that_takes_nothing_is_refused_and_an_empty_object_is_not()
    {
        // What begins an upload is tus's to say.
        var bare = Operation.All(JsonNode.Parse((await platform.Anybody.Get("/openapi.json")).Text)!).Where(o => o is { Method: "POST", Body: null, Id: not "createUpload" }).ToArray();
        var all = platform.With(new() { ["sub"] = "p_of_all", ["client_id"] = "playground", ["scope"] = string.Join(' ', Scopes.All), [Claims.Department] = "service-office" });
        Assert.Contains(bare, o => o.Id == "reinstateLicence");
        foreach (var operation in bare)
        {
            var path = new[] { ("id", "01890000-0000-7000-8000-000000000000"), ("number", "NONE"), ("n", "1"), ("hall", "nowhere") }
                .Aggregate(operation.Path, (path, part) => path.Replace($"{{{part.Item1}}}", part.Item2, StringComparison.Ordinal));
            Task<Answered> Send(string body, string type = "application/json") => all.Send(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, type), ("If-Match", "\"1\""));

            Assert.Equal("/reason", (await Send("""{ "reason": "已整改。" }""")).Refuses(400, "request.unknown-field").Json.List("errors").Single().Text("pointer"));
            (await Send("""{ "reason": """)).Refuses(400, "request.malformed-json");
            (await Send("[]")).Refuses(400, "request.field-invalid");
            (await Send("null")).Refuses(400, "request.field-invalid");
            (await Send("reason", "text/plain")).Refuses(415, "request.media-type");
            foreach (var nothing in new[] { await Send("{}"), await Send(""), await all.Post(path, null, ("If-Match", "\"1\"")) })
                Assert.True(nothing.Status is 404 or 409, $"{operation.Name}: {nothing.Status} {nothing.Text}");
        }
    }

    [Theory]
    [InlineData("null", 400, "request.field-invalid")]
    [InlineData(" null ", 400, "request.field-invalid")]
    [InlineData("nul", 400, "request.malformed-json")]
    [InlineData("{}", 404, "case.not-found")]
    [InlineData("", 404, "case.not-found")]
    public async Task A_body_that_may_be_left_out_is_an_object_where_there_is_one(string body, int status, string code) =>
        (await platform.As(Department.MarketRegulation).Send(
            HttpMethod.Post, "/v1/cases/01890000-0000-7000-8000-000000000000/acceptance", new StringContent(body, Encoding.UTF8, "application/json"), ("If-Match", "\"1\""))).Refuses(status, code);
}
