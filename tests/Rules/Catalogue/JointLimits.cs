using OneDoor.Clock;
using Xunit;

namespace OneDoor.Catalogue;

/// <summary>JOINT-7, 行政许可法 art. 42 II: what several departments decide together takes what their own laws leave, and 45 working days at most.</summary>
public class JointLimits
{
    private static ProcedureStep StepOf(string code, Limit? law, Department department = Department.Planning, params string[] after) =>
        Cases.Samples.StepOf(code, department, after) with { StatutoryLimit = law, Limit = Limit.HallHours(1) };

    public static TheoryData<string, Limit?[], Limit?> Chains => new()
    {
        { "one after the other", [Limit.WorkingDays(20), Limit.WorkingDays(15)], Limit.WorkingDays(35) },
        { "five of seven calendar days are worked, and what is left of a day is none", [Limit.WorkingDays(10), Limit.CalendarDays(15)], Limit.WorkingDays(20) },
        { "forty-five at most", [Limit.WorkingDays(20), Limit.WorkingDays(26)], Limit.WorkingDays(45) },
        { "forty-five, though one law leaves that alone", [Limit.WorkingDays(45), Limit.WorkingDays(10)], Limit.WorkingDays(45) },
        { "the longest single law where it is longer, as it says it", [Limit.WorkingDays(20), Limit.CalendarDays(90)], Limit.CalendarDays(90) },
        { "one law alone, as it says it", [null, Limit.CalendarDays(15)], Limit.CalendarDays(15) },
        { "no law", [null, null], null },
    };

    /// <summary>(JOINT-7)</summary>
    [Theory]
    [MemberData(nameof(Chains), DisableDiscoveryEnumeration = true)]
    public void The_limit_is_computed_from_the_steps_own_laws(string why, Limit?[] laws, Limit? expected)
    {
        ProcedureStep[] steps = [.. laws.Select((law, i) => StepOf($"s{i}", law, Department.Planning, i == 0 ? [] : [$"s{i - 1}"]))];
        Assert.True(expected == JointLimit.Of(new(steps)), why);
    }

    /// <summary>(JOINT-7)</summary>
    [Fact]
    public void Of_steps_side_by_side_the_longest_counts() => Assert.Equal(
        Limit.WorkingDays(26), JointLimit.Of(new([StepOf("a", Limit.WorkingDays(1)), StepOf("b", Limit.WorkingDays(20), after: "a"), StepOf("c", Limit.WorkingDays(15), after: "a"), StepOf("d", Limit.WorkingDays(5), after: ["b", "c"])])));

    private static readonly Item Project = CatalogueData.Zone().Single(item => item.Code == "INVESTMENT-PROJECT");

    private static Item With(string step, Func<ProcedureStep, ProcedureStep> change) =>
        Project with { Procedure = new([.. Project.Procedure.Steps.Select(s => s.Code == step ? change(s) : s)]) };

    public static TheoryData<string, string, Item> Broken => new()
    {
        { "INVESTMENT-PROJECT/statutoryLimit", "it is 45 working-days", Project with { StatutoryLimit = Limit.WorkingDays(60) } },
        { "INVESTMENT-PROJECT/statutoryLimit", "it is 90 calendar-days", With("environment", s => s with { StatutoryLimit = Limit.CalendarDays(90) }) },
        { "INVESTMENT-PROJECT/statutoryLimit", "one step at least", Project with { Procedure = new([.. Project.Procedure.Steps.Select(s => s with { StatutoryLimit = null })]) } },
        { "INVESTMENT-PROJECT/extension", "fifteen working days", Project with { Extension = Limit.WorkingDays(16) } },
        { "INVESTMENT-PROJECT/procedure/filing/statutoryLimit", "greater than 0", With("filing", s => s with { StatutoryLimit = Limit.WorkingDays(0) }) },
        { "INVESTMENT-PROJECT/procedure/planning-permit/limit", "longer than its own law", With("planning-permit", s => s with { StatutoryLimit = Limit.WorkingDays(5) }) },
    };

    /// <summary>(JOINT-7) The check names item, field and reason.</summary>
    [Theory]
    [MemberData(nameof(Broken), DisableDiscoveryEnumeration = true)]
    public void What_does_not_follow_from_the_steps_own_laws_is_not_published(string path, string what, Item broken) =>
        Assert.Contains(CatalogueRules.Check([broken]), problem => problem.Path == path && problem.What.En.Contains(what, StringComparison.Ordinal));

    /// <summary>(JOINT-7) Of both editions.</summary>
    [Fact]
    public void The_catalogues_joint_limits_are_those_of_their_steps()
    {
        Item[] joint = [.. CatalogueData.Zone().Concat(CatalogueData.June2020()).Where(JointLimit.IsJoint)];
        Assert.Equal(28, joint.Length);
        Assert.All(joint, item => Assert.Equal((item.Code, JointLimit.Of(item.Procedure)), (item.Code, item.StatutoryLimit)));
        Assert.All(joint, item => Assert.True(item.Extension is null or { InWorkingDays: <= JointLimit.ExtendedBy }, item.Code));
    }
}
