namespace OneDoor.Tickets;

/// <summary>Why a ticket is called when it is.</summary>
public enum TurnGround
{
    /// <summary>By when it was taken.</summary>
    WalkIn,

    /// <summary>As if it had been taken earlier, for who is served with priority.</summary>
    Priority,

    /// <summary>At the appointment's time.</summary>
    Appointment,

    /// <summary>Too late for the appointment, and so by when its holder came.</summary>
    Late,

    /// <summary>It was called and nobody came, and so by when its holder did.</summary>
    Returned,

    /// <summary>By when it was sent on to others, where whoever is sent on keeps no turn.</summary>
    Transferred,
}

/// <summary>By what a ticket is called before or after others; it never changes while it waits, so that everybody's place can be explained.</summary>
/// <param name="At">The ticket with the earlier instant is called first.</param>
/// <param name="NotBefore">Until then only where nobody else waits; null for always.</param>
/// <param name="Ground">Why.</param>
/// <param name="Minutes">By how many minutes its instant is earlier than the ground itself says.</param>
public sealed record Turn(DateTimeOffset At, DateTimeOffset? NotBefore, TurnGround Ground, int Minutes);

/// <summary>How long a ticket is likely to wait (预计等候).</summary>
/// <param name="From">Minutes, rounded down.</param>
/// <param name="Until">Minutes, rounded up.</param>
/// <param name="Measured">On how many measured times of service it rests, the last of the item group.</param>
/// <param name="Windows">How many windows serve the group now.</param>
/// <param name="Since">When the first of those services ended.</param>
public sealed record EstimatedWait(int From, int Until, int Measured, int Windows, DateTimeOffset Since);

/// <summary>How long a service took.</summary>
/// <param name="Seconds">In the item group, interruptions left out.</param>
/// <param name="At">When it ended.</param>
public readonly record struct MeasuredService(int Seconds, DateTimeOffset At);

/// <summary>A hall's queue at an instant: who is called next, and how long the others wait (HALL-1, HALL-2).</summary>
/// <param name="Now">When.</param>
/// <param name="Tickets">Those of the hall's day that are not over.</param>
/// <param name="Windows">Those that are open.</param>
/// <param name="Measured">The last services, by item group.</param>
public sealed record HallQueue(DateTimeOffset Now, IReadOnlyList<Ticket> Tickets, IReadOnlyList<Window> Windows, ILookup<string, MeasuredService> Measured)
{
    /// <summary>Who waits, in the order in which they are called.</summary>
    public IReadOnlyList<Ticket> Waiting { get; } =
    [
        .. Tickets.Where(t => t.Status == TicketStatus.Waiting)
            .OrderBy(t => t.Turn.NotBefore > Now).ThenBy(t => t.Turn.At).ThenBy(t => t.TakenAt).ThenBy(t => t.Number, StringComparer.Ordinal),
    ];

    // In the order of their turns, as if the time of every appointment had come.
    private IEnumerable<Ticket> ByTurn => Waiting.OrderBy(t => t.Turn.At).ThenBy(t => t.TakenAt).ThenBy(t => t.Number, StringComparer.Ordinal);

    /// <summary>The queue with a ticket as it stands after a change.</summary>
    public HallQueue With(Ticket changed) => new(Now, [.. Tickets.Where(t => t.Id != changed.Id), changed], Windows, Measured);

    /// <summary>The ticket that a window calls next; null where nobody waits for it.</summary>
    public Ticket? Next(Window window) => Waiting.FirstOrDefault(t => Serves(window, t));

    /// <summary>The ticket a window is busy with; null for none.</summary>
    public Ticket? At(int window) => Tickets.FirstOrDefault(t => t.IsAtWindow && t.Window == window);

    /// <summary>The ticket a window has served and called nobody since; null for none. Its holder may say how that was (REV-1).</summary>
    /// <param name="window">The window's number.</param>
    /// <param name="calledLast">By window, the ticket that it called last, be it over.</param>
    public Ticket? JustServed(int window, IReadOnlyDictionary<int, Ticket> calledLast) =>
        At(window) is null && calledLast.GetValueOrDefault(window) is { Status: TicketStatus.Done, Lapsed: false } last && last.Window == window ? last : null;

    /// <summary>How many are called before a ticket at the windows that serve it; null where it does not wait.</summary>
    public int? Ahead(Ticket ticket)
    {
        if (Waiting.All(t => t.Id != ticket.Id))
            return null;
        var windows = Windows.Where(w => Serves(w, ticket)).ToArray();
        return Waiting.TakeWhile(t => t.Id != ticket.Id).Count(t => windows.Length == 0 ? t.GroupCode == ticket.GroupCode : windows.Any(w => Serves(w, t)));
    }

    /// <summary>How long a ticket waits yet; null where it does not wait, nobody serves it, or nothing was measured.</summary>
    public EstimatedWait? WaitOf(Ticket ticket)
    {
        if (Ahead(ticket) is not { } ahead)
            return null;
        var early = ticket.Turn.NotBefore is { } due && due > Now ? due - Now : (TimeSpan?)null;
        return Wait(ticket.GroupCode, [.. Windows.Where(w => Serves(w, ticket))], ByTurn.TakeWhile(t => t.Id != ticket.Id), early is { } wait ? (ahead, wait.TotalSeconds) : null);
    }

    /// <summary>How long whoever took a ticket of a group now would wait; null where nobody serves it, or nothing was measured.</summary>
    public EstimatedWait? WaitOf(string group) => Wait(group, [.. Windows.Where(w => w.Groups.Contains(group))], ByTurn.TakeWhile(t => t.Turn.At <= Now), null);

    // Whose turn is before it, and of an appointment whose time has not come how many are called before it as things stand, and in how many seconds it has.
    private EstimatedWait? Wait(string group, Window[] windows, IEnumerable<Ticket> before, (int Ahead, double Seconds)? early)
    {
        var measured = Measured[group].OrderBy(m => m.Seconds).ToArray();
        if (windows.Length == 0 || measured.Length == 0)
            return null;
        var served = before.Where(t => windows.Any(w => Serves(w, t))).ToLookup(t => t.Turn.NotBefore > Now);
        var due = served[true].Select(t => (t.Turn.NotBefore!.Value - Now).TotalSeconds).Order().ToArray();
        // Between the quicker and the slower quarter of them; the one before may have just begun, or be about to end.
        var (quick, slow) = (measured[(measured.Length - 1) / 4].Seconds, measured[(measured.Length - 1) * 3 / 4].Seconds);
        var (from, until) = (After(served[false].Count(), quick, windows.Length, due), After(served[false].Count() + 1, slow, windows.Length, due));
        // Before its time it is called where nobody else waits, and from then on before whoever comes later and after the appointments before it.
        if (early is { } mine)
        {
            var each = After(1, slow, windows.Length, []);
            var last = due.Aggregate(After(served[false].Count(), slow, windows.Length, []), (t, at) => Math.Max(t, at) + each);
            (from, until) = (Math.Max(from, Math.Min(After(mine.Ahead, quick, windows.Length, []), mine.Seconds)), Math.Max(last, mine.Seconds) + each);
        }
        return new EstimatedWait((int)(from / 60), (int)Math.Ceiling(until / 60), measured.Length, windows.Length, measured.Min(m => m.At));
    }

    // In how many seconds so many are served, and the appointments whose time comes meanwhile.
    private static double After(int count, int seconds, int windows, IReadOnlyList<double> due)
    {
        foreach (var at in due.TakeWhile(at => at <= (double)count * seconds / windows))
            count++;
        return (double)count * seconds / windows;
    }

    // Whoever was sent to a window waits for it alone, as long as it is open for their group.
    private bool Serves(Window window, Ticket ticket) => window.Groups.Contains(ticket.GroupCode)
        && (ticket.Window is not { } only || only == window.Number || !Windows.Any(w => w.Number == only && w.Groups.Contains(ticket.GroupCode)));
}
