using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Aggregation;
using OneDoor.Graph;
using OneDoor.Platform;

namespace OneDoor.Catalogue;

/// <summary>The catalogue's facts, read model and routes.</summary>
public static class CatalogueModule
{
    public static void AddCatalogue(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureMarten(marten =>
        {
            marten.Events.MapEventType<ItemPublished>("item_published");
            marten.Projections.Add<CatalogueStream>(ProjectionLifecycle.Inline);
        });
        builder.Services.AddSingleton<CurrentCatalogue>();
        builder.AddGraph(CatalogueGraph.Add);
    }

    public static void MapCatalogue(this IEndpointRouteBuilder v1)
    {
        var catalogue = v1.MapGroup("/catalogue").WithTags("Catalogue");
        catalogue.MapListItems();
        catalogue.MapGetItem();
        catalogue.MapGetSummary();
    }
}

/// <summary>Binds <see cref="CatalogueEntry.Evolve"/> to the store.</summary>
public sealed class CatalogueStream : SingleStreamProjection<CatalogueEntry, Guid>
{
    // Else every fact of a case would have the store look for a catalogue entry of that id.
    public CatalogueStream() => IncludeType<ItemPublished>();

    public override CatalogueEntry? Evolve(CatalogueEntry? snapshot, Guid id, IEvent e) =>
        e.Data is CatalogueFact fact ? CatalogueEntry.Evolve(snapshot, fact) : snapshot;
}
