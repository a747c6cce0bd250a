namespace OneDoor.Statistics;

/// <summary>Why figures are refused.</summary>
public static class StatisticsRefusals
{
    /// <summary>STAT-1: whoever asks gets no more than can be read, and costs no more than others can bear.</summary>
    public static readonly Refusal TooManyGroups = new("statistics.too-many-groups", 422,
        new("分组过多", "There are too many groups"), new("请缩短期间，或减少分组维度。", "Ask for a shorter period, or by fewer dimensions."));
}
