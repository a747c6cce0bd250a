using OneDoor.Clock;
using OneDoor.Statistics;
using Xunit;
using static OneDoor.Staff.StaffSpec;

namespace OneDoor.Staff;

/// <summary>PERF-1: somebody contests a figure of their own, and somebody else decides, once. It is the 1st of July 2026.</summary>
public class ContestedFigures
{
    private static readonly DateTimeOffset Now = China.At("2026-07-01 09:00");
    private static readonly StaffFigures Figures = Of(new(Department.Tax, Person: "p_clerk"), cases: 40, kept: 38);

    [Fact]
    public void It_is_contested_as_it_stood_and_settled_by_somebody_else()
    {
        var contest = State();

        Assert.Equal((FigureContestStatus.Open, "p_clerk", new StatisticsRatio(0.95m, 38, 40)), (contest.Status, contest.Person, contest.Share));
        Assert.Equal((China.At("2026-04-01 00:00"), China.At("2026-07-01 00:00")), (contest.BeganAt, contest.EndedAt));
        Assert.Equal(FigureContestStatus.Upheld, FigureContest.Evolve(contest, Settled(Deputy).Facts[0]).Status);
        Assert.Equal(FigureContestStatus.Rejected, FigureContest.Evolve(contest, Settled(Office, upheld: false).Facts[0]).Status);
        Assert.Equal(StaffRefusals.NeedsSupervisor, Settled(Colleague).Refused);
        Assert.Equal(StaffRefusals.TextInvalid.Code, FigureContest.Decide(contest, new SettleFigureContest(true, " "), new FigureContestAsking(Head, LegalClock.Zone, Now)).Refused!.Code);
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once() =>
        Assert.Equal(["/quarter", "/reason"], Decide(new("2026", StaffCriterionCode.Positive, ""), Clerk, Figures, isMade: false).Refused!.Fields.Select(f => f.Pointer));

    [Fact]
    public void Each_figure_of_each_quarter_is_a_contest_of_its_own()
    {
        static Guid Id(string person = "p_clerk", Department of = Department.Tax, string quarter = "2026-Q2", StaffCriterionCode figure = StaffCriterionCode.Positive) => FigureContest.IdOf(person, of, quarter, figure);

        Assert.Equal(5, new[] { Id(), Id("p_other"), Id(of: Department.Fire), Id(quarter: "2026-Q1"), Id(figure: StaffCriterionCode.InOrder) }.Distinct().Count());
    }

    [Fact]
    public void Who_contests_sees_it_and_so_do_supervisors_of_theirs_and_auditors()
    {
        Assert.All([Clerk, Head, Office, Auditor], viewer => Assert.NotNull(State().SeenBy(viewer, Now)));
        Assert.All([Colleague, Head with { Department = Department.Fire }, Office with { IsSupervisor = false }, new("mobile", "p_citizen", Applicant: "person:1")], viewer => Assert.Null(State().SeenBy(viewer, Now)));
    }

    [Fact]
    public void A_figure_says_that_it_is_contested()
    {
        var contested = new ContestedFigure(StaffCriterionCode.Positive, "2026-Q2", FigureContestStatus.Open, default);

        Assert.Equal([contested], Of(new(Department.Tax, Person: "p_clerk"), cases: 1, kept: 1, more: c => c with { Contested = [contested] }).Contested!);
        Assert.Null(Figures.Contested);
    }

    internal static Refusal? Refused(string quarter = "2026-Q2", Actor? by = null, bool handled = true, bool isMade = false) =>
        Decide(new(quarter, StaffCriterionCode.OnTimeByPromise, "两件由同事办理。"), by ?? Clerk, handled ? Figures : null, isMade).Refused;

    internal static Decision<FigureContestFact> Settled(Actor by, bool upheld = true) =>
        FigureContest.Decide(State(), new SettleFigureContest(upheld, "属实。"), new FigureContestAsking(by, LegalClock.Zone, Now));

    internal static Refusal? SettledTwice() =>
        FigureContest.Decide(FigureContest.Evolve(State(), Settled(Head).Facts[0]), new SettleFigureContest(true, "属实。"), new FigureContestAsking(Deputy, LegalClock.Zone, Now)).Refused;

    private static FigureContest State() => FigureContest.Evolve(null, Decide(new("2026-Q2", StaffCriterionCode.OnTimeByPromise, "两件由同事办理。"), Clerk, Figures, isMade: false).Facts[0]);

    private static Decision<FigureContestFact> Decide(ContestFigure command, Actor by, StaffFigures? figures, bool isMade) =>
        FigureContest.Decide(null, command, new FigureContestAsking(by, LegalClock.Zone, Now) { Figures = figures, IsMade = isMade });
}
