using OneDoor.Cases;
using OneDoor.Catalogue;

namespace OneDoor.Documents;

/// <summary>What the documentation shows of documents.</summary>
public static class DocumentExamples
{
    public static readonly DocumentView Acceptance = Of(CaseExamples.Acceptance);

    private static DocumentView Of((Case Case, CaseFact Fact) told) => Of(Draft.Of(told.Case, CatalogueExamples.Establishment.Item, told.Fact)!);

    /// <summary>A draft as it is when it has a number and a seal.</summary>
    public static DocumentView Of(Draft draft)
    {
        var number = draft.Act.Number(draft.Authority, draft.On.Year, 42);
        var text = draft.Text(number, "7K2M-9QRT-4XWD-H6PB-C3NA");
        return new(
            1, number, draft.Act, draft.Title, draft.On, draft.Authority, DepartmentDirectory.Zone.Of(draft.Authority).OfficialName.Zh, Sha256Digest.Of(text),
            "eyJhbGciOiJFUzI1NiIsImtpZCI6…", text);
    }
}
