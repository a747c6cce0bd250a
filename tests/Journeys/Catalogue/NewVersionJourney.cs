using System.Text.Json;
using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Catalogue;

/// <summary>The catalogue changes; running cases stay on the version they were submitted under (CAT-4).</summary>
public sealed class NewVersionJourney(RunningPlatform platform)
{
    private const string Item = "HRSS-006", Another = "HRSS-010";
    private const Department Lead = Department.SocialSecurity;

    [Fact]
    public async Task A_changed_item_becomes_a_new_version_and_a_running_case_stays_on_its_own()
    {
        var running = await CaseJourney.Submitted(platform, Item);
        await Publish(Item, Limit.WorkingDays(7), platform.Now.AddDays(3));

        var before = await Current();
        Assert.Equal(2, before.GetProperty("version").GetInt32());
        // The one to come is announced, and can be read.
        Assert.Equal([1, 2, 3], before.List("versions").Select(v => v.GetProperty("version").GetInt32()));
        Assert.Equal(7, Promise(await Read("?version=3")));
        Assert.Equal(7, Promise(await Read($"?asOf={Uri.EscapeDataString(Instant.Format(platform.Now.AddDays(4)))}")));
        var earlier = $"?asOf={Uri.EscapeDataString(Instant.Format(platform.Now))}";
        platform.Pass(TimeSpan.FromDays(3));
        Assert.Equal(3, (await Current()).GetProperty("version").GetInt32());
        var submitted = await CaseJourney.Submitted(platform, Item);
        (await running.Accept(Lead)).Must(200);

        Assert.Equal((3, 7), VersionAndPromise(submitted.Receipt.Json));
        Assert.Equal((2, 15), VersionAndPromise(await running.Now()));
        // A case leads to the version it is pinned to.
        Assert.Equal(15, Promise((await platform.Anybody.Get((await running.Now()).GetProperty("item").Text("href"))).Must(200).Json));
        Assert.Equal(15, Promise(await Read(earlier)));
        await running.Grant((Lead, "decision"));
        Assert.Equal("granted", await running.Status());
    }

    [Fact]
    public async Task A_version_that_is_not_there_is_not_found_and_one_question_is_asked_at_a_time()
    {
        var item = $"/v1/catalogue/items/{Another}";
        (await platform.Anybody.Get($"{item}?version=99")).Refuses(404, "catalogue.version-not-found");
        (await platform.Anybody.Get($"{item}?asOf=1999-01-01T00:00:00Z")).Refuses(404, "catalogue.version-not-found");
        (await platform.Anybody.Get("/v1/catalogue/items/NOTHING?version=1")).Refuses(404, "catalogue.item-not-found");
        (await platform.Anybody.Get($"{item}?version=1&asOf=2026-01-01T00:00:00Z")).Refuses(400, "request.parameter-invalid");

        var asked = await platform.Anybody.Ask($"{{ first: item(code: \"{Another}\", version: 1) {{ version applicants versions {{ version }} }} none: item(code: \"{Another}\", version: 99) {{ code }} }}");
        Assert.Equal((1, JsonValueKind.Null), (asked.GetProperty("first").GetProperty("version").GetInt32(), asked.GetProperty("none").ValueKind));
        Assert.Equal(["LEGAL_ENTITY", "PERSON"], asked.GetProperty("first").List("applicants").Select(a => a.GetString()));
    }

    [Fact]
    public async Task A_process_reads_a_case_of_a_version_it_has_not_heard_of()
    {
        await using var other = platform.StartApi(platform.Database);
        (await platform.Anybody.At(other.Http).Get($"/v1/catalogue/items/{Another}")).Must(200);
        await Publish(Another, Limit.WorkingDays(9), platform.Now);
        await Current();

        var @case = await CaseJourney.Submitted(platform, Another);

        var read = (await platform.As(CaseJourney.Submitter).At(other.Http).Get(@case.Path)).Must(200).Json;
        Assert.Equal(VersionAndPromise(@case.Receipt.Json), VersionAndPromise(read));
        Assert.Equal(9, VersionAndPromise(read).Promise);
    }

    [Fact]
    public async Task Publishing_what_is_published_changes_nothing()
    {
        const string published = "select count(*) from onedoor.mt_events where type = 'item_published'";
        await LoadCatalogue.Load(platform.Api.Services, null, null);
        var before = await platform.Database.Count(published);

        Assert.Equal(0, await LoadCatalogue.Load(platform.Api.Services, null, null));

        Assert.Equal(before, await platform.Database.Count(published));
    }

    [Fact]
    public async Task A_file_of_one_department_is_checked_against_what_the_others_have_published()
    {
        const string published = "select count(*) from onedoor.mt_events where type = 'item_published'";
        var fire = CatalogueData.Zone().Where(item => item.Department == Department.Fire).ToList();
        var changed = fire.Select(item => item.Code == "FIRE-001-01" ? item with { FeeYuan = 7 } : item);
        var renamed = fire.Select(item => item with { Materials = [.. item.Materials.Select(m => m with { ProvedBy = null })] });
        var before = await platform.Database.Count(published);

        Assert.Equal((0, $"Catalogue: {fire.Count} entries, nothing is wrong with them.\n"), await Try(changed, Check));
        // LIC-6: what it issues cannot be suspended, which is no mistake.
        Assert.Equal(
            (0, $"Catalogue: {fire.Count} entries, nothing is wrong with them.\nNo suspensionBases, so that no licence of theirs can be suspended: FIRE-001-01.\n"),
            await Try(fire.Select(item => item.Code == "FIRE-001-01" ? item with { SuspensionBases = null } : item), Check));
        foreach (var way in (Func<string, Task<int>>[])[Check, Publish])
        {
            var (refused, why) = await Try(renamed, way);
            Assert.Equal(1, refused);
            Assert.Contains("mine.json: FIRE-001-01/materials/business-licence-copy: The same material is named or proved differently by another item.\n", why, StringComparison.Ordinal);
        }
        Assert.Equal(before, await platform.Database.Count(published));

        Assert.Equal((0, $"Catalogue: {fire.Count} entries, 1 published anew.\n"), await Try(changed, Publish));
        Assert.Equal(before + 1, await platform.Database.Count(published));

        // CAT-4: what an operator has published no release sets back.
        var (exit, said) = await Try([], _ => LoadCatalogue.Load(platform.Api.Services, null, null));
        Assert.Equal(0, exit);
        Assert.Matches("later day: .*FIRE-001-01", said);
        Assert.Equal(before + 1, await platform.Database.Count(published));
        Assert.Equal(0, (await Try(fire, Publish)).Exit);
    }

    /// <summary>CAT-4: where nothing was published yet, June 2020 comes first and today's after it, and neither a second time.</summary>
    [Fact]
    public async Task A_fresh_store_gets_both_editions_in_order_however_often_they_are_published()
    {
        await using var fresh = await Database.Empty();
        await Operator.Run<Caller>(fresh, "migrate");
        await Operator.Run<Caller>(fresh, "catalogue");
        await Operator.Run<Caller>(fresh, "catalogue");
        await using var api = platform.StartApi(fresh);

        var anybody = platform.Anybody.At(api.Http);
        var entry = (await anybody.Get("/v1/catalogue/items/OFFC-007?version=2")).Must(200).Json;
        Assert.Equal([(1, "2015-06-01"), (2, entry.Text("effectiveFrom"))], entry.List("versions").Select(v => (v.GetProperty("version").GetInt32(), v.Text("effectiveFrom"))));
        Assert.Equal("today", entry.GetProperty("item").Text("edition"));
        var then = (await anybody.Get("/v1/catalogue/items/OFFC-007?version=1")).Must(200).Json.GetProperty("item");
        Assert.Equal(("2020-06", JsonValueKind.Null), (then.Text("edition"), then.GetProperty("endedOn").ValueKind));
        Assert.Equal(307, (await anybody.Get("/v1/catalogue/items?register=office&count=true")).Must(200).Json.GetProperty("total").GetInt32());
        Assert.Equal(
            CatalogueData.Zone().Count(item => item.Sample.Contains("supervisedBy")),
            (await anybody.Get("/v1/catalogue/items?sample=supervisedBy&count=true")).Must(200).Json.GetProperty("total").GetInt32());
        (await anybody.Get("/v1/catalogue/items?sample=legal-basis")).Refuses(400, "request.parameter-invalid");
        Assert.Equal(307, (await anybody.Get("/v1/catalogue/summary")).Must(200).Json.GetProperty("leafEntries").GetInt32());
    }

    private static Task<int> Check(string from) => LoadCatalogue.Check(from);

    private Task<int> Publish(string from) => LoadCatalogue.Load(platform.Api.Services, from, null);

    /// <summary>What the command answers, and what it writes.</summary>
    private static async Task<(int Exit, string Said)> Try(IEnumerable<Item> items, Func<string, Task<int>> command)
    {
        var directory = Directory.CreateTempSubdirectory("catalogue");
        var (output, errors) = (Console.Out, Console.Error);
        await using var said = new StringWriter();
        try
        {
            Console.SetOut(said);
            Console.SetError(said);
            await File.WriteAllTextAsync(Path.Combine(directory.FullName, "mine.json"), JsonSerializer.Serialize(items, PlatformJson.Options));
            return (await command(directory.FullName), said.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(errors);
            directory.Delete(recursive: true);
        }
    }

    private async Task Publish(string item, Limit promised, DateTimeOffset effective)
    {
        var changed = CatalogueData.Zone().Select(i => i.Code == item ? i with { PromisedLimit = promised, Procedure = Within(i.Procedure, promised) } : i);
        var directory = Directory.CreateTempSubdirectory("catalogue");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(directory.FullName, "items.json"), JsonSerializer.Serialize(changed, PlatformJson.Options));
            Assert.Equal(0, await LoadCatalogue.Load(platform.Api.Services, directory.FullName, DateOnly.FromDateTime(effective.Date)));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static Procedure Within(Procedure procedure, Limit limit) => new([.. procedure.Steps.Select(s => s with { Limit = limit })]);

    private async Task<JsonElement> Current()
    {
        platform.Pass(CurrentCatalogue.Freshness + TimeSpan.FromSeconds(1));
        return (await platform.Anybody.Get($"/v1/catalogue/items/{Item}")).Must(200).Json;
    }

    private async Task<JsonElement> Read(string version) => (await platform.Anybody.Get($"/v1/catalogue/items/{Item}{version}")).Must(200).Json;

    private static int Promise(JsonElement item) => item.GetProperty("item").GetProperty("promisedLimit").GetProperty("value").GetInt32();

    private static (int Version, int Promise) VersionAndPromise(JsonElement @case) => (
        @case.GetProperty("item").GetProperty("version").GetInt32(),
        @case.Promised().GetProperty("limit").GetProperty("value").GetInt32());
}
