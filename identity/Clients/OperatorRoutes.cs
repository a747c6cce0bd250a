using System.Globalization;
using System.Text.Json;
using OneDoor.Identity.Platform;

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

    /// <summary>A page of events, which go by their numbers: of all, or of the one a query parameter names.</summary>
    /// <param name="field">Under which an event says whom it is about.</param>
    public static async Task<IResult> ListEventsAsync(HttpContext http, AuditTrail events, string path, string parameter, string field)
    {
        var subject = http.Request.Query[parameter].ToString();
        if (PageOf(http.Request) is not { } page ||
            !long.TryParse(page.After.Length == 0 ? "0" : page.After, NumberStyles.None, CultureInfo.InvariantCulture, out var after))
            return new RefusedResult(ClientRefusals.ParameterInvalid);
        var found = await events.ListAsync(subject.Length == 0 ? null : subject, after, page.First + 1, http.RequestAborted);
        var shown = found.Take(page.First).ToList();
        var rest = string.Create(CultureInfo.InvariantCulture, $"{path}?{parameter}={Uri.EscapeDataString(subject)}&first={page.First}&after={shown.LastOrDefault()?.Number}");
        return Page(shown.ConvertAll(View), found.Count > page.First ? rest : null);

        Dictionary<string, object> View(AuditEvent e) => new()
        {
            ["number"] = e.Number,
            ["at"] = e.At,
            ["actor"] = e.Actor,
            [field] = e.Subject,
            ["kind"] = e.Kind,
            ["details"] = JsonSerializer.Deserialize<JsonElement>(e.Details),
        };
    }
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
