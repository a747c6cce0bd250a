using System.Text.Json;
using Marten;
using Marten.Linq.MatchesSql;
using OneDoor.WorkOrders;

namespace OneDoor.Complaints;

/// <summary>Which complaints are wanted; what is null leaves them all.</summary>
/// <param name="Status">Complaints that stand so.</param>
/// <param name="Overdue">Only those of which what is owed is late.</param>
public sealed record ComplaintFilter(IReadOnlyList<ComplaintStatus>? Status, bool Overdue);

/// <summary>GET /v1/complaints: those the caller may see, the latest first.</summary>
public static class ListComplaints
{
    public static readonly ThingList<Complaint, ComplaintFact, ComplaintView, ComplaintEvent, ComplaintFilter> All = new(ComplaintReading.One, "complaints", "complaints")
    {
        By = new("filed_at", c => c.FiledAt, c => c.Id),
        Matching = Matching,
        Views = async (found, to) =>
        {
            var outcomes = await to.Services.GetRequiredService<WorkOrderOutcomes>().Of(to.Session, [.. found.Where(c => c.Answers.Count > 0).Select(c => c.Id)], to.AsOf, to.Cancelled);
            return [.. found.Select(c => ComplaintView.Of(c, outcomes.GetValueOrDefault(c.Id), to.Viewer, to.Language))];
        },
        Says = "One's own; for the service office those it handles, and for a department those about it that are accepted.",
    };

    // What Complaint.SeenBy says, in the query itself.
    private static IQueryable<Complaint> Matching(IQuerySession session, Actor viewer, ComplaintFilter filter, DateTimeOffset now)
    {
        IQueryable<Complaint> found = session.Query<Complaint>();
        if (viewer.Department is null)
            found = found.Where(c => c.FiledBy == viewer.Subject);
        else
            found = found.Where(c => c.MatchesSql("not jsonb_exists(coalesce(d.data -> 'named', '[]') || coalesce(d.data -> 'served', '[]'), ?)", viewer.Subject));
        if (viewer is { Department: Department.ServiceOffice, IsSupervisor: false })
            found = found.Where(c => c.MatchesSql("not (d.data ->> 'isAboutOffice')::boolean"));
        else if (viewer.Department is { } own and not Department.ServiceOffice)
            found = found.Where(c => c.MatchesSql("d.data -> 'acceptedAt' is not null and d.data -> 'units' @> ?::jsonb", JsonSerializer.Serialize(new[] { own.ToString() })));
        // What time has changed stands so, whether that is recorded yet or not.
        if (filter.Status is { } statuses)
            found = found.Where(c => c.MatchesSql(
                "case when d.data ->> 'status' = 'Answered' and d.wake_at <= ? then 'Closed' else d.data ->> 'status' end = any(?)", now.ToUniversalTime(), statuses.Select(s => s.ToString()).ToArray()));
        if (filter.Overdue)
            found = found.Where(c => c.MatchesSql("((d.data ->> 'isOverdue')::boolean or d.data ->> 'status' <> 'Answered' and d.wake_at <= ?)", now.ToUniversalTime()));
        return found;
    }
}
