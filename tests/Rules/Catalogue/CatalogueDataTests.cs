using System.Text;
using System.Text.Json;
using OneDoor.Clock;
using Xunit;

namespace OneDoor.Catalogue;

public sealed class CatalogueDataTests
{
    private static readonly IReadOnlyList<Item> Zone = CatalogueData.Zone();

    [Fact]
    public void The_zones_catalogue_breaks_no_rule() => Assert.Empty(CatalogueRules.Check(Zone));

    [Fact]
    public void Neither_did_it_in_June_2020() => Assert.Empty(CatalogueRules.Check(CatalogueData.June2020()));

    [Fact]
    public void The_zones_catalogue_is_read_once() => Assert.Same(CatalogueData.Zone(), CatalogueData.Zone());

    [Fact]
    public void Both_editions_have_the_same_entries_and_say_which_law_they_describe()
    {
        Assert.Equal(Zone.Select(item => item.Code), CatalogueData.June2020().Select(item => item.Code));
        Assert.All(Zone, item => Assert.Equal("today", item.Edition));
        Assert.All(CatalogueData.June2020(), item => Assert.Equal("2020-06", item.Edition));
    }

    [Fact]
    public void No_two_entries_have_the_same_name()
    {
        Assert.Equal(Zone.Count, Zone.Select(item => item.Name.Zh).Distinct().Count());
        Assert.Equal(Zone.Count, Zone.Select(item => item.Name.En).Distinct().Count());
    }

    [Fact]
    public void Every_entry_says_what_it_rests_on_when_it_is_accepted_and_what_in_it_is_a_sample() => Assert.All(Zone, item =>
    {
        Assert.NotEmpty(item.LegalBasis);
        Assert.NotEmpty(item.Sample);
        if (item.IsEnded(DateOnly.MaxValue))
            return;
        Assert.NotEmpty(item.Conditions);
        Assert.NotEmpty(item.Materials);
    });

    [Fact]
    public void Every_entry_is_in_the_file_of_its_department()
    {
        foreach (var entries in Zone.GroupBy(item => item.Department))
        {
            using var file = typeof(Item).Assembly.GetManifestResourceStream($"items-{Kebab.Of(entries.Key)}.json");
            Assert.Equal(entries.Select(item => item.Code), CatalogueData.Parse(file!).Select(item => item.Code));
        }
    }

    [Fact]
    public void Entries_decided_on_the_spot_are_promised_in_hall_hours() => Assert.All(Zone, item =>
        Assert.Equal(item.Handling is HandlingType.Immediate, item.PromisedLimit!.Unit is LimitUnit.HallHours));

    /// <summary>MODE-1, MODE-2: nothing is examined before a filing or a commitment takes effect.</summary>
    [Fact]
    public void Filings_and_commitments_are_decided_on_the_spot() =>
        Assert.All(
            Zone.Where(item => item.Act is Act.Filing || item.Mode is ReformMode.Filing or ReformMode.Commitment),
            item => Assert.Equal(HandlingType.Immediate, item.Handling));

    /// <summary>JOINT-1: licence first, then the rest side by side; three hall hours, no fee.</summary>
    [Fact]
    public void Business_establishment_takes_three_hall_hours_and_costs_nothing()
    {
        var item = Zone.Single(item => item.Code == "ESTABLISHMENT");
        Assert.Equal(0, item.FeeYuan);
        Assert.Equal(Limit.HallHours(3), item.PromisedLimit);
        Assert.Equal(Department.MarketRegulation, item.Department);
        Assert.Equal(3 / 8m, CriticalPath.Of(item.Procedure).WorkingDays);
        Assert.Equal(
            [
                ("licence", Department.MarketRegulation), ("seals", Department.PublicSecurity), ("invoices", Department.Tax),
                ("social-security-registration", Department.SocialSecurity), ("medical-insurance-registration", Department.MedicalInsurance),
                ("housing-fund-registration", Department.HousingFund), ("bank-appointment", Department.ServiceOffice),
            ],
            item.Procedure.Steps.Select(step => (step.Code, step.Department)));
        Assert.All(item.Procedure.Steps.Skip(1), step => Assert.Equal(["licence"], step.After));
    }

    /// <summary>JOINT-2: 1, 6, 10 and 1 working days, 18 in all.</summary>
    [Fact]
    public void The_investment_project_takes_at_most_eighteen_working_days()
    {
        var item = Zone.Single(item => item.Code == "INVESTMENT-PROJECT");
        var path = CriticalPath.Of(item.Procedure);
        Assert.Equal(Limit.WorkingDays(18), item.PromisedLimit);
        Assert.Equal(18, path.WorkingDays);
        Assert.Equal(["filing", "planning-permit", "drawing-review", "construction-permit"], path.Critical);
        Assert.Equal([1m, 6m, 10m, 1m], path.Critical.Select(code => item.Procedure.Steps.Single(step => step.Code == code).Limit.Value));
    }

    /// <summary>KIOSK-1: no money out, no identity document, no licence that somebody has to look at the place for.</summary>
    [Fact]
    public void A_kiosk_decides_the_renewal_of_labour_dispatch_and_little_else_alone() => Assert.Equal(
        ["HRSS-002-01", "HRSS-002-02", "HRSS-004", "OFFC-013-03", "OFFC-013-04", "SAMR-007", "TAX-004-01", "TAX-004-02"],
        Zone.Where(item => item.Unattended).Select(item => item.Code).Order(StringComparer.Ordinal));

    [Fact]
    public void A_changed_file_reads_back_as_it_was_written()
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(Zone, PlatformJson.Options);
        var again = CatalogueData.Parse(new MemoryStream(json), "changed.json");
        Assert.Equal(json, JsonSerializer.SerializeToUtf8Bytes(again, PlatformJson.Options));
        Assert.Equal(409, CatalogueData.Parse([0xEF, 0xBB, 0xBF, .. json]).Count);
    }

    [Theory]
    [InlineData("{", "changed.json: not valid JSON in line 1. Expected depth to be zero at the end of the JSON payload. There is an open JSON object or array that should be closed.")]
    [InlineData("[]\n []", "changed.json: not valid JSON in line 2. '[' is invalid after a single JSON value. Expected end of data.")]
    [InlineData("{}", "changed.json: the file is a JSON array of items, not an object.")]
    [InlineData("[7]", "changed.json: item 1 is 7, not an object.")]
    [InlineData("""[{"code":"\ud800"}]""", "changed.json: item 1: a name or a text is not valid Unicode.")]
    public void A_file_that_is_no_catalogue_is_named_with_the_item_at_fault(string json, string message)
    {
        var fault = Assert.Throws<InvalidDataException>(() => CatalogueData.Parse(Encoding.UTF8.GetBytes(json), "changed.json"));
        Assert.Equal(message, fault.Message);
    }

    [Theory]
    [InlineData("\"feeYuan\":0", "\"feeEuro\":0", "/feeEuro: no such member; there are code, name, parent, ")]
    [InlineData("\"feeYuan\":0", "\"feeYuan\":0,\"feeYuan\":1", "/feeYuan: named twice.")]
    [InlineData("\"feeYuan\":0", "\"feeYuan\":\"0\"", "/feeYuan: \"0\" stands where a number belongs.")]
    [InlineData("\"appointmentNeeded\":false", "\"appointmentNeeded\":0", "/appointmentNeeded: 0 stands where true or false belongs.")]
    [InlineData("\"takenOverIn\":null", "\"takenOverIn\":20.5", "/takenOverIn: 20.5 stands where a whole number belongs.")]
    [InlineData("\"halls\":[\"airport\"", "\"halls\":[null", "/halls/1: null stands where a text belongs.")]
    [InlineData("\"channels\":[\"online\"", "\"channels\":[\"web\"", "/channels/1: \"web\" stands where one of online, window, kiosk, mobile, agency belongs.")]
    [InlineData("\"unit\":\"working-days\"}", "\"unit\":\"days\"}", "promisedLimit/unit: \"days\" stands where one of working-days, calendar-days, hall-hours, hours belongs.")]
    [InlineData("\"procedure\":{", "\"procedure\":[],\"steps\":{", "/procedure: a list stands where an object belongs.")]
    [InlineData("\"halls\":[", "\"hall\":[", "/halls: missing.")]
    public void What_cannot_be_read_is_said_by_member_and_in_words(string right, string wrong, string said)
    {
        var item = Zone.First(item => item.TakenOverIn is null && item.FeeYuan == 0 && item.PromisedLimit!.Unit == LimitUnit.WorkingDays);
        var json = JsonSerializer.Serialize<Item[]>([item], PlatformJson.Options);
        Assert.Contains(right, json, StringComparison.Ordinal);

        var fault = Assert.Throws<InvalidDataException>(() => CatalogueData.Parse(Encoding.UTF8.GetBytes(json.Replace(right, wrong, StringComparison.Ordinal)), "mine.json"));

        var line = Assert.Single(fault.Message.Split('\n'), line => line.Contains(said, StringComparison.Ordinal));
        Assert.StartsWith($"mine.json: item 1 ({item.Code})/", line, StringComparison.Ordinal);
        Assert.DoesNotContain("OneDoor", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("System", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var fault = Assert.Throws<InvalidDataException>(() =>
            CatalogueData.Parse(Encoding.UTF8.GetBytes("""[{"code":"A-1","category":"x","parent":{"code":1}},{"code":"A-2","halls":[1,2]},3]"""), "mine.json"));

        var lines = fault.Message.Split('\n');
        Assert.Contains("mine.json: item 1 (A-1)/parent/code: 1 stands where a text belongs.", lines);
        Assert.Contains("mine.json: item 1 (A-1)/parent/name: missing.", lines);
        Assert.Contains("mine.json: item 1 (A-1)/name: missing.", lines);
        Assert.Contains("mine.json: item 2 (A-2)/halls/2: 2 stands where a text belongs.", lines);
        Assert.Contains("mine.json: item 3 is 3, not an object.", lines);
    }
}
