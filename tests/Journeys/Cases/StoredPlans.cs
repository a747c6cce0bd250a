using System.Text.Json;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Cases;

/// <summary>A case's plan is stored as the version it is, and what deviates from that is a fact beside it (CAT-4).</summary>
public sealed class StoredPlans(RunningPlatform platform)
{
    [Fact]
    public async Task CAT_4_a_plan_that_is_not_the_published_one_is_not_stored_as_if_it_were()
    {
        var services = platform.Api.Services;
        var serializer = services.GetRequiredService<IDocumentStore>().Options.Serializer();
        var published = CasePlan.Of((await services.GetRequiredService<CurrentCatalogue>().Find(Applications.Plain, TestContext.Current.CancellationToken))!);

        var stored = serializer.ToJson(published);
        Assert.Equal(["item", "version"], JsonDocument.Parse(stored).RootElement.EnumerateObject().Select(member => member.Name));
        Assert.Equal(published.Promised, serializer.FromJson<CasePlan>(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(stored)))!.Promised);
        foreach (var other in new[] { published with { Promised = Limit.WorkingDays(99) }, published with { Extension = null }, published with { Steps = [] } })
            Assert.Throws<InvalidOperationException>(() => serializer.ToJson(other));

        // Of what the catalogue has never published the plan is all there is.
        var own = published with { Version = 999, Promised = Limit.WorkingDays(99) };
        Assert.Equal(own.Promised, serializer.FromJson<CasePlan>(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(serializer.ToJson(own))))!.Promised);
    }

    /// <summary>DOC-1, LIC-6: what a plan's item is decides what documents, licences and supervision say, also in a process that only reads plans that the first releases stored whole.</summary>
    [Fact]
    public void CAT_4_whoever_has_read_no_catalogue_yet_finds_the_item_of_a_version_and_none_where_it_was_never_published()
    {
        using var catalogue = new CurrentCatalogue(platform.Api.Services.GetRequiredService<IDocumentStore>(), TimeProvider.System);

        Assert.Equal((Applications.Plain, Act.Licence), catalogue.ItemOf(Applications.Plain, 1) is { } item ? (item.Code, item.Act) : default);
        Assert.Null(catalogue.ItemOf(Applications.Plain, 999));
        Assert.Null(catalogue.ItemOf("NO-SUCH-ITEM", 1));
    }
}
