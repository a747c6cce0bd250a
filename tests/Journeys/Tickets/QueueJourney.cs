using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Tickets;

/// <summary>A hall's queue by the public API alone: a number taken at a kiosk, called, served and done, and what its paper opens (HALL-1).</summary>
public sealed class QueueJourney(RunningPlatform platform)
{
    private const string Hall = "haigang", At = $"/v1/halls/{Hall}/windows";

    private Client Office => platform.As(Department.ServiceOffice, Scopes.QueueOperate);

    // The sandbox's own kiosk stands in the airport hall.
    private Client Kiosk(string hall) => platform.With(new()
    {
        ["sub"] = "kiosk-7", ["client_id"] = "kiosk-7", ["scope"] = Scopes.TicketsTake, [Claims.Hall] = hall,
    });

    [Fact]
    public async Task A_number_from_a_kiosk_is_followed_by_its_code_called_and_served_and_its_time_measured()
    {
        await platform.PassUntilOpen(Hall, minutes: 10);
        var (kiosk, code) = (Kiosk(Hall), "OneDoor-Ticket-Code");
        var taken = (await kiosk.Post($"/v1/halls/{Hall}/tickets", new { item = Applications.Establishment }, ("Idempotency-Key", "k-1"))).Must(201);
        Assert.Equal(taken.Text, (await kiosk.Post($"/v1/halls/{Hall}/tickets", new { item = Applications.Establishment }, ("Idempotency-Key", "k-1"))).Must(201).Text);
        var (path, number, shown) = (taken.Header("Location")!, taken.Json.Text("number"), taken.Json.Text("code"));
        Assert.Equal(("waiting", true), ((await platform.Anybody.Get(path, (code, shown))).Must(200).Json.Text("status"), taken.Json.IsNull("estimatedWait")));
        (await platform.Anybody.Get(path)).Refuses(401, "auth.token-missing");
        (await platform.Anybody.Get(path, (code, shown[..^1] + (shown[^1] == '0' ? '1' : '0')))).Refuses(404, "ticket.not-found");
        Assert.True((await platform.Anybody.Get(path, (code, shown))).Json.IsNull("code"));

        // Nobody finds it in the database either.
        Assert.Equal(0, await platform.Database.Count($"select count(*) from onedoor.idempotent_answers where position('{shown}'::bytea in body) > 0"));

        (await Office.Post($"{At}/1/next")).Refuses(409, "window.closed");
        (await Office.Post($"{At}/1/opening", new { groups = QueuedTickets.Market })).Must(200);
        var called = (await Office.Post($"{At}/1/next", null, ("Idempotency-Key", "n-1"))).Must(200);
        Assert.Equal((number, "called", 1), (called.Json.Text("number"), called.Json.Text("status"), called.Json.GetProperty("window").GetInt32()));
        Assert.Equal(called.Text, (await Office.Post($"{At}/1/next", null, ("Idempotency-Key", "n-1"))).Must(200).Text);
        (await Office.Post($"{At}/1/next")).Refuses(409, "window.busy");
        (await Office.Post($"{At}/1/closing")).Refuses(409, "window.busy");
        var serving = (await Do(path, "service", called)).Must(200);
        (await Do(path, "service", called)).Refuses(412, "request.stale");
        platform.Pass(TimeSpan.FromMinutes(6));
        foreach (var nobodys in new[] { Guid.CreateVersion7(platform.Now), Guid.Empty })
            (await Do(path, "completion", serving, new { @case = nobodys })).Refuses(422, "ticket.case-unknown");
        (await kiosk.Post($"/v1/halls/{Hall}/tickets", new { appointment = Guid.Empty })).Refuses(422, "ticket.appointment-unknown");
        Assert.Equal(360, (await Do(path, "completion", serving)).Must(200).Json.GetProperty("servedSeconds").GetInt32());
        Assert.Equal(204, (await Office.Post($"{At}/1/next", null, ("Idempotency-Key", "n-2"))).Status);

        var next = (await Office.Post($"/v1/halls/{Hall}/tickets", new { group = "market" })).Must(201).Json;
        Assert.Equal((0, 6, 1), (next.GetProperty("ahead").GetInt32(), next.GetProperty("estimatedWait").GetProperty("until").GetInt32(), next.GetProperty("estimatedWait").GetProperty("measured").GetInt32()));
        // What was measured longer ago says nothing any more.
        async Task<JsonElement> WaitsAfter(string weeks)
        {
            await platform.Database.Count(
                $"with moved as (update onedoor.mt_doc_ticket set measured_at = measured_at - interval '{weeks}' where hall = '{Hall}' and measured_at is not null returning 1) select count(*) from moved");
            return (await Office.Get($"/v1/tickets/{next.Text("id")}")).Must(200).Json.GetProperty("estimatedWait");
        }
        var (old, recent) = (await WaitsAfter("4 weeks"), await WaitsAfter("-4 weeks"));
        Assert.Equal((JsonValueKind.Null, 1), (old.ValueKind, recent.GetProperty("measured").GetInt32()));
        Assert.Equal(
            ["ticket-taken", "ticket-called", "ticket-service-begun", "ticket-completed"], (await platform.Anybody.Get($"{path}/history", (code, shown))).Must(200).Json.Each("items", "type"));
        // Who lost the 204 and asks once more has whoever came since called, once.
        foreach (var _ in new[] { 1, 2 })
            Assert.Equal(next.Text("id"), (await Office.Post($"{At}/1/next", null, ("Idempotency-Key", "n-2"))).Must(200).Json.Text("id"));
        var gone = (await platform.Anybody.Post($"/v1/tickets/{next.Text("id")}/cancellation", null, (code, next.Text("code")), ("If-Match", (await Office.Get($"/v1/tickets/{next.Text("id")}")).ETag))).Must(200);
        Assert.Equal("cancelled", gone.Json.Text("status"));
        (await Office.Post($"{At}/1/closing")).Must(200);
    }

    [Fact]
    public async Task A_ticket_that_an_older_build_stored_is_made_anew()
    {
        await platform.PassUntilOpen(Hall, minutes: 10);
        var taken = (await Office.Post($"/v1/halls/{Hall}/tickets", new { group = "market" })).Must(201);
        var (path, id) = (taken.Header("Location")!, taken.Json.Text("id"));
        var rebuild = platform.Api.Services.GetRequiredService<Rebuild>();
        Task<bool> IsWanted() => rebuild.IsWanted(TestContext.Current.CancellationToken);
        Assert.False(await IsWanted());
        await platform.Database.Run($"update onedoor.mt_doc_ticket set data = data || '{{\"firstCalledAt\":\"2026-03-09T09:00:00+08:00\"}}' where id = '{id}'");
        Assert.True(await IsWanted());
        await platform.Database.Run($"update onedoor.mt_doc_ticket set data = data - 'firstCalledAt' where id = '{id}'");
        (await Do(path, "cancellation", taken)).Must(200);
    }

    [Fact] // REV-1
    public async Task A_window_shows_whom_it_served_last_whatever_becomes_of_whom_it_called_and_sent_on()
    {
        await platform.PassUntilOpen(Hall, minutes: 10);
        foreach (var window in new[] { 1, 2 })
            (await Office.Post($"{At}/{window}/opening", new { groups = QueuedTickets.Market })).Must(200);
        async Task<(string Path, Answered Ticket)> Called(int window)
        {
            var path = (await Office.Post($"/v1/halls/{Hall}/tickets", new { group = "market" })).Must(201).Header("Location")!;
            return (path, (await Office.Post($"{At}/{window}/next")).Must(200));
        }
        async Task<string> Served(int window)
        {
            var (path, called) = await Called(window);
            return (await Do(path, "completion", (await Do(path, "service", called)).Must(200))).Must(200).Json.Text("id");
        }
        async Task<string?> Shown(int window) =>
            (await platform.Anybody.Get($"/v1/halls/{Hall}/board")).Must(200).Json.List("windows").Single(w => w.GetProperty("number").GetInt32() == window) is var at && at.IsNull("served") ? null : at.GetProperty("served").Text("id");

        var (one, other) = (await Served(1), await Served(2));
        Assert.Equal((one, other), (await Shown(1), await Shown(2)));
        var (sent, called) = await Called(1);
        var waits = (await Do(sent, "transfer", called, new { window = 2 })).Must(200);
        Assert.Equal((null, other), (await Shown(1), await Shown(2)));
        (await Do(sent, "cancellation", waits)).Must(200);
        Assert.Equal((null, other), (await Shown(1), await Shown(2)));
        // The other window serves whom it was sent, then somebody else, and then nobody comes.
        (sent, called) = await Called(1);
        (await Do(sent, "transfer", called, new { window = 2 })).Must(200);
        var served = (await Do(sent, "completion", (await Do(sent, "service", (await Office.Post($"{At}/2/next")).Must(200))).Must(200))).Must(200).Json.Text("id");
        Assert.Equal((null, served), (await Shown(1), await Shown(2)));
        other = await Served(2);
        Assert.Equal((null, other), (await Shown(1), await Shown(2)));
        (sent, called) = await Called(2);
        (await Do(sent, "miss", called)).Must(200);
        Assert.Equal((null, null), (await Shown(1), await Shown(2)));

        foreach (var window in new[] { 1, 2 })
            (await Office.Post($"{At}/{window}/closing")).Must(200);
    }

    [Fact]
    public async Task Out_of_hours_and_in_another_hall_there_is_no_number_and_one_person_waits_once_in_a_group()
    {
        await platform.PassUntilOpen(Hall, minutes: 10);
        var somebody = QueuedTickets.Somebody(platform, Applications.Company());
        (await Kiosk("lingang").Post($"/v1/halls/{Hall}/tickets", new { group = "market" })).Refuses(403, "ticket.not-your-hall");
        var ofSandbox = new Client(platform.Api.Http, () => new IdentityClient(platform.Identity.Http, platform.Time).Token("sandbox-kiosk", Scopes.TicketsTake));
        (await ofSandbox.Post("/v1/halls/airport/tickets", new { group = "market" })).Must(201);
        (await ofSandbox.Post($"/v1/halls/{Hall}/tickets", new { group = "market" })).Refuses(403, "ticket.not-your-hall");
        (await somebody.Post("/v1/halls/moon/tickets", new { group = "market" })).Refuses(404, "hall.not-found");
        (await somebody.Post($"/v1/halls/{Hall}/tickets", new { group = "tax-and-insurance" })).Must(201);
        (await somebody.Post($"/v1/halls/{Hall}/tickets", new { group = "tax-and-insurance" })).Refuses(409, "ticket.waits-already");
        (await somebody.Post("/v1/halls/airport/tickets", new { group = "tax-and-insurance" })).Must(201);
        (await Office.Post($"{At}/99/next")).Refuses(404, "window.not-found");

        PassUntilClosed();
        foreach (var hall in new[] { Hall, QueuedTickets.Hall })
            (await Kiosk(hall).Post($"/v1/halls/{hall}/tickets", new { group = "market" })).Refuses(409, "ticket.hall-closed");
    }

    [Fact]
    public async Task It_lapses_with_its_day_comes_back_from_a_rebuild_and_is_erased_without_its_facts()
    {
        await platform.PassUntilOpen(Hall, minutes: 10);
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database, ("Tickets:PerDay", "1"));
        var company = Applications.Company();
        var (somebody, office) = (QueuedTickets.Somebody(platform, company).At(api.Http), Office.At(api.Http));
        var taken = (await somebody.Post($"/v1/halls/{Hall}/tickets", new { group = "market", priority = "disabled" })).Must(201);
        (await somebody.Post($"/v1/halls/{Hall}/tickets", new { group = "tax-and-insurance" })).Refuses(409, "ticket.too-many-today");
        (await office.Post($"{At}/2/opening", new { groups = QueuedTickets.Market })).Must(200);
        var (mine, version) = ((await somebody.Get("/v1/tickets")).Must(200).Text, (await office.Post($"{At}/2/opening", new { groups = QueuedTickets.Market })).Must(200).ETag);

        await database.Run("update onedoor.mt_doc_ticket set data = data - 'groupCode', hall = 'moon', day = '2020-01-01', taken_by = null; delete from onedoor.mt_doc_window");
        await Operator.Run<Caller>(database, "rebuild");
        Assert.Equal((mine, version), ((await somebody.Get("/v1/tickets")).Must(200).Text, (await office.Post($"{At}/2/opening", new { groups = QueuedTickets.Market })).Must(200).ETag));

        // By what its holder finds it, and what the facts say of them.
        async Task<(long Found, long Said)> Known() => (
            await database.Count($"select count(*) from onedoor.mt_doc_ticket where applicant_key like '%{company["uscc"]}' or data ->> 'applicantKey' like '%{company["uscc"]}'"),
            await database.Count($"select count(*) from onedoor.personal_parts where stream_id = '{taken.Json.Text("id")}'"));
        Assert.Equal((1L, 1L), await Known());
        await Operator.Run<Caller>(database, "erase", $"--id={taken.Json.Text("id")}");
        Assert.Equal((0L, 0L), await Known());
        Assert.Equal("***", (await office.Get(taken.Header("Location")!)).Must(200).Json.Text("priority"));

        platform.PassUntil(LegalClock.MidnightOf(LegalClock.DayOf(platform.Now).AddDays(1)));
        Assert.Equal("cancelled", (await office.Get(taken.Header("Location")!)).Must(200).Json.Text("status"));
        Assert.Empty((await office.Get("/v1/tickets?status=waiting")).Must(200).Json.List("items"));
        platform.Pass(Sweeps.Every);
        await RunningPlatform.Until(async () => await database.Count("select count(*) from onedoor.mt_events where type = 'ticket_lapsed'") == 1, "the lapse is recorded");
    }

    private static Task<Answered> Do(Client by, string path, string command, Answered last, object? body = null) => by.Post($"{path}/{command}", body, ("If-Match", last.ETag));

    private Task<Answered> Do(string path, string command, Answered last, object? body = null) => Do(Office, path, command, last, body);

    private void PassUntilClosed()
    {
        while (LegalClock.Zone.IsOpen(Hall, platform.Now))
            platform.Pass(TimeSpan.FromMinutes(10));
    }
}
