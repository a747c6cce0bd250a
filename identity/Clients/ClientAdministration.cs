using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using OneDoor.Identity.Platform;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace OneDoor.Identity.Clients;

/// <summary>
/// What an operator does to clients. Each change is one transaction with its event, behind the lock of all changes to
/// clients, and against the version the operator saw.
/// </summary>
internal sealed class ClientAdministration(
    IOpenIddictApplicationManager applications, IOpenIddictTokenManager tokens, IOpenIddictAuthorizationManager authorizations,
    IdentityDb db, AuditTrail events, Sandbox sandbox, TimeProvider time)
{
    /// <summary>What an event says about a registration.</summary>
    public static object Summary(ClientEntry entry) =>
        new { entry.DisplayName, entry.Department, entry.Hall, entry.Scopes, entry.CertificateBound, entry.Application, Keys = KeyIds(entry.Jwks) };

    public Task<OpenIddictEntityFrameworkCoreApplication?> FindAsync(string clientId, CancellationToken ct) =>
        db.Clients().FirstOrDefaultAsync(c => c.ClientId == clientId, ct);

    /// <summary>Clients by id, those after one of them.</summary>
    public async Task<IReadOnlyList<OpenIddictEntityFrameworkCoreApplication>> ListAsync(string after, int count, CancellationToken ct) =>
        await db.Clients().Where(c => string.Compare(c.ClientId, after) > 0).OrderBy(c => c.ClientId).Take(count).ToListAsync(ct);

    public async Task<Refusal?> RegisterAsync(ClientEntry entry, string actor, CancellationToken ct)
    {
        if (ClientRules.Refused(entry) is { } refused)
            return refused;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockAsync(DatabaseLock.Clients, ct);
        if (await FindAsync(entry.ClientId, ct) is not null)
            return ClientRefusals.Exists.At("/clientId");
        await applications.CreateAsync(ClientRules.Describe(entry), ct);
        await events.RecordAsync(ClientEvents.Trail, actor, entry.ClientId, ClientEvents.Registered, Summary(entry), ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    /// <summary>Changes what the request names; the rest stays.</summary>
    public Task<Refusal?> ChangeAsync(Change change, ChangeRequest request, CancellationToken ct) =>
        ChangeAsync(change, ClientEvents.Changed, (known, client) => (change.Id == change.Actor ? ClientRefusals.Oneself : request.Apply(known, client), request), ct);

    /// <summary>Puts another key set in the place of the client's. Both sets share a key, unless the old ones were disclosed.</summary>
    public Task<Refusal?> RotateKeysAsync(Change change, JsonElement jwks, bool overlap, CancellationToken ct) =>
        ChangeAsync(change, ClientEvents.KeysRotated, (known, client) =>
        {
            if (client.ClientType == ClientTypes.Public)
                return (ClientRefusals.NotInThisState.Because("公共客户端没有密钥。", "A public client keeps no key: register another."), "");
            if (ClientRules.KeysRefused(jwks, known.Property(ClientProperties.CertificateBound) is not null) is { } refused)
                return (refused, "");
            var (before, after) = (client.JsonWebKeySet?.Keys ?? [], ClientRules.KeysOf(jwks)!);
            if (overlap && before.Count > 0 && !before.Any(old => after.Keys.Any(key => key.ComputeJwkThumbprint().AsSpan().SequenceEqual(old.ComputeJwkThumbprint()))))
                return (ClientRefusals.KeysDoNotOverlap.At("/jwks"), "");
            client.JsonWebKeySet = after;
            return (null, new { Keys = KeyIds(jwks), Overlap = overlap });
        }, ct);

    /// <summary>Gives a client of the sandbox another secret; the old one is no good from then on.</summary>
    public async Task<(string Secret, Refusal? Refused)> RotateSecretAsync(Change change, CancellationToken ct)
    {
        var secret = NewSecret();
        var refused = await ChangeAsync(change, ClientEvents.SecretRotated, (known, client) =>
        {
            if (!sandbox.Exists || known.Property(ClientProperties.Sandbox) is null)
                return (ClientRefusals.NoSecrets, "");
            client.ClientSecret = secret;
            return (null, new { });
        }, ct);
        return (secret, refused);
    }

    /// <summary>Disables a client: it gets no tokens, and those it has are invalid, both at once.</summary>
    public Task<Refusal?> DisableAsync(Change change, string reason, CancellationToken ct) =>
        ChangeAsync(change, ClientEvents.Disabled, (known, client) =>
        {
            if (change.Id == change.Actor)
                return (ClientRefusals.Oneself, "");
            if (!ClientRules.IsReason(reason))
                return (ClientRefusals.ReasonMissing.At("/reason"), "");
            if (known.Property(ClientProperties.Disabled) is not null)
                return (ClientRefusals.NotInThisState, "");
            client.Properties[ClientProperties.Disabled] = JsonSerializer.SerializeToElement(new { Since = time.GetUtcNow(), Reason = reason }, RestJson.Options);
            return (null, new { Reason = reason });
        }, ct);

    public Task<Refusal?> EnableAsync(Change change, CancellationToken ct) =>
        ChangeAsync(change, ClientEvents.Enabled, (_, client) =>
            client.Properties.Remove(ClientProperties.Disabled) ? (null, new { }) : (ClientRefusals.NotInThisState, ""), ct);

    public static string EtagOf(OpenIddictEntityFrameworkCoreApplication client) => $"\"{client.ConcurrencyToken}\"";

    /// <summary>256 random bits, as text that needs no escaping anywhere.</summary>
    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private async Task<Refusal?> ChangeAsync(
        Change change, string kind, Func<OpenIddictEntityFrameworkCoreApplication, OpenIddictApplicationDescriptor, (Refusal?, object)> apply, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockAsync(DatabaseLock.Clients, ct);
        if (await FindAsync(change.Id, ct) is not { } known)
            return ClientRefusals.NotFound;
        if (change.Refused(EtagOf(known)) is { } stale)
            return stale;

        var entity = (await applications.FindByIdAsync(known.Id!, ct))!;
        var client = new OpenIddictApplicationDescriptor();
        await applications.PopulateAsync(client, entity, ct);
        var (secretBefore, (refused, details)) = (client.ClientSecret, apply(known, client));
        if (refused is not null)
            return refused;
        if (client.ClientSecret != secretBefore || kind == ClientEvents.SecretRotated)
            await applications.UpdateAsync(entity, client, ct);
        else
            await UpdateKeepingSecretAsync(entity, client, ct);
        if (kind == ClientEvents.Disabled)
        {
            await tokens.RevokeByApplicationIdAsync(known.Id!, ct);
            await authorizations.RevokeByApplicationIdAsync(known.Id!, ct);
        }

        await events.RecordAsync(ClientEvents.Trail, change.Actor, change.Id, kind, details, ct);
        await transaction.CommitAsync(ct);
        return null;
    }

    /// <summary>The descriptor holds the secret's hash, which an update with it would take for a new secret.</summary>
    private async Task UpdateKeepingSecretAsync(object entity, OpenIddictApplicationDescriptor client, CancellationToken ct)
    {
        await applications.PopulateAsync(entity, client, ct);
        await applications.UpdateAsync(entity, ct);
    }

    private static string[] KeyIds(JsonElement jwks) =>
        [.. ClientRules.KeysOf(jwks)?.Keys.Select(key => key.Kid ?? Base64Url.EncodeToString(key.ComputeJwkThumbprint())) ?? []];
}
