using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using OneDoor.Cases;
using Xunit;

namespace OneDoor.Platform;

/// <summary>Requests that are refused before any rule sees them, or by the first one: each says why and stores nothing.</summary>
public sealed class UnreadableRequests(RunningPlatform platform) : IAsyncLifetime
{
    private static readonly string Valid = $$"""
        {"item":"SAMR-028-01","channel":"agency","hall":"airport",
         "applicant":{"kind":"legal-entity","name":"津门公司","uscc":"91120118MA0000007K"},
         "declaration":{"digest":"{{SignedTexts.Declaration.Digest}}","signatory":"李四"},"form":{{Applications.Answer("SAMR-028-01")}},"contact":{"phone":"13900000000"},
         "materials":[{"code":"staff-list","name":"a.pdf","digest":"sha-256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}]}
        """;

    private const string Malformed = "request.malformed-json", Field = "request.field-invalid", BadText = "request.text-invalid";
    private long _before;

    private Client Customs => platform.As(Department.Customs);

    public async ValueTask InitializeAsync() => _before = await platform.Database.Facts();

    // Whatever was wrong, nothing was stored.
    public async ValueTask DisposeAsync() => Assert.Equal(_before, await platform.Database.Facts());

    [Theory]
    [InlineData("}]}", "}]", 400, Malformed, null)]
    [InlineData("{\"item\"", "{item", 400, Malformed, null)]
    [InlineData("津门公司", "\u0000", 400, Malformed, null)]
    [InlineData("津门公司", "\\u0000", 400, BadText, "/applicant/name")]
    [InlineData("津门公司", "\\ud800", 400, BadText, "/applicant/name")]
    [InlineData("津门公司", "\\udc00x", 400, BadText, "/applicant/name")]
    [InlineData("a.pdf", "\\ud83d.pdf", 400, BadText, "/materials/0/name")]
    [InlineData("\"hall\"", "\"hal\"", 400, "request.unknown-field", "/hal")]
    [InlineData("\"hall\"", "\"Hall\"", 400, "request.unknown-field", "/Hall")]
    [InlineData("\"kind\"", "\"age\":1,\"kind\"", 400, "request.unknown-field", "/applicant/age")]
    [InlineData("\"code\"", "\"size\":1,\"code\"", 400, "request.unknown-field", "/materials/0/size")]
    [InlineData("\"hall\"", "\"channel\":\"agency\",\"hall\"", 400, "request.duplicate-field", "/channel")]
    [InlineData("\"form\":{", "\"form\":{\"a/b\":1,\"a/b\":2,", 400, "request.duplicate-field", "/form/a~1b")]
    [InlineData("\"item\":\"SAMR-028-01\",", "", 400, "request.field-missing", "/item")]
    [InlineData("\"kind\":\"legal-entity\",", "", 400, "request.field-missing", "/applicant/kind")]
    [InlineData("\"SAMR-028-01\"", "7", 400, Field, "/item")]
    [InlineData("\"SAMR-028-01\"", "null", 400, Field, "/item")]
    [InlineData("\"agency\"", "\"pigeon\"", 400, Field, "/channel")]
    [InlineData("\"agency\"", "\"Agency\"", 400, Field, "/channel")]
    [InlineData("\"agency\"", "\"window,kiosk\"", 400, Field, "/channel")]
    [InlineData("\"agency\"", "4", 400, Field, "/channel")]
    [InlineData("\"agency\"", "null", 400, Field, "/channel")]
    [InlineData("{\"code\"", "null,{\"code\"", 400, Field, "/materials/0")]
    [InlineData("SAMR-028-01", "NO-SUCH-ITEM", 422, "case.item-unknown", "/item")]
    [InlineData("SAMR-028-01", "samr-028-01", 422, "case.item-unknown", "/item")]
    [InlineData("SAMR-028-01", "SAMR-033", 422, "case.item-abolished", "/item")]
    [InlineData("91120118MA0000007K", "91120118MA0000007L", 422, "applicant.uscc-invalid", "/applicant/uscc")]
    [InlineData("91120118MA0000007K", "", 422, "applicant.uscc-invalid", "/applicant/uscc")]
    [InlineData("津门公司", " ", 422, "applicant.name-invalid", "/applicant/name")]
    [InlineData("airport", "moon", 422, "case.hall-not-offered", "/hall")]
    [InlineData("\"agency\"", "\"kiosk\"", 422, "case.channel-not-offered", "/channel")]
    [InlineData("\"staff-list\"", "\"moon-rock\"", 422, "case.material-unknown", "/materials/0/code")]
    [InlineData("sha-256:aaaa", "md5:", 422, "case.material-invalid", "/materials/0/digest")]
    public async Task A_mistake_in_an_application_is_named_and_nothing_is_stored(string right, string wrong, int status, string code, string? pointer)
    {
        Assert.Contains(right, Valid, StringComparison.Ordinal);

        var refused = (await Customs.PostRaw("/v1/cases", Valid.Replace(right, wrong, StringComparison.Ordinal))).Refuses(status, code);

        if (pointer is not null)
            Assert.Equal(pointer, Assert.Single(refused.Json.Each("errors", "pointer")));
        Assert.Contains("no-store", refused.Header("Cache-Control"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"item":"SAMR-028-01","zz":1,""")]
    [InlineData("""{"item":"SAMR-028-01","zz":1,}""")]
    [InlineData("""{"item":"SAMR-028-01","item":"SAMR-028-01" """)]
    [InlineData("""{"channel":"pigeon","item":7]""")]
    public async Task What_breaks_off_is_no_JSON_whatever_is_wrong_before(string body) =>
        Assert.Empty((await Customs.PostRaw("/v1/cases", body)).Refuses(400, Malformed).Json.List("errors"));

    [Fact]
    public async Task Everything_that_is_wrong_with_a_bodys_form_is_told_at_once_and_with_what_would_be_right()
    {
        var refused = (await Customs.PostRaw("/v1/cases", """
            {"channel":"pigeon","hall":null,"hal":"airport","hal":1,"materials":[{"code":7,"name":"\ud800"},5],"applicant":{"kind":"person","name":null,"age":1}}
            """)).Refuses(400, Field);

        Assert.Equal(
            [
                ("/channel", Field), ("/hal", "request.unknown-field"), ("/hal", "request.duplicate-field"), ("/materials/0/code", Field), ("/materials/0/name", BadText),
                ("/materials/1", Field), ("/applicant/name", Field), ("/applicant/age", "request.unknown-field"),
                ("/item", "request.field-missing"),
            ],
            refused.Json.List("errors").Select(e => (e.Text("pointer"), e.Text("code"))));
        var words = refused.Json.List("errors").ToLookup(e => e.Text("pointer"), e => e.TryGetProperty("detail", out var detail) ? detail.GetString()! : "");
        Assert.Contains("online, window, kiosk, mobile, agency", words["/channel"].Single(), StringComparison.Ordinal);
        Assert.Contains("item, channel, applicant, hall, materials, declaration", words["/hal"].First(), StringComparison.Ordinal);
        Assert.Contains("once", words["/hal"].Last(), StringComparison.Ordinal);
        Assert.Contains("required", words["/item"].Single() + refused.Json.List("errors")[8].Text("title"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GraphQL_points_into_the_input_and_says_as_much()
    {
        var application = JsonNode.Parse(Valid)!.AsObject();
        (application["channel"], application["hall"], application["applicant"]!["kind"]) = ("KIOSK", "moon", "LEGAL_ENTITY");
        application["applicant"]!["name"] = "";
        var refusal = (await Customs.Ask(
            "mutation($input: SubmitCaseInput!) { submitCase(input: $input) { refusal { errors { pointer code title detail } } } }", new { input = application }))
            .GetProperty("submitCase").GetProperty("refusal");

        Assert.Equal(["/applicant/name", "/channel", "/hall"], refusal.Each("errors", "pointer"));
        Assert.All(refusal.List("errors"), e => Assert.NotEqual("", e.Text("title") + e.Text("detail")));
        Assert.Contains("online, window, agency", refusal.List("errors")[1].Text("detail"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/cases/{0}/extension", "{\"by\":{\"value\":\"3\",\"unit\":\"working-days\"},\"reason\":\"x\"}", Field, "/by/value")]
    [InlineData("/v1/cases/{0}/extension", "{\"by\":{\"value\":true,\"unit\":\"working-days\"},\"reason\":\"x\"}", Field, "/by/value")]
    [InlineData("/v1/cases/{0}/extension", "{\"by\":null,\"reason\":\"x\"}", Field, "/by")]
    [InlineData("/v1/cases/{0}/extension", "{\"by\":{\"value\":3,\"unit\":\"weeks\"},\"reason\":\"x\"}", Field, "/by/unit")]
    [InlineData("/v1/cases/{0}/acceptance", "{\"deferred\":[{\"code\":\"x\",\"supplyBy\":5}]}", Field, "/deferred/0/supplyBy")]
    [InlineData("/v1/cases/{0}/acceptance", "{\"deferred\":[{\"code\":\"\\ud800\",\"supplyBy\":\"2026-12-31\"}]}", BadText, "/deferred/0/code")]
    [InlineData("/v1/clock/simulate", "{\"start\":\"2020-04-30T10:00:00Z\",\"limit\":{\"value\":\"3\",\"unit\":\"hours\"}}", Field, "/limit/value")]
    [InlineData("/v1/clock/simulate", "{\"start\":\"2020-04-30T10:00:00Z\",\"limit\":{\"value\":3,\"unit\":\"\\ud800\"}}", BadText, "/limit/unit")]
    public async Task A_value_of_another_type_is_told_from_broken_text(string path, string body, string code, string pointer)
    {
        var refused = (await Customs.PostRaw(string.Format(CultureInfo.InvariantCulture, path, Guid.Empty), body, ("If-Match", "\"1\""))).Refuses(400, code);

        Assert.Equal(pointer, Assert.Single(refused.Json.Each("errors", "pointer")));
    }

    [Theory]
    [InlineData("a letter", "11010519491231002Y")]
    [InlineData("a check digit", "110105194912310021")]
    [InlineData("a day that does not exist", "110105194902300021")]
    [InlineData("lower case", "11010519491231002x")]
    public async Task A_citizen_id_with_a_mistake_is_refused(string mistake, string citizenId)
    {
        Assert.NotEmpty(mistake);
        var application = Applications.For(Applications.Plain);
        application["applicant"] = new Dictionary<string, object?> { ["kind"] = "person", ["name"] = "买买提·吐尔逊", ["citizenId"] = citizenId };

        (await Customs.Post("/v1/cases", application)).Refuses(422, "applicant.citizen-id-invalid");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("identity, gzip")]
    [InlineData("nonsense")]
    public async Task An_encoded_body_is_refused_by_what_would_be_taken(string coding)
    {
        foreach (var path in new[] { "/v1/cases", "/v1/clock/simulate", "/graphql" })
        {
            var refused = (await Encoded(path, [0x1f, 0x8b, 0x08, 0x00], coding)).Refuses(415, "request.content-encoding");
            Assert.Equal("identity", refused.Header("Accept-Encoding"));
        }
        (await Encoded("/v1/cases", Encoding.UTF8.GetBytes(Valid.Replace("airport", "moon", StringComparison.Ordinal)), "identity")).Refuses(422, "case.hall-not-offered");

        Task<Answered> Encoded(string path, byte[] body, string coding)
        {
            var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
            return Customs.Send(HttpMethod.Post, path, content);
        }
    }

    [Theory]
    [InlineData("application/vnd.api+json")]
    [InlineData("application/problem+json")]
    [InlineData("text/json")]
    [InlineData("application/json; charset=utf-16")]
    public async Task A_body_is_of_one_media_type(string type)
    {
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(Valid));
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(type);

        (await Customs.Send(HttpMethod.Post, "/v1/cases", body)).Refuses(415, "request.media-type");
    }

    [Fact]
    public async Task A_body_beyond_a_megabyte_is_too_large()
    {
        var large = Valid.Replace("津门公司", new string('x', 2_000_000), StringComparison.Ordinal);

        (await Customs.PostRaw("/v1/cases", large, Client.AskFirst)).Refuses(413, "request.too-large");
    }

    [Fact]
    public async Task A_body_of_unknown_length_beyond_a_megabyte_is_too_large()
    {
        // A little beyond: the server hangs up on the rest, and may do so before a client that still sends has heard why.
        using var endless = new MemoryStream(Encoding.UTF8.GetBytes(new string(' ', 1_000_000) + Valid));
        using var content = new StreamContent(endless);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentLength = null;

        (await Customs.Send(HttpMethod.Post, "/v1/cases", content, ("Transfer-Encoding", "chunked"))).Refuses(413, "request.too-large");
    }

    [Fact]
    public async Task Nesting_without_end_is_refused()
    {
        var deep = new string('[', 10_000) + new string(']', 10_000);

        (await Customs.PostRaw("/v1/cases", deep)).Must(400);
        (await Customs.PostRaw("/v1/cases", Valid.Replace("\"SAMR-028-01\"", deep, StringComparison.Ordinal))).Must(400);
        (await Customs.PostRaw("/v1/cases", Valid.Replace("\"hall\"", $"\"x\":{deep},\"hall\"", StringComparison.Ordinal))).Must(400);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_refused()
    {
        byte[] broken = [.. Encoding.UTF8.GetBytes(Valid[..Valid.IndexOf('津', StringComparison.Ordinal)]), 0xC3, 0x28, .. Encoding.UTF8.GetBytes("\"}}")];
        (await Customs.PostRaw("/v1/cases", broken)).Must(400);
        (await Customs.PostRaw("/v1/cases", Encoding.Unicode.GetBytes(Valid))).Refuses(400, Malformed);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("")]
    public async Task A_body_that_is_no_object_is_refused(string body) => Assert.Equal(400, (await Customs.PostRaw("/v1/cases", body)).Status);

    [Fact]
    public async Task Only_json_is_taken()
    {
        using var form = new StringContent(Valid, Encoding.UTF8, "text/plain");

        (await Customs.Send(HttpMethod.Post, "/v1/cases", form)).Refuses(415, "request.media-type");
    }

    [Theory]
    [InlineData("utf-8", 422, "case.item-unknown")]
    [InlineData("\"UTF-8\"", 422, "case.item-unknown")]
    [InlineData("utf-16", 415, "request.media-type")]
    [InlineData("nonsense", 415, "request.media-type")]
    public async Task Only_utf_8_is_taken(string charset, int status, string code)
    {
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(Valid.Replace("SAMR-028-01", "NO-SUCH-ITEM", StringComparison.Ordinal)));
        body.Headers.TryAddWithoutValidation("Content-Type", $"application/json; charset={charset}");

        (await Customs.Send(HttpMethod.Post, "/v1/cases", body)).Refuses(status, code);
    }

    [Theory]
    [InlineData("""{"query":"query($first: Int) { items(first: $first) { nodes { code } } }","variables":{"first":1,"first":2}}""", 400, "request.duplicate-field")]
    [InlineData("""{"query":"{ __typename }","query":"{ __typename }"}""", 400, "request.duplicate-field")]
    [InlineData("""{"query":"{ __typename }","query":"{ __typename }",""", 400, Malformed)]
    public async Task GraphQL_reads_a_body_as_strictly(string body, int status, string code)
    {
        var refused = (await Customs.PostRaw("/graphql", body)).Must(status);

        Assert.Equal(code, refused.Json.List("errors")[0].GetProperty("extensions").Text("code"));
    }

    [Fact]
    public async Task What_is_not_there_and_what_is_not_done_there_are_told_apart()
    {
        (await Customs.Get("/v1/nothing")).Refuses(404, "request.not-found");
        (await Customs.Get("/v1/cases/not-an-id")).Refuses(404, "request.not-found");
        (await Customs.Get("/v1/catalogue/items/NOTHING")).Refuses(404, "catalogue.item-not-found");
        var refused = (await Customs.Send(HttpMethod.Delete, "/v1/cases", null)).Refuses(405, "request.method-not-allowed");
        Assert.NotNull(refused.Header("Allow"));
        (await Customs.Send(HttpMethod.Put, "/v1/tasks", null)).Refuses(405, "request.method-not-allowed");
    }

    [Theory]
    [InlineData("2026-02-30T10:00:00+08:00")]
    [InlineData("2026-03-09T25:00:00+08:00")]
    [InlineData("2026-03-09T10:00:00")]
    [InlineData("0001-01-01T00:00:00+08:00")]
    [InlineData("tomorrow")]
    public async Task An_instant_that_cannot_be_is_refused_in_a_body(string start)
    {
        var refused = (await platform.Anybody.Post("/v1/clock/simulate", new { start, limit = new { value = 3, unit = "working-days" } }))
            .Refuses(400, Field);

        Assert.Equal("/start", Assert.Single(refused.Json.Each("errors", "pointer")));
    }

    [Fact]
    public async Task A_day_that_cannot_be_is_refused_in_a_list_of_a_body()
    {
        var refused = (await Customs.PostRaw("/v1/cases/01890000-0000-7000-8000-000000000000/acceptance",
            """{"deferred":[{"code":"appraisal-report","supplyBy":"2026-02-30"}]}""", ("If-Match", "\"1\""))).Refuses(400, Field);

        Assert.Equal("/deferred/0/supplyBy", Assert.Single(refused.Json.Each("errors", "pointer")));
    }

    [Theory]
    [InlineData(null, "en")]
    [InlineData("zh-CN", "zh-CN")]
    [InlineData("zh", "zh-CN")]
    [InlineData("fr, zh;q=0.8, en;q=0.5", "zh-CN")]
    [InlineData("en-GB, zh;q=0.1", "en")]
    [InlineData("zh;q=0, en", "en")]
    [InlineData("???", "en")]
    public async Task A_problem_speaks_the_clients_language(string? accept, string language)
    {
        var refused = await Customs.Get("/v1/nothing", accept is null ? [] : [("Accept-Language", accept)]);

        refused.Refuses(404, "request.not-found");
        Assert.Equal(language, refused.Header("Content-Language"));
        Assert.Equal(language == "en" ? "There is nothing at this address" : "没有此地址", refused.Json.Text("title"));
    }
}
