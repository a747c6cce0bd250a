using System.ComponentModel;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>What an applicant signs to be granted an item at once, in place of an examination (告知承诺).</summary>
/// <param name="Item">The item's code.</param>
/// <param name="Version">The item's version that it follows from.</param>
/// <param name="Kind">Whether the conditions are met, or to be met by a day that is named with the signature.</param>
/// <param name="Terms">The text that is signed: basis, conditions, materials, how it is looked into, what follows where it is not true, publication.</param>
/// <param name="Digest">The text's digest, which a commitment names.</param>
/// <param name="MeetWithin">How long after signing the conditions have to be met at the latest; null where they are met.</param>
/// <param name="InspectWithin">How long after the decision it is looked into at the latest.</param>
/// <param name="Covers">Codes of the materials that it stands in for.</param>
public sealed record CommitmentTerms(
    string Item, int Version, CommitmentKind Kind, Text Terms, string Digest, Limit? MeetWithin, Limit InspectWithin, IReadOnlyList<string> Covers)
{
    /// <summary>What is signed for a published item, or why nothing is.</summary>
    public static (CommitmentTerms? Terms, Refusal? Refused) Of(ItemPublished? published) => published switch
    {
        null => (null, CatalogueRefusals.NotFound),
        { Item.Commitment: null } => (null, CommitmentRefusals.NotEligible),
        { Item: { Commitment: { } rule } item } when SignedTexts.CommitmentTo(item) is var signed =>
            (new(item.Code, published.Version, rule.Kind, signed.Text, signed.Digest, rule.MeetWithin, rule.InspectWithin, rule.Covers ?? []), null),
        _ => throw new ArgumentException("It is none of these.", nameof(published)),
    };
}

/// <summary>GET /v1/catalogue/items/{code}/commitment (MODE-2).</summary>
public static class GetCommitment
{
    public static void MapGetCommitment(this IEndpointRouteBuilder v1) => v1.MapGet("/catalogue/items/{code}/commitment", Handle)
        .WithTags("Catalogue")
        .AllowAnonymous()
        .WithName("getCommitment")
        .WithSummary("Read what is signed to be granted an item by commitment (告知承诺)")
        .Produces<CommitmentTerms>()
        .Shows(request: null, CommitmentTerms.Of(CaseExamples.Committed).Terms!)
        .Produces(StatusCodes.Status304NotModified)
        .Refuses(400, 404, 422);

    private static async Task<IResult> Handle([Description("The item's code.")] string code, HttpContext http, CurrentCatalogue catalogue, Etags etags, CancellationToken ct)
    {
        var (terms, refused) = CommitmentTerms.Of(await catalogue.Shown(code, ct));
        return refused is not null ? refused.ToProblem() : etags.OkForAll(http, terms!);
    }
}
