using Xunit;

namespace OneDoor.Staff;

/// <summary>PERF-1: which windows and units of a quarter are excellent, and how those with the same score are told apart.</summary>
public class Excellent
{
    private static readonly Quarter Third = new(2026, 3);

    [Fact]
    public void Only_who_handled_enough_is_ranked_and_the_others_are_shown()
    {
        var rows = Rank(Unit(Department.Fire, 29, 29), Unit(Department.Tax, 30, 15), Unit(Department.Customs, 40, 40));

        Assert.Equal([Department.Customs, Department.Tax, Department.Fire], rows.Select(r => r.Department!.Value));
        Assert.Equal([1, 2, null], rows.Select(r => r.Rank));
        Assert.Null(rows[2].Score);
        Assert.Equal(29, rows[2].Shares.Single(s => s.Code == StaffCriterionCode.OnTimeByPromise).Share!.Denominator);
    }

    /// <summary>A window that served one visitor would tell how that went; and so would the score, of a share that is not told.</summary>
    [Fact]
    public void Who_reads_no_figures_is_told_of_those_ranked_and_nobody_of_a_share_of_fewer_than_five()
    {
        static StaffFigures Looked(Department department, int rounds) => Unit(department, 40, 40, c => c with { Rounds = rounds, InOrder = rounds - 1 });
        static ExcellenceShare InOrder(ExcellenceRow row) => row.Shares.Single(s => s.Code == StaffCriterionCode.InOrder);
        var all = Of([Unit(Department.Tax, 1, 0) with { Window = 3, Handled = 1 }], [Looked(Department.Customs, 4), Looked(Department.Tax, 5), Unit(Department.Fire, 29, 29)]);

        var told = all.OfRanked();

        Assert.Empty(told.Windows);
        Assert.Equal([Department.Customs, Department.Tax], told.Units.Select(u => u.Department!.Value));
        Assert.Equal((null, 1m), (InOrder(told.Units[0]).Share, told.Units[0].Score));
        Assert.Equal((4m, 5m), (InOrder(told.Units[1]).Share!.Numerator, InOrder(told.Units[1]).Share!.Denominator));
        Assert.Equal((1, 3), (all.Windows.Count, all.Units.Count));
    }

    [Fact]
    public void A_fifth_of_those_ranked_is_excellent_and_none_below_the_score()
    {
        var rows = Rank([.. Enumerable.Range(0, 6).Select(i => Unit((Department)i, 100, 100 - i))]);
        Assert.Equal([true, true, false, false, false, false], rows.Select(r => r.IsExcellent));
        Assert.All(Rank(Unit(Department.Tax, 100, 50)), row => Assert.False(row.IsExcellent));
    }

    [Fact]
    public void A_tie_is_told_apart_by_what_is_published_and_says_so()
    {
        // 78 of 90 both: what one has more of ratings the other has of time, weight by weight.
        var (rated, punctual) = (Unit(Department.Tax, 100, 70, c => c with { Rated = 100, Positive = 100 }), Unit(Department.Fire, 100, 100, c => c with { Rated = 100, Positive = 60 }));
        var rows = Rank(punctual, rated);

        Assert.Equal(rows[0].Score, rows[1].Score);
        Assert.Equal((Department.Tax, 1, 2), (rows[0].Department!.Value, rows[0].Rank!.Value, rows[1].Rank!.Value));
        Assert.All(rows, row => Assert.Equal((2, false), (row.Tie!.Among, row.Tie.SharesRank)));
        Assert.All(rows, row => Assert.Equal([StaffCriterionCode.Positive], row.Tie!.DecidedBy));
    }

    [Fact]
    public void Whom_nothing_tells_apart_has_the_same_rank_and_all_of_them_are_excellent_or_none()
    {
        var rows = Rank(Unit(Department.Tax, 100, 100), Unit(Department.Fire, 50, 50), Unit(Department.Health, 100, 90));

        Assert.Equal([1, 1, 3], rows.Select(r => r.Rank!.Value));
        Assert.All(rows.Take(2), row => Assert.Equal((2, true, 0), (row.Tie!.Among, row.Tie.SharesRank, row.Tie.DecidedBy.Count)));
        Assert.Null(rows[2].Tie);
        // One place, and two who have it.
        Assert.All(rows, row => Assert.False(row.IsExcellent));
    }

    [Fact]
    public void Windows_are_ranked_by_their_visits_and_apart_from_departments()
    {
        var window = StaffSpec.Of(new(Hall: "airport", Window: 3), cases: 40, kept: 40, more: c => c with { Visits = 29 });
        var found = Of([window, window with { Window = 4, Handled = 30 }], [Unit(Department.Tax, 40, 40)]);

        Assert.Equal([(4, 1), (3, null)], found.Windows.Select(w => (w.Window!.Value, w.Rank)));
        Assert.Equal(1, Assert.Single(found.Units).Rank);
    }

    [Theory]
    [InlineData("2026-Q3", "2026-07-01", "2026-09-30")]
    [InlineData("2024-Q1", "2024-01-01", "2024-03-31")]
    [InlineData("2026-Q4", "2026-10-01", "2026-12-31")]
    public void A_quarter_has_its_days(string said, string from, string to) =>
        Assert.Equal((DateOnly.Parse(from, null), DateOnly.Parse(to, null), said), (Quarter.Read(said)!.From, Quarter.Read(said)!.To, Quarter.Read(said)!.ToString()));

    [Fact]
    public void Who_reads_no_figures_reads_a_quarter_from_the_day_after_it_ended()
    {
        Assert.Equal(StaffRefusals.QuarterRunning, StaffExcellence.NotYet(Third, new(2026, 9, 30), readsFigures: false));
        Assert.Null(StaffExcellence.NotYet(Third, new(2026, 10, 1), readsFigures: false));
        Assert.Null(StaffExcellence.NotYet(Third, new(2026, 7, 1), readsFigures: true));
    }

    [Fact]
    public void What_is_no_quarter_is_none()
    {
        Assert.All(["2026-Q5", "2026-Q0", "2026", "", "2026-q3", "20x6-Q3", "0026-Q3", "2026-Q33"], said => Assert.Null(Quarter.Read(said)));
        Assert.False(Of([], [], "2026-09-30").IsOver);
        Assert.True(Of([], [], "2026-10-01").IsOver);
    }

    private static StaffFigures Unit(Department department, int cases, int kept, Func<StaffCounts, StaffCounts>? more = null) => StaffSpec.Of(new(department), cases, kept, more: more);

    private static IReadOnlyList<ExcellenceRow> Rank(params StaffFigures[] units) => Of([], units).Units;

    private static StaffExcellence Of(IReadOnlyList<StaffFigures> windows, IReadOnlyList<StaffFigures> units, string today = "2026-10-01") =>
        StaffExcellence.Of(Third, DateOnly.Parse(today, null), new(Third.From, Third.To, units, windows, [], []), StaffCriteria.Zone, "zh-CN");
}
