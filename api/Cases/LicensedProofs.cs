using Marten;
using OneDoor.Catalogue;

namespace OneDoor.Cases;

/// <summary>Tells other cases of its holders what a licence proves or proves no more, in the transaction of its grant or of its end.</summary>
public sealed class LicensedProofs(CurrentCatalogue catalogue, FoundTable found) : ICaseFollower
{
    /// <summary>What is licensed keeps what its holders had pledged to hand in (MODE-7, LIC-7).</summary>
    public async Task Follow(IDocumentSession session, Case @case, IReadOnlyList<CaseFact> facts, CancellationToken ct)
    {
        var delivered = facts.OfType<LicenceDelivered>().Where(fact => !LicenceKind.Of(fact.Licence.Code).Result).ToArray();
        if (delivered.Length == 0)
            return;
        string[] asking =
        [
            .. (await catalogue.Items(ct)).Select(published => published.Item)
                .Where(item => item.Materials.Any(m => m.Deferrable && delivered.Any(fact => fact.Licence.Code == m.ProvedBy))).Select(item => item.Code),
        ];
        // What it proves of itself its own steps find.
        foreach (var pledged in asking.Length == 0 ? [] : (await found.CasesOf(@case.HolderKeys, asking, session, ct)).Where(other => other.Id != @case.Id))
            foreach (var fact in delivered)
                Append(session, pledged, state => state.KeptWith(state.NowAt(fact.At), fact.By!, fact.Licence, fact.Number));
    }

    /// <summary>What has ended proves nothing that is not accepted yet, be it accepted by the law alone (JOINT-4, CASE-2).</summary>
    /// <param name="session">The transaction of the end.</param>
    /// <param name="holders">Whose licence it was.</param>
    /// <param name="numbers">Its number, and those of what it is in the place of.</param>
    /// <param name="at">When.</param>
    /// <param name="by">Who ended it; null when the clock did.</param>
    public async Task Ended(IDocumentSession session, IReadOnlyList<string> holders, IReadOnlyCollection<string> numbers, DateTimeOffset at, Actor? by, CancellationToken ct)
    {
        foreach (var proved in await found.UnansweredOf(holders, session, ct))
            Append(session, proved, state => state.LostProof(state.NowAt(at), by, numbers));
    }

    // The same transaction may have told it something already.
    private static void Append(IDocumentSession session, Case @case, Func<Case, IReadOnlyList<CaseFact>> told)
    {
        CaseFact[] before = [.. session.PendingChanges.Streams().Where(stream => stream.Id == @case.Id).SelectMany(stream => stream.Events).Select(e => (CaseFact)e.Data)];
        if (told(before.Aggregate(@case, Case.Evolve)) is { Count: > 0 } facts)
            session.Events.Append(@case.Id, @case.Version + before.Length + facts.Count, facts);
    }
}
