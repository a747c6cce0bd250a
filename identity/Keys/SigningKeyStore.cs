using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OneDoor.Identity.Platform;
using OneDoor.Identity.Token;

namespace OneDoor.Identity.Keys;

/// <summary>The signing keys in the database, shared by every process of this server.</summary>
internal sealed class SigningKeyStore(IdentityDb db, KeyVault vault, TimeProvider time, IOptions<KeysOptions> options)
{
    /// <summary>The longest a clock of ours, or of someone who checks our tokens, may be off.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    public static KeySchedule ScheduleOf(IEnumerable<SigningKey> keys) => new(keys, TokenLifetimes.Longest + ClockSkew);

    /// <summary>All keys still in use, after publishing one when that is due and dropping those that are done.</summary>
    public async Task<IReadOnlyList<SigningKey>> KeepAsync(CancellationToken ct)
    {
        var keys = await LoadAsync(ct);
        return NeedsWork(keys) ? await WorkAsync(force: false, ct) : keys;
    }

    /// <summary>Publishes the next key now; if one is already waiting, that one.</summary>
    public async Task<SigningKey> PublishNextAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var schedule = ScheduleOf(await WorkAsync(force: true, ct));
        return schedule.NextAfter(now) ?? schedule.ActiveAt(now)!;
    }

    private bool NeedsWork(List<SigningKey> keys)
    {
        var (now, schedule) = (time.GetUtcNow(), ScheduleOf(keys));
        return schedule.NextIsDue(now, options.Value) || schedule.VisibleAt(now).Count() < keys.Count;
    }

    private async Task<IReadOnlyList<SigningKey>> WorkAsync(bool force, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockAsync(DatabaseLock.Keys, ct);
        var (now, keys) = (time.GetUtcNow(), await LoadAsync(ct));
        var schedule = ScheduleOf(keys);
        if (schedule.NextIsDue(now, options.Value) || (force && schedule.NextAfter(now) is null))
            db.Add(Create(now, signsFrom: schedule.ActiveAt(now) is null ? now : now + options.Value.PublishAhead));
        db.RemoveRange(keys.Except(schedule.VisibleAt(now)));
        await db.SaveChangesAsync(ct);
        keys = await LoadAsync(ct);
        await transaction.CommitAsync(ct);
        return keys;
    }

    private Task<List<SigningKey>> LoadAsync(CancellationToken ct) => db.SigningKeys.AsNoTracking().ToListAsync(ct);

    private SigningKey Create(DateTimeOffset now, DateTimeOffset signsFrom)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var kid = Base64UrlEncoder.Encode(new ECDsaSecurityKey(key).ComputeJwkThumbprint());
        return new SigningKey { Kid = kid, PublishedAt = now, SignsFrom = signsFrom, Protected = vault.Protect(kid, key.ExportPkcs8PrivateKey()) };
    }
}
