using Marten;
using Marten.Linq.MatchesSql;
using OneDoor.Appointments;
using OneDoor.Catalogue;

namespace OneDoor.Tickets;

/// <summary>Which tickets are wanted; what is null leaves them all.</summary>
/// <param name="Status">Tickets that stand so.</param>
/// <param name="Hall">Tickets of the hall of this code.</param>
public sealed record TicketFilter(IReadOnlyList<TicketStatus>? Status, string? Hall);

/// <summary>GET /v1/tickets: those the caller may see, the latest first.</summary>
public static class ListTickets
{
    public static readonly ThingList<Ticket, TicketFact, TicketView, TicketEvent, TicketFilter> All = new(TicketReading.One, "tickets", "tickets")
    {
        By = new("taken_at", t => t.TakenAt, t => t.Id),
        Matching = Matching,
        Views = async (found, to) =>
        {
            Dictionary<string, HallQueue> queues = [];
            foreach (var hall in found.Where(t => t.DueAt is not null).Select(t => t.Hall).Distinct())
                queues[hall] = await to.Session.QueueOf(hall, to.Now, to.Cancelled);
            return [.. found.Select(t => TicketView.Of(t, queues.GetValueOrDefault(t.Hall)))];
        },
        Texts = { ["hall"] = ListItems.HallOf },
        Says = "One's own; for a department those of the groups of its items, and all for the service office.",
    };

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
        if (filter.Status is { } statuses)
            found = found.Where(t => t.MatchesSql(
                "case when d.due_at > ? or d.due_at is null then d.data ->> 'status' when d.data ->> 'status' = 'Called' then 'Missed' when d.data ->> 'status' = 'Serving' then 'Done' else 'Cancelled' end = any(?)",
                now.ToUniversalTime(), statuses.Select(s => s.ToString()).ToArray()));
        return found;
    }
}
