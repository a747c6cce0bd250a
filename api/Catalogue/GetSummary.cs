namespace OneDoor.Catalogue;

/// <summary>GET /v1/catalogue/summary: the figures of the catalogue in force.</summary>
public static class GetSummary
{
    public static void MapGetSummary(this IEndpointRouteBuilder catalogue) => catalogue.MapGet("/summary", async (HttpContext http, CurrentCatalogue items, Etags etags, CancellationToken ct) =>
            etags.OkForAll(http, CatalogueSummary.Of([.. (await items.Items(ct)).Select(p => p.Item)])))
        .AllowAnonymous()
        .Reads<CatalogueSummary>("getCatalogueSummary", "Read the catalogue's figures", CatalogueSummary.Of(CatalogueData.Zone()));
}
