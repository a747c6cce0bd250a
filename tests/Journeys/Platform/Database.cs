using Npgsql;

namespace OneDoor.Platform;

/// <summary>A database of the server that <c>ConnectionStrings__OneDoor</c> names, made for a test run and dropped after it.</summary>
public sealed class Database : IAsyncDisposable
{
    private const string Variable = "ConnectionStrings__OneDoor";
    private const string Done = "select count(*) from onedoor.mt_events where type not in ('item_published', 'attempted_refusal_stopped') and jsonb_typeof(data -> 'by') = 'object'";
    private readonly string _name;

    // A connection for each question costs a process of the server. Nobody may be connected to what is copied, so that has none.
    private readonly NpgsqlDataSource? _kept;

    private Database(string name, bool isCopy = false)
    {
        _name = name;
        Connection = new NpgsqlConnectionStringBuilder(Server) { Database = name }.ConnectionString;
        _kept = isCopy ? NpgsqlDataSource.Create(Connection) : null;
    }

    /// <summary>How to reach it.</summary>
    public string Connection { get; }

    private static string Server => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
        ? given
        : throw new InvalidOperationException($"{Variable} is not set: it names a PostgreSQL server and a role that may create databases there.");

    /// <summary>An empty database.</summary>
    public static async Task<Database> Empty()
    {
        var made = new Database(FreshName());
        await OnServer($"create database {made._name}");
        return made;
    }

    /// <summary>A database with everything that is in this one; nobody may be connected to it.</summary>
    public async Task<Database> Copy()
    {
        _kept?.Clear();
        var made = new Database(FreshName(), isCopy: true);
        await OnServer($"create database {made._name} template {_name}");
        return made;
    }

    /// <summary>From now on it refuses connections, and those it has are cut: as if it were gone.</summary>
    public async Task GoAway()
    {
        await OnServer($"alter database {_name} allow_connections false");
        _kept?.Clear();
        await OnServer($"select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '{_name}' and usename = current_user");
    }

    /// <summary>It takes connections again.</summary>
    public Task ComeBack() => OnServer($"alter database {_name} allow_connections true");

    /// <summary>A connection of its own, which nobody had before a restart.</summary>
    public async Task<NpgsqlConnection> Open()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Connection) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>The number in the first field of a query's answer.</summary>
    public Task<long> Count(string sql) => First<long>(sql);

    /// <summary>The first field of a query's answer.</summary>
    public async Task<T> First<T>(string sql)
    {
        await using var connection = await Asking();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Runs statements, as an operator at the database could.</summary>
    public async Task Run(string sql)
    {
        await using var connection = await Asking();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<NpgsqlConnection> Asking() => _kept is null ? await Open() : await _kept.OpenConnectionAsync();

    /// <summary>Everything anybody ever did to cases; what time alone brings about is recorded at a moment of its own.</summary>
    public Task<long> Facts() => Count(Done);

    /// <summary>Those of them after a number, which is quicker than to count all of them again.</summary>
    public Task<long> FactsAfter(long number) => Count($"{Done} and seq_id > {number}");

    /// <summary>The number of the last fact.</summary>
    public Task<long> LastFact() => Count("select coalesce(max(seq_id), 0) from onedoor.mt_events");

    /// <summary>Cases submitted.</summary>
    public Task<long> Cases() => Count("select count(*) from onedoor.mt_events where type = 'case_submitted'");

    // Not with (force): that would also end the server's own vacuum, which only a superuser may. It makes way when asked.
    public async ValueTask DisposeAsync()
    {
        await GoAway();
        if (_kept is not null)
            await _kept.DisposeAsync();
        await OnServer($"drop database {_name}");
    }

    private static string FreshName() => $"onedoor_journeys_{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}";

    private static async Task OnServer(string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Server) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        // Creating and dropping a database wait for a checkpoint, which a busy disk makes a long one.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync();
    }
}
