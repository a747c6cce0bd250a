using OneDoor.Files;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Cases;

/// <summary>Names, identifiers and free text lie beside the facts that hold them, and can be erased while the facts stay.</summary>
public sealed class PersonalDataJourney(RunningPlatform platform)
{
    private const Department Lead = Department.MarketRegulation;

    // It stands in every name and text of these cases and nowhere else.
    private const string Secret = "私密";

    private readonly ApplicantReference _company = new($"legal-entity:{Applications.Company()["uscc"]}", $"天津{Secret}有限公司");

    private Client Company => platform.With(new()
    {
        ["sub"] = "p_secret", ["client_id"] = "mobile", ["scope"] = $"{Scopes.CasesSubmit} {Scopes.CasesRead} {Scopes.FilesWrite}", [Claims.Applicant] = _company,
    });

    [Fact]
    public async Task No_fact_holds_any_and_yet_all_of_it_is_read()
    {
        var id = await Refused();

        Assert.Equal(0, await Facts(id, $"data::text like '%{Secret}%' or data::text like '%{_company.Key.Split(':')[1]}%'"));
        var history = (await platform.As(Department.ServiceOffice).Get($"/v1/cases/{id}/history")).Must(200).Text;
        foreach (var text in new[] { "缺签字", "情况复杂", "拿不准", "归社保", "不实", "税法", "可以复议", "不办了" })
            Assert.Contains(Secret + text, history, StringComparison.Ordinal);
        var receipt = (await Company.Get($"/v1/cases/{id}?asOf={Uri.EscapeDataString(platform.Now.ToString("O"))}")).Must(200).Json;
        Assert.Equal(($"{Secret}新设有限公司", $"{Secret}.pdf"), (receipt.GetProperty("applicant").Text("name"), receipt.List("materials")[0].Text("name")));
    }

    [Fact]
    public async Task A_fact_names_the_digest_of_what_lies_beside_it()
    {
        var id = await Refused();

        const string digest = "'sha-256:' || encode(sha256(p.salt || convert_to(p.data::text, 'UTF8')), 'hex')";
        Assert.Equal(15, await Facts(id, "data ? 'personal'"));
        Assert.Equal(15, await platform.Database.Count(
            $"select count(*) from onedoor.mt_events e join onedoor.personal_parts p using (stream_id, version) where stream_id = '{id}' and e.data ->> 'personal' = {digest}"));
    }

    [Fact]
    public async Task Erased_it_is_gone_for_everybody_and_the_facts_stay()
    {
        var id = await Refused();
        var office = platform.As(Department.ServiceOffice);
        async Task<string> Outline() => string.Join('\n', (await office.Get($"/v1/cases/{id}/history")).Must(200).Json.List("items").Select(h => $"{h.Text("type")} {h.Text("at")} {h.GetProperty("version")}"));
        var (outline, facts) = (await Outline(), await Hash(id));
        Assert.Equal(id, Assert.Single(await Found(office)));
        // A process that has just read it has it no longer than the others.
        Assert.Contains(Secret, (await office.Get($"/v1/cases/{id}")).Must(200).Text, StringComparison.Ordinal);
        var answers = $"select count(*) from onedoor.idempotent_answers where position(convert_to('{id}', 'UTF8') in body) > 0";
        Assert.Equal(2, await platform.Database.Count(answers));

        await Operator.Run<Caller>(platform.Database, "erase", $"--id={id}");

        Assert.Equal((outline, facts), (await Outline(), await Hash(id)));
        Assert.Equal(0, await platform.Database.Count(answers));
        foreach (var path in new[] { "", "/history", "/clock", $"?asOf={Uri.EscapeDataString(platform.Now.ToString("O"))}" })
        {
            foreach (var reader in new[] { office, platform.As(Lead), platform.As(Department.Tax) })
                Assert.DoesNotContain(Secret, (await reader.Get($"/v1/cases/{id}{path}")).Must(200).Text, StringComparison.Ordinal);
        }
        var seen = (await office.Get($"/v1/cases/{id}")).Must(200).Json;
        Assert.Equal(("***", "***", "***", "partly-granted"),
            (seen.GetProperty("applicant").Text("name"), seen.GetProperty("applicant").List("founders")[0].Text("uscc"), seen.Step("invoices").GetProperty("refusal").Text("reason"), seen.Text("status")));
        Assert.Empty(await Found(office));
        // Who submitted it still has it: an account is identity's to erase.
        (await Company.Get($"/v1/cases/{id}")).Must(200);
        Assert.Equal(0, await platform.Database.Count($"select count(*) from onedoor.mt_doc_case d join onedoor.mt_streams s using (id) where id = '{id}' and (d.mt_version <> s.version or d.data::text like '%{Secret}%')"));

        await Operator.Run<Caller>(platform.Database, "erase", $"--id={id}");
        await Operator.Run<Caller>(platform.Database, "rebuild");
        Assert.Equal("***", (await office.Get($"/v1/cases/{id}")).Must(200).Json.GetProperty("applicant").Text("name"));
    }

    // By the company's number, as an operator of the hall looks for it.
    private async Task<string[]> Found(Client office) =>
        [.. (await office.Get("/v1/cases", ("OneDoor-Applicant", _company.Key.Split(':')[1]))).Must(200).Json.Each("items", "id")];

    private Task<long> Hash(string id) => platform.Database.Count(
        $"select hashtextextended(string_agg(to_jsonb(e)::text, '' order by version), 0) from onedoor.mt_events e where stream_id = '{id}'");

    private Task<long> Facts(string id, string which) => platform.Database.Count($"select count(*) from onedoor.mt_events where stream_id = '{id}' and ({which})");

    // By the company itself, with everything anybody can write about a case.
    private async Task<string> Refused()
    {
        platform.PassUntilMonday();
        var materials = Applications.MaterialsOf(Applications.Establishment).Select(code => new { code, name = $"{Secret}.pdf", digest = "sha-256:" + new string('a', 64) }).ToArray();
        var applicant = new
        {
            kind = "founders",
            founders = new[] { new { kind = "legal-entity", name = _company.Name, uscc = _company.Key.Split(':')[1] } },
            representative = 0,
            subject = new { name = $"{Secret}新设有限公司", kind = "company" },
        };
        var authority = (await Company.Upload(SampleFiles.Pdf(), "application/pdf")).Must(201).Json.Text("id");
        var id = (await Company.Post("/v1/cases", new { item = Applications.Establishment, channel = "online", applicant, declaration = Applications.Declared with { Signatory = $"{Secret}签署人" }, form = Applications.Answer(Applications.Establishment), contact = new { phone = "13900000000", email = $"{Secret}@example.com" }, agent = new { name = $"{Secret}经办", citizenId = "11010519491231002X", authority }, materials = materials[1..] }, ("Idempotency-Key", $"submitted-{_company.Key}"))).Must(201).Json.Text("id");
        foreach (var other in new[] { Department.PublicSecurity, Department.Tax, Department.SocialSecurity, Department.MedicalInsurance, Department.HousingFund, Department.ServiceOffice })
            await Do(platform.As(other), "correction-notices/lines", new { lines = Array.Empty<object>() });
        await Do(platform.As(Lead), "correction-notices", new { lines = new[] { new { material = materials[0].code, text = $"{Secret}缺签字" } } });
        await Do(Company, "materials", new { materials = materials[..1] });
        await Do(platform.As(Lead), "acceptance", null);
        await Do(platform.As(Lead, RunningPlatform.Supervisor), "extension", Applications.Extension(1, $"{Secret}情况复杂"));
        await Do(platform.As(Lead), "steps/licence/decision", new { outcome = "granted", uscc = Applications.FreshUscc() });
        await Do(platform.As(Department.PublicSecurity), "referrals", new { kind = "upward", reason = $"{Secret}拿不准" });
        await Do(platform.As(Department.MedicalInsurance), "referrals", new { kind = "department", department = "social-security", reason = $"{Secret}归社保" });
        await Do(platform.As(Department.Tax, RunningPlatform.Supervisor), "steps/invoices/decision",
            new { outcome = "refused", reason = $"{Secret}不实", legalBasis = $"{Secret}税法", remedy = $"{Secret}可以复议" });
        await Do(Company, "withdrawal", new { reason = $"{Secret}不办了" }, ("Idempotency-Key", $"withdrawn-{_company.Key}"));
        return id;

        async Task Do(Client who, string command, object? body, params (string, string)[] headers) =>
            (await who.Post($"/v1/cases/{id}/{command}", body, [("If-Match", (await who.Get($"/v1/cases/{id}")).Must(200).ETag), .. headers])).Must(200);
    }
}
