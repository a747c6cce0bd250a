using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace OneDoor.Identity.Keys;

/// <summary>A key as stored: its dates in the clear, what is secret protected.</summary>
public abstract class ScheduledKey
{
    /// <summary>The key id.</summary>
    public required string Kid { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    public required DateTimeOffset SignsFrom { get; init; }

    /// <summary>The secret half, protected by <see cref="KeyVault"/>.</summary>
    public required byte[] Protected { get; init; }

    internal static void Map<TKey>(EntityTypeBuilder<TKey> table, string name) where TKey : ScheduledKey
    {
        table.ToTable(name);
        table.HasKey(k => k.Kid);
        table.Property(k => k.Kid).HasColumnName("kid");
        table.Property(k => k.PublishedAt).HasColumnName("published_at");
        table.Property(k => k.SignsFrom).HasColumnName("signs_from");
        table.Property(k => k.Protected).HasColumnName("protected");
    }
}

/// <summary>Signs access and id tokens. The key id is the thumbprint of the public key (RFC 7638), the secret PKCS#8.</summary>
public sealed class SigningKey : ScheduledKey;

/// <summary>Signs and encrypts what only this server reads: codes, refresh tokens, pushed requests. Its id and secret are random.</summary>
public sealed class SealingKey : ScheduledKey;
