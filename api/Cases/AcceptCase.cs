using Microsoft.AspNetCore.Mvc;

namespace OneDoor.Cases;

/// <summary>Taking a case on.</summary>
/// <param name="Deferred">Deferrable materials that may follow, each by a day within 60 working days; may be left out.</param>
public sealed record AcceptCaseRequest(IReadOnlyList<MaterialDeferred>? Deferred = null);

/// <summary>POST /v1/cases/{id}/acceptance (CASE-2, CASE-4).</summary>
public static class AcceptCaseEndpoint
{
    public static void MapAcceptCase(this IEndpointRouteBuilder cases) => cases.MapPost("/{id:guid}/acceptance", Handle)
        .ChangesCase("acceptCase", "Accept a case, with a deficiency where materials may follow",
            new AcceptCaseRequest(), CaseExamples.Accepted, Scopes.CasesHandle);

    private static Task<IResult> Handle(
        Guid id, CaseChange change, CancellationToken ct, [FromHeader(Name = "If-Match")] string? ifMatch = null, AcceptCaseRequest? request = null) =>
        change.Apply(id, ifMatch, request, Command(request), ct);

    internal static Func<Actor, CaseCommand> Command(AcceptCaseRequest? request) => by => new AcceptCase(by, request?.Deferred ?? []);
}
