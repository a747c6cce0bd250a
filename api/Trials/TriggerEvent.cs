using OneDoor.Platform;

namespace OneDoor.Trials;

/// <summary>POST /v1/sandbox/events: an event of any type, to try things with.</summary>
public static class TriggerEventEndpoint
{
    /// <summary>What it does, without a full stop.</summary>
    public const string Does = "Have an event of a type told to oneself, of a thing that does not exist (sandbox)";

    public static void MapTriggerEvent(this IEndpointRouteBuilder sandbox) => sandbox.MapPost("/events", Handle)
        .Needs(Scopes.EventsRead)
        .WithName("triggerEvent")
        .WithSummary(Does)
        .WithDescription(
            "Whoever asks is told it in the feed, and by webhooks of that type, with sample: true; nobody else is, and it counts nowhere. The thing's past is what the platform's own rules make of "
            + "it; the thing itself exists in the event alone, so that there is nothing at its address. In the sandbox only.")
        .TakesIdempotencyKey()
        .Produces<SampleEventView>(StatusCodes.Status201Created)
        .Shows(TrialExamples.Request, TrialExamples.Triggered)
        .Refuses(400, 409, 413, 415, 422);

    private static async Task<IResult> Handle(TriggerEvent request, TrialChanges changes, CancellationToken ct) => (await changes.Trigger(request, ct)).ToResult();
}
