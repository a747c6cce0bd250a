using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Options;
using OneDoor.Identity.Platform;

namespace OneDoor.Identity.Token;

/// <summary>A client assertion that has been accepted, kept until it would have expired anyway.</summary>
public sealed class UsedAssertion
{
    public required string ClientId { get; init; }

    /// <summary>SHA-256 of the assertion's <c>jti</c>, which may be text of any length.</summary>
    public required byte[] JtiDigest { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    internal static void Map(EntityTypeBuilder<UsedAssertion> table)
    {
        table.ToTable("used_assertions");
        table.HasKey(a => new { a.ClientId, a.JtiDigest });
        table.HasIndex(a => a.ExpiresAt);
        table.Property(a => a.ClientId).HasColumnName("client_id");
        table.Property(a => a.JtiDigest).HasColumnName("jti_digest");
        table.Property(a => a.ExpiresAt).HasColumnName("expires_at");
    }
}

/// <summary>The replay check of client assertions. The primary key decides, so it holds across processes.</summary>
internal sealed class UsedAssertions(IdentityDb db, IOptions<IdentityOptions> identity, TimeProvider time)
{
    /// <summary>True the first time a client uses a <c>jti</c>; false while an assertion with it is on record.</summary>
    public async Task<bool> TryUseAsync(string clientId, string jti, DateTimeOffset expiresAt, CancellationToken ct)
    {
        var (digest, now) = (SHA256.HashData(Encoding.UTF8.GetBytes(jti)), time.GetUtcNow());
        return await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO identity.used_assertions AS used (client_id, jti_digest, expires_at) VALUES ({clientId}, {digest}, {expiresAt})
             ON CONFLICT (client_id, jti_digest) DO UPDATE SET expires_at = excluded.expires_at WHERE used.expires_at <= {now}
             """,
            ct) == 1;
    }

    /// <summary>Removes those that no process takes any more: by this one's clock one may have expired that is good still by another's, as far apart as both are allowed to be.</summary>
    public Task<int> RemoveExpiredAsync(CancellationToken ct)
    {
        var everywhere = time.GetUtcNow() - (2 * identity.Value.ClockTolerance);
        return db.Set<UsedAssertion>().Where(a => a.ExpiresAt <= everywhere).ExecuteDeleteAsync(ct);
    }
}
