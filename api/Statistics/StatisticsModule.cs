using Marten;
using OneDoor.Cases;
using OneDoor.Graph;

namespace OneDoor.Statistics;

/// <summary>The figures of cases, and those that the zone has published.</summary>
public static class StatisticsModule
{
    public static void AddStatistics(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureMarten(marten => marten.Storage.ExtendedSchemaObjects.Add(CaseRowTable.Table));
        builder.Services.AddSingleton<CaseRowTable>();
        builder.Services.AddSingleton<CaseFigureReader>();
        builder.Services.AddSingleton(services => new WrittenWith<Case, CaseFact>(services.GetRequiredService<CaseRowTable>().Write));
        builder.Services.AddSingleton(services => services.GetRequiredService<CaseRowTable>().Rebuilt);
        builder.Services.AddSingleton(new ContractTag("Statistics", "What becomes of cases, in figures (统计). What the zone has published, anybody may ask for."));
        builder.AddGraph(StatisticsGraph.Add);
    }

    public static void MapStatistics(this IEndpointRouteBuilder v1)
    {
        var statistics = v1.MapGroup("/statistics").WithTags("Statistics");
        statistics.MapGetPublishedFigures();
        statistics.MapGetCaseStatistics();
        statistics.MapGetDelays();
    }
}
