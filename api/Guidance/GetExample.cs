using System.ComponentModel;
using OneDoor.Applicants;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Guidance;

/// <summary>GET /v1/catalogue/items/{code}/example: a whole application to try things with, in the sandbox alone.</summary>
public static class GetExample
{
    /// <summary>The header that names the one department which submits a confidential item.</summary>
    public const string OnlyFrom = "OneDoor-Only-From";

    public static void MapGetExample(this IEndpointRouteBuilder v1) => v1.MapGet("/catalogue/items/{code}/example", Handle)
        .WithTags("Catalogue")
        .AllowAnonymous()
        .WithName("getExample")
        .WithSummary("Get a whole application that works (sandbox)")
        .WithDescription(
            "A body that POST /v1/cases takes as it is from a department's system, complete, and each time by somebody else, who does not exist. "
            + $"A confidential item's is for its department alone, which the header {OnlyFrom} names. In the sandbox only.")
        .Produces<SubmitCase>()
        .WithMetadata(new AnswersHeader(OnlyFrom, "Of a confidential item, the department that submits it."))
        .Shows(request: null, CaseExamples.Request)
        .Refuses(400, 404, 422);

    private static async Task<IResult> Handle(
        [Description("The item's code.")] string code, HttpContext http, CurrentCatalogue catalogue, IHostEnvironment environment, TimeProvider time, Parameters parameters, CancellationToken ct,
        [OneOf<ApplicantKind>, Description("Who applies: of those the item is for, the first when left out.")] string? applicant = null,
        [Description("true: by commitment (告知承诺), which the item has to allow.")] bool commitment = false)
    {
        var kind = parameters.Enum<ApplicantKind>(applicant, "applicant");
        if (parameters.Refused is { } wrong)
            return wrong.ToProblem();
        var (published, refused) = await Find(code, kind, commitment, catalogue, environment, time, ct);
        if (refused is not null)
            return refused.ToProblem();
        http.Response.Headers.CacheControl = "no-store";
        if (published!.Item.Confidential)
            http.Response.Headers[OnlyFrom] = Kebab.Of(published.Item.Department);
        return TypedResults.Ok(Of(published, kind, commitment, time));
    }

    /// <summary>An example of an item that was found.</summary>
    internal static SubmitCase Of(ItemPublished published, ApplicantKind? kind, bool committed, TimeProvider time) =>
        ExampleApplication.Of(published.Item, published.Form, kind ?? published.Item.Applicants[0], Random.Shared, LegalClock.DayOf(time.GetUtcNow()), committed);

    /// <summary>The item, or why there is no example of it.</summary>
    internal static async Task<(ItemPublished? Published, Refusal? Refused)> Find(
        string code, ApplicantKind? kind, bool committed, CurrentCatalogue catalogue, IHostEnvironment environment, TimeProvider time, CancellationToken ct)
    {
        if (!environment.IsDevelopment() || await catalogue.Find(code, ct) is not { Item: var item } published)
            return (null, CatalogueRefusals.NotFound);
        if (item.IsEnded(LegalClock.DayOf(time.GetUtcNow())))
            return (null, CaseRefusals.ItemAbolished with { Detail = item.InsteadOf });
        if (committed && !item.CommitmentEligible)
            return (null, CommitmentRefusals.NotEligible.At("commitment"));
        return kind is { } given && Case.NotOffered(item, given) is { } refused ? (null, refused.At("applicant")) : (published, null);
    }
}
