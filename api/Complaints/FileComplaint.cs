namespace OneDoor.Complaints;

/// <summary>POST /v1/complaints (COMP-1).</summary>
public static class FileComplaintEndpoint
{
    /// <summary>When filing needs no token.</summary>
    public const string Unless = "anonymous: true, which needs no token";

    public static void MapFileComplaint(this IEndpointRouteBuilder complaints) => complaints.MapPost("", Handle)
        .AllowAnonymous()
        .WithMetadata(new NeededScopes([Scopes.ComplaintsFile]) { Unless = "With anonymous: true none is needed, and one that comes along is not looked at." })
        .Begins<ComplaintView>("fileComplaint", "Complain about how a service was rendered (投诉)", ComplaintExamples.Request, ComplaintExamples.Filed)
        .WithDescription("The answer to an anonymous one has the code that leads back to it: it is shown this once. A complaint is no remedy against a decision, and stops none of its days.");

    private static async Task<IResult> Handle(FileComplaint request, HttpContext http, ComplaintChanges changes, CancellationToken ct)
    {
        // Only the body says whether there has to be a token.
        if (!request.Anonymous && !Caller.ScopesOf(http.User).Contains(Scopes.ComplaintsFile))
            return http.User.Identity?.IsAuthenticated == true ? TypedResults.Forbid() : TypedResults.Challenge();
        return (await changes.File(request, ct)).ToResult();
    }
}
