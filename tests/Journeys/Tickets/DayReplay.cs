using System.Text.Json;
using OneDoor.Platform;

namespace OneDoor.Tickets;

/// <summary>The day of one hall, fact by fact in the order of the feed: explains every call, and every board that its screen showed.</summary>
internal sealed class DayReplay(string hall, IReadOnlyList<DayWindow> windows, DayLedger ledger)
{
    private readonly Dictionary<string, JsonElement> _tickets = [];
    private readonly Dictionary<int, string[]> _groups = windows.Where(w => w.Hall == hall).ToDictionary(w => w.Number, w => w.Groups.ToArray());

    public void Run(IReadOnlyList<JsonElement> events, DayScreen screen)
    {
        List<string> boards = [Board()];
        foreach (var e in events)
        {
            var ticket = e.GetProperty("data");
            if (ticket.Text("hall") != hall)
                continue;
            if (e.Text("type") == "onedoor.ticket.called")
                Explain(ticket, e.Instant("time"));
            _tickets[ticket.Text("id")] = ticket;
            boards.Add(Board());
        }
        Shown(boards, screen);
    }

    // Nobody is called who does not wait, by a window that has somebody, or before whoever is before them.
    private void Explain(JsonElement called, DateTimeOffset at)
    {
        var (id, number, window) = (called.Text("id"), called.Text("number"), called.GetProperty("window").GetInt32());
        if (!_tickets.TryGetValue(id, out var before) || before.Text("status") != "waiting")
            ledger.Wrong.Enqueue($"{number} of {hall} was called by window {window} at {at:T} when it did not wait.");
        foreach (var there in _tickets.Values.Where(t => IsAtWindow(t) && t.GetProperty("window").GetInt32() == window))
            ledger.Wrong.Enqueue($"{number} of {hall} was called by window {window} at {at:T}, which had {there.Text("number")}.");
        var first = _tickets.Values.Where(t => t.Text("status") == "waiting" && _groups[window].Contains(t.Text("group")) && (t.IsNull("window") || t.GetProperty("window").GetInt32() == window))
            .OrderBy(t => !t.GetProperty("turn").IsNull("notBefore") && t.GetProperty("turn").Instant("notBefore") > at)
            .ThenBy(t => t.GetProperty("turn").Instant("at")).ThenBy(t => t.Instant("takenAt")).ThenBy(t => t.Text("number"), StringComparer.Ordinal).FirstOrDefault();
        if (first.ValueKind != JsonValueKind.Undefined && first.Text("id") != id)
            ledger.Wrong.Enqueue($"{number} of {hall} ({called.GetProperty("turn")}) was called by window {window} at {at:O}, and {first.Text("number")} was before it ({first.GetProperty("turn")}).");
    }

    // A screen misses what came while it was cut off or behind, and shows nothing that never was, nor in another order; the last it shows is the last there was.
    private void Shown(List<string> boards, DayScreen screen)
    {
        var place = 0;
        foreach (var shown in screen.Heard)
        {
            var found = boards.IndexOf(shown, place);
            if (found < 0)
            {
                ledger.Wrong.Enqueue($"The screen of {hall} showed '{shown}', which was not so {(boards.Contains(shown) ? "any more" : "ever")}.");
                return;
            }
            place = found;
        }
        if (screen.Last != boards[^1])
            ledger.Wrong.Enqueue($"The screen of {hall} shows '{screen.Last}' in the end, and it is '{boards[^1]}'.");
    }

    private string Board() => DayScreen.LineOf(
        _tickets.Values.Where(IsAtWindow).Select(t => (t.GetProperty("window").GetInt32(), t.Text("number"), t.GetProperty("recalls").GetInt32(), t.Text("status") == "serving")),
        _tickets.Values.Where(t => t.Text("status") == "waiting").GroupBy(t => t.Text("group")).Select(g => (g.Key, g.Count())));

    private static bool IsAtWindow(JsonElement ticket) => ticket.Text("status") is "called" or "serving";
}
