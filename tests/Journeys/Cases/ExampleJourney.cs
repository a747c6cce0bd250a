using OneDoor.Catalogue;
using OneDoor.Guidance;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Cases;

/// <summary>The sandbox gives a whole application for every item that can be applied for. That each is taken, the walk of tests/Rules shows.</summary>
public sealed class ExampleJourney(RunningPlatform platform)
{
    [Theory]
    [InlineData("ESTABLISHMENT", Department.Tax, "agency", "founders")]
    [InlineData("SAMR-003", Department.MarketRegulation, "agency", "founders")]
    [InlineData("HRSS-002-01", Department.ServiceOffice, "agency", "employer")]
    [InlineData("PLAN-007-02", Department.Planning, "agency", "joint-parties")]
    [InlineData("SAMR-028-01", Department.Customs, "agency", "legal-entity")]
    [InlineData("SSEC-001-01", Department.StateSecurity, "window", "legal-entity")]
    public async Task An_example_is_taken_as_it_is_and_is_another_persons_each_time(string item, Department by, string channel, string applicant)
    {
        var (first, second) = (await Example(item), await Example(item));

        Assert.Equal((channel, applicant), (first.Json.Text("channel"), first.Json.GetProperty("applicant").Text("kind")));
        Assert.NotEqual(first.Json.GetProperty("applicant").GetRawText(), second.Json.GetProperty("applicant").GetRawText());
        Assert.Equal("no-store", first.Header("Cache-Control"));
        if (applicant == "employer")
            Assert.Equal(first.Json.GetProperty("applicant").GetProperty("worker").Text("citizenId"), first.Json.GetProperty("form").GetProperty("worker").Text("idNumber"));
        foreach (var example in new[] { first, second })
            Assert.Equal("submitted", (await platform.As(by).PostRaw("/v1/cases", example.Text, ("Idempotency-Key", Guid.CreateVersion7(platform.Now).ToString()))).Must(201).Json.Text("status"));
    }

    [Fact]
    public async Task It_is_for_whom_one_asks_and_names_the_one_department_that_may_submit_what_is_confidential()
    {
        var person = (await platform.Anybody.Get(Path("HRSS-002-01") + "?applicant=person")).Must(200);

        Assert.Equal("person", person.Json.GetProperty("applicant").Text("kind"));
        Assert.Null(person.Header(GetExample.OnlyFrom));
        Assert.Equal("state-security", (await Example("SSEC-001-01")).Header(GetExample.OnlyFrom));
    }

    [Fact]
    public async Task Of_what_nobody_can_apply_for_there_is_none()
    {
        var abolished = await platform.Anybody.Get(Path("SAMR-033"), ("Accept-Language", "en"));

        abolished.Refuses(422, "case.item-abolished");
        Assert.Equal(CatalogueData.Zone().First(i => i.Code == "SAMR-033").InsteadOf!.En, abolished.Json.Text("detail"));
        var guidance = (await platform.Anybody.Get("/v1/catalogue/items/SAMR-033")).Must(200).Json.GetProperty("item");
        Assert.Equal((0, 0, 0, 0), (guidance.List("conditions").Length, guidance.List("materials").Length, guidance.List("channels").Length, guidance.GetProperty("procedure").List("steps").Length));
        Assert.Equal(abolished.Json.Text("detail"), guidance.GetProperty("insteadOf").Text("en"));
        (await platform.Anybody.Get(Path("NOTHING"))).Refuses(404, "catalogue.item-not-found");
        var others = await platform.Anybody.Get(Path("ESTABLISHMENT") + "?applicant=person", ("Accept-Language", "en"));
        others.Refuses(422, "case.applicant-not-offered");
        Assert.Equal("It may be applied for by: founders.", others.Json.List("errors")[0].Text("detail"));
        (await platform.Anybody.Get(Path("ESTABLISHMENT") + "?applicant=nobody")).Refuses(400, "request.parameter-invalid");
    }

    [Fact]
    public async Task GraphQL_gives_the_same()
    {
        var asked = await platform.Anybody.Ask("""{ example(code: "ESTABLISHMENT") { item channel chosen applicant { kind subject { kind } } materials { code } } none: example(code: "NOTHING") { item } }""");

        var rest = (await Example("ESTABLISHMENT")).Json;
        var example = asked.GetProperty("example");
        Assert.Equal(("AGENCY", "COMPANY"), (example.Text("channel"), example.GetProperty("applicant").GetProperty("subject").Text("kind")));
        Assert.Equal(rest.GetProperty("materials").GetArrayLength(), example.GetProperty("materials").GetArrayLength());
        Assert.Equal(rest.GetProperty("chosen").GetRawText(), example.GetProperty("chosen").GetRawText());
        Assert.True(asked.IsNull("none"));
    }

    [Fact]
    public async Task Outside_the_sandbox_there_is_none()
    {
        await using var database = await platform.Template.Copy();
        await using var production = platform.StartApi(database,
            ("environment", "Production"), ("Authentication:Authority", "https://identity.invalid"), ("Applicants:Secret", Secret), ("Signing:Secret", Secret));

        (await platform.Anybody.At(production.Http).Get(Path("ESTABLISHMENT"))).Refuses(404, "catalogue.item-not-found");
    }

    private const string Secret = "3f6a1c0e9b7d4852a6c3e1f09d8b7a65";

    private static string Path(string item) => $"/v1/catalogue/items/{item}/example";

    private async Task<Answered> Example(string item) => (await platform.Anybody.Get(Path(item))).Must(200);
}
