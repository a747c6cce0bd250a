using System.Security.Cryptography;
using System.Text.Json;
using OneDoor.Contracts;
using Xunit;

namespace OneDoor.Identity;

/// <summary>The npm package openid-client against a process of the identity server.</summary>
public sealed class OpenIdClientTests
{
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_flow_works_with_openid_client()
    {
        var folder = Directory.CreateTempSubdirectory("onedoor-openid-").FullName;
        try
        {
            var (keyFile, clientFile) = await WriteClientAsync(folder);
            await using var identity = new IdentityProcess();
            await identity.StartAsync(clientFile, _ct);
            var (exitCode, output, errors) = await OutsideTool.Run("openid-client.mjs", identity.Issuer, keyFile);
            Assert.True(exitCode == 0, output + errors);
            Assert.Contains("refresh: rotated", output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
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
}
