using System.ComponentModel;
using Marten;
using Marten.Linq.MatchesSql;
using OneDoor.Platform;
using OneDoor.WorkOrders;

namespace OneDoor.Complaints;

/// <summary>Which complaints are wanted; what is null leaves them all.</summary>
/// <param name="Overdue">Only those of which what is owed is late.</param>
public sealed record ComplaintFilter(ComplaintStatus? Status = null, bool Overdue = false)
{
    /// <summary>What cursors are signed for.</summary>
    public string List => $"complaints {Status} {Overdue}";
}

/// <summary>GET /v1/complaints: those the caller may see, the latest first.</summary>
public static class ListComplaints
{
    public static void MapListComplaints(this IEndpointRouteBuilder complaints) => complaints.MapGet("", Handle)
        .Needs(Scopes.ComplaintsFile, Scopes.ComplaintsHandle)
        .Lists<ComplaintView>("listComplaints", "List complaints, the latest first", ComplaintExamples.Answered)
        .WithDescription("One's own; for the service office those it handles, and for a department those about it that are accepted.");

    private static async Task<IResult> Handle(
        HttpContext http, Caller caller, IQuerySession session, WorkOrderOutcomes orders, Cursors cursors, ReadLog reads, TimeProvider time, CancellationToken ct,
        [OneOf<ComplaintStatus>, Description("Complaints that stand so.")] string? status = null,
        [Description("true: only those of which what is owed is late.")] bool overdue = false,
        int? first = null, string? after = null, bool count = false)
    {
        var parameters = new Parameters();
        var filter = new ComplaintFilter(parameters.Enum<ComplaintStatus>(status, "status"), overdue);
        var page = parameters.Page(cursors, filter.List, first, after);
        if (parameters.Refused is { } refused)
            return refused.ToProblem();
        var total = count ? (long?)await Count(session, caller.Actor, filter, time.GetUtcNow(), ct) : null;
        var (found, hasNext) = await Find(session, caller.Actor, filter, page, time.GetUtcNow(), ct);
        reads.Note(caller, http, "complaint", found.Select(c => c.Id));
        return TypedResults.Ok(http.PageOf<ComplaintView>(
            await Shown(session, orders, found, caller.Actor, Language.Of(http.Request), ct), hasNext ? cursors.Sign(filter.List, PositionOf(found[^1])) : null, total));
    }

    /// <summary>A page of the complaints a viewer may see, as they stand at an instant, and whether more follow.</summary>
    public static async Task<(IReadOnlyList<Complaint> Found, bool HasNext)> Find(
        IQuerySession session, Actor viewer, ComplaintFilter filter, PageRequest page, DateTimeOffset now, CancellationToken ct)
    {
        var found = Matching(session, viewer, filter, now);
        var (rows, hasNext) = await found.PageOf("filed_at", c => c.FiledAt, c => c.Id, page, ct);
        return ([.. rows.Select(c => c.SeenBy(viewer, now)!.At(now))], hasNext);
    }

    /// <summary>Complaints as they are shown, with what came of each.</summary>
    public static async Task<ComplaintView[]> Shown(IQuerySession session, WorkOrderOutcomes orders, IReadOnlyList<Complaint> found, Actor viewer, string language, CancellationToken ct)
    {
        var outcomes = await orders.Of(session, [.. found.Where(c => c.Answers.Count > 0).Select(c => c.Id)], null, ct);
        return [.. found.Select(c => ComplaintView.Of(c, outcomes.GetValueOrDefault(c.Id), viewer, language))];
    }

    /// <summary>How many there are on all pages.</summary>
    public static async Task<long> Count(IQuerySession session, Actor viewer, ComplaintFilter filter, DateTimeOffset now, CancellationToken ct) =>
        await Matching(session, viewer, filter, now).LongCountAsync(ct);

    /// <summary>Where in the list it stands.</summary>
    public static string PositionOf(Complaint c) => LatestFirst.PositionOf(c.FiledAt, c.Id);

    // What Complaint.SeenBy says, in the query itself.
    private static IQueryable<Complaint> Matching(IQuerySession session, Actor viewer, ComplaintFilter filter, DateTimeOffset now)
    {
        IQueryable<Complaint> found = session.Query<Complaint>();
        if (viewer.Department is null)
            found = found.Where(c => c.FiledBy == viewer.Subject);
        else
            found = found.Where(c => c.MatchesSql("not jsonb_exists(d.data -> 'named', ?)", viewer.Subject));
        if (viewer is { Department: Department.ServiceOffice, IsSupervisor: false })
            found = found.Where(c => c.MatchesSql("not (d.data ->> 'isAboutOffice')::boolean"));
        else if (viewer.Department is { } own and not Department.ServiceOffice)
            found = found.Where(c => c.MatchesSql("d.data -> 'acceptedAt' is not null and jsonb_exists(d.data -> 'units', ?)", own.ToString()));
        // What time has changed stands so, whether that is recorded yet or not.
        if (filter.Status is { } status)
            found = found.Where(c => c.MatchesSql(
                "case when d.data ->> 'status' = 'Answered' and d.wake_at <= ? then 'Closed' else d.data ->> 'status' end = ?", now.ToUniversalTime(), status.ToString()));
        if (filter.Overdue)
            found = found.Where(c => c.MatchesSql("((d.data ->> 'isOverdue')::boolean or d.data ->> 'status' <> 'Answered' and d.wake_at <= ?)", now.ToUniversalTime()));
        return found;
    }
}
