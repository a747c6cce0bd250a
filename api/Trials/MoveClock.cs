using OneDoor.Cases;

namespace OneDoor.Trials;

/// <summary>POST /v1/sandbox/clock: what happens to a case when time passes.</summary>
public static class MoveClockEndpoint
{
    /// <summary>Moves it, where this is the sandbox.</summary>
    public static Beginning<CaseChanges, MoveClock> In(IHostEnvironment environment) => new(
        "moveClock", "Move the clock of a case that one has submitted forward (sandbox)", "Of which case, and to when.",
        "What becomes due on the way happens, each when it is due, and from then on the case's commands, its sweep and its limits go by its own clock, which runs as everybody's does. Appointments, "
        + "tickets, tokens and what comes of the case elsewhere, as a licence, go by everybody's. In the sandbox only.",
        new(TrialExamples.Later, CaseExamples.Accepted),
        (changes, command, ct) => environment.IsDevelopment() ? changes.Move(command, ct) : Task.FromResult<Outcome>(TrialRefusals.OnlyInDevelopment), Scopes.CasesSubmit);
}
