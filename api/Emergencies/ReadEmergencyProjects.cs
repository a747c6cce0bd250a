
namespace OneDoor.Emergencies;

/// <summary>GET /v1/emergency-projects, the latest first; each of them, now or as of a past instant; and its history.</summary>
public static class ReadEmergencyProjects
{
    public static readonly Reading<EmergencyProject, EmergencyProjectFact, EmergencyProjectView, EmergencyProjectEvent> One = new(
        "emergencyProject", "an emergency project", "应急项目", "emergency-project", "/v1/emergency-projects", EmergencyProjectRefusals.NotFound, Scopes.CasesSupervise)
    {
        View = (project, to) => new(EmergencyProjectView.Of(project, to.AsOf ?? to.Now)),
        Event = (fact, i, _) => EmergencyProjectEvent.Of(fact, i),
        Key = view => $"{view.Id}",
        Shows = (EmergencyExamples.Registered, EmergencyExamples.History),
    };

    public static readonly ThingList<EmergencyProject, EmergencyProjectFact, EmergencyProjectView, EmergencyProjectEvent, Unfiltered> All = new(One, "emergencyProjects", "emergency projects")
    {
        By = new("registered_at", p => p.RegisteredAt, p => p.Id),
        Matching = (session, viewer, _, _) => EmergencyProject.IsShownTo(viewer) ? session.Query<EmergencyProject>() : session.Query<EmergencyProject>().Where(p => false),
        Says = "A supervisor's of the service office: others see none.",
    };
}
