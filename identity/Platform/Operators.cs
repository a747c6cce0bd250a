using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace OneDoor.Identity.Platform;

/// <summary>Marks a route for operators: it takes their tokens and speaks as the platform's API does, where the rest speaks OAuth.</summary>
internal sealed record ForOperators;

/// <summary>A change to a client or a person: which, whose, and seen in which version.</summary>
/// <param name="IfMatch">The <c>If-Match</c> header as sent.</param>
internal sealed record Change(string Id, string Actor, string? IfMatch)
{
    public static Change Of(HttpContext http, string id) => new(id, Operators.ActorOf(http), http.Request.Headers.IfMatch);

    /// <summary>Why the change cannot be made to what stands at that version; null when it can.</summary>
    public Refusal? Refused(string etag) => Preconditions.Refused(IfMatch, tag => tag == etag);
}

/// <summary>What the routes for operators share.</summary>
internal static class Operators
{
    /// <summary>A group of routes for tokens with the scope <c>clients:manage</c>.</summary>
    public static RouteGroupBuilder MapOperators(this WebApplication app) => app.MapGroup("").RefuseUnknownParameters().WithMetadata(
        new ForOperators(),
        new RequestSizeLimitAttribute(Bodies.Largest),
        new Counted(request => BearerOf(request) is { Length: > 0 } token ? RequestLimits.SubjectOf(token) : ""));

    /// <summary>Whether a request, also one that has failed, is for such a route.</summary>
    public static bool IsForOperators(this HttpContext http) =>
        (http.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? http.GetEndpoint())?.Metadata.GetMetadata<ForOperators>() is not null;

    public static string? BearerOf(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : null;

    public static string ActorOf(HttpContext http) => http.User.FindFirst("sub")!.Value;

    /// <summary>One thing with its version, or 304 when the caller has that version.</summary>
    public static IResult Show(HttpContext http, string etag, object view, int status = StatusCodes.Status200OK)
    {
        http.Response.Headers.ETag = etag;
        return HttpMethods.IsGet(http.Request.Method) && http.Request.HasAlready(etag)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Json(view, statusCode: status);
    }

    /// <summary>A page of a list, or why there is none.</summary>
    /// <param name="http">The request, which may have <c>first</c> and <c>after</c>.</param>
    /// <param name="list">The list; a cursor of one is no cursor of another.</param>
    /// <param name="find">Finds what comes after a position, null for the start, so many at most.</param>
    /// <param name="position">Where an entry stands in the list.</param>
    /// <param name="view">An entry as it is shown.</param>
    public static async Task<IResult> PageAsync<T>(
        HttpContext http, string list, int? first, string? after, Func<string?, int, Task<IReadOnlyList<T>>> find, Func<T, string> position, Func<T, object> view)
    {
        var (parameters, cursors) = (new Parameters(), http.RequestServices.GetRequiredService<Cursors>());
        var page = parameters.Page(cursors, list, first, after);
        if (parameters.Refused is { } refused)
            return refused.ToProblem();
        var found = await find(page.After, page.First + 1);
        var shown = found.Take(page.First).ToList();
        return Results.Json(http.PageOf(shown.ConvertAll(one => view(one)), found.Count > page.First ? cursors.Sign(list, position(shown[^1])) : null));
    }
}
