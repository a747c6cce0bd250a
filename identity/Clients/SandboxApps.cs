using System.Text.Json;
using Microsoft.Extensions.Options;
using OneDoor.Identity.Platform;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace OneDoor.Identity.Clients;

/// <summary>The sandbox's applications for people: public clients, which keep no secret. In Development only.</summary>
internal sealed class SandboxApps(IOpenIddictApplicationManager applications, IOptions<IdentityOptions> identity, IdentityDb db)
{
    public const string Playground = "playground";
    public const string Mobile = "mobile";
    public const string Kiosk = "kiosk";

    private static readonly string[] CodePermissions =
    [
        Permissions.Endpoints.Authorization, Permissions.Endpoints.PushedAuthorization, Permissions.Endpoints.EndSession,
        Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken, Permissions.ResponseTypes.Code,
    ];

    private static readonly string[] DevicePermissions = [Permissions.Endpoints.DeviceAuthorization, Permissions.GrantTypes.DeviceCode];

    /// <summary>Creates what is missing; what is there already is brought to what this version of the server says.</summary>
    public async Task SeedAsync(CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockAsync(DatabaseLock.Clients, ct);
        foreach (var wanted in Describe())
        {
            if (await applications.FindByClientIdAsync(wanted.ClientId!, ct) is { } known)
                await applications.UpdateAsync(known, wanted, ct);
            else
                await applications.CreateAsync(wanted, ct);
        }

        await transaction.CommitAsync(ct);
    }

    /// <summary>An application of the platform's own, which asks nobody for consent.</summary>
    public static OpenIddictApplicationDescriptor Describe(
        string clientId, string displayName, string applicationType, IEnumerable<string> permissions, params string[] redirects)
    {
        var client = new OpenIddictApplicationDescriptor
        {
            ClientId = clientId,
            ClientType = ClientTypes.Public,
            ApplicationType = applicationType,
            ConsentType = ConsentTypes.Implicit,
            DisplayName = displayName,
            Properties = { [ClientProperties.Sandbox] = JsonSerializer.SerializeToElement(true) },
        };
        client.Permissions.UnionWith([Permissions.Endpoints.Token, Permissions.Endpoints.Revocation, Permissions.Prefixes.Audience + Claims.Audience, .. permissions]);
        client.Permissions.UnionWith(Scopes.All.Select(scope => Permissions.Prefixes.Scope + scope));
        client.RedirectUris.UnionWith(redirects.Select(redirect => new Uri(redirect)));
        client.PostLogoutRedirectUris.UnionWith(client.RedirectUris);
        return client;
    }

    private IEnumerable<OpenIddictApplicationDescriptor> Describe()
    {
        yield return Describe(Playground, "OneDoor Playground", ApplicationTypes.Web, CodePermissions, identity.Value.PlaygroundAddress, identity.Value.DocumentationAddress);

        // A loopback address of a native application is matched whatever its port (RFC 8252 section 7.3).
        yield return Describe(Mobile, "OneDoor Mobile", ApplicationTypes.Native, CodePermissions, "cn.onedoor.mobile:/callback", "http://127.0.0.1/callback");
        yield return Describe(Kiosk, "OneDoor Kiosk", ApplicationTypes.Native, DevicePermissions);
    }
}
