namespace OneDoor;

/// <summary>When what could not be sent is tried again, and when no more.</summary>
public static class Attempts
{
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10),
        TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>When the next attempt is; null where there is none.</summary>
    /// <param name="made">How many have failed.</param>
    /// <param name="now">When the last has.</param>
    /// <param name="drawn">From 0 to 1: so that those that failed together do not come back together, the pause is up to a fifth shorter or longer.</param>
    /// <param name="retryAfter">How long the receiver asked to wait; at most a day of it counts.</param>
    public static DateTimeOffset? Next(int made, DateTimeOffset now, double drawn, TimeSpan? retryAfter)
    {
        if (made > Pauses.Length)
            return null;
        var pause = Pauses[made - 1] * (0.8 + 0.4 * drawn);
        var asked = retryAfter is not { } wait ? TimeSpan.Zero : wait < TimeSpan.FromDays(1) ? wait : TimeSpan.FromDays(1);
        return now + (asked > pause ? asked : pause);
    }
}
