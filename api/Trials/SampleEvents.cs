using OneDoor.Catalogue;
using OneDoor.Feed;

namespace OneDoor.Trials;

/// <summary>Makes events of things that do not exist, and tells them to whoever asked for them (decision 0075).</summary>
public sealed class SampleEvents(KnownTypes types, CurrentCatalogue catalogue, StoredFacts stored, PersonalParts parts) : ISampleEvents
{
    public string Alias { get; } = Streams.AliasOf(typeof(SampleEventTriggered));

    /// <summary>What happens to a thing until an event of a type; none where it happens in no story.</summary>
    public async Task<IReadOnlyList<IFact>> Make(string type, Actor by, DateTimeOffset now, CancellationToken ct) =>
        Stories.Until(types.Find(type)!.Types[type].Fact, new Cast(by, now, await catalogue.Items(ct), Random.Shared));

    /// <summary>Facts as they are kept within the one that is stored.</summary>
    public IReadOnlyList<SampleFact> Keep(IEnumerable<IFact> facts) => [.. facts.Select(fact => new SampleFact(Streams.AliasOf(fact.GetType()), parts.Write(fact)))];

    public async Task<IReadOnlyDictionary<Guid, SampleTold>> Tell(IReadOnlyList<Guid> streams, Listener listener, CancellationToken ct)
    {
        Dictionary<Guid, SampleTold> told = [];
        foreach (var (stream, triggered) in (await stored.Of<TrialFact>([.. streams], ct)).SelectMany(facts => facts.OfType<SampleEventTriggered>().Select(fact => (facts.Key, fact))))
        {
            // What is erased was somebody's who is forgotten, and is told to nobody.
            if (SampleEvent.Evolve(null, triggered).SeenBy(listener.Viewer, triggered.At) is null || triggered.Facts.Any(fact => fact.Content == PersonalParts.Gone)
                || types.Find(triggered.Type) is not { } kind)
                continue;
            var facts = triggered.Facts.Select(fact => (IFact)parts.Read(kind.Types.Values.Single(known => known.Alias == fact.Kind).Fact, fact.Content, part: null)).ToArray();
            if (kind.Tell(facts, listener) is { } fact)
                told[stream] = new(triggered.Type, fact with { Id = stream, At = triggered.At });
        }
        return told;
    }
}
