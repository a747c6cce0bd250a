using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OneDoor.Forms;

namespace OneDoor.Batches;

/// <summary>A column of a batch's file.</summary>
/// <param name="Path">What it is in the application, for instance <c>worker.idNumber</c>: one of the names by which a file may call it.</param>
/// <param name="Label">The other two.</param>
/// <param name="Field">What stands in it.</param>
/// <param name="IsRequired">No line is complete without it.</param>
public sealed record BatchColumn(string Path, Text Label, Field Field, bool IsRequired)
{
    private static readonly string[] Numbers = ["idNumber", "uscc"];

    /// <summary>It holds the number of a document, which a spreadsheet takes for a quantity.</summary>
    public bool IsIdentifier => Numbers.Contains(Field.Name);

    /// <summary>Whether a file calls it so.</summary>
    public bool IsCalled(string name) => name == Path || name == Label.Zh || name.Equals(Label.En, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The columns of a batch of applications for an item (ENTRY-1): the fields of its form, in their order, and how the employer is reached.</summary>
public static class BatchColumns
{
    /// <summary>What the form says of whom an employer applies for.</summary>
    public const string Worker = Form.Worker;

    /// <summary>How the employer is reached about the line.</summary>
    public const string Phone = "contact.phone", Email = "contact.email";

    private static readonly string[] Days = ["yyyy-MM-dd", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd"], Months = ["yyyy-MM", "yyyy/M", "yyyy.MM", "yyyy年M月", "yyyyMM"];

    private static readonly string[] Yes = ["true", "yes", "是", "y"], No = ["false", "no", "否", "n"];

    private static readonly IReadOnlyList<BatchColumn> Contact =
    [
        new(Phone, new("联系电话", "Contact phone"), new Field { Name = "phone", Label = new("电话", "Phone"), Type = FieldType.Text }, true),
        new(Email, new("联系邮箱", "Contact e-mail"), new Field { Name = "email", Label = new("邮箱", "E-mail"), Type = FieldType.Text }, false),
    ];

    /// <summary>The columns; null where an application is no line of a table, or is not for a worker.</summary>
    public static IReadOnlyList<BatchColumn>? Of(Form? form) =>
        form?.HasWorker == true && form.Fields.All(IsOfALine)
            ? [.. form.Fields.SelectMany(field => Of(field, "", new("", ""), isRequired: true)), .. Contact]
            : null;

    /// <summary>The column that a place in an application is of; null where it is the whole line.</summary>
    /// <param name="columns">All of them, by their paths.</param>
    /// <param name="pointer">The place, a JSON Pointer.</param>
    public static string? At(IEnumerable<string> columns, string pointer)
    {
        var path = pointer.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
        {
            ["form", .. var names] => string.Join('.', names),
            // The same person, whom the form calls by other names.
            ["applicant", Worker] => Worker,
            ["applicant", Worker, "name"] => $"{Worker}.name",
            ["applicant", Worker, "identifier", "country"] => $"{Worker}.country",
            ["applicant", Worker, ..] => $"{Worker}.idNumber",
            ["contact", .. var names] => names is [] ? Phone : string.Join('.', names.Prepend("contact")),
            _ => null,
        };
        return path is null ? null : columns.FirstOrDefault(column => column == path || column.StartsWith($"{path}.", StringComparison.Ordinal));
    }

    /// <summary>The answer to the form that a line gives; what a cell says that is not of its kind stays as it is, for the form to refuse.</summary>
    /// <param name="form">The form.</param>
    /// <param name="cells">The line's cells that are not empty, by the paths of their columns.</param>
    public static JsonElement Answer(Form form, IReadOnlyDictionary<string, string> cells) => JsonSerializer.SerializeToElement(Filled(form.Fields, "", cells) ?? []);

    private static JsonObject? Filled(IReadOnlyList<Field> fields, string at, IReadOnlyDictionary<string, string> cells)
    {
        var filled = new JsonObject();
        foreach (var field in fields)
        {
            if ((Blocks.PartsOf(field) is { Count: > 0 } parts ? Filled(parts, $"{at}{field.Name}.", cells) : ValueOf(field, cells.GetValueOrDefault(at + field.Name))) is { } value)
                filled[field.Name] = value;
        }
        return filled.Count == 0 ? null : filled;
    }

    private static JsonNode? ValueOf(Field field, string? text) => field.Type switch
    {
        _ when text is null => null,
        _ when field.IsNumber && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => number,
        FieldType.Boolean when Yes.Contains(text, StringComparer.OrdinalIgnoreCase) => true,
        FieldType.Boolean when No.Contains(text, StringComparer.OrdinalIgnoreCase) => false,
        FieldType.Choice => field.Choices.FirstOrDefault(choice => choice.Name.Zh == text || choice.Name.En == text)?.Code ?? text,
        FieldType.Date when Day(text, Days) is { } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        FieldType.Month when Day(text, [.. Months, .. Days]) is { } month => month.ToString("yyyy-MM", CultureInfo.InvariantCulture),
        _ => text,
    };

    private static DateOnly? Day(string text, string[] forms) => DateOnly.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static bool IsOfALine(Field field) => field.Type switch
    {
        FieldType.List or FieldType.Choices or FieldType.File => false,
        FieldType.Group => field.Fields.All(IsOfALine),
        _ => true,
    };

    private static IEnumerable<BatchColumn> Of(Field field, string at, Text within, bool isRequired)
    {
        var (path, label) = (at + field.Name, new Text(within.Zh + field.Label.Zh, within.En.Length == 0 ? field.Label.En : $"{within.En}: {field.Label.En}"));
        isRequired &= field.Required && field.When.Count == 0;
        return Blocks.PartsOf(field) is { Count: > 0 } parts ? parts.SelectMany(part => Of(part, $"{path}.", label, isRequired)) : [new(path, label, field, isRequired)];
    }
}
