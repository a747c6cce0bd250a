using Microsoft.EntityFrameworkCore;
using OneDoor.Identity.People;
using OneDoor.Identity.Platform;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace OneDoor.Identity.Token;

/// <summary>Removes what can no longer matter: pushed requests that have ended, tokens a day after they expired and what they were given by once it has none, used assertions that have expired by every process's clock, and failed sign-ins long past.</summary>
internal sealed partial class Housekeeping(IServiceScopeFactory scopes, TimeProvider time, ILogger<Housekeeping> logger) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    /// <summary>How long an expired token stays on record, for whoever looks into an incident.</summary>
    private static readonly TimeSpan KeepTokens = TimeSpan.FromDays(1);

    /// <summary>Anybody can push requests, and of one that has been used or has expired nobody learns anything.</summary>
    private Task<int> RemoveEndedRequestsAsync(IServiceProvider services, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return services.GetRequiredService<IdentityDb>().Set<OpenIddictEntityFrameworkCoreToken>()
            .Where(t => t.Type == TokenTypeIdentifiers.Private.RequestToken && (t.Status != Statuses.Valid || t.ExpirationDate <= now))
            .ExecuteDeleteAsync(ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await RemoveAsync("used assertions", services => services.GetRequiredService<UsedAssertions>().RemoveExpiredAsync(stoppingToken), stoppingToken);
            await RemoveAsync("failed sign-ins", services => services.GetRequiredService<SignInAttempts>().RemoveForgottenAsync(stoppingToken), stoppingToken);
            await RemoveAsync("pushed requests", services => RemoveEndedRequestsAsync(services, stoppingToken), stoppingToken);
            await RemoveAsync("tokens", services => services.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(time.GetUtcNow() - KeepTokens, stoppingToken).AsTask(), stoppingToken);
            // What people allow an application for longer stays.
            await RemoveAsync("authorizations", services => services.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(time.GetUtcNow() - KeepTokens, stoppingToken).AsTask(), stoppingToken);
        }
    }

    // What cannot be removed holds up none of the others, and nobody who is served.
    private async Task RemoveAsync(string what, Func<IServiceProvider, Task> remove, CancellationToken stoppingToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await remove(scope.ServiceProvider);
        }
        catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(logger, what, fault);
        }
    }

    [LoggerMessage(LogLevel.Error, "What can no longer matter was not removed ({What})")]
    private static partial void LogFailed(ILogger logger, string what, Exception fault);
}
