using OneDoor.Platform;
using Xunit;

namespace OneDoor.Catalogue;

/// <summary>B19 by the public API: an abolished item's entry says what to do instead, through both doors.</summary>
public sealed class EndedItemsJourney(RunningPlatform platform)
{
    private static readonly string[] Limits = ["statutoryLimit", "promisedLimit", "extension"], Asked = ["materials", "channels", "conditions"];

    /// <summary>(B19)</summary>
    [Fact]
    public async Task An_abolished_item_shows_nothing_that_would_be_asked_for()
    {
        var item = (await platform.Anybody.Get("/v1/catalogue/items/SAMR-033")).Must(200).Json.GetProperty("item");

        Assert.NotEmpty(item.GetProperty("insteadOf").Text("zh"));
        Assert.All(Limits, member => Assert.Equal("null", item.GetProperty(member).GetRawText()));
        Assert.All(Asked, member => Assert.Equal("[]", item.GetProperty(member).GetRawText()));
        Assert.Empty(item.GetProperty("procedure").List("steps"));
        var listed = Assert.Single((await platform.Anybody.Get("/v1/catalogue/items?query=SAMR-033")).Must(200).Json.List("items"));
        Assert.Equal("null", listed.GetProperty("promisedLimit").GetRawText());
        var graph = (await platform.As(Department.Tax).Ask("""{ item(code: "SAMR-033") { insteadOf { zh } statutoryLimit { value } promisedLimit { value } materials { code } steps { code } } }""")).GetProperty("item");
        Assert.Equal(item.GetProperty("insteadOf").Text("zh"), graph.GetProperty("insteadOf").Text("zh"));
        Assert.Equal(("null", "null", "[]", "[]"), (graph.GetProperty("statutoryLimit").GetRawText(), graph.GetProperty("promisedLimit").GetRawText(), graph.GetProperty("materials").GetRawText(), graph.GetProperty("steps").GetRawText()));
    }
}
