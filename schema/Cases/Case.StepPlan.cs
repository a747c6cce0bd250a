using OneDoor.Clock;

namespace OneDoor.Cases;

// JOINT-2: the critical path and the slack of a case at any moment.
public sealed partial record Case
{
    /// <summary>When its steps run and have to; before acceptance as if it were accepted now.</summary>
    public StepPlan PlanOfSteps(LegalClock clock, DateTimeOffset now)
    {
        var accepted = AcceptedAt ?? now;
        return StepPlan.Of(
            Plan.Steps, Steps.Where(s => s.Status is StepStatus.Waived or StepStatus.Cancelled).Select(s => s.Code).ToHashSet(), accepted,
            AcceptedAt is null ? PromisedDue(clock, now).At : Promised?.At,
            new(code => Known(Step(code)!, now), (step, from) => StepDue(step.Code, clock, from, accepted).At, (from, to) => clock.Elapsed(from, to, Promise.Unit, Hall, []),
                step => Step(step.Code)!.Status == StepStatus.Waiting ? LackingFor(step) : []));
    }

    private static StepTime? Known(StepState step, DateTimeOffset now) => step switch
    {
        { Status: StepStatus.Granted or StepStatus.Refused } => new(step.OpenedAt, step.DecidedAt, IsDone: true),
        { Status: StepStatus.Open, Due: { At: var due } } => new(step.OpenedAt, due > now ? due : now),
        { Status: StepStatus.Open } => new(step.OpenedAt, null),
        // Nobody knows when the applicant hands in what it waits for.
        { Status: StepStatus.Waiting, Awaited: not null } => new(null, null),
        _ => null,
    };
}
