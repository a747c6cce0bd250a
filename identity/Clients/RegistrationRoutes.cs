using System.Text.Json;
using Microsoft.Extensions.Options;
using OneDoor.Identity.Platform;
using OpenIddict.EntityFrameworkCore.Models;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace OneDoor.Identity.Clients;

/// <summary><c>/connect/register</c>: dynamic client registration of RFC 7591 and its management of RFC 7592, in the sandbox only.</summary>
internal static class RegistrationRoutes
{
    public const string Path = "/connect/register";

    // Of what it does not know: RFC 7591 section 2 has that ignored. A member that is there twice says two things.
    private static readonly JsonSerializerOptions Tolerant = new() { AllowDuplicateProperties = false };

    public static void MapRegistration(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<Sandbox>().Exists)
            return;
        app.MapPost(Path, RegisterAsync);
        app.MapGet(Path + "/{id}", ReadAsync);
        app.MapDelete(Path + "/{id}", RemoveAsync);
    }

    private static async Task RegisterAsync(HttpContext http, RegisteredApps apps, RequestLimits limits, TimeProvider time)
    {
        if (await limits.TakeRegistrationAsync(http) is not { } giveBack)
            return;
        var isRegistered = false;
        try
        {
            isRegistered = await TryRegisterAsync(http, apps, time);
        }
        finally
        {
            // What registers nothing uses up nothing of the hour.
            if (!isRegistered)
                giveBack();
        }
    }

    private static async Task<bool> TryRegisterAsync(HttpContext http, RegisteredApps apps, TimeProvider time)
    {
        if (await ReadMetadataAsync(http.Request) is not { } metadata)
        {
            await OAuthErrors.WriteAsync(http, StatusCodes.Status400BadRequest, "invalid_client_metadata", "The body is no JSON object of client metadata.");
            return false;
        }

        if (RegisteredApps.Refused(metadata) is { } refused)
        {
            await OAuthErrors.WriteAsync(http, StatusCodes.Status400BadRequest, "invalid_client_metadata", refused);
            return false;
        }

        if (await apps.RegisterAsync(metadata, http.RequestAborted) is not { } app)
        {
            await OAuthErrors.WriteAsync(http, StatusCodes.Status429TooManyRequests, "temporarily_unavailable", "The sandbox has as many apps as it can take.");
            return false;
        }

        await Results.Json(new Dictionary<string, object>(Metadata(
            http, app.Id, $"Sandbox app: {metadata.Name}", metadata.Department, RegisteredApps.ScopesOf(metadata), app.ExpiresAt))
        {
            ["client_id_issued_at"] = time.GetUtcNow().ToUnixTimeSeconds(),
            ["client_secret"] = app.Secret,
            ["registration_access_token"] = app.RegistrationToken,
        }, statusCode: StatusCodes.Status201Created).ExecuteAsync(http);
        return true;
    }

    private static async Task ReadAsync(HttpContext http, string id, RegisteredApps apps)
    {
        if (await FindAsync(http, id, apps) is not { } app)
            return;
        var permissions = ClientStanding.Strings(app.Permissions);
        var scopes = Scopes.All.Where(scope => permissions.Contains(Permissions.Prefixes.Scope + scope)).ToArray();
        var expires = app.InstantOf(ClientProperties.ExpiresAt)!.Value;
        await Results.Json(Metadata(http, id, app.DisplayName!, app.Property(ClientProperties.Department)?.GetString(), scopes, expires)).ExecuteAsync(http);
    }

    private static async Task RemoveAsync(HttpContext http, string id, RegisteredApps apps)
    {
        if (await FindAsync(http, id, apps) is null)
            return;
        await apps.RemoveAsync(id, id, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>The app, or null after the refusal, which does not tell a wrong token from an app that does not exist.</summary>
    private static async Task<OpenIddictEntityFrameworkCoreApplication?> FindAsync(HttpContext http, string id, RegisteredApps apps)
    {
        if (await apps.FindAsync(id, Operators.BearerOf(http.Request), http.RequestAborted) is { } app)
            return app;
        http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        await OAuthErrors.WriteAsync(http, StatusCodes.Status401Unauthorized, "invalid_token", "The registration access token is not this app's.");
        return null;
    }

    private static Dictionary<string, object> Metadata(HttpContext http, string id, string name, string? department, string[] scopes, DateTimeOffset expires)
    {
        Dictionary<string, object> metadata = new()
        {
            ["client_id"] = id,
            ["client_name"] = name,
            ["scope"] = string.Join(' ', scopes),
            ["grant_types"] = new[] { GrantTypes.ClientCredentials },
            ["token_endpoint_auth_method"] = ClientAuthenticationMethods.ClientSecretBasic,
            ["client_secret_expires_at"] = expires.ToUnixTimeSeconds(),
            ["registration_client_uri"] = $"{http.Request.Scheme}://{http.Request.Host}{Path}/{id}",
        };
        if (department is not null)
            metadata["department"] = department;
        return metadata;
    }

    private static async Task<AppMetadata?> ReadMetadataAsync(HttpRequest request)
    {
        try
        {
            return request.HasJsonContentType()
                ? await JsonSerializer.DeserializeAsync<AppMetadata>(request.Body, Tolerant, request.HttpContext.RequestAborted)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Names the registration endpoint in discovery (RFC 8414 section 2) where there is one.</summary>
internal sealed class RegistrationMetadata(Sandbox sandbox, IOptions<IdentityOptions> identity) : IOpenIddictServerHandler<HandleConfigurationRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<HandleConfigurationRequestContext>()
        .UseSingletonHandler<RegistrationMetadata>()
        .SetOrder(OpenIddictServerHandlers.Discovery.AttachAdditionalMetadata.Descriptor.Order + 2)
        .Build();

    public ValueTask HandleAsync(HandleConfigurationRequestContext context)
    {
        if (sandbox.Exists)
            context.Metadata["registration_endpoint"] = identity.Value.IssuerName + RegistrationRoutes.Path;
        return ValueTask.CompletedTask;
    }
}
