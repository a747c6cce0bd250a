using GraphQL;
using GraphQL.Types;
using OneDoor.Graph;

namespace OneDoor.Cases;

/// <summary>Cases in GraphQL: what REST offers, by the same handlers and under the same policy.</summary>
public static class CaseGraph
{
    public static void Add(GraphRoots roots)
    {
        CaseShapes.Add(roots);
        AddQueries(roots);
        CaseMutations.Add(roots);
        CaseSubscriptions.Add(roots.Subscription);
    }

    private static void AddQueries(GraphRoots roots)
    {
        roots.Query.Field<SeenCase>("case", nullable: true).Description("A case (办件), now or as of a past instant; null when it does not exist for the caller.")
            .Argument<NonNullGraphType<IdGraphType>>("id", "The case's id.")
            .Argument<InstantGraph>("asOf", "The case as it was then.")
            .ResolveAsync(async context => Guid.TryParse(context.GetArgument<string>("id"), out var id)
                ? await Find(context, id, context.GetArgument<DateTimeOffset?>("asOf"))
                : null)
            .Needs([.. Scopes.ToReadCases]).Costs(5);
        // Older than the lists of others, of which each takes several.
        roots.Lists(
                ListCases.All, "Case", SeenCase.Of, filter => filter.Name == "status" ? "statuses" : filter.Name,
                (filter, context) => context.GetArgument<CaseStatus?>("status") is { } one ? filter with { Status = [.. filter.Status ?? [], one] } : filter)
            .Argument<EnumerationGraphType<CaseStatus>>("status", "Cases that stand so.");
        roots.Lists(ListTasks.All, "Task", (task, context) => new CaseTask(SeenCase.OfTask(task.Case, context), StepView.Of(task.Step, context.Language())));
    }

    internal static async Task<SeenCase?> Find(IResolveFieldContext context, Guid id, DateTimeOffset? asOf)
    {
        var seen = await context.Service<KnownCases>().FindCase(context.Service<StoredFacts>(), id, context.Service<Caller>().Actor, asOf, context.Service<TimeProvider>().GetUtcNow(), context.CancellationToken);
        if (seen is null)
            return null;
        context.NoteRead("case", id);
        return SeenCase.Of(seen, context);
    }
}
