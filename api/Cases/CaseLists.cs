using Marten;

namespace OneDoor.Cases;

/// <summary>A case in a list and the position after which the next page begins.</summary>
public sealed record ListedCase(Case Case, string Position);

/// <summary>A task in a list, with its case as its reader sees it, and the position after which the next page begins.</summary>
public sealed record ListedTask(Case Case, StepState Step, string Position);

/// <summary>Lists cases, and the tasks in them, for whoever asks: for both doors.</summary>
public sealed class CaseLists(FoundTable table, IQuerySession session, KnownCases known, Caller caller, TimeProvider time)
{
    /// <summary>A page of the caller's cases, as they see them, and whether more follow.</summary>
    public async Task<(IReadOnlyList<ListedCase> Cases, bool HasNext)> Cases(CaseFilter filter, PageRequest page, CancellationToken ct)
    {
        var (viewer, now) = (caller.Actor, time.GetUtcNow());
        var after = page.After is null ? null : Position.Parse(page.After);
        var versions = await ListCases.Matching(table, viewer, filter, now).First(CaseFilter.Orders[filter.Sort], after, including: false, page.First + 1, ct);
        var rows = await known.Read(versions, session, ct);
        var shown = rows.Take(page.First).Zip(versions, (c, v) => (Seen: c?.SeenBy(viewer, now), Position: Position.Of(v).ToString()));
        // What has changed hands since the query is no longer seen.
        return ([.. shown.Where(s => s.Seen is not null).Select(s => new ListedCase(s.Seen!, s.Position))], rows.Count > page.First);
    }

    /// <summary>How many cases the caller's list holds, counted to <see cref="Search.CountsTo"/> and one more.</summary>
    public Task<long> CountCases(CaseFilter filter, CancellationToken ct) => ListCases.Matching(table, caller.Actor, filter, time.GetUtcNow()).Count(Search.CountsTo + 1, ct);

    /// <summary>A page of a worklist that is not refused, each task with its case as the caller sees it, and whether more follow.</summary>
    public async Task<(IReadOnlyList<ListedTask> Tasks, bool HasNext)> Tasks(TaskFilter filter, PageRequest page, CancellationToken ct)
    {
        var (viewer, now) = (caller.Actor, time.GetUtcNow());
        if ((filter.Department ?? viewer.Department) is not { } whose)
            return ([], false);
        var (after, seenStep) = page.After?.Split('/') is [var position, var step] ? (Position.Parse(position), step) : (null, null);
        // Every row holds a task, but for the one the page before may have ended with.
        var versions = await ListTasks.Matching(table, viewer, whose, filter, now).First(TaskFilter.Orders[filter.Sort], after, including: true, page.First + 2, ct);
        var rows = await known.Read(versions, session, ct);
        var tasks = rows.Zip(versions)
            .SelectMany(row => row.First?.SeenBy(viewer, now) is { } seen
                ? ListTasks.TasksOf(seen, whose).SkipWhile(s => seen.Id == after?.Id && !IsAfter(seen, s.Code, seenStep))
                    .Where(s => filter.Takes(seen, s, now)).Select(s => new ListedTask(seen, s, $"{Position.Of(row.Second)}/{s.Code}"))
                : [])
            .Take(page.First + 1).ToArray();
        return (tasks.Length > page.First ? tasks[..page.First] : tasks, tasks.Length > page.First);
    }

    /// <summary>How many tasks a worklist that is not refused holds, counted to <see cref="Search.CountsTo"/> and one more.</summary>
    public async Task<long> CountTasks(TaskFilter filter, CancellationToken ct)
    {
        var (viewer, now) = (caller.Actor, time.GetUtcNow());
        if ((filter.Department ?? viewer.Department) is not { } whose)
            return 0;
        var found = ListTasks.Matching(table, viewer, whose, filter, now);
        return await found.Sum(ListTasks.Amount(found, filter, now), Search.CountsTo + 1, ct);
    }

    // Steps are in the procedure's order.
    private static bool IsAfter(Case c, string step, string? seen)
    {
        var order = c.Steps.Select(s => s.Code).ToList();
        return order.IndexOf(step) > order.IndexOf(seen!);
    }
}
