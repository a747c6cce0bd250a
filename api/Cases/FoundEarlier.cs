using Marten;
using OneDoor.Catalogue;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>Finds who is before somebody in the order of acceptance (行政许可法 art. 57).</summary>
public static class FoundEarlier
{
    // Of one kind, accepted and undecided at a time.
    private const int Most = 1_000;

    /// <summary>How many cases were accepted before one and may still have a place for which it asks.</summary>
    /// <param name="found">Where to look.</param>
    /// <param name="later">The case.</param>
    /// <param name="issued">What it grants.</param>
    /// <param name="items">Codes of the items that issue licences of the kind.</param>
    /// <param name="register">Knows whose licences stand.</param>
    /// <param name="session">Reads them.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancels the request.</param>
    public static async Task<int> EarlierThan(
        this FoundTable found, Case later, IssuedLicence issued, IEnumerable<string> items, ILicenceRegister register, IQuerySession session, DateTimeOffset now, CancellationToken ct)
    {
        var search = found.Search(CaseColumns.Kind, session);
        Way way = later.Plan.Confidential ? new Way.InConfidence(later.Lead) : new Way.Everywhere();
        search.Through(way, CaseFinding.States(way, [CaseStatus.Accepted, CaseStatus.Paused])).Where($"f.item = any ({search.Value(items.ToArray())})");
        var cases = await search.First(Order.FirstSubmittedFirst, after: null, including: false, Most, ct);
        var earlier = 0;
        foreach (var other in await session.LoadManyAsync<Case>(ct, [.. cases.Select(c => c.Id)]))
        {
            // What takes the place of a licence is looked up for those alone of which it makes a difference.
            if (other.IsBefore(issued.Code, later, replaces: false) && other.IsBefore(issued.Code, later, await register.Replaces(session, other, issued, now, ct)))
                earlier++;
        }
        return earlier;
    }
}
