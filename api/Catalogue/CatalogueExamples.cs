namespace OneDoor.Catalogue;

/// <summary>What the documentation shows of the catalogue: the zone's own data, through the platform's own rules.</summary>
public static class CatalogueExamples
{
    /// <summary>企业开办, the business establishment.</summary>
    public static readonly ItemPublished Establishment = Published("ESTABLISHMENT");

    /// <summary>不动产转移登记, the transfer of real estate, which parties apply for jointly.</summary>
    public static readonly ItemPublished Transfer = Published("PLAN-007-02");

    /// <summary>A Monday morning, when the halls are open.</summary>
    public static DateTimeOffset Now => new(2026, 11, 23, 9, 30, 0, TimeSpan.FromHours(8));

    private static ItemPublished Published(string code)
    {
        var item = CatalogueData.Zone().First(item => item.Code == code);
        return new(Now, 2, new DateOnly(2026, 1, 1), item, CatalogueData.FormOf(item, CatalogueData.Forms()));
    }
}
