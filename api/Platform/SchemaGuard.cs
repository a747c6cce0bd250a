using Marten;
using Npgsql;
using Weasel.Postgresql;

namespace OneDoor.Platform;

/// <summary>What <c>migrate</c> does besides, once the tables are there; to do it again changes nothing.</summary>
public sealed record SchemaStep(string Sql);

/// <summary>What <c>migrate</c> does last, over what is stored; to do it again, or at the same time, changes nothing.</summary>
public sealed record DataStep(Func<CancellationToken, Task> Run);

/// <summary><c>migrate</c>: brings the database's schema to what this release needs, and says so.</summary>
public static class SchemaCommand
{
    public static async Task<int> Migrate(IServiceProvider services)
    {
        var store = services.GetRequiredService<IDocumentStore>();
        // One after the other: PostgreSQL does not let two change a table's settings at once. The turn is no transaction, which the database may end where it waits for long.
        await using var turn = new Turn(Store.ConnectionOf(services.GetRequiredService<IConfiguration>()), Commands.Migrate);
        while (!await turn.IsOurs(default))
            await Task.Delay(TimeSpan.FromMilliseconds(500));
        if (await FindWhatReleasesBeforeStored(services) is { } refused)
            return refused;
        // Who has lost it stops here, or says so at the end: another one may have begun.
        await turn.IsOurs(default);
        await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        foreach (var step in services.GetServices<SchemaStep>())
            await services.GetRequiredService<NpgsqlDataSource>().Execute(step.Sql, default);
        await StoreSecrets.Make(store);
        foreach (var step in services.GetServices<DataStep>())
            await step.Run(default);
        await turn.IsOurs(default);
        Console.WriteLine("The schema onedoor is up to date.");
        return 0;
    }

    // Before anything they need is dropped, so that a platform that is not wholly migrated does not start.
    private static async Task<int?> FindWhatReleasesBeforeStored(IServiceProvider services)
    {
        await using (var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync())
        {
            if (!await connection.Value<bool>($"select to_regclass('{Store.Schema}.mt_streams') is not null", default))
                return null;
            await FoundTable.Table.MigrateAsync(connection);
            await PersonalParts.Table.MigrateAsync(connection);
            foreach (var rows in services.GetServices<RowsBeside>())
                await rows.Table.MigrateAsync(connection);
        }
        await StoreSecrets.Make(services.GetRequiredService<IDocumentStore>());
        var rebuild = services.GetRequiredService<Rebuild>();
        if (!await rebuild.IsWanted(default))
            return null;
        await rebuild.AddColumns(default);
        return await rebuild.Run(default) is not 0 and var refused ? refused : null;
    }
}

/// <summary>Stops the start over a schema that is not this release's: better no platform than one that half works.</summary>
public sealed partial class SchemaGuard(
    IDocumentStore store, StoreSecrets secrets, SigningKeys keys, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<SchemaGuard> log) : BackgroundService
{
    /// <summary>What an operator reads when the schema is stale.</summary>
    public const string Stale = "The database schema is missing or not this release's. Run `make migrate` (or `OneDoor.Api migrate`), then start again.";

    /// <summary>True once the schema has been seen to be right.</summary>
    public bool IsRight { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await store.Storage.Database.AssertDatabaseMatchesConfigurationAsync(stoppingToken);
                await secrets.Read(stoppingToken);
                await keys.Read(stoppingToken);
                IsRight = true;
                return;
            }
            catch (Exception fault) when (StoreFaults.IsDatabaseAway(fault))
            {
                // The platform may start before its database; readiness stays red until this check has been made.
                LogAway(log, fault);
                await Task.Delay(TimeSpan.FromSeconds(2), time, stoppingToken);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                LogStale(log, fault.Message == SigningKeys.Closed ? fault.Message : Stale);
                Environment.ExitCode = 1;
                lifetime.StopApplication();
                return;
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The schema cannot be checked yet")]
    private static partial void LogAway(ILogger logger, Exception fault);

    [LoggerMessage(LogLevel.Critical, "{Message}")]
    private static partial void LogStale(ILogger logger, string message);
}
