using Microsoft.EntityFrameworkCore;
using OneDoor.Identity.People;
using OneDoor.Identity.Platform;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace OneDoor.Identity.Token;

/// <summary>Removes what can no longer matter: pushed requests that have ended, tokens a day after they expired and what they were given by once it has none, used assertions past their expiry, and failed sign-ins long past.</summary>
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
        await RemoveEndedRequestsAsync(scope.ServiceProvider.GetRequiredService<IdentityDb>(), ct);
        await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(time.GetUtcNow() - KeepTokens, ct);
        // What people allow an application for longer stays.
        await scope.ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(time.GetUtcNow() - KeepTokens, ct);
    }

    /// <summary>Anybody can push requests, and of one that has been used or has expired nobody learns anything.</summary>
    private Task<int> RemoveEndedRequestsAsync(IdentityDb db, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return db.Set<OpenIddictEntityFrameworkCoreToken>()
            .Where(t => t.Type == TokenTypeIdentifiers.Private.RequestToken && (t.Status != Statuses.Valid || t.ExpirationDate <= now))
            .ExecuteDeleteAsync(ct);
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
