using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using OneDoor.Cases;
using Xunit;

namespace OneDoor.Platform;

/// <summary><c>Idempotency-Key</c>: a repeated request happens once and gets the same answer.</summary>
public sealed class RepeatedRequests(RunningPlatform platform)
{
    private static int _keys;

    private Client Customs => platform.As(Department.Customs);

    [Fact]
    public async Task The_same_key_and_body_get_the_same_answer_and_create_one_case()
    {
        var (key, application) = (FreshKey(), Applications.For(Applications.Plain));
        var before = await platform.Database.Cases();

        var first = (await Customs.Post("/v1/cases", application, Key(key))).Must(201);
        var second = (await Customs.Post("/v1/cases", application, Key(key))).Must(201);
        var quoted = (await Customs.Post("/v1/cases", application, Key($"\"{key}\""))).Must(201);

        Assert.Null(first.Header("Idempotency-Replayed"));
        foreach (var replay in new[] { second, quoted })
        {
            Assert.Equal("true", replay.Header("Idempotency-Replayed"));
            Assert.Equal(first.Text, replay.Text);
            Assert.Equal(first.ETag, replay.ETag);
            Assert.Equal(first.Header("Location"), replay.Header("Location"));
            Assert.Equal(first.Header("Content-Type"), replay.Header("Content-Type"));
        }
        Assert.Equal(before + 1, await platform.Database.Cases());
    }

    [Fact]
    public async Task The_answer_is_the_one_given_then_whatever_has_happened_since()
    {
        var (key, application) = (FreshKey(), Applications.For(Applications.Plain));
        var first = (await Customs.Post("/v1/cases", application, Key(key))).Must(201);
        (await Customs.Post($"{first.Header("Location")}/withdrawal", null, ("If-Match", first.ETag))).Must(200);

        Assert.Equal(first.Text, (await Customs.Post("/v1/cases", application, Key(key))).Must(201).Text);
    }

    [Fact]
    public async Task A_key_belongs_to_one_body()
    {
        var key = FreshKey();
        (await Customs.Post("/v1/cases", Applications.For(Applications.Plain), Key(key))).Must(201);
        var before = await platform.Database.Facts();

        (await Customs.Post("/v1/cases", Applications.For(Applications.Plain), Key(key))).Refuses(422, "idempotency.key-reused");

        Assert.Equal(before, await platform.Database.Facts());
    }

    [Fact]
    public async Task Clients_choose_keys_independently()
    {
        var (key, application) = (FreshKey(), Applications.For(Applications.Plain));

        var ours = (await Customs.Post("/v1/cases", application, Key(key))).Must(201);
        var theirs = (await platform.As(Department.Planning).Post("/v1/cases", application, Key(key))).Must(201);

        Assert.NotEqual(ours.Json.Text("id"), theirs.Json.Text("id"));
        Assert.Null(theirs.Header("Idempotency-Replayed"));
    }

    [Fact]
    public async Task A_refused_request_leaves_its_key_free()
    {
        var (key, application) = (FreshKey(), Applications.For(Applications.Plain));
        var item = application["item"];
        application["item"] = "NO-SUCH-ITEM";
        (await Customs.Post("/v1/cases", application, Key(key))).Refuses(422, "case.item-unknown");

        application["item"] = item;
        (await Customs.Post("/v1/cases", application, Key(key))).Must(201);
    }

    [Fact]
    public async Task Fifty_at_once_with_one_key_create_one_case()
    {
        var (key, application) = (FreshKey(), Applications.For(Applications.Plain));
        var before = await platform.Database.Cases();
        await Customs.Token();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Customs.Post("/v1/cases", application, Key(key))));

        Assert.Equal(before + 1, await platform.Database.Cases());
        foreach (var running in answers.Where(a => a.Status != 201))
            Assert.Equal("1", running.Refuses(409, "idempotency.in-progress").Header("Retry-After"));
        Assert.Single(answers, a => a.Status == 201 && a.Header("Idempotency-Replayed") is null);
        Assert.Single(answers.Where(a => a.Status == 201).Select(a => a.Text).Distinct());
        Assert.Equal("true", (await Customs.Post("/v1/cases", application, Key(key))).Must(201).Header("Idempotency-Replayed"));
    }

    [Fact]
    public async Task A_key_commits_with_the_facts_it_answers_for()
    {
        var now = platform.Now; // Old answers may be forgotten meanwhile.
        var before = (Keys: await Answers(now), Facts: await platform.Database.Facts());
        (await Customs.Post("/v1/cases", Applications.For("SAMR-033"), Key(FreshKey()))).Refuses(422, "case.item-abolished");
        Assert.Equal(before, (await Answers(now), await platform.Database.Facts()));

        (await Customs.Post("/v1/cases", Applications.For(Applications.Plain), Key(FreshKey()))).Must(201);
        Assert.Equal((before.Keys + 1, before.Facts + 1), (await Answers(now), await platform.Database.Facts()));
    }

    [Fact]
    public async Task A_key_is_kept_for_a_day_at_least_and_not_for_ever()
    {
        var (key, application) = (FreshKey(), Applications.For(Applications.Plain));
        (await Customs.Post("/v1/cases", application, Key(key))).Must(201);

        platform.Pass(TimeSpan.FromHours(25));
        Assert.Equal("true", (await Customs.Post("/v1/cases", application, Key(key))).Must(201).Header("Idempotency-Replayed"));
        platform.Pass(TimeSpan.FromHours(24));
        await RunningPlatform.Until(async () => await Answers(DateTimeOffset.MinValue) == 0, "old answers are forgotten");
    }

    [Theory]
    [InlineData(255, 201)]
    [InlineData(256, 400)]
    public async Task A_key_has_at_most_255_characters(int length, int status)
    {
        var answer = await Customs.Post("/v1/cases", Applications.For(Applications.Plain), Key(FreshKey().PadRight(length, 'k')));

        if (status == 201)
            answer.Must(201);
        else
            answer.Refuses(status, "idempotency.key-invalid");
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("a\tb")]
    public async Task A_key_is_printable(string key) =>
        (await Customs.Post("/v1/cases", Applications.For(Applications.Plain), Key(key))).Refuses(400, "idempotency.key-invalid");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_keys_are_no_key_even_where_they_are_equal(bool equal)
    {
        var (key, application) = (FreshKey(), Applications.For(Applications.Plain));
        var before = await platform.Database.Facts();

        (await Customs.Post("/v1/cases", application, Key(key), Key(equal ? key : FreshKey()))).Refuses(400, "idempotency.key-invalid");

        // HttpClient makes them one line; here they are two.
        using var line = new TcpClient();
        await line.ConnectAsync("127.0.0.1", platform.Api.Address.Port, TestContext.Current.CancellationToken);
        var body = JsonSerializer.Serialize(application, PlatformJson.Options);
        await using var stream = line.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(
            $"POST /v1/cases HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer {await Customs.Token()}\r\nIdempotency-Key: {key}\r\n"
            + $"Idempotency-Key: {key}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}"), TestContext.Current.CancellationToken);
        using var answer = new StreamReader(stream);
        Assert.StartsWith("HTTP/1.1 400 ", await answer.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        Assert.Equal(before, await platform.Database.Facts());
        (await Customs.Post("/v1/cases", application, Key(key))).Must(201);
    }

    [Fact]
    public async Task Commands_take_keys_too()
    {
        var @case = await CaseJourney.Submitted(platform, Applications.Plain);
        var lead = platform.As(Department.MarketRegulation);
        var key = FreshKey();
        var before = await platform.Database.Facts();

        var first = (await lead.Post($"{@case.Path}/acceptance", null, ("If-Match", @case.Receipt.ETag), Key(key))).Must(200);
        var again = (await lead.Post($"{@case.Path}/acceptance", null, ("If-Match", @case.Receipt.ETag), Key(key))).Must(200);

        Assert.Equal("true", again.Header("Idempotency-Replayed"));
        Assert.Equal((first.Text, first.ETag), (again.Text, again.ETag));
        Assert.Equal(before + 2, await platform.Database.Facts());
        (await lead.Post($"{@case.Path}/withdrawal", null, ("If-Match", @case.Receipt.ETag), Key(key))).Refuses(422, "idempotency.key-reused");
    }

    [Fact]
    public async Task A_repeated_request_may_write_its_address_differently()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Plain, Department.MarketRegulation);
        var lead = platform.As(Department.MarketRegulation);
        var (key, body) = (FreshKey(), Applications.Pause(platform.Now.AddDays(30)));
        var etag = (await lead.Get(@case.Path)).ETag;
        var first = (await lead.Post($"{@case.Path}/pauses", body, ("If-Match", etag), Key(key))).Must(200);

        foreach (var path in new[]
        {
            $"/v1/cases/{@case.Id.ToUpperInvariant()}/pauses", $"/v1/cases/{Guid.Parse(@case.Id):N}/pauses", $"{@case.Path}/pauses/", $"/V1/Cases/{@case.Id}/PAUSES",
        })
        {
            var again = (await lead.Post(path, body, ("If-Match", etag), Key(key))).Must(200);
            Assert.Equal("true", again.Header("Idempotency-Replayed"));
            Assert.Equal(first.Text, again.Text);
        }
        var end = (await lead.Post($"{@case.Path}/pauses/1/end", null, ("If-Match", first.ETag), Key("end-" + key))).Must(200);
        Assert.Equal(end.Text, (await lead.Post($"{@case.Path}/pauses/01/end/", null, ("If-Match", first.ETag), Key("end-" + key))).Must(200).Text);
        (await lead.Post($"{@case.Path}/pauses/2/end", null, ("If-Match", first.ETag), Key("end-" + key))).Refuses(422, "idempotency.key-reused");
        var application = Applications.For(Applications.Plain);
        var created = (await Customs.Post("/v1/cases", application, Key(key))).Must(201);
        Assert.Equal(created.Text, (await Customs.Post("/V1/CASES/", application, Key(key))).Must(201).Text);
    }

    [Fact]
    public async Task Step_codes_are_told_apart_by_their_letters()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Plain, Department.MarketRegulation);
        var lead = platform.As(Department.MarketRegulation);
        var step = (await lead.Get(@case.Path)).Json.List("steps")[0].Text("code");
        var (key, etag) = (FreshKey(), (await lead.Get(@case.Path)).ETag);
        (await lead.Post($"{@case.Path}/steps/{step}/decision", new { outcome = "granted" }, ("If-Match", etag), Key(key))).Must(200);

        (await lead.Post($"{@case.Path}/steps/{step.ToUpperInvariant()}/decision", new { outcome = "granted" }, ("If-Match", etag), Key(key)))
            .Refuses(422, "idempotency.key-reused");
    }

    [Fact] // Kept answers outlive the release that gave them.
    public async Task A_request_is_known_by_the_same_digest_in_every_release()
    {
        var @case = await CaseJourney.Accepted(platform, Applications.Plain, Department.MarketRegulation);
        var lead = platform.As(Department.MarketRegulation);
        var step = (await lead.Get(@case.Path)).Json.List("steps")[0].Text("code");
        var key = FreshKey();

        (await lead.Post($"{@case.Path}/steps/{step}/decision", new { outcome = "granted" }, ("If-Match", (await lead.Get(@case.Path)).ETag), Key(key))).Must(200);

        string Digest(string text) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
        var asked = Digest($"POST {@case.Path}/steps/{step}/decision\n\"3\"\n{{\"outcome\":\"granted\",\"reason\":null,\"legalBasis\":null,\"remedy\":null}}");
        var whose = Digest($"sandbox-market-regulation\nsandbox-market-regulation\n{key}");
        Assert.Equal(1, await platform.Database.Count(
            $"select count(*) from onedoor.idempotent_answers where encode(id, 'hex') = '{whose}' and encode(request, 'hex') = '{asked}'"));
    }

    [Fact]
    public async Task Answers_that_the_first_releases_kept_are_given_again()
    {
        var (key, application) = (FreshKey(), Applications.For(Applications.Plain));
        var first = (await Customs.Post("/v1/cases", application, Key(key))).Must(201);
        var mine = $"from onedoor.idempotent_answers where location = '{first.Header("Location")}'";
        await platform.Database.Run($"""
            create table onedoor.mt_doc_idempotentanswer as select encode(id, 'hex') as id, at, jsonb_build_object(
                'id', encode(id, 'hex'), 'request', encode(request, 'hex'), 'at', at, 'answer', jsonb_build_object(
                    'status', status, 'location', location, 'etag', etag, 'body', convert_from(body, 'UTF8'))) as data {mine};
            delete {mine};
            """);

        await platform.Database.Run(Idempotency.TakeOver.Sql);
        await platform.Database.Run(Idempotency.TakeOver.Sql);

        var again = (await Customs.Post("/v1/cases", application, Key(key))).Must(201);
        Assert.Equal("true", again.Header("Idempotency-Replayed"));
        Assert.Equal((first.Text, first.ETag, first.Header("Location")), (again.Text, again.ETag, again.Header("Location")));
    }

    private static string FreshKey() => $"key-{Interlocked.Increment(ref _keys)}";

    private static (string, string) Key(string key) => ("Idempotency-Key", key);

    private Task<long> Answers(DateTimeOffset since) => platform.Database.Count($"select count(*) from onedoor.idempotent_answers where at >= '{since:O}'");
}
