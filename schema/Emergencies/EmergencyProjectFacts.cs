namespace OneDoor.Emergencies;

/// <summary>Something that happened to an emergency project.</summary>
/// <param name="At">When it happened.</param>
/// <param name="By">Who did it.</param>
public abstract record EmergencyProjectFact(DateTimeOffset At, Actor By) : IFact;

/// <summary>The service office put the project on the list (列入应急项目清单).</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Ground">Why it is urgent (事由).</param>
/// <param name="IssuedBy">Who has declared it so (认定机关).</param>
/// <param name="Document">The number of the document by which (文号).</param>
/// <param name="ValidUntil">The last day on which it may be claimed.</param>
[Alias("emergency_project_registered")]
public sealed record EmergencyProjectRegistered(
    DateTimeOffset At, Actor By, Guid ProjectId, string Name, string Ground, string IssuedBy, string Document, DateOnly ValidUntil) : EmergencyProjectFact(At, By);

/// <summary>The service office took it off the list. What was promised to its cases stays.</summary>
[Alias("emergency_project_closed")]
public sealed record EmergencyProjectClosed(DateTimeOffset At, Actor By, [Personal] string Reason) : EmergencyProjectFact(At, By);

/// <summary>What someone asks of an emergency project: exactly what they send.</summary>
public abstract record EmergencyProjectCommand : ICommand;

/// <summary>An emergency project to be listed (登记应急项目).</summary>
/// <param name="Name">What it is called: 1 to 200 characters.</param>
/// <param name="Ground">Why it is urgent (事由): 1 to 2,000 characters.</param>
/// <param name="IssuedBy">Who has declared it so (认定机关): 1 to 200 characters.</param>
/// <param name="Document">The number of the document by which (文号): 1 to 200 characters.</param>
/// <param name="ValidUntil">The last day on which it may be claimed; today or later.</param>
public sealed record RegisterEmergencyProject(string Name, string Ground, string IssuedBy, string Document, DateOnly ValidUntil) : EmergencyProjectCommand;

/// <summary>Taking an emergency project off the list. What was promised to its cases stays.</summary>
/// <param name="Reason">Why: 1 to 2,000 characters.</param>
public sealed record CloseEmergencyProject(string Reason) : EmergencyProjectCommand;
