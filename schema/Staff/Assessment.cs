using OneDoor.Clock;

namespace OneDoor.Staff;

/// <summary>Where an assessment stands.</summary>
public enum AssessmentStatus
{
    /// <summary>Who is assessed may object.</summary>
    Open,

    /// <summary>They have objected, and somebody else decides.</summary>
    Objected,
    Final,
}

/// <summary>What somebody, a department or a window is found to have been in a half-year or a year (考核, PERF-1): proposed by figures, confirmed by a supervisor, once.</summary>
public sealed record Assessment : IFolded<Assessment, AssessmentFact>
{
    public required Guid Id { get; init; }
    public int Version { get; init; }
    public required AssessmentStatus Status { get; init; }

    /// <summary>The subject of who is assessed; null of a department and of a window.</summary>
    public string? Person { get; init; }

    /// <summary>The department, or the one for which the person works; null of a window.</summary>
    public Department? Department { get; init; }

    /// <summary>The hall of a window; null of others.</summary>
    public string? Hall { get; init; }
    public int? Window { get; init; }

    /// <summary>The departments whose people served at the window.</summary>
    public IReadOnlyList<Department> Served { get; init; } = [];
    public required string Period { get; init; }
    public required StaffFigures Figures { get; init; }
    public required string Criteria { get; init; }
    public StaffGrade? Proposed { get; init; }
    public required StaffGrade Grade { get; init; }
    public string? Reason { get; init; }

    /// <summary>The subject of who made it.</summary>
    public required string MadeBy { get; init; }

    /// <summary>In UTC, the only form of an instant a database column takes; so are the others.</summary>
    public required DateTimeOffset MadeAt { get; init => field = value.ToUniversalTime(); }
    public required DateTimeOffset ObjectBy { get; init => field = value.ToUniversalTime(); }
    public string? Objection { get; init; }

    /// <summary>The subject of who objected; null where nobody did.</summary>
    public string? ObjectedBy { get; init; }

    /// <summary>Why it stays or is another grade after the objection; null where nobody objected.</summary>
    public string? SettledFor { get; init; }

    /// <summary>From when on time alone makes it final: a deadline ends with its second. Stored so that it can be found.</summary>
    public DateTimeOffset? WakeAt => Status == AssessmentStatus.Open ? LegalClock.After(ObjectBy) : null;

    /// <summary>The id of the assessment of somebody, a department or a window for a period, derived from them: the store itself has none twice.</summary>
    public static Guid IdOf(StaffKey about, string period) => Sha256Digest.IdOf(about switch
    {
        { Person: { } person, Department: { } department } => $"assessment:{person}:{Kebab.Of(department)}:{period}",
        { Department: { } unit } => $"assessment-of-unit:{Kebab.Of(unit)}:{period}",
        _ => $"assessment-of-window:{about.Hall}:{about.Window}:{period}",
    });

    /// <summary>Whom a command is about; null where it names none, or several.</summary>
    public static StaffKey? AboutWhom(MakeAssessment c) => c switch
    {
        { Person: { } person, Department: null, Hall: null, Window: null } => new(Person: person),
        { Person: null, Department: { } unit, Hall: null, Window: null } => new(unit),
        { Person: null, Department: null, Hall: { } hall, Window: { } window } => new(Hall: hall, Window: window),
        _ => null,
    };

    /// <summary>What the passing of time alone has brought about by an instant.</summary>
    public IReadOnlyList<AssessmentFact> Lapse(DateTimeOffset now) => WakeAt is { } wake && wake <= now ? [new AssessmentFinal(wake)] : [];

    /// <summary>The assessment as it stands at an instant, whether that is recorded yet or not; its version is that of what is.</summary>
    public Assessment At(DateTimeOffset now) => Lapse(now).Aggregate(this, Evolve) with { Version = Version };

    /// <summary>What follows from a command: the facts to record, or the refusal.</summary>
    /// <param name="state">The assessment so far, which the caller sees; null before it is made.</param>
    /// <param name="command">What someone asks.</param>
    /// <param name="asked">Who asks, when, and what the rule knows besides.</param>
    public static Decision<AssessmentFact> Decide(Assessment? state, AssessmentCommand command, AssessmentAsking asked) => (state?.At(asked.Now), command) switch
    {
        (null, MakeAssessment c) => Make(c, asked),
        (null, _) => AssessmentRefusals.NotFound,
        ({ } now, ObjectToAssessment c) => now.Object(c, asked),
        ({ } now, SettleAssessment c) => now.Settle(c, asked),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No rule answers it."),
    };

    private static Decision<AssessmentFact> Make(MakeAssessment c, AssessmentAsking asked)
    {
        if (asked.By is not { IsSupervisor: true, Department: not null })
            return StaffRefusals.NeedsSupervisor;
        var (about, period) = (AboutWhom(c), AssessmentPeriod.Read(c.Period));
        if (Refusal.AllOf(
            [
                .. AssessmentRefusals.PeriodInvalid.At("/period").When(period is null),
                .. AssessmentRefusals.AboutInvalid.At("/person").When(about is null),
                .. StaffRefusals.PersonInvalid.At("/person").When(c.Person is { } person && !Wording.IsLine(person, Round.LongestPerson)),
                .. StaffRefusals.TextInvalid.At("/reason").When(c.Reason is { } said && !Wording.IsText(said, Round.LongestText)),
            ]) is { } wrong)
            return wrong;
        if (asked.By.Subject == c.Person || asked.By.Department == c.Department)
            return AssessmentRefusals.NotOneself;
        // Departments and windows are the service office's to compare.
        if (c.Person is null && (!StaffSight.IsOffices(asked.By) || (asked.By.Hall is { } own && own != c.Hall)))
            return StaffRefusals.NotYours;
        if (LegalClock.DayOf(asked.Now) <= period!.To)
            return AssessmentRefusals.TooEarly.Because($"{period.To:yyyy-MM-dd} 之后办理。", $"It is after {period.To:yyyy-MM-dd}.");
        if (asked.Figures is not { Handled: > 0 } figures)
            return c.Person is null ? AssessmentRefusals.NothingHandled.At(c.Hall is null ? "/department" : "/window") : AssessmentRefusals.PersonUnknown.At("/person");
        if (asked.IsMade)
            return AssessmentRefusals.AlreadyMade;
        var proposed = asked.Criteria.Propose(figures);
        if ((c.Grade ?? proposed) is not { } grade)
            return AssessmentRefusals.GradeMissing.At("/grade");
        // What the figures say needs no words, and what they do not say needs some.
        return grade != proposed && c.Reason is null
            ? AssessmentRefusals.ReasonMissing.At("/reason")
            : new AssessmentMade(
                asked.Now, asked.By, IdOf(about! with { Department = figures.Department }, c.Period), c.Person, figures.Department, c.Period, figures, asked.Criteria.Version, proposed, grade, c.Reason,
                asked.Clock.Simulate(LegalClock.MidnightOf(LegalClock.DayOf(asked.Now)), Limit.WorkingDays(asked.Criteria.ObjectionDays)).DueAt,
                c.Hall, c.Window, c.Window is null ? null : asked.Served);
    }

    private Decision<AssessmentFact> Object(ObjectToAssessment c, AssessmentAsking asked)
    {
        if (!IsAssessed(asked.By))
            return AssessmentRefusals.NotYoursToContest;
        if (!Wording.IsText(c.Text, Round.LongestText))
            return StaffRefusals.TextInvalid.At("/text");
        return Status == AssessmentStatus.Open ? new AssessmentObjected(asked.Now, asked.By, c.Text)
            : AssessmentRefusals.NotInThisState.Because($"异议期限至 {LegalClock.DayOf(ObjectBy):yyyy-MM-dd}，一次。", $"It could be until {LegalClock.DayOf(ObjectBy):yyyy-MM-dd}, once.");
    }

    // Somebody else decides than who made it; whom a system acts for it does not say, and its department answers for that.
    private Decision<AssessmentFact> Settle(SettleAssessment c, AssessmentAsking asked)
    {
        if (!asked.By.IsSupervisor)
            return StaffRefusals.NeedsSupervisor;
        if (asked.By.Subject == (ObjectedBy ?? Person))
            return AssessmentRefusals.NotOneself;
        if (Person is null && (!StaffSight.IsOffices(asked.By) || (asked.By.Hall is { } own && own != Hall)))
            return StaffRefusals.NotYours;
        if (asked.By.Role == ActorRole.Staff && asked.By.Subject == MadeBy)
            return AssessmentRefusals.MadeYourself;
        if (!Wording.IsText(c.Reason, Round.LongestText))
            return StaffRefusals.TextInvalid.At("/reason");
        return Status == AssessmentStatus.Objected ? new AssessmentSettled(asked.Now, asked.By, c.Grade, c.Reason) : AssessmentRefusals.NotInThisState;
    }

    // For a department and a window their supervisors speak.
    private bool IsAssessed(Actor by) => Person is { } person ? by.Role == ActorRole.Staff && by.Subject == person
        : by is { IsSupervisor: true, Department: { } own } && (own == Department || Served.Contains(own));

    /// <summary>The assessment after one more fact; pure, so that a rebuild reproduces every byte.</summary>
    public static Assessment Evolve(Assessment? state, AssessmentFact fact) => ((state, fact) switch
    {
        (null, AssessmentMade f) => new Assessment
        {
            Id = f.AssessmentId, Status = AssessmentStatus.Open, Person = f.Person, Department = f.Department, Hall = f.Hall, Window = f.Window, Served = f.Served ?? [], Period = f.Period, Figures = f.Figures, Criteria = f.Criteria,
            Proposed = f.Proposed, Grade = f.Grade, Reason = f.Reason, MadeBy = f.By!.Subject, MadeAt = f.At, ObjectBy = f.ObjectBy,
        },
        (null, _) => throw new InvalidOperationException($"An assessment begins with its being made, not with {fact.GetType().Name}."),
        (_, AssessmentObjected f) => state with { Status = AssessmentStatus.Objected, Objection = f.Text, ObjectedBy = f.By!.Subject },
        (_, AssessmentSettled f) => state with { Status = AssessmentStatus.Final, Grade = f.Grade, SettledFor = f.Reason },
        (_, AssessmentFinal) => state with { Status = AssessmentStatus.Final },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact of an assessment."),
    }) with
    { Version = (state?.Version ?? 0) + 1 };

    /// <summary>Who is assessed, the supervisors of their department and of the service office, and auditors.</summary>
    public Assessment? SeenBy(Actor viewer, DateTimeOffset now) =>
        IsAssessed(viewer) || viewer.IsAuditor || StaffSight.IsOffices(viewer) || (viewer is { IsSupervisor: true, Department: { } own } && own == Department) ? this : null;
}
