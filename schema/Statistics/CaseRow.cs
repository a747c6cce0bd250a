using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Statistics;

/// <summary>What figures count of a case (STAT-1, STAT-4): one row each, which follows from its facts alone.</summary>
/// <param name="Id">The case's id.</param>
/// <param name="Item">The item's code.</param>
/// <param name="Category">The item's category.</param>
/// <param name="Origin">Where the power to decide comes from.</param>
/// <param name="Mode">How the reform treats the item.</param>
/// <param name="Department">The department that answers for it.</param>
/// <param name="Hall">The receiving hall.</param>
/// <param name="Channel">How it came in.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="SubmittedAt">When it came in.</param>
/// <param name="ConcludedAt">When it was concluded (办结): granted, also partly, refused or not accepted; null while it is not, and of what was withdrawn or lapsed.</param>
/// <param name="EndedAt">When it ended, in whatever way; null while it goes on.</param>
/// <param name="LateAt">When its promise ended unkept, as recorded (CLK-8); null where that is not.</param>
/// <param name="PromisedAt">Until when it is promised; null where nothing is, while its clock stands still, and of what no promise is judged by.</param>
/// <param name="StatutoryAt">Until when the law wants it decided; null for the same.</param>
/// <param name="StatutoryDays">What the law allows, in working days.</param>
/// <param name="PromisedDays">What is promised, in working days.</param>
/// <param name="ActualSeconds">Open hours of its hall from acceptance to decision, without pauses, in seconds; null where it was not accepted or is not concluded.</param>
/// <param name="IsOnline">The applicant sent it from wherever they were (网办); what staff or a machine in a hall took in is not.</param>
/// <param name="IsImmediate">It was concluded on the working day of its submission (即办件).</param>
/// <param name="IsEmergency">It is part of an emergency project.</param>
/// <param name="Founds">It brought a market entity into being (新增市场主体).</param>
public sealed record CaseRow(
    Guid Id, string Item, Category Category, PowerOrigin Origin, ReformMode Mode, Department Department, string Hall, Channel Channel, CaseStatus Status,
    DateTimeOffset SubmittedAt, DateTimeOffset? ConcludedAt, DateTimeOffset? EndedAt, DateTimeOffset? LateAt, DateTimeOffset? PromisedAt, DateTimeOffset? StatutoryAt, decimal StatutoryDays, decimal PromisedDays,
    long? ActualSeconds, bool IsOnline, bool IsImmediate, bool IsEmergency, bool Founds)
{
    /// <summary>How many correction notices its applicant was sent, for the item it is for (CASE-2).</summary>
    public int Notices { get; init; }

    /// <summary>Why it is past its promise: the <see cref="DelayCause"/> that was said, or <see cref="DelayFigures.Unexplained"/>; null where it is not.</summary>
    public string? LateFor { get; init; }

    /// <summary>The applicant, or whoever is signed in for it, sent it themselves, by whatever channel. No figure asks for it: by it a row is told from those of releases before, whose <see cref="IsOnline"/> was the channel's.</summary>
    public bool ByApplicant { get; init; }

    /// <summary>What no state of it tells: its facts do, one by one.</summary>
    public CaseHandling Handling { get; init; } = new();

    /// <summary>Who answered for it before: as of then it was theirs (STAT-2).</summary>
    public IReadOnlyList<FormerLead> Led { get; init; } = [];

    /// <summary>The row of a case.</summary>
    /// <param name="case">The case.</param>
    /// <param name="item">Its item, in the version it is pinned to.</param>
    /// <param name="clock">What its time is counted by.</param>
    public static CaseRow Of(Case @case, Item item, LegalClock clock)
    {
        var concluded = @case.Status is CaseStatus.Granted or CaseStatus.PartlyGranted or CaseStatus.Refused or CaseStatus.NotAccepted ? @case.DecidedAt : null;
        // Of what is complete by being filed no time is promised, and of what was not accepted none ran.
        var judged = !@case.Plan.Filing && @case.Status != CaseStatus.NotAccepted;
        return new(
            @case.Id, item.Code, item.Category, item.Origin, item.Mode, @case.Lead, @case.Hall, @case.Channel, @case.Status, @case.SubmittedAt.ToUniversalTime(), concluded?.ToUniversalTime(),
            @case.IsEnded ? (concluded ?? @case.ChangedAt).ToUniversalTime() : null, judged && @case.Delay is { ByLaw: false } delay ? delay.Since.ToUniversalTime() : null,
            judged ? @case.PromisedUntil(clock)?.ToUniversalTime() : null, judged ? @case.StatutoryUntil(clock)?.ToUniversalTime() : null, @case.Plan.Statutory.InWorkingDays, @case.Promise.InWorkingDays,
            @case.AcceptedAt is { } accepted && concluded is { } at ? OpenSeconds(clock, accepted, at, @case) : null,
            // A department names a channel too, of what it takes in for somebody (STAT-4).
            @case.Channel is Channel.Online or Channel.Mobile && @case.SubmittedThrough is not null, concluded is { } done && LegalClock.DayOf(done) == LegalClock.DayOf(@case.SubmittedAt),
            @case.GreenChannel is not null, item.CreatesEntity && @case.Status is CaseStatus.Granted or CaseStatus.PartlyGranted && @case.Applicant.Subject?.Uscc is not null)
        {
            ByApplicant = @case.SubmittedThrough is not null,
            Notices = @case.Notices.Count,
            LateFor = judged && @case.Delay is { ByLaw: false } late ? late.ExplainedAt is null ? DelayFigures.Unexplained : Kebab.Of(late.Cause ?? DelayCause.Other) : null,
        };
    }

    private static long OpenSeconds(LegalClock clock, DateTimeOffset from, DateTimeOffset until, Case @case) => (long)Math.Round(
        clock.Elapsed(from, until, LimitUnit.HallHours, @case.Hall, [.. @case.Stops.Select(stop => stop with { Until = stop.Until ?? until })]).Value * 3600);
}

/// <summary>A department that answered for a case.</summary>
/// <param name="Department">Which.</param>
/// <param name="Until">Until another one did.</param>
public sealed record FormerLead(Department Department, DateTimeOffset Until);

/// <summary>How a case was handled (CASE-4), which its facts say one by one.</summary>
/// <param name="By">The subject of who decided it for the department that answers for it, where somebody signed in did; null where a system did, which answers for its people, or the platform.</param>
/// <param name="IsRedirected">It, or a step of it, was sent on to the item or the department that is right for it.</param>
/// <param name="IsReferred">A clerk, who has no refusal, referred a step of it to a supervisor.</param>
/// <param name="IsRefused">It was not accepted, or it or a step of it was refused.</param>
/// <param name="IsRefusedByClerk">Somebody said so who is no supervisor.</param>
public sealed record CaseHandling(string? By = null, bool IsRedirected = false, bool IsReferred = false, bool IsRefused = false, bool IsRefusedByClerk = false)
{
    /// <summary>What a fact says of it.</summary>
    /// <param name="case">The case, the fact included.</param>
    /// <param name="fact">The fact.</param>
    public static CaseHandling Of(Case @case, CaseFact fact)
    {
        var refuses = fact is StepRefused or CaseRefused or CaseNotAccepted;
        return new(
            (refuses || fact is StepGranted) && fact.By is { Role: ActorRole.Staff, IsPlatform: false } by && by.Department == @case.Lead ? by.Subject : null,
            fact is StepRedirected or CaseMovedToItem, fact is StepReferredUpward, refuses, refuses && fact.By is not { IsSupervisor: true });
    }

    /// <summary>Both together, of which the later one says who decided.</summary>
    public CaseHandling Then(CaseHandling later) =>
        new(later.By ?? By, IsRedirected || later.IsRedirected, IsReferred || later.IsReferred, IsRefused || later.IsRefused, IsRefusedByClerk || later.IsRefusedByClerk);
}
