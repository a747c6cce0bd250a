using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace OneDoor.Platform;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can do its work, so the database does, too.</summary>
public static class Health
{
    public static void AddHealth(this WebApplicationBuilder builder) =>
        builder.Services.AddHealthChecks().AddCheck<DatabaseCheck>("database", timeout: TimeSpan.FromSeconds(3));

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready").AllowAnonymous();
    }

    private sealed class DatabaseCheck(NpgsqlDataSource database, IEnumerable<IHostedService> hosted) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            if (!hosted.OfType<SchemaGuard>().Single().IsRight)
                return HealthCheckResult.Unhealthy("The schema has not been checked yet.");
            try
            {
                await using var command = database.CreateCommand("select 1");
                await command.ExecuteScalarAsync(cancellationToken);
                return HealthCheckResult.Healthy();
            }
            catch (Exception fault) when (Problems.IsDatabaseAway(fault) || fault is OperationCanceledException)
            {
                return HealthCheckResult.Unhealthy("The database does not answer.");
            }
        }
    }
}
