using OneDoor.Appointments;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Tickets;

/// <summary>Something that happened to a ticket.</summary>
/// <param name="At">When it happened.</param>
/// <param name="By">Who did it; null when the clock did.</param>
public abstract record TicketFact(DateTimeOffset At, Actor? By) : IFact;

/// <summary>Somebody took a number (取号).</summary>
/// <param name="Group">Code of the item group whose letter it has.</param>
/// <param name="Number">What the screen calls: the group's letter and its running number of the day.</param>
/// <param name="Day">The day it is of, China Standard Time.</param>
/// <param name="Turn">By what it is called before or after others.</param>
/// <param name="CodeDigest">What the code on it is known by.</param>
/// <param name="Item">Code of the item it is about; null where only the group is known, or the item is confidential.</param>
/// <param name="Priority">Code of the priority class of whoever took it; null for none.</param>
/// <param name="Applicant">By which its holder finds it; null where nobody is known.</param>
/// <param name="Appointment">The appointment it is for; null for none.</param>
[Alias("ticket_taken")]
public sealed record TicketTaken(
    DateTimeOffset At, Actor By, Guid TicketId, string Hall, string Group, string Number, DateOnly Day, Turn Turn, string CodeDigest, string? Item = null,
    [Personal] string? Priority = null, [Personal] string? Applicant = null, Guid? Appointment = null) : TicketFact(At, By);

/// <summary>A window called it (叫号).</summary>
[Alias("ticket_called")]
public sealed record TicketCalled(DateTimeOffset At, Actor By, int Window) : TicketFact(At, By);

/// <summary>Nobody came, and it was called again (重呼).</summary>
[Alias("ticket_recalled")]
public sealed record TicketRecalled(DateTimeOffset At, Actor By) : TicketFact(At, By);

/// <summary>Its holder is at the window: the time of service runs.</summary>
[Alias("ticket_service_begun")]
public sealed record TicketServiceBegun(DateTimeOffset At, Actor By) : TicketFact(At, By);

/// <summary>Its holder has something to do meanwhile, and the window serves others (挂起).</summary>
[Alias("ticket_parked")]
public sealed record TicketParked(DateTimeOffset At, Actor By) : TicketFact(At, By);

/// <summary>It waits again under its number.</summary>
/// <param name="Turn">By what it is called before or after others from now on.</param>
[Alias("ticket_returned")]
public sealed record TicketReturned(DateTimeOffset At, Actor By, Turn Turn) : TicketFact(At, By);

/// <summary>Called, and nobody came (过号).</summary>
[Alias("ticket_missed")]
public sealed record TicketMissed(DateTimeOffset At, Actor By) : TicketFact(At, By);

/// <summary>Its holder was served.</summary>
/// <param name="Case">The case that came of it; null for none.</param>
[Alias("ticket_completed")]
public sealed record TicketCompleted(DateTimeOffset At, Actor By, Guid? Case = null) : TicketFact(At, By);

/// <summary>It waits for others to serve it (转号), under its number.</summary>
/// <param name="Group">The item group at whose windows it waits now.</param>
/// <param name="Window">The one window it waits for; null for any of the group.</param>
/// <param name="Turn">By what it is called before or after others from now on; null where it keeps its turn.</param>
[Alias("ticket_transferred")]
public sealed record TicketTransferred(DateTimeOffset At, Actor By, string Group, int? Window = null, Turn? Turn = null) : TicketFact(At, By);

/// <summary>Its holder does not wait any longer.</summary>
[Alias("ticket_cancelled")]
public sealed record TicketCancelled(DateTimeOffset At, Actor By) : TicketFact(At, By);

/// <summary>Its day ended.</summary>
[Alias("ticket_lapsed")]
public sealed record TicketLapsed(DateTimeOffset At) : TicketFact(At, null);

/// <summary>What someone asks of a ticket: exactly what they send.</summary>
public abstract record TicketCommand : ICommand;

/// <summary>A number to wait with (取号). It is for an item, a group or what was booked; every hall gives one for each item.</summary>
/// <param name="Item">Code of the item it is about.</param>
/// <param name="Group">Code of the item group, where nobody knows the item.</param>
/// <param name="Priority">Code of a priority class (优先服务): <c>aged</c>, <c>disabled</c>, <c>pregnant</c>, <c>soldier</c> or <c>veteran</c>. The window may ask for a proof.</param>
/// <param name="Appointment">The appointment whose holder is there: it is checked in. It says what the ticket is for; an item or a group beside it is the booked one.</param>
public sealed record TakeTicket(string? Item = null, string? Group = null, string? Priority = null, Guid? Appointment = null) : TicketCommand;

/// <summary>A window calls it.</summary>
public sealed record CallTicket(int Window) : TicketCommand;

/// <summary>Calling it again.</summary>
public sealed record RecallTicket : TicketCommand;

/// <summary>Saying that its holder is at the window.</summary>
public sealed record ServeTicket : TicketCommand;

/// <summary>Letting others go first while its holder has something to do.</summary>
public sealed record ParkTicket : TicketCommand;

/// <summary>Letting it wait again under its number: a parked one where it stood, a missed one behind those who wait.</summary>
public sealed record ReturnTicket : TicketCommand;

/// <summary>Saying that nobody came.</summary>
public sealed record MissTicket : TicketCommand;

/// <summary>Saying that its holder was served.</summary>
/// <param name="Case">The case that came of it; left out for none.</param>
public sealed record CompleteTicket(Guid? Case = null) : TicketCommand;

/// <summary>Others to serve it: another group, one window, or both.</summary>
/// <param name="Group">Code of the item group; left out, its own.</param>
/// <param name="Window">Number of a window; left out, any of the group.</param>
public sealed record TransferTicket(string? Group = null, int? Window = null) : TicketCommand;

/// <summary>Saying that nobody waits with it any longer.</summary>
public sealed record CancelTicket : TicketCommand;

/// <summary>What the rule of tickets knows besides the ticket and the command.</summary>
public sealed record TicketAsking(Actor By, LegalClock Clock, DateTimeOffset Now) : Asking(By, Clock, Now)
{
    public QueuePolicy Policy { get; init; } = QueuePolicy.Zone;

    public QueueOptions Options { get; init; } = new();

    /// <summary>A new ticket's hall.</summary>
    public string Hall { get; init; } = "";

    /// <summary>That the hall takes nobody in today, where it has said so.</summary>
    public HallClosure? Closed { get; init; }

    /// <summary>The item it is about, as published and in force; null where there is none of that code.</summary>
    public Item? Item { get; init; }

    /// <summary>The appointment that is checked in; null where there is none, or none in this hall, for whoever asks.</summary>
    public Appointment? Appointment { get; init; }

    /// <summary>The last running number that the group has given today; 0 for none.</summary>
    public int LastNumber { get; init; }

    /// <summary>Whether whoever asks waits with another ticket of the group in the hall.</summary>
    public bool WaitsAlready { get; init; }

    /// <summary>How many numbers whoever asks for themselves has had in the hall today, whatever became of them.</summary>
    public int TakenToday { get; init; }

    /// <summary>What a new ticket's code is known by.</summary>
    public string CodeDigest { get; init; } = "";

    /// <summary>Whether whoever completes it sees the case they name.</summary>
    public bool KnowsCase { get; init; }
}
