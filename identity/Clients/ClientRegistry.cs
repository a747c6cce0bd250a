using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Microsoft.IdentityModel.Tokens;
using OneDoor.Identity.Platform;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace OneDoor.Identity.Clients;

/// <summary>A client as it stands in a client file.</summary>
/// <param name="ClientId">Lower-case letters, digits and hyphens; not <c>sandbox-…</c>.</param>
/// <param name="DisplayName">The name shown to people.</param>
/// <param name="Scopes">What it may ask for.</param>
/// <param name="Jwks">Its public keys (RFC 7517).</param>
/// <param name="Department">The department it acts for; none for a client that is no agency.</param>
public sealed record ClientEntry(string ClientId, string DisplayName, IReadOnlyList<string> Scopes, JsonElement Jwks, string? Department = null);

/// <summary>Registers clients that authenticate with their own keys.</summary>
internal sealed partial class ClientRegistry(IOpenIddictApplicationManager applications, IdentityDb db)
{
    private const int SmallestRsaKey = 2048;
    private static readonly string[] Curves = ["P-256", "P-384", "P-521"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Registers every client of a file, or none: one that is there already gets what the file says. Returns how many.</summary>
    public async Task<int> RegisterFileAsync(string path, CancellationToken ct)
    {
        ClientEntry[] entries;
        try
        {
            entries = JsonSerializer.Deserialize<ClientEntry[]>(await File.ReadAllBytesAsync(path, ct), Json) ?? [];
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new StartupRefusedException($"{path} cannot be read: {fault.Message}");
        }

        await RegisterAsync(entries, ct);
        return entries.Length;
    }

    public async Task RegisterAsync(IReadOnlyCollection<ClientEntry> entries, CancellationToken ct)
    {
        var descriptors = entries.Select(Describe).ToList();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockAsync(DatabaseLock.Clients, ct);
        foreach (var descriptor in descriptors)
        {
            if (await applications.FindByClientIdAsync(descriptor.ClientId!, ct) is { } known)
                await applications.UpdateAsync(known, descriptor, ct);
            else
                await applications.CreateAsync(descriptor, ct);
        }

        await transaction.CommitAsync(ct);
    }

    private static OpenIddictApplicationDescriptor Describe(ClientEntry entry)
    {
        if (!ClientId().IsMatch(entry.ClientId) || entry.ClientId.StartsWith(SandboxClients.Prefix, StringComparison.Ordinal))
            throw new StartupRefusedException($"'{entry.ClientId}' is not a client id: 2 to 100 lower-case letters, digits and hyphens, not starting with 'sandbox-'.");
        if (entry.Scopes.Except(Scopes.All).FirstOrDefault() is { } unknown)
            throw new StartupRefusedException($"{entry.ClientId}: '{unknown}' is not a scope.");
        if (entry.Department is not null && Kebab.Parse<Department>(entry.Department) is null)
            throw new StartupRefusedException($"{entry.ClientId}: '{entry.Department}' is not a department.");

        var client = new OpenIddictApplicationDescriptor
        {
            ClientId = entry.ClientId,
            ClientType = ClientTypes.Confidential,
            DisplayName = entry.DisplayName,
            JsonWebKeySet = KeysOf(entry),
        };
        if (entry.Department is not null)
            client.Properties[ClientProperties.Department] = JsonSerializer.SerializeToElement(entry.Department);
        client.Permissions.UnionWith(ClientProperties.MachinePermissions);
        client.Permissions.UnionWith(entry.Scopes.Select(scope => Permissions.Prefixes.Scope + scope));
        return client;
    }

    private static JsonWebKeySet KeysOf(ClientEntry entry)
    {
        JsonWebKeySet keys;
        try
        {
            keys = JsonWebKeySet.Create(entry.Jwks.GetRawText());
        }
        catch (ArgumentException malformed)
        {
            throw new StartupRefusedException($"{entry.ClientId}: jwks is not a JSON Web Key Set: {malformed.Message}");
        }

        if (keys.Keys.Count == 0)
            throw new StartupRefusedException($"{entry.ClientId}: jwks holds no key.");
        foreach (var key in keys.Keys)
        {
            if (key.HasPrivateKey || key.K is not null)
                throw new StartupRefusedException($"{entry.ClientId}: jwks holds a private or shared key; it takes public keys only. Consider that key disclosed.");
            if (!IsStrong(key))
                throw new StartupRefusedException($"{entry.ClientId}: keys must be EC (P-256, P-384, P-521) or RSA of at least {SmallestRsaKey} bits.");
        }

        return keys;
    }

    private static bool IsStrong(JsonWebKey key) => key.Kty switch
    {
        JsonWebAlgorithmsKeyTypes.EllipticCurve => Curves.Contains(key.Crv) && key.X is not null && key.Y is not null,
        JsonWebAlgorithmsKeyTypes.RSA => key.N is not null && key.E is not null && key.KeySize >= SmallestRsaKey,
        _ => false,
    };

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,99}$", RegexOptions.CultureInvariant)]
    private static partial Regex ClientId();
}
