using System.Globalization;
using System.Text.Json;
using OpenIddict.EntityFrameworkCore.Models;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace OneDoor.Identity.Clients;

/// <summary>A client as operators see it.</summary>
/// <param name="Status"><c>enabled</c>, <c>disabled</c> or <c>expired</c>.</param>
internal sealed record ClientView(
    string ClientId, string DisplayName, string? Department, IReadOnlyList<string> Scopes, bool CertificateBound, bool Sandbox,
    string Status, string? DisabledBecause, DateTimeOffset? ExpiresAt, JsonElement? Jwks);

internal sealed record RotateKeysRequest(JsonElement Jwks, bool Overlap = true);

internal sealed record DisableRequest(string Reason);

/// <summary>Client administration: <c>/clients</c>, for tokens with the scope <c>clients:manage</c>.</summary>
internal static class ClientRoutes
{
    public const string Path = "/clients";
    private const string EventsPath = "/client-events";
    private const string Subject = "subject";
    private const int LargestPage = 100;

    /// <summary>Whether the address is one of client administration's.</summary>
    public static bool Serve(PathString path) => path.StartsWithSegments(Path) || path.StartsWithSegments(EventsPath);

    public static void MapClients(this WebApplication app)
    {
        var clients = app.MapGroup("").AddEndpointFilter(async (context, next) =>
        {
            var (subject, refused) = await context.HttpContext.RequestServices.GetRequiredService<OperatorTokens>().CheckAsync(context.HttpContext);
            context.HttpContext.Items[Subject] = subject;
            return refused is null ? await next(context) : new RefusedResult(refused);
        });
        clients.MapPost(Path, RegisterAsync);
        clients.MapGet(Path, ListAsync);
        clients.MapGet(Path + "/{id}", GetAsync);
        clients.MapPut(Path + "/{id}/jwks", RotateKeysAsync);
        clients.MapPost(Path + "/{id}/secret", RotateSecretAsync);
        clients.MapPost(Path + "/{id}/disablement", DisableAsync);
        clients.MapPost(Path + "/{id}/enablement", EnableAsync);
        clients.MapGet(EventsPath, ListEventsAsync);
        app.MapGet(ClientJson.Pages + "{code}", (string code) => ClientRefusals.All.FirstOrDefault(r => r.Code == code) is { } refusal
            ? Results.Json(refusal, ClientJson.Options) : Results.NotFound());
    }

    private static async Task<IResult> RegisterAsync(HttpContext http, ClientAdministration clients, TimeProvider time)
    {
        var (entry, refused) = await ClientJson.ReadAsync<ClientEntry>(http.Request);
        refused ??= await clients.RegisterAsync(entry!, ActorOf(http), http.RequestAborted);
        if (refused is not null)
            return new RefusedResult(refused);
        http.Response.Headers.Location = $"{Path}/{entry!.ClientId}";
        return await ViewAsync(http, clients, time, entry.ClientId, StatusCodes.Status201Created);
    }

    private static Task<IResult> GetAsync(HttpContext http, string id, ClientAdministration clients, TimeProvider time) => ViewAsync(http, clients, time, id);

    private static async Task<IResult> ListAsync(HttpContext http, ClientAdministration clients, TimeProvider time)
    {
        if (PageOf(http.Request) is not { } page)
            return new RefusedResult(ClientRefusals.ParameterInvalid);
        var found = await clients.ListAsync(page.After, page.First + 1, http.RequestAborted);
        var items = found.Take(page.First).Select(client => View(client, time.GetUtcNow())).ToList();
        return Page(items, found.Count > page.First ? $"{Path}?first={page.First}&after={Uri.EscapeDataString(items[^1].ClientId)}" : null);
    }

    private static async Task<IResult> RotateKeysAsync(HttpContext http, string id, ClientAdministration clients, TimeProvider time)
    {
        var (request, refused) = await ClientJson.ReadAsync<RotateKeysRequest>(http.Request);
        refused ??= await clients.RotateKeysAsync(ChangeOf(http, id), request!.Jwks, request.Overlap, http.RequestAborted);
        return refused is null ? await ViewAsync(http, clients, time, id) : new RefusedResult(refused);
    }

    private static async Task<IResult> RotateSecretAsync(HttpContext http, string id, ClientAdministration clients)
    {
        var (secret, refused) = await clients.RotateSecretAsync(ChangeOf(http, id), http.RequestAborted);
        if (refused is not null)
            return new RefusedResult(refused);
        http.Response.Headers.ETag = ClientAdministration.EtagOf((await clients.FindAsync(id, http.RequestAborted))!);
        return Results.Json(new { ClientId = id, ClientSecret = secret }, ClientJson.Options);
    }

    private static async Task<IResult> DisableAsync(HttpContext http, string id, ClientAdministration clients, TimeProvider time)
    {
        var (request, refused) = await ClientJson.ReadAsync<DisableRequest>(http.Request);
        refused ??= await clients.DisableAsync(ChangeOf(http, id), request!.Reason, http.RequestAborted);
        return refused is null ? await ViewAsync(http, clients, time, id) : new RefusedResult(refused);
    }

    private static async Task<IResult> EnableAsync(HttpContext http, string id, ClientAdministration clients, TimeProvider time) =>
        await clients.EnableAsync(ChangeOf(http, id), http.RequestAborted) is { } refused ? new RefusedResult(refused) : await ViewAsync(http, clients, time, id);

    private static async Task<IResult> ListEventsAsync(HttpContext http, ClientEvents events)
    {
        var client = http.Request.Query["client"].ToString();
        if (client.Contains('\0') || PageOf(http.Request) is not { } page || !long.TryParse(page.After.Length == 0 ? "0" : page.After, NumberStyles.None, CultureInfo.InvariantCulture, out var after))
            return new RefusedResult(ClientRefusals.ParameterInvalid);
        var found = await events.ListAsync(client.Length == 0 ? null : client, after, page.First + 1, http.RequestAborted);
        var items = found.Take(page.First)
            .Select(e => new { e.Number, e.At, e.Actor, e.ClientId, e.Kind, Details = JsonSerializer.Deserialize<JsonElement>(e.Details) }).ToList();
        var rest = string.Create(CultureInfo.InvariantCulture, $"{EventsPath}?client={Uri.EscapeDataString(client)}&first={page.First}&after={items.LastOrDefault()?.Number}");
        return Page(items, found.Count > page.First ? rest : null);
    }

    private static async Task<IResult> ViewAsync(HttpContext http, ClientAdministration clients, TimeProvider time, string id, int status = 200)
    {
        if (await clients.FindAsync(id, http.RequestAborted) is not { } client)
            return new RefusedResult(ClientRefusals.NotFound);
        var etag = ClientAdministration.EtagOf(client);
        http.Response.Headers.ETag = etag;
        return HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.IfNoneMatch.ToString().Split(',').Any(tag => tag.Trim() == etag)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Json(View(client, time.GetUtcNow()), ClientJson.Options, statusCode: status);
    }

    private static ClientView View(OpenIddictEntityFrameworkCoreApplication client, DateTimeOffset now)
    {
        var disabled = client.Property(ClientProperties.Disabled);
        var expires = client.InstantOf(ClientProperties.ExpiresAt);
        var permissions = JsonSerializer.Deserialize<string[]>(client.Permissions ?? "[]")!.ToHashSet();
        return new ClientView(
            client.ClientId!,
            client.DisplayName ?? "",
            client.Property(ClientProperties.Department)?.GetString(),
            [.. Scopes.All.Where(scope => permissions.Contains(Permissions.Prefixes.Scope + scope))],
            client.Property(ClientProperties.CertificateBound) is not null,
            client.Property(ClientProperties.Sandbox) is not null,
            disabled is not null ? "disabled" : expires <= now ? "expired" : "enabled",
            disabled?.GetProperty("reason").GetString(),
            expires,
            client.JsonWebKeySet is { Length: > 0 } jwks ? JsonSerializer.Deserialize<JsonElement>(jwks) : null);
    }

    private static IResult Page<T>(IReadOnlyList<T> items, string? next) =>
        Results.Json(new Dictionary<string, object?> { ["items"] = items, ["next"] = next }, ClientJson.Options);

    private static string ActorOf(HttpContext http) => (string)http.Items[Subject]!;

    private static Change ChangeOf(HttpContext http, string id) => new(id, ActorOf(http), http.Request.Headers.IfMatch);

    /// <summary><c>first</c> (1 to 100, 20 by default) and <c>after</c>; null when they are not valid.</summary>
    private static (int First, string After)? PageOf(HttpRequest request)
    {
        var (first, after) = (request.Query["first"].ToString(), request.Query["after"].ToString());
        if (after.Contains('\0'))
            return null;
        if (first.Length == 0)
            return (20, after);
        return int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= LargestPage ? (count, after) : null;
    }
}
