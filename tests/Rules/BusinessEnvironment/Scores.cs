using OneDoor.Clock;
using Xunit;

namespace OneDoor.BusinessEnvironment;

/// <summary>BE-1: scores by framework, edition, assessor and method, never mixed.</summary>
public class Scores
{
    private static readonly DateTimeOffset Now = China.At("2026-07-01 09:00");
    private static readonly Actor Office = MeasureSpec.Reviewer;

    internal static readonly IndicatorScore Regulation = new("b-ready", 2024, "第三方甲", "问卷", "business-entry", 70, "报告第12页", "regulatory-framework"),
        Services = Regulation with { Pillar = "public-services", Score = 55.5m }, Efficiency = Regulation with { Pillar = "operational-efficiency", Score = 64.55m },
        Doing = new("doing-business", 2020, "第三方甲", "问卷", "starting-a-business", 94.1m, "报告第3页");

    internal static Refusal? Refused(IndicatorScore score, int year = 2024, Actor? by = null) => Decide(year, [score], by).Refused;

    internal static Decision<BusinessIndicatorsFact> Decide(int year, IReadOnlyList<IndicatorScore> scores, Actor? by = null) =>
        BusinessIndicators.None(year, Now)!.Decide(new SetBusinessIndicators(scores), new Asking(by ?? Office, LegalClock.Zone, Now));

    private static BusinessIndicators Set(params IReadOnlyList<IndicatorScore> scores)
    {
        var decision = Decide(2025, scores);
        Assert.Null(decision.Refused);
        return decision.Facts.Aggregate(default(BusinessIndicators), BusinessIndicators.Evolve)!;
    }

    [Fact] // BE-1
    public void A_topic_is_the_mean_of_its_three_pillars()
    {
        var mean = Assert.Single(Set(Regulation, Services, Efficiency).Means);
        Assert.Equal(("business-entry", 63.35m, 190.05m, 3), (mean.Topic, mean.Value, mean.Numerator, mean.Denominator));
        Assert.Empty(Set(Regulation, Services).Means);
    }

    [Fact] // BE-1: never mixed
    public void No_mean_is_made_of_two_evaluations()
    {
        foreach (var another in new[] { Efficiency with { Edition = 2025 }, Efficiency with { Assessor = "第三方乙" }, Efficiency with { Method = "访谈" }, Efficiency with { Topic = "taxation" } })
            Assert.Empty(Set(Regulation, Services, another).Means);
        var two = Set(Regulation, Services, Efficiency, Regulation with { Assessor = "第三方乙", Score = 10 }, Services with { Assessor = "第三方乙", Score = 10 }, Efficiency with { Assessor = "第三方乙", Score = 10 });
        Assert.Equal([("第三方甲", 63.35m), ("第三方乙", 10m)], two.Means.Select(mean => (mean.Assessor, mean.Value)));
    }

    [Fact] // BE-1: of topics whose score is no mean, none is made
    public void The_national_topics_are_not_averaged()
    {
        var founding = EvaluationFrameworks.Known.Find("national")!.Topics[0];
        Assert.Empty(Set([.. founding.Pillars.Select(pillar => new IndicatorScore("national", 2020, "第三方甲", "问卷", founding.Code, 90, "报告", pillar.Code))]).Means);
    }

    [Fact] // BE-1: Doing Business ended, B-READY began
    public void An_edition_is_one_that_there_was()
    {
        Assert.Null(Refused(Doing, 2019));
        Assert.Equal(BusinessIndicatorsRefusals.FrameworkEnded.Code, Refused(Doing with { Edition = 2021 }, 2021)?.Code);
        Assert.Equal(BusinessIndicatorsRefusals.EditionInvalid.Code, Refused(Regulation with { Edition = 2023 })?.Code);
        Assert.Equal(BusinessIndicatorsRefusals.EditionInvalid.Code, Refused(Doing, 2018)?.Code);
    }

    [Fact] // BE-1
    public void A_supervisor_of_the_service_office_records_them_and_nobody_else()
    {
        foreach (var other in new[] { Office with { IsSupervisor = false }, Office with { Department = Department.Tax }, Office with { Department = null } })
            Assert.Equal(BusinessIndicatorsRefusals.NotYours.Code, Refused(Regulation, by: other)?.Code);
        Assert.Null(Refused(Regulation));
    }

    [Fact]
    public void What_is_said_replaces_what_was_said_and_the_same_changes_nothing()
    {
        var set = Set(Regulation);
        Assert.Empty(set.Decide(new([Regulation]), new Asking(Office, LegalClock.Zone, Now)).Facts);
        var after = set.Decide(new([Services]), new Asking(Office, LegalClock.Zone, Now)).Facts.Aggregate(set, BusinessIndicators.Evolve);
        Assert.Equal([Services], after.Scores);
        Assert.Equal(2, after.Version);
    }

    [Fact]
    public void There_is_nothing_of_years_to_come()
    {
        Assert.NotNull(BusinessIndicators.None(2026, Now));
        Assert.Null(BusinessIndicators.None(2027, Now));
        Assert.Null(BusinessIndicators.None(2002, Now));
    }
}
