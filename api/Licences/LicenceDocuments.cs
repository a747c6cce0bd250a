using System.ComponentModel;
using Marten;
using OneDoor.Documents;
using OneDoor.Graph;

namespace OneDoor.Licences;

/// <summary>
/// GET /v1/licences/{number}/documents and /{n}: what was told in writing of a licence (DOC-1). Whoever sees the licence sees all of it, and with its
/// annulment what bars who had it by deceit, though that is of the case that granted it: another department may have decided that (BAR-1).
/// </summary>
public static class LicenceDocuments
{
    /// <summary>What the documentation shows.</summary>
    public static readonly DocumentView Example = DocumentExamples.Of(LicenceExamples.NoticeInWriting);

    public static void MapLicenceDocuments(this IEndpointRouteBuilder licences)
    {
        licences.MapGet("/{number}/documents", List)
            .Needs(Scopes.LicencesRead)
            .ReadsOne<DocumentList>("listDocumentsOfLicence", "List what authorities told a licence's holder in writing (文书)", new DocumentList([Example]));
        licences.MapGet("/{number}/documents/{n:int}", Read)
            .Needs(Scopes.LicencesRead)
            .ReadsDocument("getDocumentOfLicence", "Read a document of a licence, as PDF or, where Accept prefers application/json, as JSON", Example);
    }

    /// <summary>The documents of licences, each of which is named by its id, the version until which they are wanted, and the case that granted it.</summary>
    public static async Task<IReadOnlyDictionary<(Guid Licence, int Version, Guid Case), IReadOnlyList<StoredDocument>>> OfLicences(
        this DocumentTable table, IReadOnlyList<(Guid Licence, int Version, Guid Case)> licences, CancellationToken ct)
    {
        var documents = await table.Of([.. licences.SelectMany(l => new[] { l.Licence, l.Case }).Distinct()], ct);
        return licences.ToDictionary(l => l, l => (IReadOnlyList<StoredDocument>)[.. documents[l.Licence].Where(d => d.Version <= l.Version)
            .SelectMany(d => d.Act == DocumentAct.Annulment ? documents[l.Case].Where(bar => bar.Act == DocumentAct.Bar && (bar.Date, bar.Department) == (d.Date, d.Department)).Prepend(d) : [d]).Select((d, index) => d with { N = index + 1 })]);
    }

    private static async Task<IReadOnlyList<StoredDocument>> Of(this DocumentTable table, Licence licence, CancellationToken ct) =>
        (await table.OfLicences([(licence.Id, licence.Version, licence.Case)], ct)).Values.Single();

    /// <summary>A document of a licence, by its number within it, for whoever sees the licence; null where either is not.</summary>
    public static async Task<(Licence? Licence, StoredDocument? Document)> Find(this DocumentTable table, IQuerySession session, string number, int n, Actor viewer, DateTimeOffset now, CancellationToken ct) =>
        await Seen(session, number, viewer, now, ct) is { } licence ? (licence, (await table.Of(licence, ct)).FirstOrDefault(d => d.N == n)) : default;

    private static async Task<IResult> List(
        string number, HttpContext http, Caller caller, IQuerySession session, DocumentTable table, Etags etags, ReadLog reads, TimeProvider time, CancellationToken ct)
    {
        if (await Seen(session, number, caller.Actor, time.GetUtcNow(), ct) is not { } licence)
            return LicenceRefusals.NotFound.ToProblem();
        reads.Note(caller, http, "licence", licence.Id);
        return etags.Ok(http, licence.Id, licence.Version, new DocumentList([.. (await table.Of(licence, ct)).Select(DocumentView.Of)]));
    }

    private static async Task<IResult> Read(
        string number, [Description("The document's number within the licence, from 1.")] int n, HttpContext http, Caller caller, IQuerySession session, DocumentTable table,
        DocumentAnswers answers, TimeProvider time, CancellationToken ct) =>
        await table.Find(session, number, n, caller.Actor, time.GetUtcNow(), ct) is ({ } licence, var document)
            ? await answers.Answer(http, ("licence", licence.Id, licence.Version), document, ct) : LicenceRefusals.NotFound.ToProblem();

    private static async Task<Licence?> Seen(IQuerySession session, string number, Actor viewer, DateTimeOffset now, CancellationToken ct) =>
        (await session.LoadAsync<Licence>(Licence.IdOf(number), ct))?.SeenBy(viewer, now);
}

/// <summary>The documents of many licences, each seen already, loaded by one query for all of them.</summary>
public sealed class LicenceDocumentBatches(DocumentTable table)
{
    public GraphBatch<(Guid Licence, int Version, Guid Case), IReadOnlyList<StoredDocument>> Documents { get; } = new(table.OfLicences);
}
