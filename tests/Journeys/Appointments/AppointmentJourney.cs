using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Appointments;

/// <summary>An appointment from its reservation to the hall's door, by the public API alone.</summary>
public sealed class AppointmentJourney(RunningPlatform platform)
{
    private const string Hall = "lingang";
    private static readonly string Item = BookedAppointments.Items[0];

    private Client Office => platform.As(Department.ServiceOffice, BookedAppointments.Manage);

    [Fact]
    public async Task A_hold_lapses_to_the_second_and_its_place_is_free_before_anybody_records_it()
    {
        platform.PassUntilMonday();
        await using var database = await platform.Template.Copy();
        // It looks once an hour for what has lapsed, so that nothing is recorded before.
        await using var api = platform.StartApi(database, ("Sweep:EverySeconds", "3600"));
        var citizen = Somebody().At(api.Http);
        var anybody = platform.Anybody.At(api.Http);
        var start = (await Slots(1, at: anybody))[0];
        var held = await Reserve(citizen, start.Start);
        Assert.Equal(start.Free - 1, (await Slots(1, at: anybody))[0].Free);

        platform.PassUntil(held.Json.Instant("heldUntil").AddTicks(-1));
        Assert.Equal("reserved", (await citizen.Get(held.Header("Location")!)).Must(200).Json.Text("status"));
        platform.Pass(TimeSpan.FromTicks(1));

        Assert.Equal("lapsed", (await citizen.Get(held.Header("Location")!)).Must(200).Json.Text("status"));
        Assert.Equal(start, (await Slots(1, at: anybody))[0]);
        (await Do(citizen, held, "confirmation")).Refuses(409, "appointment.not-in-this-state");
        Assert.Equal(["lapsed"], (await citizen.Get("/v1/appointments?status=lapsed")).Must(200).Json.Each("items", "status"));
        Assert.Equal(["lapsed"], (await citizen.Get("/v1/appointments?status=reserved,lapsed")).Must(200).Json.Each("items", "status"));
        (await citizen.Get("/v1/appointments?status=reserved,gone")).Refuses(400, "request.parameter-invalid");
        Assert.Empty((await citizen.Get("/v1/appointments?status=reserved")).Must(200).Json.List("items"));
        platform.Pass(TimeSpan.FromHours(1));
        await RunningPlatform.Until(async () => await database.Count("select count(*) from onedoor.mt_events where type = 'appointment_lapsed'") == 1, "the lapse is recorded");
        Assert.Equal(held.Json.Instant("heldUntil"), (await citizen.Get($"{held.Header("Location")}/history")).Json.List("items")[^1].Instant("at"));
    }

    [Fact]
    public async Task It_is_confirmed_moved_and_checked_in_and_what_nobody_comes_to_is_missed()
    {
        platform.PassUntilMonday();
        var (citizen, absent) = (Somebody(), Somebody());
        var slots = await Slots(1);
        var held = await Reserve(citizen, slots[0].Start);
        Assert.Equal(held.Text, (await citizen.Post("/v1/appointments", new { hall = Hall, item = Item, start = slots[0].Start }, ("Idempotency-Key", Key(held)))).Must(201).Text);
        var sure = (await Do(citizen, held, "confirmation")).Must(200);
        (await Do(citizen, held, "confirmation", etag: held.ETag)).Refuses(412, "request.stale");
        var moved = (await Do(citizen, sure, "rescheduling", new { start = slots[1].Start })).Must(200);
        Assert.Equal([slots[0].Free, slots[1].Free - 1], (await Slots(1)).Take(2).Select(s => s.Free));
        (await citizen.Post("/v1/appointments", new { hall = Hall, item = Item, start = slots[3].Start })).Refuses(409, "appointment.one-per-day");
        var missed = (await Do(absent, await Reserve(absent, slots[1].Start), "confirmation")).Must(200);
        (await Do(citizen, moved, "check-in")).Refuses(409, "appointment.too-early");

        platform.PassUntil(slots[1].Start.AddMinutes(-15));
        (await Do(citizen, moved, "cancellation")).Refuses(409, "appointment.too-late");
        var there = (await Do(citizen, moved, "check-in")).Must(200);
        var ticket = there.Json.GetProperty("ticket");
        var waiting = (await platform.As(Department.ServiceOffice, Scopes.QueueOperate).Get($"/v1/tickets/{ticket.Text("id")}")).Must(200).Json;
        Assert.Equal((ticket.Text("number"), "appointment", slots[1].Start), (waiting.Text("number"), waiting.GetProperty("turn").Text("ground"), waiting.GetProperty("turn").Instant("notBefore")));
        platform.PassUntil(missed.Json.Instant("end") + Sweeps.Every);
        await RunningPlatform.Until(async () => await Facts("appointment_missed", missed) == 1, "the no-show is recorded");

        var counted = (await absent.Get($"/v1/appointments/{missed.Json.Text("id")}")).Must(200);
        Assert.Equal(("no-show", false), (counted.Json.Text("status"), counted.Json.GetProperty("excused").GetBoolean()));
        Assert.Equal("记为爽约", Assert.Single((await absent.Get("/v1/notifications", ("Accept-Language", "zh-CN"))).Must(200).Json.List("items")).Text("title"));
        // What was counted by mistake the hall strikes.
        (await absent.Post($"/v1/appointments/{missed.Json.Text("id")}/excusal", new { reason = "本人到场" }, ("If-Match", counted.ETag))).Refuses(403, "auth.scope-missing");
        var excused = (await Office.Post($"/v1/appointments/{missed.Json.Text("id")}/excusal", new { reason = "本人到场，签到设备故障。" }, ("If-Match", (await Office.Get($"/v1/appointments/{missed.Json.Text("id")}")).ETag))).Must(200);
        Assert.Equal(("no-show", true), (excused.Json.Text("status"), excused.Json.GetProperty("excused").GetBoolean()));
        var struck = (await absent.Get($"/v1/appointments/{missed.Json.Text("id")}/history")).Must(200).Json.List("items")[^1];
        Assert.Equal(("appointment-excused", "本人到场，签到设备故障。"), (struck.Text("type"), struck.Text("reason")));
        Assert.Equal(["checked-in"], (await citizen.Get("/v1/appointments")).Must(200).Json.Each("items", "status"));
        Assert.Equal("confirmed", (await citizen.Get($"/v1/appointments/{there.Json.Text("id")}?asOf={Uri.EscapeDataString(platform.Now.AddHours(-6).ToString("O"))}")).Must(200).Json.Text("status"));

        // Whoever checks in, and does not come when they are called, has missed it as well.
        var queue = platform.As(Department.ServiceOffice, Scopes.QueueOperate);
        (await queue.Post($"/v1/halls/{Hall}/windows/6/opening", new { groups = new[] { waiting.Text("group") } })).Must(200);
        for (var called = await Next(); called.Json.Text("id") != ticket.Text("id"); called = await Next())
            (await queue.Post($"/v1/tickets/{called.Json.Text("id")}/miss", null, ("If-Match", called.ETag))).Must(200);
        platform.PassUntil(LegalClock.MidnightOf(LegalClock.DayOf(slots[1].Start).AddDays(1)) + Sweeps.Every);
        await RunningPlatform.Until(async () => await Facts("appointment_missed", there) == 1, "the other no-show is recorded");
        Assert.Equal(["no-show"], (await citizen.Get("/v1/appointments")).Must(200).Json.Each("items", "status"));

        async Task<Answered> Next() => (await queue.Post($"/v1/halls/{Hall}/windows/6/next")).Must(200);
    }

    /// <summary>APPT-1: the number waits again, and of the day there is the place that was booked since.</summary>
    [Fact]
    public async Task Whoever_missed_the_call_and_booked_anew_has_one_place_when_their_number_waits_again()
    {
        platform.PassUntilMonday();
        var (citizen, queue) = (Somebody(), platform.As(Department.ServiceOffice, Scopes.QueueOperate));
        var slots = await Slots(1);
        var first = (await Do(citizen, await Reserve(citizen, slots[1].Start), "confirmation")).Must(200);
        platform.PassUntil(slots[1].Start.AddMinutes(-15));
        var ticket = (await Do(citizen, first, "check-in")).Must(200).Json.GetProperty("ticket").Text("id");
        var group = (await queue.Get($"/v1/tickets/{ticket}")).Must(200).Json.Text("group");
        (await queue.Post($"/v1/halls/{Hall}/windows/5/opening", new { groups = new[] { group } })).Must(200);
        for (var called = ""; called != ticket;)
        {
            var next = (await queue.Post($"/v1/halls/{Hall}/windows/5/next")).Must(200);
            (await queue.Post($"/v1/tickets/{called = next.Json.Text("id")}/miss", null, ("If-Match", next.ETag))).Must(200);
        }

        await Do(citizen, await Reserve(citizen, slots[3].Start), "confirmation");
        var waits = (await queue.Post($"/v1/tickets/{ticket}/return", null, ("If-Match", (await queue.Get($"/v1/tickets/{ticket}")).ETag))).Must(200);

        Assert.Equal("waiting", waits.Json.Text("status"));
        Assert.Equal(["confirmed", "no-show"], (await citizen.Get("/v1/appointments")).Must(200).Json.Each("items", "status").Order(StringComparer.Ordinal));
        // The hall is as it was for whoever comes after.
        (await queue.Post($"/v1/tickets/{ticket}/cancellation", null, ("If-Match", waits.ETag))).Must(200);
        (await queue.Post($"/v1/halls/{Hall}/windows/5/closing")).Must(200);
        // What becomes of the number is nothing to the place that was missed (APPT-2).
        Assert.Equal(["confirmed", "no-show"], (await citizen.Get("/v1/appointments")).Must(200).Json.Each("items", "status").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_schedule_with_less_room_lists_what_it_would_drop_and_drops_it_only_when_told_to()
    {
        platform.PassUntilMonday();
        var citizen = Somebody();
        const string Logistics = "/v1/halls/logistics/schedule";
        var day = platform.Now.AddDays(2);
        var start = (await Slots(2, "logistics"))[0].Start;
        var booked = (await Do(citizen, (await citizen.Post("/v1/appointments", new { hall = "logistics", item = Item, start })).Must(201), "confirmation")).Must(200);
        var schedule = (await Office.Get(Logistics)).Must(200);
        Task<Answered> Set(bool displace, string etag) => Office.Send(HttpMethod.Put, Logistics, System.Net.Http.Json.JsonContent.Create(new { effectiveFrom = $"{day:yyyy-MM-dd}", groups = Array.Empty<object>(), displace }), ("If-Match", etag));

        Assert.Contains(booked.Json.Text("id"), (await Set(false, schedule.ETag)).Refuses(409, "schedule.displaces").Json.List("things").Select(id => id.GetString()));
        var set = (await Set(true, schedule.ETag)).Must(200);

        (await Set(true, schedule.ETag)).Refuses(412, "request.stale");
        Assert.Equal(set.ETag, (await Office.Get(Logistics)).Must(200).ETag);
        var displaced = (await citizen.Get($"/v1/appointments/{booked.Json.Text("id")}")).Must(200).Json;
        Assert.Equal(("cancelled", true), (displaced.Text("status"), displaced.GetProperty("displaced").GetBoolean()));
        Assert.Empty(await Slots(2, "logistics"));
        Assert.NotEmpty(await Slots(0, "logistics"));
    }

    [Fact]
    public async Task A_hall_that_is_closed_for_a_day_moves_its_appointments_tells_whoever_they_are_for_and_gives_no_numbers()
    {
        platform.PassUntilMonday();
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        var (citizen, office, anybody) = (Somebody().At(api.Http), Office.At(api.Http), platform.Anybody.At(api.Http));
        var queue = platform.As(Department.ServiceOffice, Scopes.QueueOperate).At(api.Http);
        var start = (await Slots(1, at: anybody))[3].Start;
        var booked = (await Do(citizen, await Reserve(citizen, start), "confirmation")).Must(200);
        async Task<Answered> Say(string what, int day, string? reason) =>
            await office.Post($"/v1/halls/{Hall}/schedule/{what}", reason is null ? new { day = Day(day) } : new { day = Day(day), reason }, ("If-Match", (await office.Get($"/v1/halls/{Hall}/schedule")).ETag));
        string Day(int ahead) => $"{platform.Now.AddDays(ahead):yyyy-MM-dd}";

        var closed = (await Say("closing", 1, "停电检修")).Must(200);

        Assert.Equal([Day(1)], closed.Json.Each("closures", "day"));
        var then = platform.Now;
        Assert.Empty(await Slots(1, at: anybody));
        var moved = (await citizen.Get($"/v1/appointments/{booked.Json.Text("id")}")).Must(200).Json;
        Assert.Equal((start.AddDays(1), true, "confirmed"), (moved.Instant("start"), moved.GetProperty("moved").GetBoolean(), moved.Text("status")));
        Assert.Equal(["appointment-moved"], (await citizen.Get($"/v1/appointments/{booked.Json.Text("id")}/history")).Must(200).Json.Each("items", "type").TakeLast(1));
        var told = Assert.Single((await citizen.Get("/v1/notifications")).Must(200).Json.List("items"));
        Assert.Contains(WrittenDay.Of(start.AddDays(1)).En, told.Text("text"), StringComparison.Ordinal);

        (await queue.Post($"/v1/halls/{Hall}/tickets", new { item = Item })).Must(201);
        // Whoever's time has begun when the hall closes comes in vain as well, and it is not held against them.
        var late = Somebody().At(api.Http);
        var begun = (await Do(late, await Reserve(late, (await Slots(0, at: anybody))[0].Start), "confirmation")).Must(200);
        platform.PassUntil(begun.Json.Instant("start").AddMinutes(1));
        (await Say("closing", 0, "台风")).Must(200);
        var inVain = (await late.Get($"/v1/appointments/{begun.Json.Text("id")}")).Must(200).Json;
        Assert.True(inVain.GetProperty("moved").GetBoolean());
        Assert.True(inVain.Instant("start") > platform.Now);
        Assert.Contains("台风", (await late.Get("/v1/notifications")).Must(200).Text, StringComparison.Ordinal);
        (await office.Post($"/v1/halls/{Hall}/schedule/closing", new { day = "0001-01-01", reason = "x" }, ("If-Match", "\"AAAA\""))).Refuses(400, "request.field-invalid");
        (await queue.Post($"/v1/halls/{Hall}/tickets", new { item = Item })).Refuses(409, "ticket.hall-closed");
        Assert.False((await anybody.Get($"/v1/halls/{Hall}/board")).Must(200).Json.GetProperty("open").GetBoolean());
        Assert.Equal([Day(0), Day(1)], (await anybody.Get($"/v1/halls/{Hall}")).Must(200).Json.Each("closures", "day"));
        (await Say("reopening", 0, null)).Must(200);
        (await queue.Post($"/v1/halls/{Hall}/tickets", new { item = Item })).Must(201);
        (await Say("reopening", 0, null)).Refuses(409, "schedule.not-closed");
        // What was said stays readable, to anybody.
        async Task<string[]> ClosedAsOf(DateTimeOffset at) => (await anybody.Get($"/v1/halls/{Hall}/schedule?asOf={Uri.EscapeDataString(at.ToString("O"))}")).Must(200).Json.Each("closures", "day");
        Assert.Empty(await ClosedAsOf(then.AddSeconds(-1)));
        Assert.Equal([Day(1)], await ClosedAsOf(then));
        Assert.Equal([Day(1)], (await anybody.Ask($"{{ schedule(hall: \"{Hall}\", asOf: \"{then:O}\") {{ closures {{ day }} }} }}")).GetProperty("schedule").Each("closures", "day"));
        var said = (await anybody.Get($"/v1/halls/{Hall}/schedule/history")).Must(200).Json.List("items");
        Assert.Equal([("hall-closed", Day(1), "停电检修"), ("hall-closed", Day(0), "台风"), ("hall-reopened", Day(0), null)], said.Select(e => (e.Text("type"), e.Text("day"), e.GetProperty("reason").GetString())));
        (await anybody.Get("/v1/halls/nowhere/schedule/history")).Refuses(404, "hall.not-found");
        (await anybody.Get("/v1/halls/nowhere/schedule?asOf=2020-01-01T00:00:00Z")).Refuses(404, "hall.not-found");
        // And whoever follows what happens is told of it.
        var events = (await platform.As(Department.Tax, Scopes.EventsRead).At(api.Http).Get("/v1/events?types=onedoor.hall.*")).Must(200).Json;
        Assert.Equal(["onedoor.hall.closed", "onedoor.hall.closed", "onedoor.hall.reopened"], events.Each("items", "type"));
        Assert.Equal(($"/v1/halls/{Hall}/schedule", Day(1)), (events.List("items")[0].Text("subject"), events.List("items")[0].GetProperty("data").Each("closures", "day").Single()));
    }

    [Fact]
    public async Task It_comes_back_from_a_rebuild_and_is_erased_without_its_facts()
    {
        platform.PassUntilMonday();
        await using var database = await platform.Template.Copy();
        await using var api = platform.StartApi(database);
        var (citizen, office) = (Somebody().At(api.Http), Office.At(api.Http));
        var held = await Reserve(citizen, (await Slots(1, at: platform.Anybody.At(api.Http)))[0].Start);
        var path = held.Header("Location")!;
        const string Schedule = "/v1/halls/haigang/schedule";
        (await office.Send(HttpMethod.Put, Schedule, System.Net.Http.Json.JsonContent.Create(new { effectiveFrom = $"{platform.Now.AddDays(1):yyyy-MM-dd}", groups = Array.Empty<object>() }),
            ("If-Match", (await office.Get(Schedule)).Must(200).ETag))).Must(200);
        var (mine, schedule) = ((await citizen.Get("/v1/appointments?hall=lingang")).Must(200).Text, (await office.Get(Schedule)).Must(200).Text);

        await database.Run("update onedoor.mt_doc_appointment set data = data - 'groupCode', hall = 'moon', applicant_key = null, due_at = null; delete from onedoor.mt_doc_schedule");
        await Operator.Run<Caller>(database, "rebuild");

        Assert.Equal((mine, schedule), ((await citizen.Get("/v1/appointments?hall=lingang")).Must(200).Text, (await office.Get(Schedule)).Must(200).Text));
        Assert.Equal(1, await database.Count("select count(*) from onedoor.mt_doc_appointment where applicant_key like 'legal-entity:%' and due_at is not null"));

        await Operator.Run<Caller>(database, "erase", $"--id={held.Json.Text("id")}");

        var left = (await office.Get(path)).Must(200).Json;
        Assert.Equal(("***", "reserved"), (left.GetProperty("applicant").Text("name"), left.Text("status")));
        Assert.Equal(0, await database.Count("select count(*) from onedoor.mt_doc_appointment where applicant_key like 'legal-entity:9%' or data::text like '%天津临港%'"));
        Assert.Equal(["appointment-reserved"], (await office.Get($"{path}/history")).Must(200).Json.Each("items", "type"));
    }

    private static string Key(Answered held) => held.Json.Text("start");

    private Client Somebody()
    {
        var company = Applications.Company();
        return platform.With(new()
        {
            ["sub"] = $"p_{company["uscc"]}", ["client_id"] = "mobile", ["scope"] = $"{Scopes.AppointmentsBook} {Scopes.NotificationsRead}",
            [Claims.Applicant] = new ApplicantReference($"legal-entity:{company["uscc"]}", (string)company["name"]!),
        });
    }

    private static async Task<Answered> Reserve(Client by, DateTimeOffset start) =>
        (await by.Post("/v1/appointments", new { hall = Hall, item = Item, start }, ("Idempotency-Key", $"{Instant.Format(start)}"))).Must(201);

    private static Task<Answered> Do(Client by, Answered last, string command, object? body = null, string? etag = null) =>
        by.Post($"/v1/appointments/{last.Json.Text("id")}/{command}", body, ("If-Match", etag ?? last.ETag));

    private async Task<(DateTimeOffset Start, int Free)[]> Slots(int day, string hall = Hall, Client? at = null) =>
    [
        .. (await (at ?? platform.Anybody).Get($"/v1/halls/{hall}/slots?item={Item}&from={platform.Now.AddDays(day):yyyy-MM-dd}&to={platform.Now.AddDays(day):yyyy-MM-dd}"))
            .Must(200).Json.List("items").Select(s => (s.Instant("start"), s.GetProperty("free").GetInt32())),
    ];

    private Task<long> Facts(string alias, Answered of) => platform.Database.Count($"select count(*) from onedoor.mt_events where type = '{alias}' and stream_id = '{of.Json.Text("id")}'");
}
