using System.Text.Json;
using Marten;
using Marten.Linq.MatchesSql;

namespace OneDoor.Cases;

/// <summary>A licence and who submitted the case that delivered it.</summary>
public sealed record HeldLicence(DeliveredLicence Licence, string SubmittedBy);

/// <summary>Finds the licences that make handing in a material unnecessary (JOINT-4).</summary>
public static class HeldLicences
{
    /// <summary>What the rule needs to know of the applicant's licences besides; asks the store only where one would prove something.</summary>
    /// <param name="session">Where to look.</param>
    /// <param name="asked">What it knows already.</param>
    /// <param name="command">What someone asks.</param>
    /// <param name="state">The case so far; null before it is submitted.</param>
    /// <param name="ct">Cancels the request.</param>
    public static async Task<CaseAsking> Informed(this IQuerySession session, CaseAsking asked, CaseCommand command, Case? state, CancellationToken ct)
    {
        string[] kinds = [.. Case.Provable(state, command, asked.Item?.Item).Select(m => m.ProvedBy!).Distinct()];
        if (kinds.Length == 0)
            return asked;
        // Who submits is told no more than a preview tells. The department that answers may not ask for what any licence proves.
        var held = state is null
            ? await session.LicencesHeld(asked.Applicant!.ProvingKeys, asked.By, kinds, asked.Now, ct)
            : await session.LicencesHeld(state.Applicant.ProvingKeys, viewer: null, kinds, asked.Now, ct);
        return asked with
        {
            Held = [.. held.Select(h => h.Licence)],
            KnownToSubmitter = [.. held.Where(h => state is null || h.SubmittedBy == state.SubmittedBy).Select(h => h.Licence.Number)],
        };
    }

    /// <summary>Licences of these kinds that cases delivered to any of some applicants.</summary>
    /// <param name="session">Where to look.</param>
    /// <param name="applicants"><see cref="Applicants.Applicant.ProvingKeys"/>.</param>
    /// <param name="viewer">Who has to see the whole of a case for it to be looked into; null for no matter who.</param>
    /// <param name="kinds">Codes of licences.</param>
    /// <param name="now">When.</param>
    /// <param name="ct">Cancels the request.</param>
    public static async Task<IReadOnlyList<HeldLicence>> LicencesHeld(
        this IQuerySession session, IReadOnlyList<string> applicants, Actor? viewer, IReadOnlyList<string> kinds, DateTimeOffset now, CancellationToken ct)
    {
        object[] keys = [applicants.SelectMany(applicant => kinds.Select(kind => JsonSerializer.Serialize(new[] { Case.LicenceKey(applicant, kind) }))).ToArray()];
        var delivered = await session.Query<Case>().Where(c => c.MatchesSql("d.data -> 'licenceKeys' @> any(?::jsonb[])", keys)).ToListAsync(ct);
        // SIGHT-1: what proves something elsewhere has ceased to be confidential.
        return [.. delivered.Where(c => !c.Plan.Confidential && (viewer is null || c.SeesWhole(viewer, now))).SelectMany(c => c.Licences.Where(l => kinds.Contains(l.Licence.Code)).Select(l => new HeldLicence(l, c.SubmittedBy)))];
    }
}
