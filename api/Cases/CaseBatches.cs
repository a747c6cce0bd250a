using Marten;
using OneDoor.Catalogue;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>What belongs to many cases, each loaded by one query for all of them, and seen as the caller may.</summary>
public sealed class CaseBatches
{
    public CaseBatches(IDocumentStore store, Caller caller)
    {
        var viewer = caller.Actor;
        Cases = new((ids, ct) => Load(store, viewer, ids, ct));
        Histories = new((ids, ct) => LoadHistories(store, viewer, ids, ct));
        Items = new((codes, ct) => LoadItems(store, codes, ct));
    }

    /// <summary>Cases whole, if the caller sees anything of them.</summary>
    public GraphQlBatch<Guid, Case> Cases { get; }

    public GraphQlBatch<Guid, IReadOnlyList<HistoryEntry>> Histories { get; }

    /// <summary>Catalogue entries with all their versions, by code.</summary>
    public GraphQlBatch<string, CatalogueEntry> Items { get; }

    private static async Task<IReadOnlyDictionary<Guid, Case>> Load(IDocumentStore store, Actor viewer, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        var cases = await session.Query<Case>().Where(CaseSight.VisibleTo(viewer)).Where(c => c.Id.IsOneOf(ids.ToArray())).ToListAsync(ct);
        return cases.ToDictionary(c => c.Id);
    }

    private static async Task<IReadOnlyDictionary<Guid, IReadOnlyList<HistoryEntry>>> LoadHistories(
        IDocumentStore store, Actor viewer, IReadOnlyList<Guid> ids, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        var cases = await session.Query<Case>().Where(CaseSight.VisibleTo(viewer)).Where(c => c.Id.IsOneOf(ids.ToArray())).ToListAsync(ct);
        var streams = cases.Select(c => c.Id).ToArray();
        var facts = (await session.Events.QueryAllRawEvents().Where(e => e.StreamId.IsOneOf(streams)).ToListAsync(ct))
            .OrderBy(e => e.Version).ToLookup(e => e.StreamId, e => (CaseFact)e.Data);
        return cases.ToDictionary(
            c => c.Id,
            c => (IReadOnlyList<HistoryEntry>)[.. c.SeenBy([.. facts[c.Id]], viewer).Select(s => GetCaseHistory.Entry(s.Version, s.Fact))]);
    }

    private static async Task<IReadOnlyDictionary<string, CatalogueEntry>> LoadItems(IDocumentStore store, IReadOnlyList<string> codes, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        return (await session.LoadManyAsync<CatalogueEntry>(ct, codes.Select(CatalogueEntry.IdOf))).ToDictionary(e => e.Code);
    }
}
