using Marten;
using OneDoor.Applicants;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>Finds the names under which those are known who apply (CASE-9).</summary>
public static class FoundNames
{
    // Of all together, and of each some: the name they signed in by may be older than what others applied for, and what a window took in counts for nothing.
    private const int Latest = 50, LatestOfEach = 5;

    /// <inheritdoc cref="Case.NamesOf"/>
    /// <param name="found">Where to look.</param>
    /// <param name="applicant">Who applies.</param>
    /// <param name="session">Reads their cases.</param>
    /// <param name="ct">Cancels the request.</param>
    public static async Task<IReadOnlyDictionary<string, string>> NamesOf(this FoundTable found, Applicant applicant, IQuerySession session, CancellationToken ct)
    {
        Way[] ways = [.. applicant.Everybody.Take(Applicant.MostParties).Select(one => new Way.AsApplicant(one.Key))];
        List<Guid> cases = [];
        foreach (var way in ways)
        {
            var search = found.Search(CaseColumns.Kind, session).Through(way, CaseFinding.States(way, CaseFinding.Everything));
            cases.AddRange((await search.First(Order.LastSubmittedFirst, after: null, including: false, Math.Max(LatestOfEach, Latest / ways.Length), ct)).Select(c => c.Id));
        }
        return Case.NamesOf(await session.LoadManyAsync<Case>(ct, cases.Distinct().ToArray()));
    }
}
