using OneDoor.Clock;

namespace OneDoor.Emergencies;

/// <summary>Lists emergency projects, and closes them.</summary>
public sealed class EmergencyProjectChanges(ChangeTools tools, LegalClock clock) : Changes<EmergencyProject, EmergencyProjectFact, EmergencyProjectCommand>(tools, ReadEmergencyProjects.One)
{
    protected override object View(EmergencyProject seen, int version, string language) => EmergencyProjectView.Of(seen with { Version = version }, Tools.Now);

    protected override Task<Decision<EmergencyProjectFact>> Decide(EmergencyProject? before, EmergencyProjectCommand command, CancellationToken ct) =>
        Task.FromResult(EmergencyProject.Decide(before, command, new Asking(Tools.Caller.Actor, clock, Tools.Now), Guid.CreateVersion7(Tools.Now)));
}

/// <summary>What can be asked of an emergency project that is listed, for both doors.</summary>
public static class EmergencyProjectOperations
{
    public static readonly Beginning<EmergencyProjectChanges, RegisterEmergencyProject> Register = new(
        "registerEmergencyProject", "List an emergency project (登记应急项目)", "What is to be listed.", "A supervisor's of the service office. Whoever names its id in a submission goes by the green channel.",
        new(EmergencyExamples.Request, EmergencyExamples.Registered), (changes, command, ct) => changes.Begin(command, ct), Scopes.CasesSupervise);

    public static readonly Operations<EmergencyProjectCommand> All = new Operations<EmergencyProjectCommand>()
        .On(new Operation<CloseEmergencyProject>("closeEmergencyProject", "closing", "Take an emergency project off the list (关闭应急项目)",
            new(EmergencyExamples.Closing, EmergencyExamples.Closed), Scopes.CasesSupervise));
}

/// <summary>What the documentation shows of emergency projects: one, decided by the platform's own rules.</summary>
public static class EmergencyExamples
{
    private static readonly Asking Office = new(
        new Actor("sandbox-service-office", "sandbox-service-office", Department.ServiceOffice, IsSupervisor: true), LegalClock.Zone,
        new DateTimeOffset(2026, 11, 23, 9, 30, 0, LegalClock.ChinaStandardTime));

    public static readonly RegisterEmergencyProject Request = new(
        "Extension of a production line for masks", "Needed against the epidemic", "Administrative committee of the zone", "2026-17",
        LegalClock.DayOf(Office.Now).AddDays(90));
    public static readonly CloseEmergencyProject Closing = new("The task is done.");

    private static readonly EmergencyProject Open = After(null, Request);

    public static readonly EmergencyProjectView Registered = EmergencyProjectView.Of(Open, Office.Now);
    public static readonly EmergencyProjectView Closed = EmergencyProjectView.Of(After(Open, Closing), Office.Now);
    public static readonly History<EmergencyProjectEvent> History = new([.. Facts(null, Request).Select(EmergencyProjectEvent.Of)]);

    private static IReadOnlyList<EmergencyProjectFact> Facts(EmergencyProject? state, EmergencyProjectCommand command) =>
        EmergencyProject.Decide(state, command, Office, new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7d91")).Facts;

    private static EmergencyProject After(EmergencyProject? state, EmergencyProjectCommand command) => Facts(state, command).Aggregate(state, EmergencyProject.Evolve)!;
}
