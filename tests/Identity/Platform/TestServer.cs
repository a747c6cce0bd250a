using Npgsql;
using OneDoor.Identity;

[assembly: AssemblyFixture(typeof(OneDoor.Tests.Identity.Platform.TestServer))]

namespace OneDoor.Tests.Identity.Platform;

/// <summary>The PostgreSQL server of the test run: one migrated database as a template, and copies of it for the tests.</summary>
public sealed class TestServer : IAsyncLifetime
{
    private readonly string _server = Environment.GetEnvironmentVariable("ConnectionStrings__OneDoor")
        ?? throw new InvalidOperationException("Set ConnectionStrings__OneDoor to a PostgreSQL server on which databases may be created.");

    private readonly string _template = $"onedoor_identity_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";
    private readonly SemaphoreSlim _one = new(1);
    private int _copies;

    public async ValueTask InitializeAsync()
    {
        await ExecuteAsync($"CREATE DATABASE {_template}");
        if (await IdentityHost.Main(["migrate", $"--ConnectionStrings:OneDoor={To(_template)};Pooling=false", "--environment=Development"]) != 0)
            throw new InvalidOperationException("The template database could not be migrated.");
    }

    /// <summary>A database with the current schema and no rows. Dropped when the run ends.</summary>
    public async Task<string> CreateDatabaseAsync() => To(await CopyAsync($"TEMPLATE {_template}"));

    /// <summary>A database without any schema.</summary>
    public async Task<string> CreateEmptyDatabaseAsync() => To(await CopyAsync(""));

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        // Not with (force): that would also end the server's own vacuum, which only a superuser may. It makes way when asked.
        await ExecuteAsync($"""
            DO $$ DECLARE name text; BEGIN
                FOR name IN SELECT datname FROM pg_database WHERE datname LIKE '{_template}%' LOOP EXECUTE format('ALTER DATABASE %I ALLOW_CONNECTIONS false', name); END LOOP;
            END $$
            """);
        await ExecuteAsync($"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname LIKE '{_template}%' AND usename = current_user");
        await Parallel.ForEachAsync(Enumerable.Range(1, _copies), new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (copy, _) => await ExecuteAsync($"DROP DATABASE IF EXISTS {_template}_{copy}"));
        await ExecuteAsync($"DROP DATABASE {_template}");
        _one.Dispose();
    }

    /// <summary>A database of the server. Connections are given up soon: the run makes many databases, the server allows few connections.</summary>
    public string To(string database) => new NpgsqlConnectionStringBuilder(_server)
    {
        Database = database,
        MaxPoolSize = 4,
        ConnectionIdleLifetime = 1,
        ConnectionPruningInterval = 1,
    }.ConnectionString;

    public static async Task<long> CountAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Runs statements on a database, as an operator at it could.</summary>
    public static async Task RunAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(To("postgres") + ";Pooling=false;Command Timeout=120");
        await connection.OpenAsync();
        // Creating and dropping a database wait for a checkpoint, which a busy disk makes a long one.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync();
    }

    private async Task<string> CopyAsync(string template)
    {
        await _one.WaitAsync();
        try
        {
            var name = $"{_template}_{++_copies}";
            await ExecuteAsync($"CREATE DATABASE {name} {template}");
            return name;
        }
        finally
        {
            _one.Release();
        }
    }
}
