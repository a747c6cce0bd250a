using System.Text.Json;
using OneDoor.Catalogue;
using Xunit;

namespace OneDoor;

public sealed class PublishedNameTests
{
    [Theory]
    [InlineData("\"online,window\"")]
    [InlineData("\"Online\"")]
    [InlineData("\" online\"")]
    [InlineData("\"0\"")]
    [InlineData("0")]
    [InlineData("\"\\ud800\"")]
    public void An_enum_is_read_by_its_published_name_and_nothing_like_it(string json) =>
        Assert.ThrowsAny<Exception>(() => JsonSerializer.Deserialize<Channel>(json, PlatformJson.Options));

    [Fact]
    public void An_enum_is_written_as_it_is_read()
    {
        foreach (var department in Enum.GetValues<Department>())
        {
            var json = JsonSerializer.Serialize(department, PlatformJson.Options);
            Assert.Equal($"\"{Kebab.Of(department)}\"", json);
            Assert.Equal(department, JsonSerializer.Deserialize<Department>(json, PlatformJson.Options));
        }
    }

    [Fact]
    public void An_enum_is_a_key_by_its_published_name() =>
        Assert.Equal("""{"market-regulation":1}""", JsonSerializer.Serialize(
            new Dictionary<Department, int> { [Department.MarketRegulation] = 1 }, PlatformJson.Options));

    [Fact]
    public void A_schema_lets_be_null_what_may_be()
    {
        var members = JsonShape.SchemaOf(typeof(Perhaps))["properties"]!;

        Assert.Equal("""["online","window","kiosk","mobile","agency",null]""", members["maybe"]!["enum"]!.ToJsonString());
        Assert.Equal("""["online","window","kiosk","mobile","agency"]""", members["surely"]!["enum"]!.ToJsonString());
    }

    private sealed record Perhaps(Channel? Maybe, Channel Surely);
}
