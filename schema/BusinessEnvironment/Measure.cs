using System.Text.Json.Serialization;
using OneDoor.Clock;

namespace OneDoor.BusinessEnvironment;

/// <summary>Where a measure stands.</summary>
public enum MeasureStatus
{
    /// <summary>Nothing has been reported of it.</summary>
    Planned,

    /// <summary>Its owner is at it.</summary>
    UnderWay,

    /// <summary>Its owner has reported it complete, with evidence, and the reviewer is to look at it.</summary>
    Submitted,

    /// <summary>The reviewer has confirmed it.</summary>
    Done,
}

/// <summary>What has been done of a measure of the plan (BE-1). It is there before its first fact: the plan says which there are.</summary>
public sealed record Measure : IFolded<Measure, MeasureFact>
{
    private const int Complete = 100, LongestText = 2000, MostEvidence = 20;

    public required Guid Id { get; init; }
    public int Version { get; init; }
    public required int Year { get; init; }
    public required string Code { get; init; }
    public MeasureStatus Status { get; init; }
    public int Percent { get; init; }
    public string? Note { get; init; }
    public IReadOnlyList<MeasureEvidence> Evidence { get; init; } = [];
    public DateTimeOffset? ReportedAt { get; init; }

    /// <summary>The subject of who reported last.</summary>
    public string? ReportedBy { get; init; }

    /// <summary>What the reviewer found of what is reported; null until then.</summary>
    public string? Finding { get; init; }

    /// <summary>What the plan says of it; null where no plan has it.</summary>
    [JsonIgnore]
    public PlannedMeasure? Planned => BusinessEnvironmentPlan.Of(Year)?.Find(Code);

    /// <summary>A measure of which nothing has been reported; null where no plan has it.</summary>
    public static Measure? None(int year, string code) => new Measure { Id = IdOf(year, code), Year = year, Code = code } is { Planned: not null } measure ? measure : null;

    /// <summary>The stream of a measure, derived from year and code so that it can be found without asking.</summary>
    public static Guid IdOf(int year, string code) => Sha256Digest.IdOf($"measure:{year}:{code}");

    /// <summary>The policy: the plan and what becomes of it are everybody's.</summary>
    public Measure? SeenBy(Actor viewer, DateTimeOffset now) => Planned is null ? null : this;

    /// <summary>Its last day is over, and its owner has not reported it complete: how long the reviewer takes is not the owner's.</summary>
    public bool IsOverdueAt(DateTimeOffset now) => Status is MeasureStatus.Planned or MeasureStatus.UnderWay && LegalClock.DayOf(now) > Planned!.DueOn;

    /// <summary>What follows from a command: the facts to record, or the refusal.</summary>
    public Decision<MeasureFact> Decide(MeasureCommand command, Asking asked) => command switch
    {
        ReportMeasureProgress c => Report(c, asked),
        ConfirmMeasure c => Review(c.Note, "/note", asked, new MeasureConfirmed(asked.Now, asked.By, c.Note), MeasureStatus.Submitted),
        // What turns out not to hold is taken up again, even after it was confirmed.
        ReturnMeasure c => Review(c.Reason, "/reason", asked, new MeasureReturned(asked.Now, asked.By, c.Reason), MeasureStatus.Submitted, MeasureStatus.Done),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.GetType().Name, "No rule answers it."),
    };

    private Decision<MeasureFact> Report(ReportMeasureProgress c, Asking asked)
    {
        if (asked.By.Department != Planned!.Owner)
            return MeasureRefusals.NotYours;
        if (Refusal.AllOf(
            [
                .. MeasureRefusals.PercentInvalid.At("/percent").When(c.Percent is < 0 or > Complete),
                .. MeasureRefusals.TextInvalid.At("/note").When(!Wording.IsText(c.Note, LongestText)),
                .. MeasureRefusals.EvidenceMissing.At("/evidence").When(c.Percent == Complete && c.Evidence is null or []),
                .. MeasureRefusals.EvidenceInvalid.At("/evidence").When(c.Evidence?.Count > MostEvidence),
                .. (c.Evidence ?? []).SelectMany((evidence, i) => evidence.Wrong($"/evidence/{i}")),
            ]) is { } wrong)
            return wrong;
        return Status is MeasureStatus.Planned or MeasureStatus.UnderWay
            ? new MeasureReported(asked.Now, asked.By, Year, Code, c.Percent, c.Note, c.Evidence ?? []) : MeasureRefusals.NotInThisState;
    }

    private Decision<MeasureFact> Review(string text, string textAt, Asking asked, MeasureFact found, params MeasureStatus[] from)
    {
        // Whom a system acts for it does not say, and its department answers for that.
        if (asked.By.Department != Planned!.Reviewer || !asked.By.IsSupervisor || (asked.By.Role == ActorRole.Staff && asked.By.Subject == ReportedBy))
            return MeasureRefusals.NotYoursToReview;
        if (!Wording.IsText(text, LongestText))
            return MeasureRefusals.TextInvalid.At(textAt);
        return from.Contains(Status) ? found : MeasureRefusals.NotInThisState;
    }

    /// <summary>The measure after one more fact; pure, so that a rebuild reproduces every byte.</summary>
    public static Measure Evolve(Measure? state, MeasureFact fact) => ((state, fact) switch
    {
        (_, MeasureReported f) => (state ?? new Measure { Id = IdOf(f.Year, f.Code), Year = f.Year, Code = f.Code }) with
        {
            Status = f.Percent == Complete ? MeasureStatus.Submitted : MeasureStatus.UnderWay,
            Percent = f.Percent,
            Note = f.Note,
            Evidence = f.Evidence,
            ReportedAt = f.At,
            ReportedBy = f.By.Subject,
            Finding = null,
        },
        (null, _) => throw new InvalidOperationException($"A measure begins with a report, not with {fact.GetType().Name}."),
        (_, MeasureConfirmed f) => state with { Status = MeasureStatus.Done, Finding = f.Note },
        (_, MeasureReturned f) => state with { Status = MeasureStatus.UnderWay, Finding = f.Reason },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact of a measure."),
    }) with
    { Version = (state?.Version ?? 0) + 1 };
}
