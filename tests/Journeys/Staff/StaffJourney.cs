using System.Text.Json;
using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Platform;
using OneDoor.Tickets;
using Xunit;

namespace OneDoor.Staff;

/// <summary>How staff do their work by the public API alone: figures from what happened at a window, and what is found of them.</summary>
public sealed class StaffJourney(RunningPlatform platform)
{
    private const string Hall = QueuedTickets.Hall, Clerk = AssessedStaff.Clerk;
    private static readonly string[] General = ["general"];
    private const Department Unit = Department.MarketRegulation;

    private readonly AssessedStaff _staff = new(platform);

    private string Today => $"{LegalClock.DayOf(platform.Now):yyyy-MM-dd}";

    private string Performance => $"/v1/staff/performance?from={Today}&to={Today}";

    /// <summary>PERF-1, PERF-2.</summary>
    [Fact]
    public async Task Figures_follow_from_what_happened_and_everybody_sees_their_own_share()
    {
        while (!LegalClock.Zone.IsOpen(Hall, platform.Now) || !LegalClock.Zone.IsOpen(Hall, platform.Now.AddHours(1)))
            platform.Pass(TimeSpan.FromMinutes(10));
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        var office = platform.As(Department.ServiceOffice, $"{RunningPlatform.Supervisor} {Scopes.QueueOperate} {Scopes.ComplaintsHandle}").At(api.Http);
        var clerk = _staff.Assessed.At(api.Http);
        (await office.Post($"/v1/halls/{Hall}/windows/7/opening", new { groups = QueuedTickets.Market })).Must(200);
        string[] grades = ["satisfied", "satisfied", "fair", "satisfied", "very-satisfied", "dissatisfied"];
        var rated = new List<string>();
        foreach (var grade in grades)
            rated.Add(await Served(api.Http, office, clerk, grade, sentOn: grade == "very-satisfied"));
        await Complained(office, api.Http);
        (await office.Post("/v1/staff/rounds", new { hall = Hall, window = 7, department = "market-regulation", findings = new[] { new { standard = "presence", inOrder = true }, new { standard = "manner", inOrder = false } } })).Must(201);
        await Decided(platform.As(Unit, RunningPlatform.Clerk).At(api.Http), clerk);
        var head = _staff.Somebody("p_head", Scopes.CasesSupervise).At(api.Http);
        var seen = (await head.Get(Performance)).Must(200);
        var (unit, window, person) = (seen.Json.List("units").Single(), seen.Json.List("windows").Single(), seen.Json.List("persons").Single());
        Assert.Equal((1, 6, 7), (person.GetProperty("cases").GetInt32(), person.GetProperty("visits").GetInt32(), person.GetProperty("handled").GetInt32()));
        Assert.Equal((Clerk, "market-regulation", 7, 1), (person.Text("person"), unit.Text("department"), window.GetProperty("window").GetInt32(), unit.GetProperty("handled").GetInt32()));
        Assert.Equal((5, 6), Share(unit, "positive"));
        // Of another day more or less the difference would tell how somebody was rated: of a window in a quarter that runs as well, and of a department within a hall.
        Assert.All([person, window, .. seen.Json.List("halls"), (await head.Get($"{Performance}&hall={Hall}")).Must(200).Json.List("units").Single()], figures => Assert.True(figures.IsNull("positive")));
        var running = (await head.Get($"/v1/staff/excellence?quarter={platform.Now.AddHours(8).Year}-Q{((platform.Now.AddHours(8).Month - 1) / 3) + 1}")).Must(200).Json;
        Assert.Equal((true, false), (Rated(running.List("windows").Single()).IsNull("share"), Rated(running.List("units").Single(u => u.Text("department") == "market-regulation")).IsNull("share")));
        // Nor of a department to who does not read its reviews.
        var elsewhere = platform.As(Department.Fire, Scopes.StatisticsRead).At(api.Http);
        var units = (await elsewhere.Get(Performance)).Must(200).Json.List("units");
        Assert.True(units.Single(u => u.Text("department") == "market-regulation").IsNull("positive"));
        Assert.All((await elsewhere.Get($"/v1/staff/excellence?quarter={running.Text("period")}")).Must(200).Json.List("units"), u => Assert.True(Rated(u).IsNull("share")));
        Assert.Equal((5, 6), Share((await office.Get(Performance)).Must(200).Json.List("units").Single(u => u.Text("department") == "market-regulation"), "positive"));
        Assert.Equal((5, 6), Share(window, "withoutComplaint"));
        Assert.Equal((6, 7), Share(person, "withoutComplaint"));
        Assert.All([unit, window], figures => Assert.Equal((1, 2), Share(figures, "inOrder")));
        Assert.Equal((1, 1), Share(person, "onTimeByPromise"));
        // What others had served before they sent somebody on is none of it.
        Assert.Equal((360 * 6, 6), Share(window, "meanService"));
        // PERF-2: the five zeros of the hall, of which one complaint and one finding are none.
        var zeros = seen.Json.List("halls").Single(hall => hall.Text("hall") == Hall).List("zeros").ToDictionary(zero => zero.Text("code"), zero => Share(zero, "share"));
        Assert.Equal([(0, 0), (0, 0), (0, 1), (1, 6), (1, 2)], StaffCriteria.Zone.Zeros.Select(zero => zeros[zero.Code]));
        Assert.Equal((0, 1), Share(unit, "referredUpward"));
        // A rating that is excluded counts nowhere, and of fewer than five nothing is told.
        await Excluded(office, rated[0]);
        Assert.Equal((4, 5), Share((await head.Get(Performance)).Json.List("units").Single(), "positive"));
        await Excluded(office, rated[1]);
        Assert.True((await head.Get(Performance)).Json.List("units").Single().IsNull("positive"));
        var own = (await clerk.Get(Performance)).Must(200).Json;
        Assert.Equal((0, 0, 1), (own.List("units").Length, own.List("windows").Length, own.List("persons").Length));
        Assert.Empty((await _staff.Somebody("p_colleague", Scopes.QueueOperate).At(api.Http).Get($"{Performance}&person={Clerk}")).Must(200).Json.List("persons"));
        Assert.Empty((await platform.As(Department.Fire, Scopes.StatisticsRead).At(api.Http).Get(Performance)).Must(200).Json.List("persons"));
        Assert.Empty((await head.Get($"{Performance}&hall=lingang")).Must(200).Json.List("units"));
        (await head.Get($"{Performance}&hall=moon")).Refuses(400, "request.parameter-invalid");
        var before = (await head.Get(Performance)).Text;
        await database.Run("update onedoor.case_rows set handled_by = null; delete from onedoor.mt_doc_round; update onedoor.mt_doc_ticket set data = data - 'servedBy'");
        await Operator.Run<Caller>(database, "rebuild");
        Assert.Equal(before, (await head.Get(Performance)).Text);

        static JsonElement Rated(JsonElement row) => row.List("shares").Single(share => share.Text("code") == "positive");
    }

    /// <summary>CASE-4, 窗口不说不: what clerks do who have no refusal, each counted by itself.</summary>
    [Fact]
    public async Task What_is_done_instead_of_saying_no_is_counted()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        var material = Applications.MaterialsOf(Applications.Plain).First();
        var (submitter, lead, head) = (platform.As(CaseJourney.Submitter).At(api.Http), platform.As(Unit, RunningPlatform.Clerk).At(api.Http), platform.As(Unit, RunningPlatform.Supervisor).At(api.Http));
        async Task<string> Submitted(string item) => (await submitter.Post("/v1/cases", Applications.For(item))).Must(201).Header("Location")!;
        async Task Told(string path)
        {
            (await Do(lead, path, "correction-notices", new { lines = new[] { new { material = material, text = "看不清。" } } })).Must(200);
            (await Do(submitter, path, "materials", new { materials = new[] { Applications.Material(material) } })).Must(200);
        }
        async Task Granted(Client by, string path) => (await Do(by, path, "steps/decision/decision", new { outcome = "granted" })).Must(200);

        var referred = await Submitted(Applications.Plain);
        await Declined(lead, referred);
        (await Do(lead, referred, "acceptance", new { })).Must(200);
        await Tried(lead, referred);
        (await Do(lead, referred, "referrals", new { kind = "upward", reason = "拿不准。" })).Must(200);
        await Granted(head, referred);
        foreach (var times in new[] { 1, 2 })
        {
            var path = await Submitted(Applications.Plain);
            for (var i = 0; i < times; i++)
                await Told(path);
            (await Do(lead, path, "acceptance", new { })).Must(200);
            await Granted(lead, path);
        }
        var redirected = await Submitted(Applications.Establishment);
        (await Do(platform.As(Department.MedicalInsurance).At(api.Http), redirected, "referrals", new { kind = "department", department = "social-security", reason = "由社保一并登记。" })).Must(200);
        (await Do(lead, redirected, "acceptance", new { })).Must(200);
        (await Do(head, redirected, "refusal", new { reason = "不符合条件。", legalBasis = "《中华人民共和国行政许可法》第三十八条第二款" })).Must(200);

        var unit = (await head.Get(Performance)).Must(200).Json.List("units").Single();
        Assert.Equal(
            "(1, 4) (1, 4) (1, 2) (0, 1) (3, 4)",
            $"{Share(unit, "referredUpward")} {Share(unit, "redirected")} {Share(unit, "toldOnce")} {Share(unit, "saidNoByClerks")} {Share(unit, "triedByClerks")}");
        var hall = (await platform.As(Department.ServiceOffice, RunningPlatform.Supervisor).At(api.Http).Get(Performance)).Must(200).Json.List("halls").Single();
        Assert.Equal((3, 4), Share(hall.List("zeros").Single(zero => zero.Text("code") == "no-refusal"), "share"));

        // Each is there once, for supervisors of the department and in the feed, and nothing of it is in the case.
        var tried = (await head.Get("/v1/staff/attempted-refusals")).Must(200).Json.List("items");
        Assert.Equal(["non-acceptance", "refusal", "refusal"], tried.Select(attempt => attempt.Text("tried")).Order(StringComparer.Ordinal));
        Assert.All(tried, attempt => Assert.Equal((referred.Split('/')[^1], "case.only-a-supervisor-refuses", "market-regulation"), (attempt.Text("case"), attempt.Text("code"), attempt.Text("department"))));
        Assert.Empty((await platform.As(Department.Fire, RunningPlatform.Supervisor).At(api.Http).Get("/v1/staff/attempted-refusals")).Must(200).Json.List("items"));
        var told = (await platform.As(Unit, $"{Scopes.EventsRead} {Scopes.CasesSupervise}").At(api.Http).Get("/v1/events?types=onedoor.attempted-refusal.*")).Must(200).Json.List("items");
        Assert.Equal(Enumerable.Repeat("onedoor.attempted-refusal.stopped", 3), told.Select(e => e.Text("type")));
        var kept = (await head.Get("/v1/staff/attempted-refusals")).Text;
        await database.Run("delete from onedoor.mt_doc_attemptedrefusal");
        await Operator.Run<Caller>(database, "rebuild");
        Assert.Equal(kept, (await head.Get("/v1/staff/attempted-refusals")).Text);
    }

    // The same request twice is one attempt, by whichever door; and the case stays as it was.
    private static async Task Tried(Client lead, string path)
    {
        var (before, no) = ((await lead.Get(path)).Must(200), new { reason = "不符合条件。", legalBasis = "第三十八条" });
        foreach (var key in new[] { "no-1", "no-1", "no-2" })
            (await lead.Post($"{path}/refusal", no, ("If-Match", before.ETag), ("Idempotency-Key", key))).Refuses(403, "case.only-a-supervisor-refuses");
        // Nor could anybody who is accepted be not accepted.
        await Declined(lead, path);
        // What came too late turned nobody away.
        (await lead.Post($"{path}/refusal", no, ("If-Match", "\"1\""))).Refuses(412, "request.stale");
        var after = (await lead.Get(path)).Must(200);
        Assert.Equal((before.ETag, before.Text), (after.ETag, after.Text));
    }

    private static async Task Declined(Client lead, string path)
    {
        var before = (await lead.Get(path)).Must(200);
        const string Mutation = "mutation($id: ID!, $v: Int!) { declineCase(id: $id, version: $v, input: { kind: NO_LICENCE_NEEDED, reason: \"无须许可\" }) { problem { code } } }";
        var answered = (await lead.Post("/graphql", new { query = Mutation, variables = new { id = path.Split('/')[^1], v = before.Json.GetProperty("version").GetInt32() } })).Must(200);
        Assert.Contains("case.only-a-supervisor-refuses", answered.Text, StringComparison.Ordinal);
    }

    /// <summary>PERF-1: somebody contests a figure of their own, somebody else decides, once, and the figure says so.</summary>
    [Fact]
    public async Task A_figure_is_contested_once_by_whose_it_is_and_decided_by_somebody_else()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        await AssessedStaff.Decided(database, Clerk, new(2025, 9, 2), 40, late: 2);
        var (clerk, head) = (_staff.Assessed.At(api.Http), _staff.Somebody("p_head", Scopes.CasesSupervise).At(api.Http));
        var own = _staff.Somebody(Clerk, Scopes.CasesSupervise).At(api.Http);
        var body = new { quarter = "2025-Q3", figure = "on-time-by-promise", reason = "两件由同事办理。" };

        (await _staff.Somebody("p_colleague", Scopes.CasesHandle).At(api.Http).Post("/v1/staff/figure-contests", body)).Refuses(422, "figure-contest.nothing-handled");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => clerk.Post("/v1/staff/figure-contests", body)));
        var made = Assert.Single(answers, a => a.Status == 201);
        Assert.All(answers.Where(a => a.Status != 201), a => a.Refuses(409, "figure-contest.contested-already"));
        Assert.Equal(("open", (38, 40)), (made.Json.Text("status"), Share(made.Json, "share")));
        Assert.Equal("open", (await Contested(head)).Single().Text("status"));
        var path = made.Header("Location")!;
        (await Do(own, path, "settlement", new { upheld = true, reason = "属实。" })).Refuses(403, "figure-contest.not-oneself");
        (await _staff.Somebody("p_colleague", Scopes.CasesHandle).At(api.Http).Get(path)).Refuses(404, "figure-contest.not-found");
        Assert.Equal("rejected", (await Do(head, path, "settlement", new { upheld = false, reason = "记录中载明经办人。" })).Must(200).Json.Text("status"));
        (await Do(head, path, "settlement", new { upheld = true, reason = "属实。" })).Refuses(409, "figure-contest.not-in-this-state");

        var contested = (await Contested(clerk)).Single();
        Assert.Equal(("on-time-by-promise", "2025-Q3", "rejected", made.Json.Text("id")), (contested.Text("figure"), contested.Text("quarter"), contested.Text("status"), contested.Text("contest")));
        Assert.True((await head.Get("/v1/staff/performance?from=2025-10-01&to=2025-12-31")).Must(200).Json.List("persons").All(p => p.IsNull("contested")));
        Assert.Equal(["figure-contested", "figure-contest-settled"], (await clerk.Get($"{path}/history")).Must(200).Json.Each("items", "type"));
        var seen = (await clerk.Post("/graphql", new { query = "{ figureContests { nodes { figure status } totalCount } }" })).Must(200).Json.GetProperty("data").GetProperty("figureContests");
        Assert.Equal(["REJECTED"], seen.Each("nodes", "status"));

        static async Task<JsonElement[]> Contested(Client by) =>
            [.. (await by.Get("/v1/staff/performance?from=2025-09-01&to=2025-09-30")).Must(200).Json.List("persons").Single().List("contested")];
    }

    /// <summary>PERF-1: what an outage made late is out, criteria are published, and two doors say the same.</summary>
    [Fact]
    public async Task A_quarter_is_ranked_and_an_outage_excuses()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        var day = LegalClock.DayOf(platform.Now.AddDays(-1));
        await AssessedStaff.Decided(database, Clerk, day, count: 40, late: 10);
        var (quarter, head) = ($"{day.Year}-Q{((day.Month - 1) / 3) + 1}", _staff.Somebody("p_head", Scopes.CasesSupervise).At(api.Http));

        var row = (await head.Get($"/v1/staff/excellence?quarter={quarter}")).Must(200).Json.List("units").Single();
        Assert.Equal((1, false, (30, 40)), (row.GetProperty("rank").GetInt32(), row.GetProperty("isExcellent").GetBoolean(), Share(row)));
        var down = new { from = $"{day:yyyy-MM-dd}T09:30:00+08:00", until = $"{day:yyyy-MM-dd}T10:00:00+08:00", reason = "登记系统停机。" };
        (await head.Post("/v1/staff/outages", down)).Refuses(403, "staff.needs-supervisor");
        var recorded = $"/v1/staff/outages/{(await platform.As(Department.ServiceOffice, RunningPlatform.Supervisor).At(api.Http).Post("/v1/staff/outages", down)).Must(201).Json.Text("id")}";
        (await head.Get($"{recorded}?asOf={Uri.EscapeDataString($"{platform.Now.AddMinutes(-1):O}")}")).Refuses(404, "outage.not-found");
        Assert.Equal(["outage-recorded"], (await head.Get($"{recorded}/history")).Must(200).Json.Each("items", "type"));

        row = (await head.Get($"/v1/staff/excellence?quarter={quarter}")).Must(200).Json.List("units").Single();
        // Forty were handled all the same, and refusals in accordance with the law are none the worse.
        Assert.Equal((40, true, (30, 30)), (row.GetProperty("handled").GetInt32(), row.GetProperty("isExcellent").GetBoolean(), Share(row)));
        var same = (await head.Post("/graphql", new
        {
            query = "query($q: String!) { staffExcellence(quarter: $q) { units { score rank shares { code share { numerator denominator } } } criteria { sample items { name weight } } } outages { nodes { reason } totalCount } }",
            variables = new { q = quarter },
        })).Must(200).Json.GetProperty("data");
        Assert.Equal(row.GetProperty("score").GetDecimal(), same.GetProperty("staffExcellence").List("units").Single().GetProperty("score").GetDecimal());
        Assert.Equal(["登记系统停机。"], same.GetProperty("outages").Each("nodes", "reason"));
        (await head.Get("/v1/staff/excellence?quarter=2026-Q5")).Refuses(400, "request.parameter-invalid");
        Assert.Equal("It is missing.", (await head.Get("/v1/staff/excellence")).Refuses(400, "request.parameter-invalid").Json.Text("detail"));

        static (int, int) Share(JsonElement row) => StaffJourney.Share(row.List("shares").Single(s => s.Text("code") == "on-time-by-promise"), "share");
    }

    /// <summary>PERF-1: proposed by figures, confirmed once, contested in time, and final.</summary>
    [Fact]
    public async Task An_assessment_is_made_once_contested_decided_by_somebody_else_and_final()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        await using var another = platform.StartApi(database);
        await AssessedStaff.Decided(database, Clerk, new(2025, 9, 2), 40);
        await AssessedStaff.Decided(database, "p_colleague", new(2025, 9, 2), 40, late: 20);
        Client[] heads = [.. new[] { api, another }.Select(at => _staff.Somebody("p_head", Scopes.CasesSupervise).At(at.Http))];
        var (clerk, deputy, body) = (_staff.Assessed.At(api.Http), _staff.Somebody("p_deputy", Scopes.CasesSupervise).At(api.Http), new { person = Clerk, period = "2025-H2" });

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => heads[i % 2].Post("/v1/staff/assessments", body)));
        var made = Assert.Single(answers, a => a.Status == 201);
        Assert.All(answers.Where(a => a.Status != 201), a => a.Refuses(409, "assessment.already-made"));
        Assert.Equal(("excellent", "open", 40), (made.Json.Text("grade"), made.Json.Text("status"), made.Json.GetProperty("figures").GetProperty("handled").GetInt32()));
        (await heads[0].Post("/v1/staff/assessments", new { person = "p_nobody", period = "2025-H2" })).Refuses(422, "assessment.person-unknown");
        var path = made.Header("Location")!;
        Assert.Equal([made.Json.Text("id")], (await clerk.Get("/v1/staff/assessments")).Must(200).Json.Each("items", "id"));
        (await _staff.Somebody("p_colleague", Scopes.CasesHandle).At(api.Http).Get(path)).Refuses(404, "assessment.not-found");

        (await clerk.Post($"{path}/objection", new { text = "有误。" }, ("If-Match", made.ETag))).Must(200);
        (await Do(heads[0], path, "settlement", new { grade = "competent", reason = "维持。" })).Refuses(403, "assessment.made-yourself");
        Assert.Equal(("final", "competent"), (await Do(deputy, path, "settlement", new { grade = "competent", reason = "部分属实。" })).Must(200).Json is var settled ? (settled.Text("status"), settled.Text("grade")) : default);

        // A department is the service office's to assess, and its supervisors speak for it.
        var (office, unit) = (_staff.Somebody("p_office", Scopes.CasesSupervise, Department.ServiceOffice).At(api.Http), new { department = "market-regulation", period = "2025-H2" });
        (await deputy.Post("/v1/staff/assessments", unit)).Refuses(403, "assessment.not-oneself");
        (await office.Post("/v1/staff/assessments", new { hall = Hall, window = 3, period = "2025-H2" })).Refuses(422, "assessment.nothing-handled");
        var ofUnit = (await office.Post("/v1/staff/assessments", unit)).Must(201);
        Assert.Equal((true, "market-regulation", 80, "competent"), (ofUnit.Json.IsNull("person"), ofUnit.Json.Text("department"), ofUnit.Json.GetProperty("figures").GetProperty("handled").GetInt32(), ofUnit.Json.Text("grade")));
        var asked = await GraphQlClient.StatementsOf(async () => (await office.Post("/v1/staff/assessments", unit)).Refuses(409, "assessment.already-made"));
        // Nobody waits for whoever has figures added up.
        Assert.True(asked.Index().Last(sql => sql.Item.Contains("case_rows", StringComparison.Ordinal)).Index < asked.Index().Single(sql => sql.Item.Contains("pg_advisory_xact_lock", StringComparison.Ordinal)).Index);
        (await clerk.Get(ofUnit.Header("Location")!)).Refuses(404, "assessment.not-found");
        Assert.Contains(ofUnit.Json.Text("id"), (await deputy.Get("/v1/staff/assessments")).Must(200).Json.Each("items", "id"));
        (await Do(deputy, ofUnit.Header("Location")!, "objection", new { text = "系统故障。" })).Must(200);
        (await Do(heads[0], ofUnit.Header("Location")!, "settlement", new { grade = "excellent", reason = "属实。" })).Refuses(403, "staff.not-yours");

        // Nobody objects to the other one, which becomes final by itself; its grade is the supervisor's, with a reason.
        var other = (await heads[0].Post("/v1/staff/assessments", new { person = "p_colleague", period = "2025-H2", grade = "not-competent", reason = "多次缺岗。" })).Must(201);
        Assert.Equal("basically-competent", other.Json.Text("proposed"));
        platform.PassUntil(other.Json.GetProperty("objectBy").GetDateTimeOffset().AddSeconds(1));
        Assert.Equal("final", (await deputy.Get(other.Header("Location")!)).Must(200).Json.Text("status"));
        platform.Pass(Sweeps.Every);
        await RunningPlatform.Until(async () => await database.Count("select count(*) from onedoor.mt_events where type = 'assessment_final'") == 1, "it is recorded that it is final");
        Assert.Equal(["assessment-made", "assessment-final"], (await deputy.Get($"{other.Header("Location")}/history")).Must(200).Json.Each("items", "type"));
    }

    // Somebody takes a ticket, is served by the clerk for six minutes, and says how that was.
    private async Task<string> Served(HttpClient at, Client office, Client clerk, string grade, bool sentOn)
    {
        var taken = (await office.Post($"/v1/halls/{Hall}/tickets", new { group = sentOn ? "general" : "market" })).Must(201).Json;
        var path = $"/v1/tickets/{taken.Text("id")}";
        if (sentOn)
        {
            (await office.Post($"/v1/halls/{Hall}/windows/8/opening", new { groups = General })).Must(200);
            var begun = (await office.Post($"{path}/service", null, ("If-Match", (await office.Post($"/v1/halls/{Hall}/windows/8/next")).Must(200).ETag))).Must(200);
            platform.Pass(TimeSpan.FromMinutes(2));
            (await office.Post($"{path}/transfer", new { group = "market" }, ("If-Match", begun.ETag))).Must(200);
        }
        var called = (await office.Post($"/v1/halls/{Hall}/windows/7/next")).Must(200);
        var serving = (await clerk.Post($"{path}/service", null, ("If-Match", called.ETag))).Must(200);
        platform.Pass(TimeSpan.FromMinutes(6));
        (await clerk.Post($"{path}/completion", null, ("If-Match", serving.ETag))).Must(200);
        return (await platform.Anybody.At(at).Post("/v1/reviews", new { ticket = taken.Text("id"), grade }, ("OneDoor-Ticket-Code", taken.Text("code")))).Must(201).Header("Location")!;
    }

    // The department's system takes it on, and the clerk decides it.
    private static async Task Decided(Client system, Client clerk)
    {
        var path = (await system.Post("/v1/cases", Applications.For(Applications.Plain))).Must(201).Header("Location")!;
        (await Do(system, path, "acceptance", new { officer = new { id = "018", name = "李娜" } })).Must(200);
        (await Do(clerk, path, "steps/decision/decision", new { outcome = "granted", reason = "符合" })).Must(200);
    }

    private async Task Complained(Client office, HttpClient at)
    {
        var citizen = platform.With(new() { ["sub"] = "p_citizen", ["client_id"] = "mobile", ["scope"] = Scopes.ComplaintsFile, [Claims.Applicant] = new ApplicantReference("person:1", "陈建国") }, at);
        var path = (await citizen.Post("/v1/complaints", new { about = new { window = new { hall = Hall, number = 7 } }, text = "没有人抬头。", anonymous = false })).Must(201).Header("Location")!;
        (await Do(office, path, "acceptance", new { named = new[] { Clerk } })).Must(200);
        (await Do(office, path, "answer", new { finding = "upheld", text = "属实。" })).Must(200);
    }

    private static async Task Excluded(Client office, string review) => (await Do(office, review, "exclusion", new { reason = "恶意。" })).Must(200);

    private static async Task<Answered> Do(Client by, string path, string command, object body) => await by.Post($"{path}/{command}", body, ("If-Match", (await by.Get(path)).ETag));

    private static (int Numerator, int Denominator) Share(JsonElement of, string name) =>
        ((int)of.GetProperty(name).GetProperty("numerator").GetDecimal(), (int)of.GetProperty(name).GetProperty("denominator").GetDecimal());
}
