using System.ComponentModel;
using Marten;
using Marten.Linq.MatchesSql;
using OneDoor.Appointments;
using OneDoor.Clock;
using OneDoor.Platform;

namespace OneDoor.Tickets;

/// <summary>Which tickets are wanted; what is null leaves them all.</summary>
public sealed record TicketFilter(TicketStatus? Status = null, string? Hall = null)
{
    /// <summary>What cursors are signed for.</summary>
    public string List => $"tickets {Status} {Hall}";
}

/// <summary>GET /v1/tickets: those the caller may see, the latest first.</summary>
public static class ListTickets
{
    public static void MapListTickets(this IEndpointRouteBuilder tickets) => tickets.MapGet("", Handle)
        .Needs(Scopes.TicketsTake, Scopes.QueueOperate)
        .Lists<TicketView>("listTickets", "List tickets, the latest first", TicketExamples.Waiting)
        .WithDescription("One's own; for a department those of the groups of its items, and all for the service office.");

    private static async Task<IResult> Handle(
        HttpContext http, Caller caller, IQuerySession session, Cursors cursors, ReadLog reads, TimeProvider time, CancellationToken ct,
        [OneOf<TicketStatus>, Description("Tickets that stand so.")] string? status = null,
        [Description("Tickets of the hall of this code.")] string? hall = null,
        int? first = null, string? after = null, bool count = false)
    {
        var parameters = new Parameters();
        var filter = new TicketFilter(parameters.Enum<TicketStatus>(status, "status"), parameters.OneOf(hall, "hall", HallDirectory.Zone.All.Select(h => h.Code)));
        var page = parameters.Page(cursors, filter.List, first, after);
        if (parameters.Refused is { } refused)
            return refused.ToProblem();
        var total = count ? (long?)await Count(session, caller.Actor, filter, time.GetUtcNow(), ct) : null;
        var (found, hasNext) = await Find(session, caller.Actor, filter, page, time.GetUtcNow(), ct);
        reads.Note(caller, http, "ticket", found.Select(t => t.Id));
        return TypedResults.Ok(http.PageOf(found, hasNext ? cursors.Sign(filter.List, PositionOf(found[^1])) : null, total));
    }

    /// <summary>A page of the tickets a viewer may see, as they stand at an instant, and whether more follow.</summary>
    public static async Task<(IReadOnlyList<TicketView> Found, bool HasNext)> Find(
        IQuerySession session, Actor viewer, TicketFilter filter, PageRequest page, DateTimeOffset now, CancellationToken ct)
    {
        var found = Matching(session, viewer, filter, now);
        var (rows, hasNext) = await found.PageOf("taken_at", t => t.TakenAt, t => t.Id, page, ct);
        Ticket[] shown = [.. rows.Select(t => t.At(now))];
        var queues = new Dictionary<string, HallQueue>();
        foreach (var hall in shown.Where(t => t.DueAt is not null).Select(t => t.Hall).Distinct())
            queues[hall] = await session.QueueOf(hall, now, ct);
        return ([.. shown.Select(t => TicketView.Of(t, queues.GetValueOrDefault(t.Hall)))], hasNext);
    }

    /// <summary>How many there are on all pages.</summary>
    public static async Task<long> Count(IQuerySession session, Actor viewer, TicketFilter filter, DateTimeOffset now, CancellationToken ct) =>
        await Matching(session, viewer, filter, now).LongCountAsync(ct);

    /// <summary>Where in the list it stands.</summary>
    public static string PositionOf(TicketView t) => LatestFirst.PositionOf(t.TakenAt, t.Id);

    // What Ticket.SeenBy says, in the query itself.
    private static IQueryable<Ticket> Matching(IQuerySession session, Actor viewer, TicketFilter filter, DateTimeOffset now)
    {
        IQueryable<Ticket> found = session.Query<Ticket>();
        var (subject, applicant) = (viewer.Subject, viewer.Applicant);
        if (viewer.Department is { } department && department != Department.ServiceOffice)
        {
            var groups = ItemGroups.All.Where(g => g.Departments.Contains(department)).Select(g => g.Code).ToArray();
            found = found.Where(t => t.MatchesSql("(d.data ->> 'groupCode' = any(?) or d.taken_by = ?)", groups, subject));
        }
        else if (viewer.Department is null)
        {
            found = applicant is null ? found.Where(t => t.TakenBy == subject) : found.Where(t => t.TakenBy == subject || t.ApplicantKey == applicant);
        }
        if (filter.Hall is { } hall)
            found = found.Where(t => t.Hall == hall);
        // What time has changed stands so, whether that is recorded yet or not.
        if (filter.Status is { } status)
            found = found.Where(t => t.MatchesSql(
                "case when d.due_at > ? or d.due_at is null then d.data ->> 'status' when d.data ->> 'status' = 'Called' then 'Missed' when d.data ->> 'status' = 'Serving' then 'Done' else 'Cancelled' end = ?",
                now.ToUniversalTime(), status.ToString()));
        return found;
    }
}
