using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>POST /v1/cases (CASE-1).</summary>
public static class SubmitCaseEndpoint
{
    public static void MapSubmitCase(this IEndpointRouteBuilder cases) => cases.MapPost("", Handle)
        .Needs(Scopes.CasesSubmit)
        .WithName("submitCase")
        .WithSummary("Submit a case (申办)")
        .WithDescription("One request creates the whole case and answers with its receipt. Send an Idempotency-Key, and repeat with it until you have an answer.")
        .TakesIdempotencyKey()
        .WithMetadata(new GivesReceipt())
        .Produces<CaseView>(StatusCodes.Status201Created)
        .Shows(CaseExamples.Request, CaseExamples.Submitted)
        .Refuses(400, 409, 413, 415, 422);

    private static async Task<IResult> Handle(SubmitCase request, CaseChanges changes, CancellationToken ct) =>
        (await changes.Submit(request, ct)).ToResult();
}
