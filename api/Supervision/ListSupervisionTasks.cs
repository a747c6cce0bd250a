using System.Text.Json;
using Marten;
using Marten.Linq.MatchesSql;
using OneDoor.Clock;

namespace OneDoor.Supervision;

/// <summary>Which supervision tasks are wanted; what is null leaves them all.</summary>
/// <param name="Status">Tasks that stand so.</param>
/// <param name="DueTo">Tasks of which something is due on this day in China Standard Time, or before.</param>
/// <param name="Overdue">Only those of which something that is owed is late, or what was committed to is overdue.</param>
public sealed record SupervisionFilter(IReadOnlyList<SupervisionStatus>? Status, DateOnly? DueTo, bool Overdue);

/// <summary>GET /v1/supervision-tasks: those the caller may see, the latest first.</summary>
public static class ListSupervisionTasks
{
    public static readonly ThingList<SupervisionTask, SupervisionFact, SupervisionView, SupervisionEvent, SupervisionFilter> All = new(SupervisionReading.One, "supervisionTasks", "supervision tasks")
    {
        By = new("opened_at", t => t.OpenedAt, t => t.Id),
        Matching = Matching,
        Says = "A department's are those it supervises and those about what it granted; somebody's own are about the licences they hold.",
    };

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
        if (filter.Status?.ToArray() is { } statuses)
            seen = seen.Where(t => t.Status.IsOneOf(statuses));
        if (filter.DueTo is { } last && LegalClock.MidnightOf(last.AddDays(1)).ToUniversalTime() is var end)
            seen = seen.Where(t => t.DueAt < end);
        // What is late stands so, whether that is recorded yet or not; a deadline ends with its second.
        return filter.Overdue && LegalClock.LastOver(now).ToUniversalTime() is var late ? seen.Where(t => t.DueAt <= late || t.CommitmentMissed != null) : seen;
    }
}
