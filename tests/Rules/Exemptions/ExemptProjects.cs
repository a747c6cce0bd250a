using Xunit;

namespace OneDoor.Exemptions;

/// <summary>MODE-8: industry, class and answers in, exempt or not out, with the entry that decided it.</summary>
public class ExemptProjects
{
    private const string CarRepair = "services-car-repair";
    private static readonly EiaAnswers Garage = new(SensitiveArea: false, Spraying: false, Area: 800);

    private static EiaDirectory Zone => EiaDirectory.Zone;

    private static IEnumerable<EiaClass> Classes => Zone.Industries.SelectMany(industry => industry.Classes);

    [Fact] // MODE-8, the article: 16 industries, 75 classes; the first eight with fifty are those of the directory of 2018
    public void The_directory_has_the_industries_and_classes_that_were_published()
    {
        Assert.Equal((16, 75), (Zone.Industries.Count, Classes.Count()));
        Assert.Equal(50, Zone.Industries.Take(8).Sum(industry => industry.Classes.Count));
        Assert.Equal(("water", 11, "farming", 6), (Zone.Industries[0].Code, Zone.Industries[0].Classes.Count, Zone.Industries[1].Code, Zone.Industries[1].Classes.Count));
    }

    [Fact] // MODE-8
    public void Every_entry_can_be_named_checked_and_traced_to_a_source_or_says_that_it_is_a_sample()
    {
        Assert.Equal(75, Classes.Select(c => c.Code).Distinct().Count());
        Assert.All(Zone.Industries, industry => Assert.All(industry.Classes, c => Assert.StartsWith($"{industry.Code}-", c.Code, StringComparison.Ordinal)));
        Assert.All(Classes, c => Assert.True(c.Sample == c.Source is null, c.Code));
        Assert.All(Classes, c => Assert.NotEmpty(c.Conditions));
        Assert.All(Classes.SelectMany(c => c.Conditions), condition => Assert.True(
            condition.Question is EiaQuestion.Area or EiaQuestion.Length ? condition is { Is: null, Below: > 0 } : condition is { Is: not null, Below: null }, condition.Code));
        Assert.All(Classes.SelectMany(c => c.Conditions).GroupBy(condition => condition.Code), same => Assert.Single(same.Distinct()));
        Assert.Empty(Enum.GetValues<EiaQuestion>().Except(Classes.SelectMany(c => c.Conditions).Select(condition => condition.Question)));
    }

    [Fact] // MODE-8, the article's own example
    public void A_car_repair_shop_is_exempt_by_its_entry()
    {
        var decision = Zone.Decide(CarRepair, Garage);

        Assert.True(decision.Exempt);
        Assert.Equal((CarRepair, "社会事业与服务业"), (decision.Entry!.Code, decision.Entry.Industry.Zh));
        Assert.Equal([("not-sensitive", "否", true), ("no-spraying", "否", true), ("area-below-5000", "800平方米", true)], decision.Trace.Select(f => (f.Condition, f.Given.Zh, f.Holds)));
        Assert.Equal(["no", "no", "800 m²"], decision.Trace.Select(f => f.Given.En));
    }

    [Theory] // MODE-8: a threshold of the national directory counts what reaches it
    [InlineData(true, 800, "no-spraying")]
    [InlineData(false, 5000, "area-below-5000")]
    [InlineData(true, 6000, "no-spraying", "area-below-5000")]
    public void Where_a_condition_does_not_hold_it_is_not_exempt_and_the_trace_says_why(bool spraying, int area, params string[] failing)
    {
        var decision = Zone.Decide(CarRepair, Garage with { Spraying = spraying, Area = area });

        Assert.Equal((false, null), (decision.Exempt, decision.Entry));
        Assert.Equal(failing, decision.Trace.Where(f => !f.Holds).Select(f => f.Condition));
    }

    [Fact] // MODE-8: whatever its class, a project that says of itself the worst is not exempt, and one that says the best is
    public void The_best_answers_exempt_every_class_and_the_worst_none()
    {
        EiaAnswers best = new(false, false, false, false, false, false, false, false, false, false, 0, 0), worst = new(true, true, true, true, true, true, true, true, true, true, 1_000_000, 1_000);

        Assert.All(Classes, c => Assert.True(Zone.Decide(c.Code, best).Exempt, c.Code));
        Assert.All(Classes, c => Assert.False(Zone.Decide(c.Code, worst).Exempt, c.Code));
    }

    [Fact] // MODE-8
    public void What_a_class_asks_and_nobody_answered_is_told_at_once()
    {
        var refused = Refusal.AllOf(Zone.Refusals(CarRepair, new(Spraying: true)))!;

        Assert.Equal(ExemptionRefusals.AnswerMissing.Code, refused.Code);
        Assert.Equal(["/answers/sensitiveArea", "/answers/area"], refused.Fields.Select(f => f.Pointer));
        Assert.Equal(3, Zone.Refusals(CarRepair, null).Count());
    }

    [Fact]
    public void No_class_and_no_number_is_invented()
    {
        Assert.Equal(ExemptionRefusals.ClassUnknown.Code, Assert.Single(Zone.Refusals("services-nuclear-power", Garage)).Code);
        Assert.Equal(ExemptionRefusals.AnswerInvalid.Code, Assert.Single(Zone.Refusals(CarRepair, Garage with { Area = -1 })).Code);
        Assert.Throws<ArgumentException>(() => Zone.Decide(CarRepair, null));
    }
}
