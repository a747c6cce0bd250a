using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Npgsql;
using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Identity;
using OpenIddict.Server;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

[assembly: AssemblyFixture(typeof(OneDoor.Platform.RunningPlatform))]
// One clock for everybody: a test that moves it moves it for all.
[assembly: Parallelization(Mode = ParallelMode.None)]

namespace OneDoor.Platform;

/// <summary>Both servers on a database of their own, at a time that only tests move, and only forwards.</summary>
public sealed class RunningPlatform : IAsyncLifetime
{
    /// <summary>What systems of departments ask for, by what they do; what people may is <see cref="AccessTable.ScopesOf"/>.</summary>
    public const string Clerk = "cases:submit cases:read cases:handle licences:read licences:manage supervision:handle";
    public const string Supervisor = $"{Clerk} cases:supervise";
    public const string Auditor = "cases:audit";

    /// <summary>How long tests wait for what has to come.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan ChinaStandardTime = TimeSpan.FromHours(8), GoodFor = TimeSpan.FromMinutes(4);
    private IdentityClient? _tokens;

    /// <summary>Starts on a Monday morning, when the halls are open.</summary>
    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 9, 9, 30, 0, ChinaStandardTime).ToUniversalTime());

    public DateTimeOffset Now => Time.GetUtcNow().ToOffset(ChinaStandardTime);

    /// <summary>The schema and the catalogue, and no case: what other databases are copied from.</summary>
    public Database Template { get; private set; } = null!;
    public Database Database { get; private set; } = null!;
    public InProcess<Caller> Api { get; private set; } = null!;
    public InProcess<IdentityHost> Identity { get; private set; } = null!;

    /// <summary>Asks without a token.</summary>
    public Client Anybody => new(Api.Http, null);

    /// <summary>A key the identity server has published, for tokens that only tests make. What it keeps to itself is sealed symmetrically.</summary>
    public SigningCredentials SigningKey => Identity.Services.GetRequiredService<IOptionsMonitor<OpenIddictServerOptions>>()
        .CurrentValue.SigningCredentials.First(credentials => credentials.Key is ECDsaSecurityKey);

    public async ValueTask InitializeAsync()
    {
        Applications.Today = () => DateOnly.FromDateTime(Now.Date);
        Template = await Database.Empty();
        await Operator.Run<IdentityHost>(Template, "migrate");
        await Operator.Run<Caller>(Template, "migrate");
        await Operator.Run<Caller>(Template, "catalogue", "--effective=2026-01-01");
        // Only a database without connections can be copied.
        await Template.GoAway();
        Database = await Template.Copy();
        var port = Port.Free();
        Identity = StartIdentity(Database, Time, ("Identity:PlaygroundAddress", $"http://127.0.0.1:{port}/playground"));
        Api = StartApi(Database, Identity, Time, port, null);
        _tokens = new IdentityClient(Identity.Http, Time);
    }

    public async ValueTask DisposeAsync()
    {
        if (Api is not null)
            await Api.DisposeAsync();
        if (Identity is not null)
            await Identity.DisposeAsync();
        if (Database is not null)
            await Database.DisposeAsync();
        if (Template is not null)
            await Template.DisposeAsync();
    }

    /// <summary>An identity server on a database.</summary>
    /// <param name="database">Its database.</param>
    /// <param name="time">What it takes for the time.</param>
    /// <param name="settings">What its configuration has besides.</param>
    public static InProcess<IdentityHost> StartIdentity(Database database, TimeProvider time, params (string Name, string Value)[] settings) =>
        StartIdentity(database, time, Port.Free(), settings);

    /// <summary>An identity server on a database, at a port of the test's choice.</summary>
    /// <inheritdoc cref="StartIdentity(Database, TimeProvider, ValueTuple{string, string}[])"/>
    public static InProcess<IdentityHost> StartIdentity(Database database, TimeProvider time, int port, params (string Name, string Value)[] settings)
    {
        var server = new InProcess<IdentityHost>(time, port,
        [
            ("ConnectionStrings:OneDoor", database.Connection),
            ("Identity:Issuer", $"http://127.0.0.1:{port}"),
            // Servers read new keys by the hour of the real clock, which stands still beside the tests'.
            ("Keys:RotateEvery", "3650.00:00:00"),
            ("Identity:RateLimit:Requests", "1000000"),
            .. settings,
        ]);
        server.StartServer();
        return server;
    }

    /// <summary>One more server of the platform, which takes the tokens of <see cref="Identity"/>.</summary>
    /// <param name="database">Its database.</param>
    /// <param name="settings">What its configuration has besides.</param>
    public InProcess<Caller> StartApi(Database database, params (string Name, string Value)[] settings) => StartApi(database, Identity, Time, Port.Free(), null, settings);

    /// <summary>An API at another time than the tests'.</summary>
    public static InProcess<Caller> StartApi(
        Database database, InProcess<IdentityHost> identity, TimeProvider time, LegalClock? clock = null, params (string Name, string Value)[] settings) =>
        StartApi(database, identity, time, Port.Free(), clock, settings);

    private static InProcess<Caller> StartApi(
        Database database, InProcess<IdentityHost> identity, TimeProvider time, int port, LegalClock? clock, params (string Name, string Value)[] settings)
    {
        var server = new InProcess<Caller>(time, port,
        [
            ("ConnectionStrings:OneDoor", database.Connection),
            ("Authentication:Authority", identity.Address.OriginalString),
            ("RateLimit:Requests", "1000000"),
            ("RateLimit:AnonymousRequests", "1000000"),
            ("Complaints:AnonymousComplaints", "1000000"),
            ("Tickets:PerDay", "1000000"),
            // The tests' clock is not the database's.
            ("Store:ClockToleranceSeconds", "1000000000"),
            .. settings,
        ])
        { Clock = clock };
        server.StartServer();
        return server;
    }

    /// <summary>The sandbox client of a department.</summary>
    /// <param name="department">Its department.</param>
    /// <param name="scope">What the token is for.</param>
    public Client As(Department department, string scope = Clerk) =>
        new(Api.Http, () => _tokens!.Token($"sandbox-{Kebab.Of(department)}", scope));

    /// <summary>The sandbox client of a department at a server that has another time than the tests'.</summary>
    /// <param name="department">Its department.</param>
    /// <param name="scope">What its tokens are for.</param>
    /// <param name="at">The server it asks.</param>
    /// <param name="time">When its tokens are issued.</param>
    public Client As(Department department, string scope, HttpClient at, TimeProvider time)
    {
        var name = Kebab.Of(department);
        return With(new() { ["sub"] = $"sandbox-{name}", ["client_id"] = $"sandbox-{name}", [Claims.Department] = name, ["scope"] = scope }, at, time);
    }

    /// <summary>Someone for whom no sandbox client stands.</summary>
    /// <param name="claims">What their tokens say, as <see cref="Token"/> takes it.</param>
    /// <param name="at">The server they ask; null for <see cref="Api"/>.</param>
    /// <param name="time">When their tokens are issued; null for the tests' time.</param>
    public Client With(Dictionary<string, object> claims, HttpClient? at = null, TimeProvider? time = null)
    {
        (string Token, DateTimeOffset At)? kept = null;
        return new(at ?? Api.Http, () =>
        {
            // One that is signed anew is checked anew.
            var now = (time ?? Time).GetUtcNow();
            if (kept is not { } last || now < last.At || now - last.At >= GoodFor)
                kept = last = (Token(claims, now), now);
            return Task.FromResult(last.Token);
        });
    }

    /// <summary>A token such as the identity server gives, for whom no sandbox client stands; good for five minutes.</summary>
    /// <param name="claims">What it says besides; an <see cref="ApplicantReference"/> is encrypted as identity does.</param>
    /// <param name="now">When it is issued; null for the tests' time.</param>
    public string Token(Dictionary<string, object> claims, DateTimeOffset? now = null) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Identity.Address.OriginalString.TrimEnd('/'),
        Audience = Claims.Audience,
        TokenType = "at+jwt",
        IssuedAt = (now ?? Now).UtcDateTime,
        Expires = (now ?? Now).UtcDateTime.AddMinutes(5),
        SigningCredentials = SigningKey,
        Claims = claims.ToDictionary(claim => claim.Key, claim => claim.Value is ApplicantReference applicant ? Encrypted(applicant) : claim.Value),
    });

    /// <summary>The claim of an applicant.</summary>
    /// <param name="applicant">For whom the token is.</param>
    /// <param name="secret">What it is encrypted under; by default development's.</param>
    public static string Encrypted(ApplicantReference applicant, string? secret = null) => new JsonWebTokenHandler().EncryptToken(
        JsonSerializer.Serialize(applicant, JsonSerializerOptions.Web),
        new EncryptingCredentials(
            new SymmetricSecurityKey(new ApplicantOptions { Secret = secret }.Keys.First()), JwtConstants.DirectKeyUseAlg, SecurityAlgorithms.Aes256CbcHmacSha512));

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan span) => Time.Advance(span);

    /// <summary>Lets time pass until a later instant.</summary>
    public void PassUntil(DateTimeOffset later) => Time.Advance(later - Time.GetUtcNow());

    /// <summary>Lets time pass until a hall is open, and will be for a while; over the days, too, on which other journeys have closed it.</summary>
    public async Task PassUntilOpen(string hall, int minutes = 0)
    {
        var closed = (await Anybody.Get($"/v1/halls/{hall}/schedule")).Must(200).Json.Each("closures", "day");
        while (!LegalClock.Zone.IsOpen(hall, Now) || !LegalClock.Zone.IsOpen(hall, Now.AddMinutes(minutes)) || closed.Contains($"{LegalClock.DayOf(Now):yyyy-MM-dd}"))
            Pass(TimeSpan.FromMinutes(10));
    }

    /// <summary>Lets time pass until half past nine on the Monday of two weeks like any other, for what depends on the weekday.</summary>
    public void PassUntilMonday()
    {
        var day = DateOnly.FromDateTime(Now.Date).AddDays(1);
        while (day.DayOfWeek != DayOfWeek.Monday || !Enumerable.Range(0, 14).Select(day.AddDays).All(IsOrdinary))
            day = day.AddDays(1);
        PassUntil(new DateTimeOffset(day.ToDateTime(new TimeOnly(9, 30)), ChinaStandardTime));
    }

    /// <summary>Waits until what has fallen due of a thing is recorded: whoever reads its version before names one that is over.</summary>
    /// <param name="table">Where its state is.</param>
    /// <param name="thing">Which it is, in SQL.</param>
    public Task CaughtUp(string table, string thing) => Until(
        async () => await Database.Count($"select count(*) from onedoor.{table} where {thing} and wake_at < '{Now:O}'") == 0, "what has fallen due is recorded");

    /// <summary>Waits until a server serves, which may still be starting.</summary>
    public static Task Ready(HttpClient server) => Until(
        async () =>
        {
            try
            {
                return (await new Client(server, null).Get("/health/ready")).Status == 200;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        },
        "the server is ready");

    /// <summary>Waits until something holds; fails when it does not come about.</summary>
    /// <param name="condition">What is asked again and again.</param>
    /// <param name="what">What is waited for, in words.</param>
    /// <param name="meanwhile">What happened instead, for the failure to say.</param>
    public static async Task Until(Func<Task<bool>> condition, string what, Func<string>? meanwhile = null)
    {
        var started = Stopwatch.StartNew();
        while (!await condition())
        {
            if (started.Elapsed >= Patience)
                Assert.Fail($"Waited in vain for {Patience.TotalSeconds:F0} s: {what}. {meanwhile?.Invoke()}");
            await Task.Delay(20);
        }
    }

    /// <summary>Two who change one thing at once: both have read it before either has changed it, and the second comes second.</summary>
    /// <param name="database">Where it is.</param>
    /// <param name="stream">Id of the thing, whose stream is held until both wait for it.</param>
    public static async Task<(Answered First, Answered Second)> Race(Database database, string stream, Func<Task<Answered>> first, Func<Task<Answered>> second)
    {
        await using var holder = await database.Open();
        await using var holding = new NpgsqlCommand($"begin; select from onedoor.mt_streams where id = '{stream}' for update", holder);
        await holding.ExecuteNonQueryAsync();
        var one = first();
        await Waiting(1);
        var other = second();
        await Waiting(2);
        await using var release = new NpgsqlCommand("rollback", holder);
        await release.ExecuteNonQueryAsync();
        return (await one, await other);

        Task Waiting(int many) => Until(
            async () => await database.Count("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") == many, $"{many} wait");
    }

    // Neither a holiday nor a weekend worked for one.
    private static bool IsOrdinary(DateOnly day) =>
        WorkingDays.StateCouncil.IsWorkingDay(day) == day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
}
