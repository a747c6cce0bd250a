using Marten;
using OneDoor.Graph;

namespace OneDoor.Catalogue;

/// <summary>The catalogue's facts, read model and routes.</summary>
public static class CatalogueModule
{
    public static void AddCatalogue(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureMarten(marten => marten.AddStream<CatalogueEntry, CatalogueFact>());
        builder.Services.AddSingleton<CurrentCatalogue>();
        builder.Tells<CatalogueEntry, CatalogueFact, PublishedItem>("item", entry => $"/v1/catalogue/items/{entry.Code}", (entry, _, _) => PublishedItem.Of(entry.Versions[^1]));
        builder.Services.AddSingleton(new ContractTag("Catalogue", "The service items one can apply for (政务服务事项). Public."));
        builder.AddGraph(CatalogueGraph.Add);
    }

    public static void MapCatalogue(this IEndpointRouteBuilder v1)
    {
        var catalogue = v1.MapGroup("/catalogue").WithTags("Catalogue");
        catalogue.MapList(ListItems.All, (item, _) => ItemSummary.Of(item), ItemSummary.Of(CatalogueExamples.Establishment), "/items",
            (http, items) => http.RequestServices.GetRequiredService<Etags>().OkForAll(http, items)).Produces(StatusCodes.Status304NotModified);
        catalogue.MapGetItem();
        catalogue.MapGetSummary();
    }
}
