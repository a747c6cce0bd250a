using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using OneDoor.Identity;
using OneDoor.Platform;

namespace OneDoor.Tests.Identity.Platform;

/// <summary>What the program does not start with: each time exit code 1 and one line that says why.</summary>
public sealed class StartupTests(TestServer server)
{
    private static readonly string[] Production =
        ["--environment=Production", "--Identity:Issuer=https://id.onedoor.test", $"--Applicants:Secret={TestHost.ApplicantSecret}",
            "--Keys:Secret=a secret that only this test run knows"];

    [Fact]
    public async Task A_database_without_the_schema_stops_the_start() =>
        await RefusesAsync("run `make migrate`", await server.CreateEmptyDatabaseAsync(), "--environment=Development");

    [Fact]
    public async Task A_database_that_does_not_exist_stops_the_start() =>
        await RefusesAsync("run `make migrate`", server.To("onedoor_identity_missing"), "--environment=Development");

    [Fact]
    public async Task A_database_that_lacks_the_latest_migration_stops_the_start()
    {
        var database = await server.CreateDatabaseAsync();
        Assert.Equal(1, await TestServer.CountAsync(database, """WITH gone AS (DELETE FROM identity.migrations WHERE "MigrationId" = (SELECT max("MigrationId") FROM identity.migrations) RETURNING 1) SELECT count(*) FROM gone"""));
        await RefusesAsync("run `make migrate`", database, "--environment=Development");
    }

    [Fact]
    public async Task A_sandbox_client_in_the_database_stops_the_start_outside_development()
    {
        await using var sandbox = TestHost.Development(await server.CreateDatabaseAsync());
        await sandbox.SandboxTokenAsync();
        await RefusesAsync("sandbox client 'sandbox-", sandbox.Database, Production);
    }

    [Fact]
    public async Task A_sandbox_user_in_the_database_stops_the_start_outside_development()
    {
        await using var sandbox = TestHost.Development(await server.CreateDatabaseAsync());
        await sandbox.SandboxTokenAsync();
        await TestServer.CountAsync(sandbox.Database, "SELECT 1::bigint; TRUNCATE identity.\"OpenIddictApplications\" CASCADE");
        await RefusesAsync("sandbox user '", sandbox.Database, Production);
    }

    [Fact]
    public async Task The_sandbox_cannot_be_enabled_outside_development() =>
        await RefusesAsync("Identity:Sandbox is for Development only", await server.CreateDatabaseAsync(), [.. Production, "--Identity:Sandbox=true"]);

    [Fact]
    public async Task A_plain_http_issuer_stops_the_start_outside_development() =>
        await RefusesAsync("must be https", await server.CreateDatabaseAsync(), [.. Production, "--Identity:Issuer=http://id.onedoor.test"]);

    [Theory]
    [InlineData("security@onedoor.test")]
    [InlineData("http://onedoor.test/report")]
    [InlineData("javascript:alert(1)")]
    public async Task A_contact_nobody_can_be_reached_at_stops_the_start(string contact) =>
        await RefusesAsync("SecurityText:Contact must be", await server.CreateDatabaseAsync(), [.. Production, "--SecurityText:Contact=" + contact]);

    [Fact]
    public async Task A_certificate_header_without_a_proxy_stops_the_start() =>
        await RefusesAsync("anybody could send the header", await server.CreateDatabaseAsync(), [.. Production, "--Identity:ClientCertificateHeader=Client-Cert"]);

    [Fact]
    public async Task Asking_a_proxy_for_its_certificate_stops_the_start() =>
        await RefusesAsync("would be the proxy's", await server.CreateDatabaseAsync(),
            [.. Production, "--Identity:RequestClientCertificates=true", "--Identity:TlsEndsAtProxy=true"]);

    [Fact]
    public async Task An_address_that_is_taken_stops_the_start()
    {
        using var other = new TcpListener(IPAddress.Loopback, Port.Free());
        other.Start();
        await RefusesAsync("address already in use", await server.CreateDatabaseAsync(), "--environment=Development", $"--urls=http://{other.LocalEndpoint}");
    }

    [Theory]
    [InlineData("id.onedoor.test")]
    [InlineData("https://id.onedoor.test/tenant")]
    [InlineData("https://id.onedoor.test?x=1")]
    [InlineData("ftp://id.onedoor.test")]
    public async Task An_issuer_that_is_no_plain_address_stops_the_start(string issuer) =>
        await RefusesAsync("Identity:Issuer must be", await server.CreateDatabaseAsync(), [.. Production, $"--Identity:Issuer={issuer}"]);

    [Fact]
    public async Task Production_without_a_secret_for_the_keys_stops_the_start() =>
        await RefusesAsync("Keys:Secret is required", await server.CreateDatabaseAsync(), [.. Production[..3]]);

    [Fact]
    public async Task A_short_secret_for_the_keys_stops_the_start() =>
        await RefusesAsync("at least 32 characters", await server.CreateDatabaseAsync(), [.. Production[..3], "--Keys:Secret=short"]);

    [Theory]
    [InlineData(null, "Applicants:Secret is required")]
    [InlineData("short", "at least 32 characters")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "from a random source")]
    public async Task Production_without_a_good_secret_for_applicants_stops_the_start(string? secret, string about) => await RefusesAsync(
        about, await server.CreateDatabaseAsync(), [.. Production[..2], Production[3], .. secret is null ? [] : new[] { $"--Applicants:Secret={secret}" }]);

    [Theory]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("correct horse correct horse correct horse ")]
    public async Task A_secret_that_is_not_random_stops_the_start(string secret) =>
        await RefusesAsync("Keys:Secret must have at least 32 characters from a random source", server.To("onedoor_identity_missing"), [.. Production[..3], $"--Keys:Secret={secret}"]);

    [Fact]
    public async Task Another_secret_than_the_keys_were_stored_under_stops_the_start()
    {
        await using var host = TestHost.Production(await server.CreateDatabaseAsync());
        await host.PublishedKeysAsync();
        await RefusesAsync("does not open", host.Database, [.. Production[..3], "--Keys:Secret=another secret of at least 32 characters"]);
    }

    [Fact]
    public async Task The_secret_before_is_needed_for_one_start_and_tokens_and_second_factors_live_on()
    {
        const string Former = "a secret that only this test run knows", Latter = "another secret of at least 32 characters";
        var database = await server.CreateDatabaseAsync();
        await using var before = TestHost.Development(database, settings: new() { ["Keys:Secret"] = Former });
        using var visitor = new Visitor(before);
        var (keys, token) = (await before.PublishedKeysAsync(), (await visitor.TokensAsync("clerk")).Json["refresh_token"]!.GetValue<string>());
        await using (var between = TestHost.Development(database, before.Time, new() { ["Keys:Secret"] = Latter, ["Keys:PreviousSecret"] = Former }))
            Assert.Equal(keys, await between.PublishedKeysAsync());

        await using var after = TestHost.Development(database, before.Time, new() { ["Keys:Secret"] = Latter });
        Assert.Equal(keys, await after.PublishedKeysAsync());
        using var later = new Visitor(after);
        Assert.Equal(HttpStatusCode.OK, (await later.RefreshAsync(token)).Status);
        Assert.NotNull(await later.SignInAsync("clerk", Visitor.AuthorizeAddress()));
    }

    [Fact]
    public async Task Whose_second_factor_was_lost_with_the_secret_is_told_to_have_it_reset()
    {
        var database = await server.CreateDatabaseAsync();
        await using var before = TestHost.Development(database);
        await before.SandboxTokenAsync();
        await TestServer.CountAsync(database, "SELECT 1::bigint; TRUNCATE identity.signing_keys, identity.sealing_keys, identity.cookie_keys");
        await using var after = TestHost.Development(database, before.Time, new() { ["Keys:Secret"] = "another secret of at least 32 characters" });
        using var visitor = new Visitor(after);
        await visitor.GoAsync("/signin");

        await visitor.SubmitAsync(("name", "clerk"), ("password", "sandbox"));

        Assert.Equal((HttpStatusCode.Forbidden, true), (visitor.Page.Status, visitor.Page.Body.Contains("Ask an operator to reset it", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("--Keys:PublishAhead=00:04:00", "Keys:PublishAhead must be")]
    [InlineData("--Keys:RotateEvery=1.00:00:00", "Keys:RotateEvery must be")]
    [InlineData("--Identity:RateLimit:Requests=0", "Identity:RateLimit:Requests")]
    [InlineData("--Identity:ClockTolerance=00:00:00", "Identity:ClockTolerance must be")]
    public async Task Options_that_make_no_sense_stop_the_start(string option, string about) =>
        await RefusesAsync(about, await server.CreateDatabaseAsync(), [.. Production, option]);

    [Theory]
    [InlineData("--Identity:RateLimit:Requests=many", "'many' at 'Identity:RateLimit:Requests'")]
    [InlineData("--Keys:RefreshEvery=soon", "'soon' at 'Keys:RefreshEvery'")]
    [InlineData("--ConnectionStrings:OneDoor=gibberish", "is no connection string")]
    public async Task A_setting_that_cannot_be_read_stops_a_command(string option, string about)
    {
        var (exit, _, error) = await RunAsync(["migrate", .. Production, $"--ConnectionStrings:OneDoor={server.To("onedoor_identity_missing")}", option]);
        Assert.Equal(1, exit);
        Assert.Contains(about, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_and_the_version_are_told_whatever_the_settings()
    {
        var (help, described, _) = await RunAsync(["--help", "--Identity:Issuer=nonsense"]);
        var (version, said, _) = await RunAsync(["--version", "--Identity:Issuer=nonsense"]);

        Assert.Equal((0, 0), (help, version));
        Assert.Contains("rotate-keys", described, StringComparison.Ordinal);
        await using var host = TestHost.Development(await server.CreateDatabaseAsync());
        using var client = host.CreateClient();
        var running = await client.GetFromJsonAsync<JsonElement>("/version", TestContext.Current.CancellationToken);
        Assert.Equal(["release", "commit", "schema"], running.EnumerateObject().Select(fact => fact.Name));
        Assert.Equal($"OneDoor.Identity {running.GetProperty("release")}\ncommit {running.GetProperty("commit")}\nschema {running.GetProperty("schema")}\n", said);
    }

    [Fact]
    public async Task No_connection_string_stops_the_start() => await RefusesAsync("ConnectionStrings:OneDoor is required", "", "--environment=Development");

    [Fact]
    public async Task All_that_is_wrong_with_a_client_file_is_said_by_client_and_field()
    {
        var database = await server.CreateDatabaseAsync();
        JsonObject good = new TestClient("tax-bureau").Entry(), misshapen = new TestClient("customs-house").Entry(), wrong = new TestClient("fire-brigade").Entry("weather");
        misshapen["scopes"] = "cases:read";
        misshapen["secret"] = "none";
        misshapen.Remove("displayName");
        var keyless = new TestClient("planning-office").Entry();
        keyless["jwks"] = new JsonObject();
        (string, string[])[] files =
        [
            (good.ToJsonString(), ["the file is a JSON array of clients, not an object."]),
            (new JsonArray(good.DeepClone(), misshapen, 7).ToJsonString(),
            [
                "client 2 (customs-house)/scopes: \"cases:read\" stands where a list belongs.",
                "client 2 (customs-house)/secret: no such member; there are clientId, displayName, scopes, jwks, department, certificateBound, application, hall.",
                "client 2 (customs-house)/displayName: missing.",
                "client 3 is 7, not an object.",
            ]),
            ($"[{good.ToJsonString().Replace("\"kty\":", "\"kty\":\"EC\",\"kty\":", StringComparison.Ordinal)}]", ["client 1 (tax-bureau)/jwks: a member in it is named twice."]),
            (new JsonArray(wrong, good.DeepClone(), keyless).ToJsonString(),
            [
                "client 1 (fire-brigade)/department: There is no such department.",
                "client 3 (planning-office)/jwks: The key set is not valid. It holds no key.",
            ]),
        ];
        var path = Path.GetTempFileName();
        try
        {
            foreach (var (file, said) in files)
            {
                await File.WriteAllTextAsync(path, file, TestContext.Current.CancellationToken);
                var (exit, _, error) = await RunAsync(["clients", path, "--environment=Development", $"--ConnectionStrings:OneDoor={database}"]);
                Assert.Equal(said.Select(line => $"{path}: {line}"), error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
                Assert.Equal(1, exit);
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_word_that_is_no_command_is_refused()
    {
        var (exit, _, error) = await RunAsync(["migrat", "--environment=Development"]);
        Assert.Equal((1, "'migrat' is not a command. Commands: migrate, clients FILE.json, rotate-keys; none of them to serve. See --help.\n"), (exit, error));
    }

    private static async Task RefusesAsync(string about, string database, params string[] args)
    {
        var (exit, _, error) = await RunAsync(["--urls=http://127.0.0.1:0", .. args, $"--ConnectionStrings:OneDoor={database}"]);
        Assert.Equal(1, exit);
        Assert.Contains(about, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(IdentityHost).Assembly.Location, .. args]) { RedirectStandardError = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            var (error, output) = (process.StandardError.ReadToEndAsync(deadline.Token), process.StandardOutput.ReadToEndAsync(deadline.Token));
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
