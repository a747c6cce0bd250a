using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Licences;

namespace OneDoor.Supervision;

/// <summary>Changes supervision tasks.</summary>
public sealed class SupervisionChanges(ChangeTools tools, LicenceOptions policy, LegalClock clock) : Changes<SupervisionTask, SupervisionFact, SupervisionCommand>(tools, SupervisionReading.One)
{
    protected override object View(SupervisionTask seen, int version, string language) => SupervisionView.Of(seen with { Version = version }, language);

    protected override async Task<Decision<SupervisionFact>> Decide(SupervisionTask? before, SupervisionCommand command, CancellationToken ct)
    {
        var decision = SupervisionTask.Decide(before, command, new(Tools.Caller.Actor, clock, Tools.Now) { Policy = policy });
        // 监察: the third of the facts of a renewal.
        if (before?.Pledge is null && decision.Facts is [.., SupervisionFound found] && await Tools.Session.Events.FetchForWriting<Case>(before!.Case, ct) is { Aggregate: { } @case } stream)
            stream.AppendMany(@case.Inspected(@case.NowAt(found.At), found.By!));
        return decision;
    }
}

/// <summary>What can be asked of a supervision task, for both doors.</summary>
public static class SupervisionOperations
{
    public static readonly Operations<SupervisionCommand> All = new Operations<SupervisionCommand>()
        .On(new Operation<AcknowledgeSupervision>("acknowledgeSupervision", "acknowledgement", "Say that one's department knows of what was granted (监管确认)",
            new(null, SupervisionExamples.Acknowledged), Scopes.SupervisionHandle)
        { Bare = new(), IsBare = true })
        .On(new Operation<RecordFinding>("recordFinding", "finding", "Record what an inspection found (核查结果), and of a breach by when it is to be put right",
            new(SupervisionExamples.Breach, SupervisionExamples.Found), Scopes.SupervisionHandle))
        .On(new Operation<RecordRectification>("recordRectification", "rectification", "Record whether a breach was put right (整改结果)",
            new(SupervisionExamples.NotDone, SupervisionExamples.NotRectified), Scopes.SupervisionHandle));
}
