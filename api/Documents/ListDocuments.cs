using OneDoor.Cases;

namespace OneDoor.Documents;

/// <summary>Why a document is not shown.</summary>
public static class DocumentRefusals
{
    public static readonly Refusal NotFound = new("document.not-found", 404,
        new("文书不存在", "There is no such document"),
        new("不存在，或不对您开放。", "It does not exist, or not for you."));

    public static readonly Refusal Erased = new("document.erased", 404,
        new("文书内容已删除", "The document's text is erased"),
        new("个人信息已删除，仅保留文号、摘要和印章。", "Personal data was erased; number, digest and seal remain."));

    public static readonly Refusal NotDrawable = new("document.not-drawable", 422,
        new("文书含有字库没有的字", "The document holds a character that no font here can draw"),
        new("请以 Accept: application/json 读取文本；运行方可安装更多字体。", "Read its text with Accept: application/json; the operator may install more fonts."));
}

/// <summary>GET /v1/cases/{id}/documents (DOC-1).</summary>
public static class ListDocuments
{
    public static void MapListDocuments(this IEndpointRouteBuilder cases) => cases.MapPart(
        "documents", "listDocuments", "List what authorities told the applicant of a case in writing (文书)", new DocumentList([DocumentExamples.Acceptance]),
        async (whole, _, to) => new DocumentList([.. (await to.Services.GetRequiredService<SeenDocuments>().Of([whole], to.Viewer, to.Cancelled))[whole.Id].Select(DocumentView.Of)]));
}
