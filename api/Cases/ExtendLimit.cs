using Microsoft.AspNetCore.Mvc;

namespace OneDoor.Cases;

/// <summary>The one extension of a case's limits.</summary>
/// <param name="WorkingDays">1 to 10.</param>
/// <param name="Reason">Why; the applicant is told.</param>
public sealed record ExtendLimitRequest(int WorkingDays, string Reason);

/// <summary>POST /v1/cases/{id}/extension (CLK-4).</summary>
public static class ExtendLimitEndpoint
{
    public static void MapExtendLimit(this IEndpointRouteBuilder cases) => cases.MapPost("/{id:guid}/extension", Handle)
        .ChangesCase("extendLimit", "Extend a case's limits once; a supervisor's alone",
            new ExtendLimitRequest(5, "The expert opinion is contradictory."), CaseExamples.Extended, Scopes.CasesSupervise, Scopes.CasesHandle);

    private static Task<IResult> Handle(
        Guid id, ExtendLimitRequest request, CaseChange change, CancellationToken ct, [FromHeader(Name = "If-Match")] string? ifMatch = null) =>
        change.Apply(id, ifMatch, request, Command(request), ct);

    internal static Func<Actor, CaseCommand> Command(ExtendLimitRequest request) => by => new ExtendLimit(by, request.WorkingDays, request.Reason);
}
