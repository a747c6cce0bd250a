using GraphQL;
using GraphQL.Types;
using Marten;
using OneDoor.Graph;
using OneDoor.Platform;

namespace OneDoor.Supervision;

/// <summary>Supervision in GraphQL: what REST offers, by the same handlers and under the same policy.</summary>
public static class SupervisionGraph
{
    public static void Add(GraphRoots roots)
    {
        var task = roots.Shape<SupervisionView>("SupervisionTask");
        task.Field("history", GraphList.Of<SupervisionEvent>()).Description("What happened to it, in order.").ResolveAsync(async context =>
            await Find(context, context.Source.Id, null) is { } seen ? await context.Service<StoredFacts>().HistoryOfTask(seen.Id, context.CancellationToken) : []);
        roots.Shape<SupervisionEvent>("SupervisionEvent");
        roots.Shape<Finding>("Finding");
        roots.Shape<Rectification>("Rectification");
        roots.Connection<SupervisionView>("SupervisionTask", "A page of supervision tasks.");
        AddQueries(roots.Query);
        SupervisionOperations.All.OpenTo(new GraphOperations<SupervisionChanges, SupervisionCommand, SupervisionView>(
            roots, "/v1/supervision-tasks", "supervisionTask", SupervisionRefusals.NotFound, answer => answer.Read<SupervisionView>()));
    }

    private static void AddQueries(ObjectGraphType query)
    {
        query.Field<SupervisionView>("supervisionTask", nullable: true).Description("A supervision task (监管任务), now or as of a past instant; null when it does not exist for the caller.")
            .Argument<NonNullGraphType<IdGraphType>>("id", "The task's id.")
            .Argument<InstantGraph>("asOf", "The task as it was then.")
            .ResolveAsync(async context =>
            {
                if (!Guid.TryParse(context.GetArgument<string>("id"), out var id) || await Find(context, id, context.GetArgument<DateTimeOffset?>("asOf")) is not { } seen)
                    return null;
                Note(context, [seen]);
                return SupervisionView.Of(seen, context.Language());
            })
            .Needs(Scopes.SupervisionHandle, Scopes.LicencesRead).Costs(5);
        query.Field<GraphPage<SupervisionView>>("supervisionTasks", nullable: true).Description("The supervision tasks the caller sees, the latest first.")
            .Argument<EnumerationGraphType<SupervisionStatus>>("status", "Tasks that stand so.")
            .Argument<DayGraph>("dueTo", "Tasks of which something is due on this day or before.")
            .Argument<BooleanGraphType>("overdue", "Only those of which something that is owed is late.")
            .Paged()
            .ResolveAsync(async context =>
            {
                var filter = new SupervisionFilter(context.GetArgument<SupervisionStatus?>("status"), context.GetArgument<DateOnly?>("dueTo"), context.GetArgument<bool?>("overdue") == true);
                var (session, viewer, now, ct) = (context.Service<IQuerySession>(), context.Service<Caller>().Actor, context.Service<TimeProvider>().GetUtcNow(), context.CancellationToken);
                var (found, hasNext) = await ListSupervisionTasks.Find(session, viewer, filter, now, context.Page(filter.List), ct);
                Note(context, found);
                var (cursors, positions) = (context.Service<Cursors>(), found.ToDictionary(t => t.Id, ListSupervisionTasks.PositionOf));
                return new GraphPage<SupervisionView>(
                    [.. found.Select(t => SupervisionView.Of(t, context.Language()))], t => cursors.Sign(filter.List, positions[t.Id]), hasNext,
                    () => ListSupervisionTasks.Count(session, viewer, filter, now, ct));
            })
            .Needs(Scopes.SupervisionHandle, Scopes.LicencesRead).Costs(10);
    }

    private static async Task<SupervisionTask?> Find(IResolveFieldContext context, Guid id, DateTimeOffset? asOf)
    {
        await using var session = context.Service<IDocumentStore>().QuerySession();
        return await session.FindSupervisionTask(
            context.Service<StoredFacts>(), id, context.Service<Caller>().Actor, asOf, context.Service<TimeProvider>().GetUtcNow(), context.CancellationToken);
    }

    private static void Note(IResolveFieldContext context, IEnumerable<SupervisionTask> tasks) =>
        context.NoteRead("supervision", tasks.Select(t => t.Id));
}
