using Microsoft.Extensions.Options;
using OneDoor.Identity.Platform;
using OneDoor.Identity.Token;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace OneDoor.Identity.Authorize;

/// <summary>How applications act for people: authorization codes, pushed requests, devices, refresh, userinfo, logout.</summary>
internal static class AuthorizeModule
{
    public static void AddAuthorize(this IServiceCollection services)
    {
        services.AddOptions<ApplicantOptions>().BindConfiguration("Applicants").ValidateOnStart();
        services.AddSingleton<IValidateOptions<ApplicantOptions>, ApplicantOptionsRules>();
        services.AddSingleton<ApplicantReferences>();
        services.AddScoped<PersonGrant>();
        services.AddScoped<RedirectAddresses>();
        services.AddScoped<AuthorizePage>();
        services.AddScoped<DevicePage>();
        services.AddScoped<LogoutPage>();
        services.AddOpenIddict().AddServer(AddServer);
        services.AddOptions<OpenIddictServerOptions>().PostConfigure(server =>
        {
            // Whoever sees a plain challenge has the verifier (RFC 7636 section 7.2).
            server.CodeChallengeMethods.IntersectWith([CodeChallengeMethods.Sha256]);

            // A form_post page would need a script; a fragment stays in the browser's history.
            server.ResponseModes.IntersectWith([ResponseModes.Query]);
            server.PromptValues.IntersectWith([PromptValues.None, PromptValues.Login, PromptValues.Consent]);
        });
    }

    public static void MapAuthorize(this WebApplication app)
    {
        app.MapMethods(Endpoints.Authorize, ["GET", "POST"], (AuthorizePage page, HttpContext http) => page.HandleAsync(http));
        app.MapMethods(Endpoints.Verify, ["GET", "POST"], (DevicePage page, HttpContext http) => page.HandleAsync(http)).WithMetadata(DevicePage.Counted);
        app.MapGet(DevicePage.DonePath, (DevicePage page) => page.DoneAsync());
        app.MapMethods(Endpoints.Logout, ["GET", "POST"], (LogoutPage page, HttpContext http) => page.HandleAsync(http));
    }

    private static void AddServer(OpenIddictServerBuilder server)
    {
        server.SetAuthorizationEndpointUris(Endpoints.Authorize)
            .SetPushedAuthorizationEndpointUris(Endpoints.Pushed)
            .SetDeviceAuthorizationEndpointUris(Endpoints.Device)
            .SetEndUserVerificationEndpointUris(Endpoints.Verify)
            .SetUserInfoEndpointUris(Endpoints.UserInfo)
            .SetEndSessionEndpointUris(Endpoints.Logout);
        server.AllowAuthorizationCodeFlow().AllowDeviceAuthorizationFlow().AllowRefreshTokenFlow().RequireProofKeyForCodeExchange();
        server.SetAuthorizationCodeLifetime(TokenLifetimes.Code)
            .SetIdentityTokenLifetime(TokenLifetimes.AccessToken)
            .SetDeviceCodeLifetime(TokenLifetimes.DeviceCode)
            .SetUserCodeLifetime(TokenLifetimes.DeviceCode)
            .SetRefreshTokenLifetime(TokenLifetimes.Refresh)
            .SetRefreshTokenReuseLeeway(TokenLifetimes.ReuseLeeway)
            .DisableSlidingRefreshTokenExpiration();
        server.Configure(options => options.RequestTokenLifetime = TokenLifetimes.PushedRequest);

        // RFC 8628 section 6.1: no vowels, so no words, and nothing that looks like something else.
        server.SetUserCodeCharset([.. "BCDFGHJKLMNPQRSTVWXZ".Select(c => c.ToString())]).SetUserCodeLength(8).SetUserCodeDisplayFormat("{0}{1}{2}{3}-{4}{5}{6}{7}");

        // What an application gets on behalf of someone is cut to what it may have; PersonGrant does that.
        server.IgnoreScopePermissions();
        server.RegisterScopes(TokenModule.OpenIdScopes);
        server.RegisterClaims(Claims.Hall, Claims.Applicant);
        server.AddEventHandler<ExtractEndUserVerificationRequestContext>(handler => handler
            .UseInlineHandler(context =>
            {
                if (context.Request?.UserCode is { } typed)
                    context.Request.UserCode = DevicePage.Shown(typed);
                return ValueTask.CompletedTask;
            })
            .SetOrder(int.MaxValue));
        foreach (var descriptor in RedirectAddresses.Descriptors)
            server.AddEventHandler(descriptor);
        server.AddEventHandler(PersonTokens.Descriptor);
        server.AddEventHandler(UserInfo.Descriptor);
        server.UseAspNetCore()
            .EnableAuthorizationEndpointPassthrough()
            .EnableEndUserVerificationEndpointPassthrough()
            .EnableEndSessionEndpointPassthrough()
            .EnableErrorPassthrough();
    }
}
