using System.Security.Claims;
using OneDoor.Identity.Clients;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace OneDoor.Identity.Token;

/// <summary>Refuses a scope that means nothing to a client acting for itself, such as <c>offline_access</c>.</summary>
internal sealed class KnownScopes : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenRequestContext>()
            .UseSingletonHandler<KnownScopes>()
            .SetOrder(OpenIddictServerHandlers.Exchange.ValidateGrantType.Descriptor.Order - 1)
            .Build();

    public ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if (context.Request.IsClientCredentialsGrantType() && context.Request.GetScopes().Except(Scopes.All).FirstOrDefault() is { } unknown)
            context.Reject(Errors.InvalidScope, $"There is no scope '{unknown}' for a client that acts for itself.");
        return ValueTask.CompletedTask;
    }
}

/// <summary>Refuses a scope the client was not given. OpenIddict would call that an invalid request; RFC 6749 has a word for it.</summary>
internal sealed class ScopePermissions(IOpenIddictApplicationManager applications) : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenRequestContext>()
            .AddFilter<OpenIddictServerHandlerFilters.RequireClientIdParameter>()
            .UseScopedHandler<ScopePermissions>()
            .SetOrder(OpenIddictServerHandlers.Exchange.ValidateScopePermissions.Descriptor.Order - 1)
            .Build();

    public async ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if (!context.Request.IsClientCredentialsGrantType())
            return;
        var permitted = await applications.PermittedScopesAsync(context.ClientId!, context.CancellationToken);
        if (context.Request.GetScopes().Except(permitted).FirstOrDefault() is { } refused)
            context.Reject(Errors.InvalidScope, $"The client may not ask for the scope '{refused}'.");
    }
}

/// <summary>Refuses a scope that was not given at the sign-in. OpenIddict would call that an invalid grant (RFC 6749 section 6).</summary>
internal sealed class RefreshedScopes : IOpenIddictServerHandler<ValidateTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ValidateTokenRequestContext>()
            .UseSingletonHandler<RefreshedScopes>()
            .SetOrder(OpenIddictServerHandlers.Exchange.ValidateGrantedScopes.Descriptor.Order - 1)
            .Build();

    public ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if (context.Request.IsRefreshTokenGrantType() && context.Request.GetScopes().Except(context.RefreshTokenPrincipal!.GetScopes()).FirstOrDefault() is { } wider)
            context.Reject(Errors.InvalidScope, $"The scope '{wider}' was not given at the sign-in.");
        return ValueTask.CompletedTask;
    }
}

/// <summary>What a client that acts for itself is given: its own subject, its department or hall, the scopes it asked for.</summary>
internal sealed class ClientCredentials(IOpenIddictApplicationManager applications) : IOpenIddictServerHandler<HandleTokenRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<HandleTokenRequestContext>()
            .UseScopedHandler<ClientCredentials>()
            .SetOrder(OpenIddictServerHandlers.Exchange.AttachPrincipal.Descriptor.Order - 1)
            .Build();

    public async ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        if (!context.Request.IsClientCredentialsGrantType())
            return;
        var clientId = context.ClientId!;
        var scopes = context.Request.GetScopes();
        if (scopes.IsEmpty)
            scopes = [.. (await applications.PermittedScopesAsync(clientId, context.CancellationToken)).Where(IsGivenUnasked)];

        var identity = new ClaimsIdentity("client_credentials");
        identity.SetClaim(OpenIddictConstants.Claims.Subject, clientId);
        var (department, hall) = await applications.PlaceAsync(clientId, context.CancellationToken);
        identity.SetClaim(Claims.Department, department);
        identity.SetClaim(Claims.Hall, hall);
        identity.SetScopes(scopes);
        identity.SetResources(Claims.Audience);
        identity.SetDestinations(_ => [Destinations.AccessToken]);
        context.Principal = new ClaimsPrincipal(identity);
    }

    // A supervisor's power, or the sight of every case, is never in a token by accident: it must be asked for.
    public static bool IsGivenUnasked(string scope) => scope is not (Scopes.CasesSupervise or Scopes.CasesAudit);
}
