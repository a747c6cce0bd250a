using Microsoft.Extensions.Time.Testing;
using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Files;
using OneDoor.Platform;
using OneDoor.Tickets;
using Xunit;

namespace OneDoor.Complaints;

/// <summary>A complaint from its filing to its end, by the public API alone (COMP-1, COMP-2).</summary>
public sealed class ComplaintJourney(RunningPlatform platform)
{
    private const Department Lead = Department.MarketRegulation;

    private Client Citizen => FiledComplaints.Somebody(platform, "p_citizen", $"{Scopes.ComplaintsFile} {Scopes.CasesRead}");

    private Client Clerk => platform.As(Department.ServiceOffice, Scopes.ComplaintsHandle);

    private Client Supervisor => platform.As(Department.ServiceOffice, FiledComplaints.Handle);

    [Fact]
    public async Task It_is_accepted_answered_and_handled_once_more_one_level_higher()
    {
        platform.PassUntilMonday();
        var filed = (await Citizen.Post("/v1/complaints", new { about = new { department = "tax" }, text = "等了两个小时。", contact = new { email = "a@example.com" } })).Must(201);
        var path = filed.Header("Location")!;
        Assert.Equal(("filed", "a@example.com", true), (filed.Json.Text("status"), filed.Json.GetProperty("contact").Text("email"), filed.Json.IsNull("code")));
        (await Citizen.Get($"{path}/history")).Must(200);
        Assert.Equal(404, (await FiledComplaints.Somebody(platform, "p_other").Get(path)).Status);
        Assert.Equal(404, (await platform.As(Department.Tax, Scopes.ComplaintsHandle).Get(path)).Status);

        (await Do(Clerk, path, "acceptance")).Must(200);
        var share = (await platform.As(Department.Tax, Scopes.ComplaintsHandle).Get(path)).Must(200).Json;
        Assert.Equal((true, true, true), (share.IsNull("contact"), share.IsNull("name"), share.IsNull("anonymous")));
        Assert.Equal(Midnight(filed.Json.Instant("filedAt")), share.Instant("filedAt"));
        (await Do(Clerk, path, "extension", new { reason = "涉及两个部门。" })).Must(200);
        (await Do(Clerk, path, "answer", new { finding = "unfounded", text = "没有依据。" })).Must(200);
        platform.Pass(TimeSpan.FromMinutes(30));
        (await Do(Citizen, path, "rating", new { satisfied = false })).Must(200);
        (await Do(Citizen, path, "reopening")).Must(200);
        (await Do(Clerk, path, "answer", new { finding = "upheld", text = "属实。" })).Refuses(403, "complaint.needs-supervisor");
        (await Do(Supervisor, path, "answer", new { finding = "upheld", text = "属实。" })).Must(200);
        var closed = (await Do(Citizen, path, "rating", new { satisfied = true })).Must(200).Json;

        Assert.Equal(("closed", "upheld", "unfounded"), (closed.Text("status"), closed.GetProperty("answer").Text("finding"), closed.GetProperty("earlierAnswer").Text("finding")));
        Assert.Equal(
            ["complaint-filed", "complaint-accepted", "complaint-extended", "complaint-answered", "complaint-rated", "complaint-reopened", "complaint-answered", "complaint-rated"],
            (await Citizen.Get($"{path}/history")).Must(200).Json.Each("items", "type"));
        Assert.Equal(["complainant", "office", "office", "office", "complainant", "complainant", "supervisor", "complainant"], (await Citizen.Get($"{path}/history")).Json.Each("items", "by"));
        Assert.Equal("closed", (await Citizen.Get("/v1/complaints?status=closed")).Must(200).Json.List("items")[0].Text("status"));
        await TellsADepartmentTheDayAlone(path, filed.Json.Text("id"));
    }

    // decision 0038: by both doors, and as of a past instant
    private async Task TellsADepartmentTheDayAlone(string path, string id)
    {
        var tax = platform.As(Department.Tax, Scopes.ComplaintsHandle);
        var known = (await Citizen.Get($"{path}/history")).Must(200).Json.List("items");
        var told = (await tax.Get($"{path}/history")).Must(200).Json.List("items").Select(e => e.Instant("at")).ToArray();
        var same = await tax.Ask($$"""query { complaint(id: "complaint:{{id}}") { history { at } } }""");

        // What the complainant did stands at the beginning of that day, or with what the office did before on it.
        var expected = known.Aggregate(Array.Empty<DateTimeOffset>(), (before, e) =>
            [.. before, e.Text("by") == "complainant" ? before.Append(Midnight(e.Instant("at"))).Max() : e.Instant("at")]);
        Assert.Equal(expected, told);
        Assert.True(told[5] < known[5].Instant("at"));
        Assert.Equal(told, same.GetProperty("complaint").List("history").Select(e => e.Instant("at")));
        Assert.Equal("reopened", (await tax.Get($"{path}?asOf={Uri.EscapeDataString($"{told[5]:O}")}")).Must(200).Json.Text("status"));
    }

    private static DateTimeOffset Midnight(DateTimeOffset at) => LegalClock.MidnightOf(LegalClock.DayOf(at));

    [Fact] // COMP-1
    public async Task One_about_a_ticket_is_about_who_served_it()
    {
        while (!LegalClock.Zone.IsOpen(QueuedTickets.Hall, platform.Now))
            platform.Pass(TimeSpan.FromMinutes(30));
        var holder = QueuedTickets.Somebody(platform, Applications.Company(), $"{Scopes.TicketsTake} {Scopes.ComplaintsFile}");
        var id = (await holder.Post($"/v1/halls/{QueuedTickets.Hall}/tickets", new { group = "market" })).Must(201).Json.Text("id");
        object About(bool anonymous = false) => new { about = new { ticket = id }, text = "没有人抬头。", anonymous };
        Assert.Equal(["service-office"], (await holder.Post("/v1/complaints", About())).Must(201).Json.List("units").Select(unit => unit.GetString()));

        var (desk, window) = (platform.As(Lead, Scopes.QueueOperate), $"/v1/halls/{QueuedTickets.Hall}/windows/11");
        (await desk.Post($"{window}/opening", new { groups = QueuedTickets.Market })).Must(200);
        for (var called = (await desk.Post($"{window}/next")).Must(200).Json.Text("id"); called != id; called = (await desk.Post($"{window}/next")).Must(200).Json.Text("id"))
            (await Do(desk, $"/v1/tickets/{called}", "miss")).Must(200);
        (await Do(desk, $"/v1/tickets/{id}", "service")).Must(200);

        var own = (await holder.Post("/v1/complaints", About())).Must(201).Json;
        var unsaid = (await platform.Anybody.Post("/v1/complaints", About(anonymous: true))).Must(201);
        var same = await holder.Ask($$"""mutation { fileComplaint(input: { about: { ticket: "ticket:{{id}}" }, text: "没有人抬头。", anonymous: false }) { complaint { units } problem { code } } }""");
        Assert.Equal(["MARKET_REGULATION"], same.GetProperty("fileComplaint").GetProperty("complaint").List("units").Select(unit => unit.GetString()));
        var refused = (await Citizen.Post("/v1/complaints", About())).Refuses(422, "complaint.about-unknown");
        Assert.Equal(["/about/ticket"], refused.Json.Each("errors", "pointer"));
        foreach (var nobodys in new[] { $"{Guid.Empty}", "A001" })
            (await holder.Post("/v1/complaints", new { about = new { ticket = nobodys }, text = "没有人抬头。", anonymous = false })).Refuses(422, "complaint.about-unknown");
        Assert.Equal(("market-regulation", id, QueuedTickets.Hall, 11), (
            own.List("units").Single().GetString(), own.GetProperty("about").Text("ticket"), own.GetProperty("place").Text("hall"), own.GetProperty("place").GetProperty("window").GetInt32()));
        Assert.Empty(unsaid.Json.List("units"));
        Assert.True(unsaid.Json.IsNull("place"));
        Assert.Equal(["market-regulation"], (await Clerk.Get(unsaid.Header("Location")!)).Must(200).Json.List("units").Select(unit => unit.GetString()));
    }

    [Fact] // COMP-1, CASE-12
    public async Task A_photograph_shows_the_office_what_happened_and_nobody_whom_it_is_about()
    {
        var complainant = FiledComplaints.Somebody(platform, "p_photographer", $"{Scopes.ComplaintsFile} {Scopes.FilesWrite}");
        var file = (await complainant.Upload(SampleFiles.Png, "image/png")).Must(201).Json;
        var complaint = new { about = new { department = "tax" }, text = "窗口无人。", attachments = new[] { file.Text("id") } };

        (await Citizen.Post("/v1/complaints", complaint)).Refuses(422, "file.unknown");
        (await platform.Anybody.Post("/v1/complaints", new { complaint.about, complaint.text, complaint.attachments, anonymous = true })).Refuses(422, "complaint.anonymous-attachments");
        var filed = (await complainant.Post("/v1/complaints", complaint)).Must(201);
        (await Do(Clerk, filed.Header("Location")!, "acceptance")).Must(200);
        var share = (await platform.As(Department.Tax, Scopes.ComplaintsHandle).Get(filed.Header("Location")!)).Must(200).Json;

        Assert.Equal(file.GetRawText(), filed.Json.List("attachments").Single().GetRawText());
        Assert.Empty(share.List("attachments"));
        foreach (var reader in new[] { complainant, Clerk })
            Assert.Equal(SampleFiles.Png, (await reader.Get(file.Text("href"))).Must(200).Bytes);
        foreach (var other in new[] { platform.As(Department.Tax, Scopes.ComplaintsHandle), Citizen })
            (await other.Get(file.Text("href"))).Refuses(404, "file.not-found");
        Assert.Equal(1, await platform.Database.Count($"select count(*) from onedoor.files where id = '{file.Text("id")}' and attached_at is not null"));
    }

    [Fact] // COMP-2, REM-1
    public async Task One_against_a_decision_is_told_where_that_is_contested()
    {
        var filed = (await Citizen.Post("/v1/complaints", new { about = new { department = "customs" }, text = "不该不予许可。" })).Must(201);

        var told = (await Do(Clerk, filed.Header("Location")!, "return", new { department = "customs", reason = "请申请行政复议。", againstDecision = true })).Must(200).Json;

        Assert.Equal("returned", told.Text("status"));
        Assert.Equal([("Tianjin Customs", "P60D")], told.GetProperty("return").List("remedies").Select(r => (r.Text("authority"), r.Text("within"))));
    }

    [Fact]
    public async Task About_a_case_one_complains_who_sees_it_and_nobody_else_is_told_whether_there_is_one()
    {
        var company = Applications.Company();
        var application = Applications.For(Applications.Plain);
        application["applicant"] = company;
        var @case = (await platform.As(CaseJourney.Submitter).Post("/v1/cases", application)).Must(201).Json;
        Client Of(string uscc) => platform.With(new()
        {
            ["sub"] = $"p_{uscc}", ["client_id"] = "mobile", ["scope"] = Scopes.ComplaintsFile, [Claims.Applicant] = new ApplicantReference($"legal-entity:{uscc}", "公司"),
        });
        object About(string said, bool anonymous = false) => new { about = new { @case = said }, text = "太慢了。", anonymous };

        var own = (await Of((string)company["uscc"]!).Post("/v1/complaints", About(@case.Text("id")))).Must(201);
        var refused = (await Of(Applications.FreshUscc()).Post("/v1/complaints", About(@case.Text("id")))).Refuses(422, "complaint.about-unknown");
        var missing = (await Of(Applications.FreshUscc()).Post("/v1/complaints", About(Guid.CreateVersion7(platform.Now).ToString()))).Refuses(422, "complaint.about-unknown");
        (await Of((string)company["uscc"]!).Post("/v1/complaints", About($"{Guid.Empty}"))).Refuses(422, "complaint.about-unknown");
        Answered[] anonymous =
        [
            (await platform.Anybody.Post("/v1/complaints", About(@case.Text("id"), true))).Must(201), (await platform.Anybody.Post("/v1/complaints", About(@case.Text("number"), true))).Must(201),
            (await platform.Anybody.Post("/v1/complaints", About("去年那个", true))).Must(201),
        ];

        Assert.Equal(["market-regulation"], own.Json.List("units").Select(u => u.GetString()));
        Assert.Equal(refused.Json.GetProperty("errors").GetRawText(), missing.Json.GetProperty("errors").GetRawText());
        Assert.All(anonymous, filed => Assert.Empty(filed.Json.List("units")));
        // Whom it is about somebody has to know: what nobody knows goes to a supervisor.
        foreach (var (filed, units) in anonymous.Zip([1, 1, 0]))
        {
            Assert.Equal(units, (await Supervisor.Get(filed.Header("Location")!)).Must(200).Json.List("units").Length);
            Assert.Equal(units == 0 ? 404 : 200, (await Clerk.Get(filed.Header("Location")!)).Status);
        }
    }

    [Fact]
    public async Task What_is_late_is_recorded_once_by_two_processes_and_stands_in_the_list_of_what_is_overdue()
    {
        // The time of these two alone: what becomes due meanwhile is nobody else's.
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 9, 1, 30, 0, TimeSpan.Zero));
        await using var database = await platform.Template.Copy();
        await using var api = RunningPlatform.StartApi(database, platform.Identity, time);
        await using var another = RunningPlatform.StartApi(database, platform.Identity, time);
        var (citizen, clerk) = (FiledComplaints.Somebody(platform, "p_citizen", at: api.Http, time: time), platform.As(Department.ServiceOffice, Scopes.ComplaintsHandle, another.Http, time));
        var filed = (await citizen.Post("/v1/complaints", new { about = new { department = "tax" }, text = "等了两个小时。" })).Must(201);
        var path = filed.Header("Location")!;

        time.Advance(filed.Json.Instant("acceptBy") - time.GetUtcNow());
        Assert.Empty((await clerk.Get("/v1/complaints?overdue=true")).Must(200).Json.List("items"));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([filed.Json.Text("id")], (await clerk.Get("/v1/complaints?overdue=true")).Must(200).Json.Each("items", "id"));
        time.Advance(Sweeps.Every * 2);
        await RunningPlatform.Until(async () => await Overdue(database) == 1, "the miss is recorded");
        (await Do(clerk, path, "acceptance")).Must(200);
        Assert.Empty((await clerk.Get("/v1/complaints?overdue=true")).Must(200).Json.List("items"));

        // By a rebuild everything is as it was; erased, it is nobody's any more.
        var before = (await clerk.Get("/v1/complaints")).Must(200).Text;
        await database.Run("update onedoor.mt_doc_complaint set data = data - 'units', filed_at = now(), wake_at = null, filed_by = 'x'");
        await Operator.Run<Caller>(database, "rebuild");
        Assert.Equal(before, (await clerk.Get("/v1/complaints")).Must(200).Text);
        await Operator.Run<Caller>(database, "erase", $"--id={filed.Json.Text("id")}");
        Assert.Equal("***", (await clerk.Get(path)).Must(200).Json.Text("text"));
        Assert.Equal(["complaint-filed", "complaint-overdue", "complaint-accepted"], (await clerk.Get($"{path}/history")).Must(200).Json.Each("items", "type"));
        Assert.Equal(1, await Overdue(database));
    }

    [Fact]
    public async Task Two_doors_answer_alike_and_a_supervisor_has_the_figures()
    {
        var filed = (await Citizen.Post("/v1/complaints", new { about = new { hall = "airport" }, text = "没有人。" })).Must(201);
        var query = "query($id: ID!) { complaint(id: $id) { status about { hall } history { type } } }";

        var seen = (await Citizen.Post("/graphql", new { query, variables = new { id = filed.Json.Text("id") } })).Must(200).Json.GetProperty("data").GetProperty("complaint");

        Assert.Equal(("FILED", "airport"), (seen.Text("status"), seen.GetProperty("about").Text("hall")));
        var figures = $"/v1/complaints/figures?from={platform.Now.AddDays(-9):yyyy-MM-dd}&to={platform.Now:yyyy-MM-dd}";
        (await Clerk.Get(figures)).Refuses(403, "complaint.needs-supervisor");
        Assert.Contains("service-office", (await Supervisor.Get(figures)).Must(200).Json.Each("units", "unit"));
    }

    [Fact]
    public async Task The_histories_of_a_list_take_as_many_statements_as_one()
    {
        var citizen = FiledComplaints.Somebody(platform, "p_list");
        for (var i = 0; i < 3; i++)
            (await citizen.Post("/v1/complaints", new { about = new { hall = "airport" }, text = "没有人。" })).Must(201);
        static string Query(int first) => $"{{ complaints(first: {first}) {{ nodes {{ history {{ type }} }} }} }}";

        await citizen.Ask(Query(3));
        var one = await citizen.Statements(Query(1));
        Assert.Equal(one, await citizen.Statements(Query(3)));
        Assert.All((await citizen.Ask(Query(3))).GetProperty("complaints").List("nodes"), node => Assert.Equal(["complaint-filed"], node.Each("history", "type")));
    }

    private static async Task<Answered> Do(Client by, string path, string command, object? body = null) =>
        await by.Post($"{path}/{command}", body, ("If-Match", (await by.Get(path)).ETag));

    private static Task<long> Overdue(Database database) => database.Count("select count(*) from onedoor.mt_events where type = 'complaint_overdue'");
}
