using System.Text.Json.Serialization;
using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Files;

namespace OneDoor.Complaints;

/// <summary>Where a complaint stands.</summary>
public enum ComplaintStatus
{
    Filed,

    /// <summary>It is not for here, and the complainant was told where to turn.</summary>
    Returned,
    Accepted,
    Answered,

    /// <summary>It is handled once more, one level higher.</summary>
    Reopened,
    Closed,
}

/// <summary>
/// A complaint about how the service was rendered (效能投诉): accepted or returned, answered with a finding, rated, and reopened once
/// (COMP-1). It is no remedy against a decision (COMP-2).
/// </summary>
public sealed partial record Complaint : IFolded<Complaint, ComplaintFact>
{
    public required Guid Id { get; init; }
    public int Version { get; init; }
    public required ComplaintStatus Status { get; init; }
    public required ComplaintAbout About { get; init; }
    public required string Text { get; init; }

    /// <summary>Where the ticket that it is about was served, or waited; null of others, and for who is not to know.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ComplaintPlace? Place { get; init; }

    /// <summary>Of who complains under their name.</summary>
    public string? Name { get; init; }
    public ComplaintContact? Contact { get; init; }

    /// <summary>What shows it; null where nothing does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CarriedFile>? Attachments { get; init; }

    /// <summary>The subject that complained; null of an anonymous one.</summary>
    public string? FiledBy { get; init; }

    /// <summary>What the code of an anonymous one is known by.</summary>
    public string? CodeDigest { get; init; }

    /// <summary>The departments it is about; none where that is not known.</summary>
    public required IReadOnlyList<Department> Units { get; init; }

    /// <summary>Subjects of the staff it names.</summary>
    public IReadOnlyList<string> Named { get; init; } = [];

    /// <summary>Subjects of the staff who served the ticket that it is about: they have no part in it either, and whether it is of one of them nobody has said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Served { get; init; }

    /// <summary>In UTC, the only form of an instant a database column takes; so are the others.</summary>
    public required DateTimeOffset FiledAt { get; init => field = value.ToUniversalTime(); }
    public required DateTimeOffset ChangedAt { get; init => field = value.ToUniversalTime(); }
    public required DateTimeOffset AcceptBy { get; init => field = value.ToUniversalTime(); }
    public DateTimeOffset? AcceptedAt { get; init => field = value?.ToUniversalTime(); }
    public DateTimeOffset? AnswerBy { get; init => field = value?.ToUniversalTime(); }
    public DateTimeOffset? RateBy { get; init => field = value?.ToUniversalTime(); }
    public DateTimeOffset? ClosedAt { get; init => field = value?.ToUniversalTime(); }
    public ComplaintReturn? Return { get; init; }

    /// <summary>What makes it complex; null where it was not extended.</summary>
    public string? ExtendedFor { get; init; }

    /// <summary>The answers, the later one of what was reopened.</summary>
    public IReadOnlyList<ComplaintAnswer> Answers { get; init; } = [];
    public DateTimeOffset? ReopenedAt { get; init => field = value?.ToUniversalTime(); }
    public string? ReopenedFor { get; init; }

    /// <summary>What was not done in time.</summary>
    public IReadOnlyList<ComplaintStage> Missed { get; init; } = [];

    /// <summary>What is owed now was due and is not done.</summary>
    public bool IsOverdue { get; init; }

    /// <summary>By when what is owed now is to be done; null where nothing is.</summary>
    public DateTimeOffset? DueAt => Owed(Status) switch
    {
        ComplaintStage.Acceptance => AcceptBy,
        ComplaintStage.Answer => AnswerBy,
        _ => null,
    };

    /// <summary>From when on time alone changes it: a deadline ends with its second. Stored so that it can be found.</summary>
    public DateTimeOffset? WakeAt => ((IsOverdue ? null : DueAt) ?? (Status == ComplaintStatus.Answered ? RateBy : null)) is { } end ? LegalClock.After(end) : null;

    [JsonIgnore]
    public bool IsAnonymous => CodeDigest is not null;

    /// <summary>It is about the service office itself, its halls or windows, or nobody knows about whom: a clerk of the office has no part in it.</summary>
    public bool IsAboutOffice => Units.Count == 0 || Units.Contains(Department.ServiceOffice);

    /// <summary>What is owed of one that stands so; null where nothing is.</summary>
    internal static ComplaintStage? Owed(ComplaintStatus status) => status switch
    {
        ComplaintStatus.Filed => ComplaintStage.Acceptance,
        ComplaintStatus.Accepted or ComplaintStatus.Reopened => ComplaintStage.Answer,
        _ => null,
    };

    /// <summary>What the passing of time alone has brought about by an instant.</summary>
    public IReadOnlyList<ComplaintFact> Lapse(DateTimeOffset now) =>
        WakeAt is not { } wake || wake > now ? [] : DueAt is { } due ? [new ComplaintOverdue(wake, Owed(Status)!.Value, due)] : [new ComplaintClosed(wake)];

    /// <summary>The complaint as it stands at an instant, whether that is recorded yet or not; its version is that of what is.</summary>
    public Complaint At(DateTimeOffset now) => Lapse(now).Aggregate(this, Evolve) with { Version = Version };

    /// <summary>The complaint after one more fact; pure, so that a rebuild reproduces every byte.</summary>
    public static Complaint Evolve(Complaint? state, ComplaintFact fact) => ((state, fact) switch
    {
        (null, ComplaintFiled f) => new Complaint
        {
            Id = f.ComplaintId, Status = ComplaintStatus.Filed, About = f.About, Text = f.Text, Name = f.Name, Contact = f.Contact, FiledBy = f.By?.Subject,
            CodeDigest = f.CodeDigest, Attachments = f.Attachments, Units = f.Units, FiledAt = f.At, ChangedAt = f.At, AcceptBy = f.AcceptBy, Place = f.Place, Served = f.Served,
        },
        (null, _) => throw new InvalidOperationException($"A complaint begins with its filing, not with {fact.GetType().Name}."),
        (_, ComplaintAccepted f) => state with { Status = ComplaintStatus.Accepted, AcceptedAt = f.At, AnswerBy = f.AnswerBy, Named = f.Named, IsOverdue = false },
        (_, ComplaintReturned f) => state with { Status = ComplaintStatus.Returned, Return = new(f.Department, f.Reason, f.Remedies, f.At), IsOverdue = false, ClosedAt = f.At },
        (_, ComplaintExtended f) => state with { ExtendedFor = f.Reason, AnswerBy = f.AnswerBy },
        (_, ComplaintAnswered f) => state with
        {
            Status = ComplaintStatus.Answered,
            Answers = [.. state.Answers, new(f.Finding, f.Text, f.At, f.By!, null)],
            RateBy = f.RateBy,
            IsOverdue = false,
        },
        (_, ComplaintRated f) => state with
        {
            Answers = [.. state.Answers.SkipLast(1), state.Answers[^1] with { Satisfied = f.Satisfied }],
            // Of what has been reopened there is nothing left to ask for.
            Status = f.Satisfied || state.ReopenedAt is not null ? ComplaintStatus.Closed : state.Status,
            ClosedAt = f.Satisfied || state.ReopenedAt is not null ? f.At : null,
        },
        (_, ComplaintReopened f) => state with { Status = ComplaintStatus.Reopened, ReopenedAt = f.At, ReopenedFor = f.Reason, AnswerBy = f.AnswerBy, RateBy = null },
        (_, ComplaintOverdue f) => state with { IsOverdue = true, Missed = [.. state.Missed, f.Stage] },
        (_, ComplaintClosed f) => state with { Status = ComplaintStatus.Closed, ClosedAt = f.At },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact of a complaint."),
    }) with
    { Version = (state?.Version ?? 0) + 1, ChangedAt = fact.At };
}

/// <summary>Why a complaint is not for here.</summary>
/// <param name="Department">Where to turn.</param>
/// <param name="Reason">Why.</param>
/// <param name="Remedies">Of one against a decision: how that is contested. The complaint does not stop those days (COMP-2).</param>
/// <param name="At">When the complainant was told.</param>
public sealed record ComplaintReturn(Department Department, string Reason, IReadOnlyList<Remedy> Remedies, DateTimeOffset At);

/// <summary>An answer to a complaint.</summary>
/// <param name="Finding">What it was found to be.</param>
/// <param name="Text">What was found and what follows.</param>
/// <param name="At">When it was given.</param>
/// <param name="By">Who gave it.</param>
/// <param name="Satisfied">What the complainant said of it; null while they say nothing, and never taken for granted.</param>
public sealed record ComplaintAnswer(ComplaintFinding Finding, string Text, DateTimeOffset At, Actor By, bool? Satisfied);
