using Microsoft.AspNetCore.Mvc;

namespace OneDoor.Cases;

/// <summary>Taking an application back.</summary>
/// <param name="Reason">Why; nobody has to say.</param>
public sealed record WithdrawCaseRequest(string? Reason = null);

/// <summary>POST /v1/cases/{id}/withdrawal (CASE-6).</summary>
public static class WithdrawCaseEndpoint
{
    public static void MapWithdrawCase(this IEndpointRouteBuilder cases) => cases.MapPost("/{id:guid}/withdrawal", Handle)
        .ChangesCase("withdrawCase", "Withdraw a case before it is decided",
            new WithdrawCaseRequest("We apply next year."), CaseExamples.Withdrawn, Scopes.CasesSubmit);

    private static Task<IResult> Handle(
        Guid id, CaseChange change, CancellationToken ct, [FromHeader(Name = "If-Match")] string? ifMatch = null, WithdrawCaseRequest? request = null) =>
        change.Apply(id, ifMatch, request, Command(request), ct);

    internal static Func<Actor, CaseCommand> Command(WithdrawCaseRequest? request) => by => new WithdrawCase(by, request?.Reason);
}
