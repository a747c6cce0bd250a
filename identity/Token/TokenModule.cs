using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OneDoor.Identity.Clients;
using OneDoor.Identity.Pages;
using OneDoor.Identity.Platform;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace OneDoor.Identity.Token;

/// <summary>The endpoints for tokens: issue, introspection, revocation, discovery and JWKS.</summary>
internal static class TokenModule
{
    /// <summary>What is not the platform's but OpenID Connect's.</summary>
    public static readonly string[] OpenIdScopes =
        [OpenIddictConstants.Scopes.OpenId, OpenIddictConstants.Scopes.Profile, OpenIddictConstants.Scopes.OfflineAccess];

    public static void AddToken(this IServiceCollection services)
    {
        services.AddScoped<UsedAssertions>();
        services.AddSingleton(new Tables(model =>
        {
            model.UseOpenIddict();
            UsedAssertion.Map(model.Entity<UsedAssertion>());
        }));
        services.AddSingleton<Housekeeping>();
        services.AddHostedService(provider => provider.GetRequiredService<Housekeeping>());
        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<IdentityDb>())
            .AddServer(AddServer);
        services.AddOptions<OpenIddictServerOptions>().Configure<IOptions<IdentityOptions>>((server, identity) => server.Issuer = identity.Value.IssuerUri);
        services.AddOptions<OpenIddictServerOptions>().PostConfigure<Sandbox, IOptions<IdentityOptions>>(RestrictAuthentication);

        // PlatformModule refuses plain HTTP, and knows about proxies.
        services.Configure<OpenIddictServerAspNetCoreOptions>(host => host.DisableTransportSecurityRequirement = true);
    }

    private static void AddServer(OpenIddictServerBuilder server)
    {
        server.SetTokenEndpointUris(Endpoints.Token).SetIntrospectionEndpointUris(Endpoints.Introspect).SetRevocationEndpointUris(Endpoints.Revoke);
        server.AllowClientCredentialsFlow();
        server.SetAccessTokenLifetime(TokenLifetimes.AccessToken);
        server.DisableAccessTokenEncryption();
        server.RegisterScopes([.. Scopes.All]);
        server.RegisterClaims(Claims.Department);
        server.RegisterAudiences(Claims.Audience);

        server.EnableSelfSignedTlsClientAuthentication();
        server.RemoveEventHandler(OpenIddictServerHandlers.ValidateClientCertificate.Descriptor);
        server.AddEventHandler(RequestForm.Descriptor);
        server.AddEventHandler(NamedClient.Descriptor);
        server.AddEventHandler(BoundTokens.Descriptor);
        server.AddEventHandler(ClientAssertions.Descriptor);
        server.AddEventHandler(KnownScopes.Descriptor);
        server.AddEventHandler(ScopePermissions.Descriptor);
        server.AddEventHandler(RefreshedScopes.Descriptor);
        server.AddEventHandler(RefreshFamilies.Descriptor);
        server.AddEventHandler(DevicePolls.Descriptor);
        server.AddEventHandler(ClientCredentials.Descriptor);
        foreach (var descriptor in IssuerName.Descriptors.Concat(IdentityMetrics.Descriptors).Concat(SecurityEvents.Descriptors))
            server.AddEventHandler(descriptor);
        server.AddEventHandler<HandleConfigurationRequestContext>(handler => handler
            .UseInlineHandler(CorrectMetadata)
            .SetOrder(OpenIddictServerHandlers.Discovery.AttachAdditionalMetadata.Descriptor.Order + 1));
        server.AddEventHandler(RegistrationMetadata.Descriptor);
        server.AddEventHandler(ErrorAddresses<ApplyAuthorizationResponseContext>.Descriptor);
        server.AddEventHandler(ErrorAddresses<ApplyPushedAuthorizationResponseContext>.Descriptor);
        server.AddEventHandler(ErrorAddresses<ApplyDeviceAuthorizationResponseContext>.Descriptor);
        server.AddEventHandler(ErrorAddresses<ApplyTokenResponseContext>.Descriptor);
        server.AddEventHandler(ErrorAddresses<ApplyIntrospectionResponseContext>.Descriptor);
        server.AddEventHandler(ErrorAddresses<ApplyRevocationResponseContext>.Descriptor);
        server.AddEventHandler(ErrorAddresses<ApplyUserInfoResponseContext>.Descriptor);
        server.UseAspNetCore();
    }

    private static ValueTask CorrectMetadata(HandleConfigurationRequestContext context)
    {
        // A public client names itself and no more; OpenIddict leaves that unsaid.
        context.TokenEndpointAuthenticationMethods.Add(ClientAuthenticationMethods.None);
        context.RevocationEndpointAuthenticationMethods.Add(ClientAuthenticationMethods.None);
        context.PushedAuthorizationEndpointAuthenticationMethods.Add(ClientAuthenticationMethods.None);
        context.DeviceAuthorizationEndpointAuthenticationMethods.Add(ClientAuthenticationMethods.None);
        context.Metadata["token_endpoint_auth_signing_alg_values_supported"] = ImmutableArray.Create<string?>(ClientAssertions.Algorithms);
        return ValueTask.CompletedTask;
    }

    /// <summary>Client secrets are for the sandbox; everywhere else a client signs with its own key.</summary>
    private static void RestrictAuthentication(OpenIddictServerOptions server, Sandbox sandbox, IOptions<IdentityOptions> identity)
    {
        server.ClientAuthenticationMethods.Clear();
        server.ClientAuthenticationMethods.Add(ClientAuthenticationMethods.PrivateKeyJwt);
        if (identity.Value.SeesClientCertificates)
            server.ClientAuthenticationMethods.Add(ClientAuthenticationMethods.SelfSignedTlsClientAuth);
        if (sandbox.Exists)
            server.ClientAuthenticationMethods.UnionWith([ClientAuthenticationMethods.ClientSecretBasic, ClientAuthenticationMethods.ClientSecretPost]);
        server.UseClientCertificateBoundAccessTokens = identity.Value.SeesClientCertificates;
        server.Scopes.IntersectWith([.. Scopes.All, .. OpenIdScopes]);
    }
}
