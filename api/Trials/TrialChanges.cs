using OneDoor.Feed;

namespace OneDoor.Trials;

/// <summary>An event to try things with: it is told in the feed, and to webhooks of that type.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Event">Its id.</param>
/// <param name="Subject">Address of the thing to which it happened, where there is nothing: it exists in the event alone.</param>
/// <param name="Cursor">A cursor of the feed from which on it is told.</param>
public sealed record SampleEventView(string Type, Guid Event, string Subject, string Cursor);

/// <summary>Does what is asked of the sandbox.</summary>
public sealed class TrialChanges(ChangeTools tools, SampleEvents samples, KnownTypes types, EventCursors cursors, Settled settled, IHostEnvironment environment)
    : Changes<SampleEvent, TrialFact, TrialCommand>(tools, TriggerEventEndpoint.Resource)
{
    private string _subject = "", _cursor = "";

    protected override Guid IdIn(Answer given) => given.Read<SampleEventView>().Event;

    /// <summary>Has an event told, and answers where it is read.</summary>
    public Task<Outcome> Trigger(TriggerEvent command, CancellationToken ct) => Begin(command, _ => $"/v1/events?after={_cursor}", ct);

    protected override object View(SampleEvent seen, int version, string language) => new SampleEventView(seen.Type, seen.Id, _subject, _cursor);

    protected override async Task<Decision<TrialFact>> Decide(SampleEvent? before, TrialCommand command, CancellationToken ct)
    {
        var asked = new TrialAsking(Tools.Caller.Actor, Tools.Now) { IsSandbox = environment.IsDevelopment() };
        if (asked.IsSandbox && command is TriggerEvent { Type: var type } && types.Find(type) is { } kind)
        {
            var facts = await samples.Make(type, asked.By, asked.Now, ct);
            var told = facts.Count == 0 ? null : kind.Tell(facts, new(asked.By, Language.Of(Tools.Http.Request)));
            (_subject, _cursor) = (told?.Address ?? "", cursors.Of(await settled.Now(ct)));
            asked = asked with { IsType = true, New = Guid.CreateVersion7(asked.Now), Facts = samples.Keep(facts), IsTold = told is not null };
        }
        return SampleEvent.Decide(command, asked);
    }
}
