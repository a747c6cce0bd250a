using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using OneDoor.Clock;

namespace OneDoor.BusinessEnvironment;

/// <summary>Records what is reported and found of measures.</summary>
public sealed class MeasureChanges(ChangeTools tools, LegalClock clock) : Changes<Measure, MeasureFact, MeasureCommand>(tools, ChangeMeasures.Resource)
{
    protected override object View(Measure seen, int version, string language) => MeasureView.Of(seen with { Version = version }, Tools.Now);

    protected override Task<Decision<MeasureFact>> Decide(Measure? before, MeasureCommand command, CancellationToken ct) =>
        Task.FromResult(before!.Decide(command, new Asking(Tools.Caller.Actor, clock, Tools.Now)));
}

/// <summary>What can be asked of a measure, under <c>/v1/business-environment/{year}/measures/{code}</c>.</summary>
public static class ChangeMeasures
{
    public const string Reports = "Report how far a measure has come, by its owner (上报进展)", Confirms = "Confirm that a measure is done, by a supervisor of its reviewer (审核通过)",
        Returns = "Return a measure that is not done or does not hold, by a supervisor of its reviewer (退回)";

    public static readonly Resource Resource = new("measure", SetIndicators.One.Address, MeasureRefusals.NotFound);

    public static readonly string[] Reporting = [Scopes.CasesHandle, Scopes.CasesSupervise];

    public static void MapChangeMeasures(this IEndpointRouteBuilder measures)
    {
        measures.Map<ReportMeasureProgress>("reportMeasureProgress", "progress", Reports, BusinessEnvironmentExamples.Reporting, BusinessEnvironmentExamples.Reported, Reporting);
        measures.Map<ConfirmMeasure>("confirmMeasure", "confirmation", Confirms, BusinessEnvironmentExamples.Confirming, BusinessEnvironmentExamples.Confirmed, Scopes.CasesSupervise);
        measures.Map<ReturnMeasure>("returnMeasure", "return", Returns, BusinessEnvironmentExamples.Returning, BusinessEnvironmentExamples.Returned, Scopes.CasesSupervise);
    }

    private static void Map<T>(this IEndpointRouteBuilder measures, string name, string path, string does, T request, MeasureView answer, params string[] scopes) where T : MeasureCommand =>
        measures.MapPost($"/{{code}}/{path}", (
                [Description("Year of the plan.")] int year, [Description("Code of the measure.")] string code, T request, MeasureChanges changes, CancellationToken ct,
                [FromHeader(Name = "If-Match")] string? ifMatch = null) => changes.Apply(Measure.None(year, code), ifMatch, request, ct))
            .Needs(scopes)
            .Changes<MeasureView>(name, does, request, answer);
}
