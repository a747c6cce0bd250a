using Marten;
using Marten.Linq.MatchesSql;
using OneDoor.Graph;
using OneDoor.WorkOrders;

namespace OneDoor.Reviews;

/// <summary>What applicants say of how their matters were handled (好差评).</summary>
public static class ReviewsModule
{
    public static void AddReviews(this WebApplicationBuilder builder)
    {
        builder.Stores<Review, ReviewFact>(reviews => reviews
            .Metadata(m => m.LastModified.Enabled = false)
            .Duplicate(r => r.GivenAt, configure: index => index.Mask = "?, id")
            .Duplicate(r => r.GivenBy, configure: index => index.Mask = "?, given_at, id")
            .Index(r => r.Unit, index => index.Mask = "?, given_at, id")
            .Index(r => r.Status, index => index.Mask = "?, given_at, id")
            .Duplicate(r => r.OfCase)
            .Duplicate(r => r.Device)
            .Duplicate(r => r.OfTicket));
        // Of the case's contact; what is said in reviews of it is theirs who gave them.
        builder.Services.AddSingleton(new ErasedAlong(async (session, @case, ct) =>
        {
            var reviews = await session.Query<Review>().Where(r => r.OfCase == @case || r.MatchesSql($"d.of_ticket in (select t.id from {Store.Schema}.mt_doc_ticket t where t.data ->> 'case' = ?)", $"{@case}")).Select(r => r.Id).ToListAsync(ct);
            return [.. (await WorkOrderOutcomes.CameOf(session, reviews, ct)).Select(order => order.Id)];
        }));
        builder.Services.AddSingleton(builder.Configuration.Read<ReviewOptions>("Reviews"));
        builder.Services.ConfigureMarten(marten => marten.Storage.ExtendedSchemaObjects.Add(ReviewDevices.Schema));
        builder.Services.AddSingleton<ReviewDevices>();
        builder.Services.AddSingleton<ISweep>(services => services.GetRequiredService<ReviewDevices>());
        builder.Services.AddScoped<ReviewChanges>();
        builder.Tells(ReviewReading.One, (review, _, _) => ReviewView.Of(review, order: null),
            // Between what happened before and after it stands when it was given, which whoever is not to know who gave it is not told (decision 0057).
            (past, version, viewer, now) => past[^1].State.SeenBy(viewer, now) is { GivenBy: not null } ? past[version - 1].State.SeenBy(viewer, now) : null);
        builder.Services.AddSingleton(new ContractTag("Reviews", "What applicants say of how their matters were handled (好差评)."));
        builder.AddGraph(ReviewGraph.Add);
    }

    public static void MapReviews(this IEndpointRouteBuilder v1)
    {
        var reviews = v1.MapGroup(ReviewReading.One).WithTags("Reviews");
        var door = new RestDoor<ReviewChanges, ReviewCommand, ReviewView>(reviews);
        door.Begin(ReviewOperations.Give);
        reviews.MapList(ListReviews.All);
        reviews.MapListIndicators();
        reviews.MapReviewFigures();
        reviews.MapReading(ReviewReading.One);
        ReviewOperations.All.OpenTo(door);
    }
}
