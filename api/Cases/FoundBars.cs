using Marten;
using OneDoor.Applicants;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>Finds what bars somebody from an item (BAR-1).</summary>
public static class FoundBars
{
    // Of each applicant: whoever was barred a year ago may have been barred again since.
    private const int Latest = 20;

    /// <summary>The bars that cases for the item have left on any of these applicants, lapsed ones among them, as far as they are committed.</summary>
    /// <param name="found">Where to look.</param>
    /// <param name="applicants"><see cref="Applicant.Keys"/>.</param>
    /// <param name="item">The item's code.</param>
    /// <param name="session">Reads them.</param>
    /// <param name="ct">Cancels the request.</param>
    public static async Task<IReadOnlyList<Bar>> BarsOf(this FoundTable found, IReadOnlyList<string> applicants, string item, IQuerySession session, CancellationToken ct) =>
        [.. (await Of(found, applicants, item, session, ct)).SelectMany(@case => @case.Bars ?? [])];

    /// <summary>The bars that cases for whatever item have left on any of these applicants, each with its case, as far as a viewer may be told of them.</summary>
    /// <inheritdoc cref="BarsOf(FoundTable, IReadOnlyList{string}, string, IQuerySession, CancellationToken)"/>
    /// <param name="viewer">Who asks.</param>
    /// <param name="now">When.</param>
    public static async Task<IReadOnlyList<(Guid Case, Bar Bar)>> BarsOf(
        this FoundTable found, IReadOnlyList<string> applicants, Actor viewer, DateTimeOffset now, IQuerySession session, CancellationToken ct) =>
        [.. (await Of(found, applicants, item: null, session, ct)).SelectMany(@case => @case.BarsSeenBy(viewer, now).Select(bar => (@case.Id, bar)))];

    private static async Task<IReadOnlyList<Case>> Of(FoundTable found, IReadOnlyList<string> applicants, string? item, IQuerySession session, CancellationToken ct)
    {
        if (applicants.Count == 0)
            return [];
        var search = found.Search(CaseColumns.Kind, session);
        foreach (var way in applicants.Select(key => new Way.AsBarred(key)))
            search.Through(way, CaseFinding.States(way, CaseFinding.Everything));
        if (item is not null)
            search.Where($"f.item = {search.Value(item)}");
        var cases = await search.First(Order.LastChangedFirst, after: null, including: false, Latest * applicants.Count, ct);
        return cases.Count == 0 ? [] : await session.LoadManyAsync<Case>(ct, [.. cases.Select(c => c.Id)]);
    }
}
