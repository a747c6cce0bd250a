using GraphQL;
using GraphQL.Types;
using OneDoor.Graph;

namespace OneDoor.Statistics;

/// <summary>Statistics in GraphQL: what REST offers, by the same handlers.</summary>
public static class StatisticsGraph
{
    // As of a past instant they are added up anew.
    private const int PublishedCost = 1_000;

    public static void Add(GraphRoots roots)
    {
        roots.Query.Field<DelayFigures>("delayFigures", nullable: true).Description($"{GetDelays.Does} (逾期原因).")
            .ResolveAsync(async context => await context.Service<CaseFigureReader>().Delays(context.CancellationToken)).Costs(10);
        roots.Query.Field<PublishedFigures>("publishedFigures", nullable: true).Description($"{GetPublishedFigures.Does} (公布数据).")
            .Argument<InstantGraph>("asOf", "The figures as they were then, of the catalogue in force on its day.")
            .ResolveAsync(async context => await GetPublishedFigures.Find(context.Service<CaseFigureReader>(), context.GetArgument<DateTimeOffset?>("asOf"), context.CancellationToken)).Costs(PublishedCost);
        roots.Query.Field<CaseStatistics>("caseStatistics", nullable: true).Description($"{GetCaseStatistics.Does} (办件统计).")
            .Argument<NonNullGraphType<DayGraph>>("from", "The first day.")
            .Argument<NonNullGraphType<DayGraph>>("to", "The last day.")
            .Argument<ListGraphType<NonNullGraphType<EnumerationGraphType<StatisticsDimension>>>>("by", "What cases are told apart by; at most three.")
            .Argument<InstantGraph>("asOf", "The figures as they were then.")
            .ResolveAsync(async context => context.Found(await GetCaseStatistics.Find(
                context.Service<CaseFigureReader>(), context.Service<TimeProvider>(), new Parameters(), context.GetArgument<DateOnly>("from"), context.GetArgument<DateOnly>("to"),
                context.GetArgument<StatisticsDimension[]?>("by") ?? [], context.GetArgument<DateTimeOffset?>("asOf"), context.CancellationToken)))
            .Needs(Scopes.StatisticsRead).Costs(2_500);
    }
}
