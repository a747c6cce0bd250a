using System.Buffers.Binary;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Cases;

/// <summary>A case in a list.</summary>
/// <param name="Version">Grows with every change.</param>
/// <param name="DueAt">When the promised limit ends; null before acceptance and while the clock stands still.</param>
public sealed record CaseSummary(
    Guid Id, string Number, CaseStatus Status, int Version, CaseItem Item, Applicant Applicant, Channel Channel, string Hall,
    DateTimeOffset SubmittedAt, DateTimeOffset? AcceptedAt, DateTimeOffset? DecidedAt, DateTimeOffset? DueAt, IReadOnlyList<StepView> Steps)
{
    public static CaseSummary Of(Case c, string language) => new(
        c.Id, c.Number, c.Status, c.Version, CaseItem.Of(c, language), c.Applicant, c.Channel, c.Hall,
        c.SubmittedAt, c.AcceptedAt, c.DecidedAt, c.Promised?.At, [.. c.Steps.Select(s => StepView.Of(s, language))]);
}

/// <summary>GET /v1/cases: the cases the caller may see, in the order asked for.</summary>
public static class ListCases
{
    public static readonly RowList<Case, CaseFilter> All = new(
        "cases", "cases", "List cases, newest first", "The cases the caller sees, newest first unless sort says otherwise.", [.. Scopes.ToReadCases])
    {
        Rows = (services, filter, page, asked, ct) => services.GetRequiredService<CaseLists>().Cases(filter, page, asked.Operation, ct),
        Total = (services, filter, ct) => services.GetRequiredService<CaseLists>().CountCases(filter, ct),
        Texts =
        {
            ["number"] = (_, number, _) => number, ["hall"] = ListItems.HallOf, ["applicant"] = CaseFilter.ApplicantOf,
            ["sort"] = (parameters, sort, name) => parameters.OneOf(sort, name, CaseFilter.Orders.Keys) ?? CaseFilter.Usual,
        },
        Headers = { ["applicant"] = CaseFilter.ApplicantHeader },
        Check = (filter, parameters) => parameters.Days(filter.SubmittedFrom, filter.SubmittedTo, first: "submittedFrom", last: "submittedTo"),
        Says = "Days are days of China Standard Time and included; what parties sign one after another counts for them, and for the order, as it came in. A department filters by its own steps only. An applicant is looked for by "
            + $"the header {CaseFilter.ApplicantHeader}, which has to be sent with every page. count=true counts to {Search.CountsTo}: a total of {Search.CountsTo + 1} says that there are more.",
    };

    /// <summary>The viewer's list.</summary>
    public static Search Matching(FoundTable table, Actor viewer, CaseFilter filter, DateTimeOffset now)
    {
        var found = Reached(table, viewer, filter, now);
        if (filter.Item is { } item)
            found.Where($"f.item = {found.Value(item.Replace("\0", ""))}");
        if (filter.Number is { } number)
            found.Among($"array(select d.id from {Store.Schema}.mt_doc_case d where d.number = {found.Value(number.Replace("\0", ""))})");
        if (filter.Raised is { } raised)
            found.Among($"array(select d.id from {Store.Schema}.mt_doc_case d where d.raised like {found.Value($"%{raised}%")})");
        if (filter.Ids is { } ids)
            found.Among(found.Value(ids.ToArray()));
        if (filter.Hall is { } hall)
            found.Where($"f.hall = {found.Value(hall)}");
        if (filter.ChangedSince is { } since)
            found.Where($"f.changed >= {found.Value(since.ToUniversalTime())}");
        if (filter.SubmittedFrom is { } from)
            found.Where($"f.id >= {found.Value(FirstIdOf(from))}");
        if (filter.SubmittedTo is { } to)
            found.Where($"f.id < {found.Value(FirstIdOf(to.AddDays(1)))}");
        var order = CaseFilter.Orders[filter.Sort];
        // What was submitted on a day has changed on it or later: the list need not begin before.
        if (filter.SubmittedFrom is { } first && order.Column == Order.LastChangedFirst.Column)
            found.Where($"f.changed >= {found.Value(LegalClock.MidnightOf(first).ToUniversalTime())}");
        // Of years of cases none of the first, or none of the last, would be among those wanted.
        if ((filter.ChangedSince is not null && order == Order.FirstSubmittedFirst) || (filter.SubmittedTo is not null && order == Order.LastChangedFirst))
            found.BeforeItIsSorted();
        return found;
    }

    private static Search Reached(FoundTable table, Actor viewer, CaseFilter filter, DateTimeOffset now)
    {
        var ways = CaseSight.WaysTo(viewer, now);
        var theirs = WaysWith(filter.Department, viewer, ways);
        if (filter.Applicant is { } applicant)
        {
            var applied = table.SearchCases([new Way.AsApplicant(applicant)], filter.Status).WhereAlso(theirs);
            return filter.Department is { } having ? applied.WhereAlso(WaysOf(having)) : applied;
        }
        if (filter.Department is not { } with)
            return table.SearchCases(theirs, filter.Status);
        return with == viewer.Department || ways.Contains(new Way.Everywhere())
            ? table.SearchCases(WaysOf(with).Where(way => way is Way.OfDepartment || ways.Contains(way)), filter.Status)
            : table.SearchCases(theirs, filter.Status).WhereAlso(WaysOf(with));
    }

    private static Way[] WaysOf(Department department) => [new Way.OfDepartment(department), new Way.InConfidence(department)];

    // Whether another department has a step in a case is not a department's to know (JOINT-3), so it cannot ask for it either.
    private static IEnumerable<Way> WaysWith(Department? department, Actor viewer, IReadOnlyList<Way> ways) =>
        ways.Where(way => department is null || department == viewer.Department || way is not (Way.OfDepartment or Way.InConfidence));

    // A case's id begins with the millisecond of its submission (UUID version 7), so the list's own order finds a day.
    private static Guid FirstIdOf(DateOnly day)
    {
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, Math.Max(0, LegalClock.MidnightOf(day).ToUnixTimeMilliseconds()) << 16);
        return new Guid(id, bigEndian: true);
    }
}
