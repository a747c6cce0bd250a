using Microsoft.Extensions.Time.Testing;
using OneDoor.Appointments;
using OneDoor.Platform;
using OneDoor.Tickets;
using Xunit;

namespace OneDoor.WorkOrders;

/// <summary>
/// What a citizen with a phone goes through after a visit that went badly, by the public API alone: booked, served, rated, and called back, to the second of each
/// deadline (APPT-1, HALL-1, REV-1, REV-2).
/// </summary>
public sealed class CalledBack(RunningPlatform platform)
{
    private const string Hall = "lingang", Window = $"/v1/halls/{Hall}/windows/2";
    private const Department Rated = Department.MarketRegulation;

    // A Monday morning; three weeks without a holiday follow.
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 9, 1, 0, 0, TimeSpan.Zero));
    private HttpClient _http = null!;
    private Database _database = null!;

    private Client Office => Somebody("p_office", $"{Scopes.QueueOperate} {Scopes.ComplaintsHandle} {Scopes.CasesSupervise}", Department.ServiceOffice);

    private Client Unit => Somebody("p_clerk", $"{Scopes.QueueOperate} {Scopes.ComplaintsHandle}", Rated);

    [Fact]
    public async Task A_citizen_with_a_phone_books_is_served_rates_badly_and_is_called_back_to_the_second_of_each_deadline()
    {
        await using var database = await platform.Template.Copy();
        await using var api = RunningPlatform.StartApi(database, platform.Identity, _time);
        (_http, _database) = (api.Http, database);
        // Of two who come on the Tuesday one has a plain matter and the other a complex one.
        var (plain, complex) = (Phone("120104199003070012"), Phone("120104198505210025"));
        var orders = new[] { await Visited(plain, 0), await Visited(complex, 1) };
        Assert.All(orders, order => Assert.StartsWith("/v1/work-orders/", order, StringComparison.Ordinal));

        // Somebody gets in touch by the end of Wednesday, and not a second later.
        Assert.Empty(await LateAt("2026-03-11 23:59:59"));
        Assert.Equal(orders.Order(), await LateAt("2026-03-12 00:00:00"));
        await Recorded(2);
        foreach (var order in orders)
            (await Do(Unit, order, "contact", new { note = "我们会核实。" })).Must(200);
        Assert.Empty(await LateAt("2026-03-12 00:00:00"));

        // Before the fifth day, which is the next Tuesday, one says that it takes fifteen.
        _time.Advance(China("2026-03-16 23:59:59") - _time.GetUtcNow());
        (await Do(Unit, orders[1], "extension", new { reason = "涉及两个部门。" })).Must(200);
        _time.Advance(TimeSpan.FromSeconds(1));
        (await Do(Unit, orders[0], "extension", new { reason = "涉及两个部门。" })).Refuses(409, "work-order.too-late");
        Assert.Empty(await LateAt("2026-03-17 23:59:59"));
        Assert.Equal([orders[0]], await LateAt("2026-03-18 00:00:00"));
        Assert.Equal([orders[0]], await LateAt("2026-03-31 23:59:59"));
        Assert.Equal(orders.Order(), await LateAt("2026-04-01 00:00:00"));
        await Recorded(4);

        foreach (var (order, citizen) in orders.Zip([plain, complex]))
        {
            (await Do(Unit, order, "rectification", new { text = "窗口已增加一人。" })).Must(200);
            (await Do(Unit, order, "feedback", new { text = "不再让人等候。" })).Must(200);
            Assert.Equal(("fed-back", "不再让人等候。"), (await citizen.Get(order)).Must(200).Json is var told ? (told.Text("status"), told.GetProperty("fedBack").Text("text")) : default);
        }
        Assert.Empty(await LateAt("2026-04-01 09:00:00"));
        Assert.Equal(
            ["onedoor.work-order.fed-back", "onedoor.work-order.contacted", "onedoor.ticket.completed"], (await plain.Get("/v1/notifications")).Must(200).Json.Each("items", "type"));

        // One answers the call, and the other is tried in vain on three working days.
        (await Do(Office, orders[0], "closing")).Refuses(409, "work-order.not-answered");
        (await Do(Office, orders[0], "call-backs", new { reached = true, satisfied = true, note = "满意。" })).Must(200);
        (await Do(Unit, orders[0], "closing")).Refuses(403, "work-order.not-yours-to-close");
        Assert.Equal(("closed", true), (await Do(Office, orders[0], "closing")).Must(200).Json is var closed ? (closed.Text("status"), closed.GetProperty("satisfied").GetBoolean()) : default);
        // The 4th to the 6th are the Tomb-Sweeping holiday.
        foreach (var day in new[] { "2026-04-02 09:00:00", "2026-04-03 09:00:00", "2026-04-04 09:00:00" })
            await TriedInVain(orders[1], day);
        (await Do(Office, orders[1], "closing")).Refuses(409, "work-order.not-answered");
        await TriedInVain(orders[1], "2026-04-07 00:00:00");
        (await Do(Office, orders[1], "closing")).Must(200);
        Assert.Equal(["work-order-opened", "work-order-overdue", "work-order-contacted", "work-order-overdue", "work-order-rectified", "work-order-fed-back", "work-order-called-back", "work-order-closed"],
            (await plain.Get($"{orders[0]}/history")).Must(200).Json.Each("items", "type"));
        Assert.Equal("closed", (await complex.Get(orders[1])).Must(200).Json.Text("status"));
    }

    // Books for the Tuesday, comes, is served, and says how that was; the address of what is done about it.
    private async Task<string> Visited(Client citizen, int nth)
    {
        var item = BookedAppointments.Items[nth];
        var start = (await citizen.Get($"/v1/halls/{Hall}/slots?item={item}&from=2026-03-10&to=2026-03-10")).Must(200).Json.List("items")[nth].Instant("start");
        var booked = (await citizen.Post("/v1/appointments", new { hall = Hall, item, start })).Must(201);
        var path = booked.Header("Location")!;
        (await Do(citizen, path, "confirmation")).Must(200);
        if (_time.GetUtcNow() < start)
            _time.Advance(start - _time.GetUtcNow());
        var ticket = (await Do(citizen, path, "check-in")).Must(200).Json.GetProperty("ticket").Text("id");
        (await Office.Post($"{Window}/opening", new { groups = QueuedTickets.Market })).Must(200);
        var called = (await Office.Post($"{Window}/next")).Must(200);
        Assert.Equal(ticket, called.Json.Text("id"));
        var serving = (await Unit.Post($"/v1/tickets/{ticket}/service", null, ("If-Match", called.ETag))).Must(200);
        (await citizen.Post("/v1/reviews", new { ticket, grade = "very-dissatisfied" })).Refuses(409, "review.too-early");
        (await Unit.Post($"/v1/tickets/{ticket}/completion", null, ("If-Match", serving.ETag))).Must(200);
        Assert.Equal("served", (await citizen.Get(path)).Must(200).Json.Text("status"));
        var rated = (await citizen.Post("/v1/reviews", new { ticket, grade = "very-dissatisfied", comment = "等了两个小时。" })).Must(201);
        return $"/v1/work-orders/{rated.Json.GetProperty("workOrder").Text("id")}";
    }

    private async Task TriedInVain(string order, string at)
    {
        _time.Advance(China(at) - _time.GetUtcNow());
        (await Do(Office, order, "call-backs", new { reached = false, note = "无人接听。" })).Must(200);
    }

    private async Task<IEnumerable<string>> LateAt(string at)
    {
        if (China(at) > _time.GetUtcNow())
            _time.Advance(China(at) - _time.GetUtcNow());
        return (await Office.Get("/v1/work-orders?overdue=true")).Must(200).Json.Each("items", "id").Select(id => $"/v1/work-orders/{id}").Order();
    }

    // What is late is on record, so that nothing happens to it meanwhile.
    private async Task Recorded(int late)
    {
        _time.Advance(Sweeps.Every);
        await RunningPlatform.Until(async () => await _database.Count("select count(*) from onedoor.mt_events where type = 'work_order_overdue'") == late, $"{late} deadlines that were missed are recorded");
    }

    private static Task<Answered> Do(Client by, string path, string command, object? body = null) => OpenedWorkOrders.Do(by, path, command, body);

    private static DateTimeOffset China(string local) => DateTimeOffset.Parse($"{local} +08:00", System.Globalization.CultureInfo.InvariantCulture);

    private Client Phone(string subject) => Somebody(subject, $"{Scopes.AppointmentsBook} {Scopes.TicketsTake} {Scopes.ReviewsWrite} {Scopes.NotificationsRead}");

    private Client Somebody(string subject, string scopes, Department? department = null) => new(_http, () =>
    {
        Dictionary<string, object> claims = new() { ["sub"] = subject, ["client_id"] = department is null ? "mobile" : "desk", ["scope"] = scopes };
        if (department is { } its)
            claims[Claims.Department] = Kebab.Of(its);
        else
            claims[Claims.Applicant] = new ApplicantReference($"person:{subject}", "陈建国");
        return Task.FromResult(platform.Token(claims, _time.GetUtcNow()));
    });
}
