using Xunit;

namespace OneDoor.Platform;

/// <summary>Instants are RFC 3339 and nothing else, wherever one is read: in a body, in a query, in GraphQL.</summary>
public sealed class Instants(RunningPlatform platform)
{
    [Theory]
    [InlineData("2020-07-01T10:00:00+08:00", "2020-07-01T11:00:00+08:00")]
    [InlineData("2020-07-01T02:00:00Z", "2020-07-01T11:00:00+08:00")]
    [InlineData("2020-07-01t02:00:00z", "2020-07-01T11:00:00+08:00")]
    [InlineData("2020-07-01T02:00:00-00:00", "2020-07-01T11:00:00+08:00")]
    [InlineData("2020-07-02T01:59:00+23:59", "2020-07-01T11:00:00+08:00")]
    [InlineData("2020-07-01T10:00:00.5+08:00", "2020-07-01T11:00:00.5+08:00")]
    [InlineData("2020-07-01T10:00:00.123456789+08:00", "2020-07-01T11:00:00.1234567+08:00")]
    [InlineData("2020-07-01T10:00:00.99999999999999999999+08:00", "2020-07-01T11:00:00.9999999+08:00")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T09:00:00+08:00")] // a leap second
    [InlineData("2017-01-01T07:59:60.5+08:00", "2017-01-01T09:00:00+08:00")]
    public async Task An_instant_of_RFC_3339_is_taken(string start, string anHourLater)
    {
        var simulated = (await platform.Anybody.Post("/v1/clock/simulate", new { start, limit = new { value = 1, unit = "hours" } })).Must(200);
        Assert.Equal(anHourLater, simulated.Json.Text("dueAt"));
        var asked = await platform.Anybody.Ask($$"""{ simulateClock(start: "{{start}}", limit: { value: 1, unit: HOURS }) { dueAt } }""");
        Assert.Equal(anHourLater, asked.GetProperty("simulateClock").Text("dueAt"));
        (await AsOf(start)).Refuses(404, "case.not-found");
    }

    [Theory]
    [InlineData("2020-07-01T10:00:00+0800")]
    [InlineData("2020-07-01T10:00:00+08")]
    [InlineData("2020-07-01T10:00+08:00")]
    [InlineData("2020-07-01T10:00Z")]
    [InlineData("2020-07-01T10:00:00")]
    [InlineData("2020-07-01 10:00:00Z")]
    [InlineData("2020-07-01T10:00:00.Z")]
    [InlineData("2020-07-01T10:00:00,5Z")]
    [InlineData("2020-07-01T10:00:00+24:00")]
    [InlineData("2020-07-01T10:00:00+08:60")]
    [InlineData("2020-07-01T10:00:60Z")] // no leap second then
    [InlineData("2020-07-01T24:00:00Z")]
    [InlineData("2020-02-30T10:00:00Z")]
    [InlineData("2020-7-1T10:00:00Z")]
    [InlineData("20200701T100000Z")]
    [InlineData("2020-07-01T10:00:00Z ")]
    [InlineData("２０２０-07-01T10:00:00Z")]
    public async Task Anything_else_is_refused(string start)
    {
        var refused = (await platform.Anybody.Post("/v1/clock/simulate", new { start, limit = new { value = 1, unit = "hours" } }))
            .Refuses(400, "request.field-invalid");
        Assert.Equal("/start", Assert.Single(refused.Json.Each("errors", "pointer")));
        Assert.Equal("graphql.validation",
            await platform.Anybody.Refused($$"""{ simulateClock(start: "{{start}}", limit: { value: 1, unit: HOURS }) { dueAt } }"""));
        Assert.Equal("asOf", Assert.Single((await AsOf(start)).Refuses(400, "request.parameter-invalid").Json.Each("errors", "pointer")));
    }

    private Task<Answered> AsOf(string instant) => platform.As(Department.Customs)
        .Get($"/v1/cases/01890000-0000-7000-8000-000000000000?asOf={Uri.EscapeDataString(instant)}");
}
