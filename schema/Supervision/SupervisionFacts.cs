using System.Text.Json.Serialization;
using OneDoor.Applicants;
using OneDoor.Licences;

namespace OneDoor.Supervision;

/// <summary>Something that happened to a supervision task (SUP-1).</summary>
/// <param name="At">When it happened.</param>
/// <param name="By">Who did it; null when the clock did.</param>
public abstract record SupervisionFact(DateTimeOffset At, Actor? By) : IFact;

/// <summary>
/// Something was granted that another department supervises, or that was had by commitment: in the transaction of the grant (审管联动). Or a pledged
/// material did not come by its day.
/// </summary>
/// <param name="Case">Id of the case.</param>
/// <param name="Licence">Number of the licence; null where what was granted is none, or a pledge was missed and nothing is granted yet.</param>
/// <param name="Holders">Who holds it, or applies.</param>
/// <param name="Item">Code of the item.</param>
/// <param name="Matter">What was granted.</param>
/// <param name="Department">Who supervises it.</param>
/// <param name="DecidedBy">Who granted it.</param>
/// <param name="Committed">It was had by commitment, and nobody has looked into it yet (MODE-4).</param>
/// <param name="AcknowledgeBy">By when the supervising department says that it knows.</param>
/// <param name="InspectBy">The last day on which a commitment is looked into; null for what is inspected by risk.</param>
/// <param name="Pledge">The item's code for the material that did not come by its day (容缺逾期); absent where a grant opened it.</param>
[Alias("supervision_opened")]
public sealed record SupervisionOpened(
    DateTimeOffset At, Actor? By, Guid Case, string? Licence, IReadOnlyList<PersonOrEntity> Holders, string Item, Text Matter, Department Department, Department DecidedBy,
    bool Committed, DateTimeOffset AcknowledgeBy, DateOnly? InspectBy, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Pledge = null) : SupervisionFact(At, By);

/// <summary>Another licence is in the place of the one it is about, or the first was granted, and with it what is to be looked into.</summary>
/// <param name="Licence">Number of that licence.</param>
/// <param name="Holders">Who holds it.</param>
[Alias("supervision_handed_on")]
public sealed record SupervisionHandedOn(DateTimeOffset At, Actor? By, string Licence, IReadOnlyList<PersonOrEntity> Holders) : SupervisionFact(At, By);

/// <summary>The licence that it is about has ended, or nothing was granted: nothing is left to look into, and nothing is due any more.</summary>
/// <param name="Ended">How the licence ended; null where none was granted.</param>
[Alias("supervision_closed")]
public sealed record SupervisionClosed(DateTimeOffset At, Actor? By, LicenceStatus? Ended) : SupervisionFact(At, By);

/// <summary>The supervising department knows of it.</summary>
[Alias("supervision_acknowledged")]
public sealed record SupervisionAcknowledged(DateTimeOffset At, Actor By) : SupervisionFact(At, By);

/// <summary>What an inspection found (监管核查结果).</summary>
[Alias("supervision_found")]
public sealed record SupervisionFound(DateTimeOffset At, Actor By, Finding Finding) : SupervisionFact(At, By);

/// <summary>What came of the order to put it right (整改结果).</summary>
[Alias("supervision_rectified")]
public sealed record SupervisionRectified(DateTimeOffset At, Actor By, Rectification Rectification) : SupervisionFact(At, By);

/// <summary>What was owed was not done in time, which reaches a supervisor. Nothing is revoked by it (MODE-4).</summary>
/// <param name="DueAt">When it was due.</param>
[Alias("supervision_overdue")]
public sealed record SupervisionOverdue(DateTimeOffset At, DateTimeOffset DueAt) : SupervisionFact(At, null);

/// <summary>What was committed to was to be met by a day, and nobody has filed that it is (MODE-3): who supervises looks into it. Nothing is revoked by it (MODE-4).</summary>
/// <param name="MeetBy">That day.</param>
[Alias("supervision_commitment_missed")]
public sealed record SupervisionCommitmentMissed(DateTimeOffset At, Actor? By, DateOnly MeetBy) : SupervisionFact(At, By);

/// <summary>What was found.</summary>
/// <param name="Outcome">In order, or a breach.</param>
/// <param name="Note">What was seen.</param>
/// <param name="RectifyBy">The last day to put it right; null where all is in order.</param>
/// <param name="At">When it was recorded.</param>
public sealed record Finding(FindingOutcome Outcome, [Personal] string? Note, DateOnly? RectifyBy, DateTimeOffset At);

/// <summary>What an inspection finds.</summary>
public enum FindingOutcome
{
    /// <summary>符合: as it was committed to, or as the law asks.</summary>
    InOrder,

    /// <summary>不符合: it has to be put right by a day (责令限期整改).</summary>
    Breach,
}

/// <summary>What came of an order to put something right.</summary>
/// <param name="Outcome">Whether it was.</param>
/// <param name="Note">What was seen.</param>
/// <param name="At">When it was recorded.</param>
public sealed record Rectification(RectificationOutcome Outcome, [Personal] string? Note, DateTimeOffset At);

/// <summary>Whether something was put right.</summary>
public enum RectificationOutcome
{
    /// <summary>已整改</summary>
    Rectified,

    /// <summary>未整改: the licence's holder is told that it may be annulled, and a supervisor decides.</summary>
    NotRectified,
}
