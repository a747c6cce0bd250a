using GraphQL;
using Marten;
using OneDoor.Graph;
using OneDoor.Platform;

namespace OneDoor.Emergencies;

/// <summary>Emergency projects in GraphQL: what REST offers, by the same handlers and under the same policy.</summary>
public static class EmergencyGraph
{
    public static void Add(GraphRoots roots)
    {
        var project = roots.Shape<EmergencyProjectView>("EmergencyProject", nameof(EmergencyProjectView.Id));
        roots.Reads(ReadEmergencyProjects.One, project);
        roots.Shape<EmergencyProjectEvent>("EmergencyProjectEvent");
        roots.Connection<EmergencyProjectView>("EmergencyProject", "A page of emergency projects.");
        roots.Query.Field<GraphPage<EmergencyProjectView>>("emergencyProjects", nullable: true).Description("The emergency projects the caller sees, the latest first.")
            .Paged()
            .ResolveAsync(async context => await Page(context))
            .Needs(Scopes.CasesSupervise).Costs(10);
        var door = new GraphOperations<EmergencyProjectChanges, EmergencyProjectCommand, EmergencyProjectView>(
            roots, "/v1/emergency-projects", ReadEmergencyProjects.One.Name, EmergencyProjectRefusals.NotFound, answer => answer.Read<EmergencyProjectView>());
        door.Begin<RegisterEmergencyProject>("registerEmergencyProject", "List an emergency project (登记应急项目)", "What is to be listed.",
            (changes, input, ct) => changes.Register(input, ct), Scopes.CasesSupervise);
        EmergencyProjectOperations.All.OpenTo(door);
    }

    private static async Task<GraphPage<EmergencyProjectView>> Page(IResolveFieldContext context)
    {
        var (session, viewer, now) = (context.Service<IQuerySession>(), context.Service<Caller>().Actor, context.Service<TimeProvider>().GetUtcNow());
        var (found, hasNext) = await ReadEmergencyProjects.Find(session, viewer, context.Page(ReadEmergencyProjects.List), context.CancellationToken);
        Note(context, found.Select(p => p.Id));
        var (cursors, positions) = (context.Service<Cursors>(), found.ToDictionary(p => p.Id, ReadEmergencyProjects.PositionOf));
        return new GraphPage<EmergencyProjectView>(
            [.. found.Select(p => EmergencyProjectView.Of(p, now))], p => cursors.Sign(ReadEmergencyProjects.List, positions[p.Id]), hasNext,
            () => ReadEmergencyProjects.Count(session, viewer, context.CancellationToken));
    }

    private static void Note(IResolveFieldContext context, params IEnumerable<Guid> projects) =>
        context.NoteRead("emergency-project", projects);
}
