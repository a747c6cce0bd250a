using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Licences;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Supervision;

/// <summary>SUP-1, MODE-4: from a grant by commitment to its annulment, by people and never by a timer.</summary>
public sealed class SupervisionJourney(RunningPlatform platform)
{
    private readonly Dictionary<string, object?> _company = Applications.Company();

    private OpenedSupervision Tasks => new(platform, _company);

    private Client Head => platform.As(OpenedSupervision.Supervisor, $"{RunningPlatform.Supervisor} {Scopes.SupervisionHandle}");

    [Fact]
    public async Task What_is_granted_by_commitment_reaches_who_supervises_it_in_the_same_commit()
    {
        var id = await Tasks.Opened();

        var task = (await Head.Get($"/v1/supervision-tasks/{id}")).Must(200).Json;
        Assert.Equal(("opened", true, "market-regulation", "service-office", OpenedSupervision.Item), (task.Text("status"), task.GetProperty("committed").GetBoolean(), task.Text("department"), task.Text("decidedBy"), task.Text("item")));
        Assert.Equal((string)_company["uscc"]!, task.List("holders").Single().Text("uscc"));
        Assert.Contains(id, (await Head.Get("/v1/supervision-tasks?status=opened&first=100")).Must(200).Json.Each("items", "id"));
        Assert.DoesNotContain(id, (await Head.Get($"/v1/supervision-tasks?first=100&dueTo={platform.Now.AddDays(-1):yyyy-MM-dd}")).Must(200).Json.Each("items", "id"));
        var graph = await Head.Ask($$"""{ supervisionTask(id: "{{id}}") { status licence history { type } } supervisionTasks(status: OPENED, first: 100) { nodes { id } } }""");
        Assert.Equal("supervision-opened", graph.GetProperty("supervisionTask").List("history").Single().Text("type"));
    }

    [Fact] // SUP-1, MODE-1
    public async Task What_is_filed_reaches_who_supervises_it_without_a_licence()
    {
        const string Filing = "OFFC-116";
        var filed = (await CaseJourney.Submitted(platform, new Dictionary<string, object?>(Applications.For(Filing)) { ["applicant"] = _company })).Receipt.Json;
        Assert.Equal("granted", filed.Text("status"));
        var (supervises, path) = (platform.With(new()
        {
            ["sub"] = "hr", ["client_id"] = "hr", [Claims.Department] = "human-resources", ["scope"] = Scopes.SupervisionHandle,
        }), $"/v1/supervision-tasks/{SupervisionTask.IdOfGrant(Guid.Parse(filed.Text("id")))}");

        var task = (await supervises.Get(path)).Must(200);
        Assert.Equal(("opened", "service-office", Filing, true), (task.Json.Text("status"), task.Json.Text("decidedBy"), task.Json.Text("item"), task.Json.IsNull("licence")));
        Assert.Equal("in-order", (await supervises.Post($"{path}/finding", new { outcome = "in-order" }, ("If-Match", task.ETag))).Must(200).Json.Text("status"));
    }

    [Fact] // MODE-4: finding, order, notice, a supervisor's decision
    public async Task What_is_not_put_right_is_annulled_after_notice_and_the_case_says_so()
    {
        var id = await Tasks.Done(await Tasks.Opened(), "finding", Tasks.Breach);
        // SUP-1: who is to put it right is told so in the commit of the finding.
        Assert.Equal(1, await platform.Database.Count($"select count(*) from onedoor.notifications where thing = '{id}' and type = 'onedoor.supervision.found'"));
        var found = (await Head.Get($"/v1/supervision-tasks/{id}")).Must(200).Json.GetProperty("finding");
        var notDone = new { outcome = "not-rectified", note = "仍然没有。" };
        (await Do($"/v1/supervision-tasks/{id}", "rectification", notDone)).Refuses(409, "supervision.rectify-by-not-over");
        platform.PassUntil(LegalClock.MidnightOf(Day(found.Text("rectifyBy")).AddDays(1)));
        await RunningPlatform.Until(async () => (await Head.Get($"/v1/supervision-tasks/{id}")).Must(200).Json.GetProperty("version").GetInt32() == 3, "what is owed is overdue");
        await Tasks.Done(id, "rectification", notDone);
        var task = (await Head.Get($"/v1/supervision-tasks/{id}")).Must(200).Json;
        Assert.Equal(("not-rectified", "breach"), (task.Text("status"), task.GetProperty("finding").Text("outcome")));
        var (licence, number) = ($"/v1/licences/{task.Text("licence")}", task.Text("licence"));
        Assert.Equal("valid", (await Head.Get(licence)).Must(200).Json.Text("status"));

        // A system is given all it asks for; who sits there has what their role gives.
        var person = SignedIn.Client(platform, "supervisor", $"{Scopes.LicencesRead} {Scopes.LicencesManage} {Scopes.CasesSupervise}");
        async Task<Answered> Decides(string command, object body) => await person.Post($"{licence}/{command}", body, ("If-Match", (await person.Get(licence)).Must(200).ETag));
        var noticed = (await Decides("annulment-notice", new { facts = "承诺不实，逾期未整改。", legalBasis = "《行政许可法》第六十九条" })).Must(200).Json;
        // The days to decide run from the finding; told twice, the holder is told once.
        Assert.Equal(LegalClock.DayOf(found.GetProperty("at").GetDateTimeOffset()), Day(noticed.GetProperty("notice").Text("foundOn")));
        Assert.Equal(noticed.GetProperty("version").GetInt32(), (await Do(licence, "annulment-notice", new { facts = "承诺不实，逾期未整改。", legalBasis = "《行政许可法》第六十九条" })).Must(200).Json.GetProperty("version").GetInt32());
        platform.PassUntil(LegalClock.MidnightOf(Day(noticed.GetProperty("notice").Text("speakBy"))).AddDays(1));
        (await Decides("revocation", new { ground = "annulled", reason = "承诺不实。", legalBasis = "《行政许可法》第六十九条" })).Must(200);

        var submitter = platform.As(CaseJourney.Submitter);
        var commitment = (await submitter.Get($"/v1/cases/{task.Text("case")}")).Must(200).Json.GetProperty("commitment");
        Assert.Equal(number, commitment.GetProperty("breach").Text("licence"));
        Assert.Contains("commitment-breached", (await submitter.Get($"/v1/cases/{task.Text("case")}/history")).Must(200).Json.Each("items", "type"));
    }

    [Fact] // CASE-7: the version that somebody names is the licence's
    public async Task What_ends_with_a_licence_changes_at_the_same_moment_and_the_licence_ends()
    {
        var id = await Tasks.Opened();
        var (task, office) = ($"/v1/supervision-tasks/{id}", platform.As(Department.ServiceOffice));
        var seen = (await Head.Get(task)).Must(200);
        var licence = (await office.Get($"/v1/licences/{seen.Json.Text("licence")}")).Must(200);

        var (acknowledged, cancelled) = await RunningPlatform.Race(
            platform.Database, id, () => Head.Post($"{task}/acknowledgement", null, ("If-Match", seen.ETag)),
            () => office.Post($"/v1/licences/{licence.Json.Text("number")}/cancellation", new { reason = "不再经营。", legalBasis = "《行政许可法》第七十条" }, ("If-Match", licence.ETag)));

        Assert.Equal(("acknowledged", "cancelled"), (acknowledged.Must(200).Json.Text("status"), cancelled.Must(200).Json.Text("status")));
        Assert.Equal(["supervision-opened", "supervision-acknowledged", "supervision-closed"], (await Head.Get($"{task}/history")).Must(200).Json.Each("items", "type"));
    }

    [Fact] // MODE-6: 许可、审核、监察
    public async Task A_renewal_keeps_or_replaces_the_licence_and_is_permitted_audited_and_inspected()
    {
        var first = (await CaseJourney.Submitted(platform, Applications.Committing("OFFC-017-01", _company))).Receipt.Json.Each("licences", "number").Single();
        var application = Applications.Renewing(first, Applications.Committing("OFFC-017-03", _company));
        var renewed = (await CaseJourney.Submitted(platform, application)).Receipt.Json;

        var next = renewed.Each("licences", "number").Single();
        var office = platform.As(Department.ServiceOffice);
        var (old, licence) = ((await office.Get($"/v1/licences/{first}")).Must(200).Json, (await office.Get($"/v1/licences/{next}")).Must(200).Json);
        Assert.Equal(("granted", "replaced", next, first), (renewed.Text("status"), old.Text("status"), old.Text("replacedBy"), licence.Text("replaces")));
        // Its four years begin where the old ones end.
        Assert.Equal(Day(old.Text("validUntil")).AddYears(4), Day(licence.Text("validUntil")));
        Assert.Equal(["renewal-permitted", "renewal-audited"], (await platform.As(CaseJourney.Submitter).Get($"/v1/cases/{renewed.Text("id")}/history")).Must(200).Json.Each("items", "type").Where(type => type.StartsWith("renewal", StringComparison.Ordinal)));

        application = Applications.Renewing(next, application);
        application["applicant"] = Applications.Company();
        (await platform.As(CaseJourney.Submitter).Post("/v1/cases", application)).Refuses(422, "renewal.not-the-holder");
    }

    [Fact] // MODE-6
    public async Task Food_goes_on_under_its_number_and_is_inspected_afterwards()
    {
        var produced = await CaseJourney.Submitted(platform, new Dictionary<string, object?>(Applications.For("SAMR-008-01")) { ["applicant"] = _company });
        (await produced.Accept(Department.ServiceOffice)).Must(200);
        (await produced.Do(Department.ServiceOffice, "inspections", Applications.Inspection(platform.Now))).Must(200);
        var number = (await produced.Grant(Department.ServiceOffice, "decision")).Must(200).Json.Each("licences", "number").Single();
        var (licence, before) = ($"/v1/licences/{number}", (await Head.Get($"/v1/licences/{number}")).Must(200).Json);
        var application = Applications.Committing("SAMR-008-03", _company);
        // Nobody escapes a suspension by not naming what is suspended.
        (await Do(licence, "suspension", new { reason = "抽检不合格。", legalBasis = "withholding-penalty" })).Must(200);
        Assert.Contains("renewal.not-valid", (await platform.As(CaseJourney.Submitter).Post("/v1/cases", application)).Must(422).Json.Each("errors", "code"));
        (await Do(licence, "reinstatement", new { })).Must(200);
        application["renews"] = number;
        Assert.Equal(["/form/licence"], (await platform.As(CaseJourney.Submitter).Post("/v1/cases", application)).Refuses(422, "form.fields-contradict").Json.Each("errors", "pointer"));
        var renewed = (await CaseJourney.Submitted(platform, Applications.Renewing(number, application))).Receipt.Json;

        var after = (await Head.Get($"/v1/licences/{number}")).Must(200).Json;
        Assert.Equal((number, "valid", renewed.Text("id")), (renewed.Each("licences", "number").Single(), after.Text("status"), after.Text("case")));
        Assert.Equal(Day(before.Text("validUntil")).AddYears(5), Day(after.Text("validUntil")));

        await Tasks.Done(SupervisionTask.IdOf(Guid.Parse(renewed.Text("id")), number).ToString(), "finding", new { outcome = "in-order" });
        Assert.False((await platform.As(CaseJourney.Submitter).Get($"/v1/cases/{renewed.Text("id")}")).Must(200).Json.GetProperty("renewal").IsNull("inspectedAt"));
    }

    [Fact] // MODE-6, LIC-6: whatever ends is struck off in the end
    public async Task Nobody_renews_by_commitment_what_was_cancelled_by_not_naming_it()
    {
        var number = await new GrantedLicences(platform, _company).Granted("OFFC-013-01", Department.ServiceOffice);
        await GrantedLicences.Done(platform, number, "cancellation", new { reason = "不再经营。", legalBasis = "《行政许可法》第七十条" }, Department.ServiceOffice);

        var refused = (await platform.As(CaseJourney.Submitter).Post("/v1/cases", Applications.Committing("OFFC-013-03", _company))).Must(422);

        Assert.Contains("renewal.not-valid", refused.Json.Each("errors", "code"));
    }

    private async Task<Answered> Do(string thing, string command, object body) => await Head.Post($"{thing}/{command}", body, ("If-Match", (await Head.Get(thing)).Must(200).ETag));

    private static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
}
