using OneDoor.Statistics;
using Xunit;

namespace OneDoor.Staff;

/// <summary>PERF-1: what figures say of departments, windows and people, and who sees them.</summary>
public class Figures
{
    private static readonly StaffKey Unit = new(Department.Tax), Window = new(Hall: "airport", Window: 3), Person = new(Department.Tax, Person: "p_clerk");

    [Fact]
    public void Every_share_has_what_it_was_made_of()
    {
        var figures = StaffSpec.Of(Person, cases: 40, kept: 38, more: c => c with { Visits = 10, WaitSeconds = 3_000, ServiceSeconds = 6_000, Rated = 20, Positive = 19, Complaints = 1, Rounds = 5, InOrder = 4 });

        Assert.Equal((50, 40, 10), (figures.Handled, figures.Cases, figures.Visits));
        Assert.Equal(new StatisticsRatio(0.95m, 38, 40), figures.OnTimeByPromise);
        Assert.Equal(new StatisticsRatio(0.95m, 19, 20), figures.Positive);
        Assert.Equal(new StatisticsRatio(0.98m, 49, 50), figures.WithoutComplaint);
        Assert.Equal(new StatisticsRatio(0.8m, 4, 5), figures.InOrder);
        Assert.Equal((300m, 600m), (figures.MeanWait.Value!.Value, figures.MeanService.Value!.Value));
    }

    [Fact]
    public void A_department_handles_cases_a_window_visits_and_a_person_both()
    {
        static StaffFigures Of(StaffKey key) => StaffSpec.Of(key, cases: 40, kept: 40, more: c => c with { Visits = 10 });

        Assert.Equal((40, 10, 50), (Of(Unit).Handled, Of(Window).Handled, Of(Person).Handled));
    }

    /// <summary>CASE-4: the window that never says no. CASE-2: what is missing is said once.</summary>
    [Fact]
    public void What_a_clerk_does_instead_of_refusing_is_counted_and_so_is_whoever_refused()
    {
        var figures = StaffSpec.Of(Unit, cases: 40, kept: 40, refused: 5, counted: [("referred", 4), ("redirected", 2), ("clerks-noes", 1), ("notified", 10), ("told-once", 9)]);

        Assert.Equal((new StatisticsRatio(0.2m, 1, 5), new StatisticsRatio(0.1m, 4, 40)), (figures.SaidNoByClerks, figures.ReferredUpward));
        Assert.Equal((new StatisticsRatio(0.05m, 2, 40), new StatisticsRatio(0.9m, 9, 10)), (figures.Redirected, figures.ToldOnce));
        Assert.Null(figures.Zeros);
    }

    /// <summary>PERF-2.</summary>
    [Fact]
    public void Five_zeros_of_a_hall_say_how_often_what_never_happens_did()
    {
        var hall = StaffSpec.Of(new(Hall: "airport"), cases: 40, kept: 37, refused: 5, more: c => c with { Visits = 50, Complaints = 2, Rounds = 20, InOrder = 19 }, counted: [("notified", 10), ("told-once", 9)]);

        Assert.Equal(50, hall.Handled);
        Assert.Equal(
            [("no-refusal", 0, 5), ("no-second-notice", 1, 10), ("no-backlog", 3, 40), ("no-complaint", 2, 50), ("no-fault", 1, 20)],
            hall.Zeros!.Select(zero => (zero.Code, (int)zero.Share.Numerator, (int)zero.Share.Denominator)));
        Assert.Equal(StaffCriteria.Zone.Zeros.Select(zero => zero.Counts), Enum.GetValues<ZeroCount>());
        Assert.All([Unit, Window, Person], key => Assert.Null(StaffSpec.Of(key, cases: 40, kept: 40).Zeros));
    }

    [Fact]
    public void A_lawful_refusal_counts_like_a_grant() =>
        Assert.Equal(StaffCriteria.Zone.ScoreOf(StaffSpec.Of(Unit, cases: 40, kept: 40).Of), StaffCriteria.Zone.ScoreOf(StaffSpec.Of(Unit, cases: 40, kept: 40, refused: 40).Of));

    [Fact]
    public void So_few_ratings_that_they_would_tell_who_gave_them_are_not_told()
    {
        static StatisticsRatio? Rated(int rated) => StaffSpec.Of(Unit, cases: 40, kept: 40, more: c => c with { Rated = rated }).Positive;

        Assert.Null(Rated(StaffCriteria.Zone.LeastRatings - 1));
        Assert.Equal(new StatisticsRatio(0, 0, 5), Rated(StaffCriteria.Zone.LeastRatings));
        Assert.Equal(new StatisticsRatio(null, 0, 0), Rated(0));
    }

    [Theory]
    [InlineData("2026-01-01", "2026-03-31", true)]
    [InlineData("2026-01-01", "2026-12-31", true)]
    [InlineData("2026-01-01", "2026-03-30", false)]
    [InlineData("2026-01-02", "2026-03-31", false)]
    [InlineData("2026-02-01", "2026-04-30", false)]
    [InlineData("2026-07-01", "2026-03-31", false)]
    public void How_somebody_was_rated_is_told_of_whole_quarters(string from, string to, bool areWhole) =>
        Assert.Equal(areWhole, Quarter.AreWhole(DateOnly.Parse(from, null), DateOnly.Parse(to, null)));

    [Fact]
    public void Ratings_that_are_not_told_count_nowhere() =>
        Assert.Null(StaffSpec.Of(Person, cases: 40, kept: 40, more: c => c with { Rated = 20, Positive = 20, AreRatingsTold = false }).Positive);

    [Fact]
    public void What_somebody_has_no_share_of_counts_for_nothing()
    {
        var bare = StaffSpec.Of(Unit, cases: 40, kept: 20);
        // On time 25 and 15 at a half, and 20 at the whole: no ratings, no rounds.
        Assert.Equal(decimal.Round(40m / 60, 6), StaffCriteria.Zone.ScoreOf(bare.Of));
        Assert.Equal(decimal.Round(70m / 90, 6), StaffCriteria.Zone.ScoreOf(StaffSpec.Of(Unit, cases: 40, kept: 20, more: c => c with { Rated = 10, Positive = 10 }).Of));
        Assert.Null(StaffCriteria.Zone.ScoreOf(StaffSpec.Of(Unit).Of));
    }

    [Fact]
    public void Criteria_are_published_with_what_each_counts()
    {
        var criteria = StaffCriteria.Zone;

        Assert.True(criteria.Sample);
        Assert.Equal(Enum.GetValues<StaffCriterionCode>(), criteria.Criteria.Select(c => c.Code).Order());
        Assert.Equal(30, criteria.LeastHandled);
        Assert.Equal(Enum.GetValues<StaffGrade>(), criteria.Grades.OrderByDescending(g => g.Least).Select(g => g.Grade));
        Assert.Equal(0, criteria.Grades[^1].Least);
    }

    [Fact]
    public void Supervisors_see_their_department_or_hall_and_everybody_sees_themselves()
    {
        var (tax, all) = (new StaffScope(Department: Department.Tax), new StaffScope());

        Assert.Equal(new StaffSight(tax, tax), StaffSight.Of(StaffSpec.Head, false));
        Assert.Equal(new StaffSight(all, all), StaffSight.Of(StaffSpec.Office, false));
        Assert.Equal(new StaffSight(new("lingang"), new("lingang")), StaffSight.Of(StaffSpec.Office with { Hall = "lingang" }, false));
        Assert.Equal(new StaffSight(null, tax with { Person = "p_clerk" }), StaffSight.Of(StaffSpec.Clerk, false));
        Assert.Equal(new StaffSight(all, tax with { Person = "p_clerk" }), StaffSight.Of(StaffSpec.Clerk, true));
        Assert.Equal(new StaffSight(all, tax), StaffSight.Of(StaffSpec.Head, true));
        Assert.Equal(new StaffSight(null, null), StaffSight.Of(new("sandbox-tax", "sandbox-tax", Department.Tax), false));
        Assert.Equal(new StaffSight(null, null), StaffSight.Of(new("mobile", "p_citizen", Applicant: "person:1"), false));
    }

    /// <summary>REV-1: looked at twice, a day apart, the share of a department would tell how somebody rated it.</summary>
    [Fact]
    public void Ratings_of_a_period_that_runs_are_told_to_who_reads_the_reviews_alone()
    {
        Assert.All([Department.Tax, Department.ServiceOffice], reader => Assert.True(StaffSight.ReadsReviews(Department.Tax, reader)));
        Assert.All(new Department?[] { Department.Fire, null }, reader => Assert.False(StaffSight.ReadsReviews(Department.Tax, reader)));
    }

    [Fact]
    public void What_is_asked_for_beyond_that_is_nothing()
    {
        var head = StaffSight.Of(StaffSpec.Head, false);

        Assert.Equal(new StaffSight(null, null), head.Asked(new(Department: Department.Fire)));
        Assert.Equal(new StaffSight(new("lingang", Department.Tax), new("lingang", Department.Tax)), head.Asked(new("lingang")));
        // Who asks for a person asks for no department.
        Assert.Equal(new StaffSight(null, new(null, Department.Tax, "p_colleague")), head.Asked(new(Person: "p_colleague")));
        Assert.Equal(new StaffSight(null, null), StaffSight.Of(StaffSpec.Clerk, false).Asked(new(Person: "p_colleague")));
    }
}
