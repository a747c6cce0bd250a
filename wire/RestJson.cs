using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace OneDoor.Wire;

/// <summary>What REST adds to the platform's JSON: text and lists that every rule can rely on, instants in the zone's time.</summary>
public static class RestJson
{
    public const string ContentType = "application/json; charset=utf-8";

    public static readonly JsonSerializerOptions Options = Complete(Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web)));

    public static JsonSerializerOptions Configure(JsonSerializerOptions options)
    {
        PlatformJson.Configure(options);
        options.PropertyNameCaseInsensitive = false;
        options.Converters.Add(new PlatformText());
        options.Converters.Add(new PlatformInstant());
        options.Converters.Add(new PlatformDay());
        options.Converters.Add(new PlatformLists());
        return options;
    }

    /// <summary>Writes JSON that is at hand.</summary>
    public static Task WriteJson(this HttpResponse response, byte[] body)
    {
        response.ContentType = ContentType;
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, response.HttpContext.RequestAborted).AsTask();
    }

    // What is asked for the form of a type before anything has been read or written must know of types, too.
    private static JsonSerializerOptions Complete(JsonSerializerOptions options)
    {
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}

/// <summary>Strings as text that every store and every reader can hold: valid Unicode, no NUL.</summary>
public sealed class PlatformText : JsonConverter<string>
{
    /// <summary>The message of the exception for text that is not.</summary>
    public const string Invalid = "The text is not valid.";

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException();
        try
        {
            var text = reader.GetString();
            return text is not null && text.Contains('\0') ? throw new JsonException(Invalid) : text;
        }
        catch (InvalidOperationException)
        {
            throw new JsonException(Invalid);
        }
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>Instants with their offset (RFC 3339); written in China Standard Time.</summary>
public sealed class PlatformInstant : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Instant.Parse(reader.GetString()) is { } at ? at : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Instant.InZone(value));
}

/// <summary>Days as the calendar of every limit has them.</summary>
public sealed class PlatformDay : JsonConverter<DateOnly>
{
    public override DateOnly Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Parse(reader.GetString()) is { } day ? day : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateOnly value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>The day that a text names, YYYY-MM-DD; null for what is none, or of a year that nobody counts in.</summary>
    public static DateOnly? Parse(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and < 9000 ? day : null;
}

/// <summary>Lists without holes: null is no element of any.</summary>
public sealed class PlatformLists : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Of<T> : JsonConverter<IReadOnlyList<T>>
    {
        public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                var list = JsonSerializer.Deserialize<T[]>(ref reader, options)!;
                return Array.Exists(list, element => element is null) ? throw new JsonException() : list;
            }
            catch (JsonException inList) when (inList.Path is not null)
            {
                // Its path begins at the list: this one gets the list's own path, and Problems joins the two.
                throw new JsonException(inList.Message, inList);
            }
        }

        // As an array, which the serializer writes at one go.
        public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value as T[] ?? [.. value], options);
    }
}
