using System.Diagnostics.Metrics;

namespace OneDoor.Webhooks;

/// <summary>What becomes of what webhooks are told, in figures.</summary>
public sealed class WebhookMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _deliveries = meters.Create(Telemetry.Meter).CreateCounter<long>(
        "onedoor.deliveries", "{delivery}", "What became of deliveries to webhooks that were tried or withdrawn: waiting is to be tried again.");

    /// <summary>Counts what became of one.</summary>
    public void Tried(DeliveryStatus status) => _deliveries.Add(1, KeyValuePair.Create("onedoor.status", (object?)Kebab.Of(status)));
}
