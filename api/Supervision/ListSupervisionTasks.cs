using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using Marten;
using Marten.Linq.MatchesSql;
using OneDoor.Clock;
using OneDoor.Platform;

namespace OneDoor.Supervision;

/// <summary>Which supervision tasks are wanted; what is null leaves them all.</summary>
/// <param name="DueTo">The last day on which what is owed is due.</param>
/// <param name="Overdue">Those of which something that is owed is late.</param>
public sealed record SupervisionFilter(SupervisionStatus? Status = null, DateOnly? DueTo = null, bool Overdue = false)
{
    /// <summary>What cursors are signed for.</summary>
    public string List => string.Create(CultureInfo.InvariantCulture, $"supervision tasks {Status} {DueTo:O} {Overdue}");
}

/// <summary>GET /v1/supervision-tasks: those the caller may see, the latest first.</summary>
public static class ListSupervisionTasks
{
    public static void MapListSupervisionTasks(this IEndpointRouteBuilder tasks) => tasks.MapGet("", Handle)
        .Needs(Scopes.SupervisionHandle, Scopes.LicencesRead)
        .Lists<SupervisionView>("listSupervisionTasks", "List supervision tasks, the latest first", SupervisionExamples.Opened)
        .WithDescription("A department's are those it supervises and those about what it granted; somebody's own are about the licences they hold.");

    private static async Task<IResult> Handle(
        HttpContext http, Caller caller, IQuerySession session, Cursors cursors, ReadLog reads, TimeProvider time, CancellationToken ct,
        [OneOf<SupervisionStatus>, Description("Tasks that stand so.")] string? status = null,
        [DataType(DataType.Date), Description("Tasks of which something is due on this day, YYYY-MM-DD in China Standard Time, or before.")] string? dueTo = null,
        [Description("true: only those of which something that is owed is late.")] bool overdue = false,
        int? first = null, string? after = null, bool count = false)
    {
        var parameters = new Parameters();
        var filter = new SupervisionFilter(parameters.Enum<SupervisionStatus>(status, "status"), parameters.Day(dueTo, "dueTo"), overdue);
        var page = parameters.Page(cursors, filter.List, first, after);
        if (parameters.Refused is { } refused)
            return refused.ToProblem();
        var total = count ? (long?)await Count(session, caller.Actor, filter, time.GetUtcNow(), ct) : null;
        var (found, hasNext) = await Find(session, caller.Actor, filter, time.GetUtcNow(), page, ct);
        reads.Note(caller, http, "supervision", found.Select(t => t.Id));
        var language = Language.Of(http.Request);
        return TypedResults.Ok(http.PageOf<SupervisionView>([.. found.Select(t => SupervisionView.Of(t, language))], hasNext ? cursors.Sign(filter.List, PositionOf(found[^1])) : null, total));
    }

    /// <summary>A page of the tasks a viewer may see, and whether more follow.</summary>
    public static async Task<(IReadOnlyList<SupervisionTask> Found, bool HasNext)> Find(IQuerySession session, Actor viewer, SupervisionFilter filter, DateTimeOffset now, PageRequest page, CancellationToken ct)
    {
        var (found, hasNext) = await Matching(session, viewer, filter, now).PageOf("opened_at", t => t.OpenedAt, t => t.Id, page, ct);
        return ([.. found.Select(t => t.At(now))], hasNext);
    }

    /// <summary>How many there are on all pages.</summary>
    public static async Task<long> Count(IQuerySession session, Actor viewer, SupervisionFilter filter, DateTimeOffset now, CancellationToken ct) => await Matching(session, viewer, filter, now).LongCountAsync(ct);

    /// <summary>Where in the list it stands.</summary>
    public static string PositionOf(SupervisionTask t) => LatestFirst.PositionOf(t.OpenedAt, t.Id);

    // SupervisionTask.SeenBy, as lists ask for it.
    private static IQueryable<SupervisionTask> Matching(IQuerySession session, Actor viewer, SupervisionFilter filter, DateTimeOffset now)
    {
        var found = session.Query<SupervisionTask>();
        IQueryable<SupervisionTask> seen = (viewer.Department, viewer.Applicant) switch
        {
            ({ } own, _) => found.Where(t => t.Department == own || t.DecidedBy == own),
            (_, { } holder) when JsonSerializer.Serialize(new[] { holder }) is var key => found.Where(t => t.MatchesSql("d.data -> 'holderKeys' @> ?::jsonb", key)),
            _ => found.Where(t => false),
        };
        if (filter.Status is { } status)
            seen = seen.Where(t => t.Status == status);
        if (filter.DueTo is { } last && LegalClock.MidnightOf(last.AddDays(1)).ToUniversalTime() is var end)
            seen = seen.Where(t => t.DueAt < end);
        // What is late stands so, whether that is recorded yet or not.
        return filter.Overdue && now.ToUniversalTime() is var late ? seen.Where(t => t.DueAt < late) : seen;
    }
}
