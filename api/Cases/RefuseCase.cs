using Microsoft.AspNetCore.Mvc;

namespace OneDoor.Cases;

/// <summary>A refusal with everything the law asks for.</summary>
/// <param name="Reason">Why.</param>
/// <param name="LegalBasis">The provision it rests on.</param>
/// <param name="Remedy">What the applicant can do against it; the statutory remedies when left out.</param>
public sealed record RefuseCaseRequest(string Reason, string LegalBasis, string? Remedy = null);

/// <summary>POST /v1/cases/{id}/refusal: a supervisor's alone (CASE-4).</summary>
public static class RefuseCaseEndpoint
{
    public static void MapRefuseCase(this IEndpointRouteBuilder cases) => cases.MapPost("/{id:guid}/refusal", Handle)
        .ChangesCase("refuseCase", "Refuse a case as a whole; a supervisor's alone",
            new RefuseCaseRequest("The scope of business is reserved by law.", "Company Law, art. 9"), CaseExamples.Refused, Scopes.CasesSupervise, Scopes.CasesHandle);

    private static Task<IResult> Handle(
        Guid id, RefuseCaseRequest request, CaseChange change, CancellationToken ct, [FromHeader(Name = "If-Match")] string? ifMatch = null) =>
        change.Apply(id, ifMatch, request, Command(request), ct);

    internal static Func<Actor, CaseCommand> Command(RefuseCaseRequest request) => by =>
        new RefuseCase(by, new RefusalGrounds(request.LegalBasis, request.Reason, request.Remedy ?? RefusalGrounds.StatutoryRemedy));
}
