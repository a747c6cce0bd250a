using System.Text.Json;
using OneDoor.Clock;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Cases;

/// <summary>SIGHT-1: what the service office sees, what it has opened to itself, and what exists for others alone.</summary>
public sealed class OfficesSightJourney(RunningPlatform platform)
{
    private const string Secret = "SSEC-001-01";

    private const Department Lead = Department.MarketRegulation, Office = Department.ServiceOffice, Security = Department.StateSecurity;

    private static readonly string[] Reads = ["", "/history", "/clock", "/plan", "/documents"];

    private Client Clerk => Staff("p_office_clerk", AccessTable.ScopesOf("clerk"));

    private Client Head => Staff("p_office_head", $"{Scopes.CasesRead} {Scopes.CasesSupervise}");

    private Client Auditor => Staff("p_auditor", RunningPlatform.Auditor);

    [Fact]
    public async Task The_office_sees_where_anothers_case_stands_and_nothing_that_is_in_it()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain, "staff-list");
        (await @case.Do(Lead, "correction-notices", new { lines = new[] { new { material = "staff-list", text = "请补齐人员名单。" } } })).Must(200);
        var uscc = @case.Receipt.Json.GetProperty("applicant").Text("uscc");

        var seen = (await Clerk.Get(@case.Path)).Must(200).Json;

        Assert.Equal(("correction-requested", "天津临港智造有限公司"), (seen.Text("status"), seen.GetProperty("applicant").Text("name")));
        Assert.Equal(["decision waiting"], seen.Steps());
        Assert.Empty(seen.List("materials"));
        Assert.Empty((await Clerk.Get($"{@case.Path}/documents")).Must(200).Json.List("items"));
        (await Clerk.Get($"{@case.Path}/documents/1")).Refuses(404, "document.not-found");
        var graph = await Clerk.Ask($"{{ case(id: \"{@case.Id}\") {{ status materials {{ code }} correctionNotices {{ lines {{ text }} }} history {{ type }} documents {{ number }} }} }}");
        Assert.Equal(["case-submitted"], graph.GetProperty("case").Each("history", "type"));
        var listed = (await Clerk.Get($"/v1/cases?ids={@case.Id}")).Must(200).Text;
        var told = string.Concat(await Task.WhenAll(Reads.Select(async read => (await Clerk.Get(@case.Path + read)).Must(200).Text))) + graph + listed
            + (await Clerk.Get($"{@case.Path}?asOf={Uri.EscapeDataString(platform.Now.ToString("O"))}")).Must(200).Text;
        Assert.Contains(@case.Id, listed, StringComparison.Ordinal);
        Assert.All(["人员名单", "staff-list", uscc, Applications.Declared.Signatory], word => Assert.DoesNotContain(word, told, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_supervisor_opens_a_case_for_a_reason_and_until_midnight()
    {
        platform.PassUntilMonday();
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);
        platform.Pass(TimeSpan.FromMinutes(1));
        var before = await Head.Get(@case.Path);
        Assert.Empty(before.Json.List("materials"));
        Task<Answered> Open(Client who, object body, string tag) => who.Post($"{@case.Path}/disclosures", body, ("If-Match", tag));
        (await Open(Clerk, new { reason = "投诉" }, before.ETag)).Refuses(403, "auth.scope-missing");
        (await Open(Head, new { reason = " " }, before.ETag)).Refuses(422, "case.reason-missing");
        (await @case.Supervise(Lead, "disclosures", new { reason = "投诉" })).Refuses(403, "case.not-yours-to-open");

        var opened = (await Open(Head, new { reason = "窗口服务投诉" }, before.ETag)).Must(200);

        Assert.NotEmpty(opened.Json.List("materials"));
        var whole = (await Head.Get(@case.Path, ("If-None-Match", before.ETag))).Must(200);
        Assert.NotEmpty(whole.Json.List("materials"));
        Assert.NotEmpty((await Head.Get($"{@case.Path}?asOf={Uri.EscapeDataString(@case.Receipt.Json.Text("submittedAt"))}")).Must(200).Json.List("materials"));
        Assert.NotEmpty((await Head.Ask($"{{ case(id: \"{@case.Id}\") {{ materials {{ code }} }} }}")).GetProperty("case").List("materials"));
        Assert.Empty((await Clerk.Get(@case.Path)).Must(200).Json.List("materials"));
        Assert.Equal("窗口服务投诉", (await @case.History()).Single(h => h.Text("type") == "case-disclosed").GetProperty("details").Text("reason"));

        platform.PassUntil(LegalClock.MidnightOf(LegalClock.DayOf(platform.Now).AddDays(1)));
        var after = (await Head.Get(@case.Path, ("If-None-Match", whole.ETag))).Must(200);
        Assert.Empty(after.Json.List("materials"));
        Assert.Equal(whole.Json.GetProperty("version").GetInt32(), after.Json.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task An_auditor_reads_every_case_and_changes_none()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Plain, Lead);

        Assert.Equal((await @case.Now()).GetRawText(), (await Auditor.Get(@case.Path)).Must(200).Text);
        Assert.NotEmpty((await Auditor.Get($"{@case.Path}/documents")).Must(200).Json.List("items"));
        Assert.Contains(@case.Id, (await Auditor.Get($"/v1/cases?ids={@case.Id}")).Must(200).Text, StringComparison.Ordinal);
        Assert.NotEmpty((await Auditor.Ask($"{{ case(id: \"{@case.Id}\") {{ materials {{ code }} }} }}")).GetProperty("case").List("materials"));
        (await Auditor.Post($"{@case.Path}/steps/decision/decision", new { outcome = "granted" }, ("If-Match", "\"1\""))).Refuses(403, "auth.scope-missing");
    }

    [Fact]
    public async Task What_is_confidential_exists_for_its_department_and_its_applicant_and_for_nobody_else()
    {
        var (application, company) = Confidential();
        var @case = await CaseJourney.Submitted(platform, application, by: Security);
        (await @case.Accept(Security)).Must(200);
        var applicant = Staff("p_company", $"{Scopes.CasesRead} {Scopes.CasesSubmit}", new ApplicantReference($"legal-entity:{company["uscc"]}", (string)company["name"]!));

        foreach (var reader in new[] { platform.As(Security), applicant })
        {
            Assert.All(await Task.WhenAll(Reads.Select(read => reader.Get(@case.Path + read))), answer => answer.Must(200));
            Assert.All(await Lists(reader, @case, company), found => Assert.Contains(@case.Id, found));
        }
        Assert.Equal(["decision open"], await @case.Tasks(Security));
        Assert.Equal(["decision open"], await @case.Tasks(Security, "&status=open&sort=due"));
        var total = (await platform.As(Security).Get("/v1/tasks?count=true&status=open")).Must(200).Json;
        Assert.Equal(total.List("items").Length, total.GetProperty("total").GetInt32());

        foreach (var stranger in new[] { Head, Auditor, platform.As(Lead, RunningPlatform.Supervisor), platform.As(CaseJourney.Submitter) })
        {
            Assert.All(await Task.WhenAll(Reads.Append("/documents/1").Select(read => stranger.Get(@case.Path + read))), answer => answer.Refuses(404, "case.not-found"));
            Assert.All(await Lists(stranger, @case, company), found => Assert.DoesNotContain(@case.Id, found));
            Assert.Equal(JsonValueKind.Null, (await stranger.Ask($"{{ case(id: \"{@case.Id}\") {{ id }} }}")).GetProperty("case").ValueKind);
        }
        (await Head.Post($"{@case.Path}/disclosures", new { reason = "投诉" }, ("If-Match", "\"1\""))).Refuses(404, "case.not-found");
        // CASE-4: nor is that a clerk of theirs wanted to refuse it anybody else's.
        var no = new { outcome = "refused", reason = "不符合条件。", legalBasis = "第三十八条" };
        (await platform.As(Security, RunningPlatform.Clerk).Post($"{@case.Path}/steps/decision/decision", no, ("If-Match", (await platform.As(Security).Get(@case.Path)).ETag))).Refuses(403, "case.only-a-supervisor-refuses");
        async Task<JsonElement[]> Tried(Client reader) => [.. (await reader.Every("/v1/staff/attempted-refusals?first=100")).Where(attempt => attempt.Text("department") == "state-security")];
        var tried = Assert.Single(await Tried(platform.As(Security, RunningPlatform.Supervisor)));
        Assert.Equal((true, true, "refusal"), (tried.IsNull("case"), tried.IsNull("step"), tried.Text("tried")));
        await Assert.AllAsync([Head, Auditor, platform.As(Lead, RunningPlatform.Supervisor)], async stranger =>
        {
            Assert.Empty(await Tried(stranger));
            (await stranger.Get($"/v1/staff/attempted-refusals/{tried.Text("id")}")).Refuses(404, "attempted-refusal.not-found");
        });
        Assert.Empty(await @case.Tasks(Office, "&department=state-security"));
    }

    [Fact]
    public async Task What_is_confidential_is_taken_in_by_its_department_alone_and_not_booked()
    {
        var (application, company) = Confidential();

        (await platform.As(CaseJourney.Submitter).Post("/v1/cases", application)).Refuses(403, "case.item-confidential");
        (await platform.As(Security).Post("/v1/cases", new Dictionary<string, object?>(application) { ["channel"] = "agency" })).Refuses(422, "case.channel-not-offered");
        (await platform.As(Office, Scopes.AppointmentsManage).Post("/v1/appointments", new { hall = "airport", item = Secret, applicant = company, start = platform.Now.AddDays(1) }))
            .Refuses(422, "appointment.item-confidential");
    }

    [Fact]
    public async Task A_document_of_what_is_confidential_is_verified_by_the_paper_and_not_by_its_number()
    {
        var @case = await CaseJourney.Submitted(platform, Confidential().Application, by: Security);
        (await @case.Accept(Security)).Must(200);
        var number = (await platform.As(Security).Get($"{@case.Path}/documents")).Must(200).Json.Each("items", "number").Single();

        const string None = "国安受〔2026〕0号";
        var unknown = await platform.Anybody.Get($"/verify/{None}");
        var known = await platform.Anybody.Get($"/verify/{number}");

        // But for the address, which leads to the page in the other language.
        Assert.Equal((404, unknown.Text), (known.Status, known.Text.Replace(Uri.EscapeDataString(number), Uri.EscapeDataString(None), StringComparison.Ordinal)));
        Assert.Equal(404, (await platform.Anybody.Get($"/verify/{number}?token=x.y.z")).Status);
    }

    private static (Dictionary<string, object?> Application, Dictionary<string, object?> Company) Confidential()
    {
        var (application, company) = (Applications.For(Secret), Applications.Company());
        (application["channel"], application["applicant"]) = ("window", company);
        return (application, company);
    }

    // Whatever list could hold it.
    private static async Task<string[][]> Lists(Client reader, CaseJourney @case, Dictionary<string, object?> company)
    {
        var number = @case.Receipt.Json.Text("number");
        List<string[]> found = [];
        foreach (var filter in new[] { "", $"item={Secret}", $"item={Secret}&sort=-changed", "department=state-security", "department=state-security&sort=due", $"ids={@case.Id}", $"number={number}", "status=accepted" })
        {
            var list = (await reader.Get($"/v1/cases?first=100&count=true&{filter}")).Must(200).Json;
            // What is found and then not shown would be counted.
            if (list.IsNull("next"))
                Assert.Equal(list.List("items").Length, list.GetProperty("total").GetInt32());
            found.Add(list.Each("items", "id"));
        }
        found.Add((await reader.Get("/v1/cases", (CaseFilter.ApplicantHeader, (string)company["uscc"]!))).Must(200).Json.Each("items", "id"));
        found.Add((await reader.Ask($"{{ cases(first: 100, item: \"{Secret}\") {{ nodes {{ id }} }} }}")).GetProperty("cases").Each("nodes", "id"));
        return [.. found];
    }

    private Client Staff(string subject, string scopes, ApplicantReference? applicant = null) => platform.With(new()
    {
        ["sub"] = subject, ["client_id"] = "playground", ["scope"] = scopes,
        [applicant is null ? Claims.Department : Claims.Applicant] = applicant is null ? Kebab.Of(Office) : applicant,
    });
}
