using System.Text.Json.Serialization;
using OneDoor.Clock;

namespace OneDoor.BusinessEnvironment;

/// <summary>
/// How the zone's business environment was evaluated in a year (BE-1): scores by framework, edition, assessor and method. No figure is ever made of
/// two of them.
/// </summary>
public sealed record BusinessIndicators : IFolded<BusinessIndicators, BusinessIndicatorsFact>
{
    // Nobody compared economies by scores before.
    private const int FirstYear = 2003;

    private const int MostScores = 500, LongestLine = 200, Best = 100, Decimals = 2;

    public required Guid Id { get; init; }
    public int Version { get; init; }
    public required int Year { get; init; }
    public IReadOnlyList<IndicatorScore> Scores { get; init; } = [];

    /// <summary>The stream of a year, derived from it so that it can be found without asking.</summary>
    public static Guid IdOf(int year) => Sha256Digest.IdOf($"business-indicators:{year}");

    /// <summary>A year of which nothing has been said; null where it is none: there is nothing yet of years to come.</summary>
    public static BusinessIndicators? None(int year, DateTimeOffset now) =>
        year >= FirstYear && year <= LegalClock.DayOf(now).Year ? new() { Id = IdOf(year), Year = year } : null;

    /// <summary>The policy: they are everybody's.</summary>
    public BusinessIndicators? SeenBy(Actor viewer, DateTimeOffset now) => this;

    /// <summary>
    /// What follows from the pillars, where a topic is their mean and all of them are there: in one evaluation, which is a framework, its edition, an assessor and a method.
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<IndicatorMean> Means =>
    [
        .. Scores.GroupBy(score => (score.Evaluation, score.Topic))
            .Where(topic => EvaluationFrameworks.Known.Find(topic.Key.Evaluation.Framework) is { TopicsAreMeans: true } framework
                && framework.Topics.FirstOrDefault(t => t.Code == topic.Key.Topic)?.Pillars.Count == topic.Count())
            .Select(topic => new IndicatorMean(
                topic.Key.Evaluation.Framework, topic.Key.Evaluation.Edition, topic.Key.Evaluation.Assessor, topic.Key.Evaluation.Method, topic.Key.Topic,
                decimal.Round(topic.Average(score => score.Score), Decimals, MidpointRounding.AwayFromZero), topic.Sum(score => score.Score), topic.Count())),
    ];

    /// <summary>What follows when the service office says what the scores of the year are: it replaces all it said before.</summary>
    public Decision<BusinessIndicatorsFact> Decide(SetBusinessIndicators c, Asking asked)
    {
        if (asked.By is not { Department: Department.ServiceOffice, IsSupervisor: true })
            return BusinessIndicatorsRefusals.NotYours;
        if (c.Scores.Count > MostScores)
            return BusinessIndicatorsRefusals.TooMany.At("/scores");
        if (Refusal.AllOf(c.Scores.SelectMany((score, i) => Wrong(score, c.Scores.Take(i), $"/scores/{i}"))) is { } wrong)
            return wrong;
        return c.Scores.SequenceEqual(Scores) ? Decision<BusinessIndicatorsFact>.Nothing : new BusinessIndicatorsSet(asked.Now, asked.By, Year, c.Scores);
    }

    private IEnumerable<Refusal> Wrong(IndicatorScore score, IEnumerable<IndicatorScore> before, string at)
    {
        foreach (var (name, text) in new[] { ("assessor", score.Assessor), ("method", score.Method), ("source", score.Source) })
            if (!Wording.IsLine(text, LongestLine))
                yield return BusinessIndicatorsRefusals.TextInvalid.At($"{at}/{name}");
        if (score.Score is < 0 or > Best || decimal.Round(score.Score, Decimals) != score.Score)
            yield return BusinessIndicatorsRefusals.ScoreInvalid.At($"{at}/score");
        if (EvaluationFrameworks.Known.Find(score.Framework) is not { } framework)
        {
            yield return BusinessIndicatorsRefusals.FrameworkUnknown.At($"{at}/framework");
            yield break;
        }
        if (score.Edition > framework.LastEdition)
            yield return BusinessIndicatorsRefusals.FrameworkEnded.Because($"最后一版是 {framework.LastEdition} 年。", $"Its last edition is that of {framework.LastEdition}.").At($"{at}/edition");
        // An edition may bear the name of the year after it came out.
        else if (score.Edition < framework.FirstEdition || score.Edition > Year + 1)
            yield return BusinessIndicatorsRefusals.EditionInvalid.At($"{at}/edition");
        if (framework.Topics.FirstOrDefault(t => t.Code == score.Topic) is not { } topic)
            yield return BusinessIndicatorsRefusals.TopicUnknown.At($"{at}/topic");
        else if (score.Pillar is null ? framework.TopicsAreMeans : topic.Pillars.All(pillar => pillar.Code != score.Pillar))
            yield return BusinessIndicatorsRefusals.PillarInvalid.At($"{at}/pillar");
        if (before.Any(other => (other.Evaluation, other.Topic, other.Pillar) == (score.Evaluation, score.Topic, score.Pillar)))
            yield return BusinessIndicatorsRefusals.ScoreTwice.At(at);
    }

    public static BusinessIndicators Evolve(BusinessIndicators? state, BusinessIndicatorsFact fact) => fact switch
    {
        BusinessIndicatorsSet f => new() { Id = IdOf(f.Year), Year = f.Year, Scores = f.Scores, Version = (state?.Version ?? 0) + 1 },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact of indicators."),
    };
}

/// <summary>Something that happened to a year's scores.</summary>
/// <param name="At">When it happened.</param>
/// <param name="By">Who did it.</param>
public abstract record BusinessIndicatorsFact(DateTimeOffset At, Actor By) : IFact;

/// <summary>The service office said how the business environment was evaluated in a year. It replaces all it said before.</summary>
/// <param name="Year">Which year.</param>
/// <param name="Scores">What was found.</param>
[Alias("business_indicators_set")]
public sealed record BusinessIndicatorsSet(DateTimeOffset At, Actor By, int Year, IReadOnlyList<IndicatorScore> Scores) : BusinessIndicatorsFact(At, By);

/// <summary>Saying how the business environment was evaluated in a year.</summary>
/// <param name="Scores">All of the year's, at most 500.</param>
public sealed record SetBusinessIndicators(IReadOnlyList<IndicatorScore> Scores) : ICommand;

/// <summary>What somebody found of a topic, or of a pillar of it.</summary>
/// <param name="Framework">Code of the framework.</param>
/// <param name="Edition">The year of its edition.</param>
/// <param name="Assessor">Who evaluated: 1 to 200 characters.</param>
/// <param name="Method">How: 1 to 200 characters.</param>
/// <param name="Topic">Code of the topic (一级指标).</param>
/// <param name="Score">0 to 100, with at most two decimals.</param>
/// <param name="Source">Where it was published: 1 to 200 characters.</param>
/// <param name="Pillar">Code of the topic's pillar or second-level indicator (二级指标); left out, the topic's own.</param>
public sealed record IndicatorScore(string Framework, int Edition, string Assessor, string Method, string Topic, decimal Score, string Source, string? Pillar = null)
{
    internal (string Framework, int Edition, string Assessor, string Method) Evaluation => (Framework, Edition, Assessor, Method);
}

/// <summary>A topic's score that is the mean of its pillars, all of one evaluation.</summary>
/// <param name="Framework">Code of the framework.</param>
/// <param name="Edition">The year of its edition.</param>
/// <param name="Assessor">Who evaluated.</param>
/// <param name="Method">How.</param>
/// <param name="Topic">Code of the topic.</param>
/// <param name="Value">The mean, with two decimals.</param>
/// <param name="Numerator">The sum of the pillars' scores.</param>
/// <param name="Denominator">How many pillars there are.</param>
public sealed record IndicatorMean(string Framework, int Edition, string Assessor, string Method, string Topic, decimal Value, decimal Numerator, int Denominator);
