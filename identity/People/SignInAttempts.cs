using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OneDoor.Callers;
using OneDoor.Identity.Platform;

namespace OneDoor.Identity.People;

/// <summary>Attempts that have failed since the last success, counted for one account from one address.</summary>
public sealed class SignInAttempt
{
    /// <summary>SHA-256 of what is counted, so that the table names nobody.</summary>
    public required byte[] Subject { get; init; }

    public required int Failures { get; init; }

    public required DateTimeOffset BlockedUntil { get; init; }

    public required DateTimeOffset ForgottenAt { get; init; }

    internal static void Map(EntityTypeBuilder<SignInAttempt> table)
    {
        table.ToTable("sign_in_attempts");
        table.HasKey(a => a.Subject);
        table.HasIndex(a => a.ForgottenAt);
        table.Property(a => a.Subject).HasColumnName("subject");
        table.Property(a => a.Failures).HasColumnName("failures");
        table.Property(a => a.BlockedUntil).HasColumnName("blocked_until");
        table.Property(a => a.ForgottenAt).HasColumnName("forgotten_at");
    }
}

/// <summary>
/// Slows guessing down: after a few failures every further attempt doubles the wait. Counted per account and address, so that
/// nobody who lacks the password can keep its owner out from elsewhere; the second factor is counted per account alone, as it
/// is reached only with the password. An attempt is counted before it is checked: attempts at once are not free.
/// </summary>
internal sealed class SignInAttempts(IdentityDb db, TimeProvider time)
{
    private const int Free = 5;
    private const int LongestWaitSeconds = 900;
    private const int LargestExponent = 10;

    public static byte[] Password(string name, IPAddress? address) => Digest($"password {name.ToUpperInvariant()} {CallerNetwork.Of(address)}");

    public static byte[] SecondFactor(Guid person) => Digest($"second factor {person}");

    public static byte[] UserCode(Guid person) => Digest($"user code {person}");

    /// <summary>Counts an attempt. Null when it may be made, otherwise how long to wait.</summary>
    public async Task<TimeSpan?> TryAsync(byte[] subject, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var forgotten = now + TimeSpan.FromDays(1);

        // Not now: an attempt at the same moment may have looked at the clock a little earlier.
        var never = DateTimeOffset.UnixEpoch;
        var counted = await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO identity.sign_in_attempts AS attempts (subject, failures, blocked_until, forgotten_at)
             VALUES ({subject}, 1, {never}, {forgotten})
             ON CONFLICT (subject) DO UPDATE SET
                 failures = CASE WHEN attempts.forgotten_at <= {now} THEN 1 ELSE attempts.failures + 1 END,
                 blocked_until = CASE WHEN attempts.forgotten_at <= {now} OR attempts.failures + 1 < {Free} THEN attempts.blocked_until
                     ELSE {now} + make_interval(secs => least({LongestWaitSeconds}, power(2, least(attempts.failures + 1 - {Free}, {LargestExponent})))) END,
                 forgotten_at = {forgotten}
             WHERE attempts.blocked_until <= {now}
             """,
            ct);
        if (counted == 1)
            return null;
        var until = await db.Set<SignInAttempt>().Where(a => a.Subject == subject).Select(a => (DateTimeOffset?)a.BlockedUntil).FirstOrDefaultAsync(ct);
        return until > now ? until - now : TimeSpan.FromSeconds(1);
    }

    public Task ForgetAsync(byte[] subject, CancellationToken ct) => db.Set<SignInAttempt>().Where(a => a.Subject == subject).ExecuteDeleteAsync(ct);

    /// <summary>
    /// Takes back one attempt that turned out to be no guess, and the wait that it brought about itself: an attempt is only made
    /// when there is no other.
    /// </summary>
    public Task TakeBackAsync(byte[] subject, CancellationToken ct) => db.Set<SignInAttempt>().Where(a => a.Subject == subject && a.Failures > 0)
        .ExecuteUpdateAsync(update => update.SetProperty(a => a.Failures, a => a.Failures - 1).SetProperty(a => a.BlockedUntil, DateTimeOffset.UnixEpoch), ct);

    public Task RemoveForgottenAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return db.Set<SignInAttempt>().Where(a => a.ForgottenAt <= now).ExecuteDeleteAsync(ct);
    }

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
