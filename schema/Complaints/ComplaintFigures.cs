using OneDoor.Clock;

namespace OneDoor.Complaints;

/// <summary>What became of the complaints that were filed on some days.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Units">For each department one is about; one about several counts for each.</param>
public sealed record ComplaintFigures(DateOnly From, DateOnly To, IReadOnlyList<ComplaintUnitFigures> Units)
{
    /// <summary>A cell that tells of fewer complaints than this tells of people.</summary>
    public const int Least = 5;

    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="filed">The complaints, as they stand.</param>
    /// <param name="clock">By which times are measured.</param>
    public static ComplaintFigures Of(DateOnly from, DateOnly to, IReadOnlyList<ComplaintRow> filed, LegalClock clock) => new(from, to,
    [
        .. filed.SelectMany(c => c.Units.DefaultIfEmpty().Select(unit => (Unit: c.Units.Count == 0 ? (Department?)null : unit, Complaint: c)))
            .GroupBy(c => c.Unit, c => c.Complaint).OrderBy(g => g.Key).Select(g => ComplaintUnitFigures.Of(g.Key, [.. g], clock)),
    ]);
}

/// <summary>What figures count of a complaint.</summary>
/// <param name="Units">The departments it is about; none where that is not known.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Missed">What was not done in time.</param>
/// <param name="WakeAt">From when on time alone changes it; null where it does not.</param>
/// <param name="AcceptedAt">When it was accepted; null where it was not.</param>
/// <param name="AnsweredAt">When it was first answered; null where it was not.</param>
/// <param name="Finding">What it was found to be, by the last answer.</param>
/// <param name="Satisfied">What the complainant said of that answer; null while they say nothing.</param>
/// <param name="ReopenedAt">When it was reopened; null where it was not.</param>
public sealed record ComplaintRow(
    IReadOnlyList<Department> Units, ComplaintStatus Status, IReadOnlyList<ComplaintStage> Missed, DateTimeOffset? WakeAt, DateTimeOffset? AcceptedAt, DateTimeOffset? AnsweredAt,
    ComplaintFinding? Finding, bool? Satisfied, DateTimeOffset? ReopenedAt)
{
    /// <summary>As it stands at an instant, whether that is recorded yet or not (<see cref="Complaint.At"/>); that an answer is final by itself counts nowhere.</summary>
    public ComplaintRow At(DateTimeOffset now) => WakeAt <= now && Complaint.Owed(Status) is { } missed ? this with { Missed = [.. Missed, missed], WakeAt = null } : this;

    /// <summary>The row of a complaint.</summary>
    public static ComplaintRow Of(Complaint c)
    {
        var last = c.Answers is [.., var answer] ? answer : null;
        return new(c.Units, c.Status, c.Missed, c.WakeAt, c.AcceptedAt, c.Answers is [var first, ..] ? first.At : null, last?.Finding, last?.Satisfied, c.ReopenedAt);
    }
}

/// <summary>What became of the complaints about a department; null is what would tell of too few.</summary>
/// <param name="Unit">The department; null where it is not known.</param>
/// <param name="Filed">How many were filed.</param>
/// <param name="Returned">How many were not for here.</param>
/// <param name="AcceptedInTime">Of those accepted or returned, or overdue.</param>
/// <param name="AnsweredInTime">Of those answered or overdue.</param>
/// <param name="DaysToAnswer">Mean of the working days from acceptance to the first answer, 8 open hours each: their sum over the complaints answered.</param>
/// <param name="Findings">How they ended, by the last answer.</param>
/// <param name="Satisfied">Of those whose complainants rated the last answer.</param>
/// <param name="Reopened">Of those answered.</param>
public sealed record ComplaintUnitFigures(
    Department? Unit, int? Filed, int? Returned, ComplaintRatio? AcceptedInTime, ComplaintRatio? AnsweredInTime, ComplaintRatio? DaysToAnswer, ComplaintFindings? Findings,
    ComplaintRatio? Satisfied, ComplaintRatio? Reopened)
{
    public static ComplaintUnitFigures Of(Department? unit, IReadOnlyList<ComplaintRow> all, LegalClock clock)
    {
        var answered = all.Where(c => c.AnsweredAt is not null).ToArray();
        var rated = answered.Where(c => c.Satisfied is not null).ToArray();
        var due = all.Where(c => c.Status != ComplaintStatus.Filed || c.Missed.Contains(ComplaintStage.Acceptance)).ToArray();
        var owed = all.Where(c => c.AnsweredAt is not null || c.Missed.Contains(ComplaintStage.Answer)).ToArray();
        int Found(ComplaintFinding finding) => answered.Count(c => c.Finding == finding);
        return new(
            unit, Shown(all.Count), Shown(all.Count(c => c.Status == ComplaintStatus.Returned), all.Count),
            ComplaintRatio.Share(due.Count(c => !c.Missed.Contains(ComplaintStage.Acceptance)), due.Length),
            ComplaintRatio.Share(owed.Count(c => !c.Missed.Contains(ComplaintStage.Answer)), owed.Length),
            ComplaintRatio.Mean(answered.Sum(c => clock.Elapsed(c.AcceptedAt!.Value, c.AnsweredAt!.Value, LimitUnit.WorkingDays, null, []).Value), answered.Length),
            ComplaintFindings.Of(Found(ComplaintFinding.Upheld), Found(ComplaintFinding.Partly), Found(ComplaintFinding.Unfounded)),
            ComplaintRatio.Share(rated.Count(c => c.Satisfied == true), rated.Length),
            ComplaintRatio.Share(answered.Count(c => c.ReopenedAt is not null), answered.Length));
    }

    private static int? Shown(int count) => count < ComplaintFigures.Least ? null : count;

    // What is left over tells as much as the part itself.
    private static int? Shown(int part, int whole) => ComplaintRatio.Tells(part) || ComplaintRatio.Tells(whole - part) || whole < ComplaintFigures.Least ? null : part;
}

/// <summary>A ratio with what it was made of.</summary>
/// <param name="Value">Numerator by denominator, to four decimals.</param>
/// <param name="Numerator">What was counted or added up.</param>
/// <param name="Denominator">Of how many complaints.</param>
public sealed record ComplaintRatio(decimal Value, decimal Numerator, int Denominator)
{
    /// <summary>Whether so many are few enough to tell of people.</summary>
    internal static bool Tells(int count) => count is > 0 and < ComplaintFigures.Least;

    internal static ComplaintRatio? Share(int part, int whole) => Tells(part) || Tells(whole - part) ? null : Mean(part, whole);

    internal static ComplaintRatio? Mean(decimal sum, int count) =>
        count < ComplaintFigures.Least ? null : new(Math.Round(sum / count, 4, MidpointRounding.AwayFromZero), sum, count);
}

/// <summary>How complaints ended, in counts: all of them or, where one would tell of too few, none.</summary>
/// <param name="Upheld">How many were right (属实).</param>
/// <param name="Partly">How many were in part (部分属实).</param>
/// <param name="Unfounded">How many were not (不属实).</param>
public sealed record ComplaintFindings(int Upheld, int Partly, int Unfounded)
{
    internal static ComplaintFindings? Of(int upheld, int partly, int unfounded) =>
        upheld + partly + unfounded == 0 || new[] { upheld, partly, unfounded }.Any(ComplaintRatio.Tells) ? null : new(upheld, partly, unfounded);
}
