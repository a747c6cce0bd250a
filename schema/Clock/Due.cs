namespace OneDoor.Clock;

/// <summary>When a limit ends, and what it did not count on the way there (CLK-5).</summary>
/// <param name="DueOn">The day it ends (到期日), China Standard Time.</param>
/// <param name="DueAt">
/// The last instant in time, offset +08:00. A limit in days ends with its last day: 23:59:59, for 24:00 would
/// be written as the next day. Whatever is later than this is overdue.
/// </param>
/// <param name="Provisional">
/// The date may still move (CLK-2): the span enters a year whose holiday notice is not in the data and only the
/// statutory holidays are off, or ends after 24 December of the year before such a one. Wall-clock hours
/// pass on every kind of day and are never provisional.
/// </param>
/// <param name="Skipped">The days that were not counted, in order.</param>
public sealed record Due(DateOnly DueOn, DateTimeOffset DueAt, bool Provisional, IReadOnlyList<SkippedDay> Skipped);

/// <summary>Why a whole day did not count: a weekend, a holiday, or the clock stood still.</summary>
public enum SkippedKind { Weekend, Holiday, Paused }

/// <summary>A whole day that did not count towards a limit.</summary>
/// <param name="Date">The day, China Standard Time.</param>
/// <param name="Kind">Why; a weekend or holiday during a pause is a weekend or holiday.</param>
/// <param name="Name">The weekday, the holiday or the reason of the pause, in words.</param>
public sealed record SkippedDay(DateOnly Date, SkippedKind Kind, Text Name);
