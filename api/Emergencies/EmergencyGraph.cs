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
        var door = new GraphOperations<EmergencyProjectChanges, EmergencyProjectCommand, EmergencyProjectView>(roots, "/v1/emergency-projects", ReadEmergencyProjects.One.Name, EmergencyProjectRefusals.NotFound);
        door.Begin<RegisterEmergencyProject>("registerEmergencyProject", "List an emergency project (登记应急项目)", "What is to be listed.",
            (changes, input, ct) => changes.Register(input, ct), Scopes.CasesSupervise);
        EmergencyProjectOperations.All.OpenTo(door);
    }
}
