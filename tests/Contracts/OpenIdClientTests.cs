using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using OneDoor.Contracts;
using Xunit;

namespace OneDoor.Identity;

/// <summary>The npm package openid-client against a process of the identity server, on a database of its own.</summary>
public sealed class OpenIdClientTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_flow_works_with_openid_client()
    {
        var server = Environment.GetEnvironmentVariable("ConnectionStrings__OneDoor")
            ?? throw new InvalidOperationException("Set ConnectionStrings__OneDoor to a PostgreSQL server on which databases may be created.");
        var name = $"onedoor_openid_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
        var database = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
        var folder = Directory.CreateTempSubdirectory("onedoor-openid-").FullName;
        try
        {
            var (keyFile, clientFile) = await WriteClientAsync(folder);
            await CommandAsync(database, "migrate");
            await CommandAsync(database, "clients", clientFile);
            var issuer = $"http://localhost:{FreePort()}";
            using var identity = Start(database, $"--urls={issuer}", $"--Identity:Issuer={issuer}");
            try
            {
                await WaitAsync(issuer);
                var (exitCode, output, errors) = await OutsideTool.Run("openid-client.mjs", issuer, keyFile);
                Assert.True(exitCode == 0, output + errors);
                Assert.Contains("refresh: rotated", output, StringComparison.Ordinal);
            }
            finally
            {
                identity.Kill();
                await identity.WaitForExitAsync(CancellationToken.None);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(server) { Database = "postgres", Pooling = false }.ConnectionString);
            await connection.OpenAsync(CancellationToken.None);
            await using var drop = new NpgsqlCommand($"DROP DATABASE IF EXISTS {name} WITH (FORCE)", connection);
            await drop.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private static Process Start(string database, params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "..", "..", "Identity", "debug", "OneDoor.Identity.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ConnectionStrings__OneDoor"] = database;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start.");
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    private async Task CommandAsync(string database, params string[] arguments)
    {
        using var process = Start(database, arguments);
        var errors = await process.StandardError.ReadToEndAsync(_ct);
        await process.WaitForExitAsync(_ct);
        Assert.True(process.ExitCode == 0, errors);
    }

    private async Task WaitAsync(string issuer)
    {
        using var http = new HttpClient();
        var from = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri(issuer + "/health/ready"), _ct);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException) when (Stopwatch.GetElapsedTime(from) < Patience)
            {
                // Not listening yet.
            }

            Assert.True(Stopwatch.GetElapsedTime(from) < Patience, "The identity server is not ready.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), _ct);
        }
    }

    private async Task<(string KeyFile, string ClientFile)> WriteClientAsync(string folder)
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = ecdsa.ExportParameters(includePrivateParameters: true);
        var (x, y, d) = (Encode(key.Q.X), Encode(key.Q.Y), Encode(key.D));
        var (keyFile, clientFile) = (Path.Combine(folder, "key.json"), Path.Combine(folder, "clients.json"));
        await File.WriteAllTextAsync(keyFile, JsonSerializer.Serialize(new { kty = "EC", crv = "P-256", x, y, d }), _ct);
        var client = new
        {
            clientId = "outside-agency",
            displayName = "An agency",
            department = "tax",
            scopes = new[] { "cases:read" },
            jwks = new { keys = new[] { new { kty = "EC", crv = "P-256", x, y } } },
        };
        await File.WriteAllTextAsync(clientFile, JsonSerializer.Serialize(new[] { client }), _ct);
        return (keyFile, clientFile);
    }

    private static string Encode(byte[]? bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
