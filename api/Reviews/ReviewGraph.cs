using GraphQL;
using GraphQL.Types;
using Marten;
using OneDoor.Graph;
using OneDoor.Platform;
using OneDoor.Tickets;
using OneDoor.WorkOrders;

namespace OneDoor.Reviews;

/// <summary>Reviews in GraphQL: what REST offers, by the same handlers and under the same policy.</summary>
public static class ReviewGraph
{
    public static void Add(GraphRoots roots)
    {
        var review = roots.Shape<ReviewView>("Review", nameof(ReviewView.Id));
        roots.Reads(ReviewReading.One, review);
        roots.Shape<ReviewEvent>("ReviewEvent");
        roots.Shape<ReviewFigures>("ReviewFigures");
        roots.Shape<ReviewUnitFigures>("ReviewUnitFigures");
        roots.Shape<ReviewGrades>("ReviewGrades");
        roots.Shape<PositiveShare>("PositiveShare");
        roots.Shape<IndicatorSetView>("IndicatorSet");
        roots.Shape<IndicatorView>("Indicator");
        roots.Connection<ReviewView>("Review", "A page of reviews.");
        AddQueries(roots.Query);
        var door = new GraphOperations<ReviewChanges, ReviewCommand, ReviewView>(roots, "/v1/reviews", ReviewReading.One.Name, ReviewRefusals.NotFound, answer => answer.Read<ReviewView>());
        door.Begin<GiveReview>(
            "giveReview", "Say how a matter was handled, or how one was served, in one of five grades (好差评)", "The review.", (changes, input, ct) => changes.Give(input, ct),
            TicketOperations.Code, Scopes.ReviewsWrite);
        ReviewOperations.All.OpenTo(door);
    }

    private static void AddQueries(ObjectGraphType query)
    {
        query.Field<GraphPage<ReviewView>>("reviews", nullable: true).Description("The reviews the caller sees, the latest days first.")
            .Argument<EnumerationGraphType<ReviewStatus>>("status", "Reviews that stand so.")
            .Argument<EnumerationGraphType<ReviewGrade>>("grade", "Reviews of that grade.")
            .Argument<IdGraphType>("case", "Reviews of the case with that id.")
            .Paged()
            .ResolveAsync(async context => await Reviews(context))
            .Needs(ReviewReading.One.Scopes).Costs(10);
        query.Field("reviewIndicators", GraphList.Of<IndicatorSetView>()).Description("What can be named in a review, by channel (评价指标).")
            .Resolve(context => ListIndicators.Of(context.Service<TimeProvider>().GetUtcNow(), context.Language()).Items);
        query.Field<ReviewFigures>("reviewFigures", nullable: true).Description($"{GetReviewFigures.Does} (好评率).")
            .Argument<NonNullGraphType<DayGraph>>("from", "The first day.")
            .Argument<NonNullGraphType<DayGraph>>("to", "The last day.")
            .ResolveAsync(async context =>
            {
                var (figures, refused) = await GetReviewFigures.Find(
                    context.Service<Caller>().Actor, context.Service<IQuerySession>(), context.GetArgument<DateOnly>("from"), context.GetArgument<DateOnly>("to"), context.CancellationToken);
                return refused is null ? figures : throw context.Refused(refused);
            })
            .Needs(Scopes.ComplaintsHandle).Costs(10);
    }

    private static async Task<GraphPage<ReviewView>> Reviews(IResolveFieldContext context)
    {
        // What is no id of a case is no case that is rated.
        var about = context.GetArgument<string?>("case") is { } said ? GraphRoots.IdOf("case", said) : (Guid?)null;
        var filter = new ReviewFilter(context.GetArgument<ReviewStatus?>("status"), context.GetArgument<ReviewGrade?>("grade"), about);
        var (session, viewer) = (context.Service<IQuerySession>(), context.Service<Caller>().Actor);
        var (found, hasNext) = await ListReviews.Find(session, viewer, filter, context.Page(filter.List), context.Service<TimeProvider>().GetUtcNow(), context.CancellationToken);
        context.NoteRead(ReviewReading.One.Noted, found.Select(r => r.Id));
        var (cursors, positions) = (context.Service<Cursors>(), found.ToDictionary(r => r.Id, ListReviews.PositionOf));
        return new GraphPage<ReviewView>(await ListReviews.Shown(session, context.Service<WorkOrderOutcomes>(), found, context.CancellationToken), r => cursors.Sign(filter.List, positions[r.Id]), hasNext,
            () => ListReviews.Count(session, viewer, filter, context.CancellationToken));
    }
}
