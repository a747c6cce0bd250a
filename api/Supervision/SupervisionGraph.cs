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
        roots.Reads(SupervisionReading.One, task);
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

    private static void Note(IResolveFieldContext context, IEnumerable<SupervisionTask> tasks) =>
        context.NoteRead("supervision", tasks.Select(t => t.Id));
}
