using OneDoor.Catalogue;

namespace OneDoor.Reviews;

/// <summary>Where somebody was served.</summary>
public enum ReviewChannel
{
    /// <summary>On the web or on a phone (网上).</summary>
    Online,

    /// <summary>At a window, a kiosk or a department's counter (现场).</summary>
    OnSite,
}

/// <summary>Something that can be named as good or bad (评价指标).</summary>
/// <param name="Code">Stable, for instance <c>efficiency</c>.</param>
/// <param name="Name">What it is called.</param>
public sealed record Indicator(string Code, Text Name);

/// <summary>What can be named of a channel from a day on.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Version">What reviews remember it by.</param>
/// <param name="From">From which day on.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Sample">No public source gives it in these words: it is a plausible sample.</param>
/// <param name="Tags">What can be named.</param>
public sealed record IndicatorSet(ReviewChannel Channel, string Version, DateOnly From, string Source, bool Sample, IReadOnlyList<Indicator> Tags);

/// <summary>What can be named of how one was served, which is data: a later set leaves reviews by an earlier one as they are.</summary>
public static class IndicatorSets
{
    /// <summary>Every set there is and was.</summary>
    public static IReadOnlyList<IndicatorSet> All { get; } = Shipped.Table<IndicatorTable>("indicators.json").Sets;

    /// <summary>The set of a channel on a day; null before the first.</summary>
    public static IndicatorSet? InForce(ReviewChannel channel, DateOnly day) => All.Where(s => s.Channel == channel && s.From <= day).MaxBy(s => s.From);

    /// <summary>The set of a version, in force or not: a review is read by the one it was given by.</summary>
    public static IndicatorSet? Of(string version) => All.FirstOrDefault(s => s.Version == version);

    /// <summary>The channel of a case that came in by one of the item's.</summary>
    public static ReviewChannel ChannelOf(Channel channel) => channel is Channel.Online or Channel.Mobile ? ReviewChannel.Online : ReviewChannel.OnSite;

    private sealed record IndicatorTable(IReadOnlyList<IndicatorSet> Sets);
}
