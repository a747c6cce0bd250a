using Xunit;

namespace OneDoor.Catalogue;

/// <summary>437 of 597 municipal powers were taken over in 2019, 105 of them by the service office.</summary>
public sealed class MunicipalPowerTests
{
    [Fact]
    public void Of_597_powers_offered_437_were_taken_over_which_are_73_2_percent()
    {
        var published = CatalogueSummary.Of(CatalogueData.Zone()).Municipal!.TakenOver;
        Assert.Equal(new Quotient(437, 597), published);
        Assert.Equal(0.732m, decimal.Round(published.Value, 3));
        Assert.Equal(597, MunicipalPower.All.Select(power => power.Name.Zh).Distinct().Count());
    }

    [Fact]
    public void The_service_offices_105_are_the_entries_of_municipal_origin_by_name_and_all_others_are_samples()
    {
        var entries = CatalogueData.Zone().Where(item => item.Origin is PowerOrigin.Municipal).ToDictionary(item => item.Code, item => item.Name);
        MunicipalPower[] linked = [.. MunicipalPower.All.Where(power => power.Item is not null)];
        Assert.Equal(entries.Keys.Order(StringComparer.Ordinal), linked.Select(power => power.Item!).Order(StringComparer.Ordinal));
        Assert.All(linked, power => Assert.Equal((entries[power.Item!], Department.ServiceOffice, true), (power.Name, power.Department, power.TakenOver)));
        Assert.All(MunicipalPower.All.Where(power => power.Item is null), power => Assert.True(power.Sample));
    }

    /// <summary>What the state holds in its own hands it delegates to no zone.</summary>
    [Fact]
    public void Nobody_was_offered_the_powers_of_central_agencies() => Assert.DoesNotContain(
        MunicipalPower.All, power => power.Department is Department.Customs or Department.Tax or Department.PublicSecurity or Department.StateSecurity);
}
