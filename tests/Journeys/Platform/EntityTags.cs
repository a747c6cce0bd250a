using System.Net.Http.Json;
using OneDoor.Cases;
using Xunit;

namespace OneDoor.Platform;

/// <summary><c>ETag</c>, <c>If-Match</c> and <c>If-None-Match</c>: a change names the version it saw (CASE-7).</summary>
public sealed class EntityTags(RunningPlatform platform)
{
    private Client Lead => platform.As(Department.MarketRegulation);

    [Fact]
    public async Task A_change_without_the_version_it_saw_is_refused()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);

        (await Lead.Post($"{@case.Path}/acceptance")).Refuses(428, "request.if-match-missing");

        Assert.Equal("submitted", await @case.Status());
    }

    [Theory]
    [InlineData("1")]
    [InlineData("W/\"1\"")]
    [InlineData("W/{0}")]
    [InlineData("{0}, W/{0}")]
    [InlineData("\"1")]
    [InlineData("rubbish")]
    [InlineData("{0} {0}")]
    [InlineData("*, {0}")]
    public async Task What_is_no_list_of_strong_tags_is_refused_as_such(string ifMatch)
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);
        var before = await platform.Database.Facts();

        var refused = (await Lead.Post($"{@case.Path}/acceptance", null, ("If-Match", Written(ifMatch, @case.Receipt.ETag)))).Refuses(400, "request.if-match-invalid");

        Assert.Equal(["If-Match"], refused.Json.Each("errors", "pointer"));
        Assert.Equal(before, await platform.Database.Facts());
    }

    [Theory]
    [InlineData("\"1\"")]
    [InlineData("\"7\", \"8\"")]
    [InlineData("*")]
    [InlineData("\"\"")]
    public async Task A_tag_that_is_not_the_current_versions_changes_nothing_and_is_answered_the_one_that_is(string tag)
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);
        var before = await platform.Database.Facts();

        var refused = (await Lead.Post($"{@case.Path}/acceptance", null, ("If-Match", tag))).Refuses(412, "request.stale");

        Assert.Equal((await Lead.Get(@case.Path)).ETag, refused.ETag);
        Assert.Equal(before, await platform.Database.Facts());
    }

    [Fact]
    public async Task A_tag_of_a_version_before_of_another_case_or_changed_by_hand_is_not_the_current_versions()
    {
        var (@case, another) = (await CaseJourney.Submitted(platform, Applications.Plain), await CaseJourney.Submitted(platform, Applications.Plain));
        var tag = (await Lead.Get(@case.Path)).ETag;
        foreach (var changed in new[] { 1, tag.Length / 2, tag.Length - 2 }.Select(at => $"{tag[..at]}{(tag[at] == 'A' ? 'B' : 'A')}{tag[(at + 1)..]}"))
            (await Lead.Post($"{@case.Path}/acceptance", null, ("If-Match", changed))).Refuses(412, "request.stale");
        (await Lead.Post($"{@case.Path}/acceptance", null, ("If-Match", (await Lead.Get(another.Path)).ETag))).Refuses(412, "request.stale");

        (await Lead.Post($"{@case.Path}/acceptance", null, ("If-Match", tag))).Must(200);
        (await Lead.Post($"{@case.Path}/acceptance", null, ("If-Match", tag))).Refuses(412, "request.stale");
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("\"7\", {0}")]
    [InlineData("\"7\",{0} ,\"8\"")]
    public async Task Any_tag_of_the_current_version_will_do(string ifMatch)
    {
        foreach (var (who, path, language) in new[]
        {
            (Lead, "", "en"), (Lead, "", "zh-CN"), (Lead, "/history", "en"), (Lead, "/clock", "en"), (platform.As(CaseJourney.Submitter), "", "en"),
            (platform.As(CaseJourney.Submitter), $"?asOf={Uri.EscapeDataString(Instant.Format(platform.Now))}", "en"),
        })
        {
            var @case = await CaseJourney.Submitted(platform, Applications.Plain);
            var seen = (await who.Get(@case.Path + path, ("Accept-Language", language))).Must(200).ETag;

            var accepted = (await Lead.Post($"{@case.Path}/acceptance", null, ("If-Match", Written(ifMatch, seen)))).Must(200);

            Assert.Equal((await Lead.Get(@case.Path)).ETag, accepted.ETag);
            Assert.NotEqual(seen, accepted.ETag);
        }
    }

    [Theory]
    [InlineData("{0}", 304)]
    [InlineData("W/{0}", 304)]
    [InlineData("*", 304)]
    [InlineData("\"9\", {0}", 304)]
    [InlineData("\"1\"", 200)]
    [InlineData("rubbish", 200)]
    public async Task A_read_of_what_the_client_has_is_not_sent_again(string tag, int status)
    {
        await using var another = platform.StartApi(platform.Database);
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);

        foreach (var path in new[] { "", "/history", "/clock", $"?asOf={Uri.EscapeDataString(Instant.Format(platform.Now))}" })
        {
            var before = (await Lead.At(another.Http).Get(@case.Path + path)).Must(200).ETag;
            var read = (await Lead.Get(@case.Path + path, ("If-None-Match", Written(tag, before)))).Must(status);
            Assert.Equal(before, read.ETag);
            Assert.Equal(status == 304, read.Text.Length == 0);
            Assert.Contains("Authorization", read.Header("Vary"), StringComparison.Ordinal);
            Assert.Contains("private", read.Header("Cache-Control"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_tag_belongs_to_one_readers_share_in_one_language()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Establishment, Department.MarketRegulation);
        Client[] readers = [Lead, platform.As(Department.Tax), platform.As(CaseJourney.Submitter)];

        foreach (var path in new[] { "", "/history", "/clock", $"?asOf={Uri.EscapeDataString(Instant.Format(platform.Now))}" })
        {
            List<string> seen = [];
            foreach (var reader in readers)
                foreach (var language in new[] { "en", "zh-CN" })
                {
                    var read = (await reader.Get(@case.Path + path, ("Accept-Language", language))).Must(200);
                    (await reader.Get(@case.Path + path, ("Accept-Language", language), ("If-None-Match", string.Join(", ", seen)))).Must(200);
                    seen.Add(read.ETag);
                }
            Assert.Equal(seen.Count, seen.Distinct().Count());
        }
    }

    // A theory's data cannot hold a tag: it stands for one.
    private static string Written(string pattern, string tag) => pattern.Replace("{0}", tag, StringComparison.Ordinal);

    [Fact]
    public async Task A_list_is_kept_by_nobody_but_its_reader_just_as_what_it_lists()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);

        foreach (var path in new[] { @case.Path, "/v1/cases?first=1", "/v1/cases?item=NOTHING", "/v1/tasks" })
        {
            var read = (await Lead.Get(path)).Must(200);
            Assert.Equal("no-cache, private", string.Join(", ", read.Header("Cache-Control")!.Split(", ").Order(StringComparer.Ordinal)));
            Assert.Equal("Authorization, Accept-Language", read.Header("Vary"));
        }
    }

    [Fact]
    public async Task What_answers_GET_answers_HEAD_without_the_body()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);
        foreach (var path in new[] { "/", "/v1/catalogue/items", "/v1/catalogue/items/MEDI-004-01", "/v1/cases", @case.Path, "/health/live", "/openapi.json", "/docs/index.html" })
        {
            var got = (await Lead.Get(path)).Must(200);
            var head = (await Lead.Send(HttpMethod.Head, path, null)).Must(200);
            Assert.Equal(("", got.Header("Content-Type"), got.Header("ETag")), (head.Text, head.Header("Content-Type"), head.Header("ETag")));
        }
        Assert.Equal("", (await Lead.Send(HttpMethod.Head, "/v1/nothing", null)).Must(404).Text);
        (await platform.Anybody.Send(HttpMethod.Head, "/v1/cases", null)).Must(401);
        Assert.Equal("POST", (await Lead.Send(HttpMethod.Head, $"{@case.Path}/acceptance", null)).Must(405).Header("Allow"));
        Assert.Equal("GET, POST, HEAD", (await Lead.Send(HttpMethod.Put, "/v1/cases", null)).Must(405).Header("Allow"));
        Assert.Equal("GET, HEAD", (await Lead.Send(HttpMethod.Delete, @case.Path, null)).Must(405).Header("Allow"));
        Assert.Equal(200, (await Lead.Get("/v1/cases")).Status); // the connection is none the worse
    }

    [Fact]
    public async Task Of_concurrent_changes_to_one_version_one_wins_at_whichever_server()
    {
        await using var another = platform.StartApi(platform.Database);
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);
        var lines = new { lines = new[] { new { material = "staff-list", text = "请补齐。" } } };
        var (here, there) = (Lead, Lead.At(another.Http));
        var seen = await Task.WhenAll(here.Get(@case.Path), there.Get(@case.Path));
        Assert.Equal(seen[0].ETag, seen[1].ETag);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => i % 2 == 0
            ? here.Post($"{@case.Path}/acceptance", null, ("If-Match", seen[0].ETag))
            : there.Post($"{@case.Path}/correction-notices", lines, ("If-Match", seen[0].ETag))));

        Assert.Single(answers, a => a.Status == 200);
        var now = (await Lead.Get(@case.Path)).ETag;
        Assert.All(answers.Where(a => a.Status != 200), a => Assert.Equal(now, a.Refuses(412, "request.stale").ETag));
        var types = (await @case.History()).Select(h => h.Text("type")).ToArray();
        Assert.True(types is ["case-submitted", "case-accepted", "step-opened"] or ["case-submitted", "correction-requested"], string.Join(", ", types));
    }

    [Fact]
    public async Task A_cursor_of_one_server_goes_on_at_another()
    {
        await using var another = platform.StartApi(platform.Database);
        for (var i = 0; i < 3; i++)
            await CaseJourney.Submitted(platform, Applications.Plain);
        var office = platform.As(Department.ServiceOffice);
        var next = (await office.Get("/v1/cases?first=2")).Must(200).Json.Text("next");

        Assert.Equal((await office.Get(next)).Must(200).Text, (await office.At(another.Http).Get(next)).Must(200).Text);
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("../../etc/passwd")]
    public async Task A_made_up_cursor_is_refused(string cursor)
    {
        foreach (var list in new[] { "/v1/cases", "/v1/tasks", "/v1/catalogue/items" })
            (await platform.As(Department.ServiceOffice).Get($"{list}?after={cursor}")).Refuses(400, "request.cursor-invalid");
    }

    [Fact]
    public async Task A_changed_cursor_and_another_lists_are_refused()
    {
        await CaseJourney.Submitted(platform, Applications.Plain);
        await CaseJourney.Submitted(platform, Applications.Plain);
        var office = platform.As(Department.ServiceOffice);
        var cursor = (await office.Get("/v1/cases?first=1")).Json.Text("next").Split("after=")[1];

        (await office.Get($"/v1/cases?after={cursor}")).Must(200);
        (await office.Get($"/v1/tasks?after={cursor}")).Refuses(400, "request.cursor-invalid");
        (await office.Get($"/v1/cases?after={cursor[..^4]}")).Refuses(400, "request.cursor-invalid");
        (await office.Get($"/v1/cases?after={(cursor[0] == 'A' ? 'B' : 'A')}{cursor[1..]}")).Refuses(400, "request.cursor-invalid");
        (await office.Get($"/v1/cases?after={cursor}AAAA")).Refuses(400, "request.cursor-invalid");
    }

    [Fact]
    public async Task Every_answer_carries_its_limits_and_the_headers_that_protect_browsers()
    {
        using var large = JsonContent.Create(new { name = new string('x', 1_500_000) });
        Answered[] answers =
        [
            await platform.As(Department.Customs).Get("/v1/cases"),
            await platform.As(Department.Customs).Get("/v1/nothing"),
            await platform.As(Department.Customs).PostRaw("/v1/cases", "{"),
            await platform.As(Department.Customs).Send(HttpMethod.Post, "/v1/cases", large, Client.AskFirst),
            await platform.As(Department.Customs, "cases:read").Get("/v1/tasks"),
            await platform.Anybody.Get("/v1/cases"),
            await platform.Anybody.Get("/v1/catalogue/items", ("Request-Id", "mine"), ("X-Request-Id", "mine"), ("X-Correlation-Id", "mine")),
        ];
        Assert.Equal(answers.Length, answers.Select(a => a.Header("Request-Id")).Distinct().Count());

        foreach (var answer in answers)
        {
            Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
            Assert.Equal("DENY", answer.Header("X-Frame-Options"));
            Assert.Contains("default-src 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Equal("no-referrer", answer.Header("Referrer-Policy"));
            Assert.Null(answer.Header("Server"));
            Assert.Matches("^[0-9a-f]{32}$", answer.Header("Request-Id"));
            Assert.True(answer.Status < 300 || answer.Json.Text("traceId") == answer.Header("Request-Id"));
            Assert.Matches("^\"(client|address)\";q=1000000;w=60$", answer.Header("RateLimit-Policy"));
            Assert.Matches("^\"(client|address)\";r=[0-9]+;t=[0-9]+$", answer.Header("RateLimit"));
        }
    }
}
