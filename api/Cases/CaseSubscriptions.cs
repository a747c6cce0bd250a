using System.Runtime.CompilerServices;
using GraphQL;
using GraphQL.Types;
using OneDoor.Graph;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>A change to a department's worklist.</summary>
public sealed record TasksChange(SeenCase Case, IReadOnlyList<CaseTask> Tasks);

public sealed class TasksChangeGraph : GraphObject<TasksChange>
{
    public TasksChangeGraph() : base("TasksChange", "A case in which something changed for a department.")
    {
        Field<NonNullGraphType<CaseGraphType>>("case").Description(CaseGraphType.OfTask("The case, as the reader sees it now.")).Resolve(context => context.Source.Case);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TaskGraph>>>>("tasks")
            .Description("What waits for the department in it now (待办); empty when nothing does.").Resolve(context => context.Source.Tasks);
    }
}

/// <summary>What one can be told of as it happens, as far as the policy allows at that time.</summary>
public static class CaseSubscriptions
{
    public static void Add(ObjectGraphType subscription)
    {
        GraphCost.Price(subscription.Field<NonNullGraphType<CaseGraphType>>("caseChanged")
            .Description("The case as it stands, and again whenever something happened to it (办件动态). Ends with the token.")
            .Argument<NonNullGraphType<IdGraphType>>("id", "The case's id.")
            .Resolve(context => context.Source)
            .ResolveStreamAsync(async context =>
            {
                var first = Guid.TryParse(context.GetArgument<string>("id"), out var id) ? await CaseGraph.Find(context, id, null) : null;
                return first is null
                    ? throw context.Refused(CaseRefusals.NotFound)
                    : GraphStream.Of(context, ct => Changes(context, id, ct));
            })
            .Needs(Scopes.CasesRead).FieldType, 20);
        GraphCost.Price(subscription.Field<NonNullGraphType<TasksChangeGraph>>("tasksChanged")
            .Description("Cases in which something changed for a department (待办动态). Ends with the token.")
            .Argument<EnumerationGraphType<Department>>("department", "The service office's choice; one's own when left out.")
            .Resolve(context => context.Source)
            .ResolveStream(context =>
            {
                var viewer = context.Service<Caller>().Actor;
                var named = context.GetArgument<Department?>("department");
                if (ListTasks.Refused(viewer, named) is { } refused)
                    throw context.Refused(refused);
                return (named ?? viewer.Department) is { } whose
                    ? GraphStream.Of(context, ct => TasksChanges(context, viewer, whose, ct))
                    : throw context.Refused(CaseRefusals.NotFound);
            })
            .Needs(Scopes.CasesHandle, Scopes.CasesSupervise).FieldType, 20);
    }

    private static async IAsyncEnumerable<object?> Changes(IResolveFieldContext context, Guid id, [EnumeratorCancellation] CancellationToken ct)
    {
        var changes = context.Service<News<Case, CaseFact>>().Listen(c => c.Id == id, out var ending);
        using var listening = ending;
        var viewer = context.Service<Caller>().Actor;
        var version = 0;
        // Read after listening began, so that nothing falls between.
        if (await CaseGraph.Find(context, id, null) is { } first)
        {
            version = first.Version;
            yield return first;
        }
        await foreach (var changed in changes.ReadAllAsync(ct))
        {
            if (changed.Version > version && changed.SeenBy(viewer) is { } seen)
            {
                version = seen.Version;
                CaseGraph.Note(context, id);
                yield return SeenCase.Of(seen, context);
            }
        }
    }

    private static async IAsyncEnumerable<object?> TasksChanges(
        IResolveFieldContext context, Actor viewer, Department whose, [EnumeratorCancellation] CancellationToken ct)
    {
        var changes = context.Service<News<Case, CaseFact>>().Listen(c => c.Steps.Any(s => s.Department == whose) && c.IsVisibleTo(viewer), out var ending);
        using var listening = ending;
        await foreach (var changed in changes.ReadAllAsync(ct))
        {
            var seen = changed.SeenBy(viewer)!;
            CaseGraph.Note(context, seen.Id);
            var view = SeenCase.OfTask(seen, context);
            yield return new TasksChange(view, [.. ListTasks.TasksOf(seen, whose).Select(s => new CaseTask(view, StepView.Of(s)))]);
        }
    }
}
