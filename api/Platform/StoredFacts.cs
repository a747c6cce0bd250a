using Npgsql;

namespace OneDoor.Platform;

/// <summary>Reads facts, each with its personal data where that is not erased. Marten's own reading of events leaves it out.</summary>
public sealed class StoredFacts(NpgsqlDataSource database, PersonalParts parts)
{
    /// <summary>What a select names of an event <c>e</c> to be read.</summary>
    public const string Columns = "e.stream_id, e.type, e.data, p.data", From = $"""
        {Store.Schema}.mt_events e left join {PersonalParts.QualifiedName} p on p.stream_id = e.stream_id and p.version = e.version
        """;

    /// <summary>All facts of a thing, in order.</summary>
    public async Task<IReadOnlyList<TFact>> Of<TFact>(Guid stream, CancellationToken ct) where TFact : class => [.. (await Of<TFact>([stream], ct))[stream]];

    /// <summary>A thing as its facts had left it at an instant; null before the first of them.</summary>
    public async Task<TState?> AsOf<TState, TFact>(Guid thing, DateTimeOffset then, CancellationToken ct) where TState : class, IFolded<TState, TFact> where TFact : class, IFact =>
        Until<TState, TFact>(await Of<TFact>(thing, ct), then);

    /// <summary>A thing as these of its facts had left it at an instant; null before the first of them.</summary>
    public static TState? Until<TState, TFact>(IReadOnlyList<TFact> facts, DateTimeOffset then) where TState : class, IFolded<TState, TFact> where TFact : class, IFact =>
        facts.TakeWhile(fact => fact.At <= then).Aggregate(default(TState), TState.Evolve);

    /// <summary>All facts of things, in order.</summary>
    public async Task<ILookup<Guid, TFact>> Of<TFact>(Guid[] streams, CancellationToken ct) where TFact : class
    {
        var types = Streams.FactsOf<TFact>();
        var facts = await database.Rows(
            $"select {Columns} from {From} where e.stream_id = any ($1) and not e.is_archived order by e.stream_id, e.version",
            row => (Stream: row.GetGuid(0), Fact: (TFact)parts.Read(types[row.GetString(1)], row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3))), ct, streams);
        return facts.ToLookup(f => f.Stream, f => f.Fact);
    }
}
