using System.Diagnostics.Metrics;
using Marten;
using Marten.Services;

namespace OneDoor.Complaints;

/// <summary>What happens to complaints, in figures. How many are filed is not counted here: a figure that moves tells when (decision 0037).</summary>
public sealed class ComplaintMetrics : DocumentSessionListenerBase
{
    private readonly Counter<long> _overdue;

    public ComplaintMetrics(IMeterFactory meters) =>
        _overdue = meters.Create(Telemetry.Meter).CreateCounter<long>("onedoor.complaints.overdue", "{complaint}", "Complaints not accepted or not answered in time, by stage.");

    public override Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
    {
        foreach (var late in commit.GetEvents().Select(fact => fact.Data).OfType<ComplaintOverdue>())
            _overdue.Add(1, KeyValuePair.Create("onedoor.stage", (object?)Kebab.Of(late.Stage)));
        return Task.CompletedTask;
    }
}
