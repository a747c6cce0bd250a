using System.Runtime.CompilerServices;
using System.Text.Json;
using GraphQL;
using GraphQL.Types;
using OneDoor.Graph;

namespace OneDoor.Feed;

/// <summary>An event, and the cursor to go on from after it.</summary>
public sealed record ToldEvent(CloudEvent Event, string Cursor);

/// <summary>A page of the feed.</summary>
/// <param name="Items">In the order in which they were committed.</param>
/// <param name="Next">The cursor to go on from; at the end the one that was sent. A page without events may move it, too.</param>
public sealed record ToldEvents(IReadOnlyList<ToldEvent> Items, string Next);

/// <summary>The feed in GraphQL: what REST offers, by the same reader.</summary>
public static class FeedGraph
{
    private const string Types = "Types of events, whole or by how they begin: onedoor.case.step-opened, onedoor.case.*. All when left out.";

    public static void Add(GraphRoots roots)
    {
        var told = roots.Shape<ToldEvent, CloudEvent>("Event", e => e.Event, nameof(CloudEvent.Id));
        told.Field<NonNullGraphType<IdGraphType>>("id").Description("The event's own, whoever is told of it: who has had it before has had it.").Resolve(context => context.Source.Event.Id);
        told.Field<NonNullGraphType<StringGraphType>>("cursor").Description("The cursor to go on from after it.").Resolve(context => context.Source.Cursor);
        roots.Shape<ToldEvents>("EventPage");
        roots.Query.Field<ToldEvents>("events", nullable: true).Description("What has happened (事件), as far as the caller may see it, in the order in which it was committed.")
            .Argument<StringGraphType>("after", "A cursor of any age: the events after it. From the beginning when left out.")
            .Argument<ListGraphType<NonNullGraphType<StringGraphType>>>("types", Types)
            .Argument<IntGraphType>("first", "Events per page, 1 to 1,000; 100 when left out.")
            .ResolveAsync(async context => await Page(context))
            .Needs(Scopes.EventsRead).Pages(ListEvents.Usual, ListEvents.Most).Costs(50);
        roots.Query.Field("eventTypes", GraphList.Of<EventType>()).Description("The types of events (事件类型).")
            .Resolve(context => context.Service<KnownTypes>().All(Source(context))).Costs(5);
        roots.Query.Field<JsonElement?>("eventType", nullable: true).Description("The JSON Schema of the data of a type of events; null where there is no such type.")
            .Argument<NonNullGraphType<StringGraphType>>("type", "As events name it.")
            .Resolve(context => context.Service<KnownTypes>().Schema(context.GetArgument<string>("type"), Source(context)) is { } schema ? JsonSerializer.SerializeToElement(schema) : null).Costs(5);
        roots.Subscription.Field<ToldEvent>("eventCommitted", nullable: false)
            .Description("Whatever happens, as far as the caller may see it, in the order in which it is committed (事件). Ends with the token.")
            .Argument<StringGraphType>("after", "A cursor of any age: the events after it first. Only what happens from now on when left out.")
            .Argument<ListGraphType<NonNullGraphType<StringGraphType>>>("types", Types)
            .Resolve(context => context.Source as ToldEvent)
            .ResolveStream(context =>
            {
                var (query, after) = (QueryOf(context), AfterOf(context));
                return GraphStream.Of(context, ct => Events(context, query, after, ct));
            })
            .Needs(Scopes.EventsRead).Costs(20);
    }

    private static async Task<ToldEvents> Page(IResolveFieldContext context)
    {
        var parameters = new Parameters();
        var page = parameters.Page(context.Service<EventCursors>().Signed, EventCursors.List, context.GetArgument<int?>("first"), null, ListEvents.Most, ListEvents.Usual);
        if (parameters.Refused is { } refused)
            throw context.Refused(refused);
        var (query, after) = (QueryOf(context), AfterOf(context) ?? 0);
        var (events, next) = await context.Service<EventReader>().Read(query, after, await context.Service<Settled>().Now(context.CancellationToken), page.First, context.CancellationToken);
        Note(context, events);
        return new([.. events.Select(e => Told(context, e))], context.Service<EventCursors>().After(next, context.GetArgument<string?>("after")));
    }

    private static async IAsyncEnumerable<ToldEvent> Events(IResolveFieldContext context, EventQuery query, long? after, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var (events, _) in context.Service<EventStreams>().Follow(query, after ?? await context.Service<Settled>().Now(ct), ct))
        {
            Note(context, events);
            foreach (var read in events)
                yield return Told(context, read);
        }
    }

    private static EventQuery QueryOf(IResolveFieldContext context) =>
        context.Service<KnownTypes>().Matching(context.GetArgument<string[]?>("types")) is { } types
            ? new(types, new(context.Service<Caller>().Actor, context.Language()), Source(context))
            : throw context.Refused(RequestRefusals.ParameterInvalid.At("types"));

    private static long? AfterOf(IResolveFieldContext context) => context.GetArgument<string?>("after") switch
    {
        null => null,
        var cursor => context.Service<EventCursors>().Read(cursor) ?? throw context.Refused(RequestRefusals.CursorInvalid.At("after")),
    };

    private static ToldEvent Told(IResolveFieldContext context, ReadEvent read) => new(read.Event, context.Service<EventCursors>().Of(read.Place));

    private static void Note(IResolveFieldContext context, IReadOnlyList<ReadEvent> events) =>
        context.Service<ReadLog>().Note(context.Service<Caller>(), context.Operation(), events);

    private static string Source(IResolveFieldContext context) => context.Service<PublicAddress>().For(context.Service<IHttpContextAccessor>().HttpContext!.Request);
}
