using Marten;
using OneDoor.Applicants;
using OneDoor.Catalogue;

namespace OneDoor.Cases;

/// <summary>Finds cases, and what the rule has to know of others than the one it is asked about, as far as they are committed.</summary>
public static class CaseSearch
{
    // Of the bars of each applicant: whoever was barred a year ago may have been barred again since.
    private const int LatestBars = 20;

    // Of all who apply together, and of each some: the name they signed in by may be older than what others applied for, and what a window took in counts for nothing.
    private const int LatestNames = 50, LatestNamesOfEach = 5;

    // Of those who hold a licence, of the items that take a pledge for what it proves.
    private const int LatestOfHolders = 200;

    // Of one kind or one applicant, undecided at a time.
    private const int MostUndecided = 1_000;

    /// <summary>A search of the cases to which any of these ways leads.</summary>
    /// <param name="ways">The ways.</param>
    /// <param name="statuses">How they stand; in any way when null.</param>
    /// <param name="session">Over whose connection it is asked for; null for one of its own.</param>
    public static Search SearchCases(this FoundTable found, IEnumerable<Way> ways, IReadOnlyList<CaseStatus>? statuses = null, IQuerySession? session = null)
    {
        var search = found.Search(CaseColumns.Kind, session);
        foreach (var way in ways)
            search.Through(way, CaseFinding.States(way, statuses ?? CaseFinding.Everything));
        return search;
    }

    /// <summary>The bars that cases for any of these items have left on any of these applicants, by <see cref="Applicant.Keys"/>, lapsed ones among them (BAR-1).</summary>
    public static async Task<IReadOnlyList<Bar>> BarsOf(this FoundTable found, IReadOnlyList<string> applicants, IReadOnlyList<string> items, IQuerySession session, CancellationToken ct) =>
        [.. (await BarredIn(found, applicants, items, session, ct)).SelectMany(@case => @case.Bars ?? [])];

    /// <summary>The same of cases for whatever item, each with its case, as far as a viewer may be told of them.</summary>
    public static async Task<IReadOnlyList<(Guid Case, Bar Bar)>> BarsOf(
        this FoundTable found, IReadOnlyList<string> applicants, Actor viewer, DateTimeOffset now, IQuerySession session, CancellationToken ct) =>
        [.. (await BarredIn(found, applicants, items: null, session, ct)).SelectMany(@case => @case.BarsSeenBy(viewer, now).Select(bar => (@case.Id, bar)))];

    /// <inheritdoc cref="Case.NamesOf"/>
    /// <remarks>Of all who apply (CASE-9).</remarks>
    public static async Task<IReadOnlyDictionary<string, string>> NamesOf(this FoundTable found, Applicant applicant, IQuerySession session, CancellationToken ct)
    {
        Way[] ways = [.. applicant.Everybody.Take(Applicant.MostParties).Select(one => new Way.AsApplicant(one.Key))];
        List<Guid> cases = [];
        foreach (var way in ways)
        {
            var search = found.SearchCases([way], session: session);
            cases.AddRange((await search.First(Order.LastSubmittedFirst, after: null, including: false, Math.Max(LatestNamesOfEach, LatestNames / ways.Length), ct)).Select(c => c.Id));
        }
        return Case.NamesOf(await session.LoadManyAsync<Case>(ct, cases.Distinct().ToArray()));
    }

    /// <summary>How many cases were accepted before one and may still have a place for which it asks, in the order of acceptance (行政许可法 art. 57).</summary>
    /// <param name="later">The case.</param>
    /// <param name="issued">What it grants.</param>
    /// <param name="items">Codes of the items that issue licences of the kind.</param>
    /// <param name="register">Knows whose licences stand.</param>
    /// <param name="session">Reads them.</param>
    public static async Task<int> EarlierThan(
        this FoundTable found, Case later, IssuedLicence issued, IEnumerable<string> items, ILicenceRegister register, IQuerySession session, DateTimeOffset now, CancellationToken ct)
    {
        Way way = later.Plan.Confidential ? new Way.InConfidence(later.Lead) : new Way.Everywhere();
        var search = found.SearchCases([way], [CaseStatus.Accepted, CaseStatus.Paused], session);
        search.Where($"f.item = any ({search.Value(items.ToArray())})");
        var earlier = 0;
        foreach (var other in await First(search, Order.FirstSubmittedFirst, MostUndecided, session, ct))
        {
            // What takes the place of a licence is looked up for those alone of which it makes a difference.
            if (other.IsBefore(issued.Code, later, replaces: false) && other.IsBefore(issued.Code, later, await register.Replaces(session, other, issued, now, ct)))
                earlier++;
        }
        return earlier;
    }

    /// <summary>The cases for some items of any of these applicants, by <see cref="Applicant.Keys"/>: those that changed last.</summary>
    public static async Task<IReadOnlyList<Case>> CasesOf(this FoundTable found, IReadOnlyList<string> applicants, IReadOnlyList<string> items, IQuerySession session, CancellationToken ct)
    {
        var search = found.SearchCases(applicants.Select(key => new Way.AsApplicant(key)), session: session);
        search.Where($"f.item = any ({search.Value(items.ToArray())})");
        return await First(search, Order.LastChangedFirst, LatestOfHolders, session, ct);
    }

    /// <summary>The cases of any of these applicants that are not accepted yet, nor ended.</summary>
    public static Task<IReadOnlyList<Case>> UnansweredOf(this FoundTable found, IReadOnlyList<string> applicants, IQuerySession session, CancellationToken ct) => First(
        found.SearchCases(applicants.Select(key => new Way.AsApplicant(key)), [CaseStatus.AwaitingSignatures, CaseStatus.Submitted, CaseStatus.CorrectionRequested], session),
        Order.LastSubmittedFirst, MostUndecided, session, ct);

    private static async Task<IReadOnlyList<Case>> BarredIn(FoundTable found, IReadOnlyList<string> applicants, IReadOnlyList<string>? items, IQuerySession session, CancellationToken ct)
    {
        if (applicants.Count == 0)
            return [];
        var search = found.SearchCases(applicants.Select(key => new Way.AsBarred(key)), session: session);
        if (items is not null)
            search.Where($"f.item = any ({search.Value(items.ToArray())})");
        return await First(search, Order.LastChangedFirst, LatestBars * applicants.Count, session, ct);
    }

    private static async Task<IReadOnlyList<Case>> First(Search search, Order order, int most, IQuerySession session, CancellationToken ct)
    {
        var first = await search.First(order, after: null, including: false, most, ct);
        return first.Count == 0 ? [] : await session.LoadManyAsync<Case>(ct, [.. first.Select(c => c.Id)]);
    }
}
