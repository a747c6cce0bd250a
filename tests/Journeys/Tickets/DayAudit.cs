using System.Text.Json;
using OneDoor.Platform;

namespace OneDoor.Tickets;

/// <summary>What the platform tells of the day when it is over, against what people were told and heard while it went on.</summary>
internal sealed class DayAudit(DayServers servers, DayLedger ledger, IReadOnlyList<DayWindow> windows, IReadOnlyList<DayVisitor> visitors)
{
    private static readonly string[] Figures = ["taken", "waiting", "atWindow", "served", "missed", "cancelled", "meanWaitSeconds", "meanServiceSeconds"];

    private Client Office => servers.Office;

    /// <summary>Compares everything, and notes what does not agree.</summary>
    public async Task Run(IReadOnlyList<DayScreen> screens)
    {
        foreach (var hall in DayPlan.Halls)
        {
            await Tickets(hall);
            await Day(hall);
        }
        await Appointments();
        var events = await Events();
        Facts(events);
        Turns();
        foreach (var hall in DayPlan.Halls)
            new DayReplay(hall, windows, ledger).Run(events, screens.Single(s => s.Hall == hall));
    }

    private void Wrong(string what) => ledger.Wrong.Enqueue(what);

    // Nobody is lost: the store has the tickets that were given, as they were last heard of, and no others; and all are over.
    private async Task Tickets(string hall)
    {
        var stored = (await Office.Every($"/v1/tickets?hall={hall}&first=100")).ToDictionary(t => t.Text("id"));
        var held = ledger.Tickets.Where(t => t.Holder.Hall == hall).ToArray();
        foreach (var unknown in stored.Values.Where(t => held.All(h => h.Id != t.Text("id"))))
            Wrong($"Nobody holds {unknown.Text("number")} of {hall}.");
        foreach (var h in held)
        {
            if (!stored.TryGetValue(h.Id, out var t))
                Wrong($"{h.Number} of {hall} is lost: {h.Holder}.");
            else if ((t.Text("number"), t.Text("status"), t.GetProperty("version").GetInt32()) is var now && now != (h.Number, h.Status, h.Version))
                Wrong($"{h.Number} of {hall} is {now}, and was last heard of as {(h.Number, h.Status, h.Version)}.");
            else if (!h.IsOver || h.Holder.Outcome != h.Status switch { "done" => "served", "missed" => "no-show", var s => s })
                Wrong($"{h.Number} of {hall} ended as {h.Status}, for its holder as '{h.Holder.Outcome}': {h.Holder}.");
        }
        foreach (var letter in held.GroupBy(t => t.Number[0]))
        {
            var numbers = letter.Select(t => t.Number).Order(StringComparer.Ordinal).ToArray();
            if (!numbers.SequenceEqual(Enumerable.Range(1, numbers.Length).Select(n => $"{letter.Key}{n:D3}")))
                Wrong($"The numbers {letter.Key} of {hall} are {string.Join(", ", numbers)}.");
        }
    }

    // The figures of the hall's day are those of the answers.
    private async Task Day(string hall)
    {
        foreach (var group in (await Office.Get($"/v1/halls/{hall}/day?on={servers.Day:yyyy-MM-dd}")).Must(200).Json.List("groups"))
        {
            var held = ledger.Tickets.Where(t => t.Holder.Hall == hall && t.Group == group.Text("group")).ToArray();
            int Ended(string how) => held.Count(t => t.Status == how);
            int?[] expected =
            [
                held.Length, 0, 0, Ended("done"), Ended("missed"), Ended("cancelled"), Mean(held.Select(t => t.WaitedSeconds).OfType<int>()),
                Mean(held.Where(t => t.Status == "done").Select(t => t.Last.GetProperty("servedSeconds").GetInt32() - t.SecondsElsewhere).Where(seconds => seconds > 0)),
            ];
            int?[] told =
            [
                .. Figures.Select(name => group.IsNull(name) ? (int?)null : group.GetProperty(name).GetInt32()),
            ];
            if (!told.SequenceEqual(expected))
                Wrong($"The day of {hall} tells of {group}, and the answers of {string.Join(", ", expected)}.");
        }
    }

    private static int? Mean(IEnumerable<int> seconds) => seconds.ToArray() is { Length: > 0 } some ? (int)Math.Round(some.Average()) : null;

    private async Task Appointments()
    {
        var stored = (await Office.Every($"/v1/appointments?from={servers.Day:yyyy-MM-dd}&to={servers.Day:yyyy-MM-dd}&first=100")).ToDictionary(a => a.Text("id"), a => a.Text("status"));
        var booked = visitors.Where(v => v.Booked is not null).ToDictionary(v => v.Booked!.Json.Text("id"), v => v.OutcomeOfAppointment);
        foreach (var (id, status) in stored.Except(booked))
            Wrong($"Appointment {id} is {status}, and for whoever booked it '{booked.GetValueOrDefault(id)}': {visitors.FirstOrDefault(v => v.Booked?.Json.Text("id") == id)}.");
        foreach (var (id, _) in booked.Where(b => !stored.ContainsKey(b.Key)))
            Wrong($"Appointment {id} is lost.");
    }

    // Every answer is a fact, and every fact was somebody's answer.
    private void Facts(IReadOnlyList<JsonElement> events)
    {
        var stored = events.ToLookup(e => e.GetProperty("data").Text("id"), e => e.Text("type").Replace("onedoor.ticket.", "ticket-", StringComparison.Ordinal));
        foreach (var held in ledger.Tickets.Where(t => !stored[t.Id].SequenceEqual(t.Told.Values)))
            Wrong($"{held.Number} of {held.Holder.Hall}: the facts are {string.Join(", ", stored[held.Id])}, and the answers told {string.Join(", ", held.Told.Select(t => $"{t.Key} {t.Value}"))}.");
    }

    // By what everybody was called before or after others follows from who they are and when they came.
    private void Turns()
    {
        foreach (var held in ledger.Tickets)
        {
            var (turn, v) = (held.Last.GetProperty("turn"), held.Holder);
            var expected = Ground(held);
            if (turn.Text("ground") != expected.Ground || (expected.At is { } at && at != turn.Instant("at")))
                Wrong($"{held.Number} of {v.Hall} waits by {turn}, and should by {expected}: {v}.");
        }
    }

    private static (string Ground, DateTimeOffset? At) Ground(HeldTicket held)
    {
        var (taken, v, policy) = (held.Last.Instant("takenAt"), held.Holder, QueuePolicy.Zone);
        if (held.Told.ContainsValue("ticket-missed") && held.Status != "missed")
            return ("returned", null);
        if (held.Last.IsNull("appointment"))
            return v.Priority is { } code ? ("priority", taken.AddMinutes(-policy.Priority(code)!.Minutes)) : ("walk-in", taken);
        var start = v.Booked!.Json.Instant("start");
        return taken < start.AddMinutes(policy.LateMinutes) ? ("appointment", start.AddMinutes(-policy.AppointmentMinutes)) : ("late", taken);
    }

    private async Task<IReadOnlyList<JsonElement>> Events()
    {
        List<JsonElement> all = [];
        for (var after = ""; ;)
        {
            var page = (await Office.Get($"/v1/events?types=onedoor.ticket.*&first=1000{after}")).Must(200).Json;
            all.AddRange(page.List("items"));
            if (page.List("items").Length == 0 && after.EndsWith(page.Text("next"), StringComparison.Ordinal))
                return all;
            after = $"&after={page.Text("next")}";
        }
    }
}
