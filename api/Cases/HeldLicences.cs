using Marten;
using OneDoor.Catalogue;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>A licence, and the case that delivered it, by whom that was submitted.</summary>
public sealed record HeldLicence(DeliveredLicence Licence, string SubmittedBy, Guid Case);

/// <summary>What cases ask and tell whoever keeps the licences that they deliver.</summary>
public interface ILicenceRegister
{
    /// <summary>Somebody's licences of these kinds that are valid at an instant, each with the case that delivered it.</summary>
    /// <param name="session">Where to look.</param>
    /// <param name="holders"><see cref="Applicants.Applicant.ProvingKeys"/>.</param>
    /// <param name="kinds">Codes of licences.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancels the request.</param>
    Task<ILookup<Guid, DeliveredLicence>> Valid(IQuerySession session, IReadOnlyList<string> holders, IReadOnlyList<string> kinds, DateTimeOffset now, CancellationToken ct);

    /// <summary>Makes licences of what is delivered, in the transaction of the grant.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="case">The case, the facts included.</param>
    /// <param name="delivered">What its grant delivers, by everybody's clock.</param>
    /// <param name="ct">Cancels the request.</param>
    Task Issue(IDocumentSession session, Case @case, IEnumerable<LicenceDelivered> delivered, CancellationToken ct);

    /// <summary>The licence that is to be renewed; null where there is none.</summary>
    /// <param name="session">Where to look.</param>
    /// <param name="number">Its number; null for the only valid one of these kinds that these hold.</param>
    /// <param name="holders"><see cref="Applicants.Applicant.Keys"/>.</param>
    /// <param name="kinds">Codes of licences.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancels the request.</param>
    Task<RenewableLicence?> Renewable(
        IQuerySession session, string? number, IReadOnlyList<string> holders, IReadOnlyList<string> kinds, DateTimeOffset now, CancellationToken ct);

    /// <summary>Whether any licence of these kinds that these hold is to be revoked, or where that is asked suspended.</summary>
    /// <param name="session">Where to look.</param>
    /// <param name="holders"><see cref="Applicants.Applicant.Keys"/>.</param>
    /// <param name="kinds">Codes of licences.</param>
    /// <param name="orSuspended">A suspended one counts, too.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancels the request.</param>
    Task<bool> IsHeldBack(IQuerySession session, IReadOnlyList<string> holders, IReadOnlyList<string> kinds, bool orSuspended, DateTimeOffset now, CancellationToken ct);

    /// <summary>Whether what a case grants takes the place of a licence that stands.</summary>
    /// <param name="session">Where to look.</param>
    /// <param name="case">The case.</param>
    /// <param name="issued">What it grants.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancels the request.</param>
    Task<bool> Replaces(IQuerySession session, Case @case, IssuedLicence issued, DateTimeOffset now, CancellationToken ct);

    /// <summary>How many licences of a kind stand.</summary>
    /// <param name="session">Where to look.</param>
    /// <param name="kind">Code of the kind.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancels the request.</param>
    Task<int> Taken(IQuerySession session, string kind, DateTimeOffset now, CancellationToken ct);

    /// <summary>Whether a licence was revoked or cancelled, so that there is nothing left of it to renew.</summary>
    /// <param name="session">Where to look.</param>
    /// <param name="number">Its number, or that of one in whose place a copy is by now.</param>
    /// <param name="ct">Cancels the request.</param>
    Task<bool> IsLost(IQuerySession session, string number, CancellationToken ct);

    /// <summary>Has a licence wait for the renewal that a case asks for, or no longer wait, in the transaction of what made it so (LIC-5).</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="before">The case as it was; null where it begins.</param>
    /// <param name="after">The case, the facts included.</param>
    /// <param name="last">The last of them, by everybody's clock.</param>
    /// <param name="ct">Cancels the request.</param>
    Task Renewing(IDocumentSession session, Case? before, Case after, CaseFact last, CancellationToken ct);

    /// <summary>The licences of which somebody wants one cancelled: the one of that number, or all of the kind that these hold and that have not ended.</summary>
    /// <param name="session">Where to look.</param>
    /// <param name="number">Its number; null for those of the kind.</param>
    /// <param name="holders"><see cref="Applicants.Applicant.Keys"/>.</param>
    /// <param name="kind">Code of the kind.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancels the request.</param>
    Task<IReadOnlyList<CancellableLicence>> Cancellable(IQuerySession session, string? number, IReadOnlyList<string> holders, string kind, DateTimeOffset now, CancellationToken ct);

    /// <summary>Strikes from the register what its holder gave back, in the transaction of the grant (注销).</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="number">Its number.</param>
    /// <param name="grant">The fact that grants it, by everybody's clock.</param>
    /// <param name="case">Id of the case.</param>
    /// <param name="ct">Cancels the request.</param>
    Task Cancel(IDocumentSession session, string number, StepGranted grant, Guid @case, CancellationToken ct);

    /// <summary>Has what a case delivered authorise what it is for, in the transaction of the fulfilment.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="case">The case.</param>
    /// <param name="fulfilled">That what was committed to is met, by everybody's clock.</param>
    /// <param name="ct">Cancels the request.</param>
    Task Open(IDocumentSession session, Case @case, CommitmentFulfilled fulfilled, CancellationToken ct);
}

/// <summary>Finds the licences that make handing in a material unnecessary (JOINT-4).</summary>
public sealed class HeldLicences(ILicenceRegister register)
{
    /// <summary>What the rule needs to know of the applicant's licences besides; asks the store only where one would prove something.</summary>
    /// <param name="session">Where to look.</param>
    /// <param name="asked">What it knows already.</param>
    /// <param name="command">What someone asks.</param>
    /// <param name="state">The case so far; null before it is submitted.</param>
    /// <param name="ct">Cancels the request.</param>
    public async Task<CaseAsking> Informed(IQuerySession session, CaseAsking asked, CaseCommand command, Case? state, CancellationToken ct)
    {
        string[] kinds = [.. Case.Provable(state, command, asked.Item?.Item).Select(m => m.ProvedBy!).Distinct()];
        if (kinds.Length == 0)
            return asked;
        // Who submits is told no more than a preview tells. The department that answers may not ask for what any licence proves.
        var held = state is null
            ? await Of(session, asked.Applicant!.ProvingKeys, asked.By, kinds, asked.Now, ct)
            : await Of(session, state.Applicant.ProvingKeys, viewer: null, kinds, asked.Now, ct);
        return asked with
        {
            Held = [.. held.Select(h => h.Licence)],
            KnownToSubmitter = [.. held.Where(h => state is null || h.SubmittedBy == state.SubmittedBy).Select(h => h.Licence.Number)],
        };
    }

    /// <summary>Valid licences of these kinds that any of some applicants holds.</summary>
    /// <param name="session">Where to look.</param>
    /// <param name="applicants"><see cref="Applicants.Applicant.ProvingKeys"/>.</param>
    /// <param name="viewer">Who has to see the whole of a case for it to be looked into; null for no matter who.</param>
    /// <param name="kinds">Codes of licences.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancels the request.</param>
    public async Task<IReadOnlyList<HeldLicence>> Of(
        IQuerySession session, IReadOnlyList<string> applicants, Actor? viewer, IReadOnlyList<string> kinds, DateTimeOffset now, CancellationToken ct)
    {
        var valid = await register.Valid(session, applicants, kinds, now, ct);
        if (valid.Count == 0)
            return [];
        var cases = await session.LoadManyAsync<Case>(ct, [.. valid.Select(v => v.Key)]);
        // SIGHT-1: what proves something elsewhere has ceased to be confidential.
        return [.. cases.Where(c => !c.Plan.Confidential && (viewer is null || c.SeesWhole(viewer, now))).SelectMany(c => valid[c.Id].Select(l => new HeldLicence(l, c.SubmittedBy, c.Id)))];
    }
}

/// <summary>Grants, suspensions and notices of revocation, one after the other.</summary>
public static class GrantsAndRevocations
{
    /// <summary>Until the transaction ends nobody else tells these holders that a licence of theirs is to be revoked, suspends one, or grants them one.</summary>
    public static Task AloneAboutRevocations(this IDocumentSession session, IEnumerable<string> holders, CancellationToken ct) => session.Alone(ct, holders.Select(holder => $"revocations of {holder}"));
}
