using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;

namespace OneDoor.Platform;

/// <summary>Things whose facts are stored: each is folded and stored with every change, in its transaction.</summary>
public static class Streams
{
    // Looked for once: every fact that is stored or told of is asked for it.
    private static readonly ConcurrentDictionary<Type, string> Aliases = new();

    /// <summary>Stores the things of a kind: their facts under their aliases, and what they fold to, which <c>rebuild</c> makes anew.</summary>
    /// <param name="how">What is stored beside a state to find it by, and in which order.</param>
    /// <param name="listed">What lists find it by; null where they ask for the columns of its table.</param>
    /// <param name="lacks">Which states a release before stored otherwise, and <c>migrate</c> makes anew: a condition on a row of their table.</param>
    public static void Stores<TState, TFact>(
        this WebApplicationBuilder builder, Action<MartenRegistry.DocumentMappingExpression<TState>>? how = null, Listing? listed = null, string? lacks = null) where TState : class, IFolded<TState, TFact> where TFact : class
    {
        builder.Services.AddSingleton(ReadModel.Of<TState, TFact>() with { Listed = listed, Lacks = lacks });
        builder.Services.ConfigureMarten((services, marten) =>
        {
            marten.AddStream<TState, TFact>(listed, services.GetRequiredService<FoundTable>, services.GetServices<WrittenWith<TState, TFact>>);
            var stored = marten.Schema.For<TState>().UseNumericRevisions(true).Metadata(m => m.Revision.MapTo(MemberOf<TState, long>("Version")));
            how?.Invoke(stored);
        });
    }

    /// <summary>Stores the facts of a kind of things under their aliases, and what they fold to with every change.</summary>
    public static void AddStream<TState, TFact>(
        this Marten.StoreOptions marten, Listing? listed = null, Func<FoundTable>? table = null, Func<IEnumerable<WrittenWith<TState, TFact>>>? besides = null) where TState : class, IFolded<TState, TFact> where TFact : class
    {
        foreach (var (alias, fact) in FactsOf<TFact>())
            marten.Events.MapEventType(fact, alias);
        marten.Projections.Add(new Folded<TState, TFact>(listed, table, besides), ProjectionLifecycle.Inline);
    }

    /// <summary>The closed set of a thing's facts, by the names they are stored under.</summary>
    public static IReadOnlyDictionary<string, Type> FactsOf<TFact>() => Closed<TFact>.Facts;

    /// <summary>The name that facts of a type are stored under.</summary>
    public static string AliasOf(Type fact) => Aliases.GetOrAdd(fact, static of =>
        of.GetCustomAttribute<AliasAttribute>()?.Name ?? throw new InvalidOperationException($"{of.Name} has no alias to be stored under."));

    /// <summary>What a fact is called where it is told of: its alias in kebab case, as <c>case-submitted</c>.</summary>
    public static string PublishedAs(object fact) => Published(AliasOf(fact.GetType()));

    /// <inheritdoc cref="PublishedAs"/>
    /// <param name="alias">The name it is stored under.</param>
    public static string Published(string alias) => alias.Replace('_', '-');

    /// <summary>A member of the state itself, which the store knows, and not of the interface.</summary>
    public static Expression<Func<TState, T>> MemberOf<TState, T>(string name)
    {
        var state = Expression.Parameter(typeof(TState));
        var member = Expression.Property(state, name);
        return Expression.Lambda<Func<TState, T>>(member.Type == typeof(T) ? member : Expression.Convert(member, typeof(T)), state);
    }

    // Looked for once: facts are read all the time.
    private static class Closed<TFact>
    {
        public static readonly IReadOnlyDictionary<string, Type> Facts = typeof(TFact).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(TFact)))
            .ToDictionary(AliasOf);
    }
}

/// <summary>What a capability that builds on a kind of thing writes of its facts, in their transaction.</summary>
/// <param name="Write">Is given the thing, the facts included, and these, each with the version it led to.</param>
public sealed record WrittenWith<TState, TFact>(Func<IDocumentOperations, TState, IReadOnlyList<(int Version, TFact Fact)>, ValueTask> Write);

/// <summary>Binds a thing's fold to the store.</summary>
public sealed class Folded<TState, TFact> : SingleStreamProjection<TState, Guid> where TState : class, IFolded<TState, TFact> where TFact : class
{
    private readonly Listing? _listed;
    private readonly Func<FoundTable>? _table;
    private readonly Lazy<WrittenWith<TState, TFact>[]> _besides;

    public Folded(Listing? listed, Func<FoundTable>? table, Func<IEnumerable<WrittenWith<TState, TFact>>>? besides)
    {
        (_listed, _table, _besides) = (listed, table, new(() => [.. besides?.Invoke() ?? []]));
        Name = typeof(TState).Name;
        // Else every fact of another stream would have the store look for a thing of that id.
        foreach (var fact in Streams.FactsOf<TFact>().Values)
            IncludeType(fact);
    }

    public override TState? Evolve(TState? snapshot, Guid id, IEvent e) => e.Data is TFact fact ? TState.Evolve(snapshot, fact) : snapshot;

    public override async ValueTask RaiseSideEffects(IDocumentOperations operations, IEventSlice<TState> slice)
    {
        if (slice.Snapshot is not { } state)
            return;
        if (_listed is not null)
            _table!().Put(operations, _listed.Kind, _listed.Find(state), isNew: state.Version == slice.Events().Count);
        if (_besides.Value.Length == 0)
            return;
        (int, TFact)[] facts = [.. slice.Events().Select(e => ((int)e.Version, (TFact)e.Data))];
        foreach (var besides in _besides.Value)
            await besides.Write(operations, state, facts);
    }
}
