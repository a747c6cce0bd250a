using OneDoor.Platform;
using Xunit;

namespace OneDoor.Cases;

/// <summary>JOINT-6 by the public API: a project is submitted without its drawings, which are handed in when they are due.</summary>
public sealed class AwaitedJourney(RunningPlatform platform)
{
    private const Department Office = Department.ServiceOffice, Planning = Department.Planning;

    private static readonly string[] Later = ["design-drawings", "construction-drawings", "construction-contract"], AtHand = ["construction-contract"];

    /// <summary>(JOINT-6)</summary>
    [Fact]
    public async Task A_project_waits_for_its_drawings_in_nobodys_time()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Investment, Later);
        (await @case.Accept(Office)).Must(200);
        var promised = (await @case.Now()).Promised().Text("dueOn");
        await @case.Grant((Office, "filing"));

        var waiting = await @case.Now();
        Assert.Equal("paused", waiting.Text("status"));
        // The land permit and the environment are being decided.
        var statutory = waiting.Statutory().Text("dueOn");
        Assert.Equal(("waiting", "design-drawings"), (waiting.Step("planning-permit").Text("status"), Assert.Single(waiting.Step("planning-permit").GetProperty("awaits").EnumerateArray()).GetString()));
        var clock = await @case.Clock();
        Assert.Empty(clock.List("pauses"));
        var wait = Assert.Single(clock.List("waits"));
        Assert.Equal(("planning-permit", waiting.Step("planning-permit").Text("awaitedFrom"), null), (wait.Text("step"), wait.Text("from"), wait.GetProperty("until").GetString()));
        var plan = (await platform.As(Planning).Get($"{@case.Path}/plan")).Must(200).Json;
        Assert.Equal(["land-permit: ", "planning-permit: design-drawings"], plan.List("steps").Select(s => $"{s.Text("code")}: {string.Join(", ", s.GetProperty("awaits").EnumerateArray())}"));
        var task = (await platform.As(Planning).Every("/v1/tasks?first=100&status=waiting&sort=submitted")).Single(t => t.GetProperty("case").Text("id") == @case.Id);
        Assert.Equal("design-drawings", Assert.Single(task.GetProperty("awaits").EnumerateArray()).GetString());
        Assert.Contains(await @case.History(), entry => entry.Text("type") == "materials-awaited");

        platform.Pass(TimeSpan.FromDays(21));
        (await @case.Do(CaseJourney.Submitter, "materials", new { materials = new[] { Applications.Material("design-drawings") } })).Must(200);

        var opened = await @case.Now();
        Assert.Equal(("accepted", "open"), (opened.Text("status"), opened.Step("planning-permit").Text("status")));
        Assert.True(string.CompareOrdinal(opened.Promised().Text("dueOn"), promised) > 0);
        Assert.Equal(statutory, opened.Statutory().Text("dueOn"));
        Assert.DoesNotContain((await @case.Clock()).GetProperty("statutory").List("skipped"), day => day.GetProperty("name").Text("en") == "Waiting for the applicant");
        Assert.Contains((await @case.Clock()).GetProperty("promised").List("skipped"), day => day.GetProperty("name").Text("en") == "Waiting for the applicant");
        // Planning's own wait is nobody else's to see: they see that the clock stood still.
        Assert.Contains((await @case.Clock(Department.Ecology)).GetProperty("promised").List("skipped"), day => day.GetProperty("name").Text("en") == "Another step's pause");
        Assert.Empty((await @case.Clock(Department.Ecology)).List("waits"));
        (await @case.Do(CaseJourney.Submitter, "materials", new { materials = new[] { Applications.Material("design-drawings") } })).Refuses(409, "case.not-in-this-state");
    }

    /// <summary>(JOINT-6, CAT-6) Before anybody applies.</summary>
    [Fact]
    public async Task A_preview_says_what_is_needed_at_once_and_what_later()
    {
        var preview = (await platform.As(CaseJourney.Submitter).Post("/v1/catalogue/items/INVESTMENT-PROJECT/preview", new { applicant = Applications.Company(), materials = AtHand })).Must(200).Json;

        Assert.DoesNotContain(preview.List("needed"), m => Later.Contains(m.Text("code")));
        Assert.Equal(["design-drawings step", "construction-drawings step"], preview.List("neededLater").Select(m => $"{m.Text("code")} {m.Text("neededBy")}"));
        var graph = await platform.As(CaseJourney.Submitter).Ask("""{ item(code: "INVESTMENT-PROJECT") { materials { code neededBy } } }""");
        Assert.Equal(Later, graph.GetProperty("item").List("materials").Where(m => m.Text("neededBy") == "STEP").Select(m => m.Text("code")));
    }

    /// <summary>(JOINT-6, JOINT-5)</summary>
    [Fact]
    public async Task No_notice_asks_for_them_before()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Investment, Later);
        var refused = (await @case.Do(Office, "correction-notices", new { lines = new[] { new { text = "缺施工图", material = "construction-drawings" } } })).Refuses(422, "case.material-not-due");
        Assert.Equal("/lines/0/material", Assert.Single(refused.Json.Each("errors", "pointer")));
    }
}
