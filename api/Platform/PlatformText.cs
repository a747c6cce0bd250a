using System.Text.Json;
using System.Text.Json.Serialization;

namespace OneDoor.Platform;

/// <summary>Reads JSON strings as text that every store and every reader can hold: valid Unicode, no NUL.</summary>
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
