using System.Globalization;

namespace OneDoor.Clock;

/// <summary>Instants and days as people in China write them.</summary>
internal static class China
{
    /// <param name="local">For instance <c>2020-04-30 10:00</c>, China Standard Time.</param>
    public static DateTimeOffset At(string local) =>
        new(DateTime.Parse(local, CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    public static DateTimeOffset At(DateOnly day, TimeOnly time) => new(day, time, TimeSpan.FromHours(8));

    public static DateOnly Day(string day) => DateOnly.Parse(day, CultureInfo.InvariantCulture);

    public static Pause Hearing(string from, string? until) =>
        new(PauseReason.Hearing, At(from), until is null ? null : At(until));
}
