namespace OneDoor.Cases;

/// <summary>POST /v1/cases (CASE-1).</summary>
public static class SubmitCaseEndpoint
{
    public static void MapSubmitCase(this IEndpointRouteBuilder cases) => cases.MapPost("", Handle)
        .Needs(CaseChanges.Submitting)
        .Begins<CaseView>("submitCase", "Submit a case (申办)", CaseExamples.Request, CaseExamples.Submitted)
        .WithDescription("One request creates the whole case and answers with its receipt. Staff take applications in at a window of their hall with cases:receive. Send an Idempotency-Key, and repeat with it until you have an answer.");

    private static async Task<IResult> Handle(SubmitCase request, CaseChanges changes, CancellationToken ct) =>
        (await changes.Submit(request, ct)).ToResult();
}
