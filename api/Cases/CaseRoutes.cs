using System.Text.Json;
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

    /// <summary>A change's answer: the case as its reader sees it, with the tag that a read of it has.</summary>
    /// <param name="etags">Makes the tag.</param>
    /// <param name="seen">What the reader sees of the case.</param>
    /// <param name="reader">Who is answered.</param>
    /// <param name="language">The reader's.</param>
    /// <param name="location">The case's address where it is new.</param>
    public static Answer Answer(this Etags etags, Case seen, Actor reader, string language, string? location = null)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(CaseView.Of(seen, language), RestJson.Options);
        return new Answer(
            location is null ? StatusCodes.Status200OK : StatusCodes.Status201Created, location, etags.Of(seen.Id, seen.Version, language, reader, body), body);
    }
}
