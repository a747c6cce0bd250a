using System.Text.Json.Nodes;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Cases;

/// <summary>窗口不说NO (CASE-4): what a clerk does instead of refusing, and how a supervisor refuses.</summary>
public sealed class NeverNoJourney(RunningPlatform platform)
{
    private const Department Lead = Department.MarketRegulation;

    [Fact] // CASE-4: no department becomes an authority by courtesy
    public async Task A_clerk_redirects_to_the_department_of_the_item_that_is_right()
    {
        const string Step = "medical-insurance-registration";
        var @case = await CaseJourney.Accepted(platform, Applications.Establishment, Lead);
        await @case.Grant((Lead, "licence"));
        (await @case.Do(Department.MedicalInsurance, "referrals", new { kind = "department", department = "customs", reason = "归海关。" }))
            .Refuses(422, "case.department-not-of-item");

        (await @case.Do(Department.MedicalInsurance, "referrals", new { kind = "department", department = "social-security", reason = "由社保一并登记。" })).Must(200);

        Assert.Empty(await @case.Tasks(Department.MedicalInsurance));
        Assert.Contains($"{Step} open", await @case.Tasks(Department.SocialSecurity));
        (await platform.As(Department.MedicalInsurance).Get(@case.Path)).Refuses(404, "case.not-found");
        (await @case.Grant(Department.SocialSecurity, Step)).Must(200);
        (await @case.Do(Department.SocialSecurity, "referrals", new { kind = "department", department = "tax", step = Step, reason = "晚了。" }))
            .Refuses(409, "case.step-not-open");
    }

    [Fact] // CASE-13
    public async Task What_is_another_authoritys_is_not_accepted_on_the_day_of_asking()
    {
        platform.PassUntilMonday();
        var @case = await CaseJourney.Submitted(platform, Applications.Establishment);
        object NotOurs(string? authority) => new { kind = "not-our-competence", reason = "住所在外区", authority };
        (await @case.Do(Lead, "non-acceptance", NotOurs("河西区市场监督管理局"))).Refuses(403, "case.only-a-supervisor-refuses");
        (await @case.Supervise(Lead, "non-acceptance", NotOurs(null))).Refuses(400, "request.field-missing");
        (await @case.Supervise(Lead, "non-acceptance", new { kind = "no-licence-needed", reason = "无须许可", authority = "外区" })).Refuses(400, "request.unknown-field");
        (await @case.Supervise(Lead, "non-acceptance", NotOurs("税务局"))).Refuses(409, "case.redirect-first");

        (await @case.Supervise(Lead, "non-acceptance", NotOurs("河西区市场监督管理局"))).Must(200);

        var declined = await @case.Now();
        Assert.Equal("not-accepted", declined.Text("status"));
        Assert.Equal(("not-our-competence", "河西区市场监督管理局"), (declined.GetProperty("nonAcceptance").Text("kind"), declined.GetProperty("nonAcceptance").Text("authority")));
        Assert.Equal((true, true), (declined.IsNull("refusal"), declined.IsNull("acceptedAt")));
        Assert.Equal("not-our-competence", (await @case.History())[^1].GetProperty("details").GetProperty("nonAcceptance").Text("kind"));
        Assert.Equal([@case.Id], (await platform.As(Lead).Get($"/v1/cases?status=not-accepted&ids={@case.Id}")).Must(200).Json.Each("items", "id"));
        var late = await CaseJourney.Submitted(platform, Applications.Establishment);
        platform.Pass(TimeSpan.FromDays(1));
        (await late.Supervise(Lead, "non-acceptance", NotOurs("河西区市场监督管理局"))).Refuses(409, "case.non-acceptance-too-late");
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

    [Fact] // CASE-5
    public async Task A_supervisors_refusal_ends_the_own_step_and_the_others_go_on()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Establishment, Lead);
        await @case.Grant((Lead, "licence"), (Department.PublicSecurity, "seals"));
        (await @case.Supervise(Department.Tax, "steps/invoices/decision", new { outcome = "refused", reason = "欠税" }))
            .Refuses(422, "case.grounds-missing");

        var refused = (await @case.Supervise(Department.Tax, "steps/invoices/decision", new { outcome = "refused", reason = "欠税未清", legalBasis = "税收征管法" }))
            .Must(200).Json;
        Assert.Equal("欠税未清", refused.Step("invoices").GetProperty("refusal").Text("reason"));
        Assert.Equal(["social-security-registration open"], await @case.Tasks(Department.SocialSecurity));
        await @case.Grant(
            (Department.SocialSecurity, "social-security-registration"), (Department.MedicalInsurance, "medical-insurance-registration"),
            (Department.HousingFund, "housing-fund-registration"), (Department.ServiceOffice, "bank-appointment"));

        var ended = await @case.Now();
        Assert.Equal("partly-granted", ended.Text("status"));
        Assert.Equal(platform.Now, ended.Instant("decidedAt"));
        Assert.True(ended.IsNull("refusal"));
        Assert.Equal(
            [
                "licence granted", "seals granted", "invoices refused", "social-security-registration granted", "medical-insurance-registration granted",
                "housing-fund-registration granted", "bank-appointment granted",
            ],
            ended.Steps());
        Assert.Equal("partly-granted", (await @case.History())[^1].GetProperty("details").Text("outcome"));
        var found = await platform.As(CaseJourney.Submitter).Get($"/v1/cases?status=partly-granted&ids={@case.Id}");
        Assert.Equal([@case.Id], found.Must(200).Json.Each("items", "id"));
        Assert.DoesNotContain("invoices refused", (await @case.SeenBy(Department.SocialSecurity)).Steps());
        var remedy = Assert.Single(ended.List("remedies"));
        Assert.Equal(("refusal", "invoices", "P60D", "P6M"), (remedy.Text("act"), remedy.Text("step"), remedy.Text("within"), remedy.Text("courtWithin")));
        Assert.Empty((await @case.SeenBy(Department.SocialSecurity)).List("remedies"));
    }

    [Fact] // CASE-4: in its reader's language, through both doors
    public async Task A_refusal_names_the_laws_remedies()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Establishment, Lead);
        (await @case.Supervise(Lead, "steps/licence/decision", new { outcome = "refused", reason = "不符", legalBasis = "第一条" })).Must(200);

        Assert.Equal("refused", await @case.Status());
        var law = new Text(
            "申请人不服本决定的，可自收到决定之日起六十日内向天津市滨海新区人民政府（天津市滨海新区新港二号路35号 行政复议接待处）申请行政复议，或者六个月内向天津市滨海新区人民法院提起行政诉讼。",
            "The applicant may apply to People's Government of Binhai New Area, Tianjin (Reconsideration reception, 35 Xingang Second Road, Binhai New Area, Tianjin) for administrative reconsideration within 60 days of receiving the decision, or bring an administrative action before People's Court of Binhai New Area, Tianjin within six months.");
        foreach (var language in new[] { "en", "zh-CN" })
        {
            var submitter = platform.As(CaseJourney.Submitter);
            (string, string) reads = ("Accept-Language", language);
            var read = (await submitter.Get(@case.Path, reads)).Json;
            Assert.Equal(law.In(language), read.GetProperty("refusal").Text("remedy"));
            Assert.Equal(law.In(language), read.Step("licence").GetProperty("refusal").Text("remedy"));
            var told = (await submitter.Get($"{@case.Path}/history", reads)).Json.List("items").Single(h => h.Text("type") == "step-refused");
            Assert.Equal(law.In(language), told.GetProperty("details").GetProperty("refusal").Text("remedy"));
            var graph = (await submitter.Post(
                "/graphql", new { query = $"{{ case(id: \"{@case.Id}\") {{ refusal {{ remedy }} steps {{ refusal {{ remedy }} }} history {{ details {{ refusal {{ remedy }} }} }} }} }}" }, reads)).Text;
            Assert.Equal((3, 0), (graph.Split(law.In(language)).Length - 1, graph.Split(law.In(language == "en" ? "zh-CN" : "en")).Length - 1));
        }
        Assert.Empty(await @case.Tasks(Department.SocialSecurity));
        var cancelled = (await @case.History(Department.SocialSecurity)).Single(h => h.Text("type") == "step-cancelled");
        Assert.Equal("predecessor-refused", cancelled.GetProperty("details").Text("because"));
        Assert.True((await @case.SeenBy(Department.SocialSecurity)).IsNull("refusal"));
    }

    [Fact] // CASE-5
    public async Task The_leads_supervisor_refuses_for_all_once_the_case_is_accepted_and_until_a_step_is_decided()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Establishment);
        var grounds = new { reason = "不符合法定条件", legalBasis = "行政许可法第三十八条" };

        (await @case.Supervise(Department.Tax, "refusal", grounds)).Refuses(403, "case.not-your-department");
        (await @case.Supervise(Lead, "refusal", grounds)).Refuses(409, "case.not-accepted");
        (await @case.Accept(Lead)).Must(200);
        (await @case.Supervise(Lead, "refusal", grounds)).Must(200);

        var refused = await @case.Now();
        Assert.Equal("refused", refused.Text("status"));
        Assert.All(refused.List("steps"), s => Assert.Equal("cancelled", s.Text("status")));
        var begun = await CaseJourney.Accepted(platform, Applications.Establishment, Lead);
        await begun.Grant((Lead, "licence"));
        (await begun.Supervise(Lead, "refusal", grounds)).Refuses(409, "case.step-decided");
    }

    [Fact] // CASE-6
    public async Task The_applicants_side_withdraws_what_is_undecided()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Establishment, Lead);
        (await @case.Do(Lead, "withdrawal")).Refuses(403, "case.not-your-case");

        (await @case.Do(CaseJourney.Submitter, "withdrawal", new { reason = "另行办理" })).Must(200);

        var withdrawn = await @case.Now();
        Assert.Equal("withdrawn", withdrawn.Text("status"));
        Assert.All(withdrawn.List("steps"), s => Assert.Equal("cancelled", s.Text("status")));
        Assert.Empty(await @case.Tasks(Lead));
        (await @case.Grant(Lead, "licence")).Refuses(409, "case.step-not-open");

        var begun = await CaseJourney.Accepted(platform, Applications.Establishment, Lead);
        await begun.Grant((Lead, "licence"));
        var partly = (await begun.Do(CaseJourney.Submitter, "withdrawal", new { reason = "其余另行办理" })).Must(200).Json;
        Assert.Equal(("partly-granted", 1), (partly.Text("status"), partly.List("licences").Length));
        Assert.Equal(["licence granted", "seals cancelled"], partly.Steps()[..2]);
        Assert.Equal("其余另行办理", (await begun.History()).Single(h => h.Text("type") == "rest-withdrawn").GetProperty("details").Text("reason"));
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
