using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>What all routes that change a case have in common.</summary>
public static class CaseRoutes
{
    public static RouteHandlerBuilder ChangesCase(this RouteHandlerBuilder route, string name, string summary, object? request, CaseView answer, params string[] scopes) => route
        .Needs(scopes)
        .WithName(name)
        .WithSummary(summary)
        .TakesIdempotencyKey()
        .Produces<CaseView>()
        .Shows(request, answer)
        .Refuses(400, 404, 409, 412, 413, 415, 422, 428);
}
