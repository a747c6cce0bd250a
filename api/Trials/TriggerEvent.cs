namespace OneDoor.Trials;

/// <summary>POST /v1/sandbox/events: an event of any type, to try things with.</summary>
public static class TriggerEventEndpoint
{
    /// <summary>What it does, without a full stop.</summary>
    public const string Does = "Have an event of a type told to oneself, of a thing that does not exist (sandbox)";

    public static void MapTriggerEvent(this IEndpointRouteBuilder sandbox) => sandbox.MapPost("/events", async (TriggerEvent request, TrialChanges changes, CancellationToken ct) => (await changes.Trigger(request, ct)).ToResult())
        .Needs(Scopes.EventsRead)
        .Begins<SampleEventView>("triggerEvent", Does, TrialExamples.Request, TrialExamples.Triggered)
        .WithDescription(
            "Whoever asks is told it in the feed, and by webhooks of that type, with sample: true; nobody else is, and it counts nowhere. The thing's past is what the platform's own rules make of "
            + "it; the thing itself exists in the event alone, so that there is nothing at its address. In the sandbox only.");
}
