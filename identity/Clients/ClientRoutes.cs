using System.Text.Json;
using System.Text.Json.Nodes;
using OneDoor.Identity.Platform;
using OpenIddict.EntityFrameworkCore.Models;
using static OneDoor.Identity.Platform.Operators;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace OneDoor.Identity.Clients;

/// <summary>A client as operators see it.</summary>
/// <param name="Status"><c>enabled</c>, <c>disabled</c> or <c>expired</c>.</param>
internal sealed record ClientView(
    string ClientId, string DisplayName, string? Department, string? Hall, IReadOnlyList<string> Scopes, bool CertificateBound, bool Sandbox,
    string Status, string? DisabledBecause, DateTimeOffset? ExpiresAt, Application? Application, JsonNode? Jwks);

internal sealed record RotateKeysRequest(JsonElement Jwks, bool Overlap = true);

internal sealed record DisableRequest(string Reason);

/// <summary>Client administration: <c>/clients</c>, for tokens with the scope <c>clients:manage</c>.</summary>
internal static class ClientRoutes
{
    public const string Path = "/clients";

    public static void MapClients(this RouteGroupBuilder operators)
    {
        operators.MapPost(Path, RegisterAsync);
        operators.MapGet(Path, ListAsync);
        operators.MapGet(Path + "/{id}", GetAsync);
        operators.MapPatch(Path + "/{id}", ChangeAsync);
        operators.MapPut(Path + "/{id}/jwks", RotateKeysAsync);
        operators.MapPost(Path + "/{id}/secret", RotateSecretAsync).TakesNothing();
        operators.MapPost(Path + "/{id}/disablement", DisableAsync);
        operators.MapPost(Path + "/{id}/enablement", EnableAsync).TakesNothing();
        operators.MapGet("/client-events", (HttpContext http, AuditTrail events, int? first, string? after, string? client) =>
            events.PageAsync(http, ClientEvents.Trail, client, first, after));
    }

    private static async Task<IResult> RegisterAsync(HttpContext http, ClientEntry entry, ClientAdministration clients, TimeProvider time)
    {
        if (await clients.RegisterAsync(entry, ActorOf(http), http.RequestAborted) is { } refused)
            return refused.ToProblem();
        http.Response.Headers.Location = $"{Path}/{entry.ClientId}";
        return await ViewAsync(http, clients, time, entry.ClientId, StatusCodes.Status201Created);
    }

    private static Task<IResult> GetAsync(HttpContext http, string id, ClientAdministration clients, TimeProvider time) => ViewAsync(http, clients, time, id);

    private static Task<IResult> ListAsync(HttpContext http, ClientAdministration clients, TimeProvider time, int? first, string? after) => PageAsync(
        http, "clients", first, after, (position, count) => clients.ListAsync(position ?? "", count, http.RequestAborted),
        client => client.ClientId!, client => View(client, time.GetUtcNow()));

    private static async Task<IResult> ChangeAsync(HttpContext http, string id, ChangeRequest request, ClientAdministration clients, TimeProvider time) =>
        await clients.ChangeAsync(Change.Of(http, id), request, http.RequestAborted) is { } refused ? refused.ToProblem() : await ViewAsync(http, clients, time, id);

    private static async Task<IResult> RotateKeysAsync(HttpContext http, string id, RotateKeysRequest request, ClientAdministration clients, TimeProvider time) =>
        await clients.RotateKeysAsync(Change.Of(http, id), request.Jwks, request.Overlap, http.RequestAborted) is { } refused
            ? refused.ToProblem() : await ViewAsync(http, clients, time, id);

    private static async Task<IResult> RotateSecretAsync(HttpContext http, string id, ClientAdministration clients)
    {
        var (secret, refused) = await clients.RotateSecretAsync(Change.Of(http, id), http.RequestAborted);
        if (refused is not null)
            return refused.ToProblem();
        http.Response.Headers.ETag = ClientAdministration.EtagOf((await clients.FindAsync(id, http.RequestAborted))!);
        return Results.Json(new { ClientId = id, ClientSecret = secret });
    }

    private static async Task<IResult> DisableAsync(HttpContext http, string id, DisableRequest request, ClientAdministration clients, TimeProvider time) =>
        await clients.DisableAsync(Change.Of(http, id), request.Reason, http.RequestAborted) is { } refused ? refused.ToProblem() : await ViewAsync(http, clients, time, id);

    private static async Task<IResult> EnableAsync(HttpContext http, string id, ClientAdministration clients, TimeProvider time) =>
        await clients.EnableAsync(Change.Of(http, id), http.RequestAborted) is { } refused ? refused.ToProblem() : await ViewAsync(http, clients, time, id);

    private static async Task<IResult> ViewAsync(HttpContext http, ClientAdministration clients, TimeProvider time, string id, int status = 200)
    {
        if (await clients.FindAsync(id, http.RequestAborted) is not { } client)
            return ClientRefusals.NotFound.ToProblem();
        return Show(http, ClientAdministration.EtagOf(client), View(client, time.GetUtcNow()), status);
    }

    private static ClientView View(OpenIddictEntityFrameworkCoreApplication client, DateTimeOffset now)
    {
        var disabled = client.Property(ClientProperties.Disabled);
        var expires = client.InstantOf(ClientProperties.ExpiresAt);
        var permissions = ClientStanding.Strings(client.Permissions);
        return new ClientView(
            client.ClientId!,
            client.DisplayName ?? "",
            client.Property(ClientProperties.Department)?.GetString(),
            client.Property(ClientProperties.Hall)?.GetString(),
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
