namespace OneDoor.Catalogue;

/// <summary>What the documentation shows of the catalogue: the zone's own data, through the platform's own rules.</summary>
public static class CatalogueExamples
{
    /// <summary>企业开办, the business establishment.</summary>
    public static readonly ItemPublished Establishment = new(
        Now, 2, new DateOnly(2026, 1, 1), CatalogueData.Zone().First(item => item.Code == "ESTABLISHMENT"));

    /// <summary>A Monday morning, when the halls are open.</summary>
    public static DateTimeOffset Now => new(2026, 11, 23, 9, 30, 0, TimeSpan.FromHours(8));
}
