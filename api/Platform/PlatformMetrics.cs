using System.Diagnostics.Metrics;

namespace OneDoor.Platform;

/// <summary>The platform's own figures; every name begins with <c>onedoor.</c> and has its row in docs/OPERATING.md.</summary>
public sealed class PlatformMetrics
{
    private readonly Counter<long> _replays;
    private readonly Histogram<int> _cost;

    public PlatformMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Telemetry.Meter);
        _replays = meter.CreateCounter<long>("onedoor.idempotency.replays", "{request}", "Repeated requests answered with the first one's answer.");
        _cost = meter.CreateHistogram<int>("onedoor.graphql.cost", "{point}", "What GraphQL operations cost, by type.");
    }

    public void Replayed() => _replays.Add(1);

    public void Spent(int cost, string operation) => _cost.Record(cost, KeyValuePair.Create("graphql.operation.type", (object?)operation));
}
