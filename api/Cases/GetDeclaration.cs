using OneDoor.Platform;

namespace OneDoor.Cases;

/// <summary>GET /v1/declaration (APP-4).</summary>
public static class GetDeclaration
{
    public static void MapGetDeclaration(this IEndpointRouteBuilder v1) => v1.MapGet("/declaration", (HttpContext http, Etags etags) =>
            etags.OkForAll(http, SignedTexts.Declaration))
        .WithTags("Cases")
        .AllowAnonymous()
        .WithName("getDeclaration")
        .WithSummary("Read the declaration of truth that every application is signed with (真实性声明)")
        .Produces<SignedText>()
        .Shows(request: null, SignedTexts.Declaration)
        .Produces(StatusCodes.Status304NotModified)
        .Refuses(400);
}
