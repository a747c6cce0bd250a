using Xunit;

namespace OneDoor.BusinessEnvironment;

/// <summary>BE-1: the plan and the frameworks, which are data.</summary>
public class Plans
{
    private static readonly BusinessEnvironmentPlan Plan = BusinessEnvironmentPlan.Of(2020)!;

    [Fact] // BE-1, the article: 政务、市场、法治、人文、监督, 31 项
    public void The_plan_of_2020_has_five_aspects_and_thirty_one_measures()
    {
        Assert.Equal(["政务环境", "市场环境", "法治环境", "人文环境", "监督机制"], Plan.Aspects.Select(aspect => aspect.Name.Zh));
        Assert.Equal(31, Plan.Measures.Select(measure => measure.Code).Distinct().Count());
        Assert.Null(BusinessEnvironmentPlan.Of(2019));
    }

    [Fact] // BE-1: each measure has owner, due day and reviewer, and says where it is from
    public void Every_measure_is_reviewed_by_another_than_its_owner_in_its_year_and_traced_or_a_sample()
    {
        Assert.All(Plan.Aspects, aspect => Assert.All(aspect.Measures, measure => Assert.StartsWith($"{aspect.Code}-", measure.Code, StringComparison.Ordinal)));
        Assert.Equal(BusinessEnvironmentPlan.Zone.Count, BusinessEnvironmentPlan.Zone.Select(plan => plan.Year).Distinct().Count());
        Assert.All(BusinessEnvironmentPlan.Zone, plan => Assert.Equal(plan.Measures.Count(), plan.Measures.Select(measure => measure.Code).Distinct().Count()));
        Assert.All(BusinessEnvironmentPlan.Zone.SelectMany(plan => plan.Measures), measure => Assert.NotEqual(measure.Owner, measure.Reviewer));
        Assert.All(Plan.Measures, measure => Assert.Equal(Plan.Year, measure.DueOn.Year));
        Assert.All(Plan.Measures, measure => Assert.True(measure.Sample == measure.Source is null, measure.Code));
    }

    [Fact] // BE-1: Doing Business ended with its edition of 2020, B-READY is ten topics by three pillars, the national list 18 and 87
    public void The_frameworks_have_their_topics_and_pillars()
    {
        var (doing, ready, national) = (Of("doing-business"), Of("b-ready"), Of("national"));

        Assert.Equal((10, 2020, false), (doing.Topics.Count, doing.LastEdition!.Value, doing.TopicsAreMeans));
        Assert.Equal((10, 2024, true), (ready.Topics.Count, ready.FirstEdition, ready.TopicsAreMeans));
        Assert.All(ready.Topics, topic => Assert.Equal(["regulatory-framework", "public-services", "operational-efficiency"], topic.Pillars.Select(pillar => pillar.Code)));
        Assert.Equal((18, 87), (national.Topics.Count, national.Topics.Sum(topic => topic.Pillars.Count)));
        Assert.All(EvaluationFrameworks.Known.Items, framework => Assert.Equal(framework.Topics.Count, framework.Topics.Select(topic => topic.Code).Distinct().Count()));
        Assert.All(EvaluationFrameworks.Known.Items.SelectMany(framework => framework.Topics), topic => Assert.Equal(topic.Pillars.Count, topic.Pillars.Select(pillar => pillar.Code).Distinct().Count()));
    }

    private static EvaluationFramework Of(string code) => EvaluationFrameworks.Known.Find(code)!;
}
