using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace OneDoor.Identity.Clients;

/// <summary>What the platform keeps about a client beside OpenIddict's own fields, and how to read it.</summary>
internal static class ClientProperties
{
    public const string Department = "department";
    public const string Sandbox = "sandbox";

    /// <summary>The hall a kiosk stands in; absent for every other client.</summary>
    public const string Hall = "hall";

    /// <summary>Present while the client is disabled: since when, and why.</summary>
    public const string Disabled = "disabled";

    /// <summary>When the client ceases to be; absent for one that does not.</summary>
    public const string ExpiresAt = "expires_at";

    /// <summary>Present when tokens of the client must be bound to its certificate.</summary>
    public const string CertificateBound = "certificate_bound";

    /// <summary>SHA-256 of the token by which a developer manages an app of their own (RFC 7592).</summary>
    public const string RegistrationToken = "registration_token";

    /// <summary>What every client that acts for itself may do here.</summary>
    public static readonly string[] MachinePermissions =
    [
        Permissions.Endpoints.Token, Permissions.Endpoints.Introspection, Permissions.Endpoints.Revocation,
        Permissions.GrantTypes.ClientCredentials, Permissions.Prefixes.Audience + Claims.Audience,
    ];

    public static async Task<IReadOnlyList<string>> PermittedScopesAsync(
        this IOpenIddictApplicationManager applications, string clientId, CancellationToken ct)
    {
        var client = await applications.GetAsync(clientId, ct);
        var permissions = await applications.GetPermissionsAsync(client, ct);
        return [.. Scopes.All.Where(scope => permissions.Contains(Permissions.Prefixes.Scope + scope))];
    }

    /// <summary>The department a client acts for, and the hall it stands in; null where it has none.</summary>
    public static async Task<(string? Department, string? Hall)> PlaceAsync(this IOpenIddictApplicationManager applications, string clientId, CancellationToken ct)
    {
        var properties = await applications.GetPropertiesAsync(await applications.GetAsync(clientId, ct), ct);
        return (properties.TryGetValue(Department, out var department) ? department.GetString() : null, properties.TryGetValue(Hall, out var hall) ? hall.GetString() : null);
    }

    private static async Task<object> GetAsync(this IOpenIddictApplicationManager applications, string clientId, CancellationToken ct) =>
        await applications.FindByClientIdAsync(clientId, ct) ?? throw new InvalidOperationException("The client has gone since it was authenticated.");
}
