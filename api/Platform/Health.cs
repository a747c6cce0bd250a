using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace OneDoor.Platform;

/// <summary>
/// <c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work, so tokens can be checked, the database
/// answers and both agree on the time.
/// </summary>
public static partial class Health
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
        app.MapHealthChecks("/health/ready", new() { ResponseWriter = Tell }).AllowAnonymous().DisableHttpMetrics();
    }

    // What an operator has to look after, a line each.
    private static Task Tell(HttpContext http, HealthReport report) =>
        http.Response.WriteAsync(string.Join('\n', report.Entries.Values.Select(entry => entry.Description).OfType<string>().Prepend($"{report.Status}")));

    /// <summary>Whoever asks while somebody's look is under way gets its answer: however many ask, one looks.</summary>
    private sealed partial class ReadinessCheck(DatabaseClock clock, IdentityKeys keys, IEnumerable<IHostedService> hosted, ILogger<ReadinessCheck> log) : IHealthCheck
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
            var wrong = (await Task.WhenAll(OfDatabase(patience.Token), OfKeys(patience.Token))).OfType<string>().ToArray();
            return wrong.Length == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(string.Join('\n', wrong));
        }

        private async Task<string?> OfDatabase(CancellationToken ct)
        {
            try
            {
                if (!await clock.Agrees(ct))
                    return DatabaseConnections.ClocksApart;
            }
            catch (Exception fault) when (StoreFaults.IsDatabaseAway(fault) || fault is OperationCanceledException)
            {
                LogAway(log, fault is OperationCanceledException ? new TimeoutException("no answer within 3 s", fault) : fault);
                return DatabaseConnections.Silent;
            }
            return hosted.OfType<SchemaGuard>().Single().IsRight ? null : "The database's schema has not been checked yet: it is so in a moment, or the process ends and says why.";
        }

        private async Task<string?> OfKeys(CancellationToken ct)
        {
            try
            {
                if (await keys.AreRead(ct))
                    return null;
            }
            catch (OperationCanceledException)
            {
                // As good as no answer.
            }
            return "The identity server's keys have not been read yet: see that it answers at the address that Authentication__Authority names.";
        }

        [LoggerMessage(LogLevel.Warning, "Not ready")]
        private static partial void LogAway(ILogger log, Exception fault);
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
