using OneDoor.Graph;

namespace OneDoor.Supervision;

/// <summary>Supervision in GraphQL: what REST offers, by the same handlers and under the same policy.</summary>
public static class SupervisionGraph
{
    public static void Add(GraphRoots roots)
    {
        var task = roots.Shape<SupervisionView>("SupervisionTask", nameof(SupervisionView.Id));
        roots.Reads(SupervisionReading.One, task);
        roots.Lists(ListSupervisionTasks.All, task);
        SupervisionOperations.All.OpenTo(new GraphOperations<SupervisionChanges, SupervisionCommand, SupervisionView>(roots, SupervisionReading.One));
    }
}
