using Marten;

namespace OneDoor.Cases;

/// <summary>A licence, and the case that delivered it, by whom that was submitted.</summary>
public sealed record HeldLicence(DeliveredLicence Licence, string SubmittedBy, Guid Case);

/// <summary>Finds the licences that make handing in a material unnecessary (JOINT-4).</summary>
public sealed class HeldLicences(ILicenceRegister register)
{
    /// <summary>Valid licences of these kinds that any of some applicants holds.</summary>
    /// <param name="applicants"><see cref="Applicants.Applicant.ProvingKeys"/>.</param>
    /// <param name="viewer">Who has to see the whole of a case for it to be looked into; null for no matter who.</param>
    /// <param name="kinds">Codes of licences.</param>
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
