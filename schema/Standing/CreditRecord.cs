using OneDoor.Applicants;
using OneDoor.Cases;
using OneDoor.Clock;

namespace OneDoor.Standing;

/// <summary>
/// That somebody did not keep their word (失信记录), from then until it is repaired, found wrong, or over. It bars from privileges, commitments and
/// acceptance with a deficiency, and never from applying (CRED-1).
/// </summary>
public sealed record CreditRecord : IFolded<CreditRecord, CreditFact>
{
    private const int LongestText = 2000;

    public required Guid Id { get; init; }
    public int Version { get; init; }
    public required CreditKind Kind { get; init; }
    public required CreditClass Class { get; init; }
    public required Guid Case { get; init; }
    public required string Item { get; init; }
    public required string Document { get; init; }
    public required IReadOnlyList<PersonOrEntity> Subjects { get; init; }

    /// <summary>Stored so that somebody's records can be found.</summary>
    public required IReadOnlyList<string> SubjectKeys { get; init; }
    public required Department Department { get; init; }
    public required DateOnly Since { get; init; }
    public required DateOnly Until { get; init; }

    /// <summary>The last request for repair; null where there was none.</summary>
    public CreditRequest? Repair { get; init; }

    /// <summary>The last objection; null where there was none.</summary>
    public CreditRequest? Objection { get; init; }
    public DateTimeOffset? RepairedAt { get; init; }
    public DateTimeOffset? StruckOutAt { get; init; }

    /// <summary>The stream of a record, derived from what it is about so that nothing is recorded twice.</summary>
    public static Guid IdOf(Guid @case, CreditKind kind, string document) => Sha256Digest.IdOf($"credit:{@case} {kind} {document}");

    /// <summary>What a fact of a case records; null for nothing.</summary>
    /// <param name="case">The case, the fact included.</param>
    /// <param name="fact">What has happened to it, by everybody's clock.</param>
    /// <param name="policy">For how long it counts.</param>
    public static CreditRecorded? Of(Case @case, CaseFact fact, StandingOptions policy)
    {
        var today = LegalClock.DayOf(fact.At);
        CreditRecorded Recorded(CreditKind kind, CreditClass weight, string document, IReadOnlyList<PersonOrEntity> whose, Department keeper, int years) =>
            new(fact.At, fact.By, kind, weight, @case.Id, @case.Plan.Item, document, whose, keeper, today, today.AddYears(years));
        return fact switch
        {
            CommitmentBreached f => Recorded(CreditKind.CommitmentBreached, CreditClass.Ordinary, f.Licence, @case.Applicant.Everybody, f.By?.Department ?? @case.Lead, policy.OrdinaryYears),
            PledgeMissed f => Recorded(CreditKind.PledgeMissed, CreditClass.Minor, f.Code, @case.Applicant.Owing, @case.Lead, policy.MinorYears),
            _ => null,
        };
    }

    /// <summary>Whether it bars from anything on a day.</summary>
    public bool Counts(DateOnly today) => RepairedAt is null && StruckOutAt is null && today <= Until;

    /// <summary>What somebody with these records may not have on a day.</summary>
    public static Suspended SuspendedBy(IReadOnlyCollection<CreditRecord> records, DateOnly today) => new(
        records.Any(r => r.Kind == CreditKind.CommitmentBreached && r.Counts(today)), records.Any(r => r.Kind == CreditKind.PledgeMissed && r.Counts(today)));

    /// <summary>The policy: whose it is, and departments, for whom it is kept.</summary>
    public CreditRecord? SeenBy(Actor viewer, DateTimeOffset now) => (viewer.Department, viewer.Applicant) switch
    {
        ({ }, _) => true,
        (_, { } subject) => SubjectKeys.Contains(subject),
        _ => false,
    } ? this : null;

    /// <summary>What follows from a command: the facts to record, or the refusal.</summary>
    /// <param name="state">The record so far.</param>
    /// <param name="command">What someone asks.</param>
    /// <param name="asked">Who asks, and when.</param>
    public static Decision<CreditFact> Decide(CreditRecord? state, CreditCommand command, CreditAsking asked)
    {
        if (state is null)
            return CreditRefusals.NotFound;
        var ofSubject = command is RequestRepair or ObjectToRecord;
        if (ofSubject ? !state.IsOf(asked.By) : asked.By.Department != state.Department)
            return CreditRefusals.NotYours;
        // CRED-1: what bars from nothing needs no repair, but it stands there, and is objected to while it does.
        if (state.StruckOutAt is not null || (command is RequestRepair or DecideRepair && !state.Counts(LegalClock.DayOf(asked.Now))))
            return CreditRefusals.NotInThisState;
        return command switch
        {
            RequestRepair c => Request(state.Repair, c.Reason, asked, by => new RepairRequested(asked.Now, asked.By, c.Reason!, by)),
            ObjectToRecord c => Request(state.Objection, c.Reason, asked, by => new CreditObjected(asked.Now, asked.By, c.Reason!, by)),
            DecideRepair c => Settle(state.Repair, c.Granted, c.Reason, () => new RepairDecided(asked.Now, asked.By, c.Granted, c.Reason)),
            DecideObjection c => Settle(state.Objection, c.Upheld, c.Reason, () => new ObjectionDecided(asked.Now, asked.By, c.Upheld, c.Reason)),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No rule answers it."),
        };
    }

    /// <summary>The record after one more fact; pure, so that a rebuild reproduces every byte.</summary>
    public static CreditRecord Evolve(CreditRecord? state, CreditFact fact) => ((state, fact) switch
    {
        (null, CreditRecorded f) => From(f),
        (null, _) => throw new InvalidOperationException($"A credit record begins with what it is about, not with {fact.GetType().Name}."),
        (_, RepairRequested f) => state with { Repair = new(f.Reason, f.At, f.DecideBy) },
        (_, RepairDecided f) => state with { Repair = state.Repair! with { DecidedAt = f.At, Granted = f.Granted, Answer = f.Reason }, RepairedAt = f.Granted ? f.At : null },
        (_, CreditObjected f) => state with { Objection = new(f.Reason, f.At, f.DecideBy) },
        (_, ObjectionDecided f) => state with { Objection = state.Objection! with { DecidedAt = f.At, Granted = f.Upheld, Answer = f.Reason }, StruckOutAt = f.Upheld ? f.At : null },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact of a credit record."),
    }) with
    { Version = (state?.Version ?? 0) + 1 };

    private bool IsOf(Actor by) => by.Department is null && by.Applicant is { } key && SubjectKeys.Contains(key);

    // One at a time, and once more after it was refused.
    private static Decision<CreditFact> Request(CreditRequest? before, string? reason, CreditAsking asked, Func<DateTimeOffset, CreditFact> request) =>
        before is { DecidedAt: null } ? CreditRefusals.NotInThisState
        : !Wording.IsText(reason, LongestText) ? CreditRefusals.ReasonMissing.At("/reason")
        : request(asked.Clock.Simulate(asked.Now, Limit.WorkingDays(asked.Policy.DecideWithin)).DueAt);

    private static Decision<CreditFact> Settle(CreditRequest? asked, bool granted, string? reason, Func<CreditFact> decide) =>
        asked is not { DecidedAt: null } ? CreditRefusals.NotInThisState
        : reason is null ? granted ? decide() : CreditRefusals.ReasonMissing.At("/reason")
        : !Wording.IsText(reason, LongestText) ? CreditRefusals.ReasonMissing.At("/reason")
        : decide();

    private static CreditRecord From(CreditRecorded f) => new()
    {
        Id = IdOf(f.Case, f.Kind, f.Document), Kind = f.Kind, Class = f.Class, Case = f.Case, Item = f.Item, Document = f.Document, Subjects = f.Subjects,
        SubjectKeys = [.. f.Subjects.Select(s => s.Key).Distinct()], Department = f.Department, Since = f.Since, Until = f.Until,
    };
}

/// <summary>What was asked about a record, and what came of it.</summary>
/// <param name="Reason">Why it was asked.</param>
/// <param name="At">When.</param>
/// <param name="DecideBy">By when it is decided.</param>
/// <param name="DecidedAt">When it was; null until then.</param>
/// <param name="Granted">Whether it was granted; null until then.</param>
/// <param name="Answer">Why; null where nobody had to say.</param>
public sealed record CreditRequest(string Reason, DateTimeOffset At, DateTimeOffset DecideBy, DateTimeOffset? DecidedAt = null, bool? Granted = null, string? Answer = null);
