using OneDoor.Clock;

namespace OneDoor.Emergencies;

/// <summary>Where an emergency project stands.</summary>
public enum EmergencyProjectStatus
{
    /// <summary>It opens the green channel.</summary>
    Open,

    /// <summary>The service office has closed it.</summary>
    Closed,

    /// <summary>The last day of its validity is over.</summary>
    Expired,
}

/// <summary>
/// A listed emergency project (应急项目): whoever applies for it is promised a decision by the green channel (绿色通道, CLK-6). What is listed is the
/// service office's to know, and whom it tells the project's id claims it: nobody reads it off a list.
/// </summary>
public sealed record EmergencyProject : IFolded<EmergencyProject, EmergencyProjectFact>
{
    /// <summary>What the green channel promises, by the wall clock, from acceptance on.</summary>
    public static readonly Limit Within = Limit.Hours(24);

    private const int LongestLine = 200, LongestText = 2000;

    public required Guid Id { get; init; }
    public int Version { get; init; }
    public required string Name { get; init; }
    public required string Ground { get; init; }
    public required string IssuedBy { get; init; }
    public required string Document { get; init; }

    /// <summary>The last day on which it may be claimed.</summary>
    public required DateOnly ValidUntil { get; init; }

    /// <summary>In UTC, the only form of an instant a database column takes.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public string? ClosedBecause { get; init; }

    /// <summary>How it stands at an instant.</summary>
    public EmergencyProjectStatus StatusAt(DateTimeOffset now) => ClosedAt is not null ? EmergencyProjectStatus.Closed
        : LegalClock.DayOf(now) > ValidUntil ? EmergencyProjectStatus.Expired : EmergencyProjectStatus.Open;

    /// <summary>The policy: it is a supervisor's of the service office.</summary>
    public static bool IsShownTo(Actor viewer) => viewer is { Department: Department.ServiceOffice, IsSupervisor: true };

    public EmergencyProject? SeenBy(Actor viewer, DateTimeOffset now) => IsShownTo(viewer) ? this : null;

    /// <summary>What follows from a command: the facts to record, or the refusal.</summary>
    /// <param name="state">The project so far; null before it is registered.</param>
    /// <param name="command">What someone asks.</param>
    /// <param name="asked">Who asks, and when.</param>
    /// <param name="id">A new project's.</param>
    public static Decision<EmergencyProjectFact> Decide(EmergencyProject? state, EmergencyProjectCommand command, Asking asked, Guid id)
    {
        if (!IsShownTo(asked.By))
            return EmergencyProjectRefusals.NotYours;
        return (state, command) switch
        {
            (null, RegisterEmergencyProject c) => Refusal.AllOf(Refused(c, LegalClock.DayOf(asked.Now))) is { } refused ? refused
                : new EmergencyProjectRegistered(asked.Now, asked.By, id, c.Name, c.Ground, c.IssuedBy, c.Document, c.ValidUntil),
            (null, _) => EmergencyProjectRefusals.NotFound,
            (_, CloseEmergencyProject) when state.ClosedAt is not null => Decision<EmergencyProjectFact>.Nothing,
            (_, CloseEmergencyProject c) => Wording.IsText(c.Reason, LongestText) ? new EmergencyProjectClosed(asked.Now, asked.By, c.Reason)
                : EmergencyProjectRefusals.Incomplete.At("/reason"),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No rule answers it."),
        };
    }

    private static IEnumerable<Refusal> Refused(RegisterEmergencyProject c, DateOnly today) =>
    [
        .. new[] { ("/name", c.Name), ("/issuedBy", c.IssuedBy), ("/document", c.Document) }
            .SelectMany(line => EmergencyProjectRefusals.Incomplete.At(line.Item1).When(!Wording.IsLine(line.Item2, LongestLine))),
        .. EmergencyProjectRefusals.Incomplete.At("/ground").When(!Wording.IsText(c.Ground, LongestText)),
        .. EmergencyProjectRefusals.ValidityInvalid.At("/validUntil").When(c.ValidUntil < today || c.ValidUntil.Year > LegalClock.LastYear),
    ];

    /// <summary>The project after one more fact; pure, so that a rebuild reproduces every byte.</summary>
    public static EmergencyProject Evolve(EmergencyProject? state, EmergencyProjectFact fact) => ((state, fact) switch
    {
        (null, EmergencyProjectRegistered f) => new EmergencyProject
        {
            Id = f.ProjectId, Name = f.Name, Ground = f.Ground, IssuedBy = f.IssuedBy, Document = f.Document, ValidUntil = f.ValidUntil, RegisteredAt = f.At.ToUniversalTime(),
        },
        (null, _) => throw new InvalidOperationException($"A project begins with its registration, not with {fact.GetType().Name}."),
        (_, EmergencyProjectClosed f) => state with { ClosedAt = f.At, ClosedBecause = f.Reason },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact of a project."),
    }) with
    { Version = (state?.Version ?? 0) + 1 };
}
