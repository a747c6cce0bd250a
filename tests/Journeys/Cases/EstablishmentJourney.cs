using System.Globalization;
using System.Text.RegularExpressions;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Cases;

/// <summary>Business establishment, 企业开办 (JOINT-1): one submission, five departments, three hall hours.</summary>
public sealed partial class EstablishmentJourney(RunningPlatform platform)
{
    [Fact]
    public async Task One_submission_creates_the_whole_case_and_answers_with_its_receipt()
    {
        var submitted = await CaseJourney.Submitted(platform, Applications.Establishment);

        var receipt = submitted.Receipt;
        Assert.Equal(submitted.Path, receipt.Header("Location"));
        Assert.Equal((await platform.As(CaseJourney.Submitter).Get(submitted.Path)).ETag, receipt.ETag);
        Assert.Matches(Number(), receipt.Json.Text("number"));
        Assert.Equal("submitted", receipt.Json.Text("status"));
        Assert.Equal("agency", receipt.Json.Text("channel"));
        Assert.Equal("airport", receipt.Json.Text("hall"));
        Assert.Equal(platform.Now, receipt.Json.Instant("submittedAt"));
        Assert.EndsWith("+08:00", receipt.Json.Text("submittedAt"), StringComparison.Ordinal);
        Assert.Equal("天津临港智造有限公司", receipt.Json.GetProperty("applicant").Text("name"));
        Assert.Equal(
            [
                "licence waiting", "seals waiting", "invoices waiting", "social-security-registration waiting", "medical-insurance-registration waiting",
                "housing-fund-registration waiting", "bank-appointment waiting",
            ],
            receipt.Json.Steps());
        Assert.True(receipt.Json.IsNull("acceptedAt"));
        Assert.True(receipt.Json.Promised().IsNull("dueAt"));
        Assert.True(receipt.Json.GetProperty("clock").IsNull("actual"));
        Assert.Equal(receipt.Text, (await platform.As(CaseJourney.Submitter).Get(submitted.Path)).Text);
    }

    [Fact]
    public async Task Seven_departments_establish_a_business_within_three_hall_hours()
    {
        platform.PassUntilMonday();
        var @case = await CaseJourney.Submitted(platform, Applications.Establishment);
        Assert.Equal(["licence waiting"], await @case.Tasks(Department.MarketRegulation));

        var accepted = (await @case.Accept(Department.MarketRegulation)).Must(200).Json;
        Assert.Equal("accepted", accepted.Text("status"));
        // Half past nine and three hours of an open hall: the hour at noon does not count.
        Assert.Equal(platform.Now.AddHours(4), accepted.Promised().Instant("dueAt"));
        Assert.Equal(platform.Now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), accepted.Promised().Text("dueOn"));

        platform.Pass(TimeSpan.FromMinutes(30));
        await @case.Grant((Department.MarketRegulation, "licence"));
        var opened = await @case.Now();
        Assert.Equal(
            [
                "licence granted", "seals open", "invoices open", "social-security-registration open", "medical-insurance-registration open",
                "housing-fund-registration open", "bank-appointment open",
            ],
            opened.Steps());
        Assert.Equal(platform.Now.AddHours(2), opened.Step("seals").Instant("dueAt"));
        Assert.Equal(platform.Now, opened.Step("invoices").Instant("openedAt"));

        platform.Pass(TimeSpan.FromMinutes(30));
        await @case.Grant(
            (Department.MedicalInsurance, "medical-insurance-registration"),
            (Department.Tax, "invoices"),
            (Department.HousingFund, "housing-fund-registration"),
            (Department.ServiceOffice, "bank-appointment"),
            (Department.SocialSecurity, "social-security-registration"));
        Assert.Equal("accepted", await @case.Status());
        platform.Pass(TimeSpan.FromMinutes(15));
        await @case.Grant((Department.PublicSecurity, "seals"));

        var granted = await @case.Now();
        Assert.Equal("granted", granted.Text("status"));
        Assert.Equal(platform.Now, granted.Instant("decidedAt"));
        Assert.Equal("{\"value\":1.25,\"unit\":\"hall-hours\"}", granted.GetProperty("clock").GetProperty("actual").GetRawText());
        var licence = Assert.Single(granted.List("licences"));
        Assert.Equal("business-licence", licence.GetProperty("licence").Text("code"));
        Assert.True(licence.Instant("deliveredAt") <= platform.Now);
        Assert.Empty(await @case.Tasks(Department.MarketRegulation));
        Assert.Empty(await @case.Tasks(Department.PublicSecurity));
    }

    [Fact] // JOINT-1, APP-1
    public async Task Founders_who_want_seals_alone_have_a_company_when_the_police_is_done()
    {
        var investor = Applications.Company();
        var application = Applications.For(Applications.Establishment, "invoice-request");
        application["applicant"] = Applications.Founding(new { kind = "person", name = "陈建国", citizenId = "11010519491231002X" }, investor);
        application["chosen"] = new[] { "seals" };
        var @case = await CaseJourney.Submitted(platform, application);
        Assert.Equal(
            ["licence waiting", "seals waiting", "invoices waived", "social-security-registration waived", "medical-insurance-registration waived"],
            @case.Receipt.Json.Steps()[..5]);
        (await platform.As(Department.Tax).Get(@case.Path)).Refuses(404, "case.not-found");

        (await @case.Accept(Department.MarketRegulation)).Must(200);
        var uscc = Applications.FreshUscc();
        (await @case.Grant(Department.MarketRegulation, "licence", null)).Refuses(422, "case.founding-uscc");
        (await @case.Grant(Department.MarketRegulation, "licence", uscc)).Must(200);
        var granted = (await @case.Grant(Department.PublicSecurity, "seals")).Must(200);
        Assert.Equal("granted", await @case.Status());
        Assert.Equal(uscc, granted.Json.GetProperty("applicant").GetProperty("subject").Text("uscc"));

        // Every founder and the company itself see it.
        foreach (var key in new[] { "person:11010519491231002X", $"legal-entity:{investor["uscc"]}", $"legal-entity:{uscc}" })
        {
            var reader = platform.With(new()
            {
                ["sub"] = $"p_{key}", ["client_id"] = "mobile", ["scope"] = Scopes.CasesRead, [Claims.Applicant] = new ApplicantReference(key, "某某"),
            });
            (await reader.Get(@case.Path)).Must(200);
            Assert.Contains(@case.Id, (await reader.Get("/v1/cases?first=100")).Must(200).Json.Each("items", "id"));
        }
        Assert.Contains("step-waived", (await @case.History()).Select(h => h.Text("type")));
    }

    [Fact]
    public async Task The_history_tells_everything_in_order()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Establishment, Department.MarketRegulation);
        platform.Pass(TimeSpan.FromMinutes(1));
        await @case.Grant(
            (Department.MarketRegulation, "licence"), (Department.Tax, "invoices"), (Department.PublicSecurity, "seals"),
            (Department.SocialSecurity, "social-security-registration"), (Department.MedicalInsurance, "medical-insurance-registration"),
            (Department.HousingFund, "housing-fund-registration"), (Department.ServiceOffice, "bank-appointment"));

        var history = await @case.History();

        Assert.Equal(
            [
                "case-submitted", "case-accepted", "step-opened", "step-granted", "licence-delivered", .. Enumerable.Repeat("step-opened", 6),
                .. Enumerable.Repeat("step-granted", 6), "case-granted",
            ],
            history.Select(h => h.Text("type")));
        Assert.Equal(Enumerable.Range(1, history.Length), history.Select(h => h.GetProperty("version").GetInt32()));
        Assert.Equal(history.Select(h => h.Instant("at")).Order(), history.Select(h => h.Instant("at")));
        Assert.Equal("customs", history[0].GetProperty("by").Text("department"));
        Assert.Equal("sandbox-market-regulation", history[1].GetProperty("by").Text("client"));
        Assert.Equal(history.Length, Etags.VersionOf((await platform.As(CaseJourney.Submitter).Get(@case.Path)).ETag));
    }

    [GeneratedRegex(@"\AESTABLISHMENT-\d{8}-\d{6}\z")]
    private static partial Regex Number();
}
