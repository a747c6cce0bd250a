using System.ComponentModel;
using System.Text.Json.Nodes;

namespace OneDoor.Feed;

/// <summary>GET /v1/events/types and /v1/events/types/{type}: which events there are, and the JSON Schema of what each holds.</summary>
public static class ListEventTypes
{
    public static void MapEventTypes(this IEndpointRouteBuilder events)
    {
        events.MapGet("/types", (HttpContext http, KnownTypes known, PublicAddress platform, Etags etags) => etags.OkForAll(http, new EventTypes(known.All(platform.For(http.Request)))))
            .AllowAnonymous()
            .Reads<EventTypes>("listEventTypes", "List the types of events", FeedExamples.Types);
        events.MapGet("/types/{type}", Schema)
            .AllowAnonymous()
            .ReadsOne<JsonObject>("getEventType", "Read the JSON Schema of the data of a type of events", new { title = "onedoor.case.step-opened", type = "object" });
    }

    private static IResult Schema(
        [Description("As events name it, for instance onedoor.case.step-opened.")] string type, HttpContext http, KnownTypes known, PublicAddress platform, Etags etags) =>
        known.Schema(type, platform.For(http.Request)) is { } schema ? etags.OkForAll(http, schema) : FeedRefusals.TypeNotFound.ToProblem();
}
