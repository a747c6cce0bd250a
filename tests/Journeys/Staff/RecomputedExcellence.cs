using System.Text.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Complaints;
using OneDoor.Contracts;
using OneDoor.Platform;
using OneDoor.Reviews;
using Xunit;

namespace OneDoor.Staff;

/// <summary>
/// PERF-1: whoever is told of everything recomputes a quarter's excellence from the feed alone, to the digit. What happened was done by the public API: visits at windows of two
/// halls, good and bad ratings, complaints with a name and without, rounds, an outage, and cases of three departments, some of them late.
/// </summary>
public sealed class RecomputedExcellence(RunningPlatform platform)
{
    private const string Quarter = "2026-Q1";
    private const Department Market = Department.MarketRegulation;

    // A Monday morning, three weeks before the quarter ends.
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 9, 0, 40, 0, TimeSpan.Zero));
    private readonly Dictionary<string, object?> _company = Applications.Company();
    private HttpClient _http = null!;
    private Database _database = null!;

    private Client Office => Somebody("p_office", $"{Scopes.QueueOperate} {Scopes.ComplaintsHandle} {Scopes.CasesSupervise}", Department.ServiceOffice);

    private Client Citizen => Somebody("p_citizen", $"{Scopes.ReviewsWrite} {Scopes.ComplaintsFile} {Scopes.CasesRead}");

    private Client Auditor => Somebody("p_auditor", $"{Scopes.EventsRead} {Scopes.StatisticsRead} {Scopes.CasesAudit} {Scopes.CasesSupervise}", Department.ServiceOffice);

    [Fact]
    public async Task A_quarter_recomputed_from_the_feed_by_an_outside_program_is_equal_to_the_digit()
    {
        await using var database = await platform.Template.Copy();
        await using var api = RunningPlatform.StartApi(database, platform.Identity, _time);
        (_http, _database) = (api.Http, database);
        var late = await Cases();
        await Visits();
        await Looks();
        var unanswered = await Complaints();
        await Late(late);
        _time.Advance(China("2026-04-01 09:00:00") - _time.GetUtcNow());
        await FoundLater(unanswered);
        await CountedAsTheyStand(api.Services.GetRequiredService<IDocumentStore>());

        var told = (await Auditor.Get($"/v1/staff/excellence?quarter={Quarter}")).Must(200).Json;
        // What is compared is worth it: some are ranked, and some are not; ratings were bad as well, something was late, and somebody complained.
        Assert.Equal([2, 2], told.List("windows").Where(w => !w.IsNull("tie")).Select(w => w.GetProperty("tie").GetProperty("among").GetInt32()));
        Assert.All(told.List("windows").Where(w => !w.IsNull("tie")), w => Assert.Equal("positive", w.GetProperty("tie").List("decidedBy").Single().GetString()));
        Assert.Equal(3, told.List("windows").Count(w => !w.IsNull("rank")));
        Assert.Equal((1, 4), (told.List("units").Count(u => !u.IsNull("rank")), told.List("units").Length));
        foreach (var code in new[] { "on-time-by-promise", "positive", "without-complaint", "in-order" })
            Assert.Contains(told.List("windows").Concat(told.List("units")), row => row.List("shares").Single(s => s.Text("code") == code).GetProperty("share") is { ValueKind: JsonValueKind.Object } share
                && share.GetProperty("numerator").GetDecimal() < share.GetProperty("denominator").GetDecimal() && share.GetProperty("numerator").GetDecimal() > 0);

        var (exit, output, errors) = await Recomputed();
        Assert.True(exit == 0, output + errors);
        Assert.Equal($"{told.List("windows").Length} windows, 4 departments: {(told.List("windows").Length + 4) * 10} of {(told.List("windows").Length + 4) * 10} agree\n", output);

        // Anybody reads it of a quarter that is over, and of the next one nobody without a token.
        var anybody = new Client(_http, null);
        var published = (await anybody.Get($"/v1/staff/excellence?quarter={Quarter}")).Must(200).Json;
        foreach (var rows in new[] { "windows", "units" })
            Assert.Equal(told.List(rows).Where(row => !row.IsNull("rank")).Select(row => row.GetRawText()), published.List(rows).Select(row => row.GetRawText()));
        (await anybody.Get("/v1/staff/excellence?quarter=2025-Q4")).Refuses(400, "request.parameter-invalid");
        (await anybody.Get("/v1/staff/excellence?quarter=2026-Q2")).Refuses(403, "staff.quarter-running");
        var asked = await anybody.Post("/graphql", new { query = "{ over: staffExcellence(quarter: \"2026-Q1\") { isOver } running: staffExcellence(quarter: \"2026-Q2\") { isOver } }" });
        Assert.True(asked.Json.GetProperty("data").GetProperty("over").GetProperty("isOver").GetBoolean());
        Assert.Contains("staff.quarter-running", asked.Text, StringComparison.Ordinal);

        await Service(anybody);

        // It would notice: with one bad rating left out, its window and its department come out otherwise.
        var bad = (await Office.Get("/v1/reviews?grade=dissatisfied")).Must(200).Json.List("items").First(r => !r.IsNull("ticket"));
        (exit, output, _) = await Recomputed($"/v1/reviews/{bad.Text("id")}");
        Assert.Equal(1, exit);
        Assert.Contains("window airport 5 positive: ", output, StringComparison.Ordinal);
        Assert.Contains("unit market-regulation positive: ", output, StringComparison.Ordinal);
        await WindowAssessed();
    }

    // STAT-2: what is found right once the quarter is over counts from then on, and as of before it never has; what is excluded never has as of any instant (decision 0085).
    private async Task FoundLater(string unanswered)
    {
        const string Path = $"/v1/statistics/service?quarter={Quarter}";
        var (anybody, before) = (new Client(_http, null), _time.GetUtcNow());
        async Task<JsonElement> Told(string asOf = "") => (await anybody.Get(Path + asOf)).Must(200).Json.GetProperty("figures");
        static string Figure(JsonElement figures, string figure) => figures.EnumerateArray().Single(f => f.Text("id") == figure).GetRawText();
        static string? Of(JsonElement figures, string figure, string department) =>
            figures.EnumerateArray().Single(f => f.Text("id") == figure).List("rows").Single(row => !row.IsNull("department") && row.Text("department") == department).GetProperty("ratio") is { ValueKind: JsonValueKind.Object } told
                ? $"{told.GetProperty("numerator")} of {told.GetProperty("denominator")}" : null;
        var then = await Told();
        _time.Advance(TimeSpan.FromMinutes(2));
        var mistaken = (await Office.Get("/v1/reviews?grade=very-dissatisfied")).Must(200).Json.List("items")[0].Text("id");
        (await Do(Office, $"/v1/reviews/{mistaken}", "exclusion", new { reason = "评错了部门。" })).Must(200);
        await Handled(unanswered, "partly");
        var now = await Told();
        Assert.Equal(("4 of 5", "34 of 34"), (Of(then, "positive", "tax"), Of(then, "without-complaint", "market-regulation")));
        Assert.Equal((null, "33 of 34"), (Of(now, "positive", "tax"), Of(now, "without-complaint", "market-regulation")));

        var past = await Told($"&asOf={Uri.EscapeDataString(before.ToString("O"))}");
        Assert.Equal(Figure(now, "positive"), Figure(past, "positive"));
        Assert.All(["mean-wait", "mean-service", "without-complaint"], figure => Assert.Equal(Figure(then, figure), Figure(past, figure)));
        Assert.Equal(now.GetRawText(), (await Told($"&asOf={Uri.EscapeDataString(_time.GetUtcNow().ToString("O"))}")).GetRawText());
        var asked = (await anybody.Post("/graphql", new { query = $$"""{ serviceFigures(quarter: "{{Quarter}}", asOf: "{{before:O}}") { asOf figures { id rows { department withheld ratio { numerator denominator } } } } }""" })).Must(200).Json;
        Assert.Contains("\"department\":\"MARKET_REGULATION\",\"withheld\":false,\"ratio\":{\"numerator\":34,\"denominator\":34}", asked.GetProperty("data").GetProperty("serviceFigures").GetRawText(), StringComparison.Ordinal);
        // As of a quarter that ran nobody was told of it.
        (await anybody.Get($"{Path}&asOf=2026-03-31T23:59:59%2B08:00")).Refuses(403, "staff.quarter-running");
    }

    // What the database counts of reviews and complaints is what they fold to.
    private async Task CountedAsTheyStand(IDocumentStore store)
    {
        var ct = TestContext.Current.CancellationToken;
        var (from, to) = (new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31));
        List<string> filed = [];
        foreach (var (finding, satisfied) in new (string?, bool?)[] { ("upheld", null), ("partly", true), ("unfounded", false), ("upheld", true), ("upheld", true), (null, null), (null, null) })
        {
            filed.Add((await Citizen.Post("/v1/complaints", new { about = new { department = "customs" }, text = "等了两个小时。" })).Must(201).Header("Location")!);
            if (finding is not null)
                await Handled(filed[^1], finding);
            if (satisfied is not null)
                (await Do(Citizen, filed[^1], "rating", new { satisfied })).Must(200);
        }
        (await Do(Citizen, filed[2], "reopening")).Must(200);
        (await Do(Office, filed[5], "return", new { department = "tax", reason = "归税务。" })).Must(200);
        await using var session = store.LightweightSession(System.Data.IsolationLevel.RepeatableRead);
        await session.BeginTransactionAsync(ct);
        var (reviews, complaints) = (await session.Query<Review>().ToListAsync(ct), await session.Query<Complaint>().OrderBy(c => c.Id).ToListAsync(ct));
        var rows = await GetComplaintFigures.RowsOf(session, LegalClock.MidnightOf(from).ToUniversalTime(), LegalClock.MidnightOf(to).ToUniversalTime(), ct);
        Assert.Equal(complaints.Select(c => Json(ComplaintRow.Of(c))).Order(StringComparer.Ordinal), rows.Select(Json).Order(StringComparer.Ordinal));

        Assert.Equal(Json(ReviewFigures.Of(from, to, [.. reviews.Select(r => new ReviewCount(r.Unit, r.Grade, r.Status, 1))])), (await Office.Get($"/v1/reviews/figures?from={from:O}&to={to:O}")).Must(200).Text);
        Assert.Contains(reviews, r => r.IsExcluded);
        var told = (await Office.Get($"/v1/complaints/figures?from={from:O}&to={to:O}")).Must(200);
        Assert.Equal(Json(ComplaintFigures.Of(from, to, [.. complaints.Select(c => ComplaintRow.Of(c.At(_time.GetUtcNow())))], LegalClock.Zone)), told.Text);
        Assert.Equal((7, 5), (told.Json.List("units").Single(u => u.Text("unit") == "customs").GetProperty("filed").GetInt32(), complaints.Count(c => c.Units.Contains(Department.Customs) && c.Answers.Count > 0)));
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, PlatformJson.Options);

    // STAT-4: how people were served is what staff are judged by, in public.
    private static async Task Service(Client anybody)
    {
        var path = $"/v1/statistics/service?quarter={Quarter}";
        var service = (await anybody.Get(path)).Must(200);
        JsonElement Row(string figure, string of, string code) => service.Json.List("figures").Single(f => f.Text("id") == figure).List("rows").Single(row => !row.IsNull(of) && row.Text(of) == code);
        Assert.Equal((39, 60), (Row("mean-wait", "hall", "airport").GetProperty("ratio").GetProperty("denominator").GetInt32(), Row("mean-wait", "hall", "lingang").GetProperty("ratio").GetProperty("denominator").GetInt32()));
        Assert.Equal(60, Row("mean-service", "department", "tax").GetProperty("ratio").GetProperty("value").GetDecimal());
        // Windows are rated in public: a hall's ratings less theirs would be those of the windows that are too few to tell.
        Assert.All(["positive", "without-complaint"], figure => Assert.All(service.Json.List("figures").Single(f => f.Text("id") == figure).List("rows"), row => Assert.True(row.IsNull("hall"))));
        // Four count of tax, which the only other department that was rated would tell of.
        Assert.All(["tax", "market-regulation"], unit => Assert.True(Row("positive", "department", unit).GetProperty("withheld").GetBoolean()));
        (await anybody.Get(path, ("If-None-Match", service.ETag))).Must(304);
        var csv = (await anybody.Get(path, ("Accept", "text/csv"))).Must(200).Text.Split("\r\n");
        Assert.Contains("positive,,tax,true,,,", csv);
        Assert.Contains(csv, line => line.StartsWith("mean-wait,airport,,false,", StringComparison.Ordinal) && line.EndsWith(",39", StringComparison.Ordinal));
        (await anybody.Get("/v1/statistics/service?quarter=2025-Q4")).Refuses(400, "request.parameter-invalid");
        (await anybody.Get("/v1/statistics/service?quarter=2026-Q2")).Refuses(403, "staff.quarter-running");
        var asked = (await anybody.Post("/graphql", new { query = "{ serviceFigures(quarter: \"2026-Q1\") { figures { id rows { withheld } } } }" })).Must(200).Json;
        Assert.Equal(4, asked.GetProperty("data").GetProperty("serviceFigures").List("figures").Length);
        var page = (await anybody.Get("/statistics?lang=en")).Must(200).Text;
        Assert.Contains("2026-Q1. Figures of one to 4 cases are not shown.", page, StringComparison.Ordinal);
        Assert.Contains("data-name=\"Mean time of service, in seconds\">60</td>", page, StringComparison.Ordinal);
    }

    // By the same figures the window is assessed once the half-year is over, and those whose people served there read it.
    private async Task WindowAssessed()
    {
        _time.Advance(China("2026-07-01 09:00:00") - _time.GetUtcNow());
        var made = (await Office.Post("/v1/staff/assessments", new { hall = "airport", window = 5, period = "2026-H1" })).Must(201);
        Assert.Equal((true, true, 33), (made.Json.IsNull("person"), made.Json.IsNull("department"), made.Json.GetProperty("figures").GetProperty("handled").GetInt32()));
        (await AgencyOf(Market).Get(made.Header("Location")!)).Must(200);
        (await AgencyOf(Department.Tax).Get(made.Header("Location")!)).Refuses(404, "assessment.not-found");
        Assert.Equal([made.Json.Text("id")], (await AgencyOf(Market).Get("/v1/staff/assessments")).Must(200).Json.Each("items", "id"));
    }

    private Task<(int ExitCode, string Output, string Errors)> Recomputed(params string[] leftOut) =>
        OutsideTool.Converse("excellence.mjs", _ => Auditor.Token(), [_http.BaseAddress!.AbsoluteUri, Quarter, .. leftOut]);

    // Thirty and one that market regulation decides at once, five of tax and one that goes to medical insurance, which needs no licence for it; and four that wait.
    private async Task<List<string>> Cases()
    {
        for (var i = 0; i < 31; i++)
            await Decided(await Submitted(Applications.Plain), Market, i % 10 == 0);
        for (var i = 0; i < 5; i++)
            await Decided(await Submitted(GivenReviews.Item), Department.Tax);
        var moved = await Submitted(Applications.Plain);
        (await Do(AgencyOf(Market), moved, "referrals", new { kind = "item", item = "MEDI-004-01", reason = "应为医保定点。" })).Must(200);
        (await Do(AgencyOf(Department.MedicalInsurance), moved, "non-acceptance", new { kind = "no-licence-needed", reason = "无须许可" })).Must(200);
        List<string> waiting = [];
        foreach (var hall in new[] { "airport", "airport", "airport", "lingang" })
        {
            waiting.Add(await Submitted(Applications.Plain, hall));
            (await Do(AgencyOf(Market), waiting[^1], "acceptance")).Must(200);
        }
        return waiting;
    }

    // Three weeks later two are decided, one of them late because a system was down, and two are not.
    private async Task Late(List<string> waiting)
    {
        var due = (await AgencyOf(Market).Get(waiting[^1])).Must(200).Json.Promised().Instant("dueAt");
        _time.Advance(due.AddHours(1) - _time.GetUtcNow());
        await RunningPlatform.Until(async () => await _database.Count($"select count(distinct stream_id) from onedoor.mt_events where type = 'case_overdue' and stream_id in ('{string.Join("', '", waiting.Select(path => path.Split('/')[^1]))}')") == waiting.Count, "that they are late is recorded");
        (await Office.Post("/v1/staff/outages", new { from = due.AddMinutes(-30), until = due.AddMinutes(30), reason = "登记系统停机。", hall = "lingang" })).Must(201);
        foreach (var decided in new[] { waiting[0], waiting[^1] })
            (await Do(AgencyOf(Market), decided, "steps/decision/decision", new { outcome = "granted" })).Must(200);
    }

    private async Task Decided(string path, Department department, bool refused = false)
    {
        (await Do(AgencyOf(department), path, "acceptance")).Must(200);
        var step = (await AgencyOf(department).Get(path)).Must(200).Json.List("steps").Single().Text("code");
        (await Do(AgencyOf(department), path, $"steps/{step}/decision", refused ? new { outcome = "refused", reason = "不符", legalBasis = "第一条" } : new { outcome = "granted" })).Must(200);
    }

    private async Task<string> Submitted(string item, string hall = "airport") => (await Somebody("sandbox-customs", Scopes.CasesSubmit, CaseJourney.Submitter).Post("/v1/cases", new Dictionary<string, object?>(Applications.For(item))
    {
        ["applicant"] = _company, ["hall"] = hall, ["form"] = Applications.Answer(item, LegalClock.DayOf(_time.GetUtcNow())),
    })).Must(201).Header("Location")!;

    // At one window thirty and one are served, and at two others some.
    private async Task Visits()
    {
        var ofCase = await Submitted(Applications.Plain);
        await Decided(ofCase, Market);
        await At("airport", 5, "market", Market, 31, ReviewGrade.Satisfied, ReviewGrade.Dissatisfied, ReviewGrade.Satisfied, ReviewGrade.VerySatisfied, ReviewGrade.Fair, ReviewGrade.Dissatisfied, ReviewGrade.Satisfied);
        // Two of which all is well: one was rated by so few that it is not told, and that tells them apart.
        await At("lingang", 2, "market", Market, 30, ReviewGrade.Satisfied, ReviewGrade.Fair);
        await At("lingang", 3, "market", Market, 30, [.. Enumerable.Repeat(ReviewGrade.Satisfied, 5)]);
        await At("airport", 6, "tax-and-insurance", Department.Tax, 5, ReviewGrade.Fair, ReviewGrade.Fair, ReviewGrade.Fair, ReviewGrade.Fair, ReviewGrade.VeryDissatisfied);
        // Who rates a case rates its department.
        (await Citizen.Post("/v1/reviews", new { @case = ofCase.Split('/')[^1], grade = "satisfied" })).Must(201);
        // Who comes once more for the same case is one case of the window.
        for (var i = 0; i < 2; i++)
            await Served("airport", 5, "market", Market, ofCase.Split('/')[^1]);
    }

    private async Task At(string hall, int window, string group, Department department, int visitors, params ReviewGrade[] grades)
    {
        (await Office.Post($"/v1/halls/{hall}/windows/{window}/opening", new { groups = new[] { group } })).Must(200);
        for (var i = 0; i < visitors; i++)
        {
            var (ticket, code) = await Served(hall, window, group, department);
            if (i < grades.Length)
                (await new Client(_http, null).Post("/v1/reviews", new { ticket, grade = grades[i] }, ("OneDoor-Ticket-Code", code))).Must(201);
        }
    }

    private async Task<(string Ticket, string Code)> Served(string hall, int window, string group, Department department, string? @case = null)
    {
        var taken = (await Office.Post($"/v1/halls/{hall}/tickets", new { group })).Must(201).Json;
        var called = (await Office.Post($"/v1/halls/{hall}/windows/{window}/next")).Must(200);
        var clerk = Somebody($"p_{Kebab.Of(department)}", $"{Scopes.QueueOperate} {Scopes.CasesRead}", department);
        var serving = (await clerk.Post($"/v1/tickets/{taken.Text("id")}/service", null, ("If-Match", called.ETag))).Must(200);
        _time.Advance(TimeSpan.FromMinutes(1));
        (await clerk.Post($"/v1/tickets/{taken.Text("id")}/completion", @case is null ? null : new { @case }, ("If-Match", serving.ETag))).Must(200);
        return (taken.Text("id"), taken.Text("code"));
    }

    private async Task Looks()
    {
        foreach (var (window, inOrder) in new[] { (5, true), (5, false), (5, true), (6, true) })
            (await Office.Post("/v1/staff/rounds", new { hall = "airport", window, department = window == 5 ? "market-regulation" : "tax", findings = new[] { new { standard = "presence", inOrder }, new { standard = "manner", inOrder = true } } })).Must(201);
    }

    // The path of one that nobody has answered yet.
    private async Task<string> Complaints()
    {
        await Handled((await Citizen.Post("/v1/complaints", new { about = new { window = new { hall = "airport", number = 5 } }, text = "没有人抬头。" })).Must(201), "upheld");
        // One about a ticket is of the window that served it, wherever it is sent on to.
        var (served, _) = await Served("airport", 6, "tax-and-insurance", Department.Tax);
        // Two about one visit count once.
        foreach (var text in new[] { "没有人抬头。", "让人重复排队。" })
            await Handled((await new Client(_http, null).Post("/v1/complaints", new { about = new { ticket = served }, text, anonymous = true })).Must(201), "upheld");
        await Handled((await Citizen.Post("/v1/complaints", new { about = new { department = "tax" }, text = "等了两个小时。" })).Must(201), "unfounded");
        return (await new Client(_http, null).Post("/v1/complaints", new { about = new { department = "market-regulation" }, text = "等了两个小时。", anonymous = true })).Must(201).Header("Location")!;
    }

    private Task Handled(Answered filed, string finding) => Handled(filed.Header("Location")!, finding);

    private async Task Handled(string complaint, string finding)
    {
        (await Do(Office, complaint, "acceptance")).Must(200);
        (await Do(Office, complaint, "answer", new { finding, text = "已核实。" })).Must(200);
    }

    private Client AgencyOf(Department department) => Somebody($"sandbox-{Kebab.Of(department)}", RunningPlatform.Supervisor, department);

    private static async Task<Answered> Do(Client by, string path, string command, object? body = null) => await by.Post($"{path}/{command}", body, ("If-Match", (await by.Get(path)).ETag));

    private static DateTimeOffset China(string local) => DateTimeOffset.Parse($"{local} +08:00", System.Globalization.CultureInfo.InvariantCulture);

    private Client Somebody(string subject, string scopes, Department? department = null) => new(_http, () =>
    {
        Dictionary<string, object> claims = new() { ["sub"] = subject, ["client_id"] = subject.StartsWith("sandbox", StringComparison.Ordinal) ? subject : department is null ? "mobile" : "desk", ["scope"] = scopes };
        if (department is { } its)
            claims[Claims.Department] = Kebab.Of(its);
        else
            claims[Claims.Applicant] = new ApplicantReference($"legal-entity:{_company["uscc"]}", (string)_company["name"]!);
        return Task.FromResult(platform.Token(claims, _time.GetUtcNow()));
    });
}
