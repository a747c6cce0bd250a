using System.Diagnostics.Metrics;
using Marten;
using Marten.Services;

namespace OneDoor.Cases;

/// <summary>What happens to cases, in figures: counted once it is committed, whoever asked for it.</summary>
public sealed class CaseMetrics : DocumentSessionListenerBase
{
    private readonly Counter<long> _submitted;
    private readonly Counter<long> _decided;
    private readonly Counter<long> _lapsed;
    private readonly TimeProvider _time;
    private DateTimeOffset? _swept;
    private int? _late;

    public CaseMetrics(IMeterFactory meters, TimeProvider time)
    {
        (_time, _swept) = (time, time.GetUtcNow());
        var meter = meters.Create(Telemetry.Meter);
        _submitted = meter.CreateCounter<long>("onedoor.cases.submitted", "{case}", "Cases submitted, by channel.");
        _decided = meter.CreateCounter<long>("onedoor.steps.decided", "{step}", "Steps decided, by outcome.");
        meter.CreateObservableGauge("onedoor.cases.overdue", Late, "{case}", "Running cases past their promised due date.");
        meter.CreateObservableGauge("onedoor.sweep.lag", Lag, "s", "Time since the last complete sweep.");
        _lapsed = meter.CreateCounter<long>("onedoor.cases.deemed_accepted", "{case}", "Cases accepted by law because nobody answered in time.");
    }

    /// <summary>It was swept.</summary>
    /// <param name="round">How: another process says itself how many cases are late, and since when.</param>
    /// <param name="late">So many running cases are; null where another process sweeps.</param>
    public void Swept(SweepRound round, int? late) => (_late, _swept) = (late, round switch { SweepRound.Elsewhere => null, SweepRound.Complete => _time.GetUtcNow(), _ => _swept });

    public override Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
    {
        foreach (var fact in commit.GetEvents())
            Count(fact.Data);
        return Task.CompletedTask;
    }

    // None before the first sweep, and where another process sweeps: late cases are counted once.
    private IEnumerable<Measurement<int>> Late() => _late is { } late ? [new(late)] : [];

    private IEnumerable<Measurement<double>> Lag() => _swept is { } swept ? [new((_time.GetUtcNow() - swept).TotalSeconds)] : [];

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
