using System.Reflection;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Staff.StaffSpec;

namespace OneDoor.Staff;

/// <summary>Every refusal about staff is produced by the rules, by one story at least; that something does not exist, the store says.</summary>
public class EveryStaffRefusal
{
    private static readonly DateTimeOffset Now = China.At("2026-07-01 09:00");
    private static readonly MakeRound Look = new("lingang", 2, Department.Tax, [new("presence", true)]);
    private static readonly RecordOutage Down = new(Now.AddHours(-3), Now, "登记系统停机。");

    private static readonly Dictionary<Refusal, Func<Refusal?>> Stories = new()
    {
        [StaffRefusals.NotYours] = () => Decide(Look, Head with { Department = Department.Fire }),
        [StaffRefusals.NeedsSupervisor] = () => Decide(Look, Colleague),
        [StaffRefusals.QuarterRunning] = () => StaffExcellence.NotYet(new(2026, 3), new(2026, 9, 30), readsFigures: false),
        [StaffRefusals.TextInvalid] = () => new StaffSpec().Made().Do(new ObjectToAssessment(""), Clerk).Refused,
        [StaffRefusals.PersonInvalid] = () => Decide(Look with { Person = "" }, Head),
        [RoundRefusals.NotOneself] = () => Decide(Look with { Person = Head.Subject }, Head),
        [RoundRefusals.WindowUnknown] = () => Decide(Look with { Hall = "moon" }, Head),
        [RoundRefusals.FindingsInvalid] = () => Decide(Look with { Findings = [] }, Head),
        [OutageRefusals.HallUnknown] = () => Decide(Down with { Hall = "moon" }, Office),
        [OutageRefusals.TimesInvalid] = () => Decide(Down with { Until = Now.AddDays(1) }, Office),
        [AssessmentRefusals.NotFound] = () => new StaffSpec().Do(new ObjectToAssessment("不对。"), Clerk).Refused,
        [AssessmentRefusals.NotOneself] = () => new StaffSpec().Do(new MakeAssessment("2026-H1", "p_head"), Head).Refused,
        [AssessmentRefusals.PeriodInvalid] = () => new StaffSpec().Do(new MakeAssessment("2026-H3", "p_clerk"), Head).Refused,
        [AssessmentRefusals.PersonUnknown] = () => new StaffSpec { Figures = null }.Made().Refused,
        [AssessmentRefusals.AboutInvalid] = () => new StaffSpec().Do(new MakeAssessment("2026-H1"), Head).Refused,
        [AssessmentRefusals.NothingHandled] = () => new StaffSpec { Figures = null }.Do(new MakeAssessment("2026-H1", Department: Department.Fire), Office).Refused,
        [AssessmentRefusals.TooEarly] = () => new StaffSpec().At("2026-06-30 12:00").Made().Refused,
        [AssessmentRefusals.AlreadyMade] = () => new StaffSpec { IsMade = true }.Made().Refused,
        [AssessmentRefusals.GradeMissing] = () => new StaffSpec { Figures = Of(new(Department.Tax, Person: "p_clerk"), cases: 1, kept: 1) }.Made().Refused,
        [AssessmentRefusals.ReasonMissing] = () => new StaffSpec().Do(new MakeAssessment("2026-H1", "p_clerk", Grade: StaffGrade.NotCompetent), Head).Refused,
        [AssessmentRefusals.NotYoursToContest] = () => new StaffSpec().Made().Do(new ObjectToAssessment("不对。"), Head).Refused,
        [AssessmentRefusals.MadeYourself] = () => new StaffSpec().Objected().Do(new SettleAssessment(StaffGrade.Competent, "维持。"), Head).Refused,
        [AssessmentRefusals.NotInThisState] = () => new StaffSpec().Made().Do(new SettleAssessment(StaffGrade.Competent, "维持。"), Deputy).Refused,
        [FigureContestRefusals.NotFound] = () => FigureContest.Decide(null, new SettleFigureContest(true, "属实。"), new FigureContestAsking(Head, LegalClock.Zone, Now)).Refused,
        [FigureContestRefusals.NotYours] = () => ContestedFigures.Refused(by: Clerk with { Subject = Clerk.Client }),
        [FigureContestRefusals.QuarterInvalid] = () => ContestedFigures.Refused("2026-Q5"),
        [FigureContestRefusals.TooEarly] = () => ContestedFigures.Refused("2026-Q3"),
        [FigureContestRefusals.NothingHandled] = () => ContestedFigures.Refused(handled: false),
        [FigureContestRefusals.ContestedAlready] = () => ContestedFigures.Refused(isMade: true),
        [FigureContestRefusals.NotOneself] = () => ContestedFigures.Settled(Clerk with { IsSupervisor = true }).Refused,
        [FigureContestRefusals.NotInThisState] = () => ContestedFigures.SettledTwice(),
    };

    [Fact]
    public void Every_refusal_is_produced() => Assert.All(Stories, story => Assert.Equal(story.Key.Code, story.Value()?.Code));

    [Fact]
    public void No_refusal_is_without_a_story() => Assert.Equal(
        new[] { typeof(StaffRefusals), typeof(RoundRefusals), typeof(OutageRefusals), typeof(AssessmentRefusals), typeof(AttemptedRefusalRefusals), typeof(FigureContestRefusals) }.SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(f => ((Refusal)f.GetValue(null)!).Code).Except([RoundRefusals.NotFound.Code, OutageRefusals.NotFound.Code, AttemptedRefusalRefusals.NotFound.Code]).Order(StringComparer.Ordinal),
        Stories.Keys.Select(r => r.Code).Order(StringComparer.Ordinal));

    private static Refusal? Decide(MakeRound command, Actor by) => Round.Decide(null, command, new RoundAsking(by, LegalClock.Zone, Now)).Refused;

    private static Refusal? Decide(RecordOutage command, Actor by) => Outage.Decide(null, command, new OutageAsking(by, LegalClock.Zone, Now)).Refused;
}
