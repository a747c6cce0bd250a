using Microsoft.AspNetCore.Mvc;

namespace OneDoor.Cases;

/// <summary>The one list of everything that is missing (一次性告知补正).</summary>
/// <param name="Lines">1 to 100, each naming the material it is about, or none for the application itself.</param>
public sealed record SendCorrectionNoticeRequest(IReadOnlyList<CorrectionLine> Lines);

/// <summary>POST /v1/cases/{id}/correction-notices (CASE-2, CASE-3).</summary>
public static class SendCorrectionNoticeEndpoint
{
    public static void MapSendCorrectionNotice(this IEndpointRouteBuilder cases) => cases.MapPost("/{id:guid}/correction-notices", Handle)
        .ChangesCase("sendCorrectionNotice", "Tell the applicant, once, everything that is missing",
            new SendCorrectionNoticeRequest([new("The lease lacks the landlord's signature.", "premises-proof")]), CaseExamples.Corrected, Scopes.CasesHandle);

    private static Task<IResult> Handle(
        Guid id, SendCorrectionNoticeRequest request, CaseChange change, CancellationToken ct, [FromHeader(Name = "If-Match")] string? ifMatch = null) =>
        change.Apply(id, ifMatch, request, Command(request), ct);

    internal static Func<Actor, CaseCommand> Command(SendCorrectionNoticeRequest request) => by => new SendCorrectionNotice(by, request.Lines);
}
