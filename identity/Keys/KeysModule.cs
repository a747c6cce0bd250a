using Microsoft.Extensions.Options;
using OneDoor.Identity.Clients;
using OneDoor.Identity.Platform;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace OneDoor.Identity.Keys;

/// <summary>Signing keys: stored, published, rotated.</summary>
internal static class KeysModule
{
    public static void AddKeys(this IServiceCollection services)
    {
        services.AddOptions<KeysOptions>().BindConfiguration("Keys").ValidateOnStart();
        services.AddSingleton<IValidateOptions<KeysOptions>, KeysOptionsRules>();
        services.AddSingleton<KeyVault>();
        services.AddScoped<SigningKeyStore>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>>(provider => provider.GetRequiredService<KeyRing>());
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictServerOptions>>(provider => provider.GetRequiredService<KeyRing>());
        services.AddSingleton(new StartupStep((provider, ct) => provider.GetRequiredService<KeyRing>().RefreshAsync(ct)));
        services.AddOpenIddict().AddServer(server => server.AddEventHandler<GenerateTokenContext>(handler => handler
            .UseSingletonHandler<SignWithActiveKey>()
            .SetOrder(OpenIddictServerHandlers.Protection.AttachSecurityCredentials.Descriptor.Order + 1)));
    }

    public static void UseKeys(this WebApplication app) => app.Use(async (http, next) =>
    {
        if (http.Request.Path.StartsWithSegments("/connect") || http.Request.Path.StartsWithSegments("/.well-known") ||
            ClientRoutes.Serve(http.Request.Path))
            await http.RequestServices.GetRequiredService<KeyRing>().RefreshIfDueAsync(http.RequestAborted);
        await next(http);
    });

    /// <summary>OpenIddict would sign with whichever key its options list first.</summary>
    private sealed class SignWithActiveKey(KeyRing ring) : IOpenIddictServerHandler<GenerateTokenContext>
    {
        public ValueTask HandleAsync(GenerateTokenContext context)
        {
            context.SigningCredentials = ring.Active;
            return ValueTask.CompletedTask;
        }
    }
}
