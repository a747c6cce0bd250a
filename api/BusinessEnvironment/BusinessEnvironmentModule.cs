using OneDoor.Graph;

namespace OneDoor.BusinessEnvironment;

/// <summary>What the zone does for its business environment, how far that has come, and how others evaluate it (BE-1).</summary>
public static class BusinessEnvironmentModule
{
    public static void AddBusinessEnvironment(this WebApplicationBuilder builder)
    {
        builder.Stores<Measure, MeasureFact>();
        builder.Stores<BusinessIndicators, BusinessIndicatorsFact>();
        builder.Services.AddSingleton<MeasureReader>();
        builder.Services.AddScoped<MeasureChanges>();
        builder.Services.AddScoped<BusinessIndicatorsChanges>();
        // Whenever it is read, it says the same: whether it was late when it was reported.
        builder.Tells<Measure, MeasureFact, MeasureView>("measure", measure => $"/v1/business-environment/{measure.Year}/measures/{measure.Code}",
            (measure, _, _) => MeasureView.Of(measure, measure.ReportedAt!.Value));
        builder.Tells<BusinessIndicators, BusinessIndicatorsFact, BusinessIndicatorsView>("business-indicators", indicators => $"/v1/business-environment/{indicators.Year}/indicators",
            (indicators, _, _) => BusinessIndicatorsView.Of(indicators));
        builder.Services.AddSingleton(new ContractTag("Business environment", "What the zone does for its business environment, how far that has come, and how others evaluate it (营商环境). Public."));
        builder.AddGraph(BusinessEnvironmentGraph.Add);
    }

    public static void MapBusinessEnvironment(this IEndpointRouteBuilder v1)
    {
        var years = v1.MapGroup(SetIndicators.One).WithTags("Business environment");
        years.MapReadBusinessEnvironment();
        years.MapIndicators();
        years.MapGroup("/{year:int}/measures").MapChangeMeasures();
    }
}
