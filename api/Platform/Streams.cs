using System.Reflection;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten.Events.Aggregation;

namespace OneDoor.Platform;

/// <summary>Things whose facts are stored: each is folded and stored with every change, in its transaction.</summary>
public static class Streams
{
    /// <summary>Stores the things of a kind: their facts under their aliases, and what they fold to.</summary>
    public static void AddStream<TState, TFact>(this Marten.StoreOptions marten) where TState : class, IFolded<TState, TFact> where TFact : class
    {
        var facts = FactsOf<TFact>();
        foreach (var fact in facts)
            marten.Events.MapEventType(fact, AliasOf(fact));
        marten.Projections.Add(new Folded<TState, TFact>(facts), ProjectionLifecycle.Inline);
    }

    /// <summary>The closed set of a thing's facts.</summary>
    public static IReadOnlyList<Type> FactsOf<TFact>() => [.. typeof(TFact).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(TFact))).OrderBy(type => type.Name, StringComparer.Ordinal)];

    /// <summary>The name a fact is stored under.</summary>
    public static string AliasOf(Type fact) =>
        fact.GetCustomAttribute<AliasAttribute>()?.Name ?? throw new InvalidOperationException($"{fact.Name} has no alias to be stored under.");
}

/// <summary>Binds a thing's fold to the store.</summary>
public sealed class Folded<TState, TFact> : SingleStreamProjection<TState, Guid> where TState : class, IFolded<TState, TFact> where TFact : class
{
    public Folded(IEnumerable<Type> facts)
    {
        Name = typeof(TState).Name;
        // Else every fact of another stream would have the store look for a thing of that id.
        foreach (var fact in facts)
            IncludeType(fact);
    }

    public override TState? Evolve(TState? snapshot, Guid id, IEvent e) => e.Data is TFact fact ? TState.Evolve(snapshot, fact) : snapshot;
}
