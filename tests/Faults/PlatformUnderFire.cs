using System.Globalization;
using OneDoor.Faults;
using OneDoor.Identity;
using OneDoor.Platform;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(PlatformUnderFire))]
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace OneDoor.Faults;

/// <summary>Identity and the API as processes over a cluster of their own.</summary>
public sealed class PlatformUnderFire : IAsyncLifetime
{
    /// <summary>Statements give up after this many seconds, so tests need not wait long.</summary>
    public const int Patience = 3;

    private readonly int _apiPort = Port.Free();
    private readonly int _identityPort = Port.Free();
    private string _connection = "";
    private IdentityClient? _tokens;

    /// <summary>How long the storm of faults lasts.</summary>
    public static TimeSpan Duration { get; } = TimeSpan.FromSeconds(Setting.Number("FAULTS_SECONDS", 60));

    /// <summary>What decides which fault comes next and what clients do.</summary>
    public static int Seed { get; } = Setting.Seed("FAULTS_SEED", 1);

    public PrivateCluster Cluster { get; } = new();

    public Database Database { get; private set; } = null!;

    public ChildProcess Identity { get; private set; } = null!;

    public ChildProcess Api { get; private set; } = null!;

    /// <summary>Speaks to the API, whichever process it is by now.</summary>
    public HttpClient Http { get; private set; } = null!;

    public Client Anybody => new(Http, null);

    public async ValueTask InitializeAsync()
    {
        // A run that was interrupted leaves its server behind.
        await Cluster.Stop("fast");
        await Cluster.Start();
        Environment.SetEnvironmentVariable("ConnectionStrings__OneDoor", Cluster.Connection);
        Database = await Database.Empty();
        _connection = Database.Connection;
        await Operator.Run<IdentityHost>(Database, "migrate");
        await Operator.Run<Caller>(Database, "migrate");
        await Operator.Run<Caller>(Database, "catalogue", "--effective=2026-01-01");
        Identity = BeginIdentity();
        await Identity.Ready();
        // As of a server that has run for a while.
        await KeysSignFrom("now() - interval '1 day'");
        _tokens = new IdentityClient(Identity.Http, TimeProvider.System);
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_apiPort}"), Timeout = TimeSpan.FromSeconds(30) };
        Api = Begin(_apiPort);
        await Api.Ready();
    }

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        Api?.Dispose();
        Identity?.Dispose();
        if (Database is not null)
            await Database.DisposeAsync();
        await Cluster.Stop("fast");
    }

    /// <summary>The token of a department's sandbox client.</summary>
    public Task<string> Token(Department department, string scope = RunningPlatform.Clerk) => _tokens!.Token($"sandbox-{Kebab.Of(department)}", scope);

    /// <summary>Identity's keys sign as of a moment, given in SQL.</summary>
    public Task KeysSignFrom(string moment) => Database.Run($"update identity.signing_keys set signs_from = {moment}; update identity.sealing_keys set signs_from = {moment}");

    /// <summary>One more API, ready.</summary>
    public async Task<ChildProcess> StartApi(params (string Name, string Value)[] settings)
    {
        var api = Begin(settings);
        await api.Ready();
        return api;
    }

    /// <summary>One more API, which may not become ready.</summary>
    public ChildProcess Begin(params (string Name, string Value)[] settings) => Begin(Port.Free(), settings);

    /// <summary>The API is killed, and another takes its place.</summary>
    public async Task ReplaceApi()
    {
        await Api.Kill();
        Api.Dispose();
        Api = Begin(_apiPort);
        await Api.Ready();
    }

    /// <summary>Both servers end, and others take their places over another database.</summary>
    public async Task MoveTo(string connection, params (string Name, string Value)[] settings)
    {
        foreach (var server in new[] { Api, Identity })
        {
            await server.Kill();
            server.Dispose();
        }
        _connection = connection;
        Identity = BeginIdentity();
        await Identity.Ready();
        _tokens = new IdentityClient(Identity.Http, TimeProvider.System);
        Api = Begin(_apiPort, settings);
        await Api.Ready();
    }

    private ChildProcess BeginIdentity() =>
        ChildProcess.Identity(_connection, _identityPort, ("Identity__RateLimit__Requests", "1000000"), ("Keys__RefreshEvery", "00:00:01"));

    private ChildProcess Begin(int port, params (string Name, string Value)[] settings) => ChildProcess.Api(
        _connection, port,
        [
            ("ASPNETCORE_ENVIRONMENT", "Development"),
            ("Authentication__Authority", Identity.Http.BaseAddress!.OriginalString.TrimEnd('/')),
            ("Store__CommandTimeoutSeconds", Patience.ToString(CultureInfo.InvariantCulture)),
            ("RateLimit__Requests", "1000000"), ("RateLimit__AnonymousRequests", "1000000"),
            .. settings,
        ]);
}
