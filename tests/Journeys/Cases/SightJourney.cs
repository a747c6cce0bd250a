using System.Text.Json;
using System.Text.RegularExpressions;
using OneDoor.Files;
using OneDoor.Forms;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Cases;

/// <summary>Who sees what of a case (JOINT-3): what a caller may not see does not exist for it.</summary>
public sealed partial class SightJourney(RunningPlatform platform)
{
    private const Department Lead = Department.MarketRegulation;

    [Fact]
    public async Task A_department_sees_its_own_step_and_what_that_needs_and_nothing_else()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Establishment, Lead);
        await @case.Grant((Lead, "licence"), (Department.PublicSecurity, "seals"));

        var seen = await @case.SeenBy(Department.Tax);

        Assert.Equal(["invoices open"], seen.Steps());
        Assert.Equal(["identity-proof", "invoice-request"], seen.Each("materials", "code").Order());
        Assert.Empty(seen.List("licences"));
        Assert.Equal(["seals granted"], (await @case.SeenBy(Department.PublicSecurity)).Steps());
        Assert.Equal(7, (await @case.SeenBy(Department.ServiceOffice)).List("steps").Length);
    }

    [Theory, InlineData(Applications.Establishment), InlineData(Applications.Investment)] // JOINT-3, CASE-11, CASE-12
    public async Task A_department_is_shown_those_fields_and_files_that_access_matrix_says(string item)
    {
        var (departments, expected) = AccessTable.SharesOf(item);
        var submitter = platform.As(CaseJourney.Submitter, $"{RunningPlatform.Clerk} {Scopes.FilesWrite}");
        Dictionary<string, string> files = [];
        foreach (var material in Applications.MaterialsOf(item))
            files[material] = (await submitter.Upload(SampleFiles.Pdf(), "application/pdf")).Must(201).Json.Text("id");
        var application = Applications.For(item);
        if (item == Applications.Establishment)
            application["form"] = AnswerText.With(Applications.Answer(item)!.Value, JsonSerializer.Deserialize<JsonElement>(ForEachDepartment));
        application["materials"] = files.Select(material => new { code = material.Key, name = "材料.pdf", file = material.Value }).ToArray();
        var @case = await CaseJourney.Submitted(platform, application);
        var first = @case.Receipt.Json.List("steps")[0];
        var lead = platform.As(Kebab.Parse<Department>(first.Text("department"))!.Value, $"{RunningPlatform.Clerk} {Scopes.FilesWrite}");
        files["result of the first step"] = (await lead.Upload(SampleFiles.Pdf(), "application/pdf")).Must(201).Json.Text("id");
        (await lead.Post($"{@case.Path}/acceptance", null, ("If-Match", await @case.ETag()))).Must(200);
        (await lead.Post($"{@case.Path}/steps/{first.Text("code")}/decision", new
        {
            outcome = "granted",
            uscc = item == Applications.Establishment ? Applications.FreshUscc() : null,
            results = new[] { new { name = "通知书.pdf", file = files["result of the first step"] } },
        }, ("If-Match", await @case.ETag()))).Must(200);

        var fields = (await @case.Now()).GetProperty("form").EnumerateObject().Select(field => field.Name).ToArray();
        Dictionary<string, string[]> shown = [];
        foreach (var (i, department) in departments.Index())
        {
            var reader = platform.As(Kebab.Parse<Department>(department)!.Value);
            var seen = (await reader.Get(@case.Path)).Must(200).Json;
            var graph = (await reader.Ask($$"""{ case(id: "{{@case.Id}}") { form materials { code } } }""")).GetProperty("case");
            Assert.Equal(seen.GetProperty("form").GetRawText(), graph.GetProperty("form").GetRawText());
            Assert.Equal(seen.Each("materials", "code"), graph.Each("materials", "code"));
            foreach (var field in fields)
                Keep(field, i, seen.GetProperty("form").TryGetProperty(field, out _) ? "seen" : "");
            foreach (var (name, file) in files)
                Keep($"file: {name}", i, $"{(await reader.Get($"/v1/files/{file}")).Status}{(seen.List("materials").Any(m => m.Text("code") == name) ? " seen" : "")}");
        }

        Assert.Equal(@case.Receipt.Json.Each("steps", "department").Order().Distinct(), departments.Order());
        Assert.Equal(Lines(expected), Lines(shown));

        static string Lines(IReadOnlyDictionary<string, string[]> rows) => string.Join('\n', rows.Select(row => $"{row.Key}: {string.Join(", ", row.Value)}").Order(StringComparer.Ordinal));

        void Keep(string row, int at, string cell)
        {
            if (!shown.TryGetValue(row, out var cells))
                shown[row] = cells = new string[departments.Count];
            cells[at] = cell;
        }
    }

    [Fact]
    public async Task No_read_tells_a_department_of_anothers_step()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Investment, Department.ServiceOffice);
        await @case.Grant((Department.ServiceOffice, "filing"), (Department.Planning, "land-permit"), (Department.Planning, "planning-permit"));
        (await @case.Do(Department.Ecology, "pauses", Applications.Pause(platform.Now.AddDays(20), "环评技术评估", "expert-review"))).Must(200);
        Assert.Empty((await @case.SeenBy(Department.Construction)).GetProperty("clock").List("pauses"));
        await @case.Grant((Department.Construction, "drawing-review"));
        (await @case.Do(Department.Ecology, "pauses/1/end")).Must(200);
        await @case.Grant((Department.Ecology, "environment"), (Department.Construction, "construction-permit"));
        Assert.Equal("granted", await @case.Status());

        foreach (var reader in new[] { Department.Planning, Department.Construction, Department.Ecology })
        {
            var asked = platform.As(reader);
            foreach (var path in new[] { "", "/history", "/clock", "/plan", $"?asOf={Uri.EscapeDataString(platform.Now.ToString("O"))}" })
            {
                var text = (await asked.Get(@case.Path + path)).Must(200).Text;
                foreach (var (department, steps) in Shares.Where(s => s.Key != reader))
                {
                    Assert.DoesNotContain($"\"{Kebab.Of(department)}\"", text, StringComparison.Ordinal);
                    Assert.DoesNotContain($"sandbox-{Kebab.Of(department)}", text, StringComparison.Ordinal);
                    Assert.All(steps, step => Assert.DoesNotContain($"\"{step}\"", text, StringComparison.Ordinal));
                }
            }
        }
    }

    [Fact]
    public async Task Lists_and_counts_tell_a_department_only_of_its_own_steps()
    {
        platform.Pass(TimeSpan.FromSeconds(1)); // Of the cases of one instant, any may come first.
        var @case = await CaseJourney.Accepted(platform, Applications.Establishment, Lead);
        await @case.Grant((Lead, "licence"));
        // Its system submits no case: of one it had submitted it would see the whole.
        var reader = platform.As(Department.MedicalInsurance);
        var own = (await reader.Get("/v1/cases?count=true&first=100")).Json;

        Assert.Equal(["medical-insurance-registration open"], own.List("items").Single(c => c.Text("id") == @case.Id).Steps());
        Assert.Equal(own.GetProperty("total").GetInt64(), (await reader.Get("/v1/cases?count=true&department=medical-insurance")).Json.GetProperty("total").GetInt64());
        foreach (var other in new[] { "public-security", "market-regulation", "ecology" })
        {
            var asked = (await reader.Get($"/v1/cases?count=true&department={other}")).Must(200).Json;
            Assert.Empty(asked.List("items"));
            Assert.Equal(0, asked.GetProperty("total").GetInt64());
            (await reader.Get($"/v1/tasks?department={other}")).Refuses(403, "case.not-your-worklist");
        }
        var tasks = await platform.As(Department.ServiceOffice).Every("/v1/tasks?department=public-security&first=100");
        Assert.Contains(tasks, t => t.GetProperty("case").Text("id") == @case.Id);
        Assert.All(tasks, t => Assert.Equal("public-security", t.Text("department")));
    }

    [Fact]
    public async Task Whatever_department_asks_its_list_holds_the_cases_that_exist_for_it()
    {
        platform.Pass(TimeSpan.FromSeconds(1)); // Of the cases of one instant, any may come first.
        CaseJourney[] cases =
        [
            await CaseJourney.Accepted(platform, Applications.Establishment, Lead),
            await CaseJourney.Submitted(platform, Applications.For(Applications.Plain), by: Department.Planning),
            await CaseJourney.Submitted(platform, Applications.For(Applications.Plain), by: Department.Customs),
        ];
        Department[] departments =
            [Lead, Department.Planning, Department.Customs, Department.PublicSecurity, Department.MedicalInsurance, Department.Ecology, Department.ServiceOffice];
        foreach (var department in departments)
        {
            var reader = platform.As(department);
            var listed = (await reader.Get("/v1/cases?first=100")).Json.Each("items", "id").ToHashSet();
            foreach (var @case in cases)
                Assert.Equal((await reader.Get($"/v1/cases/{@case.Id}")).Status == 200, listed.Contains(@case.Id));
        }
    }

    [Fact]
    public async Task For_a_department_without_a_step_the_case_does_not_exist()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Establishment, Lead);

        await NotFound(@case, Department.Ecology);

        var listed = (await platform.As(Department.Ecology).Get("/v1/cases?item=ESTABLISHMENT&count=true")).Must(200).Json;
        Assert.Equal(0, listed.GetProperty("total").GetInt64());
    }

    [Fact]
    public async Task Another_submitters_case_does_not_exist()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.For(Applications.Plain), by: Department.Planning);

        await NotFound(@case, Department.Customs);

        Assert.Equal("submitted", (await @case.SeenBy(Department.Planning)).Text("status"));
        foreach (var nobodys in new[] { "01890000-0000-7000-8000-000000000000", "00000000-0000-0000-0000-000000000000" })
        {
            (await platform.As(Department.Planning).Get($"/v1/cases/{nobodys}")).Refuses(404, "case.not-found");
            (await platform.As(Department.Planning).Post($"/v1/cases/{nobodys}/withdrawal", null, ("If-Match", "\"1\""))).Refuses(404, "case.not-found");
        }
    }

    [Fact]
    public async Task A_step_of_another_department_is_answered_like_one_that_does_not_exist()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Establishment, Lead);
        var before = await platform.Database.Facts();

        var anothers = (await @case.Grant(Department.Tax, "licence")).Refuses(404, "case.step-not-found");
        var none = (await @case.Grant(Department.Tax, "no-such-step")).Refuses(404, "case.step-not-found");

        Assert.Equal(WithoutTrace(anothers.Text), WithoutTrace(none.Text));
        (await @case.Do(Department.Tax, "pauses", new Dictionary<string, object?>(Applications.Pause(platform.Now)) { ["step"] = "licence" })).Refuses(404, "case.step-not-found");
        (await @case.Do(Department.Tax, "referrals", new { kind = "upward", reason = "x", step = "licence" })).Refuses(404, "case.step-not-found");
        Assert.Equal(before, await platform.Database.Facts());
    }

    [Fact]
    public async Task Any_hall_receives_any_case_and_does_not_own_it()
    {
        var application = Applications.For(Applications.Plain);
        application["channel"] = "window";
        application["hall"] = "haigang";

        var @case = await CaseJourney.Submitted(platform, application);

        Assert.Equal("haigang", (await @case.SeenBy(Lead)).Text("hall"));
        (await @case.Accept(Lead)).Must(200);
    }

    // Whoever founds wants something of every department.
    private const string ForEachDepartment = """
        {
          "seals": ["official", "finance"], "invoicesWanted": true, "taxpayer": "small", "invoiceKinds": ["electronic-ordinary"], "monthlyTotal": 100000, "accounting": "small-enterprise", "employees": 1,
          "workers": [{
            "worker": { "name": "李四", "idType": "citizen-id", "idNumber": "11010519491231002X", "phone": "13900000000" }, "hiredOn": "2026-03-02", "contract": "open", "from": "2026-03-02", "probation": 0,
            "occupation": "4-01-02-01", "hours": "standard", "wage": 5000, "household": "local-urban", "education": "college", "dispatched": false
          }],
          "insuranceFrom": "2026-03", "housingFund": true, "bank": true
        }
        """;

    private static readonly Dictionary<Department, string[]> Shares = new()
    {
        [Department.Planning] = ["land-permit", "land-planning-permit", "planning-permit", "construction-planning-permit"],
        [Department.Construction] = ["drawing-review", "fire-review", "construction-permit"],
        [Department.Ecology] = ["environment"],
    };

    private async Task NotFound(CaseJourney @case, Department stranger)
    {
        var before = await platform.Database.Facts();
        var asked = platform.As(stranger, RunningPlatform.Supervisor);
        foreach (var path in new[] { "", "/history", "/clock", "/plan", $"?asOf={Uri.EscapeDataString(platform.Now.ToString("O"))}" })
            (await asked.Get(@case.Path + path)).Refuses(404, "case.not-found");
        (string Command, object? Body)[] commands =
        [
            ("acceptance", null),
            ("correction-notices", new { lines = new[] { new { material = default(string), text = "请补齐。" } } }),
            ("materials", new { materials = new[] { Applications.Material("staff-list") } }),
            ("referrals", new { kind = "upward", reason = "拿不准。" }),
            ("refusal", new { reason = "不符", legalBasis = "第一条" }),
            ("withdrawal", null),
            ("extension", Applications.Extension(1)),
            ("pauses", Applications.Pause(platform.Now)),
            ("delay-reason", new { reason = "停电" }),
            ("pauses/1/end", null),
            ("steps/licence/decision", new { outcome = "granted" }),
        ];
        foreach (var (command, body) in commands)
        {
            (await asked.Post($"{@case.Path}/{command}", body, ("If-Match", "\"1\""))).Refuses(404, "case.not-found");
            (await asked.Post($"{@case.Path}/{command}", body)).Refuses(404, "case.not-found");
        }
        Assert.Empty((await asked.Get($"/v1/cases?ids={@case.Id}")).Must(200).Json.List("items"));
        Assert.DoesNotContain(await asked.Every("/v1/tasks?first=100"), task => task.GetProperty("case").Text("id") == @case.Id);
        Assert.Equal(before, await platform.Database.Facts());
    }

    private static string WithoutTrace(string problem) => Trace().Replace(problem, "");

    [GeneratedRegex("\"traceId\":\"[^\"]*\"")]
    private static partial Regex Trace();
}
