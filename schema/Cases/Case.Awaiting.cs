using System.Text.Json.Serialization;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Cases;

// JOINT-6: what is due when its step opens. Until it is in, the step waits for the applicant, and what is promised of the case stands still.
public sealed partial record Case
{
    /// <summary>When its promise stood still: for a special procedure (CLK-3), or because a step waited for the applicant.</summary>
    [JsonIgnore]
    public IReadOnlyList<Pause> Stops => [.. Pauses.Select(p => p.Taken), .. Waits];

    /// <summary>
    /// When its statutory limit did: for a special procedure, and while no authority had anything to decide. Where one has, the applicant's own
    /// delay with another's step stops nothing (CLK-3).
    /// </summary>
    [JsonIgnore]
    public IReadOnlyList<Pause> StatutoryStops => [.. Pauses.Select(p => p.Taken), .. Waits.SelectMany(Idle)];

    private IEnumerable<Pause> Waits => Steps.Select(WaitOf).OfType<Pause>();

    private bool IsStopped => IsOn(Stops);

    private static bool IsOn(IEnumerable<Pause> stops) => stops.Any(stop => stop.Until is null);

    // The part of a wait in which no step was open.
    private IEnumerable<Pause> Idle(Pause wait)
    {
        var from = wait.From;
        foreach (var (opened, until) in Steps.Where(s => s.OpenedAt is not null).Select(s => (s.OpenedAt!.Value, s.DecidedAt)).OrderBy(open => open.Value))
        {
            if (wait.Until <= opened)
                break;
            if (opened > from)
                yield return wait with { From = from, Until = opened };
            if (until is not { } end)
                yield break;
            if (end > from)
                from = end;
        }
        if (wait.Until is null || from < wait.Until)
            yield return wait with { From = from };
    }

    private static Pause? WaitOf(StepState step) => step.Awaited is { } wait ? new(Reason: null, wait.From, step.OpenedAt ?? step.DecidedAt) : null;

    // A step opens when its predecessors are granted (CASE-5), or wanted by nobody (JOINT-1), and what is due with it is in.
    private List<CaseFact> Opening(CaseAsking asked)
    {
        List<CaseFact> facts = [];
        var state = this;
        // What opens is at work when the rest begins to wait.
        foreach (var step in Plan.Steps.Where(s => Step(s.Code)!.Status == StepStatus.Waiting && s.After.All(IsDone)).OrderBy(s => LackingFor(s).Count > 0))
        {
            var lacking = LackingFor(step);
            if (lacking.Count > 0 && Step(step.Code)!.Awaited is not null)
                continue;
            facts.Add(lacking.Count > 0 ? new MaterialsAwaited(asked.Now, asked.By, step.Code, lacking) : state.Opened(step.Code, asked));
            state = Evolve(state, facts[^1]);
        }
        return facts;
    }

    private StepOpened Opened(string step, CaseAsking asked)
    {
        var opened = With(step, s => s with { Status = StepStatus.Open, OpenedAt = asked.Now });
        return new StepOpened(
            asked.Now, asked.By, step, asked.Now, opened.StepDue(step, asked.Clock, asked.Now, AcceptedAt!.Value),
            Statutory is null && !IsOn(opened.StatutoryStops) ? opened.StatutoryDue(asked.Clock, Pauses) : null,
            Promised is null && !opened.IsStopped ? opened.PromisedDue(asked.Clock, AcceptedAt.Value) : null);
    }

    private bool IsDone(string step) => Step(step)!.Status switch
    {
        StepStatus.Granted => true,
        StepStatus.Waived => Plan.Steps.First(s => s.Code == step).After.All(IsDone),
        _ => false,
    };

    private IReadOnlyList<string> LackingFor(ProcedureStep step) =>
        [.. Plan.Materials.Where(m => m is { Required: true, NeededBy: MaterialNeed.Step } && step.Materials.Contains(m.Code) && !Has(m.Code)).Select(m => m.Code)];

    // Until a step that needs it has opened it may come, and come again: nothing rests on it yet.
    private bool MayStillCome(string material)
    {
        var needing = Plan.Steps.Where(s => s.Materials.Contains(material)).Select(s => Step(s.Code)!).ToArray();
        return IsAccepted && Plan.Materials.Any(m => m.Code == material && m.NeededBy == MaterialNeed.Step)
            && needing.All(s => s.OpenedAt is null) && needing.Any(s => s.Status == StepStatus.Waiting);
    }

    private Case With(MaterialsAwaited f) => With(f.Step, s => s with { Awaited = new(f.At, f.Materials) }) with
    {
        Status = CaseStatus.Paused,
        Promised = null,
    };

    private Case With(StepOpened f)
    {
        var opened = With(f.Step, s => s with { Status = StepStatus.Open, OpenedAt = f.OpenedAt, Due = f.Due });
        return opened with
        {
            Status = opened.IsStopped ? CaseStatus.Paused : CaseStatus.Accepted,
            Statutory = f.Statutory ?? Statutory,
            Promised = f.Promised ?? Promised,
        };
    }

    // With the last open step the statutory limit begins to wait as well.
    private Case OrIdle() => IsOn(StatutoryStops) ? this with { Statutory = null } : this;

    private Case WithReceived(IEnumerable<string> materials) => Steps.All(s => s.Awaited is null) ? this : this with
    {
        Steps = [.. Steps.Select(s => s.Awaited is { } wait ? s with { Awaited = wait with { Materials = [.. wait.Materials.Except(materials)] } } : s)],
    };
}

/// <summary>A step's predecessors are done, and what is due with it is in; its limit runs.</summary>
/// <param name="OpenedAt">From when the limit runs; before <c>At</c> only when acceptance was deemed.</param>
/// <param name="Statutory">Where no step was open and one waited for the applicant, the case's statutory limit since; null elsewhere, and while the clock still stands still.</param>
/// <param name="Promised">Where it was the last that waited for the applicant, the promised limit since; null elsewhere, and while the clock still stands still.</param>
[Alias("step_opened")]
public sealed record StepOpened(
    DateTimeOffset At, Actor? By, string Step, DateTimeOffset OpenedAt, DueDate Due,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DueDate? Statutory = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DueDate? Promised = null) : CaseFact(At, By), IStepFact;

/// <summary>A step's predecessors are done, and it waits for what the applicant has to hand in before it opens (JOINT-6). Until then no limit of the step and no promise runs.</summary>
/// <param name="Materials">Codes of the materials that are due.</param>
[Alias("materials_awaited")]
public sealed record MaterialsAwaited(DateTimeOffset At, Actor By, string Step, IReadOnlyList<string> Materials) : CaseFact(At, By), IStepFact;

/// <summary>That a step waits for the applicant, or did until it opened.</summary>
/// <param name="From">Since when.</param>
/// <param name="Materials">Codes of the materials that are still to come.</param>
public sealed record StepWait(DateTimeOffset From, IReadOnlyList<string> Materials);
