using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

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
    IOptions<IdentityOptions> options,
    ILogger<Readiness> logger) : BackgroundService
{
    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(5);

    /// <summary>How long a request waits for another one's attempt before it is answered 503.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _one = new(1);
    private readonly Lock _looking = new();
    private Task<string?>? _look;
    private volatile bool _ready;

    /// <summary>True when the server has stopped itself over a refusal.</summary>
    public bool Refused { get; private set; }

    /// <summary>Runs the steps before the server listens. A refusal is the caller's to report; a database that is away can wait.</summary>
    public async Task PrepareAsync(CancellationToken ct)
    {
        try
        {
            await RunStepsAsync(ct);
        }
        catch (Exception fault) when (DatabaseFaults.IsOutage(fault))
        {
            LogUnreachable(logger, fault);
        }
    }

    /// <summary>True once the steps have succeeded. Tries them, one request at a time; a refusal stops the process.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken ct)
    {
        if (_ready)
            return true;
        if (!await _one.WaitAsync(LongestWait, ct))
            return false;
        try
        {
            if (!_ready && !Refused)
                await RunStepsAsync(ct);
        }
        catch (StartupRefusedException refusal)
        {
            LogRefused(logger, refusal.Message);
            Refused = true;
            lifetime.StopApplication();
        }
        catch (Exception fault) when (DatabaseFaults.IsOutage(fault))
        {
            LogUnreachable(logger, fault);
        }
        finally
        {
            _one.Release();
        }

        return _ready;
    }

    /// <summary>
    /// What an operator has to look after; null where the steps have succeeded, the database answers now, and its clock, which all processes share, agrees with this one's. Whoever
    /// asks while somebody's look is under way gets its answer.
    /// </summary>
    public Task<string?> WhatIsWrongAsync()
    {
        lock (_looking)
            return _look is { IsCompleted: false } ? _look : _look = LookAsync();
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

    private async Task<string?> LookAsync()
    {
        if (!await IsReadyAsync(CancellationToken.None))
            return "The database has not answered since the start: see that PostgreSQL runs and takes connections.";
        try
        {
            using var patience = new CancellationTokenSource(LongestLook);
            await using var scope = scopes.CreateAsyncScope();
            var there = await scope.ServiceProvider.GetRequiredService<IdentityDb>().Database
                .SqlQuery<DateTimeOffset>($"SELECT clock_timestamp() AS \"Value\"").SingleAsync(patience.Token);
            if ((time.GetUtcNow() - there).Duration() <= options.Value.ClockTolerance)
                return null;
            LogClocks(logger);
            return DatabaseConnections.ClocksApart;
        }
        catch (Exception fault) when (DatabaseFaults.IsOutage(fault) || fault is OperationCanceledException)
        {
            LogUnreachable(logger, fault is OperationCanceledException ? new TimeoutException("no answer within 3 s", fault) : fault);
            return DatabaseConnections.Silent;
        }
    }

    private async Task RunStepsAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IdentityDb>().CheckSchemaAsync(ct);
        foreach (var step in steps)
            await step.Run(scope.ServiceProvider, ct);
        _ready = true;
    }

    [LoggerMessage(LogLevel.Warning, "Not ready")]
    private static partial void LogUnreachable(ILogger logger, Exception fault);

    [LoggerMessage(LogLevel.Warning, "This machine's clock and the database's are too far apart.")]
    private static partial void LogClocks(ILogger logger);

    [LoggerMessage(LogLevel.Critical, "{Refusal}")]
    private static partial void LogRefused(ILogger logger, string refusal);
}
