using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Metadata;

namespace OneDoor.Wire;

/// <summary>
/// What is wrong with the form of a body, all of it at once and with what would be right: the serializer, which reads bodies,
/// stops at the first mistake and does not say what it would have taken. Asked only once that has refused one.
/// </summary>
public static class BodyForm
{
    // Beyond the largest body: what was read of one is kept in memory, never in a file.
    private const int KeptInMemory = 2 * 1024 * 1024;

    // What a small body is read into has its length from the beginning; whoever sends a longer one, or does not say, has room made as it comes.
    private const int Small = 64 * 1024;

    private static readonly JsonDocumentOptions AsDeep = new() { MaxDepth = RestJson.Options.MaxDepth };

    public static void UseBodyForm(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (http.BringsMore() && await BesidesNothing(http) is { } more)
        {
            await Problems.Write(http, more);
            return;
        }
        if (http.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>() is not { RequestType: { } type } accepts)
        {
            await next(http);
            return;
        }
        http.Request.EnableBuffering(http.Request.ContentLength is > 0 and <= Small and var length ? (int)length : KeptInMemory, KeptInMemory);
        if (accepts.IsOptional && http.HasBody() && await IsNull(http.Request.Body, http.RequestAborted))
        {
            await Problems.Write(http, Invalid(type, ""));
            return;
        }
        try
        {
            await next(http);
        }
        catch (BadHttpRequestException refused) when (refused.InnerException is JsonException)
        {
            http.Request.Body.Position = 0;
            await Problems.Write(http, await Refused(type, http.Request.Body, http.RequestAborted) ?? Problems.OfFault(refused));
        }
    });

    /// <summary>Null where it is of a form that this class finds nothing wrong with. What is no JSON has no members to name.</summary>
    private static async Task<Refusal?> Refused(Type type, Stream body, CancellationToken ct)
    {
        try
        {
            using var json = await JsonDocument.ParseAsync(body, AsDeep, ct);
            return Refusal.AllOf(Check(type, json.RootElement, ""));
        }
        catch (JsonException)
        {
            return RequestRefusals.MalformedJson;
        }
        catch (InvalidOperationException)
        {
            return null; // Half a character in the name of a member.
        }
    }

    // Where a body may be left out, null would be taken for that: who sends it has lost what they meant to send.
    private static async Task<bool> IsNull(Stream body, CancellationToken ct)
    {
        try
        {
            using var json = await JsonDocument.ParseAsync(body, AsDeep, ct);
            return json.RootElement.ValueKind == JsonValueKind.Null;
        }
        catch (JsonException)
        {
            return false; // What is wrong with it is said once it is read.
        }
        finally
        {
            body.Position = 0;
        }
    }

    // What would be dropped unread is refused, as an unknown field is.
    private static async Task<Refusal?> BesidesNothing(HttpContext http)
    {
        http.Request.EnableBuffering(KeptInMemory, KeptInMemory);
        try
        {
            using var json = await JsonDocument.ParseAsync(http.Request.Body, AsDeep, http.RequestAborted);
            return Refusal.AllOf(Check(typeof(TakesNothing), json.RootElement, ""));
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            return http.Request.Body.Length == 0 ? null : RequestRefusals.MalformedJson;
        }
    }

    private static IEnumerable<Refusal> Check(Type declared, JsonElement json, string at)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return json.ValueKind == JsonValueKind.Array
                ? json.EnumerateArray().SelectMany((element, i) => Check(type.GetGenericArguments()[0], element, $"{at}/{i}"))
                : [Invalid(type, at)];
        if (type == typeof(JsonElement))
            return Repeated(json, at);
        var contract = RestJson.Options.GetTypeInfo(type);
        if (contract.Kind == JsonTypeInfoKind.Object)
            return json.ValueKind == JsonValueKind.Object ? Members(contract, json, at) : [Invalid(type, at)];
        try
        {
            return json.Deserialize(contract) is null ? [Invalid(type, at)] : [];
        }
        catch (JsonException)
        {
            return [json.ValueKind == JsonValueKind.String && !IsText(json) ? RequestRefusals.TextInvalid.At(at) : Invalid(type, at)];
        }
    }

    private static IEnumerable<Refusal> Members(JsonTypeInfo contract, JsonElement json, string at)
    {
        var known = Known(contract).ToDictionary(p => p.Name);
        var listed = Text.List(known.Keys);
        var seen = new HashSet<string>();
        foreach (var member in json.EnumerateObject())
        {
            var here = FieldRefusal.PointerTo(at, member.Name);
            if (!seen.Add(member.Name))
                yield return RequestRefusals.DuplicateField.At(here);
            else if (!known.TryGetValue(member.Name, out var property))
                yield return (known.Count == 0
                    ? RequestRefusals.UnknownField.Because("此请求没有字段。", "This request has none.")
                    : RequestRefusals.UnknownField.Because($"字段：{listed.Zh}。", $"The fields are: {listed.En}.")).At(here);
            else if (member.Value.ValueKind != JsonValueKind.Null)
                foreach (var refusal in Check(property.PropertyType, member.Value, here))
                    yield return refusal;
            else if (property.PropertyType != typeof(JsonElement) && (!property.IsSetNullable || property.PropertyType is { IsValueType: true } && Nullable.GetUnderlyingType(property.PropertyType) is null))
                yield return Invalid(property.PropertyType, here);
        }
        foreach (var missing in known.Values.Where(p => IsRequired(p) && !seen.Contains(p.Name)))
            yield return RequestRefusals.FieldMissing.Because($"缺少 {missing.Name}：{Wanted(missing.PropertyType).Zh}。", $"{missing.Name} is missing: {Wanted(missing.PropertyType).En}.").At($"{at}/{missing.Name}");
    }

    // What has a form of its own, which its rule knows, names nothing twice either.
    private static IEnumerable<Refusal> Repeated(JsonElement json, string at)
    {
        if (json.ValueKind == JsonValueKind.Array)
            return json.EnumerateArray().SelectMany((element, i) => Repeated(element, $"{at}/{i}"));
        if (json.ValueKind != JsonValueKind.Object)
            return [];
        var seen = new HashSet<string>();
        return json.EnumerateObject().SelectMany(member => FieldRefusal.PointerTo(at, member.Name) is var here && seen.Add(member.Name) ? Repeated(member.Value, here) : [RequestRefusals.DuplicateField.At(here)]);
    }

    private static bool IsText(JsonElement json)
    {
        try
        {
            return !json.GetString()!.Contains('\0', StringComparison.Ordinal);
        }
        catch (InvalidOperationException)
        {
            return false; // Half a character.
        }
    }

    /// <summary>Whether a body without the member is refused.</summary>
    public static bool IsRequired(JsonPropertyInfo property) =>
        property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false, IsMemberInitializer: false };

    private static Refusal Invalid(Type type, string at)
    {
        var wanted = Wanted(type);
        return RequestRefusals.FieldInvalid.Because($"须为{wanted.Zh}。", $"It is {wanted.En}.").At(at);
    }

    /// <summary>What a member of the type takes, in words that follow "it is".</summary>
    private static Text Wanted(Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        return type switch
        {
            { IsEnum: true } => OneOf(type),
            { IsGenericType: true } => new("数组", "a list"),
            _ when type == typeof(string) => new("文本", "a text"),
            _ when type == typeof(bool) => new("true 或 false", "true or false"),
            _ when type == typeof(int) => new("整数", "a whole number"),
            _ when type == typeof(decimal) => new("数值", "a number"),
            _ when type == typeof(Guid) => new("id（UUID）", "an id, a UUID"),
            _ when type == typeof(DateOnly) => new("日期，格式 YYYY-MM-DD", "a day, YYYY-MM-DD"),
            _ when type == typeof(DateTimeOffset) => new("带时区的时间，如 2026-11-23T09:30:00+08:00", "an instant with its offset, for instance 2026-11-23T09:30:00+08:00"),
            _ when RestJson.Options.GetTypeInfo(type) is { Kind: JsonTypeInfoKind.Object } contract && Known(contract).Select(p => p.Name).ToArray() is { Length: > 0 } names && Text.List(names) is var listed =>
                new($"JSON 对象，字段：{listed.Zh}", $"a JSON object with {listed.En}"),
            _ => new("JSON 对象", "a JSON object"),
        };
    }

    private static IEnumerable<JsonPropertyInfo> Known(JsonTypeInfo contract) => contract.Properties.Where(p => p.Set is not null || p.AssociatedParameter is not null);

    private static Text OneOf(Type type)
    {
        var names = Text.List(Kebab.Members(type).Keys);
        return new($"以下之一：{names.Zh}", $"one of {names.En}");
    }
}
