using Marten;

namespace OneDoor.Cases;

/// <summary>Lists cases, and the tasks in them, for whoever asks: for both doors.</summary>
public sealed class CaseLists(FoundTable table, IQuerySession session, KnownCases known, Caller caller, ReadLog reads, TimeProvider time)
{
    /// <summary>A page of the caller's cases, as they see them, and whether more follow.</summary>
    public async Task<(IReadOnlyList<Listed<Case>> Found, bool HasNext)> Cases(CaseFilter filter, PageRequest page, string operation, CancellationToken ct)
    {
        var (viewer, now) = (caller.Actor, time.GetUtcNow());
        var after = page.After is null ? null : Position.Parse(page.After);
        var versions = await ListCases.Matching(table, viewer, filter, now).First(CaseFilter.Orders[filter.Sort], after, including: false, page.First + 1, ct);
        var rows = await known.Read(versions, session, ct);
        // What has changed hands since the query is no longer seen.
        Listed<Case>[] found = [.. rows.Take(page.First).Zip(versions).SelectMany<(Case? Case, Finding Finding), Listed<Case>>(
            row => row.Case?.SeenBy(viewer, now) is { } seen ? [new(seen, $"{Position.Of(row.Finding)}")] : [])];
        reads.Note(viewer, operation, "case", found.Select(listed => listed.Row.Id));
        return (found, rows.Count > page.First);
    }

    /// <summary>How many cases the caller's list holds, counted to <see cref="Search.CountsTo"/> and one more.</summary>
    public Task<long> CountCases(CaseFilter filter, CancellationToken ct) => ListCases.Matching(table, caller.Actor, filter, time.GetUtcNow()).Count(Search.CountsTo + 1, ct);

    /// <summary>A page of a worklist that is not refused, each task with its case as the caller sees it, and whether more follow.</summary>
    public async Task<(IReadOnlyList<Listed<(Case Case, StepState Step)>> Found, bool HasNext)> Tasks(TaskFilter filter, PageRequest page, string operation, CancellationToken ct)
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
                    .Where(s => filter.Takes(seen, s, now)).Select(s => new Listed<(Case Case, StepState Step)>((seen, s), $"{Position.Of(row.Second)}/{s.Code}"))
                : [])
            .CutTo(page);
        reads.Note(viewer, operation, "case", tasks.Found.Select(task => task.Row.Case.Id).Distinct());
        return tasks;
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
