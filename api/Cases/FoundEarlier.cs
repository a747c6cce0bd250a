using Marten;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>Finds who is before somebody in the order of acceptance (行政许可法 art. 57).</summary>
public static class FoundEarlier
{
    // Of one item, accepted and undecided at a time.
    private const int Most = 1_000;

    /// <summary>How many cases for a case's item were accepted before it and may still have a licence of the kind.</summary>
    /// <param name="found">Where to look.</param>
    /// <param name="later">The case.</param>
    /// <param name="kind">Code of the kind.</param>
    /// <param name="session">Reads the cases.</param>
    /// <param name="ct">Cancels the request.</param>
    public static async Task<int> EarlierThan(this FoundTable found, Case later, string kind, IQuerySession session, CancellationToken ct)
    {
        var search = found.Search(CaseColumns.Kind);
        Way way = later.Plan.Confidential ? new Way.InConfidence(later.Lead) : new Way.Everywhere();
        search.Through(way, CaseFinding.States(way, [CaseStatus.Accepted, CaseStatus.Paused])).Where($"f.item = {search.Value(later.Plan.Item)}");
        var cases = await search.First(Order.FirstSubmittedFirst, after: null, including: false, Most, ct);
        return (await session.LoadManyAsync<Case>(ct, [.. cases.Select(c => c.Id)])).Count(c => c.IsBefore(kind, later));
    }
}
