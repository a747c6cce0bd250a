using System.Diagnostics.Metrics;
using Marten;
using Marten.Services;

namespace OneDoor.Licences;

/// <summary>What happens to licences, in figures: counted once it is committed, whoever or whatever brought it about.</summary>
public sealed class LicenceMetrics : DocumentSessionListenerBase
{
    private readonly Counter<long> _issued;
    private readonly Counter<long> _ended;

    public LicenceMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Telemetry.Meter);
        _issued = meter.CreateCounter<long>("onedoor.licences.issued", "{licence}", "Licences issued.");
        _ended = meter.CreateCounter<long>("onedoor.licences.ended", "{licence}", "Licences that ended, by how.");
    }

    public override Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
    {
        foreach (var fact in commit.GetEvents())
        {
            if (fact.Data is LicenceIssued)
                _issued.Add(1);
            else if (fact.Data is LicenceFact end && Licence.EndedAs(end) is { } status)
                _ended.Add(1, KeyValuePair.Create("onedoor.status", (object?)Kebab.Of(status)));
        }
        return Task.CompletedTask;
    }
}
