using OneDoor.Applicants;
using OneDoor.Clock;

namespace OneDoor.Cases;

/// <summary>A step that waits for a department.</summary>
/// <param name="Status"><c>open</c>: decide it by <paramref name="DueAt"/>; <c>waiting</c>: the case is not accepted yet, a predecessor is not granted, or it awaits something.</param>
/// <param name="Awaits">Codes of the materials that the applicant has to hand in before it opens (等待申请人), once its predecessors are granted.</param>
public sealed record TaskView(TaskCase Case, string Step, Department Department, StepStatus Status, DateTimeOffset? OpenedAt, DateTimeOffset? DueAt, IReadOnlyList<string> Awaits)
{
    public static TaskView Of(Case c, StepState s, string language) =>
        new(TaskCase.Of(c, language), s.Code, s.Department, s.Status, s.OpenedAt, s.Due?.At, s.Awaited?.Materials ?? []);
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

/// <summary>Which tasks are wanted, and in which order; what is null leaves them all.</summary>
/// <param name="Status">open or waiting; both when left out.</param>
/// <param name="Department">The service office's choice; one's own when left out.</param>
/// <param name="Item">Tasks in cases for the item of this code.</param>
/// <param name="DueBefore">Open steps that are due before an instant with its offset.</param>
/// <param name="Overdue">true: open steps that are late, and those whose special procedure takes longer than was told.</param>
/// <param name="Sort">submitted (the oldest case first, as when left out), or due: the case with the soonest promised date first, then those without one.</param>
public sealed record TaskFilter(
    TaskStatus? Status = null, Department? Department = null, string? Item = null, DateTimeOffset? DueBefore = null, bool Overdue = false, string Sort = TaskFilter.Usual)
{
    /// <summary>The order when none is asked for.</summary>
    public const string Usual = "submitted";

    /// <summary>The orders there are, by the name in <c>sort</c>.</summary>
    public static readonly IReadOnlyDictionary<string, Order> Orders =
        new[] { Order.FirstSubmittedFirst, Order.FirstDueFirst }.ToDictionary(order => order.Name);

    /// <summary>Whether a department's step is wanted.</summary>
    public bool Takes(Case @case, StepState step, DateTimeOffset now) =>
        (Status is null || (step.Status == StepStatus.Open) == (Status == TaskStatus.Open))
        && (Before(now) is not { } due || (@case.DueOf(step) is { } own && @case.EverybodysAt(own) < due));

    /// <summary>The instant before which a step has to be due; null where any will do.</summary>
    public DateTimeOffset? Before(DateTimeOffset now) => Overdue && JustOver(now) is var over && !(DueBefore < over) ? over : DueBefore;

    // What LegalClock.IsOver says, as an instant before which it is so.
    private static DateTimeOffset JustOver(DateTimeOffset now) => LegalClock.LastOver(now).AddTicks(TimeSpan.TicksPerMicrosecond);
}

/// <summary>GET /v1/tasks: a department's worklist, oldest case first.</summary>
public static class ListTasks
{
    public static readonly RowList<(Case Case, StepState Step), TaskFilter> All = new(
        "tasks", "a worklist", "List the steps that wait for a department", "A department's worklist (待办), oldest case first.", Scopes.CasesHandle, Scopes.CasesSupervise)
    {
        Rows = (services, filter, page, asked, ct) => services.GetRequiredService<CaseLists>().Tasks(filter, page, asked.Operation, ct),
        Total = (services, filter, ct) => services.GetRequiredService<CaseLists>().CountTasks(filter, ct),
        Texts = { ["sort"] = (parameters, sort, name) => parameters.OneOf(sort, name, TaskFilter.Orders.Keys) ?? TaskFilter.Usual },
        Refused = (viewer, filter) => Refused(viewer, filter.Department),
        Says = "One's own department's, oldest case first; the service office may name another one. status is open or waiting. "
            + $"count=true counts to {Search.CountsTo}: a total of {Search.CountsTo + 1} says that there are more.",
    };

    /// <summary>The refusal of a worklist that is not the viewer's to read; null when it is.</summary>
    public static Refusal? Refused(Actor viewer, Department? named) =>
        named is null || named == viewer.Department || viewer.Department == Department.ServiceOffice ? null : CaseRefusals.NotYourWorklist;

    /// <summary>A department's unfinished steps of a case.</summary>
    internal static IEnumerable<StepState> TasksOf(Case c, Department whose) => c.Steps.Where(s => s.IsUnfinished && s.Department == whose);

    /// <summary>A worklist: whose it is sees every case in it, and the service office all but what is confidential, so the policy asks for nothing more.</summary>
    public static Search Matching(FoundTable table, Actor viewer, Department whose, TaskFilter filter, DateTimeOffset now)
    {
        var found = table.Search(CaseColumns.Kind);
        // What waits is not due.
        StepStatus? status = filter.Status == TaskStatus.Waiting ? StepStatus.Waiting : filter.Status == TaskStatus.Open || filter.Before(now) is not null ? StepStatus.Open : null;
        found.Through(new Way.OfDepartment(whose), CaseFinding.TaskStates(status));
        if (whose == viewer.Department)
            found.Through(new Way.InConfidence(whose), CaseFinding.TaskStates(status));
        if (filter.Item is { } item)
            found.Where($"f.item = {found.Value(item.Replace("\0", ""))}");
        if (filter.Before(now) is { } due)
            found.Where(status == StepStatus.Open ? $"f.first_due < {found.Value(due.ToUniversalTime())}" : "false");
        return found;
    }

    /// <summary>How many tasks a case in it holds.</summary>
    public static string Amount(Search found, TaskFilter filter, DateTimeOffset now) => (filter.Before(now), filter.Status) switch
    {
        ({ } due, _) => $"(select count(*) from unnest(f.dues) due where due < {found.Value(due.ToUniversalTime())})",
        (_, TaskStatus.Open) => "f.open",
        (_, TaskStatus.Waiting) => "f.waiting",
        _ => "f.open + f.waiting",
    };
}
