using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;

namespace OneDoor.Wire;

/// <summary>An RFC 9457 problem: how every refusal and every fault reaches a client.</summary>
public sealed record Problem
{
    /// <summary>A page that explains the code.</summary>
    public required string Type { get; init; }
    public required string Title { get; init; }
    public required int Status { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Detail { get; init; }

    /// <summary>Stable; the one member for a program to branch on.</summary>
    public required string Code { get; init; }

    /// <summary>Names the request in the platform's traces; the header <c>Request-Id</c> of every answer.</summary>
    public required string TraceId { get; init; }

    /// <summary>The places in the request that caused the problem: all that could be found at this stage. <c>code</c> is the first one's.</summary>
    public required IReadOnlyList<RefusedField> Errors { get; init; }

    /// <summary>What can be asked for instead, where something is offered.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Instead? Instead { get; init; }

    /// <summary>Ids of the things that stand in the way, all of them, where something else than what was asked does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Guid>? Things { get; init; }
}

/// <summary>A place in the request that was refused.</summary>
/// <param name="Pointer">JSON Pointer (RFC 6901) into the body, in GraphQL into <c>input</c>; or the name of a parameter, header or argument.</param>
/// <param name="Code">Why, as a stable code.</param>
/// <param name="Title">What is refused there, in the language that Accept-Language prefers.</param>
/// <param name="Detail">What was wrong this time and what would be right.</param>
public sealed record RefusedField(
    string Pointer, string Code, string Title, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Detail)
{
    public static RefusedField Of(FieldRefusal field, string language) =>
        new(field.Pointer, field.Code, field.Title.In(language), field.Detail?.In(language));
}

/// <summary>A refusal as an HTTP answer, in the language the client asked for.</summary>
public sealed class ProblemResult(Refusal refusal) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => refusal.Status;

    public Task ExecuteAsync(HttpContext httpContext) => Problems.Write(httpContext, refusal);
}

/// <summary>The one place where refusals and faults become problem+json.</summary>
public static partial class Problems
{
    public const string ContentType = "application/problem+json";

    /// <summary>Where the pages that explain the codes are.</summary>
    public const string Pages = "/docs/errors/";

    public static ProblemResult ToProblem(this Refusal refusal) => new(refusal);

    public static async Task Write(HttpContext http, Refusal refusal)
    {
        var language = Language.Of(http.Request);
        var problem = Of(refusal, language, http.TraceIdentifier);
        http.RequestServices.GetRequiredService<SecurityLog>().Refused(http, refusal);
        http.Response.StatusCode = refusal.Status;
        http.Response.Headers.ContentLanguage = language;
        http.Response.Headers.CacheControl = "no-store";
        if (refusal.Status == StatusCodes.Status503ServiceUnavailable)
            http.Response.Headers.RetryAfter = "5";
        await http.Response.WriteAsJsonAsync(problem, RestJson.Options, ContentType, http.RequestAborted);
    }

    /// <summary>A refusal in words.</summary>
    public static Problem Of(Refusal refusal, string language, string traceId) => new()
    {
        Type = Pages + refusal.Code,
        Title = refusal.Title.In(language),
        Status = refusal.Status,
        Detail = refusal.Detail?.In(language),
        Code = refusal.Code,
        TraceId = traceId,
        Errors = [.. refusal.Fields.Select(field => RefusedField.Of(field, language))],
        Instead = refusal.Instead,
        Things = refusal.Things,
    };

    /// <summary>Answers faults and bare status codes, so that no answer is without a code.</summary>
    /// <param name="app">The host.</param>
    /// <param name="ofFault">The refusal a fault is answered with: <see cref="OfFault"/>, and what the host knows of its own.</param>
    public static void UseProblems(this WebApplication app, Func<Exception, Refusal> ofFault)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = async http =>
            {
                var fault = http.Features.Get<IExceptionHandlerFeature>()!.Error;
                if (http.RequestAborted.IsCancellationRequested)
                    return;
                var refusal = ofFault(fault);
                if (refusal.Status == StatusCodes.Status503ServiceUnavailable)
                    LogUnavailable(app.Logger, fault);
                await Write(http, refusal);
            },
            // A client's mistake is no fault of ours: it is counted as a refusal, not logged as an error.
            SuppressDiagnosticsCallback = context => ofFault(context.Exception) != RequestRefusals.Fault,
        });
        app.UseStatusCodePages(pages => Write(pages.HttpContext, OfStatus(pages.HttpContext.Response.StatusCode)));
    }

    /// <summary>The refusal a fault is answered with: the client's mistake, or ours.</summary>
    public static Refusal OfFault(Exception fault) => fault switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => RequestRefusals.TooLarge,
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => RequestRefusals.MediaType,
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => RequestRefusals.TooSlow,
        BadHttpRequestException { InnerException: JsonException json } => OfJson(json),
        BadHttpRequestException bad => OfBinding(bad.Message),
        _ => RequestRefusals.Fault,
    };

    // ASP.NET Core says what it could not bind in words only: Failed to bind parameter "int? first" from "abc".
    private static Refusal OfBinding(string message) => Regex.Match(message, "parameter \"\\S+ (?<name>\\w+)\"").Groups["name"].Value switch
    {
        "" when message.Contains("body", StringComparison.OrdinalIgnoreCase) => RequestRefusals.BodyMissing,
        "" => RequestRefusals.Invalid,
        _ when message.Contains("from body", StringComparison.Ordinal) => RequestRefusals.BodyMissing,
        var name when message.Contains("was not provided", StringComparison.Ordinal) => RequestRefusals.ParameterInvalid.Because("缺少该参数。", "It is missing.").At(name),
        var name => RequestRefusals.ParameterInvalid.At(name),
    };

    private static Refusal OfJson(JsonException json)
    {
        var pointer = Pointer(json.Path);
        for (; json.InnerException is JsonException { Path: not null } inList; json = inList)
            pointer += Pointer(inList.Path);
        return json.Message switch
        {
            var m when m.Contains("could not be mapped to any .NET member", StringComparison.Ordinal) => RequestRefusals.UnknownField.At(pointer),
            var m when m.Contains("missing required properties", StringComparison.Ordinal) => RequestRefusals.FieldMissing.At(pointer),
            var m when m.Contains("Duplicate property", StringComparison.Ordinal) => RequestRefusals.DuplicateField.At(pointer),
            var m when m.StartsWith(PlatformText.Invalid, StringComparison.Ordinal) => RequestRefusals.TextInvalid.At(pointer),
            // A number, say, where the text "3" stands: System.Text.Json says so with the exception that it has for broken text.
            _ when json.InnerException is InvalidOperationException { Message: var m } && m.Contains("token type", StringComparison.Ordinal) =>
                RequestRefusals.FieldInvalid.At(pointer),
            _ when json.InnerException is InvalidOperationException or DecoderFallbackException => RequestRefusals.TextInvalid.At(pointer),
            _ => RequestRefusals.FieldInvalid.At(pointer),
        };
    }

    // System.Text.Json says $.materials[0]['a/b'] where RFC 6901 says /materials/0/a~1b.
    private static string Pointer(string? path) => string.Concat(JsonPathStep().Matches(path ?? "").Select(step =>
        FieldRefusal.PointerTo("", step.Groups["name"].Value)));

    // What stands in quotes may hold quotes and brackets: it ends where another step begins, or the path ends.
    [GeneratedRegex(@"\['(?<name>.*?)'\](?=[.\[]|\z)|\[(?<name>\d+)\]|\.(?<name>[^.\[]*)", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex JsonPathStep();

    /// <summary>Logs what a 503 was for: its code does not tell what is away, or who asks too much.</summary>
    [LoggerMessage(LogLevel.Warning, "Answered 503")]
    public static partial void LogUnavailable(ILogger log, Exception fault);

    /// <summary>The refusal that is answered where there is nothing but a status.</summary>
    public static Refusal OfStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => RequestRefusals.RouteNotFound,
        StatusCodes.Status405MethodNotAllowed => RequestRefusals.MethodNotAllowed,
        StatusCodes.Status413PayloadTooLarge => RequestRefusals.TooLarge,
        StatusCodes.Status415UnsupportedMediaType => RequestRefusals.MediaType,
        StatusCodes.Status412PreconditionFailed => RequestRefusals.Stale,
        >= 500 => RequestRefusals.Fault,
        _ => RequestRefusals.Invalid with { Status = status },
    };
}
