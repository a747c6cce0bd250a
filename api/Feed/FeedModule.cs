using OneDoor.Graph;

namespace OneDoor.Feed;

/// <summary>The feed of events (事件), for whoever follows what happens.</summary>
public static partial class FeedModule
{
    public static void AddFeed(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.Read<FeedOptions>("Feed");
        if (!builder.Environment.IsDevelopment() && options.Address?.StartsWith("https://", StringComparison.Ordinal) == false)
            throw new InvalidOperationException("Feed__Address has to be the platform's public https address outside development.");
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<KnownTypes>();
        builder.Services.AddSingleton<EventCursors>();
        builder.Services.AddSingleton<EventReader>();
        builder.Services.AddSingleton<EventStreams>();
        builder.AddGraph(FeedGraph.Add);
        builder.Services.AddSingleton(new ContractTag("Events", "What has happened (事件), for who follows it without asking for every case."));
    }

    public static void MapFeed(this IEndpointRouteBuilder v1)
    {
        // By two sources one event would be two, and whoever asks could name any.
        if (v1.ServiceProvider.GetRequiredService<FeedOptions>().Address is null && !v1.ServiceProvider.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            var log = v1.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(FeedModule));
            v1.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() => NoAddress(log));
        }
        var events = v1.MapGroup("/events").WithTags("Events");
        events.MapListEvents();
        events.MapEventTypes();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Feed__Address is not set: whoever asks says by their Host header what the source of events is")]
    private static partial void NoAddress(ILogger log);
}
