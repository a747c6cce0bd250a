using System.Collections.Frozen;
using Marten;
using OneDoor.Clock;

namespace OneDoor.Catalogue;

/// <summary>
/// The catalogue as it is in force, held in memory: it is read by every submission and changes a few times a year.
/// A version published by another process is seen within <see cref="Freshness"/>.
/// </summary>
public sealed class CurrentCatalogue(IDocumentStore store, TimeProvider time)
{
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    private volatile Loaded? _loaded;

    /// <summary>Every entry in force today, by code.</summary>
    public async ValueTask<IReadOnlyList<ItemPublished>> Items(CancellationToken ct) => (await Read(ct)).Items;

    /// <summary>The item in force today; null when there is none of that code.</summary>
    public async ValueTask<ItemPublished?> Find(string code, CancellationToken ct) => (await Read(ct)).ByCode.GetValueOrDefault(code);

    private async ValueTask<Loaded> Read(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (_loaded is { } loaded && now - loaded.At < Freshness && now >= loaded.At)
            return loaded;
        await using var session = store.QuerySession();
        var entries = await session.Query<CatalogueEntry>().ToListAsync(ct);
        var today = LegalClock.DayOf(now);
        var items = entries.Select(e => e.On(today)).OfType<ItemPublished>().OrderBy(i => i.Item.Code, StringComparer.Ordinal).ToArray();
        return _loaded = new Loaded(now, items, items.ToFrozenDictionary(i => i.Item.Code, StringComparer.Ordinal));
    }

    private sealed record Loaded(DateTimeOffset At, IReadOnlyList<ItemPublished> Items, FrozenDictionary<string, ItemPublished> ByCode);
}
