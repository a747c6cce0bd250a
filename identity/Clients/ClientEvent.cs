using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OneDoor.Identity.Platform;

namespace OneDoor.Identity.Clients;

/// <summary>What was done to a client. The table only grows: the database refuses to change or remove a row.</summary>
public sealed class ClientEvent
{
    /// <summary>The order in which events were recorded.</summary>
    public long Number { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who did it: the subject of the access token, <c>command-line</c>, <c>sandbox</c>, or the client itself.</summary>
    public required string Actor { get; init; }

    public required string ClientId { get; init; }

    /// <summary>One of <see cref="ClientEventKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>What it was about, as a JSON object: scopes, key ids, reasons. Never a secret, a token or a hash of one.</summary>
    public required string Details { get; init; }

    internal static void Map(EntityTypeBuilder<ClientEvent> table)
    {
        table.ToTable("client_events");
        table.HasKey(e => e.Number);
        table.HasIndex(e => new { e.ClientId, e.Number });
        table.Property(e => e.Number).HasColumnName("number").UseIdentityAlwaysColumn();
        table.Property(e => e.At).HasColumnName("at");
        table.Property(e => e.Actor).HasColumnName("actor");
        table.Property(e => e.ClientId).HasColumnName("client_id");
        table.Property(e => e.Kind).HasColumnName("kind");
        table.Property(e => e.Details).HasColumnName("details").HasColumnType("jsonb");
    }
}

/// <summary>What can be done to a client.</summary>
internal static class ClientEventKinds
{
    public const string Registered = "registered";
    public const string Replaced = "replaced";
    public const string Changed = "changed";
    public const string KeysRotated = "keys-rotated";
    public const string SecretRotated = "secret-rotated";
    public const string Disabled = "disabled";
    public const string Enabled = "enabled";
    public const string Removed = "removed";
}

/// <summary>Records what was done to clients, in the transaction that does it.</summary>
internal sealed class ClientEvents(IdentityDb db, TimeProvider time)
{
    public async Task RecordAsync(string actor, string clientId, string kind, object details, CancellationToken ct)
    {
        db.Set<ClientEvent>().Add(new ClientEvent
        {
            At = time.GetUtcNow(),
            Actor = actor,
            ClientId = clientId,
            Kind = kind,
            Details = JsonSerializer.Serialize(details, ClientJson.Options),
        });
        await db.SaveChangesAsync(ct);
    }

    /// <summary>The events after a number, oldest first, of one client or of all.</summary>
    public async Task<IReadOnlyList<ClientEvent>> ListAsync(string? clientId, long after, int count, CancellationToken ct) =>
        await db.Set<ClientEvent>().AsNoTracking()
            .Where(e => e.Number > after && (clientId == null || e.ClientId == clientId))
            .OrderBy(e => e.Number).Take(count).ToListAsync(ct);
}
