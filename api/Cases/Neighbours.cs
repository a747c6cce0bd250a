using Marten;
using OneDoor.Applicants;
using OneDoor.Catalogue;

namespace OneDoor.Cases;

// What cases ask and tell those that build on them, and that they do not know.

/// <summary>Keeps what follows from what happens to cases, in the transaction of that; each capability that does registers its own.</summary>
public interface ICaseFollower
{
    /// <summary>Does what follows from these facts.</summary>
    /// <param name="case">The case, the facts included.</param>
    /// <param name="facts">What has happened to it, by everybody's clock.</param>
    Task Follow(IDocumentSession session, Case @case, IReadOnlyList<CaseFact> facts, CancellationToken ct);
}

/// <summary>Those who follow cases.</summary>
public static class CaseFollowers
{
    /// <inheritdoc cref="ICaseFollower.Follow"/>
    /// <param name="followers">All of them.</param>
    /// <param name="facts">What has happened to it, by its own clock.</param>
    public static async Task Follow(this IEnumerable<ICaseFollower> followers, IDocumentSession session, Case @case, IReadOnlyList<CaseFact> facts, CancellationToken ct)
    {
        var told = @case.ByEverybodysClock(facts);
        foreach (var follower in followers)
            await follower.Follow(session, @case, told, ct);
    }
}

/// <summary>
/// What cases ask and tell whoever keeps the licences that they deliver: as they stand in a session at an instant. Holders are
/// <see cref="Applicant.Keys"/> where nothing else is said, and kinds codes of licences.
/// </summary>
public interface ILicenceRegister
{
    /// <summary>Somebody's licences of these kinds that are valid, each with the case that delivered it. Holders are <see cref="Applicant.ProvingKeys"/>.</summary>
    Task<ILookup<Guid, DeliveredLicence>> Valid(IQuerySession session, IReadOnlyList<string> holders, IReadOnlyList<string> kinds, DateTimeOffset now, CancellationToken ct);

    /// <summary>The licence of a number that is to be renewed, or, without one, the valid ones of these kinds that these hold, and where none is, the one issued last.</summary>
    Task<IReadOnlyList<RenewableLicence>> Renewable(
        IQuerySession session, string? number, IReadOnlyList<string> holders, IReadOnlyList<string> kinds, DateTimeOffset now, CancellationToken ct);

    /// <summary>The licences of which somebody wants one cancelled: the one of that number, or, without one, all of the kind that these hold and that have not ended.</summary>
    Task<IReadOnlyList<CancellableLicence>> Cancellable(IQuerySession session, string? number, IReadOnlyList<string> holders, string kind, DateTimeOffset now, CancellationToken ct);

    /// <summary>Whether any licence of these kinds that these hold is to be revoked, or where that is asked suspended.</summary>
    Task<bool> IsHeldBack(IQuerySession session, IReadOnlyList<string> holders, IReadOnlyList<string> kinds, bool orSuspended, DateTimeOffset now, CancellationToken ct);

    /// <summary>Whether what a case grants takes the place of a licence that stands.</summary>
    Task<bool> Replaces(IQuerySession session, Case @case, IssuedLicence issued, DateTimeOffset now, CancellationToken ct);

    /// <summary>How many licences of a kind stand.</summary>
    Task<int> Taken(IQuerySession session, string kind, DateTimeOffset now, CancellationToken ct);

    /// <summary>The number that is valid in the place of one by now; itself where no other is.</summary>
    Task<string> NumberNow(IQuerySession session, string number, CancellationToken ct);

    /// <summary>Whether the licence of a number, or the copy that is in its place by now, was revoked or cancelled, so that there is nothing left of it to renew.</summary>
    Task<bool> IsLost(IQuerySession session, string number, CancellationToken ct);

    /// <summary>
    /// Does what follows for licences from what somebody asked of a case, in its transaction: issues what is delivered, strikes what was given back, has it authorise
    /// what it is for, and has it wait for its renewal or no longer wait. What time alone does to a case a licence finds by itself, but for what is renewed by it no more.
    /// </summary>
    /// <param name="before">The case as it was; null where it begins.</param>
    /// <param name="after">The case, the facts included.</param>
    /// <param name="facts">What has happened to it, by everybody's clock.</param>
    Task Follow(IDocumentSession session, Case? before, Case after, IReadOnlyList<CaseFact> facts, CancellationToken ct);
}

/// <summary>What any of some applicants, <see cref="Applicant.Keys"/>, may not have for now, by what they did not keep.</summary>
public delegate Task<Suspended> SuspendedFor(IQuerySession session, IReadOnlyList<string> applicants, DateTimeOffset now, CancellationToken ct);

/// <summary>Records that a clerk wanted to turn an applicant away and was not let (CASE-4), in a transaction of its own; nothing of any other refusal.</summary>
/// <param name="of">The case as it stood.</param>
/// <param name="tried">What they tried.</param>
/// <param name="refused">What they were answered.</param>
/// <param name="body">What was sent, which an idempotency key belongs to.</param>
public delegate Task NoteAttemptedRefusal(Case of, CaseCommand tried, Refusal refused, object? body, CancellationToken ct);

/// <summary>On which days from one on each hall takes nobody in, by its code.</summary>
public delegate Task<ILookup<string, DateOnly>> HallsClosed(IQuerySession session, DateOnly from, CancellationToken ct);
