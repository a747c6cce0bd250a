using System.Text.Json;
using OneDoor.Forms;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Cases;

/// <summary>An investment project, 社会投资建设项目 (JOINT-2): stages of 1, 6, 10 and 1 working days, 18 in all.</summary>
public sealed class InvestmentJourney(RunningPlatform platform)
{
    [Fact]
    public async Task An_investment_project_is_due_eighteen_working_days_after_acceptance()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Investment, Department.ServiceOffice);

        var promised = (await @case.Now()).Promised();

        var simulated = (await platform.Anybody.Post("/v1/clock/simulate",
            new { start = platform.Now, limit = new { value = 18, unit = "working-days" } })).Must(200).Json;
        Assert.Equal(simulated.Text("dueOn"), promised.Text("dueOn"));
        Assert.Equal(simulated.Text("dueAt"), promised.Text("dueAt"));
        Assert.Equal(18, promised.GetProperty("limit").GetProperty("value").GetInt32());
    }

    [Fact] // JOINT-2, JOINT-3, CAT-6
    public async Task It_shows_its_critical_path_and_slack_in_the_preview_and_at_any_moment_to_each_department_its_own()
    {
        var preview = (await platform.Anybody.Post($"/v1/catalogue/items/{Applications.Investment}/preview", new { applicant = Applications.Company(), materials = Applications.MaterialsOf(Applications.Investment) })).Must(200).Json.GetProperty("plan");
        var @case = await CaseJourney.Submitted(platform, SpecialWorks());
        var submitted = (await platform.As(CaseJourney.Submitter).Get($"{@case.Path}/plan")).Must(200).Json;
        (await @case.Accept(Department.ServiceOffice)).Must(200);
        var accepted = (await platform.As(CaseJourney.Submitter).Get($"{@case.Path}/plan")).Must(200).Json;

        Assert.Equal((preview.GetRawText(), preview.GetRawText()), (submitted.GetRawText(), accepted.GetRawText()));
        Assert.Equal(["filing", "planning-permit", "drawing-review", "construction-permit"], accepted.List("critical").Select(c => c.GetString()));
        Assert.Equal((await @case.Now()).Promised().Text("dueAt"), accepted.Text("promisedDueAt"));
        Assert.Equal(
            [("filing", 0), ("land-permit", 5), ("planning-permit", 0), ("environment", 6), ("drawing-review", 0), ("fire-review", 3), ("construction-permit", 0)],
            accepted.List("steps").Select(s => (s.Text("code"), s.GetProperty("slack").GetProperty("value").GetInt32())));
        var planning = (await platform.As(Department.Planning).Get($"{@case.Path}/plan")).Must(200).Json;
        Assert.Equal(["land-permit", "planning-permit"], planning.Each("steps", "code"));
        Assert.Equal(["planning-permit"], planning.List("critical").Select(c => c.GetString()));
        var graph = (await platform.As(Department.Planning).Ask($"{{ case(id: \"{@case.Id}\") {{ plan {{ promisedDueAt critical steps {{ code slack {{ value unit }} }} }} }} }}")).GetProperty("case").GetProperty("plan");
        Assert.Equal(planning.Text("promisedDueAt"), graph.Text("promisedDueAt"));
        Assert.Equal(["land-permit", "planning-permit"], graph.Each("steps", "code"));
        (await platform.As(Department.Tax).Get($"{@case.Path}/plan")).Refuses(404, "case.not-found");
    }

    // CLK-2: the State Council's calendar; a year whose notice is not known makes a date provisional.
    [Theory]
    [InlineData("2020-01-17", 5, "2020-01-23", false)]
    [InlineData("2020-04-30", 18, "2020-05-28", false)]
    [InlineData("2020-09-29", 6, "2020-10-14", false)]
    [InlineData("2020-12-30", 2, "2021-01-04", false)]
    [InlineData("2026-12-31", 2, "2027-01-05", true)]
    public async Task A_working_day_limit_can_be_simulated(string start, int days, string due, bool provisional)
    {
        var simulated = (await platform.Anybody.Post("/v1/clock/simulate",
            new { start = $"{start}T10:00:00+08:00", limit = new { value = days, unit = "working-days" } })).Must(200).Json;

        Assert.Equal(due, simulated.Text("dueOn"));
        Assert.Equal(provisional, simulated.GetProperty("provisional").GetBoolean());
    }

    [Fact]
    public async Task Steps_open_when_their_predecessors_are_done_and_run_side_by_side()
    {
        var @case = await CaseJourney.Submitted(platform, SpecialWorks());
        (await @case.Accept(Department.ServiceOffice)).Must(200);
        (await @case.Grant(Department.Planning, "planning-permit")).Refuses(409, "case.step-not-open");

        await @case.Grant((Department.ServiceOffice, "filing"));
        Assert.Equal(
            [
                "filing granted", "land-permit open", "planning-permit open", "drawing-review waiting", "fire-review waiting", "environment open",
                "construction-permit waiting",
            ],
            (await @case.Now()).Steps());

        platform.Pass(TimeSpan.FromDays(2));
        await @case.Grant((Department.Planning, "planning-permit"));
        // Drawings wait for the land permit, too; fire design, which is construction's, does not.
        var between = await @case.Now();
        Assert.Equal(("waiting", "open"), (between.Step("drawing-review").Text("status"), between.Step("fire-review").Text("status")));
        await @case.Grant((Department.Planning, "land-permit"));

        platform.Pass(TimeSpan.FromDays(2));
        await @case.Grant((Department.Construction, "fire-review"), (Department.Construction, "drawing-review"));
        Assert.Equal("waiting", (await @case.Now()).Step("construction-permit").Text("status"));

        await @case.Grant((Department.Ecology, "environment"));
        Assert.Equal(["construction-permit open"], await @case.Tasks(Department.Construction));

        await @case.Grant((Department.Construction, "construction-permit"));
        var granted = await @case.Now();
        Assert.Equal("granted", granted.Text("status"));
        Assert.Equal("working-days", granted.GetProperty("clock").GetProperty("actual").Text("unit"));
        Assert.Equal(
            ["investment-filing", "construction-planning-permit", "land-planning-permit", "construction-permit"],
            granted.List("licences").Select(l => l.GetProperty("licence").Text("code")));
    }

    [Fact] // JOINT-2
    public async Task Only_special_works_have_their_fire_design_reviewed_and_what_is_mended_counts()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Investment);
        var step = @case.Receipt.Json.Step("fire-review");
        Assert.Equal("waived", step.Text("status"));
        Assert.StartsWith("These are no special works", step.GetProperty("notNeeded").Text("en"), StringComparison.Ordinal);
        var graph = (await platform.As(CaseJourney.Submitter).Ask($"{{ case(id: \"{@case.Id}\") {{ steps {{ code notNeeded {{ zh }} }} }} }}")).GetProperty("case");
        Assert.StartsWith("不属于特殊建设工程", graph.Step("fire-review").GetProperty("notNeeded").Text("zh"), StringComparison.Ordinal);
        Assert.DoesNotContain("fire-review", (await @case.SeenBy(Department.Construction)).Each("steps", "code"));

        (await @case.Do(CaseJourney.Submitter, "materials", new { materials = Array.Empty<object>(), form = new { fireClass = "special" } })).Must(200);
        Assert.Equal(("waiting", null), ((await @case.Now()).Step("fire-review").Text("status"), (await @case.Now()).Step("fire-review").GetProperty("notNeeded").GetString()));
        Assert.Contains("fire-review", (await @case.SeenBy(Department.Construction)).Each("steps", "code"));
        Assert.Equal(["case-submitted", "step-not-needed", "materials-supplied", "step-needed"], (await @case.History()).Select(entry => entry.Text("type")));
        Assert.Equal("fireClass", (await platform.Anybody.Get($"/v1/catalogue/items/{Applications.Investment}")).Must(200).Json.GetProperty("item").GetProperty("procedure").Step("fire-review").GetProperty("needed").Text("field"));
    }

    private static Dictionary<string, object?> SpecialWorks() => new(Applications.For(Applications.Investment))
    {
        ["form"] = AnswerText.With(Applications.Answer(Applications.Investment)!.Value, JsonSerializer.SerializeToElement(new { fireClass = "special" })),
    };

    [Fact]
    public async Task A_step_is_granted_once_and_the_repeated_grant_gets_the_same_answer()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Investment, Department.ServiceOffice);
        var first = (await @case.Grant(Department.ServiceOffice, "filing")).Must(200);

        var second = (await @case.Grant(Department.ServiceOffice, "filing")).Must(200);

        Assert.Equal(first.Text, second.Text);
        Assert.Equal(first.ETag, second.ETag);
    }
}
