using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using OneDoor.Applicants;
using OneDoor.Cases;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Observability;

/// <summary>
/// Marked names, numbers, tokens and secrets in everything that can be sent, over good requests, refusals and faults: none
/// of them is in any log, trace, metric or problem.
/// </summary>
public sealed partial class Canary(ObservedPlatform platform) : IClassFixture<ObservedPlatform>
{
    // Marks of ASCII alone fit everywhere; those of rare characters only where such text does.
    private const string Name = "𠮷䶮·甄别", FileName = "甄别身份证𠮷.pdf", Phone = "13987650421", Secret = "zhenbie-secret-7f3a", Token = "zhenbie.token-91c2";

    private static readonly string CitizenNumber = "12011619871104" + "732" + CitizenId.Check("12011619871104732");

    private static readonly string CompanyNumber = Company();

    private static readonly string[] Ascii = [Phone, Secret, Token, CitizenNumber, CompanyNumber];

    private static readonly string[] Marks = [Name, FileName, .. Ascii];

    private readonly List<Answered> _problems = [];
    private int _keys;

    private HttpClient Api => platform.Api.Http;

    private Client Customs => platform.As(Department.Customs);

    [Fact]
    public async Task Nothing_that_people_send_is_in_a_log_a_trace_a_metric_or_a_problem()
    {
        await Submit(201);
        await Ask();
        await AskIdentity();
        Assert.Equal(11, await platform.Database.Count($"select count(*) from onedoor.mt_doc_case where data::text like '%{Name}%'"));

        // Faults of ours, whose exceptions quote what was stored.
        await Break("onedoor.mt_doc_case");
        await Break("""identity."OpenIddictTokens" """);
        await Break("identity.sign_in_attempts");
        await Submit(500);
        await AskIdentity();
        var fault = _problems.Last(problem => problem.Status == 500).Json.Text("traceId");

        await platform.Database.GoAway();
        await Submit(503);
        await Ask();
        await AskIdentity();

        await RunningPlatform.Until(() => Task.FromResult(platform.Collector.Logs.Any(log => log.TraceId == fault)), "the fault's log arrives");
        var logged = platform.Collector.Logs.First(log => log.TraceId == fault);
        Assert.Equal(("Error", "Npgsql.PostgresException"), (logged.Severity, Innermost(logged.Attributes["exception.stacktrace"])));
        await RunningPlatform.Until(() => Task.FromResult(platform.Collector.Spans.Any(span => span.TraceId == _problems[^1].Json.Text("traceId"))), "the last span arrives");
        Assert.Contains(platform.Collector.Logs, log => log.Severity is "Trace" or "Debug");
        Assert.DoesNotContain(platform.Collector.Logs, log => log.Attributes.Keys.Any(name => log.Body.Contains($"{{{name}}}", StringComparison.Ordinal)));
        string[] found =
        [
            .. Found(platform.Collector.Bodies.Select(Encoding.UTF8.GetString), "OTLP"), .. Found([platform.Api.Output], "the API's log"),
            .. Found([platform.Identity.Output], "identity's log"), .. Found(_problems.Select(problem => Pointers().Replace(problem.Text, "")), "a problem"),
        ];
        Assert.True(found.Length == 0, $"{found.Length} times, among them\n{string.Join("\n\n", found.Take(10))}");
    }

    private static string Innermost(string stack) => Regex.Matches(stack, @"^(?: ---> )?([\w.]+Exception)", RegexOptions.Multiline)[^1].Groups[1].Value;

    private static string Company()
    {
        var first17 = $"91120118MACANARY{Uscc.OrganisationCheck("MACANARY")}";
        return first17 + Uscc.Check(first17);
    }

    // An exception from below that quotes the whole row.
    private Task Break(string table) => platform.Database.Run(
        $"""
         create or replace function public.quote_it() returns trigger language plpgsql as $$ begin raise exception 'refused: %', new; end $$;
         create trigger broken before insert or update on {table} for each row execute function public.quote_it();
         """);

    private async Task Submit(int status)
    {
        foreach (var applicant in new object[]
        {
            new { kind = "person", name = Name, citizenId = CitizenNumber }, new { kind = "legal-entity", name = Name, uscc = CompanyNumber },
        })
        {
            var application = Applications.For(Applications.Plain);
            application["applicant"] = applicant;
            application["declaration"] = Applications.Declared with { Signatory = Name };
            application["contact"] = new { phone = Phone, email = $"{Phone}@example.com" };
            application["materials"] = Applications.MaterialsOf(Applications.Plain)
                .Select(code => new MaterialGiven(code, $"{CitizenNumber} {FileName}", "sha-256:" + new string('a', 64))).ToArray();
            foreach (var mark in Ascii)
                Keep((await Customs.Post("/v1/cases", application, ("Idempotency-Key", $"{mark} {++_keys}"), ("tracestate", $"caller={mark}"), ("baggage", $"who={mark}"))).Must(status));
            var graph = new
            {
                query = "mutation M($input: SubmitCaseInput!, $key: String) { submitCase(input: $input, idempotencyKey: $key) { case { number applicant { name } } problem { code } } }",
                variables = new { input = new { item = Applications.Plain, channel = "AGENCY", hall = "airport", applicant = new { kind = "PERSON", name = Name, citizenId = CitizenNumber }, declaration = Applications.Declared with { Signatory = Name }, form = Applications.Answer(Applications.Plain), contact = new { phone = Phone } }, key = Phone },
            };
            await Customs.Post("/graphql", graph);
        }
    }

    private async Task Ask()
    {
        foreach (var mark in Marks)
        {
            var written = Uri.EscapeDataString(mark);
            foreach (var path in new[]
            {
                $"/v1/cases/{written}", $"/v1/{written}/{written}", $"/{written}", $"/v1/cases?after={written}&{written}={written}", $"/v1/cases?item={written}",
                $"/v1/catalogue/items?query={written}", $"/v1/catalogue/items/{written}", $"/v1/tasks?first={written}", $"/graphql?query={written}",
                $"/graphql?documentId={written}&operationName={written}&variables={written}", $"/signin?state={written}&code={written}&cursor={written}",
            })
                Keep(await Customs.Get(path));
            // Refused where a route matches: the security log tells of the route.
            Keep(await new Client(Api, null).Post($"/v1/cases/{Guid.Empty}/steps/{written}/decision", new { outcome = "granted" }));
            foreach (var body in new[]
            {
                $"{{\"{mark}\":1}}", $"{{\"item\":\"{mark}\",\"channel\":\"{mark}\"}}", $"{{\"item\":{mark}", mark,
                $"{{\"item\":\"{Applications.Plain}\",\"channel\":\"agency\",\"applicant\":{{\"kind\":\"person\",\"name\":\"{mark}\",\"citizenId\":\"{mark}\"}}}}",
            })
                Keep(await Customs.PostRaw("/v1/cases", body));
            foreach (var document in new[] { $"{{ {mark} }}", $"query {mark} {{ cases(item: \"{mark}\") {{ edges {{ node {{ id }} }} }} }}", $"{{ case(id: \"{mark}\") {{ id }} }}", $"{{ \"{mark}\"" })
                await Customs.Post("/graphql", new { query = document, operationName = mark, variables = new Dictionary<string, string> { [mark] = mark } });
        }
        foreach (var mark in Ascii)
        {
            var anybody = new Client(Api, null);
            (string, string)[] headers = [("User-Agent", mark), ("Referer", $"http://localhost/{mark}"), ("Cookie", $"s={mark}"), ("If-Match", $"\"{mark}\""),
                ("Accept-Language", mark), ("X-Forwarded-For", mark), ("Forwarded", $"for={mark}"), ("X-Correlation-Id", mark), ("Host", $"{mark.ToLowerInvariant()}.example")];
            Keep(await Customs.Get("/v1/cases", headers));
            Keep(await anybody.Get("/v1/cases", [("Authorization", $"Bearer {mark}"), .. headers]));
            Keep(await anybody.Get("/v1/cases", ("Authorization", $"Bearer {Jwt(mark)}")));
            Keep(await anybody.Send(new HttpMethod(mark.Replace('.', '-')), "/v1/cases", null));
        }
    }

    private async Task AskIdentity()
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        using var browser = new HttpClient(handler) { BaseAddress = platform.Identity.Http.BaseAddress };
        foreach (var mark in Marks)
        {
            var written = Uri.EscapeDataString(mark);
            foreach (var path in new[] { $"/connect/authorize?client_id=playground&state={written}&login_hint={written}&redirect_uri={written}&{written}=1", $"/{written}", $"/signin?to=%2F{written}", $"/connect/{written}", $"/connect/verify?user_code={written}" })
                await browser.GetAsync(path);
            await Post(browser, "/connect/token", null, ("grant_type", "client_credentials"), ("client_id", mark), ("client_secret", mark), ("scope", mark));
            await Post(browser, "/connect/token", null, ("grant_type", "client_credentials"), ("client_id", "sandbox-tax"), ("client_secret", mark));
            await Post(browser, "/connect/token", null, ("grant_type", mark), ("client_id", "playground"), ("code", mark), ("refresh_token", mark), ("code_verifier", mark));
            await Post(browser, "/connect/token", null, ("grant_type", "client_credentials"), ("client_assertion", Jwt(mark)),
                ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"));
            await Post(browser, "/connect/introspect", ("sandbox-tax", "sandbox-secret"), ("token", mark));
            await Post(browser, "/connect/revoke", (written, written), ("token", mark));
            var page = await (await browser.GetAsync("/signin")).Content.ReadAsStringAsync();
            var hidden = Hidden().Matches(page).Select(m => (WebUtility.HtmlDecode(m.Groups[1].Value), WebUtility.HtmlDecode(m.Groups[2].Value)));
            await Post(browser, "/signin", null, [.. hidden, ("name", mark), ("password", mark)]);
        }
        await Post(browser, "/connect/token", ("sandbox-tax", "sandbox-secret"), ("grant_type", "client_credentials"), ("state", Token));
    }

    private static async Task Post(HttpClient browser, string path, (string Id, string Secret)? basic, params (string Name, string Value)[] form)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value))) };
        if (basic is { } given)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{given.Id}:{given.Secret}")));
        (await browser.SendAsync(request)).Dispose();
    }

    private static string Jwt(string mark)
    {
        static string Part(object part) => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(part)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return $"{Part(new { alg = "ES256", typ = "at+jwt", kid = mark })}.{Part(new { sub = mark, iss = mark, aud = "onedoor", jti = mark, exp = 1 })}.{Part(mark)}";
    }

    private void Keep(Answered answer)
    {
        if (answer.Header("Content-Type")?.StartsWith(Problems.ContentType, StringComparison.Ordinal) == true)
            _problems.Add(answer);
    }

    // However it may be written: as it is, percent-encoded, in JSON's escapes, in base64.
    private static IEnumerable<string> Found(IEnumerable<string> texts, string where)
    {
        var spellings = Marks.SelectMany(mark => new[]
        {
            mark, Uri.EscapeDataString(mark), Uri.EscapeDataString(mark).ToLowerInvariant(), JsonSerializer.Serialize(mark).Trim('"'), JsonSerializer.Serialize(mark).Trim('"').ToLowerInvariant(),
            Jwt(mark).Split('.')[1],
        }).Distinct().ToArray();
        foreach (var text in texts)
        {
            foreach (var spelling in spellings)
            {
                if (text.IndexOf(spelling, StringComparison.OrdinalIgnoreCase) is >= 0 and var at)
                    yield return $"{where}: {text[Math.Max(0, at - 300)..Math.Min(text.Length, at + spelling.Length + 50)]}";
            }
        }
    }

    // A pointer names the place in the client's own document.
    [GeneratedRegex("\"pointer\":\"[^\"]*\"")]
    private static partial Regex Pointers();

    [GeneratedRegex("""<input type="hidden" name="([^"]*)" value="([^"]*)">""")]
    private static partial Regex Hidden();
}
