using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Statistics;
using Xunit;

namespace OneDoor.Sample;

/// <summary>STAT-3: what is drawn is lawful to the rules of cases, and resembles the whole. <c>make sample-check</c> folds the whole.</summary>
public sealed class HundredthOfTheSample
{
    private static readonly SampleTable Table = SampleTable.Solve();
    private static readonly IReadOnlyList<SampleCase> Drawn = SampleDrawing.Draw(Table, SamplePlan.Cases / 100);
    private static readonly Dictionary<Guid, IReadOnlyList<CaseFact>> Told = Tell(Drawn);
    private static readonly CaseRow[] Rows = [.. Told.Values.Select(facts => RowOf(facts.Aggregate(default(Case), Case.Evolve)!))];

    [Fact]
    public void The_rules_themselves_make_the_facts_of_every_case_and_conclude_it_in_its_month()
    {
        Assert.Equal(7_914, Told.Count);
        Assert.All(Drawn.Zip(Rows), pair => Assert.InRange(
            LegalClock.DayOf(pair.Second.ConcludedAt!.Value), pair.First.Cell.From, pair.First.Cell.Until.AddDays(-1)));
    }

    [Fact]
    public void Time_passes_in_every_case_and_none_begins_before_the_five_years()
    {
        Assert.All(Told.Values, facts => Assert.Equal(facts.OrderBy(fact => fact.At).Select(fact => fact.At), facts.Select(fact => fact.At)));
        Assert.True(Told.Values.Min(facts => LegalClock.DayOf(facts[0].At)) >= SamplePlan.Begins);
    }

    [Fact]
    public void There_are_notices_refusals_commitments_filings_and_missed_promises()
    {
        var facts = Told.Values.SelectMany(told => told).Select(fact => fact.GetType()).ToHashSet();
        Assert.Superset(
            new HashSet<Type> { typeof(CorrectionRequested), typeof(StepRefused), typeof(CommitmentMade), typeof(CaseOverdue), typeof(DelayExplained), typeof(StepInspected), typeof(ThirdPartiesTold) }, facts);
        Assert.Contains(Drawn, drawn => drawn.Way == SampleWay.Filed);
    }

    [Fact]
    public void The_same_seed_draws_the_same_cases_to_the_fact()
    {
        var again = Tell([.. Drawn.Take(200)]);
        Assert.All(again, told => Assert.Equal(StoredJson.Write(Told[told.Key]), StoredJson.Write(told.Value)));
    }

    [Fact]
    public void Whole_figures_come_out_within_a_hundredth()
    {
        var figures = PublishedFigures.Of(CatalogueData.June2020(), Tally.Of(Rows)).Figures.ToDictionary(figure => figure.Id);
        Assert.Equal(7_914, figures["cases"].Value);
        Assert.InRange(figures["cases-licences"].Value!.Value, 560, 650);
        Assert.InRange(figures["epidemic-online-share"].Value!.Value, 0.86m, 0.90m);
    }

    private static Dictionary<Guid, IReadOnlyList<CaseFact>> Tell(IReadOnlyList<SampleCase> drawn)
    {
        var life = new SampleLife();
        return drawn.Select(life.FactsOf).ToDictionary(facts => ((CaseSubmitted)facts[0]).CaseId);
    }

    private static CaseRow RowOf(Case folded) => CaseRow.Of(folded, CatalogueData.June2020().First(item => item.Code == folded.Plan.Item), LegalClock.Zone);
}
