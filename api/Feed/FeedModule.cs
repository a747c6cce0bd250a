using OneDoor.Graph;

namespace OneDoor.Feed;

/// <summary>The feed of events (事件), for whoever follows what happens.</summary>
public static class FeedModule
{
    public static void AddFeed(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(builder.Configuration.Read<FeedOptions>("Feed"));
        builder.Services.AddSingleton<KnownTypes>();
        builder.Services.AddSingleton<EventCursors>();
        builder.Services.AddSingleton<EventReader>();
        builder.Services.AddSingleton<EventStreams>();
        builder.AddGraph(FeedGraph.Add);
        builder.Services.AddSingleton(new ContractTag("Events", "What has happened (事件), for who follows it without asking for every case."));
    }

    public static void MapFeed(this IEndpointRouteBuilder v1)
    {
        var events = v1.MapGroup("/events").WithTags("Events");
        events.MapListEvents();
        events.MapEventTypes();
    }
}
