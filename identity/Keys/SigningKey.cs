using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OneDoor.Identity.Keys;

/// <summary>A signing key as stored: its dates in the clear, its private half protected.</summary>
public sealed class SigningKey
{
    /// <summary>The key id: the thumbprint of the public key (RFC 7638).</summary>
    public required string Kid { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    public required DateTimeOffset SignsFrom { get; init; }

    /// <summary>PKCS#8 of the private key, protected by <see cref="KeyVault"/>.</summary>
    public required byte[] Protected { get; init; }

    internal static void Map(EntityTypeBuilder<SigningKey> table)
    {
        table.ToTable("signing_keys");
        table.HasKey(k => k.Kid);
        table.Property(k => k.Kid).HasColumnName("kid");
        table.Property(k => k.PublishedAt).HasColumnName("published_at");
        table.Property(k => k.SignsFrom).HasColumnName("signs_from");
        table.Property(k => k.Protected).HasColumnName("protected");
    }
}
