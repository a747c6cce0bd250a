using System.Text.Json;
using OneDoor.Cases;
using OneDoor.Platform;
using OneDoor.Supervision;
using Xunit;

namespace OneDoor.Standing;

/// <summary>CRED-1: what somebody did not keep bars them from privileges until it is repaired, by the public API alone.</summary>
public sealed class StandingJourney(RunningPlatform platform)
{
    private readonly Dictionary<string, object?> _company = Applications.Company();

    private Client Subject => new EntitledRequests(platform, _company).Subject;

    private Client Keeper => platform.As(OpenedSupervision.Supervisor);

    [Fact]
    public async Task Whoever_breached_a_commitment_commits_to_nothing_until_that_is_repaired()
    {
        Assert.Equal(("allowed", "allowed"), Privileges((await Subject.Get("/v1/standing")).Must(200)));
        var id = await new BreachedCommitments(platform, _company).Recorded();
        var application = Applications.Committing(Applications.Committed, _company);
        (await platform.As(Department.Tax).Post("/v1/cases", application)).Refuses(403, "commitment.barred");
        var standing = (await platform.As(Department.Tax).Get("/v1/standing", ("OneDoor-Applicant", (string)_company["uscc"]!))).Must(200);
        Assert.Equal(("barred", "allowed"), Privileges(standing));
        Assert.Equal((id, "commitment-breached", true), (standing.Json.List("records").Single().Text("id"), standing.Json.List("records").Single().Text("kind"), standing.Json.List("records").Single().IsNull("repairedAt")));
        // The ordinary way is open.
        Assert.Equal("submitted", (await platform.As(Department.Tax).Post("/v1/cases", new Dictionary<string, object?>(Applications.For(Applications.Committed)) { ["applicant"] = _company })).Must(201).Json.Text("status"));

        (await Do(Keeper, id, "repair", new { })).Refuses(409, "standing.not-in-this-state");
        (await Do(Subject, id, "repair-requests", new { reason = "已经整改。" })).Must(200);
        var asked = platform.Now;
        platform.Pass(TimeSpan.FromMinutes(1));
        (await Do(Keeper, id, "repair", new { })).Must(200);

        Assert.Equal(("allowed", "allowed"), Privileges((await Subject.Get("/v1/standing")).Must(200)));
        Assert.False((await Subject.Get($"/v1/standing/records/{id}")).Must(200).Json.IsNull("repairedAt"));
        var then = (await Subject.Get($"/v1/standing/records/{id}?asOf={Uri.EscapeDataString(asked.ToString("O"))}")).Must(200).Json;
        Assert.Equal((2, true), (then.GetProperty("version").GetInt32(), then.IsNull("repairedAt")));
        var history = (await Subject.Get($"/v1/standing/records/{id}/history")).Must(200).Json;
        Assert.Equal(["credit-recorded", "credit-repair-requested", "credit-repair-decided"], history.Each("items", "type"));
        Assert.Equal("已经整改。", history.List("items")[1].Text("reason"));
        (await platform.As(Department.Tax).Post("/v1/cases", application)).Must(201);
    }

    [Fact]
    public async Task A_record_that_is_wrong_is_struck_out_and_bars_are_told_beside_records()
    {
        var id = await new BreachedCommitments(platform, _company).Recorded();
        (await Do(Subject, id, "objection", new { reason = "并非本公司。" })).Must(200);
        (await Do(Keeper, id, "objection-decision", new { upheld = true })).Must(200);
        var refused = await CaseJourney.Submitted(platform, new Dictionary<string, object?>(Applications.For(Applications.Plain)) { ["applicant"] = _company });
        (await refused.Supervise(Department.MarketRegulation, "non-acceptance", new { kind = "false-materials", reason = "检验报告系伪造" })).Must(200);

        var standing = (await Subject.Get("/v1/standing")).Must(200);

        Assert.Equal(("allowed", "allowed"), Privileges(standing));
        Assert.Equal((Applications.Plain, refused.Id), (standing.Json.List("bars").Single().Text("item"), standing.Json.List("bars").Single().Text("case")));
        (await platform.As(Department.Tax).Get("/v1/standing")).Refuses(400, "standing.nobody-named");
        var graph = await Subject.Ask($$"""{ standing { commitments bars { item } records { kind } } creditRecord(id: "{{id}}") { structOut: struckOutAt } }""");
        Assert.Equal("ALLOWED", graph.GetProperty("standing").Text("commitments"));
    }

    [Fact] // whoever has to know somebody's standing asks by name
    public async Task The_feed_tells_of_a_record_whose_it_is_and_who_keeps_it_and_nobody_else()
    {
        Client Enterprise(Dictionary<string, object?> company) => platform.With(new()
        {
            ["sub"] = $"p_{company["uscc"]}", ["client_id"] = "mobile", ["scope"] = Scopes.EventsRead, [Claims.Applicant] = new ApplicantReference($"legal-entity:{company["uscc"]}", (string)company["name"]!),
        });
        var start = (await platform.As(Department.Tax, Scopes.EventsRead).Get("/v1/events?types=onedoor.credit.*&first=1000")).Must(200).Json.Text("next");
        var id = await new BreachedCommitments(platform, _company).Recorded();
        async Task<string[]> Told(Client listener) => (await listener.Get($"/v1/events?types=onedoor.credit.*&after={start}")).Must(200).Json.Each("items", "subject");

        await RunningPlatform.Until(async () => (await Told(platform.As(OpenedSupervision.Supervisor, Scopes.EventsRead))).Contains($"/v1/standing/records/{id}"), "its keeper is told");
        Assert.Equal([$"/v1/standing/records/{id}"], await Told(Enterprise(_company)));
        Assert.Empty(await Told(Enterprise(Applications.Company())));
        Assert.Empty(await Told(platform.As(Department.Tax, Scopes.EventsRead)));
    }

    [Fact] // MODE-7
    public async Task A_pledge_that_is_missed_is_recorded_by_the_sweep_and_bars_from_the_next()
    {
        var application = new Dictionary<string, object?>(Applications.For(Applications.Plain, Deferrable)) { ["applicant"] = _company, ["pledges"] = new[] { Applications.Pledge(Deferrable, $"{platform.Now.AddHours(8):yyyy-MM-dd}") } };
        var @case = await CaseJourney.Submitted(platform, application);
        (await @case.Accept(Department.MarketRegulation)).Must(200);
        platform.Pass(TimeSpan.FromDays(1));
        var company = (string)_company["uscc"]!;

        await RunningPlatform.Until(async () => Privileges((await Keeper.Get("/v1/standing", ("OneDoor-Applicant", company))).Must(200)) == ("allowed", "barred"), "the miss is recorded");

        Assert.Equal(1, await platform.Database.Count($"select count(*) from onedoor.mt_events where type = 'credit_recorded' and stream_id = '{CreditRecord.IdOf(Guid.Parse(@case.Id), CreditKind.PledgeMissed, Deferrable)}'"));
        // MODE-4, SUP-1: in the same commit it reaches who supervises.
        async Task<JsonElement> Opened() =>
            (await platform.As(Department.MarketRegulation, Scopes.SupervisionHandle).Get($"/v1/supervision-tasks/{SupervisionTask.IdOfPledge(Guid.Parse(@case.Id), Deferrable)}")).Must(200).Json;
        var task = await Opened();
        Assert.Equal(("opened", Deferrable, true, @case.Id), (task.Text("status"), task.Text("pledge"), task.IsNull("licence"), task.Text("case")));
        application["pledges"] = new[] { Applications.Pledge(Deferrable, $"{platform.Now.AddDays(3):yyyy-MM-dd}") };
        (await platform.As(CaseJourney.Submitter).Post("/v1/cases", application)).Refuses(403, "case.deficiency-suspended");
        // What is granted after that is what it is about.
        var granted = (await @case.Grant(Department.MarketRegulation, "decision")).Must(200).Json.Each("licences", "number").Single();
        Assert.Equal(granted, (await Opened()).Text("licence"));
    }

    private static string Deferrable => Catalogue.CatalogueData.Zone().First(item => item.Code == Applications.Plain).Materials.First(m => m.Deferrable).Code;

    private static (string, string) Privileges(Answered standing) => (standing.Json.Text("commitments"), standing.Json.Text("deficiency"));

    private static async Task<Answered> Do(Client who, string id, string command, object body) =>
        await who.Post($"/v1/standing/records/{id}/{command}", body, ("If-Match", (await who.Get($"/v1/standing/records/{id}")).Must(200).ETag));
}
