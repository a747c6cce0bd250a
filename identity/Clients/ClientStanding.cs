using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OneDoor.Identity.Platform;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace OneDoor.Identity.Clients;

/// <summary>Whether a client may get and use tokens: not while it is disabled, nor after it has expired.</summary>
internal static class ClientStanding
{
    public static IQueryable<OpenIddictEntityFrameworkCoreApplication> Clients(this IdentityDb db) =>
        db.Set<OpenIddictEntityFrameworkCoreApplication>().AsNoTracking();

    /// <summary>A list of texts as OpenIddict stores it.</summary>
    public static IReadOnlyList<string> Strings(string? json) => JsonSerializer.Deserialize<string[]>(json is { Length: > 0 } ? json : "[]")!;

    public static bool MayUseTokens(this OpenIddictEntityFrameworkCoreApplication client, DateTimeOffset now) =>
        client.Property(ClientProperties.Disabled) is null && !(client.InstantOf(ClientProperties.ExpiresAt) <= now);

    public static JsonElement? Property(this OpenIddictEntityFrameworkCoreApplication client, string name) =>
        client.Properties is { Length: > 0 } json && JsonElement.Parse(json).TryGetProperty(name, out var value) ? value : null;

    public static DateTimeOffset? InstantOf(this OpenIddictEntityFrameworkCoreApplication client, string property) => client.Property(property)?.GetDateTimeOffset();
}

/// <summary>Clients as a request finds them: each is read once, however many of its checks ask.</summary>
internal sealed class ClientsOfRequest(IdentityDb db)
{
    private readonly Dictionary<string, OpenIddictEntityFrameworkCoreApplication?> _read = [];

    public async ValueTask<OpenIddictEntityFrameworkCoreApplication?> FindAsync(string clientId, CancellationToken ct) =>
        _read.TryGetValue(clientId, out var client) ? client : _read[clientId] = await db.Clients().FirstOrDefaultAsync(c => c.ClientId == clientId, ct);
}

/// <summary>
/// Refuses a client that is disabled or has expired, wherever a client speaks. It runs after authentication, so that only
/// the client itself learns of it.
/// </summary>
internal sealed class DisabledClients(ClientsOfRequest clients, TimeProvider time) : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessAuthenticationContext>()
        .AddFilter<OpenIddictServerHandlerFilters.RequireClientIdParameter>()
        .UseScopedHandler<DisabledClients>()
        .SetOrder(OpenIddictServerHandlers.ValidateClientCertificate.Descriptor.Order + 500)
        .Build();

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        if ((await clients.FindAsync(context.ClientId!, context.CancellationToken))?.MayUseTokens(time.GetUtcNow()) == false)
            context.Reject(Errors.InvalidClient, "The client is disabled.");
    }
}

/// <summary>
/// Makes every token of a disabled or expired client invalid. Disabling revokes the tokens on record; this also reaches one
/// that was being issued at that moment.
/// </summary>
internal sealed class TokensOfDisabledClients(ClientsOfRequest clients, TimeProvider time) : IOpenIddictServerHandler<ValidateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenContext>()
        .UseScopedHandler<TokensOfDisabledClients>()
        .SetOrder(OpenIddictServerHandlers.Protection.ValidateTokenEntry.Descriptor.Order + 500)
        .Build();

    public async ValueTask HandleAsync(ValidateTokenContext context)
    {
        var holders = context.Principal is null ? [] : context.Principal.GetPresenters().Add(context.Principal.GetClaim(OpenIddictConstants.Claims.ClientId) ?? "");
        foreach (var holder in holders.Where(h => h.Length > 0).Distinct())
        {
            if ((await clients.FindAsync(holder, context.CancellationToken))?.MayUseTokens(time.GetUtcNow()) == false)
                context.Reject(Errors.InvalidToken, "The token's client is disabled.");
        }
    }
}
