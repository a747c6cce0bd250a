using System.Globalization;
using System.Text.Json;

namespace OneDoor.Forms;

/// <summary>The files that an answer to a form names (CASE-12).</summary>
public static class AnswerFiles
{
    /// <summary>Their ids, with where each stands. What is no id the form itself refuses.</summary>
    /// <param name="form">The form.</param>
    /// <param name="answer">What was filled in, or some of it.</param>
    /// <param name="at">Where the answer stands in what was sent.</param>
    public static IEnumerable<(string At, Guid File)> In(Form form, JsonElement answer, string at = "/form") => In(form.Fields, answer, at);

    private static IEnumerable<(string At, Guid File)> In(IReadOnlyList<Field> fields, JsonElement given, string at) =>
        given.ValueKind != JsonValueKind.Object ? [] : fields.Where(MayName)
            .SelectMany(field => given.TryGetProperty(field.Name, out var value) ? Of(field, value, $"{at}/{field.Name}") : []);

    // Hardly any form asks for one.
    private static bool MayName(Field field) => field.Type == FieldType.File || field.Fields.Any(MayName);

    private static IEnumerable<(string At, Guid File)> Of(Field field, JsonElement value, string at) => (field.Type, value.ValueKind) switch
    {
        (FieldType.File, _) => FormAnswer.FileOf(value) is { } file ? [(at, file)] : [],
        (FieldType.List, JsonValueKind.Array) => value.EnumerateArray().SelectMany((row, i) => In(field.Fields, row, string.Create(CultureInfo.InvariantCulture, $"{at}/{i}"))),
        (FieldType.Group, _) => In(field.Fields, value, at),
        _ => [],
    };
}
