using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerUI;

namespace OneDoor.Platform;

/// <summary>openapi.yaml, /docs and what routes say about themselves there.</summary>
public static partial class RestContract
{
    /// <summary>The document's address without its extension.</summary>
    public const string Document = "openapi";

    public static void AddRestContract(this WebApplicationBuilder builder)
    {
        var authority = AuthenticationOptions.Of(builder.Configuration).Authority;
        var scopes = typeof(Scopes).GetFields().Where(field => field.IsLiteral).ToDictionary(scope => (string)scope.GetRawConstantValue()!, scope => Docstrings.Of(scope)!);
        builder.Services.AddOutputCache();
        builder.Services.AddEndpointsApiExplorer();
        builder.Services.AddSwaggerGen(swagger =>
        {
            swagger.SwaggerDoc(Document, Info());
            swagger.SupportNonNullableReferenceTypes();
            swagger.NonNullableReferenceTypesAsRequired();
            swagger.CustomSchemaIds(SchemaId);
            foreach (var assembly in Docstrings.Assemblies)
                swagger.IncludeXmlComments(() => Docstrings.Of(assembly));
            swagger.MapType<JsonObject>(() => new OpenApiSchema { Type = JsonSchemaType.Object });
            swagger.MapType<JsonElement>(() => new OpenApiSchema { Type = JsonSchemaType.Object });
            swagger.MapType<decimal>(() => new OpenApiSchema { Type = JsonSchemaType.Number });
            swagger.AddSecurityDefinition(ContractFilter.OAuth, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.OAuth2,
                Description = "Access tokens of OneDoor's identity server, audience onedoor, 10 minutes. Outside development a system's token with one of "
                    + $"{string.Join(", ", Scopes.OfDepartments)} is bound to its client's certificate (RFC 8705), and taken on connections with that alone.",
                Flows = new OpenApiOAuthFlows
                {
                    ClientCredentials = new OpenApiOAuthFlow { TokenUrl = new Uri(authority + "/connect/token"), Scopes = scopes },
                    AuthorizationCode = new OpenApiOAuthFlow
                    {
                        AuthorizationUrl = new Uri(authority + "/connect/authorize"), TokenUrl = new Uri(authority + "/connect/token"), Scopes = scopes,
                    },
                },
            });
            swagger.SchemaFilter<ContractMembers>();
            swagger.SchemaFilter<KindsFilter>();
            swagger.OperationFilter<ContractFilter>();
            swagger.DocumentFilter<ContractFilter>();
        });
    }

    public static void MapRestContract(this WebApplication app)
    {
        app.MapSwagger("/{documentName}.{extension:regex(^(json|yaml)$)}", options => options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1).AllowAnonymous()
            // Describing every route takes a while, and anybody may ask: it is done once.
            .CacheOutput(policy => policy.Expire(TimeSpan.FromDays(1)).SetVaryByQuery([]).SetVaryByHost(false))
            .Finally(endpoint => endpoint.RequestDelegate = QuoteTruthValues(endpoint.RequestDelegate!));
        app.MapGet("/docs", () => Results.Redirect("/docs/index.html")).AllowAnonymous().ExcludeFromDescription();
        // Nothing but its pages passes what serves them: it would look at the path of every request.
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/docs"), docs =>
        {
            docs.Use((http, next) =>
            {
                // Swagger UI styles elements inline; it runs its own scripts only and talks to this server and, in the sandbox, the token endpoint.
                http.Response.Headers.ContentSecurityPolicy =
                    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'; "
                    + Pages.ConnectPolicy(app);
                // One signs in in a window of its own, whose last page hands the code to the page that opened it.
                http.Response.Headers["Cross-Origin-Opener-Policy"] =
                    http.Request.Path.Value!.EndsWith("/oauth2-redirect.html", StringComparison.Ordinal) ? "unsafe-none" : "same-origin-allow-popups";
                return next(http);
            });
            docs.UseSwaggerUI(ui =>
            {
                ui.RoutePrefix = "docs";
                ui.SwaggerEndpoint($"/{Document}.yaml", "OneDoor");
                ui.DocumentTitle = "OneDoor API";
                // So many operations are looked for by their capability; open, the page would only draw what is in view.
                ui.DocExpansion(DocExpansion.None);
                ui.HeadContent = """<meta name="viewport" content="width=device-width, initial-scale=1">""";
                ui.InjectStylesheet("/docs.css");
                ui.InjectJavascript("/docs.js");
                ui.OAuthClientId(Pages.Client);
                ui.OAuthUsePkce();
            });
        });
        app.MapErrorPages();
        app.MapGuidePages();
    }

    /// <summary>The route answers these refusals, besides the ones every route can give.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params int[] statuses)
    {
        foreach (var status in statuses)
            route.Produces<Problem>(status, Problems.ContentType);
        return route;
    }

    /// <summary>Declares a route that answers with what there always is, as figures, or that it has not changed.</summary>
    /// <param name="name">The operation's id.</param>
    /// <param name="summary">What it does.</param>
    /// <param name="example">An answer.</param>
    public static RouteHandlerBuilder Reads<T>(this RouteHandlerBuilder route, string name, string summary, object example) => route
        .WithName(name)
        .WithSummary(summary)
        .Produces<T>()
        .Shows(request: null, example)
        .Produces(StatusCodes.Status304NotModified)
        .Refuses(400);

    /// <summary>Declares a route that answers with one thing, or that it has not changed, or that it does not exist for the caller.</summary>
    /// <inheritdoc cref="Reads"/>
    public static RouteHandlerBuilder ReadsOne<T>(this RouteHandlerBuilder route, string name, string summary, object example) => route
        .Reads<T>(name, summary, example)
        .Refuses(404);

    /// <summary>Declares a route that answers with a page of things.</summary>
    /// <param name="name">The operation's id.</param>
    /// <param name="summary">What it does.</param>
    /// <param name="example">One of the things.</param>
    public static RouteHandlerBuilder Lists<T>(this RouteHandlerBuilder route, string name, string summary, T example) => route
        .WithName(name)
        .WithSummary(summary)
        .Produces<Page<T>>()
        .Shows(request: null, new Page<T>([example], null))
        .Refuses(400);

    /// <summary>Declares a route that does something to a thing.</summary>
    /// <param name="name">The operation's id.</param>
    /// <param name="summary">What it does.</param>
    /// <param name="request">What it is sent; null for nothing.</param>
    /// <param name="answer">The thing.</param>
    /// <param name="status">Of an answer.</param>
    public static RouteHandlerBuilder Does<T>(this RouteHandlerBuilder route, string name, string summary, object? request, object answer, int status = StatusCodes.Status200OK) => route
        .WithName(name)
        .WithSummary(summary)
        .TakesIdempotencyKey()
        .Produces<T>(status)
        .Shows(request, answer)
        .Refuses(400, 409, 413, 415, 422);

    /// <summary>Declares a route by which a thing is changed, on a version of it.</summary>
    /// <inheritdoc cref="Does"/>
    public static RouteHandlerBuilder Changes<T>(this RouteHandlerBuilder route, string name, string summary, object? request, object answer) => route
        .Does<T>(name, summary, request, answer)
        .Refuses(404, 412, 428);

    /// <summary>The route takes <c>Idempotency-Key</c>.</summary>
    /// <param name="isFact">What it does is a fact, and signed for.</param>
    public static RouteHandlerBuilder TakesIdempotencyKey(this RouteHandlerBuilder route, bool isFact = true) => route.WithMetadata(new TakesIdempotencyKey(isFact));

    /// <summary>The route takes bytes as its body.</summary>
    public static RouteHandlerBuilder TakesBytes(this RouteHandlerBuilder route, int largest, Refusal tooLarge, IReadOnlyList<string> mediaTypes) =>
        route.WithMetadata(new TakesBytes(largest, tooLarge, mediaTypes));

    /// <summary>Shows the documentation's readers a real request and its real answer.</summary>
    public static RouteHandlerBuilder Shows(this RouteHandlerBuilder route, object? request, object answer) =>
        route.WithMetadata(new Example(request, answer));

    // Words such as "on", as members or as what stands in them, are text in YAML 1.2, and true or false to readers of YAML 1.1.
    private static RequestDelegate QuoteTruthValues(RequestDelegate describe) => async http =>
    {
        // Whoever waits for the same has it whether or not the first who asked is still there.
        http.RequestAborted = CancellationToken.None;
        var answer = http.Response.Body;
        using var described = new MemoryStream();
        http.Response.Body = described;
        await describe(http);
        http.Response.Body = answer;
        await http.Response.WriteAsync(ReadAsTruthValue().Replace(Encoding.UTF8.GetString(described.GetBuffer(), 0, (int)described.Length), "$1'$2'"));
    };

    [GeneratedRegex("^([ ]+(?:- )*(?:[^ \\n]+: )?)(on|off|y|n|yes|no)(?=:?$|: )", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex ReadAsTruthValue();

    private static OpenApiInfo Info() => new()
    {
        Title = "OneDoor",
        Version = "1.0.0",
        Summary = "只进一扇门，能办百件事: one door to every department of the zone.",
        Description = """
            Submit, decide and query cases with every department of the zone. [The guide](/docs/API.md) has scopes, conventions and each capability.

            - Get an access token from the identity server (client credentials), and send it as `Authorization: Bearer`.
            - Send `Idempotency-Key` with every POST and repeat with the same key until you have an answer: it happens once.
            - A change names the version it saw: `If-Match` with the `ETag` you read (428 without, 412 when stale).
            - Errors are problem+json; `code` is the member to branch on, and `type` a page that explains it.
            - What you may not see does not exist for you: 404.
            """,
        License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
        Contact = new OpenApiContact { Name = "OneDoor's maintainers" },
    };

    private static string SchemaId(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(History<>) ? $"{type.GetGenericArguments()[0].Name[..^"Event".Length]}History"
        : type.IsGenericType ? string.Create(CultureInfo.InvariantCulture, $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}Of{string.Concat(type.GetGenericArguments().Select(SchemaId))}")
        : type.IsAssignableTo(typeof(ICommand)) ? type.Name + "Request" : type.Name;
}

/// <summary>Marks a route that takes <c>Idempotency-Key</c>, and may give a receipt.</summary>
public sealed record TakesIdempotencyKey(bool GivesReceipt);

/// <summary>Tells the contract of a header that a route reads and no handler names.</summary>
/// <param name="IsRequired">Without it the request is refused.</param>
public sealed record TakesHeader(string Name, string Says, bool IsRequired = false);

/// <summary>Tells the contract of a header that a route's answers of a status have, besides those that every route's have.</summary>
public sealed record AnswersHeader(string Name, string Says, int Status = StatusCodes.Status200OK);

/// <summary>A request and its answer, as the documentation shows them.</summary>
public sealed record Example(object? Request, object Answer);
