using System.Text.Json;
using System.Text.Json.Nodes;
using JasperFx.Events;
using Marten;
using Npgsql;

namespace OneDoor.Evidence;

/// <summary>A stored fact and its place in the chain of its thing.</summary>
/// <param name="Version">The version it led to.</param>
/// <param name="Fact">Its own digest.</param>
/// <param name="Digest">Its link: the digest of the chain up to it.</param>
/// <param name="Members">What its digest is over.</param>
/// <param name="At">When it happened; null where the fact does not say.</param>
public sealed record ChainedFact(long Version, byte[] Fact, byte[] Digest, IReadOnlyList<FactMember> Members, DateTimeOffset? At);

/// <summary>Chains facts as they are stored.</summary>
public sealed class FactChains(NpgsqlDataSource database, IDocumentStore store, PersonalParts parts, SeparatePersonalData separate, StoreSecrets secrets)
{
    // From the newest entry of the log on: what that says of the facts before need not be computed again.
    private const string SinceLogged = $"""
        select version, digest from {LogTable.Entries} where stream_id = $1 and version <= $2 order by version desc, position limit 1
        """;

    private const string Facts = $"select version, type, data from {Store.Schema}.mt_events where stream_id = $1 and version >= $2 and version <= $3 order by version";

    private readonly Lazy<IReadOnlyDictionary<string, Type>> _holding = new(() =>
        store.Options.Events.AllKnownEventTypes().Where(e => parts.CanHold(e.EventType)).ToDictionary(e => e.Alias, e => e.EventType));

    /// <summary>The whole chain of a thing; null while facts of a release before hold their personal data within them, which a reader does not move.</summary>
    public async Task<IReadOnlyList<ChainedFact>?> Of(Guid thing, CancellationToken ct) => await Read(thing, 0, FactChain.Beginning, long.MaxValue, ct);

    /// <summary>A thing's chain up to a version: its digest, and when its last fact happened.</summary>
    public async Task<(byte[] Digest, DateTimeOffset At)> At(Guid thing, long version, CancellationToken ct)
    {
        var newest = await database.Rows(SinceLogged, row => (Version: row.GetInt64(0), Digest: row.GetFieldValue<byte[]>(1)), ct, thing, version);
        var (logged, digest) = newest is [var link] ? link : (0L, FactChain.Beginning);
        var chain = await Read(thing, logged, digest, version, ct);
        if (chain is null)
        {
            await separate.Move(thing, ct);
            chain = await Read(thing, logged, digest, version, ct);
        }
        return (chain![^1].Digest, chain[^1].At!.Value);
    }

    /// <summary>What follows a link: a fact that has just been stored.</summary>
    public ChainedFact Follow(byte[] link, Guid thing, IEvent stored) => Follow(link, thing, stored.Version, Streams.AliasOf(stored.Data.GetType()), JsonDocument.Parse(parts.Stored(stored.Data)));

    /// <summary>What follows a link: a fact as it is stored.</summary>
    public ChainedFact Follow(byte[] link, Guid thing, long version, string type, string fact) => Follow(link, thing, version, type, JsonDocument.Parse(fact));

    private ChainedFact Follow(byte[] link, Guid thing, long version, string type, JsonDocument fact)
    {
        using var json = fact;
        var members = FactChain.MembersOf(secrets.OfFacts, thing, version, type, json.RootElement);
        var own = FactChain.DigestOf(members);
        return new(version, own, FactChain.Next(link, own), members, json.RootElement.TryGetProperty("at", out var at) ? at.GetDateTimeOffset() : null);
    }

    /// <summary>
    /// Whether a fact has its personal data within it still, as releases before stored them. It is moved before the fact is in any chain, for it changes the fact.
    /// </summary>
    public bool IsWhole(string type, string fact) => !fact.Contains($"\"{PersonalParts.Digest}\"", StringComparison.Ordinal)
        && _holding.Value.TryGetValue(type, out var holding) && parts.TakeFrom(JsonNode.Parse(fact)!.AsObject(), holding) is not null;

    // The chain after a link, and that link again where there is one; null where a fact is whole.
    private async Task<IReadOnlyList<ChainedFact>?> Read(Guid thing, long version, byte[] link, long last, CancellationToken ct)
    {
        List<ChainedFact> chain = [];
        await using var command = database.Ask(Facts, thing, version, last);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var (at, type, text) = (reader.GetInt64(0), reader.GetString(1), reader.GetString(2));
            if (IsWhole(type, text))
                return null;
            var next = Follow(link, thing, at, type, text);
            link = at == version ? link : next.Digest;
            chain.Add(next with { Digest = link });
        }
        return chain;
    }
}
