using Marten;
using OneDoor.Applicants;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>Finds the names under which those are known who apply (CASE-9).</summary>
public static class FoundNames
{
    // Of each applicant: the name they signed in by may be older than what others applied for.
    private const int Latest = 20;

    /// <inheritdoc cref="Case.NamesOf"/>
    /// <param name="found">Where to look.</param>
    /// <param name="applicant">Who applies.</param>
    /// <param name="session">Reads their cases.</param>
    /// <param name="ct">Cancels the request.</param>
    public static async Task<IReadOnlyDictionary<string, string>> NamesOf(this FoundTable found, Applicant applicant, IQuerySession session, CancellationToken ct)
    {
        var search = found.Search(CaseColumns.Kind, session);
        Way[] ways = [.. applicant.Everybody.Take(Applicant.MostParties).Select(one => new Way.AsApplicant(one.Key))];
        foreach (var way in ways)
            search.Through(way, CaseFinding.States(way, CaseFinding.Everything));
        var cases = await search.First(Order.LastSubmittedFirst, after: null, including: false, Latest * ways.Length, ct);
        return Case.NamesOf(await session.LoadManyAsync<Case>(ct, [.. cases.Select(c => c.Id)]));
    }
}
