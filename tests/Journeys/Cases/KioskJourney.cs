using OneDoor.Platform;
using Xunit;

namespace OneDoor.Cases;

/// <summary>A matter at a kiosk at two in the morning, with nobody at hand (KIOSK-1).</summary>
public sealed class KioskJourney(RunningPlatform platform)
{
    private const string TaxesPaid = "TAX-004-01", Insurance = "MEDI-002";

    private static readonly ApplicantReference ZhangSan = new("person:11010519491231002X", "张三");

    // As the device signs somebody in.
    private Client Person => new(platform.Api.Http, () => Task.FromResult(platform.Token(new()
    {
        ["sub"] = "p_1", ["client_id"] = "kiosk", ["scope"] = $"{Scopes.CasesSubmit} {Scopes.CasesRead}", [Claims.Applicant] = ZhangSan,
    })));

    [Fact]
    public async Task What_the_catalogue_says_is_decided_there_is_granted_in_the_same_answer_and_everything_else_received()
    {
        platform.PassUntilMonday();
        platform.Pass(TimeSpan.FromHours(16.5));

        var granted = (await Person.Post("/v1/cases", At(TaxesPaid))).Must(201).Json;
        var received = (await Person.Post("/v1/cases", At(Insurance))).Must(201).Json;

        Assert.Equal((2, "granted", "granted"), (platform.Now.Hour, granted.Text("status"), granted.List("steps").Single().Text("status")));
        Assert.Equal("submitted", received.Text("status"));
        Assert.Equal("submitted", (await Person.Post("/v1/cases", At(TaxesPaid, "identity-proof"))).Must(201).Json.Text("status"));
        var decided = (await Person.Get($"/v1/cases/{granted.Text("id")}/history")).Must(200).Json.List("items").Single(h => h.Text("type") == "step-granted");
        Assert.Equal(Case.UnattendedRule, decided.GetProperty("details").Text("rule"));
        Assert.Contains("无人审批规则", (await Person.Get($"/v1/cases/{granted.Text("id")}/documents")).Must(200).Text, StringComparison.Ordinal);
    }

    private static Dictionary<string, object?> At(string item, params string[] without)
    {
        var application = Applications.For(item, without);
        application.Remove("applicant");
        (application["channel"], application["hall"]) = ("kiosk", "airport");
        return application;
    }
}
