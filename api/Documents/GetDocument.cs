using System.ComponentModel;
using System.Text;
using Marten;
using Microsoft.Net.Http.Headers;
using OneDoor.Cases;
using OneDoor.Platform;

namespace OneDoor.Documents;

/// <summary>GET /v1/cases/{id}/documents/{n}: a document as PDF, drawn when it is asked for, or as JSON.</summary>
public static class GetDocument
{
    private const string Pdf = "application/pdf";

    public static void MapGetDocument(this IEndpointRouteBuilder cases) => cases.MapGet("/{id:guid}/documents/{n:int}", Handle)
        .Needs([.. Scopes.ToReadCases])
        .WithName("getDocument")
        .WithSummary("Read a document of a case, as JSON or, where Accept prefers application/pdf, as PDF")
        .Produces<DocumentView>(StatusCodes.Status200OK, "application/json", Pdf)
        .Shows(request: null, DocumentExamples.Acceptance)
        .Produces(StatusCodes.Status304NotModified)
        .Refuses(400, 404, 422);

    private static async Task<IResult> Handle(
        Guid id, [Description("The document's number within the case, from 1.")] int n, HttpContext http, Caller caller, IQuerySession session, SeenDocuments documents,
        Etags etags, ReadLog reads, DocumentPdf pdf, SigningKeys keys, DocumentOptions options, TimeProvider time, CancellationToken ct)
    {
        if (await session.FindWhole(id, caller.Actor, time.GetUtcNow(), ct) is not { } found)
            return CaseRefusals.NotFound.ToProblem();
        if (await documents.Find(found, n, caller.Actor, ct) is not { } document)
            return DocumentRefusals.NotFound.ToProblem();
        if (!http.Request.Prefers(Pdf, "application/json"))
        {
            reads.Note(caller, http, "case", id);
            return etags.Ok(http, id, found.Version, DocumentView.Of(document));
        }
        if (document.Text is null)
            return DocumentRefusals.Erased.ToProblem();
        // The document's, which never changes; the bytes of two drawings differ.
        var tag = "W/" + etags.Of(id, document.Version, "zh-CN", caller.Actor, Encoding.UTF8.GetBytes(document.Digest));
        if (http.Request.HasAlready(tag))
            return http.Drawn(tag, TypedResults.StatusCode(StatusCodes.Status304NotModified));
        var address = await keys.AddressOf(options.AddressOf(http.Request), document.Number, VerifyDocument.ShortOf(document), validUntil: null, ct);
        if (pdf.Draw(document.Title, document.Number, document.Text, address) is not { } drawn)
            return DocumentRefusals.NotDrawable.ToProblem();
        reads.Note(caller, http, "case", id);
        var name = new ContentDispositionHeaderValue("inline") { FileNameStar = $"{document.Number}.pdf" };
        http.Response.Headers.ContentDisposition = name.ToString();
        return http.Drawn(tag, TypedResults.Bytes(drawn, Pdf));
    }
}
