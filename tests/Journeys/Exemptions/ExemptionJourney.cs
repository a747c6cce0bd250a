using System.Text.Json;
using OneDoor.Cases;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Exemptions;

/// <summary>MODE-8: the article's 16 industries and 75 classes, which exempt a car-repair shop from environmental assessment.</summary>
public sealed class ExemptionJourney(RunningPlatform platform)
{
    private const string CarRepair = "services-car-repair", Check = "/v1/exemptions/eia/check";
    private static readonly object Garage = new { sensitiveArea = false, spraying = false, area = 800 }, Paints = new { sensitiveArea = false, spraying = true, area = 800 };

    private static Dictionary<string, object?> Application(object? answers, string @class = CarRepair) =>
        new(Applications.For(Applications.Investment)) { ["eiaClass"] = @class, ["eiaAnswers"] = answers };

    [Fact]
    public async Task Anybody_reads_the_directory_of_16_industries_and_75_classes()
    {
        var industries = (await platform.Anybody.Get("/v1/exemptions/eia")).Must(200).Json.List("industries");

        Assert.Equal((16, 75), (industries.Length, industries.Sum(industry => industry.List("classes").Length)));
        var shop = industries.SelectMany(industry => industry.List("classes")).Single(c => c.Text("code") == CarRepair);
        Assert.Equal(["sensitive-area", "spraying", "area"], shop.List("conditions").Select(c => c.Text("question")));
        Assert.True(shop.GetProperty("sample").GetBoolean());
    }

    [Fact]
    public async Task A_car_repair_shop_is_exempt_and_the_answer_says_by_which_entry_and_why()
    {
        var exempt = (await platform.Anybody.Post(Check, new { @class = CarRepair, answers = Garage })).Must(200).Json;
        var bound = (await platform.Anybody.Post(Check, new { @class = CarRepair, answers = Paints })).Must(200).Json;
        var incomplete = (await platform.Anybody.Post(Check, new { @class = CarRepair })).Refuses(422, "exemption.answer-missing");

        Assert.True(exempt.GetProperty("exempt").GetBoolean());
        Assert.Equal(CarRepair, exempt.GetProperty("entry").Text("code"));
        Assert.Equal(["否", "否", "800平方米"], exempt.List("trace").Select(f => f.GetProperty("given").Text("zh")));
        Assert.Equal((false, JsonValueKind.Null), (bound.GetProperty("exempt").GetBoolean(), bound.GetProperty("entry").ValueKind));
        Assert.Equal(["/answers/sensitiveArea", "/answers/spraying", "/answers/area"], incomplete.Json.List("errors").Select(e => e.Text("pointer")));
    }

    [Fact]
    public async Task GraphQL_decides_as_REST_does()
    {
        const string Query = "query($answers: EiaAnswersInput) { checkEia(class: \"services-car-repair\", answers: $answers) { exempt entry { code } trace { condition holds given { en } } } }";

        var decided = (await platform.Anybody.Post("/graphql", new { query = Query, variables = new { answers = Garage } })).Must(200).Json.GetProperty("data").GetProperty("checkEia");

        Assert.Equal((true, CarRepair), (decided.GetProperty("exempt").GetBoolean(), decided.GetProperty("entry").Text("code")));
        Assert.Equal(["no", "no", "800 m²"], decided.List("trace").Select(f => f.GetProperty("given").Text("en")));
    }

    [Fact]
    public async Task An_exempt_project_is_permitted_without_its_environmental_step()
    {
        var @case = await CaseJourney.Submitted(platform, Application(Garage));
        (await @case.Accept(Department.ServiceOffice)).Must(200);

        var now = await @case.Now();
        Assert.Equal("waived", now.Step("environment").Text("status"));
        Assert.Equal((CarRepair, "environment"), (now.GetProperty("exemption").GetProperty("decision").GetProperty("entry").Text("code"), now.GetProperty("exemption").Text("step")));
        Assert.Contains("exemption-decided", (await @case.History()).Select(entry => entry.Text("type")));
        Assert.Equal(404, (await platform.As(Department.Ecology).Get(@case.Path)).Status);

        await @case.Grant(
            (Department.ServiceOffice, "filing"), (Department.Planning, "planning-permit"), (Department.Planning, "land-permit"),
            (Department.Construction, "drawing-review"), (Department.Construction, "construction-permit"));
        Assert.Equal("granted", await @case.Status());
    }

    [Fact]
    public async Task A_project_that_is_not_exempt_keeps_its_step_and_its_department_sees_why()
    {
        var @case = await CaseJourney.Submitted(platform, Application(Paints));

        var seen = await @case.SeenBy(Department.Ecology);
        Assert.Equal("waiting", seen.Step("environment").Text("status"));
        Assert.Equal(["no-spraying"], seen.GetProperty("exemption").GetProperty("decision").List("trace").Where(f => !f.GetProperty("holds").GetBoolean()).Select(f => f.Text("condition")));
        Assert.Equal(JsonValueKind.Null, (await @case.SeenBy(Department.Construction)).GetProperty("exemption").ValueKind);
    }

    [Fact]
    public async Task A_class_that_is_not_in_the_directory_is_refused() => Assert.Equal(
        "/eiaClass",
        (await platform.As(CaseJourney.Submitter).Post("/v1/cases", Application(Garage, "services-nuclear-power"))).Refuses(422, "exemption.class-unknown").Json.List("errors").Single().Text("pointer"));
}
