namespace OneDoor.Emergencies;

/// <summary>A listed emergency project (应急项目).</summary>
/// <param name="Id">Whom the service office tells it may name it in a submission.</param>
/// <param name="Status">Where it stands (状态).</param>
/// <param name="Version">Grows with every change.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Ground">Why it is urgent (事由).</param>
/// <param name="IssuedBy">Who has declared it so (认定机关).</param>
/// <param name="Document">The number of the document by which (文号).</param>
/// <param name="ValidUntil">The last day on which it may be claimed.</param>
/// <param name="RegisteredAt">When it was listed.</param>
/// <param name="ClosedAt">When it was closed; null unless it was.</param>
/// <param name="ClosedBecause">Why it was closed; null unless it was.</param>
public sealed record EmergencyProjectView(
    Guid Id, EmergencyProjectStatus Status, int Version, string Name, string Ground, string IssuedBy, string Document, DateOnly ValidUntil,
    DateTimeOffset RegisteredAt, DateTimeOffset? ClosedAt, string? ClosedBecause)
{
    public static EmergencyProjectView Of(EmergencyProject p, DateTimeOffset now) => new(
        p.Id, p.StatusAt(now), p.Version, p.Name, p.Ground, p.IssuedBy, p.Document, p.ValidUntil, p.RegisteredAt, p.ClosedAt, p.ClosedBecause);
}

/// <summary>Something that happened to an emergency project.</summary>
/// <param name="Version">Which it led to.</param>
/// <param name="Type">What it was, for instance <c>emergency-project-closed</c>.</param>
/// <param name="At">When.</param>
/// <param name="Client">Whose doing it was.</param>
/// <param name="Reason">Why; null where nobody had to say.</param>
public sealed record EmergencyProjectEvent(int Version, string Type, DateTimeOffset At, string Client, string? Reason)
{
    public static EmergencyProjectEvent Of(EmergencyProjectFact fact, int index) =>
        new(index + 1, Streams.PublishedAs(fact), fact.At, fact.By.Client, (fact as EmergencyProjectClosed)?.Reason);
}
