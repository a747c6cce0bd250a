namespace OneDoor.Trials;

/// <summary>POST /v1/sandbox/events: an event of any type, to try things with.</summary>
public static class TriggerEventEndpoint
{
    public static readonly Resource Resource = new("event", "/v1/sandbox/events", TrialRefusals.TypeUnknown);

    public static readonly Beginning<TrialChanges, TriggerEvent> Trigger = new(
        "triggerEvent", "Have an event of a type told to oneself, of a thing that does not exist (sandbox)", "Which.",
        "Whoever asks is told it in the feed, and by webhooks of that type, with sample: true; nobody else is, and it counts nowhere. The thing's past is what the platform's own rules make of "
        + "it; the thing itself exists in the event alone, so that there is nothing at its address. In the sandbox only.",
        new(TrialExamples.Request, TrialExamples.Triggered), (changes, command, ct) => changes.Trigger(command, ct), Scopes.EventsRead);
}
