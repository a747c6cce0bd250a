namespace OneDoor.Catalogue;

/// <summary>
/// How long a procedure takes at most when every step uses its whole limit and parallel steps run side by side
/// (JOINT-2). Everything is counted in working days from the acceptance of the case.
/// </summary>
/// <param name="WorkingDays">The length of the longest chain of steps.</param>
/// <param name="Critical">Codes of the steps of one longest chain, in order: late here is late for the case.</param>
/// <param name="Steps">Every step of the procedure, in an order in which predecessors come first.</param>
public sealed record CriticalPath(decimal WorkingDays, IReadOnlyList<string> Critical, IReadOnlyList<StepSpan> Steps)
{
    /// <summary>The critical path of a procedure.</summary>
    /// <exception cref="ArgumentException">The steps form no graph that can be walked: see <see cref="Ordered"/>.</exception>
    public static CriticalPath Of(Procedure procedure)
    {
        var ordered = Ordered(procedure)
            ?? throw new ArgumentException("The procedure has duplicate, unknown or circular steps.", nameof(procedure));

        var starts = new Dictionary<string, decimal>();
        foreach (var step in ordered)
            starts[step.Code] = step.After.Select(before => starts[before] + DaysOf(before)).DefaultIfEmpty(0).Max();

        var length = ordered.Select(step => starts[step.Code] + step.Limit.InWorkingDays).DefaultIfEmpty(0).Max();
        var latestEnds = ordered.ToDictionary(step => step.Code, _ => length);
        foreach (var step in ordered.Reverse())
        {
            foreach (var before in step.After)
                latestEnds[before] = Math.Min(latestEnds[before], latestEnds[step.Code] - step.Limit.InWorkingDays);
        }

        var spans = ordered.Select(step =>
        {
            var end = starts[step.Code] + step.Limit.InWorkingDays;
            return new StepSpan(step.Code, starts[step.Code], end, latestEnds[step.Code] - end);
        }).ToList();
        return new CriticalPath(length, LongestChain(ordered, spans, length), spans);

        decimal DaysOf(string code) => ordered.First(step => step.Code == code).Limit.InWorkingDays;
    }

    /// <summary>
    /// The steps with predecessors first; null when two steps share a code, a predecessor does not exist or steps wait
    /// for each other in a circle.
    /// </summary>
    public static IReadOnlyList<ProcedureStep>? Ordered(Procedure procedure)
    {
        var ordered = new List<ProcedureStep>();
        var placed = new HashSet<string>();
        var waiting = procedure.Steps.ToList();
        while (waiting.Count > 0)
        {
            var ready = waiting.Where(step => step.After.All(placed.Contains)).ToList();
            if (ready.Count == 0 || !ready.All(step => placed.Add(step.Code)))
                return null;
            ordered.AddRange(ready);
            waiting.RemoveAll(ready.Contains);
        }
        return ordered;
    }

    private static List<string> LongestChain(IReadOnlyList<ProcedureStep> ordered, List<StepSpan> spans, decimal length)
    {
        var chain = new List<string>();
        var current = ordered.FirstOrDefault(step => Span(step).EarliestEnd == length);
        while (current is not null)
        {
            chain.Insert(0, current.Code);
            var start = Span(current).EarliestStart;
            var before = current.After;
            current = ordered.FirstOrDefault(step => before.Contains(step.Code) && Span(step).EarliestEnd == start);
        }
        return chain;

        StepSpan Span(ProcedureStep step) => spans.First(span => span.Step == step.Code);
    }
}

/// <summary>When a step runs if every step uses its whole limit, in working days from the acceptance of the case.</summary>
/// <param name="Step">The step's code.</param>
/// <param name="EarliestStart">When its last predecessor is done; 0 for a first step.</param>
/// <param name="EarliestEnd">When it is done if it starts at once.</param>
/// <param name="Slack">How long it may be late without making the case late; 0 on the critical path.</param>
public sealed record StepSpan(string Step, decimal EarliestStart, decimal EarliestEnd, decimal Slack);
