using System.Globalization;
using System.Text.Json;
using Npgsql;

namespace OneDoor.Feed;

/// <summary>Which events somebody reads, and as whom.</summary>
/// <param name="Types">Of these types.</param>
/// <param name="Listener">Who reads.</param>
/// <param name="Source">The platform's address.</param>
public sealed record EventQuery(IReadOnlySet<string> Types, Listener Listener, string Source);

/// <summary>An event, and the place in the order of all of them.</summary>
/// <param name="Capability">What the thing is called.</param>
/// <param name="Thing">The thing's stream.</param>
/// <param name="Trace">The W3C <c>traceparent</c> of the request that brought it about; null where none is kept.</param>
public sealed record ReadEvent(CloudEvent Event, long Place, string Capability, Guid Thing, string? Trace);

/// <summary>
/// Reads events straight from the stored facts, in the order of their numbers and no further than they are settled: so nothing is
/// left out, told twice or told before what precedes it, whoever writes meanwhile (decision 0050).
/// </summary>
public sealed class EventReader(NpgsqlDataSource database, KnownTypes types, ISampleEvents samples)
{
    // How many facts of the types are looked at for one page at most, and how many of all are passed over for them at once: who may see few of them, or
    // asks for rare ones, is answered with fewer, and goes on.
    private const int LooksAt = 5_000, Portion = 500, PassesOver = 20_000;

    // As the log of reads calls what does not exist.
    private const string Sandbox = "sandbox";

    private const string Facts = $"""
        select seq_id, id, stream_id, version, type, headers ->> '{KeptTrace.Header}' from {Store.Schema}.mt_events
        where seq_id > $1 and seq_id <= $2 and type = any ($3) and not is_archived order by seq_id limit $4
        """;

    /// <summary>Events after a place.</summary>
    /// <param name="query">Which.</param>
    /// <param name="after">The place.</param>
    /// <param name="settled">Up to where facts are settled.</param>
    /// <param name="first">At most so many.</param>
    /// <returns>They, and the place up to which there are no others.</returns>
    public async Task<(IReadOnlyList<ReadEvent> Events, long Place)> Read(EventQuery query, long after, long settled, int first, CancellationToken ct)
    {
        List<ReadEvent> events = [];
        var byAlias = query.Types.ToDictionary(type => types.Of(type).Alias, type => (Type: type, types.Of(type).Told));
        for (var looked = 0; after < settled && events.Count < first && looked < LooksAt;)
        {
            var until = Math.Min(settled, after + PassesOver);
            var portion = await Portioned(after, until, [.. byAlias.Keys, samples.Alias], ct);
            looked += Portion;
            var told = new Dictionary<(Guid, int), (ToldFact Fact, string Capability)>();
            Guid[] tried = [.. portion.Where(row => row.Alias == samples.Alias).Select(row => row.Stream)];
            var sampled = tried.Length == 0 ? null : await samples.Tell(tried, query.Listener, ct);
            foreach (var kind in portion.Where(row => row.Alias != samples.Alias).GroupBy(row => byAlias[row.Alias].Told))
            {
                foreach (var (at, fact) in await kind.Key.Tell([.. kind.Select(row => (row.Stream, row.Version))], query.Listener, ct))
                    told[at] = (fact, kind.Key.Capability);
            }
            foreach (var row in portion.TakeWhile(_ => events.Count < first))
            {
                after = row.Number;
                // Who asked for it knows it by its stream's id.
                if (sampled?.GetValueOrDefault(row.Stream) is { } sample && query.Types.Contains(sample.Type))
                    events.Add(new(EventOf(row with { Id = row.Stream }, sample.Type, sample.Fact, query.Source) with { Sample = true }, row.Number, Sandbox, row.Stream, row.Trace));
                else if (told.TryGetValue((row.Stream, row.Version), out var found))
                    events.Add(new(EventOf(row, byAlias[row.Alias].Type, found.Fact, query.Source), row.Number, found.Capability, row.Stream, row.Trace));
            }
            if (portion.Count < Portion && (portion.Count == 0 || after == portion[^1].Number))
                after = until;
        }
        return (events, after);
    }

    private Task<IReadOnlyList<Row>> Portioned(long after, long until, string[] aliases, CancellationToken ct) => database.Rows(
        Facts, row => new Row(row.GetInt64(0), row.GetGuid(1), row.GetGuid(2), (int)row.GetInt64(3), row.GetString(4), row.IsDBNull(5) ? null : row.GetString(5)), ct, after, until, aliases, Portion);

    private static CloudEvent EventOf(Row row, string type, ToldFact told, string source) => new(
        "1.0", row.Id, source, type, told.Address, told.At, "application/json", KnownTypes.SchemaOf(source, type), row.Number.ToString(CultureInfo.InvariantCulture),
        JsonSerializer.SerializeToElement(told.Thing, told.Thing.GetType(), RestJson.Options));

    private sealed record Row(long Number, Guid Id, Guid Stream, int Version, string Alias, string? Trace);
}
