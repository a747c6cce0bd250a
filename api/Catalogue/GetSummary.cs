using OneDoor.Platform;

namespace OneDoor.Catalogue;

/// <summary>GET /v1/catalogue/summary: the figures of the catalogue in force.</summary>
public static class GetSummary
{
    public static void MapGetSummary(this IEndpointRouteBuilder catalogue) => catalogue.MapGet("/summary", Handle)
        .AllowAnonymous()
        .WithName("getCatalogueSummary")
        .WithSummary("Read the catalogue's figures")
        .Produces<CatalogueSummary>()
        .Shows(request: null, CatalogueSummary.Of(CatalogueData.Zone()))
        .Produces(StatusCodes.Status304NotModified)
        .Refuses(400);

    private static async Task<IResult> Handle(HttpContext http, CurrentCatalogue catalogue, Etags etags, CancellationToken ct) =>
        etags.OkForAll(http, CatalogueSummary.Of([.. (await catalogue.Items(ct)).Select(p => p.Item)]));
}
