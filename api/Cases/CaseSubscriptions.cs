using System.Runtime.CompilerServices;
using System.Threading.Channels;
using GraphQL;
using GraphQL.Types;
using OneDoor.Graph;

namespace OneDoor.Cases;

/// <summary>What one can be told of as it happens, as far as the policy allows at that time.</summary>
public static class CaseSubscriptions
{
    public static void Add(ObjectGraphType subscription)
    {
        subscription.Field<SeenCase>("caseChanged", nullable: false)
            .Description("The case as it stands, and again whenever something happened to it (办件动态). Ends with the token.")
            .Argument<NonNullGraphType<IdGraphType>>("id", "The case's id.")
            .Resolve(context => context.Source as SeenCase)
            .ResolveStreamAsync(async context =>
            {
                var first = Guid.TryParse(context.GetArgument<string>("id"), out var id) ? await CaseGraph.Find(context, id, null) : null;
                return first is null
                    ? throw context.Refused(CaseRefusals.NotFound)
                    : GraphStream.Of(context, ct => Changes(context, id, ct));
            })
            .Needs([.. Scopes.ToReadCases]).Costs(20);
        subscription.Field<TasksChange>("tasksChanged", nullable: false)
            .Description("Cases in which something changed for a department (待办动态). Ends with the token.")
            .Argument<EnumerationGraphType<Department>>("department", "The service office's choice; one's own when left out.")
            .Resolve(context => context.Source as TasksChange)
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
            .Needs(Scopes.CasesHandle, Scopes.CasesSupervise).Costs(20);
    }

    private static async IAsyncEnumerable<SeenCase> Changes(IResolveFieldContext context, Guid id, [EnumeratorCancellation] CancellationToken ct)
    {
        var changes = context.Service<News<Case, CaseFact>>().Listen(c => c.Id == id, out var ending);
        using var listening = ending;
        var version = 0;
        // Read after listening began, so that nothing falls between.
        if (await CaseGraph.Find(context, id, null) is { } first)
        {
            version = first.Version;
            yield return first;
        }
        await foreach (var seen in Seen(context, changes, changed => changed.Version > version, ct))
        {
            version = seen.Version;
            yield return SeenCase.Of(seen, context);
        }
    }

    private static async IAsyncEnumerable<TasksChange> TasksChanges(
        IResolveFieldContext context, Actor viewer, Department whose, [EnumeratorCancellation] CancellationToken ct)
    {
        var time = context.Service<TimeProvider>();
        var changes = context.Service<News<Case, CaseFact>>().Listen(c => c.Steps.Any(s => s.Department == whose) && c.IsVisibleTo(viewer, time.GetUtcNow()), out var ending);
        using var listening = ending;
        await foreach (var seen in Seen(context, changes, _ => true, ct))
        {
            var view = SeenCase.OfTask(seen, context);
            yield return new TasksChange(view, [.. ListTasks.TasksOf(seen, whose).Select(s => new CaseTask(view, StepView.Of(s, context.Language())))]);
        }
    }

    // What was there when it was told of may have been lost since: what is open for a day is not for longer.
    private static async IAsyncEnumerable<Case> Seen(
        IResolveFieldContext context, ChannelReader<Case> changes, Func<Case, bool> isNew, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var changed in changes.ReadAllAsync(ct))
        {
            if (isNew(changed) && changed.SeenBy(context.Service<Caller>().Actor, context.Service<TimeProvider>().GetUtcNow()) is { } seen)
            {
                context.NoteRead("case", seen.Id);
                yield return seen;
            }
        }
    }
}
