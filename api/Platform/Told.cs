namespace OneDoor.Platform;

/// <summary>Who is told of facts.</summary>
/// <param name="Viewer">Whose sight decides.</param>
/// <param name="Language">In which words are told: zh-CN or en.</param>
public sealed record Listener(Actor Viewer, string Language);

/// <summary>What a listener is told of with a fact.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Address">The thing's.</param>
/// <param name="Id">The thing's stream.</param>
/// <param name="Thing">The thing as of that fact, as far as the listener may see it.</param>
public sealed record ToldFact(Guid Id, DateTimeOffset At, string Address, object Thing);

/// <summary>What is told of things of a kind as something happens to them. Each capability registers its own.</summary>
public abstract class Told(string capability, IReadOnlyDictionary<string, Type> facts, Type thing)
{
    /// <summary>What the types of its events begin with, and how the log of reads calls its things.</summary>
    public string Capability => capability;

    /// <summary>What the data of its events is.</summary>
    public Type Thing => thing;

    /// <summary>The kinds of facts, by the types of their events: the capability, and the alias without it.</summary>
    public IReadOnlyDictionary<string, (string Alias, Type Fact)> Types { get; } = facts.ToDictionary(f => TypeOf(capability, f.Key), f => (f.Key, f.Value));

    /// <summary>What a listener is told of some facts, each by its thing's stream and the version it led to; nothing of those they may not see.</summary>
    public abstract Task<IReadOnlyDictionary<(Guid Stream, int Version), ToldFact>> Tell(IReadOnlyList<(Guid Stream, int Version)> facts, Listener listener, CancellationToken ct);

    /// <summary>What a listener is told of the last of a thing's facts, which are these and stored nowhere; null where it is not for them.</summary>
    public abstract ToldFact? Tell(IReadOnlyList<IFact> facts, Listener listener);

    /// <summary>The type of the events of a kind of facts, for instance <c>onedoor.case.step-opened</c>.</summary>
    public static string TypeOf(string capability, string alias)
    {
        var name = Streams.Published(alias);
        return $"onedoor.{capability}.{(name.StartsWith($"{capability}-", StringComparison.Ordinal) ? name[(capability.Length + 1)..] : name)}";
    }
}

/// <summary>How capabilities register what is told of theirs.</summary>
public static class Telling
{
    /// <summary>Things of a kind are told of, whatever happens to them, by the name that the log of reads has for them and at their address.</summary>
    /// <inheritdoc cref="Tells{TState, TFact, TView}"/>
    public static void Tells<TState, TFact, TShown, TView, TEvent>(this WebApplicationBuilder builder, Reading<TState, TFact, TShown, TEvent> reading, Func<TState, Listener, IServiceProvider, TView> view, Seen<TState, TFact>? seen = null)
        where TState : class, IFolded<TState, TFact> where TFact : class, IFact where TShown : class where TView : class => builder.Tells(reading.Noted!, reading.AddressOf, view, seen);

    /// <summary>Things of a kind are told of, whatever happens to them.</summary>
    /// <param name="builder">The host in the making.</param>
    /// <param name="capability">What the types of their events begin with.</param>
    /// <param name="address">Where a thing is read.</param>
    /// <param name="view">What is shown of a thing that is reduced to what the listener may see.</param>
    /// <param name="seen">The policy; where nothing else is said, shown whole or not at all.</param>
    /// <param name="found">Which of some things a viewer may see any of, so that the others need not be read; all where nothing is said.</param>
    public static void Tells<TState, TFact, TView>(this WebApplicationBuilder builder, string capability, Func<TState, string> address,
        Func<TState, Listener, IServiceProvider, TView> view, Seen<TState, TFact>? seen = null,
        Func<IServiceProvider, Guid[], Actor, CancellationToken, Task<IReadOnlySet<Guid>>>? found = null)
        where TState : class, IFolded<TState, TFact> where TFact : class, IFact where TView : class =>
        builder.Services.AddSingleton<Told>(services => new Told<TState, TFact, TView>(capability, services.GetRequiredService<StoredFacts>(), services.GetRequiredService<TimeProvider>())
        {
            Address = address, View = (thing, listener) => view(thing, listener, services), Seen = seen,
            Found = found is null ? null : (things, viewer, ct) => found(services, things, viewer, ct),
        });
}

/// <summary>What is told of things that are folded from their facts.</summary>
/// <param name="capability">What they are called.</param>
/// <param name="stored">Reads the facts.</param>
/// <param name="time">By which sight is decided when the facts are read.</param>
public sealed class Told<TState, TFact, TView>(string capability, StoredFacts stored, TimeProvider time)
    : Told(capability, Streams.FactsOf<TFact>(), typeof(TView))
    where TState : class, IFolded<TState, TFact> where TFact : class, IFact where TView : class
{
    /// <summary>Where a thing is read.</summary>
    public required Func<TState, string> Address { get; init; }

    /// <summary>What is shown of a thing that is reduced to what the listener may see.</summary>
    public required Func<TState, Listener, TView> View { get; init; }

    /// <summary>The policy: a thing as of one of its facts, as a viewer may see it; where nothing else is said, shown whole or not at all.</summary>
    public Seen<TState, TFact>? Seen { get; init; }

    /// <summary>Which of some things the viewer may see any of, so that the others need not be read; all where that is not known.</summary>
    public Func<Guid[], Actor, CancellationToken, Task<IReadOnlySet<Guid>>>? Found { get; init; }

    public override async Task<IReadOnlyDictionary<(Guid Stream, int Version), ToldFact>> Tell(
        IReadOnlyList<(Guid Stream, int Version)> facts, Listener listener, CancellationToken ct)
    {
        var things = facts.Select(f => f.Stream).Distinct().ToArray();
        if (Found is not null)
            things = [.. await Found(things, listener.Viewer, ct)];
        var all = things.Length == 0 ? Array.Empty<TFact>().ToLookup(_ => Guid.Empty) : await stored.Of<TFact>(things, ct);
        Dictionary<(Guid, int), ToldFact> told = [];
        foreach (var thing in facts.GroupBy(f => f.Stream).Where(thing => all.Contains(thing.Key)))
        {
            var past = Past(all[thing.Key]);
            foreach (var (_, version) in thing)
            {
                if (Tell(thing.Key, past, version, listener) is { } fact)
                    told[(thing.Key, version)] = fact;
            }
        }
        return told;
    }

    public override ToldFact? Tell(IReadOnlyList<IFact> facts, Listener listener)
    {
        var past = Past(facts.Cast<TFact>());
        return Tell(past[^1].State.Id, past, past.Count, listener);
    }

    private ToldFact? Tell(Guid thing, List<(TFact Fact, TState State)> past, int version, Listener listener) => SeenBy(past, version, listener.Viewer, time.GetUtcNow()) is { } share
        ? new(thing, past[version - 1].Fact.At, Address(share), View(share, listener)) : null;

    private static List<(TFact Fact, TState State)> Past(IEnumerable<TFact> facts)
    {
        List<(TFact Fact, TState State)> past = [];
        foreach (var fact in facts)
            past.Add((fact, TState.Evolve(past is [.., var (_, before)] ? before : null, fact)));
        return past;
    }

    // By what holds when the fact happened and what holds now: where either shows nothing, nothing is told.
    private TState? SeenBy(List<(TFact Fact, TState State)> past, int version, Actor viewer, DateTimeOffset now) =>
        Seen is not null ? Seen(past, version, viewer, now)
        : past[^1].State.SeenBy(viewer, now) is null ? null : past[version - 1].State.SeenBy(viewer, past[version - 1].Fact.At);
}

/// <summary>A thing as of one of its facts, as a viewer may see it who is told of the fact; null where it is not for them.</summary>
/// <param name="past">All its facts, in order, and what it was with each.</param>
/// <param name="version">Which of them is told, counted from 1.</param>
/// <param name="viewer">Who is told.</param>
public delegate TState? Seen<TState, TFact>(IReadOnlyList<(TFact Fact, TState State)> past, int version, Actor viewer, DateTimeOffset now);
