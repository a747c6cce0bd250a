using OneDoor.Cases;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Emergencies;

/// <summary>CLK-6: the article's epidemic project, done in 24 hours.</summary>
public sealed class GreenChannelJourney(RunningPlatform platform)
{
    private const Department Lead = Department.MarketRegulation;

    private readonly ListedProjects _projects = new(platform);

    private static Dictionary<string, object?> Application(string? project, string item = Applications.Plain) => new(Applications.For(item)) { ["emergencyProject"] = project };

    [Fact]
    public async Task A_case_of_a_listed_project_is_promised_within_24_hours_of_acceptance_and_keeps_the_promise_when_the_project_is_closed()
    {
        var project = (await _projects.Registered()).Json.Text("id");
        var @case = await CaseJourney.Submitted(platform, Application(project));
        (await _projects.Closed(project)).Must(200);

        (await @case.Accept(Lead)).Must(200);

        var now = await @case.Now();
        var promised = now.Promised();
        Assert.Equal((24, "hours"), (promised.GetProperty("limit").GetProperty("value").GetInt32(), promised.GetProperty("limit").Text("unit")));
        Assert.Equal(now.Instant("acceptedAt").AddHours(24), promised.Instant("dueAt"));
        Assert.Equal(promised.Instant("dueAt"), now.Step("decision").Instant("dueAt"));
        Assert.Equal((project, "口罩生产线扩建"), (now.GetProperty("greenChannel").Text("project"), now.GetProperty("greenChannel").Text("name")));
        Assert.NotEqual("hours", now.GetProperty("clock").GetProperty("statutory").GetProperty("limit").Text("unit"));
        Assert.Contains("case-expedited", (await @case.History()).Select(entry => entry.Text("type")));
        Assert.Equal("hours", (await @case.Clock()).GetProperty("promised").GetProperty("limit").Text("unit"));
    }

    [Fact]
    public async Task What_is_not_listed_or_closed_or_expired_is_refused_over_REST_and_GraphQL()
    {
        var closed = (await _projects.Registered()).Json.Text("id");
        (await _projects.Closed(closed)).Must(200);
        var expired = (await _projects.Registered(0)).Json.Text("id");
        platform.Pass(TimeSpan.FromDays(1));

        foreach (var project in new[] { closed, expired, Guid.CreateVersion7(platform.Now).ToString(), Guid.Empty.ToString() })
        {
            var refused = (await platform.As(CaseJourney.Submitter).Post("/v1/cases", Application(project))).Refuses(422, "emergency-project.unknown");
            Assert.Equal("/emergencyProject", refused.Json.List("errors").Single().Text("pointer"));
        }
        var preview = await platform.Anybody.Post($"/v1/catalogue/items/{Applications.Plain}/preview", new { applicant = Applications.Company(), emergencyProject = closed });
        preview.Refuses(422, "emergency-project.unknown");
    }

    [Fact]
    public async Task A_preview_promises_what_the_case_will()
    {
        var project = (await _projects.Registered()).Json.Text("id");

        var preview = (await platform.Anybody.Post($"/v1/catalogue/items/{Applications.Plain}/preview", new { applicant = Applications.Company(), emergencyProject = project })).Must(200).Json;

        Assert.Equal("hours", preview.GetProperty("promisedLimit").Text("unit"));
        Assert.Equal(platform.Now.AddHours(24), preview.GetProperty("due").Instant("dueAt"));
    }

    [Fact]
    public async Task A_project_is_read_as_of_an_instant_and_tells_what_happened_to_it()
    {
        var registered = (await _projects.Registered()).Json;
        var before = platform.Now;
        platform.Pass(TimeSpan.FromMinutes(5));
        var closed = (await _projects.Closed(registered.Text("id"))).Json;

        var office = platform.As(Department.ServiceOffice, RunningPlatform.Supervisor);
        var path = $"{ListedProjects.Path}/{registered.Text("id")}";
        Assert.Equal(("closed", "任务完成"), (closed.Text("status"), closed.Text("closedBecause")));
        Assert.Equal("open", (await office.Get($"{path}?asOf={Uri.EscapeDataString(before.ToString("O", System.Globalization.CultureInfo.InvariantCulture))}")).Must(200).Json.Text("status"));
        Assert.Equal(
            ["emergency-project-registered", "emergency-project-closed"],
            (await office.Get($"{path}/history")).Must(200).Json.List("items").Select(e => e.Text("type")));
    }
}
