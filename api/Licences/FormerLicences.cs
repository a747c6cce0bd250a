using Marten;
using Npgsql;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Licences;

/// <summary>Makes licences of what cases delivered before there were any: each as of its grant, and once, however many processes do it.</summary>
public sealed class FormerLicences(IDocumentStore store, NpgsqlDataSource database, StoredFacts stored, CurrentCatalogue catalogue, StatusIndexes indexes, LicenceOptions policy, LegalClock clock)
{
    private const int Batch = 500;

    // The stream of a licence is derived from its number, as Licence.IdOf does it.
    private const string Unregistered = $"""
        select e.seq_id, e.stream_id, e.version from {Store.Schema}.mt_events e where e.type = 'licence_delivered' and e.seq_id > $1
            and not exists (select from {Store.Schema}.mt_streams s where s.id = encode(substring(sha256(convert_to('licence:' || (e.data ->> 'number'), 'UTF8')), 1, 16), 'hex')::uuid)
        order by e.seq_id limit $2
        """;

    /// <summary>Does it.</summary>
    public async Task Register(CancellationToken ct)
    {
        for (long? after = 0; after is { } reached;)
        {
            await using var session = store.LightweightSession();
            // Whoever comes second finds it done.
            await session.Alone(ct, "former licences");
            after = await Register(session, reached, ct);
            await session.SaveChangesAsync(ct);
        }
    }

    // How far it has come; null at the end.
    private async Task<long?> Register(IDocumentSession session, long after, CancellationToken ct)
    {
        var delivered = await database.Rows(Unregistered, row => (Sequence: row.GetInt64(0), Case: row.GetGuid(1), Version: (int)row.GetInt64(2)), ct, after, Batch);
        var items = (await catalogue.Items(ct)).Select(published => published.Item).ToArray();
        var facts = await stored.Of<CaseFact>([.. delivered.Select(d => d.Case).Distinct()], ct);
        foreach (var (_, id, version) in delivered)
        {
            var until = facts[id].Take(version).ToArray();
            var @case = until.Aggregate(default(Case), Case.Evolve)!;
            if (Issuing.Of(@case, catalogue.Pinned(@case.Plan.Item, @case.Plan.Version).Item, (LicenceDelivered)until[^1], replaces: null) is { } issued)
            {
                var remindOn = Issuing.RemindOn(issued.ValidUntil, Issuing.RenewalOf(issued.Kind.Code, items), policy, clock.Calendar);
                session.Events.StartStream<Licence>(Licence.IdOf(issued.Number), issued with { StatusIndex = await indexes.Next(session, ct), RemindOn = remindOn });
            }
        }
        return delivered.Count < Batch ? null : delivered[^1].Sequence;
    }
}
