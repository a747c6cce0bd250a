using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Forms;

namespace OneDoor.Guidance;

/// <summary>What the documentation shows of what comes before an application: that of the establishment in <see cref="CaseExamples"/>.</summary>
public static class GuidanceExamples
{
    public static readonly PreviewItemRequest PreviewRequest = new(CaseExamples.Applicant, ["registration-application", "identity-proof"], "airport");

    public static readonly ItemPreview Preview = ItemPreview.Of(CatalogueExamples.Establishment, PreviewRequest.Materials!, [], LegalClock.Zone, "airport", CatalogueExamples.Now);

    /// <summary>The first fields of the establishment's form, for the whole of it would fill pages.</summary>
    public static Form PartOfForm { get; } = CatalogueExamples.Establishment.Form! with
    {
        Fields = [.. CatalogueExamples.Establishment.Form!.Fields.Where(field => field is { Type: FieldType.Text or FieldType.Choice or FieldType.Money or FieldType.Boolean, When: [] }).Take(3)],
        Checks = [],
    };
}
