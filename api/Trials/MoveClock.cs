using OneDoor.Cases;

namespace OneDoor.Trials;

/// <summary>POST /v1/sandbox/clock: what happens to a case when time passes.</summary>
public static class MoveClockEndpoint
{
    /// <summary>What it does, without a full stop.</summary>
    public const string Does = "Move the clock of a case that one has submitted forward (sandbox)";

    public static void MapMoveClock(this IEndpointRouteBuilder sandbox) => sandbox.MapPost("/clock", async (
            MoveClock request, CaseChanges changes, IHostEnvironment environment, CancellationToken ct) => (await Move(request, changes, environment, ct)).ToResult())
        .Needs(Scopes.CasesSubmit)
        .Does<CaseView>("moveClock", Does, TrialExamples.Later, CaseExamples.Accepted)
        .Refuses(404, 412)
        .WithDescription(
            "What becomes due on the way happens, each when it is due, and from then on the case's commands, its sweep and its limits go by its own clock, which runs as everybody's does. Appointments, "
            + "tickets, tokens and what comes of the case elsewhere, as a licence, go by everybody's. In the sandbox only.");

    /// <summary>Moves it, where this is the sandbox.</summary>
    internal static async Task<Outcome> Move(MoveClock command, CaseChanges changes, IHostEnvironment environment, CancellationToken ct) =>
        environment.IsDevelopment() ? await changes.Move(command, ct) : TrialRefusals.OnlyInDevelopment;
}
