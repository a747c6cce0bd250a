using OneDoor.BusinessEnvironment;
using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Complaints;
using OneDoor.Emergencies;
using OneDoor.Reviews;
using OneDoor.Staff;
using OneDoor.Statistics;
using OneDoor.Tickets;
using OneDoor.WorkOrders;

namespace OneDoor.Trials;

/// <summary>What is said of how matters are handled and what is done about it, and what supervisors record.</summary>
internal static class OfficeStories
{
    private const string Digest = "sha-256:0000000000000000000000000000000000000000000000000000000000000000", Reason = "样例";

    // So long ago that whatever is asked, answered and rated is over by now.
    private const int DaysAgo = 120;

    private static readonly Actor Somebody = new("mobile", "sample-applicant", Applicant: "person:990000199001010010");

    public static IEnumerable<Func<Cast, IReadOnlyList<ComplaintFact>>> OfComplaints =>
    [
        cast => Complaint(cast, new AcceptComplaint(), new ExtendComplaint(Reason), new AnswerComplaint(ComplaintFinding.Partly, "已经改正。"), new RateComplaint(false), new ReopenComplaint("没有人问过我。")),
        cast => Complaint(cast, new ReturnComplaint(Department.Customs, Reason)), cast => Lapsed(cast), cast => Lapsed(cast, new AcceptComplaint(), new AnswerComplaint(ComplaintFinding.Partly, "已经改正。")),
    ];

    public static IEnumerable<Func<Cast, IReadOnlyList<ReviewFact>>> OfReviews => [cast => Review(cast, new RejectReviewAppeal(Reason)), cast => Review(cast, new ExcludeReview(Reason))];

    public static IEnumerable<Func<Cast, IReadOnlyList<WorkOrderFact>>> OfWorkOrders => [Done, Answered, Voided, Overdue];

    public static IEnumerable<Func<Cast, IReadOnlyList<AssessmentFact>>> OfAssessments => [Contested, Final];

    public static IEnumerable<Func<Cast, IReadOnlyList<AttemptedRefusalFact>>> OfAttempts => [Tried];

    public static IEnumerable<Func<Cast, IReadOnlyList<FigureContestFact>>> OfContests => [ContestedFigure];

    public static IEnumerable<Func<Cast, IReadOnlyList<RoundFact>>> OfRounds => [Looked];

    public static IEnumerable<Func<Cast, IReadOnlyList<OutageFact>>> OfOutages => [Down];

    public static IEnumerable<Func<Cast, IReadOnlyList<EmergencyProjectFact>>> OfProjects => [Closed];

    public static IEnumerable<Func<Cast, IReadOnlyList<MeasureFact>>> OfMeasures => [cast => Measured(cast, new ConfirmMeasure("已核实。")), cast => Measured(cast, new ReturnMeasure(Reason))];

    public static IEnumerable<Func<Cast, IReadOnlyList<BusinessIndicatorsFact>>> OfIndicators => [Scored];

    /// <summary>A listed emergency project.</summary>
    public static ToldThing<EmergencyProject, EmergencyProjectFact> Listed(Cast cast, DateTimeOffset at)
    {
        var project = new ToldThing<EmergencyProject, EmergencyProjectFact>(at);
        project.Happened(EmergencyProject.Decide(
            null, new RegisterEmergencyProject("样例应急项目", "样例事件", "样例指挥部", "样例〔2026〕1号", LegalClock.DayOf(at).AddDays(300)), new(cast.Of(Department.ServiceOffice), LegalClock.Zone, at), Cast.NewId(at)));
        return project;
    }

    private static IReadOnlyList<EmergencyProjectFact> Closed(Cast cast)
    {
        var project = Listed(cast, cast.Ago(DaysAgo));
        project.Happened(EmergencyProject.Decide(project.State, new CloseEmergencyProject(Reason), new(cast.Of(Department.ServiceOffice), LegalClock.Zone, project.Now), default));
        return project.Facts;
    }

    private static IReadOnlyList<MeasureFact> Measured(Cast cast, MeasureCommand reviewed)
    {
        var (year, planned) = (BusinessEnvironmentPlan.Zone[0].Year, BusinessEnvironmentPlan.Zone[0].Measures.First());
        var measure = new ToldThing<Measure, MeasureFact>(cast.Ago(DaysAgo));
        foreach (var (by, command) in new (Department, MeasureCommand)[] { (planned.Owner, new ReportMeasureProgress(100, "已经办结。", [new("样例〔2026〕1号")])), (planned.Reviewer, reviewed) })
            measure.Happened((measure.State ?? Measure.None(year, planned.Code)!).Decide(command, new(cast.Of(by), LegalClock.Zone, measure.Now)));
        return measure.Facts;
    }

    private static IReadOnlyList<BusinessIndicatorsFact> Scored(Cast cast)
    {
        var scores = new ToldThing<BusinessIndicators, BusinessIndicatorsFact>(cast.Ago(DaysAgo));
        var (year, framework) = (LegalClock.DayOf(scores.Now).Year - 1, EvaluationFrameworks.Known.Items.First(f => f.LastEdition is null));
        scores.Happened(BusinessIndicators.None(year, scores.Now)!.Decide(
            new([new(framework.Code, year, "样例评估机构", "样例方法", framework.Topics[0].Code, 80m, "样例报告", framework.Topics[0].Pillars is [var pillar, ..] ? pillar.Code : null)]),
            new(cast.Of(Department.ServiceOffice), LegalClock.Zone, scores.Now)));
        return scores.Facts;
    }

    // The caller complains where they are nobody's department, and else is the one that is complained about.
    private static Actor Complainant(Cast cast) => cast.By.Department is null ? cast.By : Somebody;

    private static ToldThing<Complaint, ComplaintFact> Filed(Cast cast, params IEnumerable<ComplaintCommand> commands)
    {
        var complaint = new ToldThing<Complaint, ComplaintFact>(cast.Ago(DaysAgo));
        foreach (var command in commands.Prepend(new FileComplaint(new(Department: cast.Own), "等了两个小时。")))
        {
            var by = command is FileComplaint or RateComplaint or ReopenComplaint ? Complainant(cast) : cast.Of(Department.ServiceOffice);
            complaint.Happened(Complaints.Complaint.Decide(complaint.State, command, new(by, LegalClock.Zone, complaint.Now) { New = Cast.NewId(complaint.Now), Name = "张三" }));
        }
        return complaint;
    }

    private static IReadOnlyList<ComplaintFact> Complaint(Cast cast, params IEnumerable<ComplaintCommand> commands) => Filed(cast, commands).Facts;

    private static IReadOnlyList<ComplaintFact> Lapsed(Cast cast, params IEnumerable<ComplaintCommand> commands)
    {
        var complaint = Filed(cast, commands);
        complaint.Happened(complaint.State!.Lapse(cast.Now));
        return complaint.Facts;
    }

    // Of a visit to the caller's department. Whoever is signed in rates it, and else who has its code.
    private static IReadOnlyList<ReviewFact> Review(Cast cast, ReviewCommand settles)
    {
        var visit = VisitStories.Taken(cast, Digest);
        foreach (var command in new TicketCommand[] { new CallTicket(1), new ServeTicket(), new CompleteTicket() })
            VisitStories.Do(cast, visit, command);
        var rated = visit.State!.ServedBy is { Department: { } department } ? cast.Of(department) : cast.By;
        var review = new ToldThing<Review, ReviewFact>(visit.Now);
        foreach (var (by, command) in new (Actor, ReviewCommand)[]
        {
            (cast.By.Role == ActorRole.Applicant ? cast.By : new("", "") { CodeDigest = Digest }, new GiveReview(ReviewGrade.Dissatisfied, Ticket: visit.State.Id, Comment: "等了两个小时。")),
            (rated, new AppealReview(Reason)), (cast.Of(Department.ServiceOffice), settles),
        })
            review.Happened(Reviews.Review.Decide(review.State, command, new(by, LegalClock.Zone, review.Now) { New = Cast.NewId(review.Now), Ticket = visit.State }));
        return review.Facts;
    }

    private static ToldThing<WorkOrder, WorkOrderFact> Order(Cast cast)
    {
        var order = new ToldThing<WorkOrder, WorkOrderFact>(cast.Ago(DaysAgo));
        order.Happened(WorkOrder.Open(
            order.Now, Cast.NewId(order.Now), new(cast.Own, Complainant(cast).Subject, new("13900000000", null), Review: Cast.NewId(order.Now)), LegalClock.Zone, new()));
        return order;
    }

    private static IReadOnlyList<WorkOrderFact> Handled(Cast cast, params IEnumerable<WorkOrderCommand> commands)
    {
        var order = Order(cast);
        foreach (var command in commands)
        {
            var by = command switch { AnswerWorkOrder => Complainant(cast), CallBack or CloseWorkOrder => cast.Of(Department.ServiceOffice), _ => cast.Of(cast.Own) };
            order.Happened(WorkOrder.Decide(order.State, command, new(by, LegalClock.Zone, order.Now)));
        }
        return order.Facts;
    }

    private static IReadOnlyList<WorkOrderFact> Done(Cast cast) => Handled(
        cast, new ContactReviewer("我们会核实。"), new ExtendWorkOrder(Reason), new RectifyWorkOrder("已改正。"), new FeedBack("不再重复索要材料。"), new CallBack(true, "已经满意。", true), new CloseWorkOrder());

    private static IReadOnlyList<WorkOrderFact> Answered(Cast cast) =>
        Handled(cast, new ContactReviewer("我们会核实。"), new RectifyWorkOrder("已改正。"), new FeedBack("不再重复索要材料。"), new AnswerWorkOrder(true));

    private static IReadOnlyList<WorkOrderFact> Voided(Cast cast)
    {
        var order = Order(cast);
        order.Happened(order.State!.Void(order.Now, cast.Of(Department.ServiceOffice)));
        return order.Facts;
    }

    private static IReadOnlyList<WorkOrderFact> Overdue(Cast cast)
    {
        var order = Order(cast);
        order.Happened(order.State!.Lapse(cast.Now));
        return order.Facts;
    }

    private static Actor Clerk(Cast cast) => new("onedoor-desk", "sample-clerk", cast.Own);

    // Forty cases, each as it was promised.
    private static StaffFigures Worked(Cast cast) => StaffFigures.Of(new(new(cast.Own, Person: Clerk(cast).Subject))
    {
        Cases = new([], "", [.. CaseSums.Columns.Select(column => column is "handled" or "promised" or "limited" or "kept" or "lawful" or "granted" ? 40m : 0)]),
    }, StaffCriteria.Zone);

    private static IReadOnlyList<AttemptedRefusalFact> Tried(Cast cast) => CaseStories.Examined(cast) is { } told
        && AttemptedRefusal.Of(Cast.NewId(told.Now), told.Now, Clerk(cast), told.Case, new DeclineCase(NonAcceptanceKind.NoLicenceNeeded, Reason), CaseRefusals.OnlyASupervisorRefuses) is { } tried ? [tried] : [];

    private static IReadOnlyList<FigureContestFact> ContestedFigure(Cast cast)
    {
        var contest = new ToldThing<FigureContest, FigureContestFact>(cast.Ago(DaysAgo));
        foreach (var (by, command) in new (Actor, FigureContestCommand)[]
        {
            (Clerk(cast), new ContestFigure($"{LegalClock.DayOf(contest.Now).Year - 1:D4}-Q1", StaffCriterionCode.OnTimeByPromise, "两件由同事办理。")), (cast.Of(cast.Own), new SettleFigureContest(Upheld: false, Reason)),
        })
            contest.Happened(FigureContest.Decide(contest.State, command, new(by, LegalClock.Zone, contest.Now) { Figures = Worked(cast) }));
        return contest.Facts;
    }

    private static ToldThing<Assessment, AssessmentFact> Assessed(Cast cast)
    {
        var assessment = new ToldThing<Assessment, AssessmentFact>(cast.Ago(DaysAgo));
        assessment.Happened(Assessment.Decide(null, new MakeAssessment($"{LegalClock.DayOf(assessment.Now).Year - 1:D4}", Clerk(cast).Subject), new(cast.Of(cast.Own), LegalClock.Zone, assessment.Now) { Figures = Worked(cast) }));
        return assessment;
    }

    private static IReadOnlyList<AssessmentFact> Contested(Cast cast)
    {
        var assessment = Assessed(cast);
        assessment.Happened(Assessment.Decide(assessment.State, new ObjectToAssessment("不是我的窗口。"), new(Clerk(cast), LegalClock.Zone, assessment.Now)));
        assessment.Happened(Assessment.Decide(assessment.State, new SettleAssessment(assessment.State!.Grade, Reason), new(cast.Of(Department.ServiceOffice), LegalClock.Zone, assessment.Now)));
        return assessment.Facts;
    }

    private static IReadOnlyList<AssessmentFact> Final(Cast cast)
    {
        var assessment = Assessed(cast);
        assessment.Happened(assessment.State!.Lapse(cast.Now));
        return assessment.Facts;
    }

    private static IReadOnlyList<RoundFact> Looked(Cast cast)
    {
        var round = new ToldThing<Round, RoundFact>(cast.Ago(DaysAgo));
        round.Happened(Round.Decide(
            null, new MakeRound(cast.By.Hall ?? HallDirectory.Main, 1, cast.Own, [new(StaffCriteria.Zone.Standards[0].Code, InOrder: true)]), new(cast.Of(cast.Own), LegalClock.Zone, round.Now) { New = Cast.NewId(round.Now) }));
        return round.Facts;
    }

    private static IReadOnlyList<OutageFact> Down(Cast cast)
    {
        var outage = new ToldThing<Outage, OutageFact>(cast.Ago(DaysAgo));
        outage.Happened(Outage.Decide(
            null, new RecordOutage(outage.Now.AddHours(-1), outage.Now, Reason), new(cast.Of(Department.ServiceOffice), LegalClock.Zone, outage.Now) { New = Cast.NewId(outage.Now) }));
        return outage.Facts;
    }
}
