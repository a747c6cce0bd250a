using System.Buffers.Binary;
using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
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
    public static void MapListCases(this IEndpointRouteBuilder cases) => cases.MapGet("", Handle)
        .Needs([.. Scopes.ToReadCases])
        .Lists<CaseSummary>("listCases", "List cases, newest first", CaseExamples.Summary)
        .WithDescription(
            "Days are days of China Standard Time and included; what parties sign one after another counts for them, and for the order, as it came in. A department filters by its own steps only. An applicant is looked for by "
            + $"the header {CaseFilter.ApplicantHeader}, which has to be sent with every page. count=true counts to {Search.CountsTo}: a total of {Search.CountsTo + 1} says that there are more.");

    private static async Task<IResult> Handle(
        HttpContext http, Caller caller, CaseLists lists, Cursors cursors, ReadLog reads, Parameters parameters, CancellationToken ct,
        [OneOf<CaseStatus>, Several, Description("Cases that stand so.")] string? status = null,
        [Description("Cases for the item of this code.")] string? item = null,
        [OneOf<Department>, Description("Cases with a step of this department.")] string? department = null,
        [Description("First day of submission, YYYY-MM-DD.")] DateOnly? submittedFrom = null,
        [Description("Last day of submission, YYYY-MM-DD.")] DateOnly? submittedTo = null,
        [Description("The case of this number.")] string? number = null,
        [Description("Cases to which something has happened since an instant with its offset.")] InstantParameter? changedSince = null,
        [Description("Cases received by the hall of this code.")] string? hall = null,
        [OneOf<RaisedMatter>, Description("Cases of which this has gone to those above, and stands: delay-unexplained, nobody has said why they are past their limit; statutory-limit-passed, they are not decided within what the law leaves.")] string? raised = null,
        [Several, Description("Cases of these ids, 100 at most.")] string? ids = null,
        [FromHeader(Name = CaseFilter.ApplicantHeader), Description("Cases of the applicant with this unified social credit code or citizen identity number; of others kind:number, or kind:country:number, for instance passport:USA:A12345678.")] string? applicant = null,
        [Description("-submitted (the newest first, as when left out), submitted, -changed, changed, or due: what goes on by its promised date, the soonest first, then all others.")] string? sort = null,
        int? first = null, string? after = null, bool count = false)
    {
        var filter = new CaseFilter
        {
            Statuses = parameters.Several(status, "status", Kebab.Parse<CaseStatus>, Kebab.All<CaseStatus>()),
            Item = parameters.One(item, "item"),
            Department = parameters.Enum<Department>(department, "department"),
            From = submittedFrom,
            To = submittedTo,
            Number = number,
            ChangedSince = changedSince?.At,
            Hall = ListItems.HallOf(parameters, hall),
            Raised = parameters.Enum<RaisedMatter>(raised, "raised"),
            Ids = parameters.Several(ids, "ids", CaseFilter.IdOf, Text.Same("uuid,uuid…")),
            Applicant = CaseFilter.ApplicantOf(parameters, applicant, CaseFilter.ApplicantHeader),
            Sort = parameters.OneOf(sort, "sort", CaseFilter.Orders.Keys) ?? CaseFilter.Usual,
        };
        filter.Check(parameters);
        var page = parameters.Page(cursors, filter.List, first, after);
        if (parameters.Refused is { } refused)
            return refused.ToProblem();

        var total = count ? (long?)await lists.CountCases(filter, ct) : null;
        var (found, hasNext) = await lists.Cases(filter, page, ct);
        reads.Note(caller, http, "case", found.Select(c => c.Case.Id));
        var language = Language.Of(http.Request);
        var next = hasNext && found is [.., var last] ? cursors.Sign(filter.List, last.Position) : null;
        return TypedResults.Ok(http.PageOf([.. found.Select(c => CaseSummary.Of(c.Case, language))], next, total));
    }

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
        if (filter.From is { } from)
            found.Where($"f.id >= {found.Value(FirstIdOf(from))}");
        if (filter.To is { } to)
            found.Where($"f.id < {found.Value(FirstIdOf(to.AddDays(1)))}");
        var order = CaseFilter.Orders[filter.Sort];
        // What was submitted on a day has changed on it or later: the list need not begin before.
        if (filter.From is { } first && order.Column == Order.LastChangedFirst.Column)
            found.Where($"f.changed >= {found.Value(LegalClock.MidnightOf(first).ToUniversalTime())}");
        // Of years of cases none of the first, or none of the last, would be among those wanted.
        if ((filter.ChangedSince is not null && order == Order.FirstSubmittedFirst) || (filter.To is not null && order == Order.LastChangedFirst))
            found.BeforeItIsSorted();
        return found;
    }

    private static Search Reached(FoundTable table, Actor viewer, CaseFilter filter, DateTimeOffset now)
    {
        var ways = CaseSight.WaysTo(viewer, now);
        var theirs = WaysWith(filter.Department, viewer, ways);
        if (filter.Applicant is { } applicant)
        {
            var applied = table.SearchCases([new Way.AsApplicant(applicant)], filter.Statuses).WhereAlso(theirs);
            return filter.Department is { } having ? applied.WhereAlso(WaysOf(having)) : applied;
        }
        if (filter.Department is not { } with)
            return table.SearchCases(theirs, filter.Statuses);
        return with == viewer.Department || ways.Contains(new Way.Everywhere())
            ? table.SearchCases(WaysOf(with).Where(way => way is Way.OfDepartment || ways.Contains(way)), filter.Statuses)
            : table.SearchCases(theirs, filter.Statuses).WhereAlso(WaysOf(with));
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
