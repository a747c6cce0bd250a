namespace OneDoor.Exemptions;

/// <summary>
/// The zone's directory of projects whose impact on the environment is slight and that need no assessment of it
/// (环境影响轻微建设项目差别化管理目录, MODE-8): 16 industries with 75 classes of projects.
/// </summary>
/// <param name="Industries">In the directory's order.</param>
public sealed record EiaDirectory(IReadOnlyList<EiaIndustry> Industries)
{
    private static readonly Lazy<EiaDirectory> Read = new(() => new(Shipped.List<EiaIndustry>("eia.json", "industry", "code")));

    /// <summary>The zone's.</summary>
    public static EiaDirectory Zone => Read.Value;

    /// <summary>The class of that code and the industry it is of; null where there is none.</summary>
    public (EiaIndustry Industry, EiaClass Class)? Find(string? code) => Industries
        .SelectMany(industry => industry.Classes.Where(c => c.Code == code), (industry, found) => ((EiaIndustry, EiaClass)?)(industry, found)).FirstOrDefault();

    /// <summary>What keeps the directory from deciding about a project, all at once; nothing where it decides.</summary>
    /// <param name="class">Code of the project's class.</param>
    /// <param name="answers">What is said of the project.</param>
    /// <param name="classAt">Where in what was sent the class stands.</param>
    /// <param name="answersAt">Where the answers do.</param>
    public IEnumerable<Refusal> Refusals(string @class, EiaAnswers? answers, string classAt = "/class", string answersAt = "/answers")
    {
        if (Find(@class) is not { Class: var found })
        {
            yield return ExemptionRefusals.ClassUnknown.At(classAt);
            yield break;
        }
        foreach (var condition in found.Conditions)
        {
            var (yes, amount) = (answers ?? new()).To(condition.Question);
            var at = $"{answersAt}/{EiaAnswers.NameOf(condition.Question)}";
            if (yes is null && amount is null)
                yield return ExemptionRefusals.AnswerMissing.Because($"条件：{condition.Text.Zh}。", $"The condition: {condition.Text.En}.").At(at);
            else if (amount is < 0 or > EiaAnswers.Most)
                yield return ExemptionRefusals.AnswerInvalid.At(at);
        }
    }

    /// <summary>Whether a project is exempt: it is where each of its class's conditions holds.</summary>
    /// <exception cref="ArgumentException"><see cref="Refusals"/> says why it cannot be decided.</exception>
    public EiaDecision Decide(string @class, EiaAnswers? answers)
    {
        if (Find(@class) is not { } found || Refusals(@class, answers).Any())
            throw new ArgumentException("It cannot be decided.", nameof(@class));
        EiaFinding[] trace = [.. found.Class.Conditions.Select(condition => condition.Of(answers ?? new()))];
        var exempt = trace.All(finding => finding.Holds);
        return new(@class, exempt, exempt ? EiaEntry.Of(found.Industry, found.Class) : null, trace);
    }
}

/// <summary>An industry (行业) of the directory.</summary>
/// <param name="Code">Stable, kebab case.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Classes">Its classes of projects, in the directory's order.</param>
public sealed record EiaIndustry(string Code, Text Name, IReadOnlyList<EiaClass> Classes);

/// <summary>A class of projects (项目类别): exempt where its conditions hold.</summary>
/// <param name="Code">Stable, kebab case, for instance <c>services-car-repair</c>.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Conditions">What has to hold of a project, all of it.</param>
/// <param name="Source">Where it was published; null for samples.</param>
/// <param name="Sample">No public source has it: it is a plausible sample.</param>
public sealed record EiaClass(string Code, Text Name, IReadOnlyList<EiaCondition> Conditions, string? Source = null, bool Sample = false);

/// <summary>What has to hold of a project. One of the two is given: <paramref name="Is"/> or <paramref name="Below"/>.</summary>
/// <param name="Code">Stable, kebab case: the same condition has the same code in every class.</param>
/// <param name="Question">What is asked about the project.</param>
/// <param name="Text">What has to hold, for people.</param>
/// <param name="Is">The answer has to be this.</param>
/// <param name="Below">The answer has to be less than this (不足), in square metres or kilometres.</param>
public sealed record EiaCondition(string Code, EiaQuestion Question, Text Text, bool? Is = null, decimal? Below = null)
{
    /// <summary>Whether it holds, by answers that say what it asks.</summary>
    internal EiaFinding Of(EiaAnswers answers)
    {
        var (yes, amount) = answers.To(Question);
        return new(Code, Text, EiaAnswers.InWords(Question, yes, amount), Below is { } below ? amount < below : yes == Is);
    }
}
