using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OneDoor.Identity.Platform;

namespace OneDoor.Identity.Keys;

/// <summary>The keys in the database, shared by every process of this server.</summary>
internal sealed class SigningKeyStore(IdentityDb db, KeyVault vault, CookieKeySeal cookies, TimeProvider time, IOptions<KeysOptions> options)
{
    /// <summary>Half of a sealing key signs, half encrypts.</summary>
    public const int SealingKeyBytes = 64;

    /// <summary>The longest a clock of ours, or of someone who checks our tokens, may be off.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    public static KeySchedule ScheduleOf<TKey>(IEnumerable<TKey> keys) where TKey : ScheduledKey =>
        new(keys, (typeof(TKey) == typeof(SealingKey) ? TokenLifetimes.LongestSealed : TokenLifetimes.Longest) + ClockSkew);

    /// <summary>All keys still in use, after publishing one when that is due and dropping those that are done.</summary>
    public async Task<IReadOnlyList<TKey>> KeepAsync<TKey>(CancellationToken ct) where TKey : ScheduledKey
    {
        var keys = await LoadAsync<TKey>(ct);
        return NeedsWork(keys) ? await WorkAsync<TKey>(force: false, ct) : keys;
    }

    /// <summary>Publishes the next signing key now; if one is already waiting, that one.</summary>
    public async Task<ScheduledKey> PublishNextAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var schedule = ScheduleOf(await WorkAsync<SigningKey>(force: true, ct));
        return schedule.NextAfter(now) ?? schedule.ActiveAt(now)!;
    }

    /// <summary>Stores under <c>Keys:Secret</c> what only the secret before opens, so that that one can go.</summary>
    public async Task StoreAnewAsync(CancellationToken ct)
    {
        if (options.Value.PreviousSecret is null)
            return;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockAsync(DatabaseLock.Keys, ct);
        await StoreAnewAsync<SigningKey>(ct);
        await StoreAnewAsync<SealingKey>(ct);
        foreach (var key in await db.Set<CookieKey>().AsNoTracking().ToListAsync(ct))
        {
            if (cookies.Anew(key.Xml) is { } anew)
                await db.Set<CookieKey>().Where(k => k.Name == key.Name).ExecuteUpdateAsync(set => set.SetProperty(k => k.Xml, anew), ct);
        }

        await transaction.CommitAsync(ct);
    }

    private async Task StoreAnewAsync<TKey>(CancellationToken ct) where TKey : ScheduledKey
    {
        foreach (var key in await LoadAsync<TKey>(ct))
        {
            if (vault.Anew(key.Kid, key.Protected) is { } anew)
                await db.Set<TKey>().Where(k => k.Kid == key.Kid).ExecuteUpdateAsync(set => set.SetProperty(k => k.Protected, anew), ct);
        }
    }

    private bool NeedsWork<TKey>(List<TKey> keys) where TKey : ScheduledKey
    {
        var (now, schedule) = (time.GetUtcNow(), ScheduleOf(keys));
        return schedule.NextIsDue(now, options.Value) || schedule.VisibleAt(now).Count() < keys.Count;
    }

    private async Task<IReadOnlyList<TKey>> WorkAsync<TKey>(bool force, CancellationToken ct) where TKey : ScheduledKey
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockAsync(DatabaseLock.Keys, ct);
        var (now, keys) = (time.GetUtcNow(), await LoadAsync<TKey>(ct));
        var schedule = ScheduleOf(keys);
        if (schedule.NextIsDue(now, options.Value) || (force && schedule.NextAfter(now) is null))
            db.Add(Create<TKey>(now, signsFrom: schedule.ActiveAt(now) is null ? now : now + options.Value.PublishAhead));
        db.RemoveRange(keys.Except(schedule.VisibleAt(now)));
        await db.SaveChangesAsync(ct);
        keys = await LoadAsync<TKey>(ct);
        await transaction.CommitAsync(ct);
        return keys;
    }

    private Task<List<TKey>> LoadAsync<TKey>(CancellationToken ct) where TKey : ScheduledKey => db.Set<TKey>().AsNoTracking().ToListAsync(ct);

    private ScheduledKey Create<TKey>(DateTimeOffset now, DateTimeOffset signsFrom) where TKey : ScheduledKey
    {
        if (typeof(TKey) == typeof(SealingKey))
        {
            var id = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(16));
            var secret = RandomNumberGenerator.GetBytes(SealingKeyBytes);
            return new SealingKey { Kid = id, PublishedAt = now, SignsFrom = signsFrom, Protected = vault.Protect(id, secret) };
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var kid = Base64UrlEncoder.Encode(new ECDsaSecurityKey(key).ComputeJwkThumbprint());
        return new SigningKey { Kid = kid, PublishedAt = now, SignsFrom = signsFrom, Protected = vault.Protect(kid, key.ExportPkcs8PrivateKey()) };
    }
}
