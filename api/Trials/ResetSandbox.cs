namespace OneDoor.Trials;

/// <summary>POST /v1/sandbox/reset: begin afresh.</summary>
public static class ResetSandboxEndpoint
{
    public static readonly Resource Resource = new("reset", "/v1/sandbox/reset", TrialRefusals.OnlyInDevelopment);

    public static readonly Beginning<SandboxResets, ResetSandbox> Reset = new(
        "resetSandbox", "Withdraw what one's client has made from every reader (sandbox)", "Of when.",
        "Cases, complaints, appointments, reviews, batches and sample events that the client began, what people submitted through it included, and the licences, documents, records, tasks and work orders that came "
        + "of its cases; but for a case that renewed, replaced or ended a licence which another client's case had granted. Nobody is shown, told or counted any of it from then on, whoever they are; its facts stay, and the log proves them. Who is signed in withdraws what they themselves began. "
        + "What is set up stays: webhooks, preferences, schedules; and so do tickets and the numbers that were given out. The feed tells it once, to everybody. In the sandbox only.",
        new(TrialExamples.Everything, TrialExamples.Reset), (changes, command, ct) => changes.Reset(command, ct), Scopes.CasesSubmit);
}
