using Microsoft.Extensions.Time.Testing;
using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Platform;
using OneDoor.Reviews;
using Xunit;

namespace OneDoor.WorkOrders;

/// <summary>What comes of a bad review or an upheld complaint, by the public API alone and to the second of each deadline (REV-2).</summary>
public sealed class WorkOrderJourney(RunningPlatform platform)
{
    private static readonly string[] Named = ["p_named"];

    private readonly Dictionary<string, object?> _company = Applications.Company();
    private Guid _case;

    // A Monday morning, and two weeks like any other.
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 9, 1, 30, 0, TimeSpan.Zero));

    private Client Reviewer(HttpClient at) => At(at, "p_reviewer", $"{Scopes.ReviewsWrite} {Scopes.ComplaintsFile} {Scopes.CasesRead}");

    private Client Rated(HttpClient at, string subject = "p_tax") => At(at, subject, $"{Scopes.ComplaintsHandle} {Scopes.EventsRead}", Department.Tax);

    private Client Office(HttpClient at, string subject = "p_office", string supervise = Scopes.CasesSupervise) =>
        At(at, subject, $"{Scopes.ComplaintsHandle} {Scopes.EventsRead} {supervise}", Department.ServiceOffice);

    [Fact]
    public async Task A_bad_review_is_put_right_by_those_it_rates_who_never_learn_by_whom_and_closed_once_the_reviewer_has_answered()
    {
        await using var database = await platform.Template.Copy();
        await using var api = RunningPlatform.StartApi(database, platform.Identity, _time);
        var (reviewer, rated, office) = (Reviewer(api.Http), Rated(api.Http), Office(api.Http));
        Assert.True((await Rate(api.Http, ReviewGrade.Fair)).Json.IsNull("workOrder"));
        var given = await Rate(api.Http, ReviewGrade.Dissatisfied);
        var (review, path) = (given.Header("Location")!, PathOf(given));

        var share = (await rated.Get(path)).Must(200).Json;
        Assert.Equal(("open", "tax", true, China("2026-03-09 00:00:00")), (share.Text("status"), share.Text("unit"), share.IsNull("contact"), share.Instant("openedAt")));
        Assert.Equal("13900000000", (await office.Get(path)).Must(200).Json.GetProperty("contact").Text("phone"));
        Assert.Equal(
            [("contact", China("2026-03-10 23:59:59")), ("rectification", China("2026-03-16 23:59:59"))], share.List("clock").Select(d => (d.Text("stage"), d.Instant("dueAt"))));
        Assert.Equal(["2026-03-14", "2026-03-15"], share.List("clock")[1].List("skipped").Select(day => day.Text("date")));
        const string Told = "/v1/events?types=onedoor.work-order.*&first=100";
        Assert.Equal(["onedoor.work-order.opened"], (await office.Get(Told)).Must(200).Json.Each("items", "type"));

        (await Do(rated, path, "contact", new { note = "我们会核实。" })).Must(200);
        (await Do(rated, path, "rectification", new { text = "清单已改正。" })).Must(200);
        _time.Advance(TimeSpan.FromHours(1));
        (await Do(rated, path, "feedback", new { text = "不再重复索要材料。" })).Must(200);
        var clock = (await reviewer.Get(path)).Must(200).Json.List("clock");
        Assert.Equal([("feedback", China("2026-03-10 23:59:59")), ("call-back", China("2026-03-10 23:59:59"))], clock.Skip(2).Select(d => (d.Text("stage"), d.Instant("dueAt"))));
        Assert.All(clock.Skip(2), d => Assert.Equal(("2026-03-09", 1), (d.Text("from"), d.GetProperty("within").GetProperty("value").GetInt32())));
        Assert.Equal(["onedoor.work-order.contacted", "onedoor.work-order.rectified", "onedoor.work-order.fed-back"], (await rated.Get(Told)).Must(200).Json.Each("items", "type"));
        (await Do(rated, path, "closing")).Refuses(403, "work-order.not-yours-to-close");
        (await Do(office, path, "closing")).Refuses(409, "work-order.not-answered");
        var outcome = (await reviewer.Get(review)).Must(200).Json.GetProperty("workOrder");
        Assert.Equal(("fed-back", "不再重复索要材料。"), (outcome.Text("status"), outcome.GetProperty("fedBack").Text("text")));
        Assert.Equal(404, (await At(api.Http, "p_other", Scopes.ReviewsWrite).Get(path)).Status);
        (await Do(reviewer, path, "answer", new { satisfied = false })).Must(200);
        Assert.Equal(("closed", false), (await Do(office, path, "closing")).Must(200).Json is var closed ? (closed.Text("status"), closed.GetProperty("satisfied").GetBoolean()) : default);

        Assert.Equal("rectified", (await reviewer.Get($"{review}?asOf=2026-03-09T10:00:00%2B08:00")).Must(200).Json.GetProperty("workOrder").Text("status"));
        Assert.Equal("closed", (await rated.Get("/v1/reviews?grade=dissatisfied")).Must(200).Json.List("items").Single().GetProperty("workOrder").Text("status"));
        Assert.Equal(["nobody", "unit", "unit", "unit", "reviewer", "office"], (await reviewer.Get($"{path}/history")).Must(200).Json.Each("items", "by"));
        const string Query = "query($id: ID!) { workOrder(id: $id) { status clock { stage within { value } } history { type } } workOrders(status: CLOSED) { nodes { id } } }";
        var seen = (await reviewer.Post("/graphql", new { query = Query, variables = new { id = path.Split('/')[^1] } })).Must(200).Json.GetProperty("data");
        Assert.Equal(("CLOSED", 6), (seen.GetProperty("workOrder").Text("status"), seen.GetProperty("workOrder").List("history").Length));
        Assert.Equal([$"workOrder:{path.Split('/')[^1]}"], seen.GetProperty("workOrders").Each("nodes", "id"));
    }

    [Fact]
    public async Task Who_cannot_be_reached_is_called_on_three_working_days_before_it_is_closed()
    {
        await using var database = await platform.Template.Copy();
        await using var api = RunningPlatform.StartApi(database, platform.Identity, _time);
        var (rated, office) = (Rated(api.Http), Office(api.Http, supervise: ""));
        var path = PathOf(await Rate(api.Http, ReviewGrade.VeryDissatisfied));
        foreach (var (command, body) in new (string, object)[] { ("contact", new { note = "一" }), ("rectification", new { text = "二" }), ("feedback", new { text = "三" }) })
            (await Do(rated, path, command, body)).Must(200);
        // Nobody calls on Tuesday: a supervisor finds that on Wednesday, and it is recorded once.
        _time.Advance(China("2026-03-11 00:00:00") - _time.GetUtcNow());
        Assert.Equal([path.Split('/')[^1]], (await office.Get("/v1/work-orders?overdue=true")).Must(200).Json.Each("items", "id"));
        _time.Advance(Sweeps.Every * 2);
        await RunningPlatform.Until(async () => await Overdue(database) == 1, "the missed call-back is recorded");
        Assert.Equal("call-back", (await office.Get($"{path}/history")).Must(200).Json.List("items")[^1].Text("stage"));
        // Friday, Sunday, Monday, and Tuesday a second before it begins.
        foreach (var day in new[] { "2026-03-13", "2026-03-15", "2026-03-16" })
        {
            _time.Advance(China($"{day} 09:30:00") - _time.GetUtcNow());
            (await Do(office, path, "call-backs", new { reached = false, note = "无人接听。" })).Must(200);
        }
        _time.Advance(China("2026-03-16 23:59:59") - _time.GetUtcNow());
        (await Do(office, path, "call-backs", new { reached = false, note = "无人接听。" })).Must(200);
        (await Do(office, path, "closing")).Refuses(409, "work-order.not-answered");
        _time.Advance(TimeSpan.FromSeconds(1));
        (await Do(office, path, "call-backs", new { reached = false, note = "无人接听。" })).Must(200);

        var closed = (await Do(office, path, "closing")).Must(200).Json;

        Assert.Equal(("closed", true, 5), (closed.Text("status"), closed.IsNull("satisfied"), closed.List("callBacks").Length));
        var seen = (await rated.Get(path)).Must(200).Json.List("callBacks");
        Assert.Equal(5, seen.Length);
        Assert.All(seen, call => Assert.False(call.TryGetProperty("note", out _)));
    }

    [Fact]
    public async Task What_is_upheld_is_put_right_as_well_and_what_does_not_stand_leaves_no_order_running()
    {
        await using var database = await platform.Template.Copy();
        await using var api = RunningPlatform.StartApi(database, platform.Identity, _time);
        var (reviewer, rated, office) = (Reviewer(api.Http), Rated(api.Http), Office(api.Http));
        var given = await Rate(api.Http, ReviewGrade.Dissatisfied);
        var excluded = (await Do(office, given.Header("Location")!, "exclusion", new { reason = "评错了部门。" })).Must(200).Json;
        Assert.Equal("voided", excluded.GetProperty("workOrder").Text("status"));
        (await Do(rated, PathOf(given), "contact", new { note = "一" })).Refuses(409, "work-order.not-in-this-state");

        var filed = (await reviewer.Post("/v1/complaints", new { about = new { department = "tax" }, text = "等了两个小时。", contact = new { phone = "13900000001" } })).Must(201).Header("Location")!;
        (await Do(office, filed, "acceptance", new { named = Named })).Must(200);
        var upheld = (await Do(office, filed, "answer", new { finding = "partly", text = "部分属实。" })).Must(200);
        var path = PathOf(upheld);
        Assert.Equal((404, 200), ((await Rated(api.Http, "p_named").Get(path)).Status, (await rated.Get(path)).Status));
        Assert.DoesNotContain(path.Split('/')[^1], (await Rated(api.Http, "p_named").Get("/v1/work-orders")).Must(200).Text, StringComparison.Ordinal);
        Assert.Equal("13900000001", (await office.Get(path)).Must(200).Json.GetProperty("contact").Text("phone"));
        Assert.Equal("open", (await reviewer.Get(path)).Must(200).Json.Text("status"));
        (await Do(reviewer, filed, "reopening")).Must(200);
        var unfounded = (await Do(Office(api.Http, "p_head"), filed, "answer", new { finding = "unfounded", text = "没有依据。" })).Must(200).Json;
        Assert.Equal("voided", unfounded.GetProperty("workOrder").Text("status"));
        Assert.Equal("voided", (await reviewer.Get("/v1/complaints")).Must(200).Json.List("items").Single().GetProperty("workOrder").Text("status"));

        // Who complains anonymously reads by their code what came of it.
        var anonymous = (await new Client(api.Http, null).Post("/v1/complaints", new { about = new { department = "tax" }, text = "等了两个小时。", anonymous = true })).Must(201);
        var by = ("OneDoor-Complaint-Code", anonymous.Json.Text("code"));
        (await Do(office, anonymous.Header("Location")!, "acceptance")).Must(200);
        Assert.True((await new Client(api.Http, null).Get(anonymous.Header("Location")!, by)).Must(200).Json.IsNull("workOrder"));
        (await Do(office, anonymous.Header("Location")!, "answer", new { finding = "upheld", text = "属实。" })).Must(200);
        Assert.Equal("open", (await new Client(api.Http, null).Get(anonymous.Header("Location")!, by)).Must(200).Json.GetProperty("workOrder").Text("status"));
    }

    [Fact]
    public async Task What_is_late_is_recorded_once_by_two_processes_to_the_second_and_found_by_a_supervisor()
    {
        await using var database = await platform.Template.Copy();
        await using var api = RunningPlatform.StartApi(database, platform.Identity, _time);
        await using var another = RunningPlatform.StartApi(database, platform.Identity, _time);
        var (rated, office) = (Rated(api.Http), Office(another.Http));
        var given = await Rate(api.Http, ReviewGrade.Dissatisfied);
        var path = PathOf(given);

        _time.Advance(China("2026-03-10 23:59:59") - _time.GetUtcNow());
        Assert.Empty((await office.Get("/v1/work-orders?overdue=true")).Must(200).Json.List("items"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([path.Split('/')[^1]], (await office.Get("/v1/work-orders?overdue=true")).Must(200).Json.Each("items", "id"));
        _time.Advance(Sweeps.Every * 2);
        await RunningPlatform.Until(async () => await Overdue(database) == 1, "the missed contact is recorded");
        (await Do(rated, path, "contact", new { note = "我们会核实。" })).Must(200);
        Assert.Empty((await office.Get("/v1/work-orders?overdue=true")).Must(200).Json.List("items"));
        _time.Advance(China("2026-03-13 23:59:59") - _time.GetUtcNow());
        Assert.Equal(China("2026-03-30 23:59:59"), (await Do(rated, path, "extension", new { reason = "涉及两个部门。" })).Must(200).Json.List("clock")[1].Instant("dueAt"));

        // By a rebuild everything is as it was; erased, nobody is called any more.
        var before = (await office.Get("/v1/work-orders")).Must(200).Text;
        await database.Run("update onedoor.mt_doc_workorder set data = data - 'unit', opened_at = now(), reviewer = 'x', cause = null, wake_at = null");
        await Operator.Run<Caller>(database, "rebuild");
        Assert.Equal(before, (await office.Get("/v1/work-orders")).Must(200).Text);
        await Operator.Run<Caller>(database, "erase", $"--id={_case}");
        Assert.Equal("***", (await office.Get(path)).Must(200).Json.GetProperty("contact").Text("phone"));
        Assert.Equal(
            ["work-order-opened", "work-order-overdue", "work-order-contacted", "work-order-extended"], (await office.Get($"{path}/history")).Must(200).Json.Each("items", "type"));
        Assert.Equal(1, await Overdue(database));
    }

    private async Task<Answered> Rate(HttpClient at, ReviewGrade grade)
    {
        var application = Applications.For(GivenReviews.Item);
        application["applicant"] = _company;
        application["form"] = Applications.Answer(GivenReviews.Item, LegalClock.DayOf(_time.GetUtcNow()));
        var @case = (await At(at, "sandbox-customs", Scopes.CasesSubmit, CaseJourney.Submitter).Post("/v1/cases", application)).Must(201).Json;
        _case = @case.GetProperty("id").GetGuid();
        return (await Reviewer(at).Post("/v1/reviews", GivenReviews.Body(new GiveReview(grade, _case)))).Must(201);
    }

    private static string PathOf(Answered cause) => $"/v1/work-orders/{cause.Json.GetProperty("workOrder").Text("id")}";

    private static Task<Answered> Do(Client by, string path, string command, object? body = null) => OpenedWorkOrders.Do(by, path, command, body);

    private static Task<long> Overdue(Database database) => database.Count("select count(*) from onedoor.mt_events where type = 'work_order_overdue'");

    private static DateTimeOffset China(string local) => DateTimeOffset.Parse($"{local} +08:00", System.Globalization.CultureInfo.InvariantCulture);

    private Client At(HttpClient at, string subject, string scopes, Department? department = null) => new(at, () =>
    {
        Dictionary<string, object> claims = new() { ["sub"] = subject, ["client_id"] = department is null ? "mobile" : department == CaseJourney.Submitter ? subject : "desk", ["scope"] = scopes };
        if (department is { } its)
            claims[Claims.Department] = Kebab.Of(its);
        else
            claims[Claims.Applicant] = new ApplicantReference($"legal-entity:{_company["uscc"]}", (string)_company["name"]!);
        return Task.FromResult(platform.Token(claims, _time.GetUtcNow()));
    });
}
