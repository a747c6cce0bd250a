using System.Reflection;
using Xunit;
using static OneDoor.BusinessEnvironment.MeasureSpec;
using static OneDoor.BusinessEnvironment.Scores;

namespace OneDoor.BusinessEnvironment;

/// <summary>Every refusal is produced by the rules, by one story at least; that something does not exist, the plan and the store say.</summary>
public class EveryBusinessEnvironmentRefusal
{
    private static readonly ReportMeasureProgress Report = new(10, "已启动。");

    private static readonly Dictionary<Refusal, Func<Refusal?>> Stories = new()
    {
        [MeasureRefusals.NotYours] = () => new MeasureSpec().Do(Report, Reviewer).Refused,
        [MeasureRefusals.NotYoursToReview] = () => new MeasureSpec().Submitted().Do(new ConfirmMeasure("抽查。"), Owner).Refused,
        [MeasureRefusals.NotInThisState] = () => new MeasureSpec().Done().Do(Report, Owner).Refused,
        [MeasureRefusals.PercentInvalid] = () => new MeasureSpec().Do(Report with { Percent = -1 }, Owner).Refused,
        [MeasureRefusals.TextInvalid] = () => new MeasureSpec().Do(Report with { Note = "" }, Owner).Refused,
        [MeasureRefusals.EvidenceMissing] = () => new MeasureSpec().Do(Report with { Percent = 100, Evidence = [] }, Owner).Refused,
        [MeasureRefusals.EvidenceInvalid] = () => new MeasureSpec().Do(Report with { Evidence = [Shown with { Url = "ftp://example.com" }] }, Owner).Refused,
        [BusinessIndicatorsRefusals.NotYours] = () => Refused(Regulation, by: Owner with { IsSupervisor = true }),
        [BusinessIndicatorsRefusals.TooMany] = () => Decide(2024, [.. Enumerable.Repeat(Regulation, 501)]).Refused,
        [BusinessIndicatorsRefusals.FrameworkUnknown] = () => Refused(Regulation with { Framework = "weather" }),
        [BusinessIndicatorsRefusals.FrameworkEnded] = () => Refused(Doing with { Edition = 2021 }),
        [BusinessIndicatorsRefusals.EditionInvalid] = () => Refused(Regulation with { Edition = 2026 }),
        [BusinessIndicatorsRefusals.TopicUnknown] = () => Refused(Regulation with { Topic = "starting-a-business" }),
        [BusinessIndicatorsRefusals.PillarInvalid] = () => Refused(Regulation with { Pillar = null }),
        [BusinessIndicatorsRefusals.ScoreInvalid] = () => Refused(Regulation with { Score = 100.01m }),
        [BusinessIndicatorsRefusals.ScoreTwice] = () => Decide(2024, [Regulation, Regulation with { Score = 1, Source = "另一份报告" }]).Refused,
        [BusinessIndicatorsRefusals.TextInvalid] = () => Refused(Regulation with { Method = "" }),
    };

    [Fact]
    public void Every_refusal_is_produced() => Assert.All(Stories, story => Assert.Equal(story.Key.Code, story.Value()?.Code));

    [Fact]
    public void No_refusal_is_without_a_story() => Assert.Equal(
        new[] { typeof(MeasureRefusals), typeof(BusinessIndicatorsRefusals) }.SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(f => ((Refusal)f.GetValue(null)!).Code).Except([MeasureRefusals.NotFound.Code]).Order(StringComparer.Ordinal),
        Stories.Keys.Select(r => r.Code).Order(StringComparer.Ordinal));

    [Fact] // BE-1: everything wrong with all scores at once, each at its place
    public void All_that_is_wrong_with_scores_is_told_at_once() => Assert.Equal(
        ["/scores/0/assessor", "/scores/0/score", "/scores/0/edition", "/scores/0/topic", "/scores/1/score", "/scores/1/pillar", "/scores/2/framework", "/scores/4"],
        Decide(2024,
        [
            Regulation with { Assessor = " ", Score = -1, Edition = 2020, Topic = "weather" }, Doing with { Score = 1.234m, Pillar = "time" }, Doing with { Framework = "weather" }, Doing, Doing,
        ]).Refused!.Fields.Select(f => f.Pointer));
}
