using System.Collections.Concurrent;
using System.Text.Json;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Tickets;

/// <summary>A ticket as the answers told of it.</summary>
internal sealed class HeldTicket(DayVisitor holder)
{
    private readonly Lock _one = new();

    public DayVisitor Holder => holder;

    /// <summary>What happened to it, by the version that it led to.</summary>
    public SortedDictionary<int, string> Told { get; } = [];

    /// <summary>The latest answer about it.</summary>
    public JsonElement Last { get; private set; }

    public int Version { get; private set; }

    public string ETag { get; private set; } = "";

    public string Id { get; private set; } = "";

    public string Number { get; private set; } = "";

    public string Status { get; private set; } = "";

    public string Group { get; private set; } = "";

    /// <summary>The window that called it or, where it waits, the only one that it waits for.</summary>
    public int? Window { get; private set; }

    public DateTimeOffset? FirstCalledAt { get; private set; }

    /// <summary>How long it had waited by then, by the turn that the call told of.</summary>
    public int? WaitedSeconds { get; private set; }

    /// <summary>Seconds of service before it was sent to the group that it is of now.</summary>
    public int SecondsElsewhere { get; private set; }

    public bool IsOver => Status is "done" or "missed" or "cancelled";

    /// <summary>Notes what an answer says of it; false where another has claimed the same version.</summary>
    public bool Hears(string type, Answered answer, int? led = null)
    {
        lock (_one)
        {
            var ticket = answer.Json;
            var version = ticket.GetProperty("version").GetInt32();
            if (type == "ticket-called" && (FirstCalledAt is null || ticket.Instant("calledAt") < FirstCalledAt))
            {
                FirstCalledAt = ticket.Instant("calledAt");
                var (turn, since) = (ticket.GetProperty("turn"), ticket.Instant("takenAt"));
                if (!turn.IsNull("notBefore") && turn.Instant("notBefore") > since)
                    since = turn.Instant("notBefore");
                WaitedSeconds = Math.Max(0, (int)(FirstCalledAt.Value - since).TotalSeconds);
            }
            if (version > Version)
            {
                if (Group.Length > 0 && ticket.Text("group") != Group)
                    SecondsElsewhere = ticket.GetProperty("servedSeconds").GetInt32();
                (Version, Last, ETag, Id, Number) = (version, ticket, answer.ETag, ticket.Text("id"), ticket.Text("number"));
                (Status, Group, Window) = (ticket.Text("status"), ticket.Text("group"), ticket.IsNull("window") ? null : ticket.GetProperty("window").GetInt32());
            }
            return Told.TryAdd(led ?? version, type);
        }
    }
}

/// <summary>What everybody was told on the day, by nothing but the answers to what they asked.</summary>
internal sealed class DayLedger(DayServers servers)
{
    private readonly ConcurrentDictionary<string, HeldTicket> _tickets = new();
    private readonly ConcurrentDictionary<string, string> _numbers = new();
    private readonly ConcurrentDictionary<string, int> _atWindow = new();

    /// <summary>What nobody should be told.</summary>
    public ConcurrentQueue<string> Wrong { get; } = [];

    public IReadOnlyCollection<HeldTicket> Tickets => [.. _tickets.Values];

    public HeldTicket Ticket(string id) => _tickets[id];

    /// <summary>Somebody has got a ticket, which may have been called by now: nobody else has that number in the hall.</summary>
    public HeldTicket Takes(DayVisitor visitor, Answered answer)
    {
        var held = new HeldTicket(visitor);
        held.Hears("ticket-taken", answer, led: 1);
        if (!_numbers.TryAdd($"{visitor.Hall} {held.Number}", held.Id) | !_tickets.TryAdd(held.Id, held))
            Wrong.Enqueue($"{held.Number} was given twice in {visitor.Hall}.");
        return held;
    }

    /// <summary>A window was told whom it calls: no other window has that ticket now.</summary>
    public async Task<HeldTicket> Called(string hall, int window, Answered answer)
    {
        var (id, number) = (answer.Json.Text("id"), answer.Json.Text("number"));
        // Whoever took it may not have been answered yet.
        await RunningPlatform.Until(() => Task.FromResult(_tickets.ContainsKey(id)), $"somebody holds {number} of {hall}, which window {window} was told to call");
        if (!_atWindow.TryAdd(id, window))
            Wrong.Enqueue($"{number} of {hall} was called by windows {_atWindow.GetValueOrDefault(id)} and {window} at once.");
        Hears(_tickets[id], "ticket-called", answer);
        return _tickets[id];
    }

    /// <summary>Whoever has it no longer claims it: to be said before it is let go.</summary>
    public void LetGo(HeldTicket held) => _atWindow.TryRemove(held.Id, out _);

    /// <summary>Asks something of a ticket by what was last heard of it.</summary>
    /// <returns>Whether it was done; else somebody was quicker.</returns>
    public async Task<bool> Do(Client who, HeldTicket held, string command, string type, object? body = null, params (string, string)[] headers)
    {
        var answer = await servers.Post(who, $"/v1/tickets/{held.Id}/{command}", body, [("If-Match", held.ETag), .. headers]);
        if (answer.Status != 200)
            Assert.True(answer.Status is 412 or 409, $"{held.Number} of {held.Holder.Hall}, {command}: {answer.Status} {answer.Text}");
        else
            Hears(held, type, answer);
        return answer.Status == 200;
    }

    /// <summary>Whether somebody waits whom a window serves.</summary>
    public bool SomebodyWaitsFor(DayWindow window) =>
        _tickets.Values.Any(t => t.Status == "waiting" && t.Holder.Hall == window.Hall && window.Groups.Contains(t.Group) && (t.Window ?? window.Number) == window.Number);

    /// <summary>What the screen of a hall has to show, in one line.</summary>
    public string BoardOf(string hall)
    {
        var here = _tickets.Values.Where(t => t.Holder.Hall == hall).ToArray();
        return DayScreen.LineOf(
            here.Where(t => t.Status is "called" or "serving").Select(t => (t.Window!.Value, t.Number, t.Last.GetProperty("recalls").GetInt32(), t.Status == "serving")),
            here.Where(t => t.Status == "waiting").GroupBy(t => t.Group).Select(g => (g.Key, g.Count())));
    }

    private void Hears(HeldTicket held, string type, Answered answer)
    {
        if (!held.Hears(type, answer))
            Wrong.Enqueue($"{held.Number} of {held.Holder.Hall}: two answers told of version {answer.Json.GetProperty("version")}.");
    }
}
