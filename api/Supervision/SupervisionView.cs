using OneDoor.Applicants;
using OneDoor.Licences;

namespace OneDoor.Supervision;

/// <summary>A supervision task (监管任务): what a supervising department looks into after a grant.</summary>
/// <param name="Id">Opaque, and unique on the platform.</param>
/// <param name="Version">Grows with every change, which has to name it.</param>
/// <param name="Status">Where it stands (状态).</param>
/// <param name="Department">Who supervises (监管部门).</param>
/// <param name="DecidedBy">Who granted it (审批部门).</param>
/// <param name="Item">Code of the item.</param>
/// <param name="Matter">What was granted, in the language that Accept-Language prefers.</param>
/// <param name="Case">Id of the case.</param>
/// <param name="Licence">Number of the licence, or of the one that took its place; null where what was granted is none, or a pledge was missed before anything was granted.</param>
/// <param name="Holders">Who holds it, or applies.</param>
/// <param name="Committed">It was had by commitment (告知承诺).</param>
/// <param name="OpenedAt">When it was granted; of a missed pledge, when that was missed.</param>
/// <param name="AcknowledgeBy">By when the supervising department says that it knows.</param>
/// <param name="AcknowledgedAt">When it did; null until then.</param>
/// <param name="InspectBy">The last day to look into a commitment; null for what is inspected by risk, or again because the commitment is overdue.</param>
/// <param name="DueAt">By when what is owed now is to be done; null where nothing is, or no day is set.</param>
/// <param name="Overdue">It was not done by then.</param>
/// <param name="Finding">What was found; null until then.</param>
/// <param name="Rectification">What came of the order to put it right; null until then.</param>
/// <param name="Pledge">The item's code for the pledged material that did not come by its day (容缺逾期); null where a grant opened it.</param>
/// <param name="Ended">How the licence ended, for which the task was closed; null unless it was.</param>
/// <param name="CommitmentMissed">By when what was committed to was to be met, and was not filed to be (承诺逾期); null where it is not so, or was looked into since.</param>
public sealed record SupervisionView(
    Guid Id, int Version, SupervisionStatus Status, Department Department, Department DecidedBy, string Item, string Matter, Guid Case, string? Licence, IReadOnlyList<PersonOrEntity> Holders,
    bool Committed, DateTimeOffset OpenedAt, DateTimeOffset AcknowledgeBy, DateTimeOffset? AcknowledgedAt, DateOnly? InspectBy, DateTimeOffset? DueAt, bool Overdue,
    Finding? Finding, Rectification? Rectification, string? Pledge, LicenceStatus? Ended, DateOnly? CommitmentMissed)
{
    public static SupervisionView Of(SupervisionTask t, string language) => new(
        t.Id, t.Version, t.Status, t.Department, t.DecidedBy, t.Item, t.Matter.In(language), t.Case, t.Licence, t.Holders, t.Committed, t.OpenedAt, t.AcknowledgeBy, t.AcknowledgedAt,
        t.InspectBy, t.DueAt, t.IsOverdue, t.Finding, t.Rectification, t.Pledge, t.Ended, t.CommitmentMissed);
}

/// <summary>Something that happened to a supervision task.</summary>
/// <param name="Version">Which it led to.</param>
/// <param name="Type">What it was, for instance <c>supervision-found</c>.</param>
/// <param name="At">When.</param>
/// <param name="Client">Whose doing it was; null when it was the clock's.</param>
/// <param name="Department">That client's department; null for the clock.</param>
/// <param name="Finding">What was found; null for everything else.</param>
/// <param name="Rectification">What came of the order; null for everything else.</param>
/// <param name="Licence">Number of the licence that took the other one's place; null for everything else.</param>
/// <param name="Ended">How the licence ended; null for everything else.</param>
/// <param name="MeetBy">By when what was committed to was to be met; null for everything else.</param>
public sealed record SupervisionEvent(
    int Version, string Type, DateTimeOffset At, string? Client, Department? Department, Finding? Finding, Rectification? Rectification, string? Licence, LicenceStatus? Ended, DateOnly? MeetBy)
{
    public static SupervisionEvent Of(SupervisionFact fact, int index) => new(
        index + 1, Streams.PublishedAs(fact), fact.At, fact.By?.Client, fact.By?.Department,
        (fact as SupervisionFound)?.Finding, (fact as SupervisionRectified)?.Rectification, (fact as SupervisionHandedOn)?.Licence, (fact as SupervisionClosed)?.Ended, (fact as SupervisionCommitmentMissed)?.MeetBy);
}
