using System.Globalization;
using OneDoor.Cases;
using Xunit;

namespace OneDoor.Platform;

/// <summary>Who has used up what they may ask is told when it is back, and holds up nobody else.</summary>
public sealed class RequestLimits(RunningPlatform platform)
{
    [Fact]
    public async Task A_client_beyond_its_limit_is_told_when_to_come_back_and_others_are_not_held_up()
    {
        await using var narrow = platform.StartApi(platform.Database, ("RateLimit:Requests", "3"), ("RateLimit:AnonymousRequests", "2"));
        await RunningPlatform.Ready(narrow.Http);
        var (customs, tax) = (platform.As(Department.Customs).At(narrow.Http), platform.As(Department.Tax).At(narrow.Http));
        var left = new List<string?>();
        for (var i = 0; i < 3; i++)
            left.Add((await customs.Get("/v1/cases?first=1")).Must(200).Header("RateLimit"));

        var refused = (await customs.Post("/v1/cases", Applications.For(Applications.Plain))).Refuses(429, "request.too-many");

        Assert.Equal(["\"client\";r=2;t=60", "\"client\";r=1;t=60", "\"client\";r=0;t=60"], left);
        Assert.Equal("60", refused.Header("Retry-After"));
        Assert.Equal("nosniff", refused.Header("X-Content-Type-Options"));
        (await tax.Get("/v1/cases?first=1")).Must(200);
        (await customs.Get("/health/ready")).Must(200);
        var anybody = new Client(narrow.Http, null);
        (await anybody.Get("/v1/catalogue/items")).Must(200);
        (await anybody.Get("/v1/catalogue/items")).Must(200);
        (await anybody.Get("/v1/catalogue/items")).Refuses(429, "request.too-many");
    }

    [Fact]
    public async Task Whoever_comes_back_when_told_is_served()
    {
        await using var narrow = platform.StartApi(platform.Database, ("RateLimit:Requests", "1"));
        await RunningPlatform.Ready(narrow.Http);
        var customs = platform.As(Department.Customs).At(narrow.Http);
        async Task<int> Refused() =>
            int.Parse((await customs.Get("/v1/cases?first=1")).Refuses(429, "request.too-many").Header("Retry-After")!, CultureInfo.InvariantCulture);
        (await customs.Get("/v1/cases?first=1")).Must(200);
        Assert.Equal(60, await Refused());
        platform.Pass(TimeSpan.FromSeconds(25));
        Assert.Equal(35, await Refused());
        platform.Pass(TimeSpan.FromSeconds(20));
        var wait = await Refused();
        Assert.Equal(15, wait);

        platform.Pass(TimeSpan.FromSeconds(wait));

        (await customs.Get("/v1/cases?first=1")).Must(200);
    }

    [Fact]
    public async Task People_of_one_app_do_not_use_up_each_others_allowance_but_together_they_do_the_apps()
    {
        await using var narrow = platform.StartApi(platform.Database, ("RateLimit:Requests", "2"), ("RateLimit:ClientRequests", "5"));
        await RunningPlatform.Ready(narrow.Http);
        Client Person(string name) => platform.With(new() { ["sub"] = name, ["client_id"] = "mobile", ["scope"] = "cases:read" }, narrow.Http);
        for (var i = 0; i < 2; i++)
            (await Person("anna").Get("/v1/cases")).Must(200);
        for (var i = 0; i < 5; i++)
            (await Person("anna").Get("/v1/cases")).Refuses(429, "request.too-many");
        for (var i = 0; i < 2; i++)
            (await Person("berta").Get("/v1/cases")).Must(200);
        (await Person("clara").Get("/v1/cases")).Must(200);

        var refused = (await Person("dora").Get("/v1/cases")).Refuses(429, "request.too-many");

        Assert.Equal("\"all-of-client\";r=0;t=60", refused.Header("RateLimit"));
        Assert.Equal("\"all-of-client\";q=5;w=60", refused.Header("RateLimit-Policy"));
    }

    [Theory]
    [InlineData("2", true)]
    [InlineData("1", false)]
    public async Task People_of_one_app_do_not_spend_each_others_graphql_budget_but_together_they_do_the_apps(string budgetsPerClient, bool isLeft)
    {
        await using var poor = platform.StartApi(
            platform.Database, ("GraphQl:Budget", "200"), ("GraphQl:BudgetPerSecond", "1"), ("GraphQl:BudgetsPerClient", budgetsPerClient));
        await RunningPlatform.Ready(poor.Http);
        async Task<bool> Spends(string name)
        {
            var token = platform.Token(new() { ["sub"] = name, ["client_id"] = "mobile", ["scope"] = "cases:read" });
            var answer = await new Client(poor.Http, () => Task.FromResult(token)).Post("/graphql", new { query = "{ cases(first: 100) { nodes { id number } } }" });
            Assert.True(answer.Status is 200 or 429, answer.Text);
            return answer.Status == 200;
        }

        Assert.True(await Spends("anna"));
        await Spends("anna");
        Assert.False(await Spends("anna"));
        Assert.Equal(isLeft, await Spends("berta"));
    }
}
