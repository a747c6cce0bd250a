using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using OneDoor.Identity.Platform;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace OneDoor.Identity.Keys;

/// <summary>Keys: stored, published, rotated.</summary>
internal static class KeysModule
{
    public static ServerCommand Rotate { get; } = new(new("rotate-keys", "publishes the next signing key"), async (services, _) =>
    {
        await services.GetRequiredService<IdentityDb>().CheckSchemaAsync(CancellationToken.None);
        var next = await services.GetRequiredService<SigningKeyStore>().PublishNextAsync(CancellationToken.None);
        return $"Key {next.Kid} is published and signs from {next.SignsFrom:O}.";
    });

    public static void AddKeys(this IServiceCollection services)
    {
        services.AddOptions<KeysOptions>().BindConfiguration("Keys").ValidateOnStart();
        services.AddSingleton<IValidateOptions<KeysOptions>, KeysOptionsRules>();
        services.AddSingleton<KeyVault>();
        services.AddSingleton(provider => new Cursors(provider.GetRequiredService<KeyVault>().KeyOf("cursors")));
        services.AddSingleton(new Tables(model =>
        {
            ScheduledKey.Map(model.Entity<SigningKey>(), "signing_keys");
            ScheduledKey.Map(model.Entity<SealingKey>(), "sealing_keys");
            CookieKey.Map(model.Entity<CookieKey>());
        }));
        services.AddScoped<SigningKeyStore>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>>(provider => provider.GetRequiredService<KeyRing>());
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictServerOptions>>(provider => provider.GetRequiredService<KeyRing>());
        services.AddSingleton(new StartupStep((provider, ct) => provider.GetRequiredService<KeyRing>().RefreshAsync(ct)));
        services.AddOpenIddict().AddServer(server => server.AddEventHandler<GenerateTokenContext>(handler => handler
            .UseSingletonHandler<UseActiveKeys>()
            .SetOrder(OpenIddictServerHandlers.Protection.AttachSecurityCredentials.Descriptor.Order + 1)));

        services.AddDataProtection().SetApplicationName("onedoor-identity");
        services.AddSingleton<CookieKeyStore>();
        services.AddSingleton<CookieKeySeal>();
        services.AddOptions<KeyManagementOptions>().Configure<CookieKeyStore, CookieKeySeal>((management, store, seal) =>
            (management.XmlRepository, management.XmlEncryptor) = (store, seal));
    }

    public static void UseKeys(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (http.Request.Path.StartsWithSegments("/connect") || http.Request.Path.StartsWithSegments("/.well-known") ||
            http.IsForOperators())
            await http.RequestServices.GetRequiredService<KeyRing>().RefreshIfDueAsync(http.RequestAborted);
        await next(http);
    });

    /// <summary>OpenIddict would use whichever keys its options list first.</summary>
    private sealed class UseActiveKeys(KeyRing ring) : IOpenIddictServerHandler<GenerateTokenContext>
    {
        public ValueTask HandleAsync(GenerateTokenContext context)
        {
            var isRead = context.TokenType is TokenTypeIdentifiers.AccessToken or TokenTypeIdentifiers.IdentityToken;
            context.SigningCredentials = isRead ? ring.Active : ring.ActiveSeal.Signing;
            if (context.EncryptionCredentials is not null)
                context.EncryptionCredentials = ring.ActiveSeal.Encryption;
            return ValueTask.CompletedTask;
        }
    }
}
