using Marten;
using OneDoor.Catalogue;

namespace OneDoor.Cases;

/// <summary>Has what is licensed keep what its holders had pledged to hand in and it proves, in the transaction of the grant (MODE-7, LIC-7).</summary>
public sealed class KeptPledges(CurrentCatalogue catalogue, FoundTable found) : ICaseFollower
{
    public async Task Follow(IDocumentSession session, Case @case, IReadOnlyList<CaseFact> facts, CancellationToken ct)
    {
        var delivered = facts.OfType<LicenceDelivered>().Where(fact => !LicenceKind.Of(fact.Licence.Code).Result).ToArray();
        if (delivered.Length == 0)
            return;
        var asking = (await catalogue.Items(ct)).Select(published => published.Item)
            .Where(item => item.Materials.Any(m => m.Deferrable && delivered.Any(fact => fact.Licence.Code == m.ProvedBy))).Select(item => item.Code).ToArray();
        if (asking.Length == 0)
            return;
        foreach (var pledged in await found.CasesOf(@case.HolderKeys, asking, session, ct))
        {
            var after = pledged;
            List<CaseFact> kept = [];
            foreach (var fact in delivered)
            {
                var next = after.KeptWith(pledged.NowAt(fact.At), fact.By!, fact.Licence, fact.Number);
                after = next.Aggregate(after, Case.Evolve);
                kept.AddRange(next);
            }
            // What it proves of itself its own steps find.
            if (kept.Count > 0 && pledged.Id != @case.Id)
                session.Events.Append(pledged.Id, pledged.Version + kept.Count, kept);
        }
    }
}
