using System.Buffers.Binary;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Marten;
using Marten.Linq.MatchesSql;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Platform;

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
        c.SubmittedAt, c.AcceptedAt, c.DecidedAt, c.Promised?.At, [.. c.Steps.Select(StepView.Of)]);
}

/// <summary>Which cases are wanted; what is null leaves them all.</summary>
/// <param name="From">First day of submission.</param>
/// <param name="To">Last day of submission.</param>
public sealed record CaseFilter(CaseStatus? Status, string? Item, Department? Department, DateOnly? From, DateOnly? To)
{
    public static readonly CaseFilter None = new(null, null, null, null, null);
}

/// <summary>GET /v1/cases: the cases the caller may see, newest first.</summary>
public static class ListCases
{
    /// <summary>What its cursors are signed for.</summary>
    public const string List = "cases";

    public static void MapListCases(this IEndpointRouteBuilder cases) => cases.MapGet("", Handle)
        .Needs(Scopes.CasesRead)
        .WithName("listCases")
        .WithSummary("List cases, newest first")
        .WithDescription("Days are days of China Standard Time and included. A department filters by its own steps only.")
        .Produces<Page<CaseSummary>>()
        .Shows(request: null, new Page<CaseSummary>([CaseExamples.Summary], null))
        .Refuses(400);

    private static async Task<IResult> Handle(
        HttpContext http, Caller caller, IQuerySession session, KnownCases known, Cursors cursors, CancellationToken ct,
        [OneOf<CaseStatus>, Description("Cases that stand so.")] string? status = null,
        [Description("Cases for the item of this code.")] string? item = null,
        [OneOf<Department>, Description("Cases with a step of this department.")] string? department = null,
        [DataType(DataType.Date), Description("First day of submission, YYYY-MM-DD.")] string? submittedFrom = null,
        [DataType(DataType.Date), Description("Last day of submission, YYYY-MM-DD.")] string? submittedTo = null,
        int? first = null, string? after = null, bool count = false)
    {
        var parameters = new Parameters();
        var page = parameters.Page(cursors, List, first, after);
        var byStatus = parameters.Enum<CaseStatus>(status, "status");
        var byDepartment = parameters.Enum<Department>(department, "department");
        var from = parameters.Day(submittedFrom, "submittedFrom");
        var to = parameters.Day(submittedTo, "submittedTo");
        if (parameters.Refused is { } refused)
            return refused.ToProblem();

        var viewer = caller.Actor;
        var filter = new CaseFilter(byStatus, item, byDepartment, from, to);
        var total = count ? (long?)await Count(session, viewer, filter, ct) : null;
        var (found, hasNext) = await Find(session, known, viewer, filter, page, ct);
        var language = Language.Of(http.Request);
        var shown = found.Select(c => CaseSummary.Of(c, language)).ToArray();
        var next = hasNext && shown is [.., var last] ? cursors.Sign(List, last.Id.ToString()) : null;
        return TypedResults.Ok(http.PageOf(shown, next, total));
    }

    /// <summary>A page of the viewer's cases, as they see them, and whether more follow.</summary>
    public static async Task<(IReadOnlyList<Case> Cases, bool HasNext)> Find(
        IQuerySession session, KnownCases known, Actor viewer, CaseFilter filter, PageRequest page, CancellationToken ct)
    {
        var versions = page.After is null && filter == CaseFilter.None && NewestOfDepartment.For(viewer, page.First + 1) is { } polled
            ? [.. await session.QueryAsync(polled, ct)]
            : await Newest(Matching(session, viewer, filter, page.After), page.First + 1).ToListAsync(ct);
        var rows = await known.Read(versions, session, ct);
        // What has changed hands since the query is no longer seen.
        return ([.. rows.Take(page.First).Select(c => c.SeenBy(viewer)).OfType<Case>()], rows.Count > page.First);
    }

    public static async Task<long> Count(IQuerySession session, Actor viewer, CaseFilter filter, CancellationToken ct) =>
        await Matching(session, viewer, filter, after: null).LongCountAsync(ct);

    /// <summary>The newest of some cases, in order.</summary>
    internal static IQueryable<CaseVersion> Newest(IQueryable<Case> cases, int most) =>
        cases.OrderByDescending(c => c.Id).Take(most).Select(c => new CaseVersion(c.Id, c.Version));

    private static IQueryable<Case> Matching(IQuerySession session, Actor viewer, CaseFilter filter, string? after)
    {
        var found = session.Query<Case>().Where(CaseSight.VisibleTo(viewer));
        if (filter.Status is { } wanted)
            found = found.Where(c => c.Status == wanted);
        if (filter.Item?.Replace("\0", "") is { } item)
            found = found.Where(c => c.Plan.Item == item);
        if (filter.Department is { } with)
            found = found.Where(c => c.StepsInBrief.Any(s => s.Department == with));
        // Whether another department has a step in a case is not a department's to know (JOINT-3), so it cannot ask for it either.
        if (filter.Department is not null && filter.Department != viewer.Department)
            found = found.Where(CaseSight.WhollyVisibleTo(viewer));
        if (filter.From is { } since)
            found = found.Where(c => c.MatchesSql("d.id >= ?", FirstIdOf(since)));
        if (filter.To is { } last)
            found = found.Where(c => c.MatchesSql("d.id < ?", FirstIdOf(last.AddDays(1))));
        if (after is not null)
            found = found.Where(c => c.MatchesSql("d.id < ?", Guid.Parse(after)));
        return found;
    }

    // A case's id begins with the millisecond of its submission (UUID version 7), so the list's own order finds a day.
    private static Guid FirstIdOf(DateOnly day)
    {
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, Math.Max(0, LegalClock.MidnightOf(day).ToUnixTimeMilliseconds()) << 16);
        return new Guid(id, bigEndian: true);
    }
}
