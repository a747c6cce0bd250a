using Marten;
using OneDoor.Graph;

namespace OneDoor.Cases;

/// <summary>What belongs to many cases, each loaded by one query for all of them, and seen as the caller may.</summary>
public sealed class CaseBatches
{
    private readonly IDocumentStore _store;
    private readonly KnownCases _known;
    private readonly Actor _viewer;
    private readonly TimeProvider _time;

    public CaseBatches(IDocumentStore store, KnownCases known, StoredFacts stored, Caller caller, TimeProvider time)
    {
        (_store, _known, _viewer, _time) = (store, known, caller.Actor, time);
        // What was read as of a past instant, or has changed since it was read, is folded anew up to the version seen.
        Cases = new(async (seen, ct) =>
        {
            var cases = await Load(seen, ct);
            var past = cases.Where(c => c.Whole.Version > c.Key.Version).Select(c => c.Key.Id).Distinct().ToArray();
            var facts = past.Length == 0 ? null : await stored.Of<CaseFact>(past, ct);
            return cases.ToDictionary(c => c.Key, c => c.Whole.Version > c.Key.Version
                ? facts![c.Key.Id].Take(c.Key.Version).Aggregate(default(Case), Case.Evolve)! with { Disclosures = c.Whole.Disclosures } : c.Whole);
        });
        Histories = new(async (seen, ct) =>
        {
            var cases = await Load(seen, ct);
            var facts = await stored.Of<CaseFact>([.. cases.Select(c => c.Key.Id).Distinct()], ct);
            // By what the case was with the last of them: what came after it may have changed who sees what.
            return cases.ToDictionary(c => c.Key, c => c.Whole.SeenBy([.. facts[c.Key.Id].Take(c.Whole.Version)], _viewer, _time.GetUtcNow()));
        });
    }

    /// <summary>Cases whole, if the caller sees anything of them; in the version seen.</summary>
    public GraphBatch<(Guid Id, int Version), Case> Cases { get; }

    /// <summary>What happened to them, as far as the caller sees it.</summary>
    public GraphBatch<(Guid Id, int Version), IReadOnlyList<(int Version, CaseFact Fact)>> Histories { get; }

    // As they were listed a moment ago, mostly, which is known.
    private async Task<IReadOnlyList<((Guid Id, int Version) Key, Case Whole)>> Load(IReadOnlyList<(Guid Id, int Version)> seen, CancellationToken ct)
    {
        await using var session = _store.QuerySession();
        var cases = await _known.Read([.. seen.Select(s => new Finding(s.Id, s.Version))], session, ct);
        return [.. seen.Zip(cases).Where(read => read.Second?.IsVisibleTo(_viewer, _time.GetUtcNow()) == true).Select(read => (read.First, read.Second!))];
    }
}
