using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.Extensions;
using OneDoor.Identity.Platform;

namespace OneDoor.Identity.Clients;

/// <summary>What the routes of client and people administration share: the token, the version, pages.</summary>
internal static class OperatorRoutes
{
    private const string Subject = "subject";
    private const int LargestPage = 100, UsualPage = 20;
    private static readonly string[] Prefixes = ["/clients", "/client-events", "/people", "/person-events"];

    /// <summary>Whether the address is one of an operator's.</summary>
    public static bool Serve(PathString path) => Prefixes.Any(prefix => path.StartsWithSegments(prefix));

    /// <summary>A group of routes for tokens with the scope <c>clients:manage</c>.</summary>
    public static RouteGroupBuilder MapOperator(this WebApplication app) => app.MapGroup("").AddEndpointFilter(async (context, next) =>
    {
        var (subject, refused) = await context.HttpContext.RequestServices.GetRequiredService<OperatorTokens>().CheckAsync(context.HttpContext);
        context.HttpContext.Items[Subject] = subject;
        refused ??= QueryRefused(context.HttpContext);
        return refused is null ? await next(context) : new RefusedResult(refused);
    });

    /// <summary>The route takes these query parameters; without, it takes none.</summary>
    public static void Takes(this RouteHandlerBuilder route, params string[] parameters) => route.WithMetadata(new TakenParameters(parameters));

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

    /// <summary>A page with its <c>next</c>, which also stands in the <c>Link</c> header (RFC 8288).</summary>
    /// <param name="last">Where the page ends in the list's own terms, when there are more; null on the last page.</param>
    public static IResult Page<T>(HttpContext http, IReadOnlyList<T> items, string? last)
    {
        string? next = null;
        if (last is not null)
        {
            var query = new QueryBuilder(http.Request.Query.Where(p => p.Key != "after").Select(p => KeyValuePair.Create(p.Key, p.Value.ToString())))
            {
                { "after", CursorsOf(http.Request).Protect(last) },
            };
            next = http.Request.Path + query.ToString();
            http.Response.Headers.Link = $"<{next}>; rel=\"next\"";
        }
        return Results.Json(new Dictionary<string, object?> { ["items"] = items, ["next"] = next }, ClientJson.Options);
    }

    /// <summary><c>first</c> (1 to 100, 20 by default) and the position in <c>after</c>, empty without one; the refusal when they are not valid.</summary>
    public static (int First, string After, Refusal? Refused) PageOf(HttpRequest request)
    {
        var (first, after) = (request.Query["first"].ToString(), request.Query["after"].ToString());
        var count = UsualPage;
        if (first.Length > 0 && (!int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > LargestPage))
            return (0, "", ClientRefusals.ParameterInvalid.At("first"));
        if (!request.Query.ContainsKey("after"))
            return (count, "", null);
        try
        {
            return (count, CursorsOf(request).Unprotect(after), null);
        }
        catch (CryptographicException)
        {
            return (0, "", ClientRefusals.CursorInvalid.At("after"));
        }
    }

    private static Refusal? QueryRefused(HttpContext http)
    {
        var taken = http.GetEndpoint()?.Metadata.GetMetadata<TakenParameters>()?.Names ?? [];
        return http.Request.Query.Select(parameter => parameter switch
        {
            { Key: var name } when !taken.Contains(name) => ClientRefusals.ParameterUnknown.At(name),
            { Key: var name, Value: not [{ Length: > 0 }] } => ClientRefusals.ParameterInvalid.At(name),
            { Key: var name, Value: [{ } value] } when value.Contains('\0') => ClientRefusals.ParameterInvalid.At(name),
            _ => null,
        }).FirstOrDefault(refused => refused is not null);
    }

    // A cursor of one list is no cursor of another.
    private static IDataProtector CursorsOf(HttpRequest request) =>
        request.HttpContext.RequestServices.GetDataProtector("cursors", request.Path.Value!.TrimEnd('/').ToLowerInvariant());

    /// <summary>A page of events, which go by their numbers: of all, or of the one a query parameter names.</summary>
    /// <param name="field">Under which an event says whom it is about.</param>
    public static async Task<IResult> ListEventsAsync(HttpContext http, AuditTrail events, string parameter, string field)
    {
        var subject = http.Request.Query[parameter].ToString();
        var (first, position, refused) = PageOf(http.Request);
        if (refused is not null)
            return new RefusedResult(refused);
        var after = position.Length == 0 ? 0 : long.Parse(position, CultureInfo.InvariantCulture);
        var found = await events.ListAsync(subject.Length == 0 ? null : subject, after, first + 1, http.RequestAborted);
        var shown = found.Take(first).ToList();
        return Page(http, shown.ConvertAll(View), found.Count > first ? shown[^1].Number.ToString(CultureInfo.InvariantCulture) : null);

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

/// <summary>The query parameters a route takes.</summary>
internal sealed record TakenParameters(IReadOnlyList<string> Names);

/// <summary>A change to a client or a person: which, whose, and seen in which version.</summary>
/// <param name="IfMatch">The <c>If-Match</c> header as sent.</param>
internal sealed record Change(string Id, string Actor, string? IfMatch)
{
    /// <summary>Why the change cannot be made to what stands at that version; null when it can.</summary>
    public Refusal? Refused(string etag) =>
        string.IsNullOrWhiteSpace(IfMatch) ? ClientRefusals.IfMatchMissing
        : IfMatch.Split(',').Any(tag => tag.Trim() == etag) ? null : ClientRefusals.Stale;
}
