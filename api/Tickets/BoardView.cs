using OneDoor.Appointments;
using OneDoor.Clock;

namespace OneDoor.Tickets;

/// <summary>What a hall's big screen shows (大屏), in both languages: numbers and windows, and of nobody a name.</summary>
/// <param name="Hall">Code of the hall (大厅).</param>
/// <param name="Name">What people call it.</param>
/// <param name="Open">Whether tickets are given now.</param>
/// <param name="OpensAt">When the hall opens next, where it gives none now; null where it does, or will not within a year.</param>
/// <param name="Calls">The tickets that windows have called or serve, the latest call first.</param>
/// <param name="Groups">The item groups (业务组), and how long one waits for each.</param>
/// <param name="Windows">The windows that are open.</param>
public sealed record BoardView(string Hall, Text Name, bool Open, DateTimeOffset? OpensAt, IReadOnlyList<BoardCall> Calls, IReadOnlyList<BoardGroup> Groups, IReadOnlyList<BoardWindow> Windows)
{
    /// <summary>The board of a hall's queue, where each window called last the one that is named.</summary>
    public static BoardView Of(Hall hall, HallQueue queue, IReadOnlyDictionary<int, Ticket> calledLast, bool isOpen, DateTimeOffset? opensAt = null) => new(
        hall.Code, hall.Name, isOpen, isOpen ? null : opensAt,
        [.. queue.Tickets.Where(t => t.IsAtWindow).OrderByDescending(t => t.CalledAt).ThenByDescending(t => t.Window).Select(t => new BoardCall(t.Number, t.Window!.Value, t.CalledAt!.Value, t.Recalls, t.Status == TicketStatus.Serving))],
        [.. ItemGroups.All.Select(g => new BoardGroup(
            g.Code, g.Name, g.Letter, queue.Waiting.Count(t => t.GroupCode == g.Code), queue.Windows.Count(w => w.Groups.Contains(g.Code)), queue.WaitOf(g.Code)))],
        [.. queue.Windows.Select(w => new BoardWindow(w.Number, w.Groups, queue.At(w.Number)?.Number, queue.JustServed(w.Number, calledLast) is { } served ? new(served.Id, served.Number) : null))]);
}

/// <summary>A ticket at a window.</summary>
/// <param name="Number">The ticket's.</param>
/// <param name="Window">The window's.</param>
/// <param name="CalledAt">When it was called last.</param>
/// <param name="Recalls">How often it was called again.</param>
/// <param name="Serving">Whether its holder is there.</param>
public sealed record BoardCall(string Number, int Window, DateTimeOffset CalledAt, int Recalls, bool Serving);

/// <summary>Who waits for the windows of an item group.</summary>
/// <param name="Code">The group's.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Letter">With which its ticket numbers begin.</param>
/// <param name="Waiting">How many wait.</param>
/// <param name="Windows">How many windows serve it.</param>
/// <param name="EstimatedWait">How long whoever took a ticket now would wait; null where nobody serves it or nothing was measured.</param>
public sealed record BoardGroup(string Code, Text Name, string Letter, int Waiting, int Windows, EstimatedWait? EstimatedWait);

/// <summary>A window that is open.</summary>
/// <param name="Number">The window's.</param>
/// <param name="Groups">Codes of the item groups it serves.</param>
/// <param name="Ticket">The number it has called or serves; null for none.</param>
/// <param name="Served">The ticket it has served, until it calls the next: who holds it may rate the visit. Null for none.</param>
public sealed record BoardWindow(int Number, IReadOnlyList<string> Groups, string? Ticket, BoardServed? Served);

/// <summary>A ticket that a window has just served.</summary>
/// <param name="Id">The ticket's, which opens nothing without its code.</param>
/// <param name="Number">The ticket's.</param>
public sealed record BoardServed(Guid Id, string Number);
