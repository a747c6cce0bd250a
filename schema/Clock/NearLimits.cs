namespace OneDoor.Clock;

/// <summary>From when on the end of a limit is near (临期, CLK-7): data, which no source publishes.</summary>
/// <param name="Sample">Names of the fields that are plausible samples.</param>
/// <param name="LastPart">Of how many equal parts of its time the last one is near: 4 for the last quarter, be it of hours or of weeks.</param>
public sealed record NearLimits(IReadOnlyList<string> Sample, int LastPart)
{
    /// <summary>That of the zone.</summary>
    public static NearLimits Zone { get; } = Shipped.Table<NearLimits>("near-limits.json");

    /// <summary>From when on an end is near.</summary>
    /// <param name="began">When the time began.</param>
    /// <param name="ends">When it ends.</param>
    public DateTimeOffset From(DateTimeOffset began, DateTimeOffset ends) => ends - (ends - began) / LastPart;
}
