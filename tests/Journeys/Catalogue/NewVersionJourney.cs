using System.Globalization;
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

        Assert.Equal(1, (await Current()).GetProperty("version").GetInt32());
        platform.Pass(TimeSpan.FromDays(3));
        Assert.Equal(2, (await Current()).GetProperty("version").GetInt32());
        var submitted = await CaseJourney.Submitted(platform, Item);
        (await running.Accept(Lead)).Must(200);

        Assert.Equal((2, 7), VersionAndPromise(submitted.Receipt.Json));
        Assert.Equal((1, 15), VersionAndPromise(await running.Now()));
        await running.Grant((Lead, "decision"));
        Assert.Equal("granted", await running.Status());
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

    private async Task Publish(string item, Limit promised, DateTimeOffset effective)
    {
        var changed = CatalogueData.Zone().Select(i => i.Code == item ? i with { PromisedLimit = promised, Procedure = Within(i.Procedure, promised) } : i);
        var directory = Directory.CreateTempSubdirectory("catalogue");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(directory.FullName, "items.json"), JsonSerializer.Serialize(changed, PlatformJson.Options));
            var day = effective.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            Assert.Equal(0, await LoadCatalogue.Load(platform.Api.Services, directory.FullName, day));
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

    private static (int Version, int Promise) VersionAndPromise(JsonElement @case) => (
        @case.GetProperty("item").GetProperty("version").GetInt32(),
        @case.Promised().GetProperty("limit").GetProperty("value").GetInt32());
}
