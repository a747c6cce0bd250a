using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using OneDoor.Identity.Clients;
using OneDoor.Identity.Keys;
using OneDoor.Identity.People;
using OneDoor.Identity.Token;

namespace OneDoor.Identity.Platform;

/// <summary>The server's tables, in the schema <c>identity</c> of the platform's database.</summary>
public sealed class IdentityDb(DbContextOptions<IdentityDb> options) : IdentityUserContext<Person, Guid>(options)
{
    public const string Schema = "identity";

    public DbSet<UsedAssertion> UsedAssertions => Set<UsedAssertion>();

    /// <summary>Waits until no other process holds the same lock; released with the running transaction.</summary>
    public Task LockAsync(DatabaseLock purpose, CancellationToken ct) =>
        Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockSpace}, {(int)purpose})", ct);

    /// <summary>Refuses a database on which <c>migrate</c> has yet to run. One that is newer than this program is fine.</summary>
    public async Task CheckSchemaAsync(CancellationToken ct)
    {
        try
        {
            if (!(await Database.GetPendingMigrationsAsync(ct)).Any())
                return;
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            // The server answers but the database does not exist: as stale as a schema can be.
        }

        throw new StartupRefusedException("The database schema of identity is missing or out of date: run `make migrate`.");
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasDefaultSchema(Schema);
        builder.UseOpenIddict();
        ScheduledKey.Map(builder.Entity<SigningKey>(), "signing_keys");
        ScheduledKey.Map(builder.Entity<SealingKey>(), "sealing_keys");
        CookieKey.Map(builder.Entity<CookieKey>());
        Person.Map(builder);
        builder.SharedTypeEntity<AuditEvent>(PersonEvents.Table, table => AuditEvent.Map(table, PersonEvents.Table, "person"));
        SignInAttempt.Map(builder.Entity<SignInAttempt>());
        UsedAssertion.Map(builder.Entity<UsedAssertion>());
        builder.SharedTypeEntity<AuditEvent>(ClientEvents.Table, table => AuditEvent.Map(table, ClientEvents.Table, "client_id"));
    }

    // Any number the platform's other advisory locks do not use.
    private const int LockSpace = 0x1D00;
}

/// <summary>What processes of this server do one at a time.</summary>
public enum DatabaseLock
{
    Keys = 1,
    Clients = 2,
    People = 3,
}
