using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Statistics;

namespace OneDoor.Staff;

/// <summary>What the documentation shows of staff, decided and computed by the platform's own rules.</summary>
public static class StaffExamples
{
    private const string Hall = "airport", Person = "p_clerk";
    private const int Window = 3;
    private static readonly Actor Supervisor = new("sandbox-service-office", "p_head", Department.ServiceOffice, IsSupervisor: true), Another = Supervisor with { Subject = "p_deputy" },
        Clerk = new("onedoor-desk", Person, Department.MarketRegulation);

    private static readonly StaffFigures OfPerson = Of(new(Department.MarketRegulation, Person: Person));
    public static readonly StaffPerformance Performance = new(new(2026, 7, 1), new(2026, 9, 30), [Of(new(Department.MarketRegulation))], [Of(new(Hall: Hall, Window: Window))], [OfPerson], [Of(new(Hall: Hall))]);
    public static readonly StaffExcellence Excellence = StaffExcellence.Of(new(2026, 3), LegalClock.DayOf(CatalogueExamples.Now), Performance, StaffCriteria.Zone, "en");

    public static readonly ServiceFigures Service = GetServiceFigures.Of(new(2026, 3), Performance);

    public static readonly MakeRound Looking = new(Hall, Window, Department.MarketRegulation, [new("presence", true), new("appearance", false, "No badge.")], Person);
    private static readonly IReadOnlyList<RoundFact> OfLooking = Round.Decide(null, Looking, new RoundAsking(Supervisor, LegalClock.Zone, CatalogueExamples.Now)
    {
        New = new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7e01"),
    }).Facts;
    public static readonly RoundView Looked = RoundView.Of(OfLooking.Aggregate(default(Round), Round.Evolve)!);
    public static readonly History<RecordEvent> HistoryOfLooked = new([.. OfLooking.Select(RecordEvent.Of)]);

    public static readonly RecordOutage Down = new(CatalogueExamples.Now.AddHours(-4), CatalogueExamples.Now.AddHours(-1), "The registration system did not answer.");
    private static readonly IReadOnlyList<OutageFact> OfDown = Outage.Decide(null, Down, new OutageAsking(Supervisor, LegalClock.Zone, CatalogueExamples.Now)
    {
        New = new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7e02"),
    }).Facts;
    public static readonly OutageView WasDown = OutageView.Of(OfDown.Aggregate(default(Outage), Outage.Evolve)!);
    public static readonly History<RecordEvent> HistoryOfDown = new([.. OfDown.Select(RecordEvent.Of)]);

    private static readonly AttemptedRefusalStopped OfStopped = new(
        CatalogueExamples.Now, Clerk, new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7e04"), new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7d8e"), "licence", Hall, Department.MarketRegulation, AttemptedNo.Refusal,
        CaseRefusals.OnlyASupervisorRefuses.Code);
    public static readonly AttemptedRefusalView Stopped = AttemptedRefusalView.Of(AttemptedRefusal.Evolve(null, OfStopped));
    public static readonly History<RecordEvent> HistoryOfStopped = new([RecordEvent.Of(OfStopped, 0)]);

    public static readonly ContestFigure Contesting = new("2026-Q3", StaffCriterionCode.OnTimeByPromise, "Two of the late cases were decided by a colleague under my name.");
    public static readonly SettleFigureContest SettlingContest = new(false, "The history of both names the clerk.");
    private static readonly IReadOnlyList<FigureContestFact> OfContest = FigureContest.Decide(null, Contesting, new FigureContestAsking(Clerk, LegalClock.Zone, CatalogueExamples.Now) { Figures = OfPerson }).Facts;
    private static readonly FigureContest Contested = OfContest.Aggregate(default(FigureContest), FigureContest.Evolve)!;
    private static readonly IReadOnlyList<FigureContestFact> OfSettling = FigureContest.Decide(Contested, SettlingContest, new FigureContestAsking(Supervisor, LegalClock.Zone, CatalogueExamples.Now)).Facts;
    public static readonly FigureContestView Contest = FigureContestView.Of(Contested);
    public static readonly FigureContestView ContestSettled = FigureContestView.Of(OfSettling.Aggregate(Contested, FigureContest.Evolve));
    public static readonly History<RecordEvent> HistoryOfContest = new([.. OfContest.Concat(OfSettling).Select(RecordEvent.Of)]);

    public static readonly MakeAssessment Assessing = new("2026-H1", Person);
    public static readonly ObjectToAssessment Objecting = new("Two of the complaints were about another window.");
    public static readonly SettleAssessment Settling = new(StaffGrade.Competent, "They were, and that changes nothing.");

    private static readonly Assessment Made = After(null, Assessing, Supervisor), Opposed = After(Made, Objecting, Clerk);
    public static readonly AssessmentView Assessed = AssessmentView.Of(Made);
    public static readonly AssessmentView Objected = AssessmentView.Of(Opposed);
    public static readonly AssessmentView Settled = AssessmentView.Of(After(Opposed, Settling, Another));
    public static readonly History<AssessmentEvent> History = new([.. Facts(null, Assessing, Supervisor).Concat(Facts(Made, Objecting, Clerk)).Select(AssessmentEvent.Of)]);

    private static StaffFigures Of(StaffKey key) => StaffFigures.Of(new StaffCounts(key)
    {
        Cases = new([], "", [420, 400, 0, 15, 5, 380, 310, 410, 402, 2, 410, 410, 0, 8200, 1230, 5904000, 410, 0, 12, 6, 15, 0, 60, 58]),
        Visits = 260, WaitSeconds = 93600, ServiceSeconds = 156000, Rated = 88, Positive = 85, Tried = 2, Complaints = 1, Rounds = 30, InOrder = 28,
    }, StaffCriteria.Zone);

    private static IReadOnlyList<AssessmentFact> Facts(Assessment? state, AssessmentCommand command, Actor by) =>
        Assessment.Decide(state, command, new AssessmentAsking(by, LegalClock.Zone, CatalogueExamples.Now) { Figures = OfPerson }).Facts;

    private static Assessment After(Assessment? state, AssessmentCommand command, Actor by) => Facts(state, command, by).Aggregate(state, Assessment.Evolve)!;
}
