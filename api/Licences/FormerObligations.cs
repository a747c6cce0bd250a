using Marten;
using Marten.Linq.MatchesSql;
using OneDoor.Cases;
using OneDoor.Platform;

namespace OneDoor.Licences;

/// <summary>Releases what cases still owe for licences that have ended without their hearing of it, as releases before let them: once, however many processes do it.</summary>
public sealed class FormerObligations(IDocumentStore store, TimeProvider time)
{
    private const int Batch = 500;

    // What a case owes has a day, on which it is woken.
    private const string Owing = "d.wake_at is not null and d.data ->> 'decidedAt' is not null and jsonb_array_length(d.data -> 'licences') > 0 and d.id > ?";

    /// <summary>Does it.</summary>
    public async Task Release(CancellationToken ct)
    {
        for (Guid? after = Guid.Empty; after is { } reached;)
        {
            await using var session = store.LightweightSession();
            // Whoever comes second finds it done.
            await session.Alone(ct, "former obligations");
            var cases = await session.Query<Case>().Where(c => c.MatchesSql(Owing, reached)).OrderBy(c => c.Id).Take(Batch).ToListAsync(ct);
            foreach (var @case in cases)
                await Release(session, @case, ct);
            await session.SaveChangesAsync(ct);
            after = cases.Count < Batch ? null : cases[^1].Id;
        }
    }

    private async Task Release(IDocumentSession session, Case @case, CancellationToken ct)
    {
        var (now, ended) = (time.GetUtcNow(), default(Licence));
        foreach (var delivered in @case.Licences)
        {
            // What is only a result is no licence, and does not end.
            if (await LicenceRegister.Current(session, delivered.Number, ct) is not { } licence)
                continue;
            // What time alone ends the sweep records, and with it what follows.
            if (licence.Stands)
                return;
            ended = licence;
        }
        if (ended is not null && @case.Released(@case.NowAt(now), by: null, ended.Number) is { Count: > 0 } released)
            session.Events.Append(@case.Id, @case.Version + released.Count, released);
    }
}
