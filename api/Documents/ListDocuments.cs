using System.ComponentModel;
using Marten;
using OneDoor.Cases;
using OneDoor.Platform;

namespace OneDoor.Documents;

/// <summary>Why a document is not shown.</summary>
public static class DocumentRefusals
{
    public static readonly Refusal NotFound = new("document.not-found", 404,
        new("文书不存在", "There is no such document"),
        new("不存在，或不对您开放。", "It does not exist, or not for you."));
}

/// <summary>GET /v1/cases/{id}/documents and /v1/cases/{id}/documents/{n} (DOC-1).</summary>
public static class ListDocuments
{
    public static void MapListDocuments(this IEndpointRouteBuilder cases) => cases.MapGet("/{id:guid}/documents", List)
        .Needs(Scopes.CasesRead)
        .WithName("listDocuments")
        .WithSummary("List what authorities told the applicant of a case in writing (文书)")
        .Produces<DocumentList>()
        .Shows(request: null, new DocumentList([DocumentExamples.Acceptance]))
        .Produces(StatusCodes.Status304NotModified)
        .Refuses(400, 404);

    public static void MapGetDocument(this IEndpointRouteBuilder cases) => cases.MapGet("/{id:guid}/documents/{n:int}", Get)
        .Needs(Scopes.CasesRead)
        .WithName("getDocument")
        .WithSummary("Read a document of a case")
        .Produces<DocumentView>()
        .Shows(request: null, DocumentExamples.Acceptance)
        .Produces(StatusCodes.Status304NotModified)
        .Refuses(400, 404);

    private static async Task<IResult> List(
        Guid id, HttpContext http, Caller caller, IQuerySession session, SeenDocuments documents, Etags etags, ReadLog reads, CancellationToken ct)
    {
        if (await session.FindWhole(id, caller.Actor, ct) is not { } found)
            return CaseRefusals.NotFound.ToProblem();
        reads.Note(caller, http, id);
        return etags.Ok(http, id, found.Version, new DocumentList([.. (await documents.Of([found], caller.Actor, ct))[id].Select(DocumentView.Of)]));
    }

    private static async Task<IResult> Get(
        Guid id, [Description("The document's number within the case, from 1.")] int n, HttpContext http, Caller caller, IQuerySession session, SeenDocuments documents, Etags etags, ReadLog reads,
        CancellationToken ct)
    {
        if (await session.FindWhole(id, caller.Actor, ct) is not { } found)
            return CaseRefusals.NotFound.ToProblem();
        if ((await documents.Of([found], caller.Actor, ct))[id].FirstOrDefault(d => d.N == n) is not { } document)
            return DocumentRefusals.NotFound.ToProblem();
        reads.Note(caller, http, id);
        return etags.Ok(http, id, found.Version, DocumentView.Of(document));
    }
}
