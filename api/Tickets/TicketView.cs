namespace OneDoor.Tickets;

/// <summary>A ticket (号票) as its reader sees it.</summary>
/// <param name="Id">Opaque.</param>
/// <param name="Number">What the screen calls: the letter of the group that gave it and its running number of the day.</param>
/// <param name="Status">Where it stands (状态).</param>
/// <param name="Version">Grows with every change.</param>
/// <param name="Hall">Code of the hall (大厅).</param>
/// <param name="Group">Code of the item group at whose windows it waits (业务组).</param>
/// <param name="Item">Code of the item it is about; null where only the group is known.</param>
/// <param name="Priority">Code of the priority class it was taken for (优先服务); null for none.</param>
/// <param name="Ahead">How many are called before it; null where it does not wait.</param>
/// <param name="EstimatedWait">How long it is likely to wait yet; null where it does not wait, nobody serves its group or nothing was measured.</param>
/// <param name="Turn">By what it is called before or after others.</param>
/// <param name="Window">The window that called it last; of one that waits, the only window it waits for.</param>
/// <param name="TakenAt">When it was taken.</param>
/// <param name="CalledAt">When it was called last, be it again.</param>
/// <param name="Recalls">How often it was called again since a window called it.</param>
/// <param name="ServedSeconds">How long it was served so far, interruptions left out.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Appointment">The appointment it is for; null for none.</param>
/// <param name="Case">The case that came of it.</param>
/// <param name="Code">What opens it without a token, in its QR code: shown in the answer to the taking, and never again.</param>
public sealed record TicketView(
    Guid Id, string Number, TicketStatus Status, int Version, string Hall, string Group, string? Item, string? Priority, int? Ahead, EstimatedWait? EstimatedWait, Turn Turn,
    int? Window, DateTimeOffset TakenAt, DateTimeOffset? CalledAt, int Recalls, int ServedSeconds, DateTimeOffset? EndedAt, Guid? Appointment, Guid? Case, string? Code)
{
    /// <summary>A ticket in the queue it is in.</summary>
    /// <param name="t">The ticket.</param>
    /// <param name="queue">The queue of its hall; null of what is over, or was.</param>
    public static TicketView Of(Ticket t, HallQueue? queue) => new(
        t.Id, t.Number, t.Status, t.Version, t.Hall, t.GroupCode, t.Item, t.Priority, queue?.Ahead(t), queue?.WaitOf(t), t.Turn,
        t.Window, t.TakenAt, t.CalledAt, t.Recalls, t.ServedSeconds, t.EndedAt, t.Appointment, t.Case, null);
}

/// <summary>Something that happened to a ticket.</summary>
/// <param name="Version">Which it led to.</param>
/// <param name="Type">What it was, for instance <c>ticket-called</c>.</param>
/// <param name="At">When.</param>
/// <param name="Client">Whose doing it was; null when it was the clock's or the holder's of its code.</param>
/// <param name="Department">That client's department; null for who is signed in, a kiosk and the clock.</param>
/// <param name="Window">The window that called it, or that it waits for since then.</param>
/// <param name="Group">The item group it waits for since then; null where that did not change.</param>
/// <param name="Turn">By what it is called before or after others since then; null where that did not change.</param>
public sealed record TicketEvent(int Version, string Type, DateTimeOffset At, string? Client, Department? Department, int? Window, string? Group, Turn? Turn)
{
    public static TicketEvent Of(TicketFact fact, int index) => new(
        index + 1, Streams.PublishedAs(fact), fact.At, fact.By?.Client is { Length: > 0 } client ? client : null, fact.By?.Department,
        fact switch { TicketCalled f => f.Window, TicketTransferred f => f.Window, _ => null },
        fact switch { TicketTaken f => f.Group, TicketTransferred f => f.Group, _ => null },
        fact switch { TicketTaken f => f.Turn, TicketReturned f => f.Turn, TicketTransferred f => f.Turn, _ => null });
}

/// <summary>A window of a hall (窗口).</summary>
/// <param name="Hall">Code of the hall (大厅).</param>
/// <param name="Number">The window's number.</param>
/// <param name="Open">Whether somebody is served there now.</param>
/// <param name="Groups">Codes of the item groups it serves; none while it is closed.</param>
/// <param name="Version">Grows with every change.</param>
public sealed record WindowView(string Hall, int Number, bool Open, IReadOnlyList<string> Groups, int Version)
{
    public static WindowView Of(Window window, DateTimeOffset now) =>
        new(window.Hall, window.Number, window.IsOpen(now), window.IsOpen(now) ? window.Groups : [], window.Version);
}
