namespace OneDoor.BusinessEnvironment;

/// <summary>
/// What the zone has set out to do in a year for its business environment (优化营商环境工作方案, BE-1). It is data: what has been done of it are facts.
/// </summary>
/// <param name="Year">For which year.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Source">Where it was published.</param>
/// <param name="Sample">What of every measure no public source gives: plausible samples.</param>
/// <param name="Aspects">What it is about, in its order.</param>
public sealed record BusinessEnvironmentPlan(int Year, Text Name, string Source, IReadOnlyList<string> Sample, IReadOnlyList<PlanAspect> Aspects)
{
    /// <summary>Those of the zone. A measure's code stays what it is: facts name it.</summary>
    public static IReadOnlyList<BusinessEnvironmentPlan> Zone { get; } = Shipped.Table<IReadOnlyList<BusinessEnvironmentPlan>>("business-environment.json");

    /// <summary>The plan of a year; null where there is none.</summary>
    public static BusinessEnvironmentPlan? Of(int year) => Zone.FirstOrDefault(plan => plan.Year == year);

    /// <summary>All its measures, in its order.</summary>
    public IEnumerable<PlannedMeasure> Measures => Aspects.SelectMany(aspect => aspect.Measures);

    /// <summary>The measure of a code; null where there is none.</summary>
    public PlannedMeasure? Find(string code) => Measures.FirstOrDefault(measure => measure.Code == code);
}

/// <summary>An aspect (方面) of the plan.</summary>
/// <param name="Code">Stable, kebab case.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Measures">What is to be done.</param>
public sealed record PlanAspect(string Code, Text Name, IReadOnlyList<PlannedMeasure> Measures);

/// <summary>What is to be done (举措), by whom, by when, and who says that it is.</summary>
/// <param name="Code">Stable, kebab case.</param>
/// <param name="Wording">What is to be done.</param>
/// <param name="Owner">Who does it.</param>
/// <param name="Reviewer">Who looks at it when it is done: never its owner.</param>
/// <param name="DueOn">The last day for it.</param>
/// <param name="Source">Where it was published; null for samples.</param>
/// <param name="Sample">No public source has it: it is a plausible sample.</param>
public sealed record PlannedMeasure(string Code, Text Wording, Department Owner, Department Reviewer, DateOnly DueOn, string? Source = null, bool Sample = false);
