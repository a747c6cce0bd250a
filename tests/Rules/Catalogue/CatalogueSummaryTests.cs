using System.Text.Json;
using OneDoor.Clock;
using OneDoor.Statistics;
using Xunit;

namespace OneDoor.Catalogue;

/// <summary>Both editions of the zone's catalogue yield the figures the zone publishes about itself, to the digit.</summary>
public sealed class CatalogueSummaryTests
{
    private static readonly CatalogueSummary Summary = CatalogueSummary.Of(CatalogueData.Zone());

    public static TheoryData<string> Editions => [CatalogueData.June2020Edition, CatalogueData.TodaysEdition];

    private static IReadOnlyList<Item> Items(string edition) => edition == CatalogueData.June2020Edition ? CatalogueData.June2020() : CatalogueData.Zone();

    private static CatalogueSummary Of(string edition) => CatalogueSummary.Of(Items(edition));

    [Theory]
    [MemberData(nameof(Editions))]
    public void The_office_took_over_167_items_with_307_leaf_entries_and_agencies_bring_theirs_besides(string edition)
    {
        Assert.Equal(167, Of(edition).Items);
        Assert.Equal(307, Of(edition).LeafEntries);
        Assert.Equal(102, Of(edition).AgencyEntries);
        Assert.Equal(409, Items(edition).Select(item => item.Code).Distinct().Count());
    }

    /// <summary>HALL-3: 全区通办 is of what the office took over; an agency handles where it sits.</summary>
    [Theory]
    [MemberData(nameof(Editions))]
    public void The_offices_entries_are_handled_in_all_four_halls_and_an_agencys_in_the_airport_hall(string edition)
    {
        Assert.Equal(["airport", "haigang", "lingang", "logistics"], Of(edition).Halls);
        Assert.Equal(307, Of(edition).HandledInAllHalls);
        Assert.All(Items(edition).Where(item => item.Register is Register.Agency), item => Assert.Equal(["airport"], item.Halls));
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void The_reform_covers_208_entries_in_four_modes(string edition)
    {
        var summary = Of(edition);
        Assert.Equal(5, summary.ByMode[ReformMode.Abolished]);
        Assert.Equal(4, summary.ByMode[ReformMode.Filing]);
        Assert.Equal(58, summary.ByMode[ReformMode.Commitment]);
        Assert.Equal(141, summary.ByMode[ReformMode.Optimised]);
        Assert.Equal(99, summary.ByMode[ReformMode.Standard]);
        Assert.Equal(208, summary.Reformed);
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void Twenty_seven_entries_renew_by_commitment(string edition) => Assert.Equal(27, Of(edition).RenewalsByCommitment);

    [Theory]
    [MemberData(nameof(Editions))]
    public void Powers_come_from_the_free_trade_zone_the_municipality_and_the_zone(string edition)
    {
        Assert.Equal(179, Of(edition).ByOrigin[PowerOrigin.Ftz]);
        Assert.Equal(105, Of(edition).ByOrigin[PowerOrigin.Municipal]);
        Assert.Equal(23, Of(edition).ByOrigin[PowerOrigin.Zone]);
        Assert.Equal(0, Of(edition).ByOrigin[PowerOrigin.Agency]);
    }

    /// <summary>Nobody hands over what is a central agency's or no licence: the powers are the office's administrative licences.</summary>
    [Theory]
    [MemberData(nameof(Editions))]
    public void What_was_taken_over_are_administrative_licences_that_the_office_decides_and_another_department_supervises(string edition)
    {
        Item[] taken = [.. Items(edition).Where(item => item.Origin is PowerOrigin.Ftz or PowerOrigin.Municipal)];
        Assert.All(taken, item => Assert.Equal(
            (Register.Office, Category.AdministrativeLicence, Department.ServiceOffice), (item.Register, item.Category, item.DecidedBy)));
        Assert.True(taken.Count(item => item.SupervisedBy != item.DecidedBy) > 270);
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void Of_the_free_trade_zone_powers_149_came_at_once_and_30_in_2016_to_2018(string edition)
    {
        Assert.Equal([2015, 2016, 2017, 2018], Of(edition).FtzTakenOverByYear.Keys);
        Assert.Equal(149, Of(edition).FtzTakenOverByYear[2015]);
        Assert.Equal(30, Of(edition).FtzTakenOverByYear.Where(year => year.Key > 2015).Sum(year => year.Value));
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void Every_municipal_power_was_taken_over_in_2019(string edition) =>
        Assert.All(Items(edition).Where(item => item.Origin is PowerOrigin.Municipal), item => Assert.Equal(2019, item.TakenOverIn));

    [Theory]
    [MemberData(nameof(Editions))]
    public void Municipal_powers_promise_2_75_days_where_the_law_allows_28(string edition)
    {
        Assert.Equal(105, Of(edition).Municipal!.LeafEntries);
        Assert.Equal(28m, Of(edition).Municipal!.MeanStatutoryDays);
        Assert.Equal(2.75m, Of(edition).Municipal!.MeanPromisedDays);
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void Both_definitions_of_faster_are_published_each_with_numerator_and_denominator(string edition)
    {
        var municipal = Of(edition).Municipal!;
        Assert.Equal(new Quotient(81.9m, 105m), municipal.MeanOfItemReductions);
        Assert.Equal(0.78m, municipal.MeanOfItemReductions.Value);
        Assert.Equal(new Quotient(25.25m, 28m), municipal.ReductionOfMeans);
    }

    /// <summary>Counts in integers, fortieths of a day as published, so that no division can round.</summary>
    [Theory]
    [MemberData(nameof(Editions))]
    public void The_municipal_figures_hold_without_any_division(string edition)
    {
        var limits = Items(edition).Where(item => item.Origin is PowerOrigin.Municipal)
            .Select(item => (Statutory: Fortieths(item.StatutoryLimit!), Promised: Fortieths(item.PromisedLimit!)))
            .ToList();
        var denominator = limits.Aggregate(1L, (lcm, limit) => Lcm(lcm, limit.Statutory));
        Assert.Equal(105 * 28 * 40, limits.Sum(limit => limit.Statutory));
        Assert.Equal(105 * 110, limits.Sum(limit => limit.Promised));
        Assert.Equal(
            105 * 78 * denominator,
            100 * limits.Sum(limit => (limit.Statutory - limit.Promised) * (denominator / limit.Statutory)));

        static long Fortieths(Limit limit) => decimal.ToInt64(limit.Value) * limit.Unit switch
        {
            LimitUnit.WorkingDays => 56,
            LimitUnit.CalendarDays => 40,
            LimitUnit.HallHours => 7,
            _ => throw new ArgumentOutOfRangeException(nameof(limit)),
        };

        static long Lcm(long a, long b) => a / Gcd(a, b) * b;
        static long Gcd(long a, long b) => b == 0 ? a : Gcd(b, a % b);
    }

    [Fact]
    public void Every_department_with_a_window_answers_for_entries()
    {
        Assert.All(Enum.GetValues<Department>().TakeWhile(d => d != Department.Health), d => Assert.True(Summary.ByDepartment[d] > 0, $"{d} has no entry"));
        Assert.Equal(409, Summary.ByDepartment.Values.Sum());
    }

    [Fact]
    public void Entries_are_licences_and_public_services_a_few_internal_approvals_and_others()
    {
        Assert.Equal(290, Summary.ByCategory[Category.AdministrativeLicence]);
        Assert.Equal(13, Summary.ByCategory[Category.PublicService]);
        Assert.Equal(3, Summary.ByCategory[Category.InternalApproval]);
        Assert.Equal(1, Summary.ByCategory[Category.Other]);
    }

    [Fact]
    public void Fourteen_entries_join_several_departments() => Assert.Equal(14, Summary.Joint);

    [Fact]
    public void A_catalogue_without_municipal_powers_states_no_speed_up()
    {
        var summary = CatalogueSummary.Of([.. CatalogueData.Zone().Where(item => item.Origin is not PowerOrigin.Municipal)]);
        Assert.Null(summary.Municipal);
        Assert.Equal(0, summary.ByOrigin[PowerOrigin.Municipal]);
    }

    /// <summary>B19: what has ended needs no limits, and there is nothing to be faster than.</summary>
    [Fact]
    public void The_means_are_of_the_entries_that_have_limits()
    {
        Item[] all = [.. CatalogueData.Zone()];
        var (first, whole) = (Array.FindIndex(all, item => item.Origin is PowerOrigin.Municipal), CatalogueSummary.Of(all).Municipal!);
        var (statutory, promised) = (all[first].StatutoryLimit!.InWorkingDays * 7 / 5, all[first].PromisedLimit!.InWorkingDays * 7 / 5);
        all[first] = (all[first] with { EndedOn = new(2026, 7, 1), InsteadOf = all[first].Name }).ReadOn(new(2026, 7, 1));

        var municipal = CatalogueSummary.Of(all).Municipal!;

        Assert.Equal((105, 104m), (municipal.LeafEntries, municipal.MeanOfItemReductions.Denominator));
        Assert.Equal((105 * whole.MeanStatutoryDays - statutory) / 104, municipal.MeanStatutoryDays, 9);
        Assert.Equal((105 * whole.MeanPromisedDays - promised) / 104, municipal.MeanPromisedDays, 9);
        Assert.Equal(81.9m - (1 - promised / statutory), municipal.MeanOfItemReductions.Numerator, 5);
        Assert.Equal(104m, PublishedFigures.Of(all, []).Figures.Single(figure => figure.Id == "municipal-statutory-days").Denominator);
        Assert.Null(CatalogueSummary.Of([all[first]]).Municipal);
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
        Assert.Equal(290, json.GetProperty("byCategory").GetProperty("administrative-licence").GetInt32());
        Assert.Equal(0.78m, json.GetProperty("municipal").GetProperty("meanOfItemReductions").GetProperty("value").GetDecimal());
    }

    /// <summary>What <c>catalogue --check</c> tells whoever keeps the catalogue.</summary>
    [Theory]
    [MemberData(nameof(Editions))]
    public void The_figures_are_told_in_lines_with_what_is_a_sample(string edition)
    {
        string[] lines = [.. CatalogueFigures.Lines(Items(edition))];

        Assert.Equal($"edition {edition}", lines[0]);
        Assert.Equal("  register  office 307 (167 items), agency 102", lines[1]);
        Assert.Equal("  mode      standard 99, abolished 5, filing 4, commitment 58, optimised 141", lines[3]);
        Assert.Equal("  municipal 105 entries, mean statutory 28 and promised 2.75 days as published; faster by 78.0 % (mean of the entries' own) or 90.2 % (of the means)", lines[5]);
        Assert.Contains($" legalBasis {Items(edition).Count(item => item.Sample.Contains("legalBasis"))}", lines[6], StringComparison.Ordinal);
        Assert.Contains($" of {Items(edition).Count(item => !item.IsEnded(DateOnly.MaxValue))} entries, ", lines[7], StringComparison.Ordinal);
        Assert.Contains(" of them samples, for ", lines[7], StringComparison.Ordinal);
    }
}
