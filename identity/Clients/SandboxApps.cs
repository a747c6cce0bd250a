using System.Text.Json;
using Microsoft.Extensions.Options;
using OneDoor.Identity.Platform;
using OpenIddict.Abstractions;

namespace OneDoor.Identity.Clients;

/// <summary>The sandbox's applications for people: public clients, which keep no secret. In Development only.</summary>
internal sealed class SandboxApps(IOpenIddictApplicationManager applications, IOptions<IdentityOptions> identity, Sandbox sandbox, IdentityDb db)
{
    public const string Playground = "playground";
    public const string Mobile = "mobile";
    public const string Kiosk = "kiosk";

    /// <summary>Whether an id is the sandbox's, which no other client has.</summary>
    public static bool IsReserved(string id) => id is Playground or Mobile or Kiosk || id.StartsWith(SandboxClients.Prefix, StringComparison.Ordinal);

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

    private IEnumerable<OpenIddictApplicationDescriptor> Describe()
    {
        yield return Describe(Playground, "OneDoor Playground", Application.Web, identity.Value.PlaygroundAddress, identity.Value.DocumentationAddress);

        // A loopback address of a native application is matched whatever its port (RFC 8252 section 7.3).
        yield return Describe(Mobile, "OneDoor Mobile", Application.Native, "cn.onedoor.mobile:/callback", "http://127.0.0.1/callback", sandbox.AppAddress!);
        yield return Describe(Kiosk, "OneDoor Kiosk", Application.Device);
    }

    private static OpenIddictApplicationDescriptor Describe(string id, string name, string kind, params string[] redirects)
    {
        var client = ClientRules.Describe(new ClientEntry(id, name, Scopes.All, Application: new Application(kind, redirects, AsksConsent: false)));
        client.Properties[ClientProperties.Sandbox] = JsonSerializer.SerializeToElement(true);
        return client;
    }
}
