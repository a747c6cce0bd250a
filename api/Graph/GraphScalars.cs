using System.Globalization;
using GraphQL.Types;
using GraphQLParser.AST;

namespace OneDoor.Graph;

/// <summary>Text that every store can hold: valid Unicode, no NUL.</summary>
public sealed class PlatformStringGraph : StringGraphType
{
    public PlatformStringGraph() => Name = "String";

    public override object? ParseLiteral(GraphQLValue value) => Checked(base.ParseLiteral(value));

    public override object? ParseValue(object? value) => Checked(base.ParseValue(value));

    public override bool CanParseLiteral(GraphQLValue value) => base.CanParseLiteral(value) && IsText(base.ParseLiteral(value) as string);

    private static object? Checked(object? value) => IsText(value as string) ? value : throw new FormatException(PlatformText.Invalid);

    private static bool IsText(string? text)
    {
        for (var i = 0; i < (text?.Length ?? 0); i++)
        {
            if (text![i] == '\0' || char.IsLowSurrogate(text[i]) || (char.IsHighSurrogate(text[i]) && (++i == text.Length || !char.IsLowSurrogate(text[i]))))
                return false;
        }
        return true;
    }
}

/// <summary>A scalar that is written as text.</summary>
public abstract class TextScalar<T> : ScalarGraphType where T : struct
{
    protected TextScalar(string name, string description)
    {
        (Name, Description) = (name, description);
        SpecifiedBy.Apply(this, "https://www.rfc-editor.org/rfc/rfc3339");
    }

    protected abstract T? Read(string? text);

    protected abstract string Write(T value);

    public override object? ParseLiteral(GraphQLValue value) => value switch
    {
        GraphQLNullValue => null,
        GraphQLStringValue text when Read((string)text.Value) is { } read => read,
        _ => ThrowLiteralConversionError(value),
    };

    public override object? ParseValue(object? value) => value switch
    {
        null => null,
        T typed => typed,
        string text when Read(text) is { } read => read,
        _ => ThrowValueConversionError(value),
    };

    public override object? Serialize(object? value) => value switch
    {
        null => null,
        T typed => Write(typed),
        _ => ThrowSerializationError(value),
    };
}

public sealed class InstantGraph() : TextScalar<DateTimeOffset>(
    "DateTime", "An instant with its offset (RFC 3339), for instance 2026-11-23T09:30:00+08:00; answers are in China Standard Time.")
{
    protected override DateTimeOffset? Read(string? text) => Instant.Parse(text);

    protected override string Write(DateTimeOffset value) => Instant.Format(value);
}

public sealed class DayGraph() : TextScalar<DateOnly>("Date", "A day, YYYY-MM-DD, China Standard Time.")
{
    protected override DateOnly? Read(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and < 9000
            ? day
            : null;

    protected override string Write(DateOnly value) => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
