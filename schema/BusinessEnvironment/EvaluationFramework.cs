namespace OneDoor.BusinessEnvironment;

/// <summary>By what the business environment is evaluated, which is data (BE-1).</summary>
/// <param name="Items">Each of them.</param>
public sealed record EvaluationFrameworks(IReadOnlyList<EvaluationFramework> Items)
{
    /// <summary>Those the zone looks at.</summary>
    public static EvaluationFrameworks Known { get; } = new(Shipped.Table<IReadOnlyList<EvaluationFramework>>("evaluation-frameworks.json"));

    /// <summary>The framework of a code; null where there is none.</summary>
    public EvaluationFramework? Find(string code) => Items.FirstOrDefault(framework => framework.Code == code);
}

/// <summary>A framework by which somebody evaluates business environments (评价体系).</summary>
/// <param name="Code">Stable, kebab case.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Publisher">Whose it is.</param>
/// <param name="FirstEdition">The year of its first edition.</param>
/// <param name="Source">Where it was published.</param>
/// <param name="Topics">What it looks at (一级指标).</param>
/// <param name="LastEdition">The year of its last edition; null while it goes on.</param>
/// <param name="TopicsAreMeans">A topic's score is the mean of its pillars, so that only these are given.</param>
public sealed record EvaluationFramework(
    string Code, Text Name, Text Publisher, int FirstEdition, string Source, IReadOnlyList<EvaluationTopic> Topics, int? LastEdition = null, bool TopicsAreMeans = false);

/// <summary>What a framework looks at (一级指标).</summary>
/// <param name="Code">Stable, kebab case.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Pillars">Of what it consists: pillars, or second-level indicators (二级指标); none where it is one figure.</param>
public sealed record EvaluationTopic(string Code, Text Name, IReadOnlyList<EvaluationPillar> Pillars);

/// <summary>A pillar of a topic, or a second-level indicator (二级指标).</summary>
/// <param name="Code">Stable, kebab case, within its topic.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Sample">No public source has its name: it is a plausible sample.</param>
public sealed record EvaluationPillar(string Code, Text Name, bool Sample = false);
