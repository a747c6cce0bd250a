using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using OneDoor.Cases;
using OneDoor.Contracts;
using OneDoor.Identity;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Feed;

/// <summary>
/// The agencies of docs/samples, as their departments would run them beside the platform: in each language one by the sandbox's secret, and one as outside of it, over
/// TLS and by a certificate of its own.
/// </summary>
public sealed class SampleAgencies(RunningPlatform platform) : IAsyncLifetime
{
    private static readonly string Samples = Path.Combine(Approved.Root, "docs", "samples");
    private static readonly string Built = Path.Combine(AppContext.BaseDirectory, "..", "..", "Samples", "debug", "OneDoor.Samples.dll");

    private static readonly Dictionary<string, string[]> Commands = new()
    {
        ["tax"] = ["node", "dist/tax.js"], ["social-security"] = ["node", "dist/social-security.js"], ["customs"] = ["dotnet", Built, "customs"], ["fire"] = ["dotnet", Built, "fire"],
    };

    // Two steps of an establishment, acceptance and decision of a relief, and of a place the inspection as well.
    private const int DoneOfThree = 7;

    private const string Untold = """
        select (select count(*) from onedoor.webhook_deliveries where status = 'waiting') + (select count(*) from onedoor.webhook_places where place < (select max(seq_id) from onedoor.mt_events))
        """;

    // Known by certificates.
    private const string ByScript = "social-security", ByProgram = "fire";

    private readonly string _state = Directory.CreateTempSubdirectory("onedoor-samples-").FullName;
    private readonly Dictionary<string, int> _ports = Commands.Keys.ToDictionary(name => name, _ => Port.Free());
    private readonly Uri _identityAt = new($"https://127.0.0.1:{Port.Free()}"), _apiAt = new($"https://127.0.0.1:{Port.Free()}");
    private readonly List<HttpClient> _connections = [];
    private Database? _database;
    private ChildProcess? _identity, _api;
    private IdentityClient? _tokens;
    private X509Certificate2 _server = null!, _agency = null!;
    private HttpClient _http = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsMacOS(), "There .NET trusts what the keychain does, and no certificate in a file.");
        // By the client that is made of the contract: what it does not know does not compile.
        using var build = ChildProcess.Program(["npm", "run", "build"], Samples);
        Assert.True(await build.Ended(RunningPlatform.Patience) == 0, build.Output);
        _database = await platform.Template.Copy();
        _server = Certificate("server");
        _agency = Certificate(ByScript);
        var clients = FileOf("clients.json");
        await File.WriteAllTextAsync(clients, JsonSerializer.Serialize(new[] { Entry(ByScript, _agency), Entry(ByProgram, Certificate(ByProgram)) }));
        await Operator.Run<IdentityHost>(_database, "clients", clients);
        (string, string)[] tls =
            [("Kestrel__Certificates__Default__Path", FileOf("server.pem")), ("Kestrel__Certificates__Default__KeyPath", FileOf("server.key")), ("SSL_CERT_FILE", FileOf("server.pem"))];
        _identity = ChildProcess.Identity(_database.Connection, _identityAt.Port,
            [.. tls, ("ASPNETCORE_URLS", _identityAt.OriginalString), ("Identity__Issuer", _identityAt.OriginalString), ("Identity__RequestClientCertificates", "true")]);
        _api = ChildProcess.Api(_database.Connection, _apiAt.Port,
            [.. tls, ("ASPNETCORE_URLS", _apiAt.OriginalString), ("ASPNETCORE_ENVIRONMENT", "Development"), ("Authentication__Authority", _identityAt.OriginalString)]);
        _http = Http(_apiAt);
        var identity = Http(_identityAt);
        await Task.WhenAll(RunningPlatform.Ready(identity), RunningPlatform.Ready(_http));
        _tokens = new IdentityClient(identity, TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _connections.ForEach(connection => connection.Dispose());
        _api?.Dispose();
        _identity?.Dispose();
        if (_database is not null)
            await _database.DisposeAsync();
        Directory.Delete(_state, recursive: true);
    }

    [Fact]
    public async Task Each_decides_what_is_its_own_once_and_after_an_outage_what_it_has_missed()
    {
        var first = await Started();
        try
        {
            await Decided(await Submitted(), first);
        }
        finally
        {
            foreach (var agency in first)
                await agency.Kill();
        }
        // Nothing is sent to them meanwhile, nor while they catch up: what they have missed the feed alone tells them.
        await Webhooks("pause");
        var missed = await Submitted();
        var second = await Started();
        try
        {
            await Decided(missed, second);
            // Of that they are told once more then. Each works through what it hears in order, so that once it has decided what comes later it is through with it.
            await Webhooks("resume");
            await RunningPlatform.Until(async () => await _database!.Count(Untold) == 0, "they have been told of all", () => Said(second));
            await Decided(await Submitted(), second);
            // Each has done what there was to do, once, and was never refused; and nobody has subscribed twice.
            string Heard() => string.Concat(first.Concat(second).Select(agency => agency.Output));
            string[] Done() => [.. Heard().Split('\n').Where(line => line.EndsWith(": granted", StringComparison.Ordinal) || line.EndsWith(": done", StringComparison.Ordinal))];
            // What it did is seen before what it says of it.
            await RunningPlatform.Until(() => Task.FromResult(Done().Length >= 3 * DoneOfThree), "they have said so", () => Said(second));
            Assert.DoesNotContain("case.", Heard(), StringComparison.Ordinal);
            var done = Done();
            Assert.Equal(done.Distinct(), done);
            Assert.Equal(3 * DoneOfThree, done.Length);
        }
        finally
        {
            foreach (var agency in first.Concat(second))
                agency.Dispose();
        }
    }

    // All who have webhooks, of which each has one.
    private async Task Webhooks(string command)
    {
        foreach (var client in new[] { As(Department.Tax, Scopes.WebhooksManage), As(_agency, ByScript), As(Department.Customs, Scopes.WebhooksManage) })
        {
            var path = $"/v1/webhooks/{Assert.Single((await client.Get("/v1/webhooks")).Must(200).Json.List("items")).Text("id")}";
            (await client.Post($"{path}/{command}", null, ("If-Match", (await client.Get(path)).ETag))).Must(200);
        }
    }

    private async Task<ChildProcess[]> Started()
    {
        var agencies = Commands.Select(command => ChildProcess.Program(command.Value, Samples,
            [
                ("API", _apiAt.OriginalString), ("IDENTITY", _identityAt.OriginalString), ("ADDRESS", $"http://127.0.0.1:{_ports[command.Key]}/onedoor"), ("STATE", _state),
                ("NODE_EXTRA_CA_CERTS", FileOf("server.pem")), ("SSL_CERT_FILE", FileOf("server.pem")),
                .. command.Key is ByScript or ByProgram
                    ? new[] { ("CLIENT_ID", $"{command.Key}-bureau"), ("CLIENT_CERT", FileOf($"{command.Key}.pem")), ("CLIENT_KEY", FileOf($"{command.Key}.key")) } : [],
            ])).ToArray();
        try
        {
            await RunningPlatform.Until(() => Task.FromResult(agencies.All(a => a.Output.Contains(" listens ", StringComparison.Ordinal))), "the agencies listen", () => Said(agencies));
            return agencies;
        }
        catch
        {
            foreach (var agency in agencies)
                agency.Dispose();
            throw;
        }
    }

    // An establishment whose licence is granted, relief from duty, and a place where people gather.
    private async Task<string[]> Submitted()
    {
        var market = As(Department.MarketRegulation);
        var established = await Applied(market, Applications.Establishment);
        var accepted = (await market.Post($"{established}/acceptance", null, ("If-Match", (await market.Get(established)).ETag))).Must(200);
        (await market.Post($"{established}/steps/licence/decision", new { outcome = "granted", uscc = Applications.FreshUscc() }, ("If-Match", accepted.ETag))).Must(200);
        return [established, await Applied(market, "CUST-008"), await Applied(market, "FIRE-001-02")];
    }

    private static async Task<string> Applied(Client submitter, string item) =>
        (await submitter.PostRaw("/v1/cases", (await submitter.Get($"/v1/catalogue/items/{item}/example")).Must(200).Text)).Must(201).Header("Location")!;

    private async Task Decided(string[] cases, ChildProcess[] agencies) => await RunningPlatform.Until(async () =>
    {
        var office = As(Department.ServiceOffice, Scopes.CasesAudit);
        var seen = await Task.WhenAll(cases.Select(async path => (await office.Get(path)).Must(200).Json));
        return seen[0].List("steps").Count(s => s.Text("code") is "invoices" or "social-security-registration" && s.Text("status") == "granted") == 2
            && seen[1..].All(c => c.Text("status") == "granted");
    }, "all is decided", () => Said(agencies));

    private static string Said(ChildProcess[] agencies) => string.Join('\n', agencies.Select(a => a.Output));

    private Client As(Department department, string scopes = RunningPlatform.Clerk) => new(_http, () => _tokens!.Token($"sandbox-{Kebab.Of(department)}", scopes));

    // Whose token is good on its own connections alone.
    private Client As(X509Certificate2 certificate, string name)
    {
        var identity = Http(_identityAt, certificate);
        return new(Http(_apiAt, certificate), async () =>
        {
            using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", $"{name}-bureau"), new("scope", Scopes.WebhooksManage)]);
            return (await Answered.Of(await identity.PostAsync(new Uri("/connect/token", UriKind.Relative), form))).Must(200).Json.Text("access_token");
        });
    }

    private HttpClient Http(Uri address, X509Certificate2? certificate = null)
    {
        var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown?.Thumbprint == _server.Thumbprint };
        if (certificate is not null)
            handler.ClientCertificates.Add(certificate);
        _connections.Add(new HttpClient(handler) { BaseAddress = address });
        return _connections[^1];
    }

    // Of a key of its own, signed by nobody else; both lie beside what the agencies keep.
    private X509Certificate2 Certificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(FileOf($"{name}.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(FileOf($"{name}.key"), key.ExportPkcs8PrivateKeyPem());
        return certificate;
    }

    // As an agency hands it to the operator (docs/IDENTITY.md, From the sandbox to production).
    private static object Entry(string department, X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPublicKey()!;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new
        {
            clientId = $"{department}-bureau",
            displayName = department,
            department,
            certificateBound = true,
            scopes = new[] { "cases:read", "cases:handle", "events:read", "webhooks:manage" },
            jwks = new { keys = new[] { new { kty = "EC", crv = "P-256", kid = "1", x = Base64Url.EncodeToString(point.X), y = Base64Url.EncodeToString(point.Y), x5c = new[] { Convert.ToBase64String(certificate.RawData) } } } },
        };
    }

    private string FileOf(string name) => Path.Combine(_state, name);
}
