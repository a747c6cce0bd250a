using Marten;
using OneDoor.Graph;

namespace OneDoor.Cases;

/// <summary>What belongs to many cases, each loaded by one query for all of them, and seen as the caller may.</summary>
public sealed class CaseBatches
{
    private readonly TimeProvider _time;
    private Dictionary<Guid, Case> _last = [];

    public CaseBatches(IDocumentStore store, StoredFacts facts, Caller caller, TimeProvider time)
    {
        (_time, var viewer) = (time, caller.Actor);
        Cases = new((seen, ct) => LoadAsSeen(store, facts, viewer, seen, ct));
        Histories = new((seen, ct) => LoadHistories(store, facts, viewer, seen, ct));
    }

    /// <summary>Cases whole, if the caller sees anything of them; in the version seen.</summary>
    public GraphBatch<(Guid Id, int Version), Case> Cases { get; }

    /// <summary>What happened to them, as far as the caller sees it.</summary>
    public GraphBatch<(Guid Id, int Version), IReadOnlyList<(int Version, CaseFact Fact)>> Histories { get; }

    // Clock and history of a list want the same cases, one after the other. A subscription or the next mutation of a request
    // wants newer ones.
    private async Task<IReadOnlyList<((Guid Id, int Version) Key, Case Whole)>> Load(
        IDocumentStore store, Actor viewer, IReadOnlyList<(Guid Id, int Version)> seen, CancellationToken ct)
    {
        if (!seen.All(s => _last.TryGetValue(s.Id, out var known) && known.Version >= s.Version))
        {
            var ids = seen.Select(s => s.Id).Distinct().ToArray();
            await using var session = store.QuerySession();
            _last = (await session.LoadManyAsync<Case>(ct, ids)).Where(c => c.IsVisibleTo(viewer, _time.GetUtcNow())).ToDictionary(c => c.Id);
        }
        return [.. seen.Where(s => _last.ContainsKey(s.Id)).Select(s => (s, _last[s.Id]))];
    }

    // What was read as of a past instant, or has changed since it was read, is folded anew up to the version seen.
    private async Task<IReadOnlyDictionary<(Guid, int), Case>> LoadAsSeen(
        IDocumentStore store, StoredFacts stored, Actor viewer, IReadOnlyList<(Guid Id, int Version)> seen, CancellationToken ct)
    {
        var cases = await Load(store, viewer, seen, ct);
        var past = cases.Where(c => c.Whole.Version > c.Key.Version).Select(c => c.Whole.Id).Distinct().ToArray();
        var facts = past.Length == 0 ? null : await stored.Of<CaseFact>(past, ct);
        return cases.ToDictionary(
            c => c.Key,
            c => c.Whole.Version > c.Key.Version ? facts![c.Whole.Id].Take(c.Key.Version).Aggregate(default(Case), Case.Evolve)! with { Disclosures = c.Whole.Disclosures } : c.Whole);
    }

    private async Task<IReadOnlyDictionary<(Guid, int), IReadOnlyList<(int Version, CaseFact Fact)>>> LoadHistories(
        IDocumentStore store, StoredFacts stored, Actor viewer, IReadOnlyList<(Guid Id, int Version)> seen, CancellationToken ct)
    {
        var cases = await Load(store, viewer, seen, ct);
        var facts = await stored.Of<CaseFact>([.. cases.Select(c => c.Whole.Id).Distinct()], ct);
        return cases.ToDictionary(
            c => c.Key,
            c => c.Whole.SeenBy([.. facts[c.Whole.Id]], viewer, _time.GetUtcNow()));
    }
}
