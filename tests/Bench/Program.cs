using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Npgsql;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Forms;
using OneDoor.Platform;

namespace OneDoor.Bench;

/// <summary>
/// <c>make bench</c>: OneDoor and the rival in alternation, in one go, on release builds, over one PostgreSQL. Only ratios
/// of one run mean anything on a shared machine.
/// </summary>
public static class Program
{
    private const int Rounds = 3;
    private const string Department = "market-regulation", Client = $"sandbox-{Department}";
    private static readonly string[] Materials = ["registration-application", "articles-of-association", "premises-proof", "identity-proof", "seal-request"];
    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(5);

    /// <summary>Until a server has compiled what it runs, prepared its statements and filled its pools.</summary>
    internal static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(60);

    public static async Task<int> Main(string[] args)
    {
        var connection = Environment.GetEnvironmentVariable("ConnectionStrings__OneDoor")
            ?? throw new InvalidOperationException("ConnectionStrings__OneDoor is not set.");
        if (args is ["rival", var authority])
        {
            await Rival.Serve(connection, authority);
            return 0;
        }
        var database = $"onedoor_bench_{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}";
        await using var administration = NpgsqlDataSource.Create(connection);
        await Execute(administration, $"create database {database}");
        try
        {
            await Measure(new NpgsqlConnectionStringBuilder(connection) { Database = database }.ToString());
        }
        finally
        {
            // Not with (force): that would also end the server's own vacuum, which only a superuser may. It makes way when asked.
            await Execute(administration, $"select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '{database}' and usename = current_user");
            await Execute(administration, $"drop database {database}");
        }
        return 0;
    }

    private static async Task Measure(string connection)
    {
        var bin = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../.."));
        string api = Path.Combine(bin, "Api/release/OneDoor.Api.dll"), identity = Path.Combine(bin, "Identity/release/OneDoor.Identity.dll");
        Dictionary<string, string> With(params (string Name, string Value)[] more) => new(more.Select(m => KeyValuePair.Create(m.Name, m.Value)))
        {
            ["ConnectionStrings__OneDoor"] = connection, ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Logging__LogLevel__Default"] = "Warning",
        };
        await using (var rivalTables = NpgsqlDataSource.Create(connection))
            await Execute(rivalTables, Rival.Tables);
        await Server.Command(identity, With(), "migrate");
        await Server.Command(api, With(), "migrate");
        await Server.Command(api, With(), "catalogue");
        var (issuerPort, apiPort, rivalPort) = (Port.Free(), Port.Free(), Port.Free());
        var authority = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{issuerPort}");
        await using var issuer = await Server.Start("identity", identity, issuerPort, With(("Identity__Issuer", authority)));
        await using var oneDoor = await Server.Start("OneDoor", api, apiPort, With(
            ("Authentication__Authority", authority), ("RateLimit__Requests", "100000000")));
        await using var rival = await Server.Start("rival", typeof(Program).Assembly.Location, rivalPort, With(), "rival", authority);

        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = Load.Connections };
        using var http = new HttpClient(handler);
        // Before each comparison: a token lasts ten minutes, and all of them take longer.
        async Task SignIn() => http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await Token(http, issuer.Address));
        await SignIn();
        var body = Body();
        Dictionary<Server, string> known = new() { [oneDoor] = await First(http, oneDoor, body), [rival] = await First(http, rival, body) };

        await GraphQlComparison.Measure(http, connection, authority, api, With, server => Submit(server, body));
        var ceiling = new Ceiling(
            new NpgsqlConnectionStringBuilder(connection), await http.GetStringAsync(new Uri(rival.Address, known[rival])),
            Guid.Parse(known[rival].Split('/')[^1]), Department, Client);

        await SignIn();
        await Compare("POST /v1/cases", http, oneDoor, rival, ceiling, server => Submit(server, body));
        await SignIn();
        await Compare("GET /v1/cases/{id}", http, oneDoor, rival, ceiling, server => new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, known[server])));
        await SignIn();
        await Compare("GET /v1/cases", http, oneDoor, rival, ceiling, server => new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "/v1/cases")));
    }

    private static async Task Compare(
        string what, HttpClient http, Server oneDoor, Server rival, Ceiling ceiling, Func<Server, HttpRequestMessage> request)
    {
        Title(what);
        List<double> ratios = [];
        foreach (var server in new[] { oneDoor, rival })
            await Load.Run(server, http, WarmUp, () => request(server));
        for (var round = 0; round < Rounds; round++)
        {
            var one = await Load.Run(oneDoor, http, RoundTime, () => request(oneDoor));
            var other = await Load.Run(rival, http, RoundTime, () => request(rival));
            Print(oneDoor.Name, one);
            Print(rival.Name, other);
            ratios.Add(one.PerSecond / other.PerSecond);
        }
        Console.WriteLine(await ceiling.Measure(what, RoundTime) is { } database
            ? string.Create(CultureInfo.InvariantCulture, $"{"pgbench",-10}{database,9:F0}  the rival's SQL, no server")
            : "pgbench is not installed: no ceiling");
        ratios.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio of requests per second, median of {Rounds}: {ratios[Rounds / 2]:F2} ({ratios[0]:F2}–{ratios[^1]:F2})"));
    }

    internal static void Title(string what) =>
        Console.WriteLine($"\n{what}\n{"",-10}{"req/s",9}{"p50 ms",9}{"p99 ms",9}{"CPU µs",9}{"KB",9}{"SQL",7}");

    internal static void Print(string name, Measured m) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{name,-10}{m.PerSecond,9:F0}{m.P50Ms,9:F2}{m.P99Ms,9:F2}{m.CpuMicroseconds,9:F0}{m.AllocatedKb,9:F1}{m.RoundTrips,7:F2}"));

    private static HttpRequestMessage Submit(Server server, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(server.Address, "/v1/cases")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString());
        return request;
    }

    private static async Task<string> First(HttpClient http, Server server, byte[] body)
    {
        using var answer = await http.SendAsync(Submit(server, body));
        return answer.EnsureSuccessStatusCode().Headers.Location!.ToString();
    }

    private static async Task<string> Token(HttpClient http, Uri identity)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(identity, "/connect/token"));
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{Client}:sandbox-secret")));
        request.Content = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials")]);
        using var answer = await http.SendAsync(request);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    private static byte[] Body() => Encoding.UTF8.GetBytes($$"""
        {"item":"ESTABLISHMENT","channel":"agency","hall":"airport",
         "applicant":{"kind":"founders","founders":[{"kind":"legal-entity","name":"天津海河贸易有限公司","uscc":"91120118MA06WRRW42"}],"representative":0,"subject":{"name":"天津海河新设有限公司","kind":"company" } },
         "declaration":{"digest":"{{SignedTexts.Declaration.Digest}}","signatory":"陈建国"},
         "form":{{FormExample.Of(CatalogueData.Forms().First(form => form.Code == "establishment"), LegalClock.DayOf(TimeProvider.System.GetUtcNow()))}},"contact":{"phone":"13900000000"},
         "materials":[{{string.Join(',', Materials.Select(code => $"{{\"code\":\"{code}\",\"name\":\"{code}.pdf\",\"digest\":\"sha-256:{new string('0', 64)}\"}}"))}}]}
        """);

    private static async Task Execute(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
