using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OneDoor.Identity.Clients;
using OneDoor.Identity.Platform;

namespace OneDoor.Identity.People;

/// <summary>
/// What was done to someone's account. The table only grows, so it names people by <c>sub</c> alone: whoever is erased from
/// the people is nobody in it.
/// </summary>
public sealed class PersonEvent
{
    /// <summary>The order in which events were recorded.</summary>
    public long Number { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who did it: the subject of the access token, or the person.</summary>
    public required string Actor { get; init; }

    /// <summary>The person's <c>sub</c>.</summary>
    public required string Person { get; init; }

    /// <summary>One of <see cref="PersonEventKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Role, department, hall or reason, as a JSON object. Never a name, a number of a person, a secret or a hash of one.</summary>
    public required string Details { get; init; }

    internal static void Map(EntityTypeBuilder<PersonEvent> table)
    {
        table.ToTable("person_events");
        table.HasKey(e => e.Number);
        table.HasIndex(e => new { e.Person, e.Number });
        table.Property(e => e.Number).HasColumnName("number").UseIdentityAlwaysColumn();
        table.Property(e => e.At).HasColumnName("at");
        table.Property(e => e.Actor).HasColumnName("actor");
        table.Property(e => e.Person).HasColumnName("person");
        table.Property(e => e.Kind).HasColumnName("kind");
        table.Property(e => e.Details).HasColumnName("details").HasColumnType("jsonb");
    }
}

/// <summary>What can be done to someone's account.</summary>
internal static class PersonEventKinds
{
    public const string Created = "created";
    public const string Disabled = "disabled";
    public const string Enabled = "enabled";
    public const string OneTimePasswordSet = "one-time-password-set";
    public const string SecondFactorReset = "second-factor-reset";
    public const string SecondFactorEnrolled = "second-factor-enrolled";
    public const string PasswordChanged = "password-changed";
}

/// <summary>Records what was done to accounts, in the transaction that does it.</summary>
internal sealed class PersonEvents(IdentityDb db, TimeProvider time)
{
    /// <summary>Saves it, with whatever else has changed.</summary>
    public Task RecordAsync(string actor, string person, string kind, object details, CancellationToken ct)
    {
        db.Set<PersonEvent>().Add(new PersonEvent
        {
            At = time.GetUtcNow(),
            Actor = actor,
            Person = person,
            Kind = kind,
            Details = JsonSerializer.Serialize(details, ClientJson.Options),
        });
        return db.SaveChangesAsync(ct);
    }

    /// <summary>The events after a number, oldest first, of one person or of all.</summary>
    public async Task<IReadOnlyList<PersonEvent>> ListAsync(string? person, long after, int count, CancellationToken ct) =>
        await db.Set<PersonEvent>().AsNoTracking()
            .Where(e => e.Number > after && (person == null || e.Person == person))
            .OrderBy(e => e.Number).Take(count).ToListAsync(ct);
}
