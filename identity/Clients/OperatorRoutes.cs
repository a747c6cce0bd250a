using System.Globalization;

namespace OneDoor.Identity.Clients;

/// <summary>What the routes of client and people administration share: the token, the version, pages.</summary>
internal static class OperatorRoutes
{
    private const string Subject = "subject";
    private const int LargestPage = 100;
    private static readonly string[] Prefixes = ["/clients", "/client-events", "/people", "/person-events"];

    /// <summary>Whether the address is one of an operator's.</summary>
    public static bool Serve(PathString path) => Prefixes.Any(prefix => path.StartsWithSegments(prefix));

    /// <summary>A group of routes for tokens with the scope <c>clients:manage</c>.</summary>
    public static RouteGroupBuilder MapOperator(this WebApplication app) => app.MapGroup("").AddEndpointFilter(async (context, next) =>
    {
        var (subject, refused) = await context.HttpContext.RequestServices.GetRequiredService<OperatorTokens>().CheckAsync(context.HttpContext);
        context.HttpContext.Items[Subject] = subject;
        return refused is null ? await next(context) : new RefusedResult(refused);
    });

    public static string ActorOf(HttpContext http) => (string)http.Items[Subject]!;

    public static Change ChangeOf(HttpContext http, string id) => new(id, ActorOf(http), http.Request.Headers.IfMatch);

    /// <summary>One thing with its version, or 304 when the caller has that version.</summary>
    public static IResult Show(HttpContext http, string etag, object view, int status = StatusCodes.Status200OK)
    {
        http.Response.Headers.ETag = etag;
        return HttpMethods.IsGet(http.Request.Method) && http.Request.Headers.IfNoneMatch.ToString().Split(',').Any(tag => tag.Trim() == etag)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Json(view, ClientJson.Options, statusCode: status);
    }

    public static IResult Page<T>(IReadOnlyList<T> items, string? next) =>
        Results.Json(new Dictionary<string, object?> { ["items"] = items, ["next"] = next }, ClientJson.Options);

    /// <summary><c>first</c> (1 to 100, 20 by default) and <c>after</c>; null when they are not valid.</summary>
    public static (int First, string After)? PageOf(HttpRequest request)
    {
        var (first, after) = (request.Query["first"].ToString(), request.Query["after"].ToString());
        if (request.Query.Any(parameter => parameter.Value.ToString().Contains('\0')))
            return null;
        if (first.Length == 0)
            return (20, after);
        return int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is >= 1 and <= LargestPage ? (count, after) : null;
    }

    /// <summary>A page of events, which go by their numbers; null when the parameters are not valid.</summary>
    public static (int First, long After)? EventPageOf(HttpRequest request) =>
        PageOf(request) is { } page && long.TryParse(page.After.Length == 0 ? "0" : page.After, NumberStyles.None, CultureInfo.InvariantCulture, out var after)
            ? (page.First, after) : null;
}

/// <summary>A change to a client or a person: which, whose, and seen in which version.</summary>
/// <param name="IfMatch">The <c>If-Match</c> header as sent.</param>
internal sealed record Change(string Id, string Actor, string? IfMatch)
{
    /// <summary>Why the change cannot be made to what stands at that version; null when it can.</summary>
    public Refusal? Refused(string etag) =>
        string.IsNullOrWhiteSpace(IfMatch) ? ClientRefusals.IfMatchMissing
        : IfMatch.Split(',').Any(tag => tag.Trim() == etag) ? null : ClientRefusals.Stale;
}
