using System.Text.Json;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Tickets;

/// <summary>The people of the day: book the day before, come, take a number at a kiosk or by their phones, and give up.</summary>
internal sealed class DayCrowd(DayServers servers, DayLedger ledger, DayPlan plan)
{
    private const string RacedHall = "airport", RacedGroup = "projects";
    private const int RacedMinute = 14 * 60, Racers = 50, KiosksPerHall = 2;

    private readonly List<DayVisitor> _visitors = [.. Enumerable.Range(0, plan.People).Select(n => new DayVisitor(plan, n))];
    private readonly Dictionary<string, SemaphoreSlim[]> _kiosks =
        DayPlan.Halls.ToDictionary(hall => hall, _ => Enumerable.Range(0, KiosksPerHall).Select(_ => new SemaphoreSlim(1)).ToArray());

    public IReadOnlyList<DayVisitor> Visitors => _visitors;

    /// <summary>Whether somebody waits, is served or is yet to come.</summary>
    public bool IsAbout => _visitors.Any(v => v is { Next: not null } or { Ticket.IsOver: false });

    /// <summary>Fifty people want the last place of a slot.</summary>
    public async Task RaceForTheLastSlot()
    {
        var start = servers.At(RacedMinute);
        DayVisitor Racer(int n) => new(plan, plan.People + n)
        {
            Hall = RacedHall, Group = RacedGroup, Item = DayVisitor.Items[RacedGroup][0], Way = DayWay.Appointment, Booking = DayBooking.Kept, Arrives = RacedMinute - 10, Early = 10,
        };
        var first = Racer(0);
        Assert.True(await Reserves(first, start), "nobody got the first of two places");
        var racers = Enumerable.Range(1, Racers).Select(Racer).ToArray();
        var got = await Task.WhenAll(racers.Select(r => Reserves(r, start)));
        if (got.Count(had => had) != 1)
            ledger.Wrong.Enqueue($"{got.Count(had => had)} of {Racers} got the last place of {start}.");
        var winners = racers.Where((_, r) => got[r]).Prepend(first).ToArray();
        foreach (var winner in winners)
            await Confirms(winner);
        _visitors.AddRange(winners);
    }

    /// <summary>Whoever means to come with an appointment books it; who finds no place comes without.</summary>
    public async Task Book()
    {
        var booking = _visitors.Where(v => v is { Way: DayWay.Appointment, Booked: null }).ToArray();
        await Parallel.ForEachAsync(booking, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (v, _) => await Books(v));
        foreach (var v in booking.Where(v => v is { Booked: not null, Booking: DayBooking.Cancelled }))
            v.Booked = (await servers.Post(servers.As(v.Claims), $"/v1/appointments/{v.Booked!.Json.Text("id")}/cancellation", null, ("If-Match", v.Booked.ETag))).Must(200);
        foreach (var v in _visitors.Where(v => v.Booked is null || v.Booking == DayBooking.Kept))
            v.Next = (v.Arrives, () => Comes(v));
    }

    /// <summary>What those do for whom it is time.</summary>
    public IEnumerable<Task> Act(int minute)
    {
        foreach (var v in _visitors)
        {
            if (v.Next is not { } next || next.Minute > minute)
                continue;
            v.Next = null;
            yield return next.Do();
        }
    }

    private async Task Books(DayVisitor v)
    {
        var slots = (await servers.Get(new Client(servers.Any(), null), $"/v1/halls/{v.Hall}/slots?item={v.Item}&from={servers.Day:yyyy-MM-dd}&to={servers.Day:yyyy-MM-dd}")).Must(200).Json.List("items")
            .Where(s => s.GetProperty("free").GetInt32() > 0 && (plan.IsRush(MinuteOf(s)) || plan.IsRush(MinuteOf(s) + 29))).ToArray();
        foreach (var slot in slots.Skip(slots.Length == 0 ? 0 : v.Choice % slots.Length))
        {
            if (!await Reserves(v, slot.Instant("start")))
                continue;
            v.Arrives = MinuteOf(slot) - v.Early;
            if (v.Booking != DayBooking.Unconfirmed)
                await Confirms(v);
            return;
        }
        v.Way = DayWay.App;
    }

    private int MinuteOf(JsonElement slot) => (int)(slot.Instant("start") - servers.At(0)).TotalMinutes;

    private async Task<bool> Reserves(DayVisitor v, DateTimeOffset start)
    {
        var answer = await servers.Post(servers.As(v.Claims), "/v1/appointments", new { hall = v.Hall, item = v.Item, start });
        if (answer.Status != 201)
            answer.Refuses(409, "appointment.slot-full");
        else
            v.Booked = answer;
        return answer.Status == 201;
    }

    private async Task Confirms(DayVisitor v) =>
        v.Booked = (await servers.Post(servers.As(v.Claims), $"/v1/appointments/{v.Booked!.Json.Text("id")}/confirmation", null, ("If-Match", v.Booked.ETag))).Must(200);

    private async Task Comes(DayVisitor v)
    {
        var answer = v switch
        {
            { Booked: not null, Booking: DayBooking.Kept, ChecksInAtKiosk: true } => await AtKiosk(v, new { item = v.Item, appointment = v.Booked.Json.Text("id") }),
            { Booked: not null, Booking: DayBooking.Kept } => await ChecksIn(v),
            { Way: DayWay.Kiosk } => await AtKiosk(v, new { group = v.Group, priority = v.Priority }),
            _ => await servers.Post(servers.As(v.Claims), Tickets(v), new { item = v.Item, priority = v.Priority }),
        };
        if (answer.Status == 409)
        {
            ComesAgain(v, answer.Code);
            return;
        }
        Assert.True(answer.Status is 200 or 201, $"{v} came and was answered {answer.Status} {answer.Text}");
        var ticket = answer.Json;
        if (answer.Status == 200)
            answer = (await servers.Get(servers.As(v.Claims), $"/v1/tickets/{ticket.GetProperty("ticket").Text("id")}")).Must(200);
        v.Ticket = ledger.Takes(v, answer);
        if (v is { AsksTwice: true, Way: DayWay.App })
            (await servers.Post(servers.As(v.Claims), Tickets(v), new { item = v.Item })).Refuses(409, "ticket.waits-already");
        if (v.Patience is { } patience)
            v.Next = (servers.Minute + patience, () => GivesUp(v, ticket));
    }

    private void ComesAgain(DayVisitor v, string refused)
    {
        var minute = servers.Minute;
        if (refused == "appointment.too-early" && v.Early > 30)
            v.Next = (v.Arrives + v.Early - 28, () => Comes(v));
        else if (refused == "appointment.not-in-this-state" && v.Early < -30)
            (v.Booking, v.Way, v.Next) = (DayBooking.Forgotten, DayWay.Kiosk, (minute + 1, () => Comes(v)));
        else if (refused == "ticket.hall-closed" && minute is >= DayPlan.Noon - 1 and <= DayPlan.AfterNoon)
            v.Next = (DayPlan.AfterNoon + (v.Choice % 10), () => Comes(v));
        else
            ledger.Wrong.Enqueue($"{v} came at {minute / 60}:{minute % 60:D2} and was refused: {refused}.");
    }

    // As it stands by now: it may be over, and that recorded.
    private async Task<Answered> ChecksIn(DayVisitor v)
    {
        var path = $"/v1/appointments/{v.Booked!.Json.Text("id")}";
        return await servers.Post(servers.As(v.Claims), $"{path}/check-in", null, ("If-Match", (await servers.Get(servers.As(v.Claims), path)).Must(200).ETag));
    }

    // One after the other, at either of the hall's.
    private async Task<Answered> AtKiosk(DayVisitor v, object wanted)
    {
        var n = v.Choice % KiosksPerHall;
        var kiosk = _kiosks[v.Hall][n];
        await kiosk.WaitAsync();
        try
        {
            var name = $"kiosk-{v.Hall}-{n}";
            return await servers.Post(servers.As(new() { ["sub"] = name, ["client_id"] = name, ["scope"] = Scopes.TicketsTake, [Claims.Hall] = v.Hall }), Tickets(v), wanted);
        }
        finally
        {
            kiosk.Release();
        }
    }

    // Whoever has the code needs no token.
    private async Task GivesUp(DayVisitor v, JsonElement ticket)
    {
        if (v.Ticket!.Status is not ("waiting" or "called"))
            return;
        var byCode = ticket.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String;
        var gone = byCode
            ? await ledger.Do(new Client(servers.Any(), null), v.Ticket, "cancellation", "ticket-cancelled", null, ("OneDoor-Ticket-Code", code.GetString()!))
            : await ledger.Do(servers.As(v.Claims), v.Ticket, "cancellation", "ticket-cancelled");
        if (gone)
            v.Outcome = "cancelled";
    }

    private static string Tickets(DayVisitor v) => $"/v1/halls/{v.Hall}/tickets";
}
