using System.Security.Claims;

namespace OneDoor.Graph;

/// <summary>When a token ends, so does what was opened with it.</summary>
public static class TokenExpiry
{
    /// <summary>Completes when the caller's token expires; never for callers without one.</summary>
    public static Task Of(ClaimsPrincipal user, TimeProvider time, CancellationToken ct)
    {
        if (!long.TryParse(user.FindFirst("exp")?.Value, out var seconds))
            return Task.Delay(Timeout.InfiniteTimeSpan, ct);
        var left = DateTimeOffset.FromUnixTimeSeconds(seconds) - time.GetUtcNow();
        return left > TimeSpan.Zero ? Task.Delay(left, time, ct) : Task.CompletedTask;
    }
}
