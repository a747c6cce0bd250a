using OneDoor.Cases;

namespace OneDoor.Documents;

/// <summary>The documents of a case or a licence that its reader may see.</summary>
public sealed record DocumentList(IReadOnlyList<DocumentView> Items);

/// <summary>What an authority told whoever applies, or holds a licence, in writing (文书): dated, numbered and sealed with the fact that it is about.</summary>
/// <param name="N">Counts the documents of its case or licence from 1.</param>
/// <param name="Number">Its number (文号), which no other document has; <c>/verify/{number}</c> says to anybody whether there is such a document.</param>
/// <param name="Act">What it is about.</param>
/// <param name="Title">What it is called, in Chinese as the document is.</param>
/// <param name="Date">Its date, China Standard Time.</param>
/// <param name="Department">Whose it is.</param>
/// <param name="Authority">The name that department signed with (机关全称), in Chinese, as it is sealed.</param>
/// <param name="TextDigest"><c>sha-256:</c> and the digest of the text in UTF-8, in hexadecimal.</param>
/// <param name="Seal">
/// The electronic seal: a compact JWS (ES256) over number, act, title, the number of the case or licence, version, date, authority and textDigest, which the keys of
/// <c>/.well-known/jwks.json</c> verify.
/// </param>
/// <param name="Text">The whole text, in Chinese; null once the personal data of the case or licence is erased.</param>
public sealed record DocumentView(
    int N, string Number, DocumentAct Act, string Title, DateOnly Date, Department Department, string Authority, string TextDigest, string Seal, string? Text)
{
    public static DocumentView Of(StoredDocument d) =>
        new(d.N, d.Number, d.Act, d.Title, d.Date, d.Department, d.Authority, d.Digest, d.Seal, d.Text);
}

/// <summary>Who sees which documents.</summary>
public sealed class SeenDocuments(DocumentTable table, StoredFacts stored, TimeProvider time)
{
    /// <summary>One document of a case, by its number within it; null where it is not, or not for the viewer.</summary>
    public async Task<StoredDocument?> Find(Case @case, int n, Actor viewer, CancellationToken ct) =>
        (await Of([@case], viewer, ct))[@case.Id].FirstOrDefault(d => d.N == n);

    /// <summary>
    /// Who sees a fact sees its document, but no department another one's: facts are reduced to a department's share (JOINT-3), what was
    /// written to the applicant cannot be. That somebody is barred is no share of anything: it is told whole to whoever sees that they are (BAR-1).
    /// </summary>
    /// <param name="cases">Cases, whole.</param>
    /// <param name="viewer">Who asks.</param>
    public async Task<ILookup<Guid, StoredDocument>> Of(IReadOnlyCollection<Case> cases, Actor viewer, CancellationToken ct)
    {
        var documents = await table.Of([.. cases.Select(c => c.Id)], ct);
        var facts = documents.Count == 0 ? null : await stored.Of<CaseFact>([.. documents.Select(d => d.Key)], ct);
        var now = time.GetUtcNow();
        return cases.Where(c => documents.Contains(c.Id)).SelectMany(c =>
        {
            var seen = c.SeenBy([.. facts![c.Id]], viewer, now).Select(f => f.Version).ToHashSet();
            var whole = c.SeesWhole(viewer, now);
            return documents[c.Id].Where(d => seen.Contains(d.Version) && (whole || d.Department == viewer.Department || d.Act == DocumentAct.Bar));
        }).ToLookup(d => d.Thing);
    }
}
