using Marten;
using Microsoft.Extensions.DependencyInjection;
using OneDoor.Cases;
using OneDoor.Platform;
using OneDoor.Standing;
using OneDoor.Supervision;
using Xunit;

namespace OneDoor.Licences;

/// <summary>MODE-3, MODE-4, SUP-1: what has ended has no more clocks, and what another licence takes the place of goes on with that.</summary>
public sealed class EndedLicences(RunningPlatform platform)
{
    private static readonly object Grounds = new { reason = "影院停业。", legalBasis = "《行政许可法》第七十条" };

    private readonly Dictionary<string, object?> _company = Applications.Company();

    private Client Office => platform.As(Department.ServiceOffice);

    [Fact]
    public async Task What_is_owed_for_a_licence_is_handed_on_with_it_and_ends_when_it_does()
    {
        var (@case, number) = await Granted();
        var task = $"/v1/supervision-tasks/{SupervisionTask.IdOf(@case, number)}";

        await GrantedLicences.Done(platform, number, "replacement", Grounds, Department.ServiceOffice);
        Assert.Equal(($"{number}-R1", "opened"), ((await Office.Get(task)).Must(200).Json.Text("licence"), (await Office.Get(task)).Must(200).Json.Text("status")));
        Assert.True((await Office.Get($"/v1/cases/{@case}")).Must(200).Json.IsNull("releasedAt"));

        await GrantedLicences.Done(platform, $"{number}-R1", "cancellation", Grounds, Department.ServiceOffice);
        await Closed(@case, task, "cancelled");
        var events = (await Office.Get($"{task}/history")).Must(200).Json.List("items");
        Assert.Equal([("supervision-opened", null), ("supervision-handed-on", $"{number}-R1"), ("supervision-closed", null)], events.Select(e => (e.Text("type"), e.IsNull("licence") ? null : e.Text("licence"))));
        (await platform.As(CaseJourney.Submitter).Post($"/v1/cases/{@case}/commitment/fulfilment", null, ("If-Match", (await platform.As(CaseJourney.Submitter).Get($"/v1/cases/{@case}")).ETag))).Refuses(409, "commitment.nothing-to-meet");
        var graph = await Office.Ask($$"""{ supervisionTask(id: "{{SupervisionTask.IdOf(@case, number)}}") { status ended pledge history { ended } } case(id: "{{@case}}") { releasedAt } }""");
        Assert.Equal(("CLOSED", "CANCELLED", false), (graph.GetProperty("supervisionTask").Text("status"), graph.GetProperty("supervisionTask").Text("ended"), graph.GetProperty("case").IsNull("releasedAt")));
    }

    [Fact] // SUP-1: as releases left tasks, before they were handed on
    public async Task A_task_ends_with_what_took_the_place_of_its_licence_however_often()
    {
        var (@case, number) = await Granted();
        var (task, last) = (SupervisionTask.IdOf(@case, number), number);
        for (var i = 0; i < 2; i++)
        {
            await GrantedLicences.Done(platform, last, "replacement", Grounds, Department.ServiceOffice);
            last = (await Office.Get($"/v1/licences/{last}")).Must(200).Json.Text("replacedBy");
        }
        await platform.Database.Run($$"""update onedoor.mt_doc_supervisiontask set data = data || '{"licence": "{{number}}"}' where id = '{{task}}'""");

        await GrantedLicences.Done(platform, last, "cancellation", Grounds, Department.ServiceOffice);

        await Closed(@case, $"/v1/supervision-tasks/{task}", "cancelled");
    }

    [Fact] // MODE-7
    public async Task What_a_case_that_granted_several_owes_is_owed_until_the_last_of_them_ends()
    {
        var application = Applications.For(Applications.Investment, "quality-safety-measures");
        application["applicant"] = _company;
        application["pledges"] = new[] { Applications.Pledge("quality-safety-measures", platform.Now.AddDays(30).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)) };
        var @case = await CaseJourney.Submitted(platform, application);
        (await @case.Accept(Department.ServiceOffice)).Must(200);
        await @case.Grant(
            (Department.ServiceOffice, "filing"), (Department.Planning, "land-permit"), (Department.Planning, "planning-permit"), (Department.Ecology, "environment"),
            (Department.Construction, "drawing-review"), (Department.Construction, "construction-permit"));
        var licences = (await @case.Now()).List("licences");
        Assert.Equal(4, licences.Length);

        foreach (var licence in licences.Where(licence => licence.Text("step") != "construction-permit"))
            await GrantedLicences.Done(platform, licence.Text("number"), "cancellation", Grounds, Issuer(licence.Text("step")));
        // The last one is another case's by then.
        var changed = await new GrantedLicences(platform, _company).Granted("CONS-001-02", Department.ServiceOffice);
        Assert.Equal(changed, (await platform.As(Department.Construction).Get($"/v1/licences/{licences.Single(licence => licence.Text("step") == "construction-permit").Text("number")}")).Must(200).Json.Text("replacedBy"));
        Assert.True((await @case.Now()).IsNull("releasedAt"));
        await GrantedLicences.Done(platform, changed, "cancellation", Grounds, Department.ServiceOffice);
        Assert.False((await @case.Now()).IsNull("releasedAt"));
        Assert.Equal(changed, (await @case.History()).Single(entry => entry.Text("type") == "obligations-released").GetProperty("details").Text("ended"));
    }

    [Fact] // MODE-3, MODE-6
    public async Task What_was_owed_for_a_licence_ends_with_it_whoever_renewed_it_since()
    {
        var ((first, number), (second, _)) = (await Granted(), await Granted());
        await Happened(number, by => new LicenceRenewed(platform.Now, by, second, "decision", ValidUntil: null));

        await GrantedLicences.Done(platform, number, "cancellation", Grounds, Department.ServiceOffice);

        Assert.False((await Office.Get($"/v1/cases/{first}")).Must(200).Json.IsNull("releasedAt"));
        Assert.True((await Office.Get($"/v1/cases/{second}")).Must(200).Json.IsNull("releasedAt"));
    }

    [Theory] // MODE-4, CRED-1
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_breach_is_noted_with_the_case_that_it_is_of_whichever_renewed_the_licence_since(bool isRenewedByCommitment)
    {
        var breaches = new BreachedCommitments(platform, _company);
        await breaches.Forgiven();
        var committed = await CaseJourney.Submitted(platform, Applications.Committing(OpenedSupervision.Item, _company));
        var number = committed.Receipt.Json.Each("licences", "number").Single();
        var application = Applications.For(Applications.Plain);
        application["applicant"] = _company;
        var renewing = isRenewedByCommitment ? (await Granted()).Case : Guid.Parse((await CaseJourney.Submitted(platform, application)).Id);
        await Happened(number, by => new LicenceRenewed(platform.Now, by, renewing, "decision", ValidUntil: null));

        // Of two who committed themselves it is the one whose supervision found it.
        await breaches.Annulled(number);

        Assert.False((await committed.Now()).GetProperty("commitment").IsNull("breach"));
        if (isRenewedByCommitment)
            Assert.True((await Office.Get($"/v1/cases/{renewing}")).Must(200).Json.GetProperty("commitment").IsNull("breach"));
        (await platform.As(OpenedSupervision.Supervisor).Get($"/v1/standing/records/{CreditRecord.IdOf(Guid.Parse(committed.Id), CreditKind.CommitmentBreached, number)}")).Must(200);
    }

    private async Task Happened(string number, Func<Actor, LicenceFact> fact)
    {
        await using var session = platform.Api.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        session.Events.Append(Licence.IdOf(number), fact(new("sandbox-service-office", "sandbox-service-office", Department.ServiceOffice)));
        await session.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private static Department Issuer(string step) => step switch { "filing" => Department.ServiceOffice, "construction-permit" => Department.Construction, _ => Department.Planning };

    [Fact]
    public async Task A_licence_that_expires_ends_what_is_owed_for_it_by_the_sweep()
    {
        var (@case, number) = await Granted();
        // The tests' clock is everybody's, so its last day is set back.
        await platform.Database.Run($$"""update onedoor.mt_doc_licence set wake_at = '{{platform.Now:O}}', data = data || '{"reminded": true, "validUntil": "{{platform.Now.AddDays(-1):yyyy-MM-dd}}"}' where id = '{{Licence.IdOf(number)}}'""");
        platform.Pass(Sweeps.Every);

        var task = $"/v1/supervision-tasks/{SupervisionTask.IdOf(@case, number)}";
        await RunningPlatform.Until(async () => (await Office.Get(task)).Must(200).Json.Text("status") == "closed", "the licence expires");
        await Closed(@case, task, "expired");
    }

    [Fact] // MODE-3, SUP-1
    public async Task A_commitment_that_is_overdue_reaches_who_supervises_it()
    {
        var (@case, number) = await Granted();
        var task = SupervisionTask.IdOf(@case, number);
        // The tests' clock is everybody's, so its day is set back.
        await platform.Database.Run($$"""update onedoor.mt_doc_case set wake_at = '{{platform.Now:O}}', data = jsonb_set(data, '{commitment,meetBy}', '"{{platform.Now.AddDays(-2):yyyy-MM-dd}}"') where id = '{{@case}}'""");
        platform.Pass(Sweeps.Every);

        await RunningPlatform.Until(async () => !(await Office.Get($"/v1/supervision-tasks/{task}")).Must(200).Json.IsNull("commitmentMissed"), "who supervises learns of it");
        Assert.Contains("supervision-commitment-missed", (await Office.Get($"/v1/supervision-tasks/{task}/history")).Must(200).Json.Each("items", "type"));
        Assert.Contains(await Office.Every("/v1/supervision-tasks?overdue=true&first=100"), late => late.Text("id") == $"{task}");
    }

    [Fact] // SUP-1
    public async Task What_is_overdue_is_listed_until_it_is_done()
    {
        var tasks = new OpenedSupervision(platform, _company);
        var id = await tasks.Opened();
        var head = platform.As(OpenedSupervision.Supervisor, Scopes.SupervisionHandle);
        async Task<IEnumerable<string>> Late() => (await head.Every("/v1/supervision-tasks?overdue=true&first=100")).Select(late => late.Text("id"));
        Assert.DoesNotContain(id, await Late());

        // The tests' clock is everybody's, so what is due is set back.
        await platform.Database.Run($$"""update onedoor.mt_doc_supervisiontask set due_at = '{{platform.Now:O}}', wake_at = '{{platform.Now:O}}', data = data || '{"acknowledgeBy": "{{platform.Now.ToUniversalTime():O}}"}' where id = '{{id}}'""");
        platform.Pass(Sweeps.Every);
        Assert.Contains(id, await Late());
        Assert.Contains($"supervisionTask:{id}", (await head.Ask("{ supervisionTasks(overdue: true, first: 100) { nodes { id } } }")).GetProperty("supervisionTasks").Each("nodes", "id"));
        Assert.True((await head.Get($"/v1/supervision-tasks/{id}")).Must(200).Json.GetProperty("overdue").GetBoolean());
        await RunningPlatform.Until(async () => await platform.Database.Count($"select count(*) from onedoor.mt_events where type = 'supervision_overdue' and stream_id = '{id}'") == 1, "it is recorded");
        await tasks.Done(id, "acknowledgement", null);
        Assert.DoesNotContain(id, await Late());
    }

    [Fact] // MODE-4, BAR-1, LIC-6: nobody escapes an annulment by the end of a term
    public async Task What_was_to_be_annulled_when_its_term_ended_is_annulled_all_the_same()
    {
        const string Item = "PSEC-008-01";
        const Department Police = Department.PublicSecurity;
        var number = await new GrantedLicences(platform, _company).Granted(Item, Police);
        platform.Pass(TimeSpan.FromDays(27));
        await GrantedLicences.Done(platform, number, "annulment-notice", new { facts = "购买用途虚假。", legalBasis = "《行政许可法》第六十九条第二款", deceit = true }, Police);
        // Long holidays between them, the days to speak are over by then, and so is the month of its term.
        platform.Pass(TimeSpan.FromDays(20));
        var expired = (await platform.As(Police).Get($"/v1/licences/{number}")).Must(200).Json;
        Assert.Equal(("expired", "annulled"), (expired.Text("status"), expired.GetProperty("notice").Text("ground")));
        var another = await CaseJourney.Submitted(platform, new Dictionary<string, object?>(Applications.For(Item)) { ["applicant"] = _company });
        (await another.Accept(Police)).Must(200);
        (await another.Grant(Police, "decision")).Refuses(409, "case.revocation-open");

        await GrantedLicences.Done(platform, number, "revocation", new { ground = "annulled", reason = "购买用途虚假。", legalBasis = "《行政许可法》第六十九条第二款" }, Police);
        Assert.Equal(("revoked", true), (await platform.As(Police).Get($"/v1/licences/{number}")).Must(200).Json is var revoked ? (revoked.Text("status"), revoked.IsNull("notice")) : default);
        Assert.Equal(["licence-issued", "licence-annulment-noticed", "licence-expired", "licence-revoked"], (await platform.As(Police).Get($"/v1/licences/{number}/history")).Must(200).Json.Each("items", "type"));
        (await platform.As(CaseJourney.Submitter).Post("/v1/cases", new Dictionary<string, object?>(Applications.For(Item)) { ["applicant"] = _company })).Refuses(403, "case.barred");
    }

    [Fact] // MODE-4
    public async Task What_was_told_of_a_licence_is_known_of_its_copy()
    {
        var licences = new GrantedLicences(platform, _company);
        var notice = new { facts = "充装记录虚假。", legalBasis = "《行政许可法》第六十九条", breach = false };
        var number = await licences.Done(await licences.Granted(), "annulment-notice", notice);
        // The tests' clock is everybody's, so the time to decide about it is set back.
        await platform.Database.Run($$"""update onedoor.mt_doc_licence set data = jsonb_set(data, '{notice,decideBy}', '"{{platform.Now.AddDays(-2):yyyy-MM-dd}}"') where id = '{{Licence.IdOf(number)}}'""");
        await licences.Done(number, "replacement", Grounds);

        var (issuer, copy) = (platform.As(Department.MarketRegulation), $"/v1/licences/{number}-R1");
        async Task<Answered> Told(object body) => await issuer.Post($"{copy}/annulment-notice", body, ("If-Match", (await issuer.Get(copy)).Must(200).ETag));
        (await Told(notice)).Refuses(409, "licence.notice-outdated");
        (await Told(new { facts = "充装超期气瓶。", notice.legalBasis })).Must(200);
    }

    private async Task<(Guid Case, string Number)> Granted()
    {
        var granted = (await CaseJourney.Submitted(platform, Applications.Committing(Applications.CommittedAhead, _company, platform.Now.AddDays(10).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)))).Receipt.Json;
        return (Guid.Parse(granted.Text("id")), granted.Each("licences", "number").Single());
    }

    private async Task Closed(Guid @case, string task, string ended)
    {
        var closed = (await Office.Get(task)).Must(200).Json;
        Assert.Equal(("closed", ended, true), (closed.Text("status"), closed.Text("ended"), closed.IsNull("dueAt")));
        Assert.False((await Office.Get($"/v1/cases/{@case}")).Must(200).Json.IsNull("releasedAt"));
        Assert.Equal("obligations-released", (await Office.Get($"/v1/cases/{@case}/history")).Must(200).Json.Each("items", "type").Last());
    }
}
