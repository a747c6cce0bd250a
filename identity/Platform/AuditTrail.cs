using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OneDoor.Identity.Clients;

namespace OneDoor.Identity.Platform;

/// <summary>Something that was done to a client or to someone's account.</summary>
public sealed class AuditEvent
{
    /// <summary>The order in which events were recorded.</summary>
    public long Number { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who did it: the subject of the access token, <c>command-line</c>, <c>sandbox</c>, or the client or person itself.</summary>
    public required string Actor { get; init; }

    /// <summary>To whom: the client's id or the person's <c>sub</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>What, in kebab case; each trail has its own kinds.</summary>
    public required string Kind { get; init; }

    /// <summary>What it was about, as a JSON object: scopes, key ids, reasons. Never a secret, a token or a hash of one.</summary>
    public required string Details { get; init; }

    internal static void Map(EntityTypeBuilder<AuditEvent> table, string name, string subject)
    {
        table.ToTable(name);
        table.HasKey(e => e.Number);
        table.HasIndex(e => new { e.Subject, e.Number });
        table.Property(e => e.Number).HasColumnName("number").UseIdentityAlwaysColumn();
        table.Property(e => e.At).HasColumnName("at");
        table.Property(e => e.Actor).HasColumnName("actor");
        table.Property(e => e.Subject).HasColumnName(subject);
        table.Property(e => e.Kind).HasColumnName("kind");
        table.Property(e => e.Details).HasColumnName("details").HasColumnType("jsonb");
    }
}

/// <summary>Events in a table that only grows: the database refuses to change or remove a row.</summary>
internal abstract class AuditTrail(IdentityDb db, TimeProvider time, string table)
{
    private DbSet<AuditEvent> Events => db.Set<AuditEvent>(table);

    /// <summary>Saves an event and whatever else has changed, in the transaction that changes it.</summary>
    public Task RecordAsync(string actor, string subject, string kind, object details, CancellationToken ct)
    {
        Events.Add(new AuditEvent
        {
            At = time.GetUtcNow(),
            Actor = actor,
            Subject = subject,
            Kind = kind,
            Details = JsonSerializer.Serialize(details, ClientJson.Options),
        });
        return db.SaveChangesAsync(ct);
    }

    /// <summary>The events after a number, oldest first, of one client or person or of all.</summary>
    public async Task<IReadOnlyList<AuditEvent>> ListAsync(string? subject, long after, int count, CancellationToken ct) =>
        await Events.AsNoTracking().Where(e => e.Number > after && (subject == null || e.Subject == subject))
            .OrderBy(e => e.Number).Take(count).ToListAsync(ct);
}
