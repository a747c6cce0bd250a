namespace OneDoor.BusinessEnvironment;

/// <summary>What the zone does in a year for its business environment (优化营商环境工作方案), and how far it has come.</summary>
/// <param name="Year">For which year.</param>
/// <param name="Name">What the plan is called.</param>
/// <param name="Source">Where it was published.</param>
/// <param name="Sample">What of every measure no public source gives: plausible samples.</param>
/// <param name="Counts">How many measures stand how.</param>
/// <param name="Aspects">What it is about, in its order.</param>
public sealed record BusinessEnvironmentView(int Year, Text Name, string Source, IReadOnlyList<string> Sample, MeasureCounts Counts, IReadOnlyList<AspectView> Aspects)
{
    /// <param name="plan">The plan.</param>
    /// <param name="measures">How far each of its measures has come, by their codes.</param>
    public static BusinessEnvironmentView Of(BusinessEnvironmentPlan plan, IReadOnlyDictionary<string, MeasureView> measures) => new(
        plan.Year, plan.Name, plan.Source, plan.Sample, MeasureCounts.Of([.. measures.Values]),
        [.. plan.Aspects.Select(aspect => new AspectView(aspect.Code, aspect.Name, [.. aspect.Measures.Select(measure => measures[measure.Code])]))]);
}

/// <summary>How many measures stand how.</summary>
/// <param name="Measures">All of them.</param>
/// <param name="Planned">Nothing has been reported of them.</param>
/// <param name="UnderWay">Their owners are at them.</param>
/// <param name="Submitted">The reviewer is to look at them.</param>
/// <param name="Done">The reviewer has confirmed them.</param>
/// <param name="Overdue">Planned or under way, and their last day is over.</param>
public sealed record MeasureCounts(int Measures, int Planned, int UnderWay, int Submitted, int Done, int Overdue)
{
    public static MeasureCounts Of(IReadOnlyList<MeasureView> all)
    {
        return new(all.Count, Count(MeasureStatus.Planned), Count(MeasureStatus.UnderWay), Count(MeasureStatus.Submitted), Count(MeasureStatus.Done), all.Count(measure => measure.Overdue));

        int Count(MeasureStatus status) => all.Count(measure => measure.Status == status);
    }
}

/// <summary>An aspect (方面) of the plan.</summary>
/// <param name="Code">Stable, kebab case.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Measures">What is done.</param>
public sealed record AspectView(string Code, Text Name, IReadOnlyList<MeasureView> Measures);

/// <summary>A measure of the plan (举措), and how far it has come.</summary>
/// <param name="Year">The plan's.</param>
/// <param name="Code">Stable, kebab case.</param>
/// <param name="Version">Grows with every change; 0 until something is reported.</param>
/// <param name="Wording">What is to be done.</param>
/// <param name="Owner">Who does it.</param>
/// <param name="Reviewer">Who looks at it when it is complete.</param>
/// <param name="DueOn">The last day for it.</param>
/// <param name="Status">Where it stands (状态).</param>
/// <param name="Overdue">Its last day is over, and its owner has not reported it complete.</param>
/// <param name="Percent">How far it has come, as its owner reported last.</param>
/// <param name="Note">What has been done; null until something is reported.</param>
/// <param name="Evidence">What shows it.</param>
/// <param name="ReportedAt">When that was reported; null until then.</param>
/// <param name="Finding">What the reviewer found of it; null until then.</param>
/// <param name="Source">Where what is done was published; null for samples.</param>
/// <param name="Sample">No public source has it: it is a plausible sample.</param>
public sealed record MeasureView(
    int Year, string Code, int Version, Text Wording, Department Owner, Department Reviewer, DateOnly DueOn, MeasureStatus Status, bool Overdue, int Percent, string? Note,
    IReadOnlyList<MeasureEvidence> Evidence, DateTimeOffset? ReportedAt, string? Finding, string? Source, bool Sample)
{
    public static MeasureView Of(Measure m, DateTimeOffset at) => new(
        m.Year, m.Code, m.Version, m.Planned!.Wording, m.Planned.Owner, m.Planned.Reviewer, m.Planned.DueOn, m.Status, m.IsOverdueAt(at), m.Percent, m.Note, m.Evidence, m.ReportedAt, m.Finding,
        m.Planned.Source, m.Planned.Sample);
}

/// <summary>What was reported of a measure and found of it, in order.</summary>
public sealed record MeasureProgress(IReadOnlyList<MeasureEvent> Items);

/// <summary>Something that happened to a measure.</summary>
/// <param name="Version">Which it led to.</param>
/// <param name="Type">What it was, for instance <c>measure-reported</c>.</param>
/// <param name="At">When.</param>
/// <param name="Department">Whose doing it was.</param>
/// <param name="Percent">How far it had come; null unless it was reported.</param>
/// <param name="Text">What was reported or found.</param>
/// <param name="Evidence">What shows it.</param>
public sealed record MeasureEvent(int Version, string Type, DateTimeOffset At, Department Department, int? Percent, string Text, IReadOnlyList<MeasureEvidence> Evidence)
{
    public static MeasureEvent Of(MeasureFact fact, int index)
    {
        var (percent, text, evidence) = fact switch
        {
            MeasureReported f => ((int?)f.Percent, f.Note, f.Evidence),
            MeasureConfirmed f => (null, f.Note, []),
            MeasureReturned f => (null, f.Reason, []),
            _ => throw new ArgumentOutOfRangeException(nameof(fact), fact.GetType().Name, "It is not told."),
        };
        return new(index + 1, Streams.PublishedAs(fact), fact.At, fact.By.Department!.Value, percent, text, evidence);
    }
}

/// <summary>How the zone's business environment was evaluated in a year.</summary>
/// <param name="Year">Which year.</param>
/// <param name="Version">Grows with every change; 0 until something is recorded.</param>
/// <param name="Scores">By framework, edition, assessor and method. No figure is made of two of them.</param>
/// <param name="Means">Scores of topics that are the mean of their pillars, where all of these are there.</param>
public sealed record BusinessIndicatorsView(int Year, int Version, IReadOnlyList<IndicatorScore> Scores, IReadOnlyList<IndicatorMean> Means)
{
    public static BusinessIndicatorsView Of(BusinessIndicators i) => new(i.Year, i.Version, i.Scores, i.Means);
}

/// <summary>What was said of how a year was evaluated.</summary>
/// <param name="Version">Which it led to.</param>
/// <param name="Type">What it was: <c>business-indicators-set</c>.</param>
/// <param name="At">When.</param>
/// <param name="Scores">All of the year's from then on.</param>
public sealed record BusinessIndicatorsEvent(int Version, string Type, DateTimeOffset At, IReadOnlyList<IndicatorScore> Scores)
{
    public static BusinessIndicatorsEvent Of(BusinessIndicatorsFact fact, int index) => new(index + 1, Streams.PublishedAs(fact), fact.At, ((BusinessIndicatorsSet)fact).Scores);
}
