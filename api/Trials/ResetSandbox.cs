namespace OneDoor.Trials;

/// <summary>POST /v1/sandbox/reset: begin afresh.</summary>
public static class ResetSandboxEndpoint
{
    /// <summary>What it does, without a full stop.</summary>
    public const string Does = "Withdraw what one's client has made from every reader (sandbox)";

    public static void MapResetSandbox(this IEndpointRouteBuilder sandbox) => sandbox.MapPost("/reset", async (ResetSandbox request, SandboxResets resets, CancellationToken ct) => (await resets.Reset(request, ct)).ToResult())
        .Needs(Scopes.CasesSubmit)
        .Begins<SandboxResetView>("resetSandbox", Does, TrialExamples.Everything, TrialExamples.Reset)
        .WithDescription(
            "Cases, complaints, appointments, reviews, batches and sample events that the client began, what people submitted through it included, and the licences, documents, records, tasks and work orders that came "
            + "of its cases; but for a case that renewed, replaced or ended a licence which another client's case had granted. Nobody is shown, told or counted any of it from then on, whoever they are; its facts stay, and the log proves them. Who is signed in withdraws what they themselves began. "
            + "What is set up stays: webhooks, preferences, schedules; and so do tickets and the numbers that were given out. The feed tells it once, to everybody. In the sandbox only.");
}
