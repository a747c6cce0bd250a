using System.Text.Json;
using System.Text.Json.Nodes;
using OpenIddict.EntityFrameworkCore.Models;
using static OneDoor.Identity.Clients.OperatorRoutes;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace OneDoor.Identity.Clients;

/// <summary>A client as operators see it.</summary>
/// <param name="Status"><c>enabled</c>, <c>disabled</c> or <c>expired</c>.</param>
internal sealed record ClientView(
    string ClientId, string DisplayName, string? Department, IReadOnlyList<string> Scopes, bool CertificateBound, bool Sandbox,
    string Status, string? DisabledBecause, DateTimeOffset? ExpiresAt, Application? Application, JsonNode? Jwks);

internal sealed record RotateKeysRequest(JsonElement Jwks, bool Overlap = true);

internal sealed record DisableRequest(string Reason);

/// <summary>Client administration: <c>/clients</c>, for tokens with the scope <c>clients:manage</c>.</summary>
internal static class ClientRoutes
{
    public const string Path = "/clients";
    private const string EventsPath = "/client-events";

    public static void MapClients(this WebApplication app)
    {
        var clients = app.MapOperator();
        clients.MapPost(Path, RegisterAsync);
        clients.MapGet(Path, ListAsync).Takes("first", "after");
        clients.MapGet(Path + "/{id}", GetAsync);
        clients.MapPatch(Path + "/{id}", ChangeAsync);
        clients.MapPut(Path + "/{id}/jwks", RotateKeysAsync);
        clients.MapPost(Path + "/{id}/secret", RotateSecretAsync);
        clients.MapPost(Path + "/{id}/disablement", DisableAsync);
        clients.MapPost(Path + "/{id}/enablement", EnableAsync);
        clients.MapGet(EventsPath, (HttpContext http, ClientEvents events) => ListEventsAsync(http, events, "client", "clientId")).Takes("first", "after", "client");
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
        var (first, after, refused) = PageOf(http.Request);
        if (refused is not null)
            return new RefusedResult(refused);
        var found = await clients.ListAsync(after, first + 1, http.RequestAborted);
        var items = found.Take(first).Select(client => View(client, time.GetUtcNow())).ToList();
        return Page(http, items, found.Count > first ? items[^1].ClientId : null);
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, string id, ClientAdministration clients, TimeProvider time)
    {
        var (request, refused) = await ClientJson.ReadAsync<ChangeRequest>(http.Request);
        refused ??= await clients.ChangeAsync(ChangeOf(http, id), request!, http.RequestAborted);
        return refused is null ? await ViewAsync(http, clients, time, id) : new RefusedResult(refused);
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

    private static async Task<IResult> ViewAsync(HttpContext http, ClientAdministration clients, TimeProvider time, string id, int status = 200)
    {
        if (await clients.FindAsync(id, http.RequestAborted) is not { } client)
            return new RefusedResult(ClientRefusals.NotFound);
        return Show(http, ClientAdministration.EtagOf(client), View(client, time.GetUtcNow()), status);
    }

    private static ClientView View(OpenIddictEntityFrameworkCoreApplication client, DateTimeOffset now)
    {
        var disabled = client.Property(ClientProperties.Disabled);
        var expires = client.InstantOf(ClientProperties.ExpiresAt);
        var permissions = ClientJson.Strings(client.Permissions);
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
            Application.Of(client),
            client.JsonWebKeySet is { Length: > 0 } jwks ? KeysOf(jwks) : null);
    }

    // OpenIddict keeps a key with every list that it might have; an empty one says nothing, and "oth" is of private keys only.
    private static JsonNode KeysOf(string jwks)
    {
        var keys = JsonNode.Parse(jwks)!;
        foreach (var key in keys["keys"]!.AsArray().OfType<JsonObject>())
        {
            foreach (var (name, _) in key.Where(member => member.Value is JsonArray { Count: 0 }).ToArray())
                key.Remove(name);
        }
        return keys;
    }
}
