using System.Diagnostics.Metrics;
using Marten;
using Marten.Services;
using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>What happens to cases, in figures: counted once it is committed, whoever asked for it.</summary>
public sealed class CaseMetrics : DocumentSessionListenerBase
{
    private readonly Counter<long> _submitted;
    private readonly Counter<long> _decided;
    private readonly Counter<long> _lapsed;

    public CaseMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(PlatformMetrics.Meter);
        _submitted = meter.CreateCounter<long>("onedoor.cases.submitted", "{case}", "Cases submitted, by channel.");
        _decided = meter.CreateCounter<long>("onedoor.steps.decided", "{step}", "Steps decided, by outcome.");
        _lapsed = meter.CreateCounter<long>("onedoor.cases.deemed_accepted", "{case}", "Cases accepted by law because nobody answered in time.");
    }

    public override Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
    {
        foreach (var fact in commit.GetEvents())
            Count(fact.Data);
        return Task.CompletedTask;
    }

    private void Count(object fact)
    {
        if (fact is CaseSubmitted submitted)
            _submitted.Add(1, KeyValuePair.Create("onedoor.channel", (object?)Kebab.Of(submitted.Channel)));
        else if (fact is StepGranted or StepRefused)
            _decided.Add(1, KeyValuePair.Create("onedoor.outcome", (object?)(fact is StepGranted ? "granted" : "refused")));
        else if (fact is CaseAccepted { Deemed: true })
            _lapsed.Add(1);
    }
}
