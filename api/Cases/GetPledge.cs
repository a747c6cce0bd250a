using System.ComponentModel;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Platform;

namespace OneDoor.Cases;

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

/// <summary>GET /v1/catalogue/items/{code}/pledge (MODE-7).</summary>
public static class GetPledge
{
    public static void MapGetPledge(this IEndpointRouteBuilder v1) => v1.MapGet("/catalogue/items/{code}/pledge", Handle)
        .WithTags("Catalogue")
        .AllowAnonymous()
        .ReadsOne<PledgeTerms>("getPledge", "Read what is signed to hand in a material later (容缺承诺)", PledgeTerms.Of(CatalogueExamples.Establishment.Item));

    private static async Task<IResult> Handle([Description("The item's code.")] string code, HttpContext http, CurrentCatalogue catalogue, Etags etags, CancellationToken ct) =>
        await catalogue.Shown(code, ct) is { Item: var item } ? etags.OkForAll(http, PledgeTerms.Of(item)) : CatalogueRefusals.NotFound.ToProblem();
}
