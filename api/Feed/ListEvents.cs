using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Net.Mime;
using Microsoft.AspNetCore.Http.Extensions;

namespace OneDoor.Feed;

/// <summary>GET /v1/events: what has happened, as far as the caller may see it, after a cursor of any age; as a page, or as a stream that goes on.</summary>
public static class ListEvents
{
    /// <summary>How many events a page has.</summary>
    public const int Most = 1_000, Usual = 100;

    public static void MapListEvents(this IEndpointRouteBuilder events) => events.MapGet("", Handle)
        .Needs(Scopes.EventsRead)
        .WithName("listEvents")
        .WithSummary("Read what has happened, in the order in which it was committed")
        .WithDescription("A page; with Accept: text/event-stream every event after the cursor, and then each as it happens.")
        .WithMetadata(new TakesHeader(EventStreams.LastEventId, "The id of the last event of a stream that has ended: goes before after."))
        .Produces<EventPage>(StatusCodes.Status200OK, "application/json", MediaTypeNames.Text.EventStream)
        .Shows(request: null, FeedExamples.Page)
        .Refuses(400);

    private static async Task<IResult> Handle(
        HttpContext http, Caller caller, KnownTypes known, EventReader reader, EventStreams streams, Settled settled, EventCursors cursors, PublicAddress platform, ReadLog reads, Parameters parameters, CancellationToken ct,
        [Description("A cursor of any age: the events after it. From the beginning when left out.")] string? after = null,
        [Several, Description("Types of events, whole or by how they begin: onedoor.case.step-opened, onedoor.case.*. All when left out.")] string? types = null,
        [Range(1, Most), DefaultValue(Usual), Description("Events per page, 1 to 1,000; 100 when left out. A stream has no pages.")] int? first = null)
    {
        var streamed = http.Prefers(MediaTypeNames.Text.EventStream);
        if (streamed && http.Request.Headers.TryGetValue(EventStreams.LastEventId, out var last))
            after = last.ToString();
        var page = parameters.Page(cursors.Signed, EventCursors.List, first, after, Most, Usual);
        var wanted = parameters.Read(types, "types", names => known.Matching(names.Split(',')), Text.Same("onedoor.case.submitted,onedoor.licence.*…")) ?? known.Matching(null)!;
        if (parameters.Refused is { } refused)
            return refused.ToProblem();
        var query = new EventQuery(wanted, new(caller.Actor, Language.Of(http.Request)), platform.For(http.Request));
        var place = EventCursors.PlaceOf(page.After);
        if (streamed)
            return streams.Open(http, query, place);
        var (events, next) = await reader.Read(query, place, await settled.Now(ct), page.First, ct);
        reads.Note(caller, "GET /v1/events", events);
        return TypedResults.Ok(http.Page(events, cursors.After(next, after)));
    }

    /// <summary>Notes what a reader was shown.</summary>
    public static void Note(this ReadLog reads, Caller caller, string operation, IEnumerable<ReadEvent> events)
    {
        if (!reads.IsKept)
            return;
        foreach (var things in events.GroupBy(e => e.Capability))
            reads.Note(caller.Actor, operation, things.Key, things.Select(e => e.Thing).Distinct());
    }

    private static EventPage Page(this HttpContext http, IReadOnlyList<ReadEvent> events, string next)
    {
        http.IsForItsReader();
        var query = new QueryBuilder(http.Request.Query.Where(p => p.Key != "after").Select(p => KeyValuePair.Create(p.Key, p.Value.ToString()))) { { "after", next } };
        http.Response.Headers.Link = $"<{http.Request.Path}{query}>; rel=\"next\"";
        return new([.. events.Select(e => e.Event)], next);
    }
}
