using Marten;

namespace OneDoor.Cases;

/// <summary>Hears of cases that are granted without a licence, of pledges that were missed, and of commitments that are overdue.</summary>
public interface ILookedInto
{
    /// <summary>Does what follows from those among these facts, or from the end of their case, in their transaction.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="case">The case, the facts included.</param>
    /// <param name="facts">What has happened to it, by everybody's clock.</param>
    /// <param name="ct">Cancels the request.</param>
    Task Follow(IDocumentSession session, Case @case, IReadOnlyList<CaseFact> facts, CancellationToken ct);
}

/// <summary>Hears of what clerks tried who may not say no (CASE-4).</summary>
public interface IAttemptedRefusals
{
    /// <summary>Records that somebody wanted to turn an applicant away and was not let, in a transaction of its own; nothing of any other refusal.</summary>
    /// <param name="of">The case as it stood.</param>
    /// <param name="tried">What they tried.</param>
    /// <param name="refused">What they were answered.</param>
    /// <param name="body">What was sent, which an idempotency key belongs to.</param>
    /// <param name="ct">Ends it.</param>
    Task Note(Case of, CaseCommand tried, Refusal refused, object? body, CancellationToken ct);
}

/// <summary>What cases ask and tell whoever keeps records of what applicants did not keep.</summary>
public interface IStanding
{
    /// <summary>Records what of these facts breaks somebody's word, in their transaction.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="case">The case, these included.</param>
    /// <param name="facts">What has happened to it, by everybody's clock.</param>
    void Record(IDocumentSession session, Case @case, IEnumerable<CaseFact> facts);

    /// <summary>What any of these may not have for now.</summary>
    /// <param name="session">Where to look.</param>
    /// <param name="applicants"><see cref="Applicants.Applicant.Keys"/>.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancels the request.</param>
    Task<Suspended> SuspendedFor(IQuerySession session, IReadOnlyList<string> applicants, DateTimeOffset now, CancellationToken ct);
}
