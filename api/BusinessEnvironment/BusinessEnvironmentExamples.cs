using OneDoor.Clock;

namespace OneDoor.BusinessEnvironment;

/// <summary>What the documentation shows: a measure from its report to its confirmation, decided by the platform's own rules.</summary>
public static class BusinessEnvironmentExamples
{
    private const int Year = 2020;

    private static readonly DateTimeOffset Now = new(2020, 6, 22, 9, 30, 0, LegalClock.ChinaStandardTime);
    private static readonly Actor Office = Supervisor(Department.ServiceOffice);

    public static readonly ReportMeasureProgress Reporting = new(100, "One window since May: licence, seals and invoices in 2.5 hours on average.", [new("Monthly figures, May 2020", "https://onedoor.example/figures/2020-05")]);
    public static readonly ConfirmMeasure Confirming = new("Twenty businesses asked, twelve of them at the window.");
    public static readonly ReturnMeasure Returning = new("Invoices took until the next day in four of twenty businesses.");

    private static readonly Measure Planned = Measure.None(Year, "government-1")!, Report = After(Planned, Reporting, Supervisor(Department.MarketRegulation)),
        Confirmation = After(Report, Confirming, Office);

    public static readonly MeasureView Reported = MeasureView.Of(Report, Now), Confirmed = MeasureView.Of(Confirmation, Now), Returned = MeasureView.Of(After(Report, Returning, Office), Now);
    public static readonly MeasureProgress Progress = new([.. Planned.Decide(Reporting, Asked(Supervisor(Department.MarketRegulation))).Facts.Select(MeasureEvent.Of)]);
    public static readonly BusinessEnvironmentView Plan = FirstMeasure();

    public static readonly EvaluationFrameworks Frameworks = new([EvaluationFrameworks.Known.Find("b-ready")! with { Topics = [EvaluationFrameworks.Known.Find("b-ready")!.Topics[0]] }]);

    public static readonly SetBusinessIndicators Scoring = new([Scored("regulatory-framework", 70), Scored("public-services", 55.5m), Scored("operational-efficiency", 64.5m)]);
    public static readonly BusinessIndicatorsView Evaluated = BusinessIndicatorsView.Of(
        BusinessIndicators.None(2024, Now.AddYears(6))!.Decide(Scoring, Asked(Office)).Facts.Aggregate(default(BusinessIndicators), BusinessIndicators.Evolve)!);

    public static readonly History<BusinessIndicatorsEvent> Said = new([BusinessIndicatorsEvent.Of(new BusinessIndicatorsSet(Now.AddYears(6), Office, 2024, Scoring.Scores), 0)]);

    private static IndicatorScore Scored(string pillar, decimal score) =>
        new("b-ready", 2024, "Institute for the evaluation of services", "Questionnaire and interviews", "business-entry", score, "Report of 2024, page 12", pillar);

    private static BusinessEnvironmentView FirstMeasure()
    {
        var plan = BusinessEnvironmentPlan.Of(Year)! with { Aspects = [BusinessEnvironmentPlan.Of(Year)!.Aspects[0] with { Measures = [Planned.Planned!] }] };
        return BusinessEnvironmentView.Of(plan, new Dictionary<string, MeasureView> { [Reported.Code] = Reported });
    }

    private static Measure After(Measure state, MeasureCommand command, Actor by) => state.Decide(command, Asked(by)).Facts.Aggregate(state, Measure.Evolve);

    private static Asking Asked(Actor by) => new(by, LegalClock.Zone, Now);

    private static Actor Supervisor(Department department) => new($"sandbox-{Kebab.Of(department)}", $"sandbox-{Kebab.Of(department)}", department, IsSupervisor: true);
}
