using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace OneDoor.Platform;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work, so tokens can be checked, the database
/// answers and both agree on the time.
/// </summary>
public static class Health
{
    public static void AddHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DatabaseClock>();
        builder.Services.AddSingleton<ReadinessCheck>();
        builder.Services.AddHealthChecks().AddCheck<ReadinessCheck>("ready");
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous().DisableHttpMetrics();
        app.MapHealthChecks("/health/ready").AllowAnonymous().DisableHttpMetrics();
    }

    /// <summary>Whoever asks while somebody's look is under way gets its answer: however many ask, one looks.</summary>
    private sealed class ReadinessCheck(DatabaseClock clock, IdentityKeys keys, IEnumerable<IHostedService> hosted) : IHealthCheck
    {
        private static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

        private readonly Lock _looking = new();
        private Task<HealthCheckResult>? _look;

        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            lock (_looking)
                return _look is { IsCompleted: false } ? _look : _look = Look();
        }

        private async Task<HealthCheckResult> Look()
        {
            using var patience = new CancellationTokenSource(Longest);
            if (!hosted.OfType<SchemaGuard>().Single().IsRight)
                return HealthCheckResult.Unhealthy("The schema has not been checked yet.");
            try
            {
                if (!await keys.AreRead(patience.Token))
                    return HealthCheckResult.Unhealthy("The identity server's keys have not been read yet.");
                return await clock.Agrees(patience.Token)
                    ? HealthCheckResult.Healthy()
                    : HealthCheckResult.Unhealthy("This machine's clock and the database's are too far apart.");
            }
            catch (Exception fault) when (StoreFaults.IsDatabaseAway(fault) || fault is OperationCanceledException)
            {
                return HealthCheckResult.Unhealthy("The database or the identity server does not answer in time.");
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
        var there = await _database.Value<DateTime>("select clock_timestamp()", ct);
        return (time.GetUtcNow().UtcDateTime - there).Duration() <= _tolerance;
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
