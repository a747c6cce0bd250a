using System.Globalization;
using OneDoor.Emergencies;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Cases;

/// <summary>
/// What the reform is known for, as whoever read of it would look for it. Three of its five cases have journeys of their own: a hygiene licence in one
/// request (<see cref="CommitmentJourney"/>), a licence renewed (<see cref="Supervision.SupervisionJourney"/>), and a
/// car-repair shop that needs no environmental assessment (<see cref="Exemptions.ExemptionJourney"/>).
/// </summary>
public sealed class TheArticlesCases(RunningPlatform platform)
{
    private const Department Office = Department.ServiceOffice, Planning = Department.Planning;

    [Fact] // JOINT-2, JOINT-6, MODE-7
    public async Task A_project_is_filed_planned_reviewed_and_permitted_within_18_working_days_with_a_deferred_material()
    {
        const string deferred = "quality-safety-measures";
        var application = Applications.For(Applications.Investment, deferred);
        application["pledges"] = new[] { Applications.Pledge(deferred, platform.Now.AddDays(30).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) };
        var @case = await CaseJourney.Submitted(platform, application);
        (await @case.Accept(Office)).Must(200);
        Assert.Equal([deferred], (await @case.Now()).Each("pledges", "code"));

        platform.Pass(TimeSpan.FromHours(3));
        await @case.Grant((Office, "filing"));
        platform.Pass(TimeSpan.FromDays(4));
        await @case.Grant((Planning, "land-permit"), (Planning, "planning-permit"), (Department.Ecology, "environment"));
        platform.Pass(TimeSpan.FromDays(7));
        await @case.Grant((Department.Construction, "drawing-review"));
        platform.Pass(TimeSpan.FromHours(5));
        await @case.Grant((Department.Construction, "construction-permit"));

        var granted = await @case.Now();
        var actual = granted.GetProperty("clock").GetProperty("actual");
        Assert.Equal(("granted", "working-days"), (granted.Text("status"), actual.Text("unit")));
        Assert.InRange(actual.GetProperty("value").GetDecimal(), 1, 18);
        Assert.True(granted.Instant("decidedAt") <= (await @case.Clock()).GetProperty("promised").Instant("dueAt"), "The promise was kept.");
        Assert.Equal("waived", granted.Step("fire-review").Text("status"));
        Assert.Equal(4, granted.List("licences").Length);
        // What was deferred never held it up, and is still owed.
        Assert.Equal((deferred, "open"), granted.List("pledges").Select(p => (p.Text("code"), p.Text("state"))).Single());
        (await @case.Do(CaseJourney.Submitter, "materials", new { materials = new[] { Applications.Material(deferred) } })).Must(200);
        Assert.Equal(["kept"], (await @case.Now()).Each("pledges", "state"));
    }

    [Fact] // CLK-6
    public async Task An_epidemic_project_is_granted_within_24_hours()
    {
        var project = (await new ListedProjects(platform).Registered()).Json.Text("id");
        var @case = await CaseJourney.Submitted(platform, new Dictionary<string, object?>(Applications.For(Applications.Investment)) { ["emergencyProject"] = project });
        (await @case.Accept(Office)).Must(200);
        var promised = (await @case.Now()).Promised();
        Assert.Equal((24, "hours"), (promised.GetProperty("limit").GetProperty("value").GetInt32(), promised.GetProperty("limit").Text("unit")));

        foreach (var stage in new[] { [(Office, "filing")], [(Planning, "land-permit"), (Planning, "planning-permit"), (Department.Ecology, "environment")], [(Department.Construction, "drawing-review")], new[] { (Department.Construction, "construction-permit") } })
        {
            platform.Pass(TimeSpan.FromHours(4));
            await @case.Grant(stage);
        }

        var granted = await @case.Now();
        Assert.Equal(("granted", "口罩生产线扩建"), (granted.Text("status"), granted.GetProperty("greenChannel").Text("name")));
        Assert.InRange(granted.Instant("decidedAt") - granted.Instant("acceptedAt"), TimeSpan.FromHours(16), TimeSpan.FromHours(24));
        Assert.True(granted.Instant("decidedAt") <= promised.Instant("dueAt"), "The promise was kept.");
        Assert.Equal(4, granted.List("licences").Length);
    }
}
