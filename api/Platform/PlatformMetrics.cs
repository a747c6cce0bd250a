using System.Diagnostics.Metrics;

namespace OneDoor.Platform;

/// <summary>The platform's own figures; every name begins with <c>onedoor.</c> and has its row in docs/OPERATING.md.</summary>
public sealed class PlatformMetrics
{
    public const string Meter = "OneDoor";

    private readonly Counter<long> _refusals;
    private readonly Counter<long> _replays;
    private readonly Histogram<int> _cost;

    public PlatformMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Meter);
        _refusals = meter.CreateCounter<long>("onedoor.refusals", "{refusal}", "Requests refused, by code and status.");
        _replays = meter.CreateCounter<long>("onedoor.idempotency.replays", "{request}", "Repeated requests answered with the first one's answer.");
        _cost = meter.CreateHistogram<int>("onedoor.graphql.cost", "{point}", "What GraphQL operations cost, by type.");
    }

    public void Refused(Refusal refusal) => _refusals.Add(
        1, KeyValuePair.Create("onedoor.refusal.code", (object?)refusal.Code), KeyValuePair.Create("http.response.status_code", (object?)refusal.Status));

    public void Replayed() => _replays.Add(1);

    public void Spent(int cost, string operation) => _cost.Record(cost, KeyValuePair.Create("graphql.operation.type", (object?)operation));
}
