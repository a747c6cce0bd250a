using OneDoor.Catalogue;
using OneDoor.Clock;
using QuikGraph;
using QuikGraph.Algorithms;
using QuikGraph.Algorithms.ShortestPath;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>JOINT-2: the critical path of a project, found once more by somebody else's library.</summary>
public class OutsideCriticalPath
{
    private const int Most = 18, MostSteps = 9, Seed = 20200611;

    private static readonly Item Project = CatalogueData.Zone().Single(item => item.Code == "INVESTMENT-PROJECT");

    [Fact] // JOINT-2, CLK-2: on each day of eleven years another plan
    public void Whatever_the_plan_and_the_day_it_begins_the_path_is_the_same_and_the_promise_no_longer_than_eighteen_working_days()
    {
        var (random, calendar) = (new Random(Seed), LegalClock.Zone.Calendar);
        for (var day = new DateOnly(2016, 1, 1); day < new DateOnly(2027, 1, 1); day = day.AddDays(1))
        {
            var item = Plan(random);
            var (length, spans) = Outside(item.Procedure);
            var path = CriticalPath.Of(item.Procedure);
            Assert.Equal((length, length), (path.WorkingDays, path.Critical.Sum(code => item.Procedure.Steps.Single(s => s.Code == code).Limit.Value)));
            Assert.Equal(spans, path.Steps.ToDictionary(s => s.Step, s => (s.EarliestStart, s.EarliestEnd, s.Slack)));

            var accepted = China.At(day, new(14, 30));
            var plan = StepPlan.Of(item with { PromisedLimit = Limit.WorkingDays((int)length) }, LegalClock.Zone, HallDirectory.Main, accepted);
            Assert.Equal(spans.ToDictionary(s => s.Key, s => s.Value.Slack), plan.Steps.ToDictionary(s => s.Code, s => s.Slack!.Value));
            Assert.All(plan.Steps, step => Assert.Equal(LegalClock.Zone.Simulate(accepted, Limit.WorkingDays((int)spans[step.Code].End)).DueAt, step.EarliestEnd));
            var due = LegalClock.DayOf(plan.PromisedDueAt!.Value);
            Assert.InRange(Enumerable.Range(1, due.DayNumber - day.DayNumber).Count(n => calendar.IsWorkingDay(day.AddDays(n))), 1, Most);
        }
    }

    [Fact] // JOINT-2
    public void Of_the_zones_project_it_is_eighteen_working_days_and_of_every_item_the_same()
    {
        Assert.Equal(Most, Outside(Project.Procedure).Length);
        foreach (var item in CatalogueData.Zone().Where(item => item.Procedure.Steps.Count > 0))
        {
            var path = CriticalPath.Of(item.Procedure);
            var (length, spans) = Outside(item.Procedure);
            // It counts in parts of two, the rule in parts of ten.
            Assert.Equal(length, path.WorkingDays, precision: 9);
            Assert.All(path.Steps, s =>
            {
                Assert.Equal(spans[s.Step].Start, s.EarliestStart, precision: 9);
                Assert.Equal(spans[s.Step].End, s.EarliestEnd, precision: 9);
                Assert.Equal(spans[s.Step].Slack, s.Slack, precision: 9);
            });
        }
    }

    // Up to nine steps, each after some of those before it, of which no chain takes longer than eighteen working days.
    private static Item Plan(Random random)
    {
        List<ProcedureStep> steps = [];
        Dictionary<string, int> ends = [];
        for (var n = random.Next(1, MostSteps + 1); n > 0; n--)
        {
            var after = steps.Where(step => ends[step.Code] < Most && random.Next(3) == 0).Select(step => step.Code).ToArray();
            var start = after.Select(code => ends[code]).DefaultIfEmpty(0).Max();
            var step = StepOf($"step-{n}", Project.Procedure.Steps[random.Next(Project.Procedure.Steps.Count)].Department, after) with { Limit = Limit.WorkingDays(random.Next(1, Most - start + 1)) };
            ends[step.Code] = start + (int)step.Limit.Value;
            steps.Add(step);
        }
        return ItemOf(Department.ServiceOffice, [.. steps.OrderBy(_ => random.Next())]);
    }

    // A step is an edge from where it begins to where it ends. The library knows the longest way to each from where the plan begins, and, backwards, from where it ends.
    private static (decimal Length, Dictionary<string, (decimal Start, decimal End, decimal Slack)> Spans) Outside(Procedure procedure)
    {
        var edges = procedure.Steps.SelectMany(step => (TaggedEdge<string, double>[])
        [
            new($"{step.Code} begins", $"{step.Code} ends", (double)step.Limit.InWorkingDays), new("begins", $"{step.Code} begins", 0), new($"{step.Code} ends", "ends", 0),
            .. step.After.Select(before => new TaggedEdge<string, double>($"{before} ends", $"{step.Code} begins", 0)),
        ]).ToArray();
        var (from, to) = (Longest(edges, "begins"), Longest([.. edges.Select(e => new TaggedEdge<string, double>(e.Target, e.Source, e.Tag))], "ends"));
        var length = from["ends"];
        return ((decimal)length, procedure.Steps.ToDictionary(step => step.Code, step => (
            (decimal)from[$"{step.Code} begins"], (decimal)from[$"{step.Code} ends"], (decimal)(length - to[$"{step.Code} ends"] - from[$"{step.Code} ends"]))));
    }

    private static Dictionary<string, double> Longest(TaggedEdge<string, double>[] edges, string root)
    {
        var graph = edges.ToAdjacencyGraph<string, TaggedEdge<string, double>>();
        var search = new DagShortestPathAlgorithm<string, TaggedEdge<string, double>>(graph, edge => edge.Tag, DistanceRelaxers.CriticalDistance);
        search.Compute(root);
        return graph.Vertices.ToDictionary(vertex => vertex, vertex => search.TryGetDistance(vertex, out var distance) ? distance : throw new InvalidOperationException(vertex));
    }
}
