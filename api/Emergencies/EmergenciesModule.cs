using OneDoor.Graph;

namespace OneDoor.Emergencies;

/// <summary>The list of emergency projects (应急项目), whose cases go by the green channel (CLK-6).</summary>
public static class EmergenciesModule
{
    public static void AddEmergencies(this WebApplicationBuilder builder)
    {
        builder.Stores<EmergencyProject, EmergencyProjectFact>(projects => projects
            .Duplicate(p => p.RegisteredAt, configure: index => index.Mask = "?, id"));
        builder.Services.AddScoped<EmergencyProjectChanges>();
        builder.Tells(ReadEmergencyProjects.One,
            // Whenever it is read, it says the same.
            (project, _, _) => EmergencyProjectView.Of(project, project.ClosedAt ?? project.RegisteredAt));
        builder.Services.AddSingleton(new ContractTag("Emergencies", "Emergency projects (应急项目), whose cases go by the green channel (绿色通道)."));
        builder.AddGraph(EmergencyGraph.Add);
    }

    public static void MapEmergencies(this IEndpointRouteBuilder v1)
    {
        var projects = v1.MapGroup(ReadEmergencyProjects.One).WithTags("Emergencies");
        var door = new RestDoor<EmergencyProjectChanges, EmergencyProjectCommand, EmergencyProjectView>(projects);
        door.Begin(EmergencyProjectOperations.Register);
        projects.MapList(ReadEmergencyProjects.All);
        projects.MapReading(ReadEmergencyProjects.One);
        EmergencyProjectOperations.All.OpenTo(door);
    }
}
