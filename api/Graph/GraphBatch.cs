using GraphQL.DataLoader;

namespace OneDoor.Graph;

/// <summary>Gathers the keys that the fields of a list ask for, so that they are loaded by one query instead of one each.</summary>
public sealed class GraphBatch<TKey, TValue>(Func<IReadOnlyList<TKey>, CancellationToken, Task<IReadOnlyDictionary<TKey, TValue>>> load)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private Gathering? _gathering;

    public IDataLoaderResult<TOut> Load<TOut>(TKey key, Func<TValue?, TOut> then)
    {
        lock (_lock)
        {
            _gathering ??= new Gathering();
            _gathering.Keys.Add(key);
            return new Promised<TOut>(this, _gathering, key, then);
        }
    }

    private Task<IReadOnlyDictionary<TKey, TValue>> Loaded(Gathering gathering, CancellationToken ct)
    {
        lock (_lock)
        {
            // Whoever asks from now on is part of the next batch.
            if (_gathering == gathering)
                _gathering = null;
            return gathering.Loading ??= load([.. gathering.Keys], ct);
        }
    }

    private sealed class Gathering
    {
        public HashSet<TKey> Keys { get; } = [];

        public Task<IReadOnlyDictionary<TKey, TValue>>? Loading { get; set; }
    }

    private sealed class Promised<TOut>(GraphBatch<TKey, TValue> batch, Gathering gathering, TKey key, Func<TValue?, TOut> then) : IDataLoaderResult<TOut>
    {
        public async Task<TOut> GetResultAsync(CancellationToken cancellationToken = default) =>
            then((await batch.Loaded(gathering, cancellationToken)).GetValueOrDefault(key));

        async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) => await GetResultAsync(cancellationToken);
    }
}

/// <summary>The facts of all the things of a list, read at once.</summary>
public sealed class FactBatch<TFact>(StoredFacts stored) where TFact : class
{
    public GraphBatch<Guid, IReadOnlyList<TFact>> Facts { get; } = new(async (things, ct) =>
    {
        var facts = await stored.Of<TFact>([.. things], ct);
        return things.ToDictionary(thing => thing, IReadOnlyList<TFact> (thing) => [.. facts[thing]]);
    });
}
