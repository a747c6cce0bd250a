using System.Text.Json;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Forms;
using Xunit;

namespace OneDoor.Cases;

/// <summary>What the sandbox gives as an example of an application contradicts itself nowhere, whatever the item and whoever applies.</summary>
public sealed class ExampleApplications
{
    private static readonly DateOnly Today = China.Day("2026-07-01");

    private static readonly string[] Founded = ["shareholders", "partners"], Dealing = ["transferors", "transferees"], Numbers = ["idNumber", "citizenId", "uscc"];

    private static IEnumerable<(string Which, Form Form, SubmitCase Example)> All =>
        from item in CatalogueData.Zone()
        let form = CatalogueData.FormOf(item, CatalogueData.Forms())
        where form is not null
        from kind in item.Applicants
        select ($"{item.Code} {Kebab.Of(kind)}", form, ExampleApplication.Of(item, form, kind, new Random(7), Today));

    [Fact]
    public void No_text_in_it_is_empty() => Assert.Empty(
        from one in All
        from text in Within(Json(one.Example))
        where text.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(text.GetString())
        select one.Which);

    [Fact]
    public void What_the_form_asks_for_agrees_with_itself() => Assert.Empty(
        from one in All
        from refused in FormAnswer.Refusals(one.Form, one.Example.Form!.Value, Today)
        select $"{one.Which} {refused.Fields[0].Pointer}");

    [Fact]
    public void Whoever_is_named_has_one_number_throughout() => Assert.Empty(
        from one in All
        from named in Who(Json(new { one.Example.Applicant, one.Example.Form })).Distinct().CountBy(who => who.Name)
        where named.Value > 1
        select $"{one.Which} {named.Key}");

    [Fact]
    public void Nobody_is_in_two_rows_of_a_list() => Assert.Empty(
        from one in All
        from list in one.Example.Form!.Value.EnumerateObject()
        where list.Value.ValueKind == JsonValueKind.Array && Who(list.Value).ToArray() is var people && people.Distinct().Count() < people.Length
        select $"{one.Which} {list.Name}");

    [Fact] // APP-1, APP-2
    public void Founders_are_who_holds_shares_and_parties_are_who_deals_and_a_worker_is_in_the_form()
    {
        var members = All.SelectMany(one => one.Example.Form!.Value.EnumerateObject(), (one, member) => (one, member)).ToArray();

        Assert.All(members.Where(stated => Founded.Contains(stated.member.Name)), stated => Assert.Equal(
            stated.one.Example.Applicant!.Founders!.Select(founder => (founder.Name, founder.Identified.Number)), Who(stated.member.Value)));
        Assert.All(members.Where(stated => Dealing.Contains(stated.member.Name)).GroupBy(stated => stated.one.Example), dealing => Assert.Subset(
            dealing.SelectMany(stated => Who(stated.member.Value)).ToHashSet(), dealing.Key.Applicant!.Everybody.Select(party => (party.Name, party.Identified.Number)).ToHashSet()));
        Assert.All(
            All.Where(one => one.Example.Applicant!.Worker is not null && one.Form.Fields.Any(field => field.Name == Form.Worker || field.Fields.Any(part => part.Name == Form.Worker))),
            one => Assert.Contains((one.Example.Applicant!.Worker!.Name, one.Example.Applicant.Worker.CitizenId!), Who(one.Example.Form!.Value)));
    }

    [Fact] // APP-1
    public void What_is_founded_is_called_as_the_form_proposes()
    {
        var (_, form, example) = All.Single(one => one.Which == "ESTABLISHMENT founders");
        var (name, parts) = (example.Form!.Value.GetProperty("name"), form.Fields.Single(field => field.Name == "name").Fields);

        Assert.Equal(example.Applicant!.Subject!.Name, string.Concat(parts.Select(part =>
            part.Choices.FirstOrDefault(choice => choice.Code == name.GetProperty(part.Name).GetString())?.Name.Zh ?? name.GetProperty(part.Name).GetString())));
    }

    [Theory] // CAT-7: a form of several items is filled in for the one
    [InlineData("CUST-001-01", "broker")]
    [InlineData("CUST-001-02", "consignee")]
    [InlineData("OFFC-025-02", "wholesale")]
    [InlineData("HRSS-009-02", "lost")]
    public void It_applies_for_the_item_that_it_is_of(string item, string kind) =>
        Assert.Equal(kind, All.First(one => one.Which.StartsWith(item, StringComparison.Ordinal)).Example.Form!.Value.GetProperty("kind").GetString());

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value, PlatformJson.Options);

    private static IEnumerable<JsonElement> Within(JsonElement whole) => whole.ValueKind switch
    {
        JsonValueKind.Object => whole.EnumerateObject().SelectMany(member => Within(member.Value)).Prepend(whole),
        JsonValueKind.Array => whole.EnumerateArray().SelectMany(Within),
        _ => [whole],
    };

    private static IEnumerable<(string Name, string Number)> Who(JsonElement whole) =>
        from one in Within(whole)
        where one.ValueKind == JsonValueKind.Object && one.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
        from number in Numbers
        where one.TryGetProperty(number, out var given) && given.ValueKind == JsonValueKind.String
        select (one.GetProperty("name").GetString()!, one.GetProperty(number).GetString()!);
}
