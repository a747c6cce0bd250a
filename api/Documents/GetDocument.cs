using System.ComponentModel;
using System.Net.Mime;
using System.Text;
using Marten;
using Microsoft.Net.Http.Headers;
using OneDoor.Cases;

namespace OneDoor.Documents;

/// <summary>GET /v1/cases/{id}/documents/{n}: a document as PDF, drawn when it is asked for, or as JSON where Accept prefers that.</summary>
public static class GetDocument
{
    public static void MapGetDocument(this IEndpointRouteBuilder cases) => cases.MapGet("/{id:guid}/documents/{n:int}", Handle)
        .Needs([.. Scopes.ToReadCases])
        .ReadsDocument("getDocument", "Read a document of a case, as PDF or, where Accept prefers application/json, as JSON", DocumentExamples.Acceptance);

    /// <summary>Declares a route that answers with a document.</summary>
    public static RouteHandlerBuilder ReadsDocument(this RouteHandlerBuilder route, string name, string summary, DocumentView example) => route
        .WithName(name)
        .WithSummary(summary)
        .Produces<DocumentView>(StatusCodes.Status200OK, "application/json", DocumentAnswers.Pdf)
        .Shows(request: null, example)
        .Produces(StatusCodes.Status304NotModified)
        .Refuses(400, 404, 422);

    private static async Task<IResult> Handle(
        Guid id, [Description("The document's number within the case, from 1.")] int n, HttpContext http, Caller caller, IQuerySession session, SeenDocuments documents,
        DocumentAnswers answers, TimeProvider time, CancellationToken ct)
    {
        if (await session.FindWhole(id, caller.Actor, time.GetUtcNow(), ct) is not { } found)
            return CaseRefusals.NotFound.ToProblem();
        return await answers.Answer(http, ("case", id, found.Version), await documents.Find(found, n, caller.Actor, ct), ct);
    }
}

/// <summary>Answers with a document that its reader may see.</summary>
public sealed class DocumentAnswers(Caller caller, Etags etags, ReadLog reads, DocumentPdf pdf, Drawers drawers, SigningKeys keys, PublicAddress platform)
{
    public const string Pdf = "application/pdf";

    /// <summary>The document as JSON, or drawn; or why not.</summary>
    /// <param name="of">What the log of reads calls the thing that it is of, that thing's id and version.</param>
    /// <param name="document">Null where there is none for the reader.</param>
    public async Task<IResult> Answer(HttpContext http, (string Thing, Guid Id, int Version) of, StoredDocument? document, CancellationToken ct)
    {
        if (document is null)
            return DocumentRefusals.NotFound.ToProblem();
        if (http.Prefers(MediaTypeNames.Application.Json, Pdf))
        {
            reads.Note(caller, http, of.Thing, of.Id);
            return etags.Ok(http, of.Id, of.Version, DocumentView.Of(document));
        }
        if (document.Text is null)
            return DocumentRefusals.Erased.ToProblem();
        // The document's, which never changes; the bytes of two drawings differ.
        var tag = "W/" + etags.Of(of.Id, document.Version, "zh-CN", caller.Actor, Encoding.UTF8.GetBytes(document.Digest));
        if (http.Request.HasAlready(tag))
            return http.Drawn(tag, TypedResults.StatusCode(StatusCodes.Status304NotModified));
        using var place = drawers.Take(caller.Actor);
        if (place is null)
            return Drawers.Refuse(http);
        var address = await keys.AddressOf(platform.For(http.Request), document.Number, VerifyDocument.ShortOf(document), validUntil: null, ct);
        if (await pdf.Draw(document.Title, document.Number, document.Text, address, ct) is not { } drawn)
            return DocumentRefusals.NotDrawable.ToProblem();
        reads.Note(caller, http, of.Thing, of.Id);
        var name = new ContentDispositionHeaderValue("inline") { FileNameStar = $"{document.Number}.pdf" };
        http.Response.Headers.ContentDisposition = name.ToString();
        return http.Drawn(tag, TypedResults.Bytes(drawn, Pdf));
    }
}
