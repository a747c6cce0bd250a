using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Emergencies;

namespace OneDoor.Cases;

/// <summary>
/// When each step runs if every one that is not done takes its whole limit, and how late it may be without making the case late
/// (关键线路, JOINT-2).
/// </summary>
/// <param name="PromisedDueAt">When the promised limit ends; null while the clock stands still.</param>
/// <param name="Critical">Codes of the steps of the longest chain, in order: late here is late for the case. None while the clock stands still.</param>
/// <param name="Steps">The steps that are done or to be done, predecessors first.</param>
public sealed record StepPlan(DateTimeOffset? PromisedDueAt, IReadOnlyList<string> Critical, IReadOnlyList<PlannedStep> Steps)
{
    /// <summary>Of an application for an item, if it were accepted now.</summary>
    /// <param name="item">The item.</param>
    /// <param name="hall">Code of the hall in whose hours limits run.</param>
    /// <param name="isEmergency">It would be part of a listed emergency project (CLK-6).</param>
    /// <param name="later">Codes of the materials that steps would wait for (JOINT-6).</param>
    public static StepPlan Of(Item item, LegalClock clock, string hall, DateTimeOffset now, bool isEmergency = false, IReadOnlyList<string>? later = null)
    {
        var expedited = clock.Simulate(now, EmergencyProject.Within).DueAt;
        return Of(item.Procedure.Steps, new HashSet<string>(), now, Sooner(now, item.PromisedLimit!), new(
            _ => null, (step, from) => Sooner(from, step.Limit), (from, to) => clock.Elapsed(from, to, isEmergency ? EmergencyProject.Within.Unit : item.PromisedLimit!.Unit, hall, []),
            step => [.. step.Materials.Where(code => later?.Contains(code) == true)]));

        DateTimeOffset Sooner(DateTimeOffset from, Limit limit) => clock.Simulate(from, limit, hall).DueAt is var own && isEmergency && expedited < own ? expedited : own;
    }

    /// <summary>What of it has to do with some steps.</summary>
    public StepPlan Only(IReadOnlySet<string> steps) => this with { Critical = [.. Critical.Where(steps.Contains)], Steps = [.. Steps.Where(s => steps.Contains(s.Code))] };

    internal static StepPlan Of(IReadOnlyList<ProcedureStep> all, IReadOnlySet<string> undone, DateTimeOffset from, DateTimeOffset? promised, StepTimes times)
    {
        var ordered = CriticalPath.Ordered(new(all)) ?? throw new ArgumentException("The steps wait for each other.", nameof(all));
        var planned = ordered.Where(step => !undone.Contains(step.Code)).ToArray();
        // What nobody does is done with what it waits for.
        var before = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var step in ordered)
            before[step.Code] = [.. step.After.SelectMany(code => undone.Contains(code) ? before[code] : [code]).Distinct()];

        var spans = new Dictionary<string, StepTime>();
        foreach (var step in planned)
            spans[step.Code] = times.Known(step.Code) ?? Ahead(before[step.Code].Select(code => spans[code].End).Append(from).ToArray(), start => times.Due(step, start));

        var latest = planned.ToDictionary(step => step.Code, _ => promised);
        var starts = new Dictionary<string, DateTimeOffset?>();
        foreach (var step in planned.Reverse())
        {
            starts[step.Code] = latest[step.Code] is { } end ? LatestStart(end, start => times.Due(step, start)) : null;
            foreach (var code in before[step.Code])
                latest[code] = starts[step.Code] < latest[code] ? starts[step.Code] : latest[code];
        }
        return new(promised, Longest(planned, before, spans),
        [
            .. planned.Select(step => new PlannedStep(
                step.Code, spans[step.Code].Start, spans[step.Code].End, starts[step.Code], latest[step.Code], Slack(spans[step.Code], latest[step.Code], times.Between), times.Awaits(step))),
        ]);
    }

    private static StepTime Ahead(DateTimeOffset?[] ends, Func<DateTimeOffset, DateTimeOffset> due) =>
        ends.Contains(null) ? new(null, null) : ends.Max() is { } start ? new(start, due(start)) : throw new ArgumentException("Nothing precedes it.", nameof(ends));

    // The last second at which it may open: what is due then is due in time.
    private static DateTimeOffset LatestStart(DateTimeOffset end, Func<DateTimeOffset, DateTimeOffset> due)
    {
        bool IsInTime(long before) => due(end.AddSeconds(-before)) <= end;
        var (late, inTime) = (-1L, 0L);
        for (var step = 86_400L; !IsInTime(inTime); step *= 2)
            (late, inTime) = (inTime, inTime + step);
        while (inTime - late > 1)
        {
            var between = (inTime + late) / 2;
            (late, inTime) = IsInTime(between) ? (late, between) : (between, inTime);
        }
        return end.AddSeconds(-inTime);
    }

    private static Limit? Slack(StepTime span, DateTimeOffset? latest, Func<DateTimeOffset, DateTimeOffset, Limit> between) => (span, latest) switch
    {
        ({ End: { } end, IsDone: false }, { } until) => until >= end ? between(end, until) : between(until, end) is var late ? late with { Value = -late.Value } : null,
        _ => null,
    };

    private static List<string> Longest(ProcedureStep[] planned, Dictionary<string, IReadOnlyList<string>> before, Dictionary<string, StepTime> spans)
    {
        List<string> chain = [];
        if (spans.Values.Any(span => span.End is null))
            return chain;
        for (var step = planned.MaxBy(s => spans[s.Code].End)?.Code; step is not null; step = before[step].MaxBy(code => spans[code].End))
            chain.Insert(0, step);
        return chain;
    }
}

/// <summary>A step in its case's plan.</summary>
/// <param name="Code">The step's code.</param>
/// <param name="EarliestStart">When it opened, or its last predecessor is done; null where a pause, or what the applicant has to hand in, leaves that open.</param>
/// <param name="EarliestEnd">When it was decided, or is due; what is late already, now. Null for the same.</param>
/// <param name="LatestStart">When it has to open for the case to be in time; null while the clock stands still.</param>
/// <param name="LatestEnd">When it has to be decided for that; null for the same.</param>
/// <param name="Slack">How much later than its earliest end it may be decided, in the unit of what is promised: less than nothing where the case is going to be late; null once it is decided, and where either end is.</param>
/// <param name="Awaits">Codes of the materials that are still to be handed in before it opens (等待申请人).</param>
public sealed record PlannedStep(
    string Code, DateTimeOffset? EarliestStart, DateTimeOffset? EarliestEnd, DateTimeOffset? LatestStart, DateTimeOffset? LatestEnd, Limit? Slack, IReadOnlyList<string> Awaits);

/// <summary>From when to when a step runs; null where nobody can know.</summary>
internal readonly record struct StepTime(DateTimeOffset? Start, DateTimeOffset? End, bool IsDone = false);

/// <summary>What a plan is made by.</summary>
/// <param name="Known">When a step has run that is open or done; null for one that waits.</param>
/// <param name="Due">When a step is due that opens then.</param>
/// <param name="Between">How much time passes from one instant to another.</param>
/// <param name="Awaits">What is still to be handed in before a step opens.</param>
internal sealed record StepTimes(
    Func<string, StepTime?> Known, Func<ProcedureStep, DateTimeOffset, DateTimeOffset> Due, Func<DateTimeOffset, DateTimeOffset, Limit> Between,
    Func<ProcedureStep, IReadOnlyList<string>> Awaits);
