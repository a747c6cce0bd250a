using OneDoor.Graph;

namespace OneDoor.Emergencies;

/// <summary>Emergency projects in GraphQL: what REST offers, by the same handlers and under the same policy.</summary>
public static class EmergencyGraph
{
    public static void Add(GraphRoots roots)
    {
        var project = roots.Shape<EmergencyProjectView>("EmergencyProject", nameof(EmergencyProjectView.Id));
        roots.Reads(ReadEmergencyProjects.One, project);
        roots.Lists(ReadEmergencyProjects.All, project);
        var door = new GraphOperations<EmergencyProjectChanges, EmergencyProjectCommand, EmergencyProjectView>(roots, ReadEmergencyProjects.One);
        door.Begin(EmergencyProjectOperations.Register);
        EmergencyProjectOperations.All.OpenTo(door);
    }
}
