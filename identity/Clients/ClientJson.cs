using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Options;
using OneDoor.Identity.Pages;
using OneDoor.Identity.Platform;

namespace OneDoor.Identity.Clients;

/// <summary>The JSON of client administration, in the conventions of the platform's API: strict in, problem+json out.</summary>
internal static class ClientJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        MaxDepth = 16,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new ChinaTime() },
    };

    /// <summary>The body as a <typeparamref name="T"/>, or why it is none.</summary>
    public static async Task<(T? Value, Refusal? Refused)> ReadAsync<T>(HttpRequest request) where T : class
    {
        if (!request.HasJsonContentType())
            return (null, ClientRefusals.MediaType);
        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(request.Body, Options, request.HttpContext.RequestAborted);
            return value is null ? (null, ClientRefusals.MalformedJson) : (value, null);
        }
        catch (JsonException refused)
        {
            // System.Text.Json has a reader exception inside when the text itself is broken.
            return (null, refused.InnerException is JsonException ? ClientRefusals.MalformedJson : ClientRefusals.FieldInvalid.At(Pointer(refused.Path)));
        }
        catch (BadHttpRequestException refused) when (refused.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (null, ClientRefusals.TooLarge);
        }
    }

    /// <summary>A list of texts as OpenIddict stores it.</summary>
    public static IReadOnlyList<string> Strings(string? json) => JsonSerializer.Deserialize<string[]>(json is { Length: > 0 } ? json : "[]")!;

    /// <summary>A refusal as RFC 9457 problem JSON, in Chinese or English as the request asks.</summary>
    public static Task WriteAsync(HttpContext http, Refusal refusal)
    {
        var language = (Language.Accepted(http.Request) ?? Language.English).Tag;
        var problem = new
        {
            Type = ErrorPages.AddressOf(http.RequestServices.GetRequiredService<IOptions<IdentityOptions>>().Value, refusal.Code),
            Title = refusal.Title.In(language),
            refusal.Status,
            Detail = refusal.Detail?.In(language),
            refusal.Code,
            TraceId = http.TraceIdentifier,
            Errors = refusal.Fields.Select(f => new { f.Pointer, f.Code, Title = f.Title.In(language), Detail = f.Detail?.In(language) }),
        };
        http.Response.StatusCode = refusal.Status;
        http.Response.Headers.ContentLanguage = language;
        http.Response.Headers.CacheControl = "no-store";
        if (refusal.Status == StatusCodes.Status401Unauthorized)
            http.Response.Headers.WWWAuthenticate = refusal == ClientRefusals.TokenMissing ? "Bearer" : $"Bearer error=\"invalid_token\", error_description=\"{refusal.Title.En}\"";
        if (refusal.Status == StatusCodes.Status403Forbidden)
            http.Response.Headers.WWWAuthenticate = $"Bearer error=\"insufficient_scope\", scope=\"{Scopes.ClientsManage}\"";
        return http.Response.WriteAsJsonAsync(problem, Options, "application/problem+json", http.RequestAborted);
    }

    // System.Text.Json says $.jwks.keys[0] where RFC 6901 says /jwks/keys/0.
    private static string Pointer(string? path) => (path ?? "$")[1..].Replace('.', '/').Replace('[', '/').Replace("]", "", StringComparison.Ordinal);
}

/// <summary>A refusal as the answer of a route.</summary>
internal sealed class RefusedResult(Refusal refusal) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.RequestServices.GetRequiredService<SecurityLog>().Refused(httpContext, refusal.Status, refusal.Code);
        return ClientJson.WriteAsync(httpContext, refusal);
    }
}

/// <summary>Instants as the platform answers them: RFC 3339 in China Standard Time.</summary>
internal sealed class ChinaTime : JsonConverter<DateTimeOffset>
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToOffset(Offset));
}
