using System.ComponentModel;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Guidance;

/// <summary>What an applicant signs to hand in a material later (容缺承诺), and for which materials of an item.</summary>
/// <param name="Terms">The text that is signed.</param>
/// <param name="Digest">The text's digest, which a pledge names.</param>
/// <param name="Deferrable">The item's materials that may follow.</param>
/// <param name="SupplyWithin">How long after signing the day pledged may be at most.</param>
public sealed record PledgeTerms(Text Terms, string Digest, IReadOnlyList<DeferrableMaterial> Deferrable, Limit SupplyWithin)
{
    public static PledgeTerms Of(Item item) => new(
        SignedTexts.Pledge.Text, SignedTexts.Pledge.Digest, [.. item.Materials.Where(m => m.Deferrable).Select(m => new DeferrableMaterial(m.Code, m.Name))],
        Limit.WorkingDays(Case.DeferAtMost));
}

/// <summary>A material that may follow after acceptance.</summary>
/// <param name="Code">The item's code for it.</param>
/// <param name="Name">What it is.</param>
public sealed record DeferrableMaterial(string Code, Text Name);

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

/// <summary>GET of what is signed: with every application (APP-4), to hand in a material later (MODE-7), and to be granted by commitment (MODE-2).</summary>
public static class GetSignedTexts
{
    public static void MapGetSignedTexts(this IEndpointRouteBuilder v1)
    {
        v1.MapGet("/declaration", (HttpContext http, Etags etags) => etags.OkForAll(http, SignedTexts.Declaration))
            .WithTags("Cases")
            .AllowAnonymous()
            .Reads<SignedText>("getDeclaration", "Read the declaration of truth that every application is signed with (真实性声明)", SignedTexts.Declaration);
        v1.MapGet("/catalogue/items/{code}/pledge", Pledge)
            .WithTags("Catalogue")
            .AllowAnonymous()
            .ReadsOne<PledgeTerms>("getPledge", "Read what is signed to hand in a material later (容缺承诺)", PledgeTerms.Of(CatalogueExamples.Establishment.Item));
        v1.MapGet("/catalogue/items/{code}/commitment", Commitment)
            .WithTags("Catalogue")
            .AllowAnonymous()
            .ReadsOne<CommitmentTerms>("getCommitment", "Read what is signed to be granted an item by commitment (告知承诺)", CommitmentTerms.Of(CaseExamples.Committed).Terms!)
            .Refuses(422);
    }

    private static async Task<IResult> Pledge([Description("The item's code.")] string code, HttpContext http, CurrentCatalogue catalogue, Etags etags, CancellationToken ct) =>
        await catalogue.Shown(code, ct) is { Item: var item } ? etags.OkForAll(http, PledgeTerms.Of(item)) : CatalogueRefusals.NotFound.ToProblem();

    private static async Task<IResult> Commitment([Description("The item's code.")] string code, HttpContext http, CurrentCatalogue catalogue, Etags etags, CancellationToken ct)
    {
        var (terms, refused) = CommitmentTerms.Of(await catalogue.Shown(code, ct));
        return refused is not null ? refused.ToProblem() : etags.OkForAll(http, terms!);
    }
}
