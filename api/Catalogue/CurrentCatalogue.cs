using System.Collections.Concurrent;
using System.Collections.Frozen;
using Marten;
using OneDoor.Clock;

namespace OneDoor.Catalogue;

/// <summary>
/// The catalogue as it is in force, held in memory: every submission reads it, and it changes a few times a year.
/// A version published by another process is seen <see cref="Freshness"/> later.
/// </summary>
public sealed class CurrentCatalogue(IDocumentStore store, TimeProvider time) : IDisposable
{
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _refreshing = new(1);
    private readonly ConcurrentDictionary<(string Code, int Version), ItemPublished> _others = new();
    private volatile Loaded? _loaded;

    /// <summary>Every entry in force today, by code.</summary>
    public async ValueTask<IReadOnlyList<ItemPublished>> Items(CancellationToken ct) => (await Read(ct)).Items;

    /// <summary>Every entry in force on a day, by code.</summary>
    public async ValueTask<IReadOnlyList<ItemPublished>> ItemsOn(DateOnly day, CancellationToken ct) => await Read(ct) is var read && read.Day == day ? read.Items
        : [.. read.Entries.Values.Select(entry => entry.On(day)).OfType<ItemPublished>().OrderBy(published => published.Item.Code, StringComparer.Ordinal)];

    /// <summary>Every entry in force today as it is read: what has ended says what to do instead, and asks for nothing.</summary>
    public async ValueTask<IReadOnlyList<ItemPublished>> Shown(CancellationToken ct) => (await Read(ct)).Shown;

    /// <summary>The item in force today as it is read; null when there is none of that code.</summary>
    public async ValueTask<ItemPublished?> Shown(string code, CancellationToken ct) => await Read(ct) is var read ? read.ByCode.GetValueOrDefault(code)?.ReadOn(read.Day) : null;

    /// <summary>The item in force today; null when there is none of that code.</summary>
    public async ValueTask<ItemPublished?> Find(string code, CancellationToken ct) => (await Read(ct)).ByCode.GetValueOrDefault(code);

    /// <summary>An item with all its versions, those to come included; null when there is none of that code.</summary>
    public async ValueTask<CatalogueEntry?> Entry(string code, CancellationToken ct) => (await Read(ct)).Entries.GetValueOrDefault(code);

    /// <summary>A published version, whether in force or not, of what this process has read of the catalogue or of cases that are pinned to it; null when there is none.</summary>
    public async ValueTask<ItemPublished?> Version(string code, int version, CancellationToken ct)
    {
        await Read(ct);
        return Known(code, version);
    }

    /// <summary>A published version, whether in force or not; null while this process has not heard of it.</summary>
    public ItemPublished? Known(string code, int version) =>
        _loaded is { } loaded && loaded.ByVersion.TryGetValue((code, version), out var published) ? published : _others.GetValueOrDefault((code, version));

    /// <summary>
    /// A published version, whether in force or not. What another process has published since this one last looked is
    /// read, once for each version, while the caller waits: whoever reads stored JSON cannot do otherwise.
    /// </summary>
    public ItemPublished Pinned(string code, int version) =>
        Stored(code, version) ?? throw new InvalidOperationException($"The catalogue has no version {version} of {code}, which a case is pinned to.");

    /// <summary>The item of a published version, read as <see cref="Pinned"/> does; null where the store has none: the first releases stored plans whole, and theirs may name one.</summary>
    public Item? ItemOf(string code, int version) => Stored(code, version)?.Item;

    public void Dispose() => _refreshing.Dispose();

    private ItemPublished? Stored(string code, int version) =>
        Known(code, version) ?? (Load(code, version).GetAwaiter().GetResult() is { } stored ? _others.GetOrAdd((code, version), stored) : null);

    private async Task<ItemPublished?> Load(string code, int version)
    {
        await using var session = store.QuerySession();
        return (await session.LoadAsync<CatalogueEntry>(CatalogueEntry.IdOf(code)))?.Versions.FirstOrDefault(v => v.Version == version);
    }

    private async ValueTask<Loaded> Read(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        // By what has passed, and not by the clock, which may be set back.
        if (_loaded is { } fresh && fresh.Day == LegalClock.DayOf(now) && time.GetElapsedTime(fresh.CheckedAt) < Freshness)
            return fresh;
        // One request looks for news, the others go on with what is there.
        if (!await _refreshing.WaitAsync(_loaded is null ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, ct))
            return _loaded!;
        try
        {
            return _loaded = await Refresh(_loaded, time.GetTimestamp(), now, ct);
        }
        // Nobody waits in vain for what is in hand: the next one looks again when it is old again.
        catch (Exception fault) when (StoreFaults.IsDatabaseAway(fault) && _loaded?.Day == LegalClock.DayOf(now))
        {
            return _loaded = _loaded with { CheckedAt = time.GetTimestamp() };
        }
        finally
        {
            _refreshing.Release();
        }
    }

    private async Task<Loaded> Refresh(Loaded? loaded, long at, DateTimeOffset now, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        var today = LegalClock.DayOf(now);
        // Versions only ever grow, so their sum tells whether anything was published.
        var published = (await session.QueryAsync<long>($"select coalesce(sum(mt_version), 0)::bigint from {Store.Schema}.mt_doc_catalogueentry", ct)).Single();
        if (loaded is not null && loaded.Published == published && loaded.Day == today)
            return loaded with { CheckedAt = at };
        var entries = await session.Query<CatalogueEntry>().ToListAsync(ct);
        var items = entries.Select(e => e.On(today)).OfType<ItemPublished>().OrderBy(i => i.Item.Code, StringComparer.Ordinal).ToArray();
        return new Loaded(at, today, published, items, [.. items.Select(i => i.ReadOn(today))], items.ToFrozenDictionary(i => i.Item.Code, StringComparer.Ordinal),
            entries.ToFrozenDictionary(e => e.Code, StringComparer.Ordinal), entries.SelectMany(e => e.Versions).ToFrozenDictionary(v => (v.Item.Code, v.Version)));
    }

    private sealed record Loaded(
        long CheckedAt, DateOnly Day, long Published, IReadOnlyList<ItemPublished> Items, IReadOnlyList<ItemPublished> Shown,
        FrozenDictionary<string, ItemPublished> ByCode,
        FrozenDictionary<string, CatalogueEntry> Entries, FrozenDictionary<(string Code, int Version), ItemPublished> ByVersion);
}
