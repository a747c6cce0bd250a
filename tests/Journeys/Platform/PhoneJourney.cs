using System.Globalization;
using System.Text.Json;
using OneDoor.Appointments;
using OneDoor.Cases;
using OneDoor.Complaints;
using OneDoor.Contracts;
using OneDoor.Files;
using OneDoor.Forms;
using OneDoor.Licences;
using OneDoor.Tickets;
using OneDoor.WorkOrders;
using Xunit;

namespace OneDoor.Platform;

/// <summary>The app in a real browser, in a citizen's hand.</summary>
public sealed class PhoneJourney(RunningPlatform platform)
{
    private readonly Dictionary<string, object?> _citizen = new() { ["kind"] = "person", ["name"] = "张三", ["citizenId"] = "990000199001010017" };

    private static object Company { get; } = new { kind = "legal-entity", name = "沙箱贸易有限公司", uscc = "91990000MA0000007X" };

    [Fact]
    public async Task A_citizen_does_everything_from_a_phone()
    {
        platform.PassUntilMonday();

        var (exitCode, output, errors) = await OutsideTool.Converse("phone.mjs", Answer, platform.Api.Address.OriginalString.TrimEnd('/'), platform.Identity.Address.OriginalString.TrimEnd('/'));

        Assert.True(exitCode == 0, output + errors);
        Assert.Matches(@"^([1-9]\d+) of \1$", output.Trim().Split('\n')[^1]);
    }

    private Task<string> Answer(string asked) => asked.Split(' ') switch
    {
        ["now"] => Task.FromResult(platform.Now.ToString("O", CultureInfo.InvariantCulture)),
        // The sandbox's citizen is granted one.
        ["licence"] => new GrantedLicences(platform, _citizen).Granted("PSEC-012-02", Department.PublicSecurity),
        // It is to be revoked, and in the end it is not.
        ["noticed", var licence] => GrantedLicences.Done(platform, licence, "annulment-notice", new { facts = "体检证明系伪造。", legalBasis = "《行政许可法》第六十九条第二款", ground = "annulled" }, Department.PublicSecurity),
        ["cleared", var licence] => GrantedLicences.Done(platform, licence, "annulment-notice/withdrawal", new { reason = "证明属实。" }, Department.PublicSecurity),
        // Something is done about a bad rating.
        ["handled", var workOrder] => OpenedWorkOrders.Handle(platform.As(Department.ServiceOffice, $"{Scopes.ComplaintsHandle} {Scopes.CasesSupervise}"), $"/v1/work-orders/{workOrder}"),
        // Departments ask for what is missing, and grant what is founded with a document.
        ["corrected", var @case, var material] => Do(platform.As(Department.ServiceOffice), $"/v1/cases/{@case}", "correction-notices", new { lines = new object[] { new { text = "面积与图纸不符。", field = "/form/area" }, new { text = "看不清。", material } } }),
        ["accepted", var @case] => Do(platform.As(Department.ServiceOffice), $"/v1/cases/{@case}", "acceptance"),
        ["granted", var @case] => Granted($"/v1/cases/{@case}"),
        ["hired"] => Hired(),
        ["pledged"] => Pledged(),
        ["turned-away", var @case] => Do(platform.As(Department.Planning, RunningPlatform.Supervisor), $"/v1/cases/{@case}", "non-acceptance", new { kind = "not-our-competence", authority = "滨海新区不动产登记中心", reason = "不动产不在综合保税区内。" }),
        ["answered", var complaint] => Answered($"/v1/complaints/{complaint}"),
        ["served", var ticket] => new QueuedTickets(platform, _citizen).Served(ticket),
        // The visit's time has come.
        ["due", var appointment] => Due(appointment),
        ["later", var minutes] => Later(TimeSpan.FromMinutes(int.Parse(minutes, CultureInfo.InvariantCulture))),
        // Somebody without an account has waited, and has the paper in hand.
        ["visit"] => Visited(),
        _ => throw new ArgumentException(asked),
    };

    private async Task<string> Granted(string path)
    {
        var lead = platform.As(Department.MarketRegulation, $"{RunningPlatform.Clerk} {Scopes.FilesWrite}");
        var file = (await lead.Upload(SampleFiles.Pdf(), "application/pdf")).Must(201).Json.Text("id");
        await Do(lead, path, "acceptance");
        return await Do(lead, path, "steps/licence/decision", new { outcome = "granted", uscc = Applications.FreshUscc(), results = new[] { new { name = "准予设立登记通知书", file } } });
    }

    // The sandbox's company hands in later what it has pledged to.
    private async Task<string> Pledged()
    {
        var application = Applications.For(Applications.Plain, "appraisal-report");
        application["applicant"] = Company;
        application["pledges"] = new[] { Applications.Pledge("appraisal-report", $"{platform.Now.AddDays(30):yyyy-MM-dd}") };
        var id = (await platform.As(CaseJourney.Submitter).Post("/v1/cases", application)).Must(201).Json.Text("id");
        await Do(platform.As(Department.MarketRegulation), $"/v1/cases/{id}", "acceptance");
        return id;
    }

    // For the sandbox's company, late, by who acts for it.
    private async Task<string> Hired()
    {
        const string Item = "HRSS-002-01";
        var application = Applications.For(Item);
        application["applicant"] = Company;
        application["form"] = AnswerText.With(Applications.Answer(Item)!.Value, JsonSerializer.SerializeToElement(new { hiredOn = "2020-01-06", from = "2020-01-06" }));
        application["agent"] = new { name = "李四", citizenId = "11010519491231002X" };
        return (await platform.As(CaseJourney.Submitter).Post("/v1/cases", application)).Must(201).Json.Text("id");
    }

    private async Task<string> Answered(string path)
    {
        var office = platform.As(Department.ServiceOffice, FiledComplaints.Handle);
        await Do(office, path, "acceptance");
        return await Do(office, path, "answer", new { finding = "unfounded", text = "窗口按规定办理。" });
    }

    // What the browser waits for is one line.
    private static async Task<string> Do(Client who, string path, string command, object? body = null)
    {
        (await who.Post($"{path}/{command}", body, ("If-Match", (await who.Get(path)).Must(200).ETag))).Must(200);
        return "done";
    }

    private async Task<string> Due(string appointment)
    {
        platform.PassUntil((await platform.As(Department.ServiceOffice, BookedAppointments.Manage).Get($"/v1/appointments/{appointment}")).Must(200).Json.Instant("start"));
        return platform.Now.ToString("O", CultureInfo.InvariantCulture);
    }

    private Task<string> Later(TimeSpan span)
    {
        platform.Pass(span);
        return Task.FromResult("done");
    }

    private async Task<string> Visited()
    {
        var taken = (await platform.As(Department.ServiceOffice, QueuedTickets.Operate).Post($"/v1/halls/{QueuedTickets.Hall}/tickets", new { group = "general" })).Must(201).Json;
        await new QueuedTickets(platform, _citizen).Served(taken.Text("id"));
        return $"ticket={taken.Text("id")}&code={taken.Text("code")}";
    }
}
