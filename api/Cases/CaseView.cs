using System.Text.Json.Serialization;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Cases;

/// <summary>A case as its reader sees it: whole, or a department's share of it.</summary>
public sealed record CaseView
{
    public required Guid Id { get; init; }

    /// <summary>For people: item code, date and a running number.</summary>
    public required string Number { get; init; }
    public required CaseStatus Status { get; init; }

    /// <summary>Grows with every change; what a reader has in one version has not changed since.</summary>
    public required int Version { get; init; }
    public required CaseItem Item { get; init; }
    public required Applicant Applicant { get; init; }
    public required Channel Channel { get; init; }
    public required string Hall { get; init; }
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>From when limits run.</summary>
    public required DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>Without an answer by then the case counts as accepted; null once answered.</summary>
    public required DateTimeOffset? AcceptBy { get; init; }

    /// <summary>The law accepted it, because nobody answered in time.</summary>
    public required bool Deemed { get; init; }
    public required DateTimeOffset? DecidedAt { get; init; }
    public required IReadOnlyList<StepView> Steps { get; init; }
    public required IReadOnlyList<MaterialGiven> Materials { get; init; }

    /// <summary>Materials that need not be handed in, because a licence the applicant holds proves them.</summary>
    public required IReadOnlyList<MaterialProved> Proved { get; init; }

    /// <summary>Materials that follow under a pledge.</summary>
    public required IReadOnlyList<MaterialDeferred> Deferred { get; init; }
    public required IReadOnlyList<CorrectionNotice> CorrectionNotices { get; init; }
    public required CaseClock Clock { get; init; }
    public required IReadOnlyList<DeliveredLicence> Licences { get; init; }

    /// <summary>Why it was refused; null unless it was.</summary>
    public required RefusalGrounds? Refusal { get; init; }

    /// <param name="case">The case, already reduced to what the reader may see.</param>
    /// <param name="language">zh-CN or en.</param>
    public static CaseView Of(Case @case, string language) => new()
    {
        Id = @case.Id,
        Number = @case.Number,
        Status = @case.Status,
        Version = @case.Version,
        Item = CaseItem.Of(@case, language),
        Applicant = @case.Applicant,
        Channel = @case.Channel,
        Hall = @case.Hall,
        SubmittedAt = @case.SubmittedAt,
        AcceptedAt = @case.AcceptedAt,
        AcceptBy = @case.AcceptBy,
        Deemed = @case.Deemed,
        DecidedAt = @case.DecidedAt,
        Steps = [.. @case.Steps.Select(StepView.Of)],
        Materials = @case.Materials,
        Proved = @case.Proved,
        Deferred = @case.Deferred,
        CorrectionNotices = @case.Notices,
        Clock = CaseClock.Of(@case),
        Licences = @case.Licences,
        Refusal = @case.Grounds?.In(language),
    };
}

/// <summary>The item a case is for, in the version it was submitted under.</summary>
public sealed record CaseItem(string Code, int Version, string Name)
{
    /// <summary>Where that version of the item is to be read.</summary>
    public string Href => $"/v1/catalogue/items/{Code}?version={Version}";

    public static CaseItem Of(Case @case, string language) => new(@case.Plan.Item, @case.Plan.Version, @case.Plan.Name.In(language));
}

/// <summary>A step of a case.</summary>
/// <param name="OpenedAt">Null until its predecessors are granted.</param>
/// <param name="DueAt">Null until it opens and while its clock stands still.</param>
/// <param name="ReferredUpward">A supervisor decides it.</param>
public sealed record StepView(
    string Code, Department Department, StepStatus Status, DateTimeOffset? OpenedAt, DateTimeOffset? DueAt, DateTimeOffset? DecidedAt,
    bool ReferredUpward)
{
    public static StepView Of(StepState s) => new(s.Code, s.Department, s.Status, s.OpenedAt, s.Due?.At, s.DecidedAt, s.ReferredUpward);
}

/// <summary>The three figures by which the reform is judged.</summary>
/// <param name="Actual">Time taken, in the promised limit's unit; null until decided.</param>
/// <param name="ExtendedBy">Working days added by the one extension.</param>
public sealed record CaseClock(ClockLine Statutory, ClockLine Promised, Limit? Actual, int ExtendedBy, IReadOnlyList<CasePause> Pauses)
{
    public static CaseClock Of(Case c) => new(
        ClockLine.Of(c.Plan.Statutory, c.Statutory), ClockLine.Of(c.Plan.Promised, c.Promised), c.Actual, c.ExtendedBy, c.Pauses);
}

/// <summary>A limit and when it ends.</summary>
/// <param name="DueOn">Null before acceptance and while the clock stands still.</param>
/// <param name="Skipped">Days that were not counted; only where the clock explains itself.</param>
public sealed record ClockLine(
    Limit Limit, DateOnly? DueOn, DateTimeOffset? DueAt, bool Provisional,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<SkippedDay>? Skipped = null)
{
    public static ClockLine Of(Limit limit, DueDate? due) => new(limit, due?.On, due?.At, due?.Provisional ?? false);
}
