using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Cases;

/// <summary>A thing was handed over.</summary>
/// <param name="Step">The step's code.</param>
/// <param name="What">What it was.</param>
/// <param name="Way">By which way.</param>
/// <param name="Receiver">Who received it.</param>
/// <param name="On">On which day.</param>
public sealed record HandedOverDetails(string Step, string What, DeliveryWay Way, string Receiver, DateOnly On);

/// <summary>A pledged material had not come in by its day.</summary>
/// <param name="Material">The item's code for it.</param>
/// <param name="SupplyBy">That day.</param>
public sealed record PledgeMissedDetails(string Material, DateOnly SupplyBy);

/// <summary>The applicant signed a commitment in place of an examination.</summary>
/// <param name="CommitmentKind">What it says of the conditions.</param>
/// <param name="Signatory">Who signed.</param>
/// <param name="MeetBy">The last day on which the conditions are to be met; null where they are met.</param>
public sealed record CommitmentMadeDetails(CommitmentKind CommitmentKind, string Signatory, DateOnly? MeetBy);

/// <summary>The applicant filed that the conditions are met which were to be.</summary>
/// <param name="MetOn">The day from which the licence authorises what it is for.</param>
public sealed record CommitmentFulfilledDetails(DateOnly MetOn);

/// <summary>The day passed by which the conditions were to be met.</summary>
/// <param name="MetUntil">That day.</param>
public sealed record CommitmentOverdueDetails(DateOnly MetUntil);

/// <summary>The licence that was had by a commitment was annulled.</summary>
/// <param name="Annulled">The licence's number.</param>
public sealed record CommitmentBreachedDetails(string Annulled);

/// <summary>A licence may be renewed.</summary>
/// <param name="Renews">The licence's number.</param>
/// <param name="ExpiresOn">Its last day.</param>
public sealed record RenewalPermittedDetails(string Renews, DateOnly ExpiresOn);

/// <summary>The application for a renewal is complete.</summary>
/// <param name="Renews">Number of the licence that is renewed.</param>
public sealed record RenewalAuditedDetails(string Renews);

/// <summary>The supervising department has looked into what was renewed.</summary>
/// <param name="Renews">Number of the licence that was renewed.</param>
public sealed record RenewalInspectedDetails(string Renews);

/// <summary>A renewal was asked for in time, to be examined.</summary>
/// <param name="Renews">Number of the licence that is to be renewed.</param>
public sealed record RenewalAwaitedDetails(string Renews);

/// <summary>The licence ended before its authority answered: the renewal counts as granted (视为准予延续).</summary>
/// <param name="Renews">Number of the licence, which goes on.</param>
/// <param name="Actual">Time taken until then; null of what was not accepted yet.</param>
public sealed record RenewalDeemedDetails(string Renews, Limit? Actual);

/// <summary>The licence that was to be renewed ended otherwise.</summary>
/// <param name="Renews">The licence's number.</param>
public sealed record RenewalVoidedDetails(string Renews);

/// <summary>The applicant gives a licence back (申请注销).</summary>
/// <param name="Cancels">The licence's number.</param>
public sealed record CancellationAskedDetails(string Cancels);

/// <summary>The licence that it granted has ended, and with it what was still owed for that.</summary>
/// <param name="Ended">The licence's number.</param>
public sealed record ObligationsReleasedDetails(string Ended);

/// <summary>The end of the case's limit is near (临期).</summary>
/// <param name="DueAt">When it ends: the promised one, or, while the promise stands still and once it is missed, the law's.</param>
/// <param name="Open">Codes of the steps that are open, as far as their reader sees them.</param>
public sealed record CaseDueSoonDetails(DateTimeOffset DueAt, IReadOnlyList<string> Open);

/// <summary>The law's limit passed and the case is not decided, whatever was promised.</summary>
/// <param name="DueAt">When it ended.</param>
public sealed record StatutoryLimitPassedDetails(DateTimeOffset DueAt);

/// <summary>Nobody said in time why the case is past its limit, which went to the department's superior.</summary>
/// <param name="ExplainBy">By when the reason was due.</param>
public sealed record DelayUnexplainedDetails(DateTimeOffset ExplainBy);

/// <summary>In the sandbox, whoever submitted the case moved its clock forward.</summary>
/// <param name="ClockTo">What the case's clock showed then.</param>
public sealed record SandboxClockMovedDetails(DateTimeOffset ClockTo);
