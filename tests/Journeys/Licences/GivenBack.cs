using OneDoor.Cases;
using OneDoor.Platform;
using OneDoor.Supervision;
using Xunit;

namespace OneDoor.Licences;

/// <summary>LIC-6, 行政许可法 art. 70: a licence is given back by a case, and ends in the commit that grants it.</summary>
public sealed class GivenBack(RunningPlatform platform)
{
    private const string First = "SAMR-009-02", GivingUp = "SAMR-009-06";
    private const Department Office = Department.ServiceOffice, Supervises = Department.MarketRegulation;

    private readonly Dictionary<string, object?> _company = Applications.Company();

    private Client Supervisor => platform.As(Supervises, $"{RunningPlatform.Supervisor} {Scopes.SupervisionHandle}");

    [Fact]
    public async Task A_granted_cancellation_ends_the_licence_that_it_names_and_nobody_escapes_by_it()
    {
        var number = await new GrantedLicences(platform, _company).Granted(First, Office);
        var opened = (await platform.As(Office).Get($"/v1/licences/{number}")).Must(200).Json.Text("case");
        (await Asked(number, Applications.Company())).Refuses(422, "cancellation.not-the-holder");
        await GrantedLicences.Done(platform, number, "suspension", new { reason = "抽检不合格。", legalBasis = "withholding-penalty" }, Office);
        Assert.Equal(["/cancels"], (await Asked(number)).Refuses(409, "cancellation.held-back").Json.Each("errors", "pointer"));
        await GrantedLicences.Done(platform, number, "reinstatement", null, Office);

        // It need not be named by who holds only one. What supervision finds meanwhile is put right first.
        var @case = await CaseJourney.Submitted(platform, Body(null));
        Assert.Equal(number, @case.Receipt.Json.Text("cancels"));
        (await @case.Accept(Office)).Must(200);
        var task = $"/v1/supervision-tasks/{SupervisionTask.IdOf(Guid.Parse(opened), number)}";
        await Found(task, "finding", new { outcome = "breach", note = "没有冷藏设备。", rectifyBy = $"{platform.Now.AddDays(10):yyyy-MM-dd}" });
        (await @case.Grant(Office, "decision")).Refuses(409, "cancellation.held-back");
        Assert.Equal("valid", (await platform.As(Office).Get($"/v1/licences/{number}")).Must(200).Json.Text("status"));
        await Found(task, "rectification", new { outcome = "rectified" });
        (await @case.Grant(Office, "decision")).Must(200);

        Assert.Equal("cancelled", (await platform.As(Office).Get($"/v1/licences/{number}")).Must(200).Json.Text("status"));
        var ended = (await platform.As(Office).Get($"/v1/licences/{number}/history")).Must(200).Json.List("items")[^1];
        Assert.Equal(("licence-cancelled", @case.Id), (ended.Text("type"), ended.Text("case")));
        Assert.Contains("cancellation-asked", (await platform.As(CaseJourney.Submitter).Get($"/v1/cases/{@case.Id}/history")).Must(200).Json.Each("items", "type"));
        var graph = await platform.As(Office).Ask($$"""{ case(id: "{{@case.Id}}") { cancels } licence(number: "{{number}}") { status history { type case } } }""");
        Assert.Equal((number, "CANCELLED"), (graph.GetProperty("case").Text("cancels"), graph.GetProperty("licence").Text("status")));
        (await Asked(number)).Refuses(409, "cancellation.has-ended");
    }

    private Dictionary<string, object?> Body(string? number, Dictionary<string, object?>? applicant = null) => new(Applications.For(GivingUp)) { ["applicant"] = applicant ?? _company, ["cancels"] = number };

    private Task<Answered> Asked(string number, Dictionary<string, object?>? applicant = null) => platform.As(CaseJourney.Submitter).Post("/v1/cases", Body(number, applicant));

    private async Task Found(string task, string what, object body) => (await Supervisor.Post($"{task}/{what}", body, ("If-Match", (await Supervisor.Get(task)).Must(200).ETag))).Must(200);
}
