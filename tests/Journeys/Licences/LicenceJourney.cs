using System.Globalization;
using System.Text.Json;
using OneDoor.Cases;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Licences;

/// <summary>A licence from its grant to its end, by the public API alone (LIC-1, LIC-3, LIC-6).</summary>
public sealed class LicenceJourney(RunningPlatform platform)
{
    private const Department Issuer = Department.MarketRegulation;
    private static readonly object Grounds = new { reason = "充装记录虚假。", legalBasis = "《行政许可法》第六十九条第二款" };

    private readonly Dictionary<string, object?> _company = Applications.Company();

    private Client Clerk => platform.As(Issuer);

    private Client Head => platform.As(Issuer, RunningPlatform.Supervisor);

    private Client Holder => Person(_company);

    [Fact]
    public async Task What_a_case_delivered_is_read_by_its_holder_and_its_issuer()
    {
        var number = await Granted();

        var seen = (await Holder.Get($"/v1/licences/{number}")).Must(200).Json;
        Assert.Equal(
            (number, "valid", "cylinder-filling-licence", (string)_company["uscc"]!, Applications.Plain, "market-regulation"),
            (seen.Text("number"), seen.Text("status"), seen.GetProperty("kind").Text("code"), seen.GetProperty("holder").Text("uscc"), seen.Text("item"), seen.Text("department")));
        Assert.True(seen.IsNull("ground") && seen.IsNull("replaces") && !seen.IsNull("validUntil") && seen.Text("operationFrom") == seen.Text("validFrom"));
        var @case = (await Holder.Get($"/v1/cases/{seen.Text("case")}")).Must(200).Json.List("licences").Single();
        Assert.Equal($"/v1/licences/{number}", @case.Text("href"));
        Assert.Equal([number], (await Holder.Get("/v1/licences?status=valid&kind=cylinder-filling-licence")).Must(200).Json.Each("items", "number"));
        Assert.Empty((await Holder.Get("/v1/licences?status=expired")).Must(200).Json.List("items"));
        Assert.Equal([number], (await Clerk.Get("/v1/licences", ("OneDoor-Applicant", (string)_company["uscc"]!))).Must(200).Json.Each("items", "number"));
        (await Person(Applications.Company()).Get($"/v1/licences/{number}")).Refuses(404, "licence.not-found");
        (await platform.As(Department.Tax).Get($"/v1/licences/{number}")).Refuses(404, "licence.not-found");
        var graph = (await Holder.Ask($$"""{ licence(number: "{{number}}") { number status scope holder { uscc } history { type } } licences(kind: "cylinder-filling-licence") { nodes { number } totalCount } }"""));
        Assert.Equal(("VALID", number, 1), (graph.GetProperty("licence").Text("status"), graph.GetProperty("licences").Each("nodes", "number").Single(), graph.GetProperty("licences").GetProperty("totalCount").GetInt32()));
    }

    [Fact]
    public async Task It_is_suspended_and_reinstated_and_as_of_says_how_it_stood()
    {
        var number = await Granted();
        var before = platform.Now;
        platform.Pass(TimeSpan.FromMinutes(5));
        var seen = (await Clerk.Get($"/v1/licences/{number}")).Must(200);
        var suspended = (await Clerk.Post($"/v1/licences/{number}/suspension", new { reason = "存放过期气瓶。", legalBasis = "withholding-penalty", until = Day(10) }, ("If-Match", seen.ETag))).Must(200);

        Assert.Equal("penalty", suspended.Json.GetProperty("suspensionBasis").Text("kind"));
        Assert.Equal(("suspended", Day(10), "suspension"), (suspended.Json.Text("status"), suspended.Json.Text("suspendedUntil"), suspended.Json.GetProperty("grounds").List("remedies")[0].Text("act")));
        (await Clerk.Post($"/v1/licences/{number}/reinstatement", null, ("If-Match", seen.ETag))).Refuses(412, "request.stale");
        Assert.Equal("valid", (await Holder.Get($"/v1/licences/{number}?asOf={Uri.EscapeDataString(before.ToString("O", CultureInfo.InvariantCulture))}")).Must(200).Json.Text("status"));
        Assert.Equal([number], (await Holder.Get("/v1/licences?status=suspended")).Must(200).Json.Each("items", "number"));

        // It ends by itself with its last day, whether that is recorded or not; a tag read before stays good until it is.
        var then = platform.Now;
        platform.Pass(TimeSpan.FromDays(11));
        Assert.Equal("valid", (await Holder.Get($"/v1/licences/{number}")).Must(200).Json.Text("status"));
        Assert.Equal("suspended", (await Holder.Get($"/v1/licences/{number}?asOf={Uri.EscapeDataString(then.ToString("O", CultureInfo.InvariantCulture))}")).Must(200).Json.Text("status"));
        var history = (await Holder.Get($"/v1/licences/{number}/history")).Must(200).Json;
        Assert.Equal(["licence-issued", "licence-suspended", "licence-reinstated"], history.Each("items", "type"));
        Assert.Equal("withholding-penalty", history.List("items")[1].GetProperty("suspensionBasis").Text("code"));
        Assert.Equal([number], (await Holder.Get("/v1/licences?status=valid")).Must(200).Json.Each("items", "number"));
    }

    [Fact]
    public async Task Nobody_loses_a_licence_unheard_and_what_is_revoked_proves_nothing()
    {
        var number = await Granted();
        (await Do(Head, number, "revocation", new { ground = "annulled", reason = "充装记录虚假。", legalBasis = "《行政许可法》第六十九条第二款" })).Refuses(409, "licence.notice-missing");
        var noticed = (await Do(Clerk, number, "annulment-notice", new { facts = "充装记录虚假。", legalBasis = "《行政许可法》第六十九条第二款", deceit = true })).Must(200).Json.GetProperty("notice");
        Assert.Equal(("annulled", true), (noticed.Text("ground"), noticed.GetProperty("deceit").GetBoolean()));
        var revocation = new { ground = "annulled", reason = "充装记录虚假，申辩不成立。", legalBasis = "《行政许可法》第六十九条第二款" };
        (await Do(Head, number, "revocation", revocation)).Refuses(409, "licence.too-early");
        (await Do(Holder, number, "cancellation")).Refuses(409, "licence.notice-open");

        var spoken = (await Do(Holder, number, "statements", new { text = "充装记录属实。", hearing = true })).Must(200).Json;
        Assert.Equal(("充装记录属实。", false), (spoken.List("statements").Single().Text("text"), spoken.IsNull("hearingAskedOn")));
        platform.PassUntil(Clock.LegalClock.MidnightOf(DateOnly.Parse(noticed.Text("speakBy"), CultureInfo.InvariantCulture)).AddDays(1));
        (await Do(Head, number, "revocation", revocation)).Refuses(409, "licence.hearing-missing");
        // LIC-6, HEAR-2: heard by somebody else than who proposes it, with minutes.
        (await Do(Clerk, number, "hearings", new GrantedLicences(platform, _company).Hearing)).Must(200);
        var called = (await Clerk.Ask($$"""{ licence(number: "{{number}}") { hearings { number heldOn presider { name } minutes { text } } } }""")).GetProperty("licence").List("hearings").Single();
        platform.PassUntil(Clock.LegalClock.MidnightOf(DateOnly.Parse(called.Text("heldOn"), CultureInfo.InvariantCulture)).AddHours(9));
        var minutes = new { text = "持证人陈述了意见。", signedBy = "赵敏", signedOn = called.Text("heldOn") };
        Assert.Equal("持证人陈述了意见。", (await Do(Clerk, number, "hearings/1/minutes", minutes)).Must(200).Json.List("hearings").Single().GetProperty("minutes").Text("text"));
        (await Do(Clerk, number, "revocation", revocation)).Refuses(403, "licence.only-a-supervisor-revokes");
        var revoked = (await Do(Head, number, "revocation", revocation)).Must(200).Json;

        Assert.Equal(("revoked", "annulled", true), (revoked.Text("status"), revoked.Text("ground"), revoked.IsNull("notice")));
        Assert.Equal("revoked", (await platform.Anybody.Get($"/v1/licences/{number}/verification")).Must(200).Json.Text("status"));
        Assert.Equal("revocation", revoked.GetProperty("grounds").List("remedies").Single().Text("act"));
        Assert.Equal("annulled", (await Do(Clerk, number, "cancellation", Grounds)).Must(200).Json.Text("ground"));
        // What bars is of the case, and stands with the annulment for whoever sees that.
        Assert.Equal(["revocation-notice", "hearing", "annulment", "bar", "cancellation"], (await Clerk.Get($"/v1/licences/{number}/documents")).Must(200).Json.Each("items", "act"));
        var written = (await Clerk.Get($"/v1/licences/{number}/documents/4", ("Accept", "application/json"))).Must(200).Json;
        Assert.Equal("bar", written.Text("act"));
        Assert.Equal(written.Text("number"), (await Clerk.Ask($$"""{ licence(number: "{{number}}") { documents { number } } }""")).GetProperty("licence").List("documents")[3].Text("number"));
        // BAR-1: who had it by deceit is barred from it for three years.
        var again = Applications.For(Applications.Plain);
        again["applicant"] = _company;
        (await platform.As(CaseJourney.Submitter).Post("/v1/cases", again)).Refuses(403, "case.barred");
        var bar = (await Clerk.Get("/v1/standing", ("OneDoor-Applicant", (string)_company["uscc"]!))).Must(200).Json.List("bars").Single();
        Assert.Equal(("deceit", 3), (bar.Text("ground"), DateOnly.Parse(bar.Text("until"), CultureInfo.InvariantCulture).Year - DateOnly.Parse(bar.Text("from"), CultureInfo.InvariantCulture).Year));
        Assert.Equal(
            ["licence-issued", "licence-annulment-noticed", "licence-holder-heard", "licence-hearing-called", "licence-hearing-closed", "licence-revoked", "licence-cancelled"], (await Holder.Get($"/v1/licences/{number}/history")).Must(200).Json.Each("items", "type"));
    }

    [Fact] // LIC-6, BAR-1
    public async Task Nobody_is_granted_another_while_one_is_to_be_revoked()
    {
        var number = await Granted();
        (await Do(Clerk, number, "annulment-notice", new { facts = "充装记录虚假。", legalBasis = "《行政许可法》第六十九条" })).Must(200);
        var application = Applications.For(Applications.Plain);
        application["applicant"] = _company;
        var another = await CaseJourney.Submitted(platform, application);
        (await another.Accept(Issuer)).Must(200);
        (await another.Grant(Issuer, "decision")).Refuses(409, "case.revocation-open");
        // The tests' clock is everybody's, so the time to decide about it is set back.
        await platform.Database.Run($$"""update onedoor.mt_doc_licence set data = jsonb_set(data, '{notice,decideBy}', '"{{platform.Now.AddDays(-2):yyyy-MM-dd}}"') where id = '{{Licence.IdOf(number)}}'""");
        (await another.Grant(Issuer, "decision")).Must(200);
    }

    [Fact] // JOINT-4
    public async Task A_suspended_licence_proves_nothing_until_it_is_reinstated()
    {
        const string Renewal = "SAMR-028-02";
        var proved = CatalogueMaterial(Renewal);
        var number = await Granted();
        (await Do(Clerk, number, "suspension", new { reason = "充装记录虚假。", legalBasis = "withholding-penalty" })).Must(200);
        // Nor is it renewed.
        (await platform.As(CaseJourney.Submitter).Post("/v1/cases", Asked())).Refuses(422, "renewal.not-valid");
        (await Do(Clerk, number, "reinstatement")).Must(200);
        Assert.Equal([number], (await CaseJourney.Submitted(platform, Asked())).Receipt.Json.List("proved").Where(p => p.Text("code") == proved).Select(p => p.Text("number")));

        Dictionary<string, object?> Asked() => new(Applications.For(Renewal, proved)) { ["applicant"] = _company };
    }

    [Fact]
    public async Task A_new_copy_takes_its_place_and_a_holder_gives_it_back()
    {
        var number = await Granted();
        platform.Pass(TimeSpan.FromMinutes(1));
        var replaced = (await Do(Clerk, number, "replacement", new { reason = "名称记载有误。", legalBasis = "《行政许可法》第四十九条", holderName = "更正公司" }, ("Idempotency-Key", $"\"{Guid.CreateVersion7(platform.Now)}\""))).Must(200).Json;
        var next = replaced.Text("replacedBy");

        var successor = (await Holder.Get($"/v1/licences/{next}")).Must(200).Json;
        Assert.Equal(("replaced", "valid", number, replaced.Text("validUntil")), (replaced.Text("status"), successor.Text("status"), successor.Text("replaces"), successor.Text("validUntil")));
        Assert.Equal("更正公司", successor.GetProperty("holder").Text("name"));
        Assert.Equal("更正公司", (await Holder.Get($"/v1/licences/{number}/history")).Must(200).Json.List("items")[^1].Text("holderName"));
        Assert.Equal([next, number], (await Holder.Get("/v1/licences?first=1")).Must(200).Json.Each("items", "number").Concat((await Holder.Get((await Holder.Get("/v1/licences?first=1")).Json.Text("next"))).Must(200).Json.Each("items", "number")));
        var given = (await Holder.Ask($$"""mutation { cancelLicence(number: "{{next}}", version: 1) { licence { status } problem { code } } }""")).GetProperty("cancelLicence");
        Assert.Equal("CANCELLED", given.GetProperty("licence").Text("status"));
        Assert.True((await Holder.Get($"/v1/licences/{next}")).Json.IsNull("grounds"));
    }

    [Fact] // PUB-1
    public async Task The_public_register_holds_what_legal_entities_hold_and_of_persons_what_the_item_says_masked()
    {
        var number = await Granted();
        const string Card = "PSEC-012-02", CitizenId = "990000199001010017";
        var application = Applications.For(Card);
        application["applicant"] = new { kind = "person", name = "张三丰登", citizenId = CitizenId };
        var @case = await CaseJourney.Submitted(platform, application);
        (await @case.Accept(Department.PublicSecurity)).Must(200);
        var driving = (await @case.Grant(Department.PublicSecurity, "decision")).Must(200).Json.Each("licences", "number").Single();

        var entry = (await Published("cylinder-filling-licence")).Single(l => l.Text("number") == number);
        Assert.Equal(((string)_company["name"]!, (string)_company["uscc"]!, "valid"), (entry.Text("holder"), entry.Text("uscc"), entry.Text("status")));
        Assert.DoesNotContain(await Published("driving-licence"), l => l.GetRawText() is var text && (text.Contains(driving, StringComparison.Ordinal) || text.Contains(CitizenId, StringComparison.Ordinal)));

        // Who may nurse is published by law.
        const string Nurse = "OFFC-020-02";
        application = new(Applications.For(Nurse)) { ["applicant"] = application["applicant"] };
        @case = await CaseJourney.Submitted(platform, application);
        (await @case.Accept(Department.ServiceOffice)).Must(200);
        var nursing = (await @case.Grant(Department.ServiceOffice, "decision")).Must(200).Json.Each("licences", "number").Single();
        var nurses = await Published("nurse-certificate");
        Assert.Equal("张**", nurses.Single(l => l.Text("number") == nursing).Text("holder"));
        Assert.DoesNotContain(nurses, l => l.GetRawText() is var text && (text.Contains("张三丰登", StringComparison.Ordinal) || text.Contains(CitizenId, StringComparison.Ordinal)));
    }

    private Task<JsonElement[]> Published(string kind) => platform.Anybody.Every($"/v1/register/licences?kind={kind}&first=100");

    private static string CatalogueMaterial(string item) => Catalogue.CatalogueData.Zone().First(i => i.Code == item).Materials.First(m => m.ProvedBy == "cylinder-filling-licence").Code;

    private Task<string> Granted() => new GrantedLicences(platform, _company).Granted();

    private string Day(int later) => platform.Now.AddDays(later).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static async Task<Answered> Do(Client who, string number, string command, object? body = null, params (string, string)[] headers) =>
        await who.Post($"/v1/licences/{number}/{command}", body, [("If-Match", (await who.Get($"/v1/licences/{number}")).Must(200).ETag), .. headers]);

    private Client Person(Dictionary<string, object?> company) => platform.With(new()
    {
        ["sub"] = $"p_{company["uscc"]}", ["client_id"] = "mobile", ["scope"] = "cases:submit cases:read licences:read",
        [Claims.Applicant] = new ApplicantReference($"legal-entity:{company["uscc"]}", (string)company["name"]!),
    });
}
