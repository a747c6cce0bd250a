using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using OneDoor.Identity.Platform;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace OneDoor.Identity.Clients;

/// <summary>Client metadata of RFC 7591 section 2, as far as it means something here. Everything else is ignored, as the RFC has it.</summary>
internal sealed record AppMetadata(
    [property: JsonPropertyName("client_name")] string? Name,
    [property: JsonPropertyName("scope")] string? Scope,
    [property: JsonPropertyName("grant_types")] IReadOnlyList<string>? GrantTypes,
    [property: JsonPropertyName("token_endpoint_auth_method")] string? Method,
    [property: JsonPropertyName("department")] string? Department)
{
    /// <summary>The departments an app may act for: all but state security, whose cases are nobody else's to see (SIGHT-1).</summary>
    public static readonly IReadOnlyList<Department> Departments = [.. SandboxClients.Departments.Where(d => d != OneDoor.Department.StateSecurity)];

    /// <summary>The department of the sandbox it names; null when it names none, or one that is none.</summary>
    public Department? ActsFor => Kebab.Parse<Department>(Department) is { } known && Departments.Contains(known) ? known : null;
}

/// <summary>
/// Apps that developers register by themselves, in the sandbox only (RFC 7591, RFC 7592). The server chooses the client id
/// and marks the name, so that an app cannot pass for another; it acts for the department it asks for, as the sandbox's own
/// client does, or for none, and is gone after thirty days.
/// </summary>
internal sealed class RegisteredApps(
    IOpenIddictApplicationManager applications, IdentityDb db, AuditTrail events, TimeProvider time)
{
    public const string Prefix = SandboxClients.Prefix + "app-";

    /// <summary>How many apps there may be at a time, so that nobody fills the database.</summary>
    private const int Most = 1000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>What an applicant's own software does. Never what handles, supervises or manages.</summary>
    internal static readonly string[] Grantable =
    [
        Scopes.CasesSubmit, Scopes.CasesRead, Scopes.LicencesRead, Scopes.EventsRead, Scopes.AppointmentsBook, Scopes.ComplaintsFile,
        Scopes.ReviewsWrite, Scopes.NotificationsRead, Scopes.FilesWrite, Scopes.StatisticsRead,
    ];

    /// <summary>The scopes a registration gets: those it names, or all that it may have.</summary>
    public static string[] ScopesOf(AppMetadata app) => app.Scope?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray() ?? GrantableTo(app);

    /// <summary>Why the metadata is refused (<c>invalid_client_metadata</c>); null when it is not.</summary>
    public static string? Refused(AppMetadata app)
    {
        if (app.Name is null || !ClientRules.IsName(app.Name))
            return "client_name has 1 to 100 characters and no control characters.";
        if (app.Department is not null && app.ActsFor is null)
            return $"department is one of: {string.Join(' ', AppMetadata.Departments.Select(Kebab.Of))}.";
        if (ScopesOf(app).Except(GrantableTo(app)).FirstOrDefault() is { } scope)
            return $"This app of the sandbox cannot have the scope '{scope}'. It can have: {string.Join(' ', GrantableTo(app))}.";
        if (app.GrantTypes?.Except([GrantTypes.ClientCredentials]).FirstOrDefault() is { } grant)
            return $"An app of the sandbox cannot have the grant type '{grant}', only client_credentials.";
        return app.Method is null or ClientAuthenticationMethods.ClientSecretBasic or ClientAuthenticationMethods.ClientSecretPost
            ? null
            : "token_endpoint_auth_method is client_secret_basic or client_secret_post.";
    }

    /// <summary>Registers an app; when there are too many, in place of the oldest that has no tokens. Null when all of them have.</summary>
    public async Task<(string Id, string Secret, string RegistrationToken, DateTimeOffset ExpiresAt)?> RegisterAsync(AppMetadata app, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var (id, secret, token, expires) = (
            Prefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), ClientAdministration.NewSecret(), ClientAdministration.NewSecret(), now + Lifetime);
        var client = new OpenIddictApplicationDescriptor
        {
            ClientId = id,
            ClientSecret = secret,
            ClientType = ClientTypes.Confidential,
            DisplayName = $"Sandbox app: {app.Name}",
            Properties =
            {
                [ClientProperties.Sandbox] = JsonSerializer.SerializeToElement(true),
                [ClientProperties.ExpiresAt] = JsonSerializer.SerializeToElement(expires),
                [ClientProperties.RegistrationToken] = JsonSerializer.SerializeToElement(DigestOf(token)),
            },
        };
        if (app.ActsFor is { } department)
            client.Properties[ClientProperties.Department] = JsonSerializer.SerializeToElement(Kebab.Of(department));
        client.Permissions.UnionWith(ClientProperties.MachinePermissions);
        client.Permissions.UnionWith(ScopesOf(app).Select(scope => Permissions.Prefixes.Scope + scope));

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockAsync(DatabaseLock.Clients, ct);
        await RemoveExpiredAsync(now, ct);
        if (await db.Clients().CountAsync(c => c.ClientId!.StartsWith(Prefix), ct) >= Most && !await RemoveUnusedAsync(ct))
            return null;
        await applications.CreateAsync(client, ct);
        await events.RecordAsync(ClientEvents.Trail, id, id, ClientEvents.Registered, new { DisplayName = client.DisplayName, Scopes = ScopesOf(app), ExpiresAt = expires }, ct);
        await transaction.CommitAsync(ct);
        return (id, secret, token, expires);
    }

    /// <summary>The app a registration access token belongs to; null for any other token or app.</summary>
    public async Task<OpenIddictEntityFrameworkCoreApplication?> FindAsync(string id, string? token, CancellationToken ct)
    {
        var app = await db.Clients().FirstOrDefaultAsync(c => c.ClientId == id, ct);
        return app?.Property(ClientProperties.RegistrationToken)?.GetString() is { } digest && token is not null && app.MayUseTokens(time.GetUtcNow())
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(digest), Encoding.ASCII.GetBytes(DigestOf(token))) ? app : null;
    }

    /// <summary>Removes an app with all its tokens.</summary>
    public async Task RemoveAsync(string id, string actor, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockAsync(DatabaseLock.Clients, ct);
        await DeleteAsync(id, actor, ct);
        await transaction.CommitAsync(ct);
    }

    private static string[] GrantableTo(AppMetadata app) => app.ActsFor is { } department ? SandboxClients.ScopesOf(department) : Grantable;

    private async Task RemoveExpiredAsync(DateTimeOffset now, CancellationToken ct)
    {
        var apps = await db.Clients().Where(c => c.ClientId!.StartsWith(Prefix)).ToListAsync(ct);
        foreach (var app in apps.Where(app => app.InstantOf(ClientProperties.ExpiresAt) <= now))
            await DeleteAsync(app.ClientId!, "sandbox", ct);
    }

    private async Task<bool> RemoveUnusedAsync(CancellationToken ct)
    {
        var unused = await db.Clients().Where(c => c.ClientId!.StartsWith(Prefix) && c.Tokens.Count == 0).ToListAsync(ct);
        if (unused.MinBy(app => app.InstantOf(ClientProperties.ExpiresAt)) is not { } oldest)
            return false;
        await DeleteAsync(oldest.ClientId!, "sandbox", ct);
        return true;
    }

    private async Task DeleteAsync(string id, string actor, CancellationToken ct)
    {
        if (await applications.FindByClientIdAsync(id, ct) is not { } app)
            return;
        await applications.DeleteAsync(app, ct);
        await events.RecordAsync(ClientEvents.Trail, actor, id, ClientEvents.Removed, new { }, ct);
    }

    private static string DigestOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
