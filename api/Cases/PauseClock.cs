using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using OneDoor.Clock;

namespace OneDoor.Cases;

/// <summary>Stopping a step's clock (行政许可法 art. 45).</summary>
/// <param name="Reason">One of those the law names.</param>
/// <param name="Step">May be left out where the department has one open step.</param>
/// <param name="Note">What the applicant is told.</param>
public sealed record PauseClockRequest(PauseReason Reason, string? Step = null, string? Note = null);

/// <summary>POST /v1/cases/{id}/pauses and /pauses/{n}/end (CLK-3).</summary>
public static class PauseClockEndpoint
{
    public static void MapPauseClock(this IEndpointRouteBuilder cases)
    {
        cases.MapPost("/{id:guid}/pauses", Pause)
            .ChangesCase("pauseClock", "Stop a step's clock for a hearing, an inspection or the like",
                new PauseClockRequest(PauseReason.ExpertReview, Note: "Experts look at the articles."), CaseExamples.Paused, Scopes.CasesHandle);
        cases.MapPost("/{id:guid}/pauses/{n:int}/end", End)
            .ChangesCase("resumeClock", "End a pause: the clock runs again", request: null, CaseExamples.Accepted, Scopes.CasesHandle);
    }

    private static Task<IResult> Pause(
        Guid id, PauseClockRequest request, CaseChange change, CancellationToken ct, [FromHeader(Name = "If-Match")] string? ifMatch = null) =>
        change.Apply(id, ifMatch, request, Command(request), ct);

    private static Task<IResult> End(
        Guid id, [Description("The pause's number.")] int n, CaseChange change, CancellationToken ct, [FromHeader(Name = "If-Match")] string? ifMatch = null) =>
        change.Apply(id, ifMatch, n, by => new ResumeClock(by, n), ct);

    internal static Func<Actor, CaseCommand> Command(PauseClockRequest request) => by => new PauseClock(by, request.Step, request.Reason, request.Note);
}
