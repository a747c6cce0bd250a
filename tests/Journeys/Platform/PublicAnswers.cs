using System.IO.Compression;
using System.Text.RegularExpressions;
using OneDoor.Cases;
using OneDoor.Catalogue;
using Xunit;

namespace OneDoor.Platform;

/// <summary>What everybody is shown alike may be kept on the way, and is compressed; what one reader is shown is neither.</summary>
public sealed class PublicAnswers(RunningPlatform platform)
{
    private static readonly string[] Catalogue = ["/v1/catalogue/items?first=100&count=true", "/v1/catalogue/items/ESTABLISHMENT", "/v1/catalogue/summary"];

    [Fact]
    public async Task Anyone_may_keep_the_catalogue_for_a_minute_and_ask_again_by_its_tag()
    {
        await using var another = platform.StartApi(platform.Database);
        await RunningPlatform.Ready(another.Http);
        // A process may lag behind what was published a moment ago, and the one that begins does not.
        platform.Pass(CurrentCatalogue.Freshness);
        foreach (var path in Catalogue)
        {
            var read = (await platform.Anybody.Get(path)).Must(200);
            Assert.Equal("public, max-age=60", string.Join(", ", read.Header("Cache-Control")!.Split(", ").OrderDescending()));
            Assert.Equal("Accept-Language, Accept-Encoding", read.Header("Vary"));
            Assert.StartsWith("W/", read.ETag, StringComparison.Ordinal);
            foreach (var reader in new[] { platform.Anybody, platform.As(Department.Tax), platform.Anybody.At(another.Http) })
            {
                var again = (await reader.Get(path, ("If-None-Match", read.ETag), ("Accept-Encoding", "gzip"))).Must(304);
                Assert.Equal(("", read.ETag), (again.Text, again.ETag));
            }
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task What_is_shown_to_everybody_is_compressed(string coding)
    {
        foreach (var path in (string[])[.. Catalogue, "/openapi.yaml", "/openapi.json", "/", "/landing.css", "/docs/errors", "/graphql?query={items(first:100){nodes{code%20name{zh%20en}}}}"])
        {
            var plain = (await platform.Anybody.Get(path)).Must(200);
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Accept-Encoding", coding } } };
            using var answer = await platform.Api.Http.SendAsync(request, TestContext.Current.CancellationToken);
            var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);

            Assert.Equal([coding], answer.Content.Headers.ContentEncoding);
            Assert.Contains("Accept-Encoding", answer.Headers.Vary);
            using Stream packed = coding == "br" ? new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress) : new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
            using var unpacked = new StreamReader(packed);
            // GraphQL says what each answer cost and what is left of the budget.
            Assert.Equal(plain.Text.Split("\"extensions\"")[0], (await unpacked.ReadToEndAsync(TestContext.Current.CancellationToken)).Split("\"extensions\"")[0]);
            Assert.True(bytes.Length < plain.Text.Length);
            if (!path.StartsWith("/graphql", StringComparison.Ordinal))
                Assert.Equal(coding, (await platform.Anybody.Send(HttpMethod.Head, path, null, ("Accept-Encoding", coding))).Must(200).Header("Content-Encoding"));
        }
        Assert.Equal(coding, (await platform.As(Department.Tax).Get(Catalogue[0], ("Accept-Encoding", coding))).Must(200).Header("Content-Encoding"));
    }

    [Theory]
    [InlineData("/v1/halls/airport/board", "*/*")]
    [InlineData("/v1/events?first=1", "text/event-stream;q=0, */*")]
    [InlineData("/v1/statistics/cases?from=2026-11-01&to=2026-11-02", "application/json, text/csv;q=0.5")]
    public async Task What_has_another_representation_is_kept_apart_from_it_and_answered_as_it_is_wanted(string path, string wanted)
    {
        var answer = (await platform.As(Department.ServiceOffice, $"{RunningPlatform.Supervisor} {Scopes.StatisticsRead} {Scopes.EventsRead}").Get(path, ("Accept", wanted))).Must(200);

        Assert.StartsWith("application/json", answer.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Contains("Accept", answer.Header("Vary")!.Split(", "));
    }

    [Fact]
    public async Task Who_opens_an_address_that_is_none_reads_a_page_and_what_asks_the_API_a_problem()
    {
        (string, string) browser = ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        foreach (var path in new[] { "/nothing", "/docs/errors/nothing" })
        {
            var page = (await platform.Anybody.Get(path, browser)).Must(404);
            Assert.Equal("text/html; charset=utf-8", page.Header("Content-Type"));
            Assert.Contains("<h1>没有此地址</h1>", page.Text, StringComparison.Ordinal);
            (await platform.Anybody.Get(path)).Refuses(404, "request.not-found");
        }
        (await platform.As(Department.Customs).Get("/v1/nothing", browser)).Refuses(404, "request.not-found");
        (await platform.As(Department.Customs).Get($"/v1/cases/{Guid.Empty}", browser)).Refuses(404, "case.not-found");
    }

    [Theory]
    [InlineData("/", 200)]
    [InlineData("/docs/errors", 200)]
    [InlineData("/docs/errors/case.item-abolished", 200)]
    [InlineData("/nothing", 404)]
    [InlineData("/board/nowhere", 404)]
    [InlineData("/mail/unsubscription/nothing", 404)]
    [InlineData("/verify/nothing", 404)]
    [InlineData("/app/reset", 200)]
    [InlineData("/statistics", 200)]
    [InlineData("/business-environment/2020", 200)]
    public async Task A_page_is_in_its_readers_language_and_leads_to_itself_in_the_other(string path, int status)
    {
        async Task<Answered> Read(string where, string? accepted) =>
            (await platform.Anybody.Get(where, [("Accept", "text/html"), .. accepted is null ? Array.Empty<(string, string)>() : [("Accept-Language", accepted)]])).Must(status);
        static string? In(Answered page) => Regex.Match(page.Text, "<html lang=\"([^\"]+)\"").Groups[1].Value;

        var (asked, chinese, english) = (await Read(path, null), await Read(path, "zh-CN"), await Read(path, "en"));

        Assert.Equal(("zh-CN", "zh-CN", "en"), (In(asked), In(chinese), In(english)));
        Assert.Contains($"href=\"{path}?lang=en\"", chinese.Text, StringComparison.Ordinal);
        Assert.Contains($"href=\"{path}?lang=zh-CN\"", english.Text, StringComparison.Ordinal);
        Assert.Equal("en", In(await Read($"{path}?lang=en", "zh-CN")));
        Assert.Contains("Accept-Language", english.Header("Vary") ?? "", StringComparison.Ordinal);
        // What laws, reports and calls of the API have in Chinese they have in it everywhere.
        if (path is not ("/" or "/business-environment/2020"))
            Assert.DoesNotMatch("\\p{IsCJKUnifiedIdeographs}", english.Text.Replace(">中文</a>", "", StringComparison.Ordinal));
        Assert.DoesNotContain("class=\"also\"", chinese.Text + english.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_a_refusal_says_what_to_do_besides_what_is_refused()
    {
        foreach (var code in ErrorPages.All.Values.GroupBy(refusal => (refusal.Status, refusal.Detail is null)).Select(alike => alike.First().Code))
            Assert.Equal((code, 3), (code, (await platform.Anybody.Get($"/docs/errors/{code}")).Must(200).Text.Split("<p>").Length - 1));
    }

    [Fact]
    public async Task What_one_reader_is_shown_is_not_compressed()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);
        var lead = platform.As(Department.MarketRegulation);

        foreach (var path in new[] { "/v1/cases", "/v1/tasks", @case.Path, $"{@case.Path}/history", "/graphql?query={cases{nodes{number}}}" })
            Assert.Null((await lead.Get(path, ("Accept-Encoding", "gzip, br"))).Must(200).Header("Content-Encoding"));
        Assert.Null((await lead.Post($"{@case.Path}/acceptance", null, ("If-Match", @case.Receipt.ETag), ("Accept-Encoding", "gzip"))).Must(200).Header("Content-Encoding"));
    }
}
