using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;

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
}

/// <summary>A table of events that only grows: the database refuses to change or remove a row.</summary>
/// <param name="Table">Its name.</param>
/// <param name="Column">Under which a row says whom it is about.</param>
/// <param name="Member">Under which an answer says so.</param>
internal sealed record Trail(string Table, string Column, string Member)
{
    public void Map(ModelBuilder model) => model.SharedTypeEntity<AuditEvent>(Table, table =>
    {
        table.ToTable(Table);
        table.HasKey(e => e.Number);
        table.HasIndex(e => new { e.Subject, e.Number });
        table.Property(e => e.Number).HasColumnName("number").UseIdentityAlwaysColumn();
        table.Property(e => e.At).HasColumnName("at");
        table.Property(e => e.Actor).HasColumnName("actor");
        table.Property(e => e.Subject).HasColumnName(Column);
        table.Property(e => e.Kind).HasColumnName("kind");
        table.Property(e => e.Details).HasColumnName("details").HasColumnType("jsonb");
    });
}

/// <summary>Records what was done, and tells operators of it.</summary>
internal sealed class AuditTrail(IdentityDb db, TimeProvider time)
{
    private static readonly JsonSerializerOptions Stored = new(RestJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Saves an event and whatever else has changed, in the transaction that changes it.</summary>
    public Task RecordAsync(Trail trail, string actor, string subject, string kind, object details, CancellationToken ct)
    {
        db.Set<AuditEvent>(trail.Table).Add(new AuditEvent
        {
            At = time.GetUtcNow(),
            Actor = actor,
            Subject = subject,
            Kind = kind,
            Details = JsonSerializer.Serialize(details, Stored),
        });
        return db.SaveChangesAsync(ct);
    }

    /// <summary>A page of events, oldest first, which go by their numbers.</summary>
    /// <param name="subject">Of whom; null for all.</param>
    public Task<IResult> PageAsync(HttpContext http, Trail trail, string? subject, int? first, string? after) => Operators.PageAsync(
        http, $"{trail.Table} {subject}", first, after, (position, count) => ListAsync(trail, subject, position, count, http.RequestAborted),
        e => e.Number.ToString(CultureInfo.InvariantCulture),
        e => new Dictionary<string, object>
        {
            ["number"] = e.Number,
            ["at"] = e.At,
            ["actor"] = e.Actor,
            [trail.Member] = e.Subject,
            ["kind"] = e.Kind,
            ["details"] = JsonSerializer.Deserialize<JsonElement>(e.Details),
        });

    private async Task<IReadOnlyList<AuditEvent>> ListAsync(Trail trail, string? subject, string? position, int count, CancellationToken ct)
    {
        var after = position is null ? 0 : long.Parse(position, CultureInfo.InvariantCulture);
        return await db.Set<AuditEvent>(trail.Table).AsNoTracking().Where(e => e.Number > after && (subject == null || e.Subject == subject))
            .OrderBy(e => e.Number).Take(count).ToListAsync(ct);
    }
}
