using Marten;
using Marten.Linq.MatchesSql;
using OneDoor.Catalogue;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>A step that waits for a department.</summary>
/// <param name="Status"><c>open</c>: decide it by <paramref name="DueAt"/>; <c>waiting</c>: the case is not accepted yet, or a predecessor is not granted.</param>
public sealed record TaskView(TaskCase Case, string Step, Department Department, StepStatus Status, DateTimeOffset? OpenedAt, DateTimeOffset? DueAt);

/// <summary>The case a task belongs to.</summary>
public sealed record TaskCase(Guid Id, string Number, CaseStatus Status, CaseItem Item);

/// <summary>GET /v1/tasks: a department's worklist, oldest case first.</summary>
public static class ListTasks
{
    private const string List = "tasks";

    public static void MapListTasks(this IEndpointRouteBuilder v1) => v1.MapGet("/tasks", Handle)
        .WithTags("Tasks")
        .Needs(Scopes.CasesHandle, Scopes.CasesSupervise)
        .WithName("listTasks")
        .WithSummary("List the steps that wait for a department")
        .WithDescription("One's own department's, oldest case first; the service office may name another one. status is open or waiting.")
        .Produces<Page<TaskView>>()
        .Refuses(400);

    private static async Task<IResult> Handle(
        HttpContext http, Caller caller, IQuerySession session, Cursors cursors, CancellationToken ct,
        string? status = null, string? department = null, int? first = null, string? after = null)
    {
        var parameters = new Parameters();
        var page = parameters.Page(cursors, List, first, after);
        var byStatus = parameters.Enum<StepStatus>(status, "status");
        var named = parameters.Enum<Department>(department, "department");
        if (parameters.Refused is { } refused)
            return refused.ToProblem();
        var viewer = caller.Actor;
        if ((named ?? viewer.Department) is not { } whose)
            return TypedResults.Ok(http.PageOf<TaskView>([], null));

        var found = session.Query<Case>().Where(CaseSight.VisibleTo(viewer)).Where(c => c.AwaitedFrom.Contains(whose));
        if (byStatus is { } wanted)
            found = found.Where(c => c.MatchesSql(
                "d.data -> 'steps' @> ?::jsonb", $$"""[{"department":"{{Kebab.Of(whose)}}","status":"{{Kebab.Of(wanted)}}"}]"""));
        // A department that names another one asks only for what it sees of it, which is nothing unless it sees the whole case.
        if (whose != viewer.Department)
            found = found.Where(CaseSight.WhollyVisibleTo(viewer));
        var (seenCase, seenStep) = page.After?.Split('/') is [var c, var s] ? (Guid.Parse(c), s) : (Guid.Empty, null);
        if (seenStep is not null)
            found = found.Where(c => c.MatchesSql("d.id >= ?", seenCase));

        var language = Language.Of(http.Request);
        // Every row holds a task, but for the one the page before may have ended with.
        var rows = await found.OrderBy(c => c.Id).Take(page.First + 2).ToListAsync(ct);
        var tasks = rows.SelectMany(c => Tasks(c.SeenBy(viewer)!, whose, language).SkipWhile(t => c.Id == seenCase && !IsAfter(c, t.Step, seenStep)))
            .Where(t => byStatus is null || t.Status == byStatus).Take(page.First + 1).ToArray();
        var shown = tasks.Take(page.First).ToArray();
        var next = tasks.Length > page.First ? cursors.Sign(List, $"{shown[^1].Case.Id}/{shown[^1].Step}") : null;
        return TypedResults.Ok(http.PageOf(shown, next));
    }

    private static IEnumerable<TaskView> Tasks(Case c, Department whose, string language) => c.Steps
        .Where(s => s.IsUnfinished && s.Department == whose)
        .Select(s => new TaskView(
            new TaskCase(c.Id, c.Number, c.Status, CaseItem.Of(c, language)), s.Code, s.Department, s.Status, s.OpenedAt, s.Due?.At));

    // Steps are in the procedure's order.
    private static bool IsAfter(Case c, string step, string? seen)
    {
        var order = c.Steps.Select(s => s.Code).ToList();
        return order.IndexOf(step) > order.IndexOf(seen!);
    }
}
