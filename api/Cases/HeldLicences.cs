using Marten;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>A licence, and the case that delivered it, by whom that was submitted.</summary>
public sealed record HeldLicence(DeliveredLicence Licence, string SubmittedBy, Guid Case);

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
