using CsCheck;
using OneDoor.Clock;
using Xunit;

namespace OneDoor.Catalogue;

public sealed class CriticalPathTests
{
    [Fact]
    public void Steps_in_a_row_add_up()
    {
        var path = CriticalPath.Of(new Procedure([Step("a", 2), Step("b", 3, "a")]));
        Assert.Equal(5, path.WorkingDays);
        Assert.Equal(["a", "b"], path.Critical);
        Assert.All(path.Steps, step => Assert.Equal(0, step.Slack));
    }

    [Fact]
    public void Parallel_steps_take_as_long_as_the_longest_and_the_others_have_slack()
    {
        var path = CriticalPath.Of(new Procedure([Step("a", 1), Step("long", 5, "a"), Step("short", 2, "a"), Step("end", 1, "long", "short")]));
        Assert.Equal(7, path.WorkingDays);
        Assert.Equal(["a", "long", "end"], path.Critical);
        Assert.Equal(new StepSpan("short", EarliestStart: 1, EarliestEnd: 3, Slack: 3), path.Steps.Single(step => step.Step == "short"));
    }

    [Fact]
    public void Slack_is_measured_against_the_whole_procedure_even_for_a_step_nothing_waits_for()
    {
        var path = CriticalPath.Of(new Procedure([Step("a", 1), Step("b", 4, "a"), Step("aside", 1)]));
        Assert.Equal(4, path.Steps.Single(step => step.Step == "aside").Slack);
    }

    [Fact]
    public void Eight_hall_hours_and_twenty_four_hours_are_a_working_day()
    {
        var path = CriticalPath.Of(new Procedure(
        [
            Step("a", 1) with { Limit = Limit.HallHours(4) },
            Step("b", 1, "a") with { Limit = Limit.Hours(12) },
        ]));
        Assert.Equal(1, path.WorkingDays);
    }

    [Fact]
    public void The_order_in_which_steps_are_listed_does_not_matter() =>
        Assert.Equal(["a", "b"], CriticalPath.Of(new Procedure([Step("b", 3, "a"), Step("a", 2)])).Critical);

    [Fact]
    public void The_investment_project_shows_the_slack_of_its_parallel_reviews()
    {
        var item = CatalogueData.Zone().Single(item => item.Code == "INVESTMENT-PROJECT");
        var slack = CriticalPath.Of(item.Procedure).Steps.ToDictionary(step => step.Step, step => step.Slack);
        Assert.Equal(3, slack["fire-review"]);
        Assert.Equal(6, slack["environment"]);
    }

    public static TheoryData<string, ProcedureStep[]> Unwalkable => new()
    {
        { "two steps share a code", [Step("a", 1), Step("a", 1)] },
        { "a predecessor is unknown", [Step("a", 1, "nowhere")] },
        { "a circle", [Step("a", 1), Step("b", 1, "a", "c"), Step("c", 1, "b")] },
    };

    [Theory]
    [MemberData(nameof(Unwalkable))]
    public void A_graph_that_cannot_be_walked_has_no_order(string why, ProcedureStep[] steps)
    {
        Assert.True(CriticalPath.Ordered(new Procedure(steps)) is null, why);
        Assert.Throws<ArgumentException>(() => CriticalPath.Of(new Procedure(steps)));
    }

    /// <summary>Random graphs: step i waits for some of the steps before it.</summary>
    [Fact]
    public void The_critical_path_is_the_longest_of_all_chains() => Graphs.Sample(procedure =>
    {
        var path = CriticalPath.Of(procedure);
        Assert.Equal(LongestByTryingAll(procedure), path.WorkingDays);
        Assert.Equal(path.WorkingDays, path.Critical.Sum(code => procedure.Steps.Single(step => step.Code == code).Limit.Value));
        Assert.All(path.Critical, code => Assert.Equal(0, path.Steps.Single(step => step.Step == code).Slack));
        Assert.All(path.Steps, step => Assert.InRange(step.Slack, 0, path.WorkingDays));
    });

    [Fact]
    public void A_step_late_by_its_slack_does_not_make_the_case_late_but_one_day_more_does() => Graphs.Sample(procedure =>
    {
        var path = CriticalPath.Of(procedure);
        foreach (var span in path.Steps)
        {
            Assert.Equal(path.WorkingDays, CriticalPath.Of(Delayed(procedure, span.Step, span.Slack)).WorkingDays);
            Assert.Equal(path.WorkingDays + 1, CriticalPath.Of(Delayed(procedure, span.Step, span.Slack + 1)).WorkingDays);
        }
    });

    private static readonly Gen<Procedure> Graphs =
        Gen.Select(Gen.Int[1, 9], Gen.Int[0, 255]).Array[1, 8].Select(steps => new Procedure(
            [.. steps.Select((step, i) =>
                Step($"s{i}", step.Item1, [.. Enumerable.Range(0, i).Where(j => (step.Item2 >> j & 1) == 1).Select(j => $"s{j}")]))]));

    private static decimal LongestByTryingAll(Procedure procedure)
    {
        return procedure.Steps.Max(EndOf);

        decimal EndOf(ProcedureStep step) =>
            step.Limit.Value + step.After.Select(before => EndOf(procedure.Steps.Single(other => other.Code == before))).DefaultIfEmpty(0).Max();
    }

    private static Procedure Delayed(Procedure procedure, string code, decimal days) => new(
        [.. procedure.Steps.Select(step => step.Code == code ? step with { Limit = step.Limit with { Value = step.Limit.Value + days } } : step)]);

    private static ProcedureStep Step(string code, int days, params string[] after) => new()
    {
        Code = code,
        Name = new Text("环节", "Step"),
        Department = Department.Planning,
        After = after,
        Limit = Limit.WorkingDays(days),
    };
}
