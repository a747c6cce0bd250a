using System.ComponentModel;
using OneDoor.Platform;

namespace OneDoor.Catalogue;

/// <summary>An entry of the catalogue with everything published about it.</summary>
/// <param name="Version">The version in force, which a case submitted now is pinned to (CAT-4).</param>
/// <param name="EffectiveFrom">Since when it is in force.</param>
public sealed record ItemView(int Version, DateOnly EffectiveFrom, Item Item);

/// <summary>GET /v1/catalogue/items/{code}.</summary>
public static class GetItem
{
    public static void MapGetItem(this IEndpointRouteBuilder catalogue) => catalogue.MapGet("/items/{code}", Handle)
        .AllowAnonymous()
        .WithName("getItem")
        .WithSummary("Read an item: conditions, materials, procedure, limits, fee")
        .Produces<ItemView>()
        .Shows(request: null, new ItemView(1, CatalogueExamples.Establishment.EffectiveFrom, CatalogueExamples.Establishment.Item))
        .Produces(StatusCodes.Status304NotModified)
        .Refuses(400, 404);

    private static async Task<IResult> Handle([Description("The item's code.")] string code, HttpContext http, CurrentCatalogue catalogue, Etags etags, CancellationToken ct) =>
        await catalogue.Find(code, ct) is { } published
            ? etags.OkForAll(http, new ItemView(published.Version, published.EffectiveFrom, published.Item))
            : CatalogueRefusals.NotFound.ToProblem();
}
