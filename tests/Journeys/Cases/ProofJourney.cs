using System.Text.Json;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Licences;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Cases;

/// <summary>Nothing is asked twice: a licence already held proves what it proves (JOINT-4, CAT-2).</summary>
public sealed class ProofJourney(RunningPlatform platform)
{
    private const Department Lead = Department.MarketRegulation;
    private const string Closing = "SAMR-014", Proved = "business-licence-copy";

    private readonly Dictionary<string, object?> _company = Applications.Company();

    [Fact]
    public async Task What_a_preview_says_is_needed_is_enough()
    {
        var number = await Established();
        var preview = (await platform.As(CaseJourney.Submitter).Post($"/v1/catalogue/items/{Closing}/preview", new { applicant = _company })).Must(200).Json;
        Assert.Equal([Proved], preview.Each("proved", "code"));

        var @case = await Submitted([.. preview.Each("needed", "code")]);

        Assert.Equal([Proof(number)], Proofs(@case.Receipt.Json));
        Assert.Equal(@case.Receipt.Text, (await platform.As(CaseJourney.Submitter).Get(@case.Path)).Text);
        (await @case.Do(Lead, "correction-notices", new { lines = new[] { new { material = Proved, text = "请补齐。" } } }))
            .Refuses(422, "case.material-proved");
        (await @case.Accept(Lead)).Must(200);
        Assert.Equal([Proof(number)], Proofs(await @case.Now()));
        var fact = (await @case.History()).Single(h => h.Text("type") == "materials-proved");
        Assert.Equal([Proof(number)], Proofs(fact.GetProperty("details")));
        var read = await platform.As(CaseJourney.Submitter).Ask($"{{ case(id: \"{@case.Id}\") {{ proved {{ code number licence {{ code }} }} }} }}");
        Assert.Equal([Proof(number)], Proofs(read.GetProperty("case")));
    }

    [Fact]
    public async Task A_licence_delivered_after_the_submission_proves_at_acceptance()
    {
        var @case = await Submitted(Needed);
        Assert.Empty(@case.Receipt.Json.List("proved"));
        (await @case.Accept(Lead)).Refuses(422, "case.materials-missing");
        var number = await Established();

        var accepted = (await @case.Accept(Lead)).Must(200).Json;

        Assert.Equal("accepted", accepted.Text("status"));
        Assert.Equal([Proof(number)], Proofs(accepted));
        Assert.Equal([Proof(number)], Proofs(await @case.Now()));
    }

    [Fact]
    public async Task Who_submits_is_not_told_of_licences_it_does_not_see_and_the_department_asks_for_none_of_them()
    {
        var number = await Established(by: Department.Planning);

        var @case = await Submitted(Needed);

        Assert.Empty(@case.Receipt.Json.List("proved"));
        var accepted = (await @case.Accept(Lead)).Must(200).Json;
        Assert.Equal([Proof(number)], Proofs(accepted));
    }

    [Fact]
    public async Task A_case_moved_to_another_item_is_proved_what_that_one_needs()
    {
        var number = await Established();
        var application = Applications.For(CatalogueData.Zone().First(item => item.Department == Lead && item.Code != Applications.Plain
            && item.Mode != ReformMode.Abolished && item.Act != Act.Filing && item.Channels.Contains(Channel.Agency) && item.Applicants.Contains(ApplicantKind.LegalEntity)
            && item.Materials.All(m => m.ProvedBy is null)).Code);
        application["applicant"] = _company;
        var @case = await CaseJourney.Submitted(platform, application);

        var moved = (await @case.Do(Lead, "referrals", new { kind = "item", item = Applications.Plain, reason = "应为充装许可。" })).Must(200).Json;

        Assert.Equal([Proof(number)], Proofs(moved));
    }

    [Fact]
    public async Task A_department_sees_proofs_of_what_its_steps_need_only()
    {
        var number = await Established();
        var @case = await Submitted(Needed);
        (await @case.Accept(Lead)).Must(200);

        Assert.Equal([Proof(number)], Proofs(await @case.SeenBy(Department.Tax)));
        Assert.Contains(await @case.History(Department.Tax), h => h.Text("type") == "materials-proved");
        var another = await Submitted([Proved, .. Needed]);
        Assert.Empty((await another.SeenBy(Department.Tax)).List("proved"));
    }

    [Fact] // JOINT-4: a valid licence proves
    public async Task What_a_licence_proved_is_missing_again_once_it_has_ended()
    {
        var number = await Established();
        var @case = await Submitted(Needed);
        Assert.Equal([Proof(number)], Proofs(@case.Receipt.Json));
        await Cancelled(number);

        Assert.Empty((await @case.Now()).List("proved"));
        var refused = (await @case.Accept(Lead)).Refuses(422, "case.materials-missing");
        Assert.Equal([$"/materials/{Proved}"], refused.Json.Each("errors", "pointer"));
        (await @case.Do(Lead, "correction-notices", new { lines = new[] { new { material = Proved, text = "执照已注销。" } } })).Must(200);

        Assert.Empty((await @case.Now()).List("proved"));
        Assert.Equal("licence-ended", (await @case.History(Lead)).Single(h => h.Text("type") == "proofs-ended").GetProperty("details").Text("proofEnd"));
    }

    [Fact] // CASE-2, JOINT-4
    public async Task What_the_law_accepts_rests_on_no_licence_that_has_ended()
    {
        var number = await Established();
        var @case = await Submitted(Needed);
        await Cancelled(number);
        platform.PassUntil(@case.Receipt.Json.Instant("acceptBy").AddSeconds(2));
        await RunningPlatform.Until(async () => await @case.Status() == "accepted", "the case counts as accepted");

        Assert.Empty((await @case.Now()).List("proved"));
        Assert.Equal(["materials-proved", "proofs-ended", "case-accepted"], (await @case.History()).Select(h => h.Text("type")).Where(type => type is "case-accepted" || type.Contains("proof", StringComparison.Ordinal) || type.Contains("proved", StringComparison.Ordinal)));
        (await @case.Do(CaseJourney.Submitter, "materials", new { materials = new[] { Applications.Material(Proved) } })).Must(200);
    }

    /// <summary>(LIC-7) No copy of a licence issued here is ever asked for.</summary>
    [Fact] // MODE-7
    public async Task A_licence_granted_meanwhile_keeps_what_was_pledged()
    {
        const string Pledging = "PSEC-001-01", Copy = "fire-check-copy";
        var application = Applications.For(Pledging, Copy);
        application["applicant"] = _company;
        var @case = await CaseJourney.Submitted(platform, application);
        (await @case.Do(CaseJourney.Submitter, "pledges", Applications.Pledge(Copy, $"{platform.Now.AddDays(10):yyyy-MM-dd}"))).Must(200);
        (await @case.Accept(Department.PublicSecurity)).Must(200);

        var number = await new GrantedLicences(platform, _company).Granted("FIRE-001-01", Department.Fire);

        Assert.Equal("kept", (await @case.Now()).List("pledges").Single().Text("state"));
        Assert.Contains($"{Copy} fire-check-opinion {number}", Proofs(await @case.SeenBy(Department.PublicSecurity)));
        Assert.Contains(await @case.History(), h => h.Text("type") == "materials-proved");
    }

    [Fact]
    public async Task Who_applies_for_a_company_does_not_learn_which_licences_it_holds()
    {
        const string Item = "CUST-003";
        var number = await Established(by: Department.Planning);
        var application = Applications.For(Item, Proved);
        application["applicant"] = _company;
        var @case = await CaseJourney.Submitted(platform, application);
        Assert.Empty(@case.Receipt.Json.List("proved"));
        var customs = platform.As(CaseJourney.Submitter);

        var noticed = (await @case.Do(Department.Customs, "correction-notices", new { lines = new[] { new { text = "请说明。" } } })).Must(200);

        var proved = Assert.Single(noticed.Json.List("proved"));
        Assert.Equal((Proved, true, true), (proved.Text("code"), proved.IsNull("licence"), proved.IsNull("number")));
        var asOf = await @case.AsOf(platform.Now);
        string[] told =
        [
            noticed.Text, (await customs.Get(@case.Path)).Text, (await customs.Get($"{@case.Path}/history")).Text, asOf.Must(200).Text,
            (await customs.Ask($"{{ case(id: \"{@case.Id}\") {{ proved {{ code number licence {{ code }} }} history {{ details {{ proved {{ number }} }} }} }} }}")).ToString(),
        ];
        Assert.All(told, text => Assert.DoesNotContain(number, text, StringComparison.Ordinal));
        Assert.Contains(number, (await platform.As(Department.ServiceOffice, RunningPlatform.Auditor).Get(@case.Path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_acts_for_nobody_applies_for_nobody()
    {
        var app = platform.With(
            new() { ["sub"] = "some-app", ["client_id"] = "some-app", ["scope"] = "cases:submit cases:read" });

        (await app.Post("/v1/cases", Applications.For(Applications.Plain))).Refuses(403, "case.nobody-signed-in");
    }

    private Task<string> Cancelled(string number) => GrantedLicences.Done(platform, number, "cancellation", new { reason = "公司解散。", legalBasis = "《公司法》第二百二十九条" });

    private static string[] Needed => [.. Applications.MaterialsOf(Closing).Where(code => code != Proved)];

    private static string Proof(string number) => $"{Proved} business-licence {number}";

    private static string[] Proofs(JsonElement @case) =>
        [.. @case.List("proved").Select(p => $"{p.Text("code")} {p.GetProperty("licence").Text("code")} {p.Text("number")}")];

    /// <summary>The company gets its business licence; its number.</summary>
    private async Task<string> Established(Department by = CaseJourney.Submitter)
    {
        var application = Applications.For(Applications.Establishment);
        var @case = await CaseJourney.Submitted(platform, application, by);
        (await @case.Accept(Lead)).Must(200);
        return (await @case.Grant(Lead, "licence", (string)_company["uscc"]!)).Must(200).Json.Each("licences", "number").Single();
    }

    private Task<CaseJourney> Submitted(IEnumerable<string> materials)
    {
        var application = Applications.For(Closing);
        application["applicant"] = _company;
        application["materials"] = materials.Select(Applications.Material).ToArray();
        return CaseJourney.Submitted(platform, application);
    }
}
