using System.ComponentModel.DataAnnotations;
using OneDoor.Clock;

namespace OneDoor.Standing;

/// <summary>What somebody asks of a credit record: exactly what they send.</summary>
public abstract record CreditCommand : ICommand;

/// <summary>A request to repair it (信用修复), after putting it right.</summary>
/// <param name="Reason">What was done: 1 to 2,000 characters.</param>
public sealed record RequestRepair(string? Reason) : CreditCommand;

/// <summary>The decision about the repair; left out, it is granted.</summary>
/// <param name="Granted">Whether it is repaired.</param>
/// <param name="Reason">Why: 1 to 2,000 characters; may be left out where it is granted.</param>
public sealed record DecideRepair(bool Granted = true, string? Reason = null) : CreditCommand;

/// <summary>Saying that the record is wrong (异议).</summary>
/// <param name="Reason">What is wrong: 1 to 2,000 characters.</param>
public sealed record ObjectToRecord(string? Reason) : CreditCommand;

/// <summary>The decision about the objection.</summary>
/// <param name="Upheld">The record is wrong, and counts for nothing.</param>
/// <param name="Reason">Why: 1 to 2,000 characters; may be left out where it is upheld.</param>
public sealed record DecideObjection(bool Upheld, string? Reason = null) : CreditCommand;

/// <summary>Section <c>Standing</c>: for how long records count, and a request may wait.</summary>
public sealed record StandingOptions
{
    /// <summary>Years for which a minor record counts.</summary>
    [Range(1, 5)]
    public int MinorYears { get; init; } = 1;

    /// <summary>Years for which an ordinary one does.</summary>
    [Range(1, 5)]
    public int OrdinaryYears { get; init; } = 3;

    /// <summary>Working days within which a request for repair, or an objection, is decided.</summary>
    [Range(1, 60)]
    public int DecideWithin { get; init; } = 10;
}

/// <summary>What the rule of credit records knows besides the record and the command.</summary>
public sealed record CreditAsking(Actor By, LegalClock Clock, DateTimeOffset Now, StandingOptions Policy) : Asking(By, Clock, Now);
