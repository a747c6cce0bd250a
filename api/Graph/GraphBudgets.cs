using System.Threading.RateLimiting;

namespace OneDoor.Graph;

/// <summary>What callers may still spend, as token buckets: a client for one person or itself, and for all together. Each process counts for itself.</summary>
public sealed class GraphBudgets(GraphOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _ofSubjects = Buckets(options.Budget, options.BudgetPerSecond, 1);
    private readonly PartitionedRateLimiter<string> _ofClients = Buckets(options.Budget, options.BudgetPerSecond, options.BudgetsPerClient);

    public bool Spend(CountedCaller caller, int cost)
    {
        // The caller's own first: whoever has nothing left must not use up what the client's other people need.
        using var own = _ofSubjects.AttemptAcquire(caller.Subject, cost);
        if (!own.IsAcquired || caller.Client is null)
            return own.IsAcquired;
        using var shared = _ofClients.AttemptAcquire(caller.Client, cost);
        return shared.IsAcquired;
    }

    public long Left(CountedCaller caller)
    {
        var own = _ofSubjects.GetStatistics(caller.Subject)?.CurrentAvailablePermits ?? options.Budget;
        return caller.Client is null ? own : Math.Min(own, _ofClients.GetStatistics(caller.Client)?.CurrentAvailablePermits ?? own);
    }

    public void Dispose()
    {
        _ofSubjects.Dispose();
        _ofClients.Dispose();
    }

    private static PartitionedRateLimiter<string> Buckets(int most, int perSecond, int times) => PartitionedRateLimiter.Create<string, string>(caller =>
        RateLimitPartition.GetTokenBucketLimiter(caller, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = (int)Math.Min(int.MaxValue, (long)most * times),
            TokensPerPeriod = (int)Math.Min(int.MaxValue, (long)perSecond * times),
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        }));
}
