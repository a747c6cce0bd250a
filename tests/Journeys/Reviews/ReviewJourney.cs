using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Platform;
using OneDoor.Tickets;
using Xunit;

namespace OneDoor.Reviews;

/// <summary>What somebody says of how they were served, by the public API alone (REV-1).</summary>
public sealed class ReviewJourney(RunningPlatform platform)
{
    [Fact]
    public async Task A_matter_is_rated_and_contested_and_whom_it_rates_never_learns_by_whom()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        var reviews = new GivenReviews(platform, Applications.Company(), api.Http);
        var given = await reviews.Given();
        var (path, about) = (given.Header("Location")!, given.Json.Text("case"));
        Assert.Equal(("given", "tax", "dissatisfied", "on-site"), (given.Json.Text("status"), given.Json.Text("unit"), given.Json.Text("grade"), given.Json.Text("channel")));

        var share = (await reviews.Rated.Get(path)).Must(200);
        Assert.Equal(("等了两个小时。", true), (share.Json.Text("comment"), share.Json.IsNull("case")));
        var history = (await reviews.Rated.Get($"{path}/history")).Must(200);
        Assert.All(new[] { share, history, (await reviews.Rated.Get("/v1/reviews")).Must(200) }, seen => Assert.DoesNotContain(about, seen.Text, StringComparison.Ordinal));
        Assert.Empty((await reviews.Rated.Get($"/v1/reviews?case={about}")).Must(200).Json.List("items"));
        Assert.Equal([given.Json.Text("id")], (await reviews.Applicant.Get($"/v1/reviews?case={about}")).Must(200).Json.Each("items", "id"));

        var before = $"{path}?asOf={Uri.EscapeDataString($"{platform.Now:O}")}";
        platform.Pass(TimeSpan.FromSeconds(1));
        (await Do(reviews.Rated, path, "appeal", "不归本部门。")).Must(200);
        const string Told = "/v1/events?types=onedoor.review.*&first=100";
        Assert.Empty((await platform.As(Department.Tax, Scopes.EventsRead).At(api.Http).Get(Told)).Must(200).Json.List("items"));
        Assert.Equal(["onedoor.review.given", "onedoor.review.appealed"], (await platform.As(Department.ServiceOffice, $"{Scopes.EventsRead} {Scopes.CasesSupervise}").At(api.Http).Get(Told)).Must(200).Json.Each("items", "type"));
        (await Do(reviews.Rated, path, "appeal/rejection", "属实。")).Refuses(403, "review.needs-supervisor");
        Assert.Equal("excluded", (await Do(reviews.Office, path, "exclusion", "评错了部门。")).Must(200).Json.Text("status"));
        await Assert.AllAsync([path, before], async asked => Assert.True((await reviews.Rated.Get(asked)).Must(200).Json.IsNull("comment")));
        Assert.Equal("given", (await reviews.Rated.Get(before)).Json.Text("status"));
        Assert.Equal("等了两个小时。", (await reviews.Auditor.Get(path)).Must(200).Json.Text("comment"));
        Assert.Equal(["reviewer", "unit", "supervisor"], (await reviews.Applicant.Get($"{path}/history")).Must(200).Json.Each("items", "by"));

        (await reviews.Applicant.Post("/v1/reviews", GivenReviews.Body(await reviews.Rating(ReviewGrade.Fair)))).Must(201);
        var figures = $"/v1/reviews/figures?from={platform.Now.AddDays(-9):yyyy-MM-dd}&to={platform.Now:yyyy-MM-dd}";
        var ofTax = (await reviews.Rated.Get(figures)).Must(200).Json.List("units").Single();
        Assert.Equal((1, 1, 1, 0), (ofTax.GetProperty("excluded").GetInt32(), ofTax.GetProperty("positive").GetProperty("numerator").GetInt32(),
            ofTax.GetProperty("positive").GetProperty("denominator").GetInt32(), ofTax.GetProperty("grades").GetProperty("dissatisfied").GetInt32()));
        Assert.Empty((await platform.As(Department.Fire, Scopes.ComplaintsHandle).At(api.Http).Get(figures)).Must(200).Json.List("units"));

        // By a rebuild everything is as it was; erased, nobody reads what was said.
        var kept = (await reviews.Office.Get("/v1/reviews")).Must(200).Text;
        await database.Run("update onedoor.mt_doc_review set data = data - 'tags', given_at = now(), given_by = 'x', of_case = null");
        await Operator.Run<Caller>(database, "rebuild");
        Assert.Equal(kept, (await reviews.Office.Get("/v1/reviews")).Must(200).Text);
        await Operator.Run<Caller>(database, "erase", $"--id={given.Json.Text("id")}");
        Assert.Equal("***", (await reviews.Office.Get(path)).Must(200).Json.Text("comment"));
    }

    [Fact]
    public async Task One_matter_has_one_rating_however_many_are_given_at_once_through_two_processes()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        await using var another = platform.StartApi(database);
        var company = Applications.Company();
        GivenReviews[] reviews = [new(platform, company, api.Http), new(platform, company, another.Http)];
        var rating = GivenReviews.Body(await reviews[0].Rating(ReviewGrade.VerySatisfied));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => reviews[i % 2].Applicant.Post("/v1/reviews", rating.DeepClone())));

        Assert.Single(answers, a => a.Status == 201);
        Assert.All(answers.Where(a => a.Status != 201), a => a.Refuses(409, "review.already-given"));
        Assert.Equal(1, await database.Count("select count(*) from onedoor.mt_events where type = 'review_given'"));
    }

    [Fact]
    public async Task Two_doors_answer_alike()
    {
        var reviews = new GivenReviews(platform, Applications.Company());
        var given = await reviews.Given();
        (await reviews.Applicant.Post("/v1/reviews", new { @case = Guid.Empty, grade = "fair" })).Refuses(422, "review.case-unknown");
        const string Query = "query($id: ID!, $case: ID!) { review(id: $id) { grade history { type } } reviews(case: $case) { nodes { id } } reviewIndicators { version tags { code name } } }";

        var seen = (await reviews.Applicant.Post("/graphql", new { query = Query, variables = new { id = given.Json.Text("id"), @case = given.Json.Text("case") } })).Must(200).Json.GetProperty("data");

        Assert.Equal("DISSATISFIED", seen.GetProperty("review").Text("grade"));
        Assert.Equal([$"review:{given.Json.Text("id")}"], seen.GetProperty("reviews").Each("nodes", "id"));
        Assert.Equal(
            (await platform.Anybody.Get("/v1/reviews/indicators")).Must(200).Json.Each("items", "version"), seen.List("reviewIndicators").Select(set => set.Text("version")));
    }

    [Fact]
    public async Task A_visit_is_rated_once_by_the_code_on_its_ticket_without_an_account()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        var (office, anybody) = (platform.As(Department.ServiceOffice, $"{Scopes.QueueOperate} {Scopes.ComplaintsHandle} {Scopes.CasesSupervise} {Scopes.EventsRead}").At(api.Http), platform.Anybody.At(api.Http));
        while (!LegalClock.Zone.IsOpen(QueuedTickets.Hall, platform.Now) || !LegalClock.Zone.IsOpen(QueuedTickets.Hall, platform.Now.AddMinutes(10)))
            platform.Pass(TimeSpan.FromMinutes(10));
        var taken = (await office.Post($"/v1/halls/{QueuedTickets.Hall}/tickets", new { group = "market" })).Must(201);
        var (ticket, code) = (taken.Json.Text("id"), ("OneDoor-Ticket-Code", taken.Json.Text("code")));
        var rating = new { ticket, grade = "dissatisfied", tags = new[] { "attitude" }, comment = "没有人抬头。" };
        (await anybody.Post("/v1/reviews", rating)).Refuses(401, "auth.token-missing");
        (await anybody.Post("/v1/reviews", rating, code)).Refuses(409, "review.too-early");
        (await office.Post($"/v1/halls/{QueuedTickets.Hall}/windows/9/opening", new { groups = QueuedTickets.Market })).Must(200);
        var called = (await office.Post($"/v1/halls/{QueuedTickets.Hall}/windows/9/next")).Must(200);
        var clerk = platform.As(Department.MarketRegulation, Scopes.QueueOperate).At(api.Http);
        var serving = (await clerk.Post($"/v1/tickets/{ticket}/service", null, ("If-Match", called.ETag))).Must(200);
        var application = Applications.For("SAMR-028-01");
        var @case = (await platform.As(CaseJourney.Submitter).At(api.Http).Post("/v1/cases", application)).Must(201).Json.Text("id");
        (await platform.As(Department.MarketRegulation, $"{Scopes.QueueOperate} {Scopes.CasesRead}").At(api.Http).Post($"/v1/tickets/{ticket}/completion", new { @case }, ("If-Match", serving.ETag))).Must(200);
        (await anybody.Post("/v1/reviews", rating, ("OneDoor-Ticket-Code", code.Item2[..^1] + (code.Item2[^1] == '0' ? '1' : '0')))).Refuses(422, "review.ticket-unknown");
        (await anybody.Post("/v1/reviews", new { ticket = Guid.Empty, grade = "fair" }, code)).Refuses(422, "review.ticket-unknown");

        await LeadsToRating($"{api.Http.BaseAddress}app#/rate?ticket={ticket}", $"/v1/tickets/{ticket}/rating-code", code, anybody, clerk);
        // Whoever serves or hands out numbers may know a code, and rates with none.
        var kiosk = platform.With(new()
        {
            ["sub"] = "sandbox-kiosk", ["client_id"] = "sandbox-kiosk", ["scope"] = Scopes.TicketsTake, [Claims.Hall] = QueuedTickets.Hall,
        }, api.Http);
        foreach (var one in new[] { office, clerk, kiosk })
            (await one.Post("/v1/reviews", rating, code)).Refuses(403, "review.not-yours");

        (string, string)[] once = [code, ("Idempotency-Key", "0123456789abcdef")];
        var given = (await anybody.Post("/v1/reviews", rating, once)).Must(201);
        Assert.Equal(("market-regulation", "on-site", ticket, "open"), (given.Json.Text("unit"), given.Json.Text("channel"), given.Json.Text("ticket"), given.Json.GetProperty("workOrder").Text("status")));
        Assert.Equal(given.Text, (await anybody.Post("/v1/reviews", rating, once)).Must(201).Text);
        var again = (await anybody.Post("/graphql", new
        {
            query = "mutation($t: ID!, $c: String) { giveReview(input: { ticket: $t, grade: FAIR }, code: $c) { problem { code } } }",
            variables = new { t = ticket, c = code.Item2 },
        })).Must(200).Json.GetProperty("data").GetProperty("giveReview");
        Assert.Equal("review.already-given", again.GetProperty("problem").Text("code"));

        // By the code they see what comes of it, and the service office whom to call back.
        var path = given.Header("Location")!;
        Assert.Equal(("没有人抬头。", "open"), (await anybody.Get(path, code)).Must(200).Json is var own ? (own.Text("comment"), own.GetProperty("workOrder").Text("status")) : default);
        (await anybody.Get(path)).Refuses(401, "auth.token-missing");
        (await anybody.Get(path, ("OneDoor-Ticket-Code", "0000"))).Refuses(404, "review.not-found");
        var order = $"/v1/work-orders/{given.Json.GetProperty("workOrder").Text("id")}";
        await IsTheOffices(order, office, platform.As(Department.MarketRegulation, $"{Scopes.ComplaintsHandle} {Scopes.EventsRead}").At(api.Http));

        var seen = (await platform.As(Department.MarketRegulation, Scopes.ComplaintsHandle).At(api.Http).Get(given.Header("Location")!)).Must(200);
        Assert.Equal(("没有人抬头。", true), (seen.Json.Text("comment"), seen.Json.IsNull("ticket")));
        var kept = (await office.Get("/v1/reviews")).Must(200).Text;
        await database.Run("update onedoor.mt_doc_review set of_ticket = null; update onedoor.mt_doc_ticket set data = data - 'servedBy'");
        await Operator.Run<Caller>(database, "rebuild");
        Assert.Equal(kept, (await office.Get("/v1/reviews")).Must(200).Text);
        (await anybody.Post("/v1/reviews", rating, code)).Refuses(409, "review.already-given");
        await Operator.Run<Caller>(database, "erase", $"--id={@case}");
        Assert.DoesNotContain(Applications.Reached.Phone!, (await office.Get(order)).Must(200).Text, StringComparison.Ordinal);
    }

    // REV-2: the office is told at once, and whom to call; the rated are not told that one was opened, for that says when they were rated.
    private static async Task IsTheOffices(string order, Client office, Client rated)
    {
        Assert.Equal(Applications.Reached.Phone, (await office.Get(order)).Must(200).Json.GetProperty("contact").Text("phone"));
        Assert.True((await rated.Get(order)).Must(200).Json.IsNull("contact"));
        const string Told = "/v1/events?types=onedoor.work-order.*";
        Assert.Equal([order], (await office.Get(Told)).Must(200).Json.Each("items", "subject"));
        Assert.Empty((await rated.Get(Told)).Must(200).Json.List("items"));
    }

    /// <summary>REV-1: of a device a digest is kept for the day, and of its reviews that several people gave them.</summary>
    [Fact]
    public async Task Several_people_from_one_device_are_flagged_for_who_checks_and_the_device_is_forgotten_with_the_day()
    {
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        // So that the day does not end meanwhile.
        if (platform.Now.AddHours(8).Hour >= 23)
            platform.Pass(TimeSpan.FromHours(2));
        GivenReviews[] people = [.. Enumerable.Range(0, 3).Select(i => new GivenReviews(platform, Applications.Company(), api.Http, $"p_{i}"))];
        List<Answered> given = [await people[0].Given(), await people[0].Given(), await people[1].Given()];
        Assert.Empty((await people[0].Office.Get("/v1/reviews?flagged=true")).Must(200).Json.List("items"));
        var elsewhere = await people[2].Applicant.Post("/v1/reviews", GivenReviews.Body(await people[2].Rating(ReviewGrade.Fair)), ("User-Agent", "another"));
        Assert.False((await people[0].Office.Get(elsewhere.Must(201).Header("Location")!)).Must(200).Json.GetProperty("flagged").GetBoolean());

        given.Add(await people[2].Given());
        Assert.Equal(given.Select(g => g.Json.Text("id")).Order(StringComparer.Ordinal), (await people[0].Office.Get("/v1/reviews?flagged=true")).Must(200).Json.Each("items", "id").Order(StringComparer.Ordinal));
        Assert.All(given, g => Assert.True(g.Json.IsNull("flagged")));
        var path = given[0].Header("Location")!;
        await Assert.AllAsync([people[0].Rated, people[0].Applicant], async other => Assert.True((await other.Get(path)).Must(200).Json.IsNull("flagged")));
        await Assert.AllAsync([people[0].Rated, people[0].Applicant], async other => Assert.Empty((await other.Get("/v1/reviews?flagged=true")).Must(200).Json.List("items")));

        // Nothing of it is told, and of where they came from nothing is kept once the day is over.
        var device = $"{await database.First<Guid>("select device from onedoor.mt_doc_review where device is not null limit 1")}";
        Assert.DoesNotContain(device, (await people[0].Office.Get("/v1/reviews")).Text + (await people[0].Office.Get($"{path}/history")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(device, (await platform.As(Department.ServiceOffice, $"{Scopes.EventsRead} {Scopes.CasesSupervise}").At(api.Http).Get("/v1/events?types=onedoor.review.*&first=100")).Must(200).Text, StringComparison.Ordinal);
        Assert.Equal((2, 0), (await database.Count("select count(*) from onedoor.review_devices"), await database.Count("select count(*) from onedoor.review_devices where mark !~ '^[0-9a-f]{64}$'")));
        platform.Pass(TimeSpan.FromDays(1));
        await RunningPlatform.Until(async () => await database.Count("select count(*) from onedoor.review_devices") == 0, "devices are forgotten");
        Assert.True((await people[0].Office.Get(path)).Must(200).Json.GetProperty("flagged").GetBoolean());
    }

    // The kiosk prints what leads there with the code; a window, which never knew it, shows what leads there without.
    private static async Task LeadsToRating(string address, string path, (string, string) code, Client anybody, Client clerk)
    {
        Assert.Equal(Svg($"{address}&code={AccessCode.Read(code.Item2)}"), (await anybody.Get(path, code)).Must(200).Text);
        Assert.Equal(Svg(address), (await clerk.Get(path)).Must(200).Text);
        (await anybody.Get(path)).Refuses(401, "auth.token-missing");
        (await anybody.Get(path, ("OneDoor-Ticket-Code", "0000"))).Refuses(404, "ticket.not-found");
        // So does the screen of the window, which anybody sees: it opens nothing.
        var served = (await anybody.Get($"/v1/halls/{QueuedTickets.Hall}/board")).Must(200).Json.List("windows").Single(window => window.GetProperty("number").GetInt32() == 9).GetProperty("served");
        Assert.Equal(path, $"/v1/tickets/{served.Text("id")}/rating-code");
        Assert.Equal(Svg(address), (await anybody.Get($"/board/rating-code/{served.Text("id")}")).Must(200).Text);
    }

    private static string Svg(string address) => System.Text.Encoding.UTF8.GetString(Documents.Drawing.QrCode(address, Documents.Drawing.Svg));

    private static async Task<Answered> Do(Client by, string path, string command, string reason) =>
        await by.Post($"{path}/{command}", new { reason }, ("If-Match", (await by.Get(path)).ETag));
}
