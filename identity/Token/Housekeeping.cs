using OneDoor.Identity.People;
using OneDoor.Identity.Platform;
using OpenIddict.Abstractions;

namespace OneDoor.Identity.Token;

/// <summary>Removes what can no longer matter: expired tokens, used assertions past their expiry, and failed sign-ins long past.</summary>
internal sealed partial class Housekeeping(IServiceScopeFactory scopes, TimeProvider time, ILogger<Housekeeping> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    /// <summary>How long an expired token stays on record, for whoever looks into an incident.</summary>
    private static readonly TimeSpan KeepTokens = TimeSpan.FromDays(1);

    public async Task CleanAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<UsedAssertions>().RemoveExpiredAsync(ct);
        await scope.ServiceProvider.GetRequiredService<SignInAttempts>().RemoveForgottenAsync(ct);
        await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(time.GetUtcNow() - KeepTokens, ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await CleanAsync(stoppingToken);
            }
            catch (Exception fault) when (DatabaseFaults.IsOutage(fault))
            {
                LogSkipped(logger, fault.GetBaseException().Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Expired tokens were not removed this time: {Reason}")]
    private static partial void LogSkipped(ILogger logger, string reason);
}
