using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace OneDoor.Identity.Platform;

/// <summary>The tables of one part of the server; each registers its own.</summary>
public sealed record Tables(Action<ModelBuilder> Map);

/// <summary>The server's tables, in the schema <c>identity</c> of the platform's database.</summary>
public sealed class IdentityDb(DbContextOptions<IdentityDb> options, IEnumerable<Tables> tables) : DbContext(options)
{
    public const string Schema = "identity";

    // Any number the platform's other advisory locks do not use.
    private const int LockSpace = 0x1D00;

    /// <summary>Brings the schema to what this release needs.</summary>
    internal static ServerCommand Migrate { get; } = new(
        new("migrate", "brings the database's schema to what this release needs; creates the database when it is missing"),
        async (services, _) =>
        {
            var database = services.GetRequiredService<IdentityDb>().Database;
            // Nobody waits for an answer: a statement takes as long as it takes.
            database.SetCommandTimeout(0);
            await database.MigrateAsync();
            return "The database schema of identity is up to date.";
        });

    /// <summary>What runs; its schema is the latest migration.</summary>
    public static PlatformVersion Version { get; } = PlatformVersion.Of(typeof(IdentityDb).Assembly.GetTypes()
        .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>().Max(StringComparer.Ordinal)!);

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

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        foreach (var part in tables)
            part.Map(modelBuilder);
    }
}

/// <summary>What processes of this server do one at a time.</summary>
public enum DatabaseLock
{
    Keys = 1,
    Clients = 2,
    People = 3,
}
