using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace OneDoor.Platform;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work, so the database answers and both
/// agree on the time.
/// </summary>
public static class Health
{
    public static void AddHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DatabaseClock>();
        builder.Services.AddHealthChecks().AddCheck<DatabaseCheck>("database", timeout: TimeSpan.FromSeconds(3));
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready").AllowAnonymous();
    }

    private sealed class DatabaseCheck(DatabaseClock clock, IEnumerable<IHostedService> hosted) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            if (!hosted.OfType<SchemaGuard>().Single().IsRight)
                return HealthCheckResult.Unhealthy("The schema has not been checked yet.");
            try
            {
                return await clock.Agrees(cancellationToken)
                    ? HealthCheckResult.Healthy()
                    : HealthCheckResult.Unhealthy("This machine's clock and the database's are too far apart.");
            }
            catch (Exception fault) when (Problems.IsDatabaseAway(fault) || fault is OperationCanceledException)
            {
                return HealthCheckResult.Unhealthy("The database does not answer.");
            }
        }
    }
}

/// <summary>
/// The one clock all processes share, read over connections of its own: whether the database answers does not depend on
/// how busy this process is.
/// </summary>
public sealed class DatabaseClock(IConfiguration configuration, TimeProvider time) : IAsyncDisposable
{
    private readonly TimeSpan _tolerance = TimeSpan.FromSeconds(Store.OptionsOf(configuration).ClockToleranceSeconds);

    private readonly NpgsqlDataSource _database = new NpgsqlDataSourceBuilder(new NpgsqlConnectionStringBuilder(Store.ConnectionOf(configuration))
    {
        ApplicationName = "onedoor-api health", Timeout = 3, CommandTimeout = 3, MaxPoolSize = 2,
    }.ConnectionString)
    { Name = "onedoor-api-health" }.Build();

    /// <summary>Whether this process's clock shows what the database's does.</summary>
    public async Task<bool> Agrees(CancellationToken ct)
    {
        await using var command = _database.CreateCommand("select clock_timestamp()");
        var there = (DateTime)(await command.ExecuteScalarAsync(ct))!;
        return (time.GetUtcNow().UtcDateTime - there).Duration() <= _tolerance;
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
