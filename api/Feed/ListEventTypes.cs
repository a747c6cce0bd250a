using System.ComponentModel;
using System.Text.Json.Nodes;
using OneDoor.Platform;

namespace OneDoor.Feed;

/// <summary>GET /v1/events/types and /v1/events/types/{type}: which events there are, and the JSON Schema of what each holds.</summary>
public static class ListEventTypes
{
    public static void MapEventTypes(this IEndpointRouteBuilder events)
    {
        events.MapGet("/types", (HttpContext http, KnownTypes known, FeedOptions options, Etags etags) => etags.OkForAll(http, new EventTypes(known.All(options.AddressOf(http.Request)))))
            .AllowAnonymous()
            .WithName("listEventTypes")
            .WithSummary("List the types of events")
            .Produces<EventTypes>()
            .Shows(request: null, FeedExamples.Types)
            .Produces(StatusCodes.Status304NotModified);
        events.MapGet("/types/{type}", Schema)
            .AllowAnonymous()
            .WithName("getEventType")
            .WithSummary("Read the JSON Schema of the data of a type of events")
            .Produces<JsonObject>()
            .Shows(request: null, new { title = "onedoor.case.step-opened", type = "object" })
            .Produces(StatusCodes.Status304NotModified)
            .Refuses(404);
    }

    private static IResult Schema(
        [Description("As events name it, for instance onedoor.case.step-opened.")] string type, HttpContext http, KnownTypes known, FeedOptions options, Etags etags) =>
        known.Schema(type, options.AddressOf(http.Request)) is { } schema ? etags.OkForAll(http, schema) : FeedRefusals.TypeNotFound.ToProblem();
}
