using System.Globalization;
using OneDoor.Appointments;
using OneDoor.Clock;

namespace OneDoor.Tickets;

/// <summary>Something that happened to a window.</summary>
/// <param name="At">When it happened.</param>
/// <param name="By">Who did it.</param>
public abstract record WindowFact(DateTimeOffset At, Actor By) : IFact;

/// <summary>Somebody sits at it and serves.</summary>
/// <param name="Groups">Codes of the item groups it serves.</param>
[Alias("window_opened")]
public sealed record WindowOpened(DateTimeOffset At, Actor By, string Hall, int Number, IReadOnlyList<string> Groups) : WindowFact(At, By);

/// <summary>Nobody is served there any more.</summary>
[Alias("window_closed")]
public sealed record WindowClosed(DateTimeOffset At, Actor By) : WindowFact(At, By);

/// <summary>What someone asks of a window: exactly what they send.</summary>
public abstract record WindowCommand : ICommand;

/// <summary>Serving at a window from now on (开窗). It closes by itself when the day ends.</summary>
/// <param name="Groups">Codes of the item groups it serves, at least one.</param>
public sealed record OpenWindow(IReadOnlyList<string> Groups) : WindowCommand;

/// <summary>Serving nobody there any more (关窗).</summary>
public sealed record CloseWindow : WindowCommand;

/// <summary>What the rule of windows knows besides the window and the command.</summary>
public sealed record WindowAsking(Actor By, LegalClock Clock, DateTimeOffset Now) : Asking(By, Clock, Now)
{
    /// <summary>Whether the window has called or serves a ticket.</summary>
    public bool IsBusy { get; init; }
}

/// <summary>A window of a hall (窗口): open for item groups, until somebody closes it or the day ends.</summary>
public sealed record Window : IFolded<Window, WindowFact>
{
    public required Guid Id { get; init; }
    public int Version { get; init; }
    public required string Hall { get; init; }
    public required int Number { get; init; }
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The day on which it was opened; null once it is closed.</summary>
    public DateOnly? OpenOn { get; init; }

    /// <summary>The window before anybody has opened it.</summary>
    public static Window Closed(string hall, int number) => new() { Id = IdOf(hall, number), Hall = hall, Number = number };

    /// <summary>Whether the hall has a window of that number.</summary>
    public static bool Exists(string hall, int number, QueuePolicy policy) => number >= 1 && number <= policy.Windows.GetValueOrDefault(hall);

    /// <summary>The stream of a window, derived from where it is so that it can be found without asking.</summary>
    public static Guid IdOf(string hall, int number) => Sha256Digest.IdOf(string.Create(CultureInfo.InvariantCulture, $"window:{hall}:{number}"));

    /// <summary>Where one is served is everybody's.</summary>
    public Window SeenBy(Actor viewer, DateTimeOffset now) => this;

    /// <summary>Whether somebody is served there.</summary>
    public bool IsOpen(DateTimeOffset now) => OpenOn == LegalClock.DayOf(now);

    /// <summary>Whether it is for an actor to act at: of their hall, and for their matters alone.</summary>
    public bool IsOperatedBy(Actor by) => by.Department is { } department && (by.Hall is null || by.Hall == Hall) && Groups.All(code => Ticket.HandlesGroup(department, code));

    /// <summary>What follows from a command: the facts to record, or the refusal.</summary>
    public static Decision<WindowFact> Decide(Window state, WindowCommand command, WindowAsking asked)
    {
        if (asked.By.Department is not { } department || (asked.By.Hall is { } own && own != state.Hall))
            return TicketRefusals.NotYourHall;
        if (command is OpenWindow { Groups: var groups })
        {
            if (groups.Count == 0 || groups.Any(code => ItemGroups.Find(code) is null) || groups.Distinct().Count() < groups.Count)
                return TicketRefusals.GroupUnknown.Because($"业务组：{ItemGroups.Codes}，至少一个，各一次。", $"The groups are {ItemGroups.Codes}, at least one and each once.").At("/groups");
            if (!groups.All(code => Ticket.HandlesGroup(department, code)))
                return TicketRefusals.NotYourHall.At("/groups");
            if (state.IsOpen(asked.Now) && !state.IsOperatedBy(asked.By))
                return TicketRefusals.NotYourHall;
            return state.IsOpen(asked.Now) && state.Groups.SequenceEqual(groups)
                ? Decision<WindowFact>.Nothing : new WindowOpened(asked.Now, asked.By, state.Hall, state.Number, groups);
        }
        if (!state.IsOpen(asked.Now))
            return Decision<WindowFact>.Nothing;
        if (!state.IsOperatedBy(asked.By))
            return TicketRefusals.NotYourHall;
        return asked.IsBusy ? TicketRefusals.WindowBusy : new WindowClosed(asked.Now, asked.By);
    }

    public static Window Evolve(Window? state, WindowFact fact) => fact switch
    {
        WindowOpened f => (state ?? Closed(f.Hall, f.Number)) with { Groups = f.Groups, OpenOn = LegalClock.DayOf(f.At), Version = (state?.Version ?? 0) + 1 },
        WindowClosed => state! with { OpenOn = null, Version = state.Version + 1 },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact of a window."),
    };
}
