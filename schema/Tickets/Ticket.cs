using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using OneDoor.Appointments;
using OneDoor.Clock;

namespace OneDoor.Tickets;

/// <summary>Where a ticket stands.</summary>
public enum TicketStatus
{
    Waiting,

    /// <summary>A window has called it, and nobody is there yet.</summary>
    Called,
    Serving,

    /// <summary>Its holder has something to do, and comes back.</summary>
    Parked,

    /// <summary>Called, and nobody came.</summary>
    Missed,
    Done,
    Cancelled,
}

/// <summary>
/// A number somebody waits with in a hall (号票): called by a window, served, and done (HALL-1). What it is about and whose it is stays
/// with it; the screen shows its number alone.
/// </summary>
public sealed partial record Ticket : IFolded<Ticket, TicketFact>
{
    public required Guid Id { get; init; }
    public int Version { get; init; }
    public required TicketStatus Status { get; init; }
    public required string Hall { get; init; }

    /// <summary>The item group at whose windows it waits.</summary>
    public required string GroupCode { get; init; }
    public required string Number { get; init; }
    public required DateOnly Day { get; init; }
    public required Turn Turn { get; init; }
    public string? Item { get; init; }
    public string? Priority { get; init; }

    /// <summary>By which its holder finds it; null where nobody is known.</summary>
    public string? ApplicantKey { get; init; }

    /// <summary>The appointment it is for; null for none.</summary>
    public Guid? Appointment { get; init; }

    /// <summary>The subject that took it: a person, or a kiosk for whoever stood before it.</summary>
    public required string TakenBy { get; init; }
    public required string CodeDigest { get; init; }

    /// <summary>In UTC, the only form of an instant a database column takes; so are the others.</summary>
    public required DateTimeOffset TakenAt { get; init => field = value.ToUniversalTime(); }

    /// <summary>The window that called it last; where it waits, the only one that it waits for. Null for any.</summary>
    public int? Window { get; init; }

    /// <summary>How many seconds it had waited when a window first called it, from an appointment's time where it had its turn by that; null before.</summary>
    public int? WaitedSeconds { get; init; }

    /// <summary>When it was called last, be it again.</summary>
    public DateTimeOffset? CalledAt { get; init => field = value?.ToUniversalTime(); }

    /// <summary>How often it was called again since a window called it.</summary>
    public int Recalls { get; init; }

    /// <summary>Who served its holder last; null where nobody has.</summary>
    public Actor? ServedBy { get; init; }

    /// <summary>Who served its holder at which window, each once; null where nobody has.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TicketServer>? Servers { get; init; }
    public DateTimeOffset? ServedSince { get; init => field = value?.ToUniversalTime(); }

    /// <summary>Seconds of service so far, interruptions left out.</summary>
    public int ServedSeconds { get; init; }

    /// <summary>Those of them that were served in item groups it was sent on from.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int SecondsElsewhere { get; init; }
    public DateTimeOffset? EndedAt { get; init => field = value?.ToUniversalTime(); }
    public Guid? Case { get; init; }

    /// <summary>Its day ended before it was done.</summary>
    public bool Lapsed { get; init; }

    /// <summary>When its day ends, unless somebody ends it before; null once it is over. Stored so that it can be found.</summary>
    public DateTimeOffset? DueAt => IsOver ? null : LegalClock.MidnightOf(Day.AddDays(1)).ToUniversalTime();

    /// <summary>When its service ended, where how long it took tells of others; null of everything else. Stored so that it can be found.</summary>
    public DateTimeOffset? MeasuredAt => Status == TicketStatus.Done && !Lapsed && MeasuredSeconds > 0 ? EndedAt : null;

    /// <summary>Seconds of service in its item group, which is what others of the group wait for.</summary>
    [JsonIgnore]
    public int MeasuredSeconds => ServedSeconds - SecondsElsewhere;

    /// <summary>Nobody waits with it any more, nor is served.</summary>
    [JsonIgnore]
    public bool IsOver => Status is TicketStatus.Missed or TicketStatus.Done or TicketStatus.Cancelled;

    /// <summary>A window is busy with it.</summary>
    [JsonIgnore]
    public bool IsAtWindow => Status is TicketStatus.Called or TicketStatus.Serving;

    /// <summary>The id of a hall's number of a day, derived from them: the store itself gives none out twice.</summary>
    public static Guid IdOf(string hall, DateOnly day, string number) => Sha256Digest.IdOf(string.Create(CultureInfo.InvariantCulture, $"ticket:{hall}:{day:O}:{number}"));

    /// <summary>The policy: whoever took it, whom it is for, who has its code, and the departments whose matter it is; the service office runs the halls.</summary>
    public Ticket? SeenBy(Actor viewer, DateTimeOffset now) =>
        viewer.Department is { } department ? (HandlesGroup(department, GroupCode) || viewer.Subject == TakenBy ? this : null)
        : viewer.Subject == TakenBy || (viewer.Applicant is { } applicant && applicant == ApplicantKey) || HasCode(viewer) ? this : null;

    /// <summary>Whether a department's windows handle a group: the service office's all of them.</summary>
    public static bool HandlesGroup(Department department, string group) =>
        department == Department.ServiceOffice || ItemGroups.Find(group)?.Departments.Contains(department) == true;

    /// <summary>What the passing of time alone has brought about by an instant.</summary>
    public IReadOnlyList<TicketFact> Lapse(DateTimeOffset now) => DueAt is { } due && due <= now ? [new TicketLapsed(due)] : [];

    /// <summary>The ticket as it stands at an instant, whether that is recorded yet or not; its version is that of what is.</summary>
    public Ticket At(DateTimeOffset now) => Lapse(now).Aggregate(this, Evolve) with { Version = Version };

    /// <summary>The ticket after one more fact; pure, so that a rebuild reproduces every byte.</summary>
    public static Ticket Evolve(Ticket? state, TicketFact fact) => ((state, fact) switch
    {
        (null, TicketTaken f) => new Ticket
        {
            Id = f.TicketId, Status = TicketStatus.Waiting, Hall = f.Hall, GroupCode = f.Group, Number = f.Number, Day = f.Day, Turn = f.Turn, Item = f.Item, Priority = f.Priority,
            ApplicantKey = f.Applicant, Appointment = f.Appointment, TakenBy = f.By!.Subject, CodeDigest = f.CodeDigest, TakenAt = f.At,
        },
        (null, _) => throw new InvalidOperationException($"A ticket begins with its taking, not with {fact.GetType().Name}."),
        (_, TicketCalled f) => state with { Status = TicketStatus.Called, Window = f.Window, WaitedSeconds = state.WaitedSeconds ?? state.WaitedUntil(f.At), CalledAt = f.At, Recalls = 0 },
        (_, TicketRecalled f) => state with { CalledAt = f.At, Recalls = state.Recalls + 1 },
        (_, TicketServiceBegun f) => state with { Status = TicketStatus.Serving, ServedBy = f.By, Servers = [.. (state.Servers ?? []).Append(new(f.By!, state.Window)).Distinct()], ServedSince = f.At },
        (_, TicketParked f) => state.Interrupted(f.At) with { Status = TicketStatus.Parked },
        (_, TicketReturned f) => state with { Status = TicketStatus.Waiting, Turn = f.Turn, Window = null, EndedAt = null },
        (_, TicketMissed f) => state with { Status = TicketStatus.Missed, EndedAt = f.At },
        (_, TicketCompleted f) => state.Interrupted(f.At) with { Status = TicketStatus.Done, Case = f.Case, EndedAt = f.At },
        (_, TicketTransferred f) => state.Interrupted(f.At).SentTo(f),
        (_, TicketCancelled f) => state with { Status = TicketStatus.Cancelled, EndedAt = f.At },
        (_, TicketLapsed f) => state with
        {
            Status = state.Status switch { TicketStatus.Called => TicketStatus.Missed, TicketStatus.Serving => TicketStatus.Done, _ => TicketStatus.Cancelled },
            EndedAt = f.At,
            Lapsed = true,
        },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact of a ticket."),
    }) with
    { Version = (state?.Version ?? 0) + 1 };

    /// <summary>What a fact of the ticket is for the appointment that it waits with (APPT-2); null for nothing.</summary>
    public AppointmentFact? OfAppointment(TicketFact fact) => fact switch
    {
        TicketCompleted f => new AppointmentServed(f.At, f.By!, f.Case),
        TicketMissed f => Unattended(f.At),
        TicketReturned f when Status == TicketStatus.Missed => new AppointmentCheckedIn(f.At, f.By!, new(Id, Number)),
        TicketCancelled f => new AppointmentCancelled(f.At, f.By!),
        // Whom nobody called has missed nothing.
        TicketLapsed f when Status is TicketStatus.Called or TicketStatus.Serving or TicketStatus.Parked => Unattended(f.At),
        _ => null,
    };

    // Whoever was served at a window was there, whatever became of their number.
    private AppointmentFact Unattended(DateTimeOffset at) => ServedBy is { } server ? new AppointmentServed(at, server) : new AppointmentMissed(at);

    // By the turn it waits with: a later one says nothing of this wait.
    private int WaitedUntil(DateTimeOffset at) => Math.Max(0, (int)(at - (Turn.NotBefore is { } due && due > TakenAt ? due : TakenAt)).TotalSeconds);

    private Ticket SentTo(TicketTransferred f) => this with
    {
        Status = TicketStatus.Waiting,
        GroupCode = f.Group,
        Window = f.Window,
        Turn = f.Turn ?? Turn,
        SecondsElsewhere = f.Group == GroupCode ? SecondsElsewhere : ServedSeconds,
    };

    private Ticket Interrupted(DateTimeOffset at) =>
        ServedSince is { } since ? this with { ServedSeconds = ServedSeconds + (int)(at - since).TotalSeconds, ServedSince = null } : this;

    private bool HasCode(Actor viewer) =>
        viewer.CodeDigest is { } shown && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(CodeDigest), Encoding.ASCII.GetBytes(shown));
}

/// <summary>Who served somebody, and where.</summary>
/// <param name="Window">The window; null where none had called them.</param>
public sealed record TicketServer(Actor By, int? Window);
