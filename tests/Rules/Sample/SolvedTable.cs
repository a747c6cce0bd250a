using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Statistics;
using Xunit;

namespace OneDoor.Sample;

/// <summary>STAT-3: the five years are solved in whole cases, every sum of which is a figure that the zone published.</summary>
public sealed class SolvedTable
{
    private static readonly SampleTable Table = SampleTable.Solve();

    private static int Cases(Func<SampleCell, bool> of) => Table.Cells.Where(of).Sum(cell => cell.Cases);

    [Fact]
    public void There_are_791_406_cases_by_category_as_published() => Assert.Equal(
        (791_406, 60_629, 730_677, 94, 6),
        (Cases(_ => true), Of(Category.AdministrativeLicence), Of(Category.PublicService), Of(Category.InternalApproval), Of(Category.Other)));

    [Fact]
    public void In_2019_14_500_cases_are_under_municipal_powers_each_of_the_105_among_them()
    {
        SampleCell[] cells = [.. Table.Cells.Where(cell => cell.Item.Origin == PowerOrigin.Municipal && cell.From.Year == 2019)];
        Assert.Equal((14_500, 105), (cells.Sum(cell => cell.Cases), cells.Select(cell => cell.Item.Code).Distinct().Count()));
    }

    [Fact]
    public void Since_3_February_2020_there_are_196_796_of_them_172_984_online_34_of_projects_and_1_128_foundings()
    {
        SampleCell[] cells = [.. Table.Cells.Where(cell => cell.From >= SamplePlan.Epidemic)];
        Assert.Equal((196_796, 172_984, 34, 1_128), (
            cells.Sum(cell => cell.Cases), cells.Where(cell => cell.IsOnline).Sum(cell => cell.Cases), cells.Where(cell => cell.Emergency).Sum(cell => cell.Cases),
            cells.Where(cell => cell.Item.CreatesEntity).Sum(cell => cell.Cases)));
    }

    /// <summary>105 × 0.324 days as published are 24.3 working days of 480 minutes; both readings of "78 %" are the catalogue's.</summary>
    [Fact]
    public void What_municipal_powers_take_adds_up_to_0_324_days_each()
    {
        Assert.Equal(105, Table.MinutesOf.Count);
        Assert.Equal(0.324m, Table.MinutesOf.Values.Sum() / 480m * 7 / 5 / 105);
        Assert.All(Table.MinutesOf.Values, minutes => Assert.InRange(minutes, 6, 264));
    }

    /// <summary>Of all that were published, what is said of entry by hand alone has nothing here to be computed from.</summary>
    [Fact]
    public void Every_published_figure_that_can_be_computed_is_reproduced_by_it_and_none_without_cases()
    {
        var figures = PublishedFigures.Of(CatalogueData.June2020(), [.. Table.Cells.Select(TallyOf)]);
        Assert.Empty(figures.Differing().Select(figure => figure.Id));
        Assert.Equal(["auto-entry-time"], figures.Unknowable().Select(figure => figure.Id));
        Assert.Superset(
            new HashSet<string> { "cases", "municipal-actual-days", "epidemic-online-share" }, PublishedFigures.Of(CatalogueData.June2020(), []).Differing().Select(figure => figure.Id).ToHashSet());
    }

    [Fact]
    public void No_case_comes_before_the_year_in_which_its_power_was_taken_over() =>
        Assert.All(Table.Cells.Where(cell => cell.Item.TakenOverIn is not null), cell => Assert.True(cell.From.Year >= cell.Item.TakenOverIn));

    [Fact]
    public void Every_item_that_one_can_apply_for_every_hall_and_every_channel_has_cases()
    {
        Assert.Equal(
            CatalogueData.June2020().Where(item => !item.Confidential && item.Mode != ReformMode.Abolished).Select(item => item.Code).Order(StringComparer.Ordinal),
            Table.Cells.Select(cell => cell.Item.Code).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(4, Table.Cells.Select(cell => cell.Hall).Distinct().Count());
        Assert.Equal(Enum.GetValues<Channel>(), Table.Cells.Select(cell => cell.Channel).Distinct().Order());
        Assert.All(Table.Cells, cell => Assert.Contains(cell.Channel, cell.Item.Channels));
    }

    [Fact]
    public void The_same_seed_solves_the_same_and_another_another_with_the_same_sums()
    {
        Assert.Equal(Table.Cells, SampleTable.Solve(SamplePlan.UsualSeed).Cells);
        var other = SampleTable.Solve(7);
        Assert.NotEqual(Table.Cells, other.Cells);
        Assert.Equal(791_406, other.Cells.Sum(cell => cell.Cases));
    }

    private static int Of(Category category) => Cases(cell => cell.Item.Category == category);

    private static Tally TallyOf(SampleCell cell) => new(
        cell.Item.Code, cell.Item.Category, cell.Item.Origin, PublishedFigures.StretchOf(LegalClock.MidnightOf(cell.From))!.Value, cell.Cases, cell.IsOnline ? cell.Cases : 0,
        cell.Emergency ? cell.Cases : 0, cell.Item.CreatesEntity ? cell.Cases : 0, cell.Cases * 60L * Table.MinutesOf.GetValueOrDefault(cell.Item.Code), cell.Cases);
}
