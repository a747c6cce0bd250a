using GraphQL;
using GraphQL.Types;
using Marten;
using OneDoor.Graph;

namespace OneDoor.Reviews;

/// <summary>Reviews in GraphQL: what REST offers, by the same handlers and under the same policy.</summary>
public static class ReviewGraph
{
    public static void Add(GraphRoots roots)
    {
        var review = roots.Shape<ReviewView>("Review", nameof(ReviewView.Id));
        roots.Reads(ReviewReading.One, review);
        roots.Shape<IndicatorSetView>("IndicatorSet");
        roots.Shape<IndicatorView>("Indicator");
        roots.Lists(ListReviews.All, review);
        AddQueries(roots.Query);
        var door = new GraphOperations<ReviewChanges, ReviewCommand, ReviewView>(roots, ReviewReading.One);
        door.Begin(ReviewOperations.Give);
        ReviewOperations.All.OpenTo(door);
    }

    private static void AddQueries(ObjectGraphType query)
    {
        query.Field("reviewIndicators", GraphList.Of<IndicatorSetView>()).Description("What can be named in a review, by channel (评价指标).")
            .Argument<StringGraphType>("version", ListIndicators.ByVersion)
            .Resolve(context =>
            {
                var parameters = new Parameters();
                var version = ListIndicators.VersionOf(parameters, context.GetArgument<string?>("version"));
                return parameters.Refused is { } malformed ? throw context.Refused(malformed)
                    : (version is null ? ListIndicators.Of(context.Service<TimeProvider>().GetUtcNow(), context.Language()) : ListIndicators.Of(version, context.Language())).Items;
            });
        query.Field<ReviewFigures>("reviewFigures", nullable: true).Description($"{GetReviewFigures.Does} (好评率).")
            .Argument<NonNullGraphType<DayGraph>>("from", "The first day.")
            .Argument<NonNullGraphType<DayGraph>>("to", "The last day.")
            .ResolveAsync(async context => context.Found(await GetReviewFigures.Find(
                context.Service<Caller>().Actor, context.Service<IQuerySession>(), context.GetArgument<DateOnly>("from"), context.GetArgument<DateOnly>("to"), context.CancellationToken)))
            .Needs(Scopes.ComplaintsHandle).Costs(10);
    }
}
