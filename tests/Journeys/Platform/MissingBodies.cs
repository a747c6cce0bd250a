using System.Text;
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
        foreach (var content in new[] { null, new StringContent("", Encoding.UTF8, "application/json") })
        {
            var refused = (await platform.As(Department.ServiceOffice, scopes).Send(HttpMethod.Post, path, content, ("If-Match", "\"1\""))).Refuses(400, "request.body-missing");
            Assert.Contains("JSON object", refused.Json.Text("detail"), StringComparison.Ordinal);
        }
    }
}
