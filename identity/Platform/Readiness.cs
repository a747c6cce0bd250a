using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace OneDoor.Identity.Platform;

/// <summary>The server must not run as it stands; the message is one line for the operator.</summary>
public sealed class StartupRefusedException(string message) : Exception(message);

/// <summary>What must have succeeded once against the database before requests are served. Steps run in the order of registration.</summary>
internal sealed record StartupStep(Func<IServiceProvider, CancellationToken, Task> Run);

/// <summary>
/// Runs the start-up steps: at start when the database answers, otherwise as soon as it does. Until then every request but
/// the liveness check is answered 503.
/// </summary>
internal sealed partial class Readiness(
    IServiceScopeFactory scopes,
    IEnumerable<StartupStep> steps,
    IHostApplicationLifetime lifetime,
    TimeProvider time,
    ILogger<Readiness> logger) : BackgroundService
{
    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _one = new(1);
    private volatile bool _ready;

    /// <summary>Runs the steps before the server listens. A refusal is the caller's to report; a database that is away can wait.</summary>
    public async Task PrepareAsync(CancellationToken ct)
    {
        try
        {
            await RunStepsAsync(ct);
        }
        catch (Exception fault) when (DatabaseFaults.IsOutage(fault))
        {
            LogUnreachable(logger, fault.GetBaseException().Message);
        }
    }

    /// <summary>True once the steps have succeeded. Tries them when no other request does so already; a refusal stops the process.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken ct)
    {
        if (_ready)
            return true;
        if (!await _one.WaitAsync(TimeSpan.Zero, ct))
            return false;
        try
        {
            await RunStepsAsync(ct);
        }
        catch (StartupRefusedException refusal)
        {
            LogRefused(logger, refusal.Message);
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
        catch (Exception fault) when (DatabaseFaults.IsOutage(fault))
        {
            LogUnreachable(logger, fault.GetBaseException().Message);
        }
        finally
        {
            _one.Release();
        }

        return _ready;
    }

    /// <summary>Whether the steps have succeeded and the database answers now.</summary>
    public async Task<bool> IsHealthyAsync(CancellationToken ct)
    {
        if (!await IsReadyAsync(ct))
            return false;
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IdentityDb>().Database.CanConnectAsync(ct);
    }

    public override void Dispose()
    {
        _one.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await IsReadyAsync(stoppingToken))
            await Task.Delay(RetryEvery, time, stoppingToken);
    }

    private async Task RunStepsAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await CheckSchemaAsync(scope.ServiceProvider.GetRequiredService<IdentityDb>(), ct);
        foreach (var step in steps)
            await step.Run(scope.ServiceProvider, ct);
        _ready = true;
    }

    private static async Task CheckSchemaAsync(IdentityDb db, CancellationToken ct)
    {
        try
        {
            if (!(await db.Database.GetPendingMigrationsAsync(ct)).Any())
                return;
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            // The server answers but the database does not exist: as stale as a schema can be.
        }

        throw new StartupRefusedException("The database schema of identity is missing or out of date: run `make migrate`.");
    }

    [LoggerMessage(LogLevel.Warning, "The database cannot be reached yet: {Reason}")]
    private static partial void LogUnreachable(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Critical, "{Refusal}")]
    private static partial void LogRefused(ILogger logger, string refusal);
}
