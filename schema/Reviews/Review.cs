using System.Text.Json.Serialization;

namespace OneDoor.Reviews;

/// <summary>Where a review stands.</summary>
public enum ReviewStatus
{
    Given,

    /// <summary>Whom it rates contests it.</summary>
    Appealed,

    /// <summary>It was contested and stays.</summary>
    Kept,

    /// <summary>It counts in no figure.</summary>
    Excluded,
}

/// <summary>
/// What an applicant says of how a matter was handled, or a visitor of how they were served (好差评, REV-1): given once, contested once by whom it rates, and kept or excluded by a
/// supervisor of the service office.
/// </summary>
public sealed partial record Review : IFolded<Review, ReviewFact>
{
    /// <summary>From so many people on who rate from one device on a day their reviews are flagged.</summary>
    public const int SeveralFrom = 3;

    public required Guid Id { get; init; }
    public int Version { get; init; }
    public required ReviewStatus Status { get; init; }

    /// <summary>The case it is about; null for who is not to know (decision 0057).</summary>
    public Guid? OfCase { get; init; }

    /// <summary>The ticket of the visit it is about; null of a case, and for who is not to know.</summary>
    public Guid? OfTicket { get; init; }

    /// <summary>The department that is rated.</summary>
    public required Department Unit { get; init; }

    /// <summary>Whose part of a joint matter alone it is about; null of the whole.</summary>
    public Department? Part { get; init; }
    public required ReviewGrade Grade { get; init; }
    public required ReviewChannel Channel { get; init; }
    public string? Indicators { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public string? Comment { get; init; }

    /// <summary>The subject that gave it; null for who is not to know.</summary>
    public string? GivenBy { get; init; }

    /// <summary>What the code on the ticket is known by, where somebody showed it instead of a token; null otherwise.</summary>
    public string? CodeDigest { get; init; }

    /// <summary>What ties it to others from the same device that day; null for who is not to know.</summary>
    public Guid? Device { get; init; }

    /// <summary>The beginning of the day. In UTC, the only form of an instant a database column takes.</summary>
    public required DateTimeOffset GivenAt { get; init => field = value.ToUniversalTime(); }

    /// <summary>Who contested it; null where nobody has.</summary>
    public Actor? AppealedBy { get; init; }
    public string? AppealedFor { get; init; }
    public string? KeptFor { get; init; }
    public string? ExcludedFor { get; init; }

    [JsonIgnore]
    public bool IsExcluded => Status == ReviewStatus.Excluded;

    /// <summary>The middle grade is still one of those who are content (REV-1).</summary>
    public static bool IsPositive(ReviewGrade grade) => grade is ReviewGrade.VerySatisfied or ReviewGrade.Satisfied or ReviewGrade.Fair;

    /// <summary>The review after one more fact; pure, so that a rebuild reproduces every byte.</summary>
    public static Review Evolve(Review? state, ReviewFact fact) => ((state, fact) switch
    {
        (null, ReviewGiven f) => new Review
        {
            Id = f.ReviewId, Status = ReviewStatus.Given, OfCase = f.Case, OfTicket = f.Ticket, CodeDigest = f.CodeDigest, Device = f.Device, Unit = f.Unit, Part = f.Department, Grade = f.Grade, Channel = f.Channel,
            Indicators = f.Indicators, Tags = f.Tags, Comment = f.Comment, GivenBy = f.By.Subject, GivenAt = f.At,
        },
        (null, _) => throw new InvalidOperationException($"A review begins with its being given, not with {fact.GetType().Name}."),
        (_, ReviewAppealed f) => state with { Status = ReviewStatus.Appealed, AppealedBy = f.By, AppealedFor = f.Reason },
        (_, ReviewAppealRejected f) => state with { Status = ReviewStatus.Kept, KeptFor = f.Reason },
        (_, ReviewExcluded f) => state with { Status = ReviewStatus.Excluded, ExcludedFor = f.Reason },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact of a review."),
    }) with
    { Version = (state?.Version ?? 0) + 1 };

    /// <summary>
    /// The review as the viewer may see it (decision 0057); null when it does not exist for them. Whom it rates learns what was said and never
    /// who said it, and of what is excluded no words; of itself the service office is told that as well, but for its supervisors.
    /// </summary>
    public Review? SeenBy(Actor viewer, DateTimeOffset now)
    {
        if (IsReviewer(viewer) || viewer.IsAuditor || (viewer.Department == Department.ServiceOffice && (viewer.IsSupervisor || Unit != Department.ServiceOffice)))
            return this;
        if (viewer.Department != Unit)
            return null;
        var veiled = this with { OfCase = null, OfTicket = null, GivenBy = null, CodeDigest = null, Device = null };
        return IsExcluded ? veiled with { Comment = null, Tags = [] } : veiled;
    }

    /// <summary>Whether it is the viewer who gave it. Who shows a code is nobody else than who has it.</summary>
    public bool IsReviewer(Actor viewer) => viewer.Department is null && (viewer.CodeDigest is { } shown ? shown == CodeDigest : viewer.Subject == GivenBy);
}
