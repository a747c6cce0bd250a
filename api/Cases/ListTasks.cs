using System.ComponentModel;
using Marten;
using Marten.Linq.MatchesSql;
using OneDoor.Applicants;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>A step that waits for a department.</summary>
/// <param name="Status"><c>open</c>: decide it by <paramref name="DueAt"/>; <c>waiting</c>: the case is not accepted yet, or a predecessor is not granted.</param>
public sealed record TaskView(TaskCase Case, string Step, Department Department, StepStatus Status, DateTimeOffset? OpenedAt, DateTimeOffset? DueAt)
{
    public static TaskView Of(Case c, StepState s, string language) => new(
        TaskCase.Of(c, language), s.Code, s.Department, s.Status, s.OpenedAt, s.Due?.At);
}

/// <summary>What a step may wait for: one that is decided or cancelled is nobody's task.</summary>
public enum TaskStatus { Waiting, Open }

/// <summary>The case a task belongs to: enough to decide from the worklist.</summary>
/// <param name="Version">Grows with every change.</param>
/// <param name="DueAt">When the whole case's promised limit ends; null before acceptance and while its clock stands still.</param>
public sealed record TaskCase(Guid Id, string Number, CaseStatus Status, int Version, CaseItem Item, Applicant Applicant, DateTimeOffset? DueAt)
{
    public static TaskCase Of(Case c, string language) =>
        new(c.Id, c.Number, c.Status, c.Version, CaseItem.Of(c, language), c.Applicant, c.Promised?.At);
}

/// <summary>GET /v1/tasks: a department's worklist, oldest case first.</summary>
public static class ListTasks
{
    /// <summary>What its cursors are signed for.</summary>
    public const string List = "tasks";

    public static void MapListTasks(this IEndpointRouteBuilder v1) => v1.MapGet("/tasks", Handle)
        .WithTags("Tasks")
        .Needs(Scopes.CasesHandle, Scopes.CasesSupervise)
        .WithName("listTasks")
        .WithSummary("List the steps that wait for a department")
        .WithDescription("One's own department's, oldest case first; the service office may name another one. status is open or waiting.")
        .Produces<Page<TaskView>>()
        .Shows(request: null, new Page<TaskView>([CaseExamples.Task], null))
        .Refuses(400);

    private static async Task<IResult> Handle(
        HttpContext http, Caller caller, IQuerySession session, KnownCases known, Cursors cursors, CancellationToken ct,
        [OneOf<TaskStatus>, Description("open or waiting; both when left out.")] string? status = null,
        [OneOf<Department>, Description("The service office's choice; one's own when left out.")] string? department = null, int? first = null, string? after = null)
    {
        var parameters = new Parameters();
        var page = parameters.Page(cursors, List, first, after);
        var byStatus = parameters.Enum<TaskStatus>(status, "status");
        var named = parameters.Enum<Department>(department, "department");
        if (parameters.Refused is { } refused)
            return refused.ToProblem();
        var language = Language.Of(http.Request);
        var (tasks, hasNext) = await Find(session, known, caller.Actor, byStatus, named, page, ct);
        var shown = tasks.Select(t => TaskView.Of(t.Case, t.Step, language)).ToArray();
        var next = hasNext ? cursors.Sign(List, PositionOf(tasks[^1])) : null;
        return TypedResults.Ok(http.PageOf(shown, next));
    }

    /// <summary>A page of a worklist, each task with its case as the viewer sees it, and whether more follow.</summary>
    public static async Task<(IReadOnlyList<(Case Case, StepState Step)> Tasks, bool HasNext)> Find(
        IQuerySession session, KnownCases known, Actor viewer, TaskStatus? byStatus, Department? department, PageRequest page, CancellationToken ct)
    {
        if ((department ?? viewer.Department) is not { } whose)
            return ([], false);

        StepStatus? status = byStatus switch { TaskStatus.Waiting => StepStatus.Waiting, TaskStatus.Open => StepStatus.Open, _ => null };
        var found = session.Query<Case>().Where(CaseSight.VisibleTo(viewer));
        found = status is { } wanted
            ? found.Where(c => c.StepsInBrief.Any(s => s.Department == whose && s.Status == wanted))
            : found.Where(c => c.StepsInBrief.Any(s => s.Department == whose && s.Status == StepStatus.Open)
                || c.StepsInBrief.Any(s => s.Department == whose && s.Status == StepStatus.Waiting));
        // A department that names another one asks only for what it sees of it, which is nothing unless it sees the whole case.
        if (whose != viewer.Department)
            found = found.Where(CaseSight.WhollyVisibleTo(viewer));
        var (seenCase, seenStep) = page.After?.Split('/') is [var c, var s] ? (Guid.Parse(c), s) : (Guid.Empty, null);
        if (seenStep is not null)
            found = found.Where(c => c.MatchesSql("d.id >= ?", seenCase));

        // Every row holds a task, but for the one the page before may have ended with.
        var versions = await found.OrderBy(c => c.Id).Take(page.First + 2).Select(c => new CaseVersion(c.Id, c.Version)).ToListAsync(ct);
        var rows = await known.Read(versions, session, ct);
        var tasks = rows.Select(c => c.SeenBy(viewer)).OfType<Case>()
            .SelectMany(c => TasksOf(c, whose).Select(s => (Case: c, Step: s)).SkipWhile(t => c.Id == seenCase && !IsAfter(c, t.Step.Code, seenStep)))
            .Where(t => status is null || t.Step.Status == status).Take(page.First + 1).ToArray();
        return (tasks.Length > page.First ? tasks[..page.First] : tasks, tasks.Length > page.First);
    }

    /// <summary>Where in the list a task stands.</summary>
    public static string PositionOf((Case Case, StepState Step) task) => $"{task.Case.Id}/{task.Step.Code}";

    /// <summary>A department's unfinished steps of a case.</summary>
    internal static IEnumerable<StepState> TasksOf(Case c, Department whose) => c.Steps.Where(s => s.IsUnfinished && s.Department == whose);

    // Steps are in the procedure's order.
    private static bool IsAfter(Case c, string step, string? seen)
    {
        var order = c.Steps.Select(s => s.Code).ToList();
        return order.IndexOf(step) > order.IndexOf(seen!);
    }
}
