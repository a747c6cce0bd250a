using Xunit;

namespace OneDoor.Catalogue;

/// <summary>The versions of an item, and who publishes the next one (CAT-4).</summary>
public sealed class PublishedVersions
{
    private static readonly DateOnly Today = new(2026, 3, 9);
    private static readonly DateTimeOffset Now = new(2026, 3, 9, 10, 0, 0, TimeSpan.FromHours(8));
    private static readonly Item Item = CatalogueData.Zone()[0];

    [Theory] // CAT-4
    [InlineData(0, false, false)]
    [InlineData(1, false, true)]
    [InlineData(0, true, true)]
    [InlineData(-30, true, true)]
    public void A_release_sets_back_neither_what_an_operator_published_nor_what_is_still_to_come(int inForceIn, bool byOperator, bool isLeft)
    {
        var entry = Published(null, Item, Today.AddDays(-60), byOperator: false);
        Assert.False(entry.IsLeftByReleases(Today));
        Assert.Equal(isLeft, Published(entry, Item with { FeeYuan = 7 }, Today.AddDays(inForceIn), byOperator).IsLeftByReleases(Today));
    }

    private static CatalogueEntry Published(CatalogueEntry? before, Item item, DateOnly from, bool byOperator) =>
        CatalogueEntry.Publish(before, item, null, from, Now, byOperator).Facts.Aggregate(before, CatalogueEntry.Evolve)!;
}
