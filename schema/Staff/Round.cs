using System.Text.Json.Serialization;
using OneDoor.Clock;
using OneDoor.Tickets;

namespace OneDoor.Staff;

/// <summary>Something that happened to a round.</summary>
public abstract record RoundFact(DateTimeOffset At, Actor By) : IFact;

/// <summary>What was seen of one standard.</summary>
/// <param name="Standard">Code of the standard.</param>
/// <param name="InOrder">Whether it was kept.</param>
/// <param name="Note">What was seen; left out where there is nothing to say.</param>
public sealed record RoundFinding(string Standard, bool InOrder, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)][Personal] string? Note = null);

/// <summary>Somebody looked at a window (巡查, PERF-2).</summary>
/// <param name="At">When.</param>
/// <param name="By">The officer who looked.</param>
/// <param name="Hall">Code of the hall.</param>
/// <param name="Window">The window's number.</param>
/// <param name="Department">Whose people served there.</param>
/// <param name="Person">The subject of who served there; null where that is not said.</param>
/// <param name="Findings">What was seen, standard by standard.</param>
[Alias("round_made")]
public sealed record RoundMade(
    DateTimeOffset At, Actor By, Guid RoundId, string Hall, int Window, Department Department, string? Person, IReadOnlyList<RoundFinding> Findings) : RoundFact(At, By);

/// <summary>What someone asks of a round: exactly what they send.</summary>
public abstract record RoundCommand : ICommand;

/// <summary>Recording an inspection round of a window (巡查).</summary>
/// <param name="Hall">Code of the hall.</param>
/// <param name="Window">The window's number.</param>
/// <param name="Department">Whose people serve there.</param>
/// <param name="Findings">What was seen, one for each standard looked at.</param>
/// <param name="Person">The subject of who serves there, for whom it counts as well; left out where nobody is meant.</param>
public sealed record MakeRound(
    string Hall, int Window, Department Department, IReadOnlyList<RoundFinding> Findings,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Person = null) : RoundCommand;

/// <summary>What the rule of rounds knows besides.</summary>
public sealed record RoundAsking(Actor By, LegalClock Clock, DateTimeOffset Now) : Asking(By, Clock, Now)
{
    /// <summary>A new round's id.</summary>
    public Guid New { get; init; }
}

/// <summary>An inspection round of a window (巡查): what was looked at by whom, and what was seen. It is never changed (PERF-2).</summary>
public sealed record Round : IFolded<Round, RoundFact>
{
    internal const int LongestText = 2_000, LongestPerson = 100;

    public required Guid Id { get; init; }
    public int Version { get; init; }

    /// <summary>In UTC, the only form of an instant a database column takes.</summary>
    public required DateTimeOffset At { get; init => field = value.ToUniversalTime(); }
    public required string Hall { get; init; }
    public required int Window { get; init; }
    public required Department Department { get; init; }
    public string? Person { get; init; }

    /// <summary>The subject of the officer.</summary>
    public required string Officer { get; init; }
    public required IReadOnlyList<RoundFinding> Findings { get; init; }

    /// <summary>What follows from a command: the facts to record, or the refusal.</summary>
    public static Decision<RoundFact> Decide(Round? state, RoundCommand command, RoundAsking asked)
    {
        if (state is not null || command is not MakeRound c)
            throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "A round is made once.");
        if (asked.By is not { IsSupervisor: true, Department: { } own })
            return StaffRefusals.NeedsSupervisor;
        if ((asked.By.Hall is { } hall && hall != c.Hall) || (own != Department.ServiceOffice && own != c.Department))
            return StaffRefusals.NotYours;
        if (asked.By.Role == ActorRole.Staff && asked.By.Subject == c.Person)
            return RoundRefusals.NotOneself;
        return Refusal.AllOf(Wrong(c)) is { } wrong ? wrong : new RoundMade(asked.Now, asked.By, asked.New, c.Hall, c.Window, c.Department, c.Person, c.Findings);
    }

    private static IEnumerable<Refusal> Wrong(MakeRound c)
    {
        if (!Tickets.Window.Exists(c.Hall, c.Window, QueuePolicy.Zone))
            yield return RoundRefusals.WindowUnknown.At("/window");
        if (c.Person is { } person && !Wording.IsLine(person, LongestPerson))
            yield return StaffRefusals.PersonInvalid.At("/person");
        var standards = StaffCriteria.Zone.Standards.Select(standard => standard.Code).ToArray();
        var listed = Text.List(standards);
        if (c.Findings.Count == 0 || c.Findings.DistinctBy(f => f.Standard).Count() < c.Findings.Count || c.Findings.Any(f => !standards.Contains(f.Standard)))
            yield return RoundRefusals.FindingsInvalid.Because($"标准：{listed.Zh}，至少一个，各一次。", $"The standards are {listed.En}; at least one, each once.").At("/findings");
        foreach (var (i, finding) in c.Findings.Index().Where(f => f.Item.Note is { } note && !Wording.IsText(note, LongestText)))
            yield return StaffRefusals.TextInvalid.At($"/findings/{i}/note");
    }

    public static Round Evolve(Round? state, RoundFact fact) => (state, fact) switch
    {
        (null, RoundMade f) => new Round
        {
            Id = f.RoundId, Version = 1, At = f.At, Hall = f.Hall, Window = f.Window, Department = f.Department, Person = f.Person, Officer = f.By.Subject, Findings = f.Findings,
        },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} follows nothing of a round."),
    };

    /// <summary>Supervisors of the department or the hall, and who was looked at.</summary>
    public Round? SeenBy(Actor viewer, DateTimeOffset now) => StaffSight.Of(viewer, readsStatistics: false).Persons is { } scope && scope.Within(new(Hall, Department, Person)) is not null
        && (scope.Person is null || scope.Person == Person) ? this : null;
}
