using System.Text.Json;
using Xunit;

namespace OneDoor.Catalogue;

/// <summary>The zone's catalogue yields the figures the zone publishes about itself, to the digit.</summary>
public sealed class CatalogueSummaryTests
{
    private static readonly IReadOnlyList<Item> Zone = CatalogueData.Zone();
    private static readonly CatalogueSummary Summary = CatalogueSummary.Of(Zone);

    [Fact]
    public void The_catalogue_has_167_items_and_307_leaf_entries()
    {
        Assert.Equal(167, Summary.Items);
        Assert.Equal(307, Summary.LeafEntries);
        Assert.Equal(307, Zone.Select(item => item.Code).Distinct().Count());
    }

    [Fact]
    public void Every_entry_is_handled_in_all_four_halls()
    {
        Assert.Equal(["airport", "haigang", "lingang", "logistics"], Summary.Halls);
        Assert.Equal(307, Summary.HandledInAllHalls);
    }

    [Fact]
    public void The_reform_covers_208_entries_in_four_modes()
    {
        Assert.Equal(5, Summary.ByMode[ReformMode.Abolished]);
        Assert.Equal(4, Summary.ByMode[ReformMode.Filing]);
        Assert.Equal(58, Summary.ByMode[ReformMode.Commitment]);
        Assert.Equal(141, Summary.ByMode[ReformMode.Optimised]);
        Assert.Equal(99, Summary.ByMode[ReformMode.Standard]);
        Assert.Equal(208, Summary.Reformed);
    }

    [Fact]
    public void Twenty_seven_entries_renew_by_commitment() => Assert.Equal(27, Summary.RenewalsByCommitment);

    [Fact]
    public void Powers_come_from_the_free_trade_zone_the_municipality_and_the_zone()
    {
        Assert.Equal(179, Summary.ByOrigin[PowerOrigin.Ftz]);
        Assert.Equal(105, Summary.ByOrigin[PowerOrigin.Municipal]);
        Assert.Equal(23, Summary.ByOrigin[PowerOrigin.Zone]);
    }

    [Fact]
    public void Of_the_free_trade_zone_powers_149_came_at_once_and_30_in_2016_to_2018()
    {
        Assert.Equal([2015, 2016, 2017, 2018], Summary.FtzTakenOverByYear.Keys);
        Assert.Equal(149, Summary.FtzTakenOverByYear[2015]);
        Assert.Equal(30, Summary.FtzTakenOverByYear.Where(year => year.Key > 2015).Sum(year => year.Value));
    }

    [Fact]
    public void Every_municipal_power_was_taken_over_in_2019() =>
        Assert.All(Zone.Where(item => item.Origin is PowerOrigin.Municipal), item => Assert.Equal(2019, item.TakenOverIn));

    [Fact]
    public void Municipal_powers_promise_2_75_days_where_the_law_allows_28()
    {
        Assert.Equal(105, Summary.Municipal!.LeafEntries);
        Assert.Equal(28m, Summary.Municipal.MeanStatutoryDays);
        Assert.Equal(2.75m, Summary.Municipal.MeanPromisedDays);
    }

    [Fact]
    public void Both_definitions_of_faster_are_published_each_with_numerator_and_denominator()
    {
        Assert.Equal(new Quotient(81.9m, 105m), Summary.Municipal!.MeanOfItemReductions);
        Assert.Equal(0.78m, Summary.Municipal.MeanOfItemReductions.Value);
        Assert.Equal(new Quotient(25.25m, 28m), Summary.Municipal.ReductionOfMeans);
    }

    /// <summary>Counts in integers, eighths of a day, so that no division can round.</summary>
    [Fact]
    public void The_municipal_figures_hold_without_any_division()
    {
        var limits = Zone.Where(item => item.Origin is PowerOrigin.Municipal)
            .Select(item => (
                Statutory: decimal.ToInt64(item.StatutoryLimit.InWorkingDays * 8),
                Promised: decimal.ToInt64(item.PromisedLimit.InWorkingDays * 8),
                Whole: decimal.IsInteger(item.StatutoryLimit.InWorkingDays) && decimal.IsInteger(item.PromisedLimit.InWorkingDays * 8)))
            .ToList();
        var denominator = limits.Aggregate(1L, (lcm, limit) => Lcm(lcm, limit.Statutory));
        Assert.All(limits, limit => Assert.True(limit.Whole));
        Assert.Equal(105 * 28 * 8, limits.Sum(limit => limit.Statutory));
        Assert.Equal(105 * 22, limits.Sum(limit => limit.Promised));
        Assert.Equal(
            105 * 78 * denominator,
            100 * limits.Sum(limit => (limit.Statutory - limit.Promised) * (denominator / limit.Statutory)));

        static long Lcm(long a, long b) => a / Gcd(a, b) * b;
        static long Gcd(long a, long b) => b == 0 ? a : Gcd(b, a % b);
    }

    [Fact]
    public void Every_department_answers_for_entries()
    {
        Assert.All(Summary.ByDepartment, department => Assert.True(department.Value > 0, $"{department.Key} has no entry"));
        Assert.Equal(307, Summary.ByDepartment.Values.Sum());
    }

    [Fact]
    public void Entries_are_licences_and_public_services_a_few_internal_approvals_and_others()
    {
        Assert.Equal(251, Summary.ByCategory[Category.AdministrativeLicence]);
        Assert.Equal(51, Summary.ByCategory[Category.PublicService]);
        Assert.Equal(3, Summary.ByCategory[Category.InternalApproval]);
        Assert.Equal(2, Summary.ByCategory[Category.Other]);
    }

    [Fact]
    public void Sixteen_entries_join_several_departments() => Assert.Equal(16, Summary.Joint);

    [Fact]
    public void A_catalogue_without_municipal_powers_states_no_speed_up()
    {
        var summary = CatalogueSummary.Of([.. Zone.Where(item => item.Origin is not PowerOrigin.Municipal)]);
        Assert.Null(summary.Municipal);
        Assert.Equal(0, summary.ByOrigin[PowerOrigin.Municipal]);
    }

    [Fact]
    public void An_empty_catalogue_has_a_summary()
    {
        var summary = CatalogueSummary.Of([]);
        Assert.Equal(0, summary.LeafEntries);
        Assert.Equal(0, summary.ByMode[ReformMode.Abolished]);
    }

    [Fact]
    public void The_summary_is_published_with_kebab_case_names()
    {
        var json = JsonSerializer.SerializeToElement(Summary, PlatformJson.Options);
        Assert.Equal(307, json.GetProperty("leafEntries").GetInt32());
        Assert.Equal(251, json.GetProperty("byCategory").GetProperty("administrative-licence").GetInt32());
        Assert.Equal(0.78m, json.GetProperty("municipal").GetProperty("meanOfItemReductions").GetProperty("value").GetDecimal());
    }
}
