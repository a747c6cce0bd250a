using OneDoor.Applicants;

namespace OneDoor.Standing;

/// <summary>Something that happened to a credit record (CRED-1).</summary>
/// <param name="At">When it happened.</param>
/// <param name="By">Who did it; null when the clock did.</param>
public abstract record CreditFact(DateTimeOffset At, Actor? By) : IFact;

/// <summary>Somebody did not keep their word, in the transaction that found it (失信记录).</summary>
/// <param name="Kind">What they did not keep.</param>
/// <param name="Class">How much it weighs.</param>
/// <param name="Case">Id of the case.</param>
/// <param name="Item">Code of the item.</param>
/// <param name="Document">Number of the annulled licence, or code of the material that did not come.</param>
/// <param name="Subjects">Whose word it was.</param>
/// <param name="Department">Who keeps the record, and decides about repair.</param>
/// <param name="Since">The day it was recorded.</param>
/// <param name="Until">The last day on which it bars from anything.</param>
[Alias("credit_recorded")]
public sealed record CreditRecorded(
    DateTimeOffset At, Actor? By, CreditKind Kind, CreditClass Class, Guid Case, string Item, string Document, IReadOnlyList<PersonOrEntity> Subjects, Department Department,
    DateOnly Since, DateOnly Until) : CreditFact(At, By);

/// <summary>Having put it right, they asked for repair (信用修复).</summary>
/// <param name="Reason">What they did.</param>
/// <param name="DecideBy">By when it is decided.</param>
[Alias("credit_repair_requested")]
public sealed record RepairRequested(DateTimeOffset At, Actor By, [Personal] string Reason, DateTimeOffset DecideBy) : CreditFact(At, By);

/// <summary>The department decided about the repair.</summary>
[Alias("credit_repair_decided")]
public sealed record RepairDecided(DateTimeOffset At, Actor By, bool Granted, [Personal] string? Reason) : CreditFact(At, By);

/// <summary>They say that the record is wrong (异议), which is no request for repair.</summary>
/// <param name="DecideBy">By when it is decided.</param>
[Alias("credit_objected")]
public sealed record CreditObjected(DateTimeOffset At, Actor By, [Personal] string Reason, DateTimeOffset DecideBy) : CreditFact(At, By);

/// <summary>The department decided about the objection; a record that is wrong counts for nothing.</summary>
[Alias("credit_objection_decided")]
public sealed record ObjectionDecided(DateTimeOffset At, Actor By, bool Upheld, [Personal] string? Reason) : CreditFact(At, By);

/// <summary>What somebody did not keep.</summary>
public enum CreditKind
{
    /// <summary>违反告知承诺: a commitment was not true, or not kept.</summary>
    CommitmentBreached,

    /// <summary>逾期未补交: a pledged material did not come by its day.</summary>
    PledgeMissed,
}

/// <summary>How much a record weighs (失信程度).</summary>
public enum CreditClass { Minor, Ordinary, Serious }
