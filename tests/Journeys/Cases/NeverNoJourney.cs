using System.Text.Json.Nodes;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Cases;

/// <summary>窗口不说NO (CASE-4): what a clerk does instead of refusing, and how a supervisor refuses.</summary>
public sealed class NeverNoJourney(RunningPlatform platform)
{
    private const Department Lead = Department.MarketRegulation;

    [Fact]
    public async Task A_clerk_redirects_to_the_department_that_is_right()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);

        (await @case.Do(Lead, "referrals", new { kind = "department", department = "ecology", reason = "属生态环境职责。" })).Must(200);

        Assert.Empty(await @case.Tasks(Lead));
        Assert.Equal(["decision waiting"], await @case.Tasks(Department.Ecology));
        (await platform.As(Lead).Get(@case.Path)).Refuses(404, "case.not-found");
        (await @case.Accept(Department.Ecology)).Must(200);
        await @case.Grant((Department.Ecology, "decision"));
        Assert.Equal("granted", await @case.Status());
        (await @case.Do(Department.Ecology, "referrals", new { kind = "department", department = "fire", reason = "晚了。" }))
            .Refuses(409, "case.not-in-this-state");
    }

    [Fact]
    public async Task A_clerk_redirects_to_the_item_that_is_right()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);
        (await @case.Do(Lead, "referrals", new { kind = "item", item = "NO-SUCH-ITEM", reason = "错" })).Refuses(422, "case.item-unknown");
        (await @case.Do(Lead, "referrals", new { kind = "item", item = "SAMR-033", reason = "错" })).Refuses(422, "case.item-abolished");

        (await @case.Do(Lead, "referrals", new { kind = "item", item = "MEDI-004-01", reason = "应为医保定点。" })).Must(200);

        var moved = await @case.Now();
        Assert.Equal("MEDI-004-01", moved.GetProperty("item").Text("code"));
        Assert.Equal("medical-insurance", moved.Step("decision").Text("department"));
        Assert.Equal(@case.Receipt.Json.Text("number"), moved.Text("number"));
        Assert.Equal(["decision waiting"], await @case.Tasks(Department.MedicalInsurance));
        Assert.Equal("case-moved-to-item", (await @case.History())[^1].Text("type"));
    }

    [Fact]
    public async Task A_step_referred_upward_is_a_supervisors_to_decide()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Plain, Lead);

        var referred = (await @case.Do(Lead, "referrals", new { kind = "upward", reason = "拿不准。" })).Must(200).Json;
        Assert.True(referred.Step("decision").GetProperty("referredUpward").GetBoolean());
        (await @case.Grant(Lead, "decision")).Refuses(403, "case.referred-upward");

        (await @case.Supervise(Lead, "steps/decision/decision", new { outcome = "granted" })).Must(200);
        Assert.Equal("granted", await @case.Status());
    }

    [Theory] // what is not done is not answered as if it were
    [InlineData("{ \"kind\": \"upward\", \"reason\": \"x\", \"department\": \"fire\" }", "/department")]
    [InlineData("{ \"kind\": \"upward\", \"reason\": \"x\", \"item\": \"MEDI-004-01\" }", "/item")]
    [InlineData("{ \"kind\": \"department\", \"department\": \"fire\", \"reason\": \"x\", \"item\": \"MEDI-004-01\" }", "/item")]
    [InlineData("{ \"kind\": \"item\", \"item\": \"MEDI-004-01\", \"reason\": \"x\", \"department\": \"fire\" }", "/department")]
    [InlineData("{ \"kind\": \"item\", \"item\": \"MEDI-004-01\", \"reason\": \"x\", \"step\": \"decision\" }", "/step")]
    public async Task A_referral_takes_what_its_kind_is_about_and_nothing_else(string body, string pointer)
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);

        var refused = (await @case.Do(Lead, "referrals", JsonNode.Parse(body))).Refuses(400, "request.unknown-field");

        Assert.Equal([pointer], refused.Json.Each("errors", "pointer"));
        Assert.Single(await @case.History());
    }

    [Theory]
    [InlineData("legalBasis", "LEGALBASIS")]
    [InlineData("remedy", "REMEDY")]
    public async Task A_grant_takes_no_grounds_of_a_refusal(string field, string text)
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Plain, Lead);
        var before = await platform.Database.Facts();

        var refused = (await @case.Do(Lead, "steps/decision/decision", new JsonObject { ["outcome"] = "granted", [field] = text })).Refuses(400, "request.unknown-field");
        var mutation = await platform.As(Lead).Ask(
            $"mutation {{ decideStep(id: \"{@case.Id}\", version: 3, step: \"decision\", input: {{ outcome: GRANTED, {field}: \"{text}\" }}) {{ problem {{ code errors {{ pointer }} }} }} }}");

        Assert.Equal([$"/{field}"], refused.Json.Each("errors", "pointer"));
        Assert.Equal("request.unknown-field", mutation.GetProperty("decideStep").GetProperty("problem").Text("code"));
        Assert.Equal(before, await platform.Database.Facts());
    }

    [Fact]
    public async Task A_clerk_refuses_neither_a_step_nor_a_case()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Plain, Lead);
        var before = await platform.Database.Facts();

        (await @case.Do(Lead, "steps/decision/decision", new { outcome = "refused", reason = "不符", legalBasis = "第一条" }))
            .Refuses(403, "case.only-a-supervisor-refuses");
        (await @case.Do(Lead, "refusal", new { reason = "不符", legalBasis = "第一条" })).Refuses(403, "case.only-a-supervisor-refuses");

        Assert.Equal(before, await platform.Database.Facts());
        Assert.Equal("accepted", await @case.Status());
    }

    [Fact]
    public async Task A_supervisors_refusal_of_one_step_ends_the_case_and_the_open_steps_are_told()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Establishment, Lead);
        await @case.Grant((Lead, "licence"), (Department.PublicSecurity, "seals"));
        (await @case.Supervise(Department.Tax, "steps/invoices/decision", new { outcome = "refused", reason = "欠税" }))
            .Refuses(422, "case.grounds-missing");

        (await @case.Supervise(Department.Tax, "steps/invoices/decision", new { outcome = "refused", reason = "欠税未清", legalBasis = "税收征管法" }))
            .Must(200);

        var refused = await @case.Now();
        Assert.Equal("refused", refused.Text("status"));
        Assert.Equal(
            ["licence granted", "seals granted", "invoices refused", "social-security-registration cancelled", "medical-insurance-registration cancelled"],
            refused.Steps());
        Assert.Equal("欠税未清", refused.GetProperty("refusal").Text("reason"));
        var law = new Text(
            "申请人可自收到决定之日起六十日内申请行政复议，或者六个月内提起行政诉讼。",
            "The applicant may apply for administrative reconsideration within 60 days, or bring an administrative action within six months.");
        foreach (var language in new[] { "en", "zh-CN" })
        {
            var submitter = platform.As(CaseJourney.Submitter);
            (string, string) reads = ("Accept-Language", language);
            Assert.Equal(law.In(language), (await submitter.Get(@case.Path, reads)).Json.GetProperty("refusal").Text("remedy"));
            foreach (var fact in (await submitter.Get($"{@case.Path}/history", reads)).Json.List("items").Where(h => h.Text("type") is "step-refused" or "case-refused"))
                Assert.Equal(law.In(language), fact.GetProperty("details").GetProperty("refusal").Text("remedy"));
            var graph = (await submitter.Post("/graphql", new { query = $"{{ case(id: \"{@case.Id}\") {{ refusal {{ remedy }} history {{ details {{ refusal {{ remedy }} }} }} }} }}" }, reads)).Text;
            Assert.Equal((2, 0), (graph.Split(law.In(language)).Length - 2, graph.Split(law.In(language == "en" ? "zh-CN" : "en")).Length - 1));
        }
        Assert.Empty(await @case.Tasks(Department.SocialSecurity));
        var told = (await @case.History(Department.SocialSecurity)).Single(h => h.Text("type") == "step-cancelled");
        Assert.Equal("case-refused", told.GetProperty("details").Text("because"));
        Assert.True((await @case.SeenBy(Department.SocialSecurity)).IsNull("refusal"));
        Assert.Equal("欠税未清", (await @case.SeenBy(Department.Tax)).GetProperty("refusal").Text("reason"));
    }

    [Fact]
    public async Task The_leads_supervisor_refuses_a_case_as_a_whole()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Establishment);

        (await @case.Supervise(Department.Tax, "refusal", new { reason = "不符", legalBasis = "第一条" })).Refuses(403, "case.not-your-department");
        (await @case.Supervise(Lead, "refusal", new { reason = "不符合法定条件", legalBasis = "行政许可法第三十八条" })).Must(200);

        var refused = await @case.Now();
        Assert.Equal("refused", refused.Text("status"));
        Assert.All(refused.List("steps"), s => Assert.Equal("cancelled", s.Text("status")));
        Assert.True(refused.GetProperty("clock").IsNull("actual"));
    }

    [Fact]
    public async Task The_applicants_side_may_withdraw_until_the_decision()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Establishment, Lead);
        (await @case.Do(Lead, "withdrawal")).Refuses(403, "case.not-your-case");

        (await @case.Do(CaseJourney.Submitter, "withdrawal", new { reason = "另行办理" })).Must(200);

        var withdrawn = await @case.Now();
        Assert.Equal("withdrawn", withdrawn.Text("status"));
        Assert.All(withdrawn.List("steps"), s => Assert.Equal("cancelled", s.Text("status")));
        Assert.Empty(await @case.Tasks(Lead));
        (await @case.Grant(Lead, "licence")).Refuses(409, "case.step-not-open");
    }

    [Fact]
    public async Task A_decided_case_is_not_withdrawn()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Plain, Lead);
        await @case.Grant((Lead, "decision"));

        (await @case.Do(CaseJourney.Submitter, "withdrawal")).Refuses(409, "case.not-in-this-state");
    }

    [Fact]
    public async Task A_closed_item_refuses_new_cases_and_records_nothing()
    {
        var before = await platform.Database.Facts();

        var refused = await platform.As(CaseJourney.Submitter).Post("/v1/cases", Applications.For("SAMR-033"), ("Accept-Language", "en"));

        refused.Refuses(422, "case.item-abolished");
        Assert.Contains("with a business licence you may publish advertisements", refused.Json.Text("detail"), StringComparison.Ordinal);
        Assert.Equal(before, await platform.Database.Facts());
    }
}
