using System.ComponentModel.DataAnnotations;
using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Files;

namespace OneDoor.Complaints;

/// <summary>What the rule of complaints knows besides the complaint and the command.</summary>
public sealed record ComplaintAsking(Actor By, LegalClock Clock, DateTimeOffset Now) : Asking(By, Clock, Now)
{
    public ComplaintOptions Policy { get; init; } = new();

    /// <summary>A new complaint's id.</summary>
    public Guid New { get; init; }

    /// <summary>What the code of a new anonymous one is known by.</summary>
    public string? CodeDigest { get; init; }

    /// <summary>Of whoever is signed in, as registered.</summary>
    public string? Name { get; init; }

    /// <summary>Of a new one about a case or a ticket; null where there is no such one for who asks.</summary>
    public ComplaintMatter? Matter { get; init; }

    /// <summary>The files among those a new one names that are whoever asks' to attach, by their ids.</summary>
    public IReadOnlyDictionary<Guid, CarriedFile> Files { get; init; } = new Dictionary<Guid, CarriedFile>();
}

/// <summary>A case or a ticket that a complaint is about.</summary>
/// <param name="Units">The departments that have a part in it.</param>
/// <param name="IsConfidential">It exists for its department and its applicant alone (SIGHT-1).</param>
/// <param name="Place">Where a ticket was served, or waited; null of a case.</param>
/// <param name="Served">Subjects of the staff who served it; null where none are known.</param>
/// <param name="Ticket">Which ticket it is; null of a case.</param>
public sealed record ComplaintMatter(
    IReadOnlyList<Department> Units, bool IsConfidential = false, ComplaintPlace? Place = null, IReadOnlyList<string>? Served = null, Guid? Ticket = null)
{
    /// <summary>A case that the complainant sees.</summary>
    public static ComplaintMatter Of(Case @case) => new([.. @case.Steps.Select(s => s.Department).Prepend(@case.Lead).Distinct()], @case.Plan.Confidential);
}

/// <summary>Section <c>Complaints</c>: by when complaints are dealt with, and how much who is not signed in may try.</summary>
public sealed record ComplaintOptions
{
    /// <summary>Working days from filing within which a complaint is accepted or returned.</summary>
    [Range(1, 60)]
    public int AcceptDays { get; init; } = 1;

    /// <summary>Working days from acceptance, or from its being reopened, within which it is answered.</summary>
    [Range(1, 60)]
    public int AnswerDays { get; init; } = 5;

    /// <summary>Working days instead, of one that is extended because it is complex.</summary>
    [Range(1, 90)]
    public int ComplexDays { get; init; } = 15;

    /// <summary>Days from an answer for which its complainant can rate it or have the complaint handled again; then it is closed.</summary>
    [Range(1, 365)]
    public int RateDays { get; init; } = 30;

    /// <summary>Wrong codes of one network in <see cref="WindowMinutes"/>, beyond which they are refused as too many; a right one never is.</summary>
    [Range(1, int.MaxValue)]
    public int Guesses { get; init; } = 10;

    /// <summary>Anonymous complaints of one network in <see cref="WindowMinutes"/>.</summary>
    [Range(1, int.MaxValue)]
    public int AnonymousComplaints { get; init; } = 30;

    /// <summary>Minutes in which these are counted.</summary>
    [Range(1, 1440)]
    public int WindowMinutes { get; init; } = 15;
}
