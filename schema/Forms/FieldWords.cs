using System.Globalization;

namespace OneDoor.Forms;

/// <summary>What a field takes, in figures and in words.</summary>
internal static class FieldWords
{
    /// <summary>A share of something: how many of how many.</summary>
    public const string Fraction = "^[1-9][0-9]{0,5}/[1-9][0-9]{0,5}$";

    private const int UsualDecimals = 2;

    /// <summary>Decimals of a number.</summary>
    public static int DecimalsOf(Field field) => field.Type switch { FieldType.Integer => 0, FieldType.Money => 2, _ => field.Decimals ?? UsualDecimals };

    /// <summary>The least there may be: characters, value, choices or rows.</summary>
    public static decimal Fewest(Field field) => field.Min ?? (field.IsNumber ? -FormAnswer.Greatest : field.Type == FieldType.List && !field.Required ? 0 : 1);

    /// <summary>The most there may be.</summary>
    public static decimal Most(Field field) => field.Max ?? field.Type switch
    {
        FieldType.Text => Field.UsualLength,
        FieldType.List => Field.UsualRows,
        FieldType.Choices => field.Choices.Count,
        _ => FormAnswer.Greatest,
    };

    /// <summary>The day that bounds a field, of months their first; null where nothing does.</summary>
    public static DateOnly? Bound(Field field, string? named, DateOnly today) =>
        NamedDay.Of(named, today) is { } day ? field.Type == FieldType.Month ? new DateOnly(day.Year, day.Month, 1) : day : null;

    /// <summary>What would be right, in words that follow "it is".</summary>
    public static Text Wanted(Field field, DateOnly today) => field.Type switch
    {
        FieldType.Text when field.Pattern is { } pattern => Add(Counted(field, "字符", "characters"), $"，格式 {pattern}", $" that match {pattern}"),
        FieldType.Text => Counted(field, "字符", "characters"),
        FieldType.Licence => new("证照编号，1至100个字符", "the number of a licence, 1 to 100 characters"),
        FieldType.Integer => Add(new("整数", "a whole number"), Range(field)),
        FieldType.Decimal or FieldType.Money => Add(new($"数值，小数不超过{DecimalsOf(field)}位", $"a number of at most {DecimalsOf(field)} decimals"), Range(field)),
        FieldType.Fraction => new("份额，如 1/2", "a share, for instance 1/2"),
        FieldType.Date => Add(new("日期，格式 YYYY-MM-DD", "a day, YYYY-MM-DD"), Days(field, today)),
        FieldType.Month => Add(new("月份，格式 YYYY-MM", "a month, YYYY-MM"), Days(field, today)),
        FieldType.Boolean => new("true 或 false", "true or false"),
        FieldType.Choice => new($"以下之一：{CodesOf(field).Zh}", $"one of {CodesOf(field).En}"),
        FieldType.Choices => Add(new($"以下各项中的", "a list of "), Add(Counted(field, "项", "of these, each once"), $"，不重复：{CodesOf(field).Zh}", $": {CodesOf(field).En}")),
        FieldType.File => new("已上传文件的编号", "the id of a file that was uploaded"),
        FieldType.List => Add(new("数组，", "a list of "), Counted(field, "行", "rows")),
        _ => new("JSON 对象", "a JSON object"),
    };

    private static Text Counted(Field field, string zh, string en)
    {
        var (fewest, most) = (Written(Fewest(field)), Written(Most(field)));
        return new($"{fewest}至{most}个{zh}", $"{fewest} to {most} {en}");
    }

    private static Text Range(Field field) => (field.Min, field.Max) switch
    {
        ({ } min, { } max) => new($"，{Written(min)}至{Written(max)}", $" from {Written(min)} to {Written(max)}"),
        ({ } min, null) => new($"，不小于{Written(min)}", $", {Written(min)} at least"),
        (null, { } max) => new($"，不大于{Written(max)}", $", {Written(max)} at most"),
        _ => new("", ""),
    };

    private static Text Days(Field field, DateOnly today)
    {
        var words = new Text("", "");
        if (Bound(field, field.NotBefore, today) is { } from)
            words = Add(words, $"，不早于{Written(from)}", $", not before {Written(from)}");
        return Bound(field, field.NotAfter, today) is { } until ? Add(words, $"，不晚于{Written(until)}", $", not after {Written(until)}") : words;
    }

    private static Text CodesOf(Field field) => Text.List(field.Choices.Select(choice => choice.Code));

    private static string Written(decimal number) => number.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Written(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Text Add(Text words, Text more) => Add(words, more.Zh, more.En);

    private static Text Add(Text words, string zh, string en) => new(words.Zh + zh, words.En + en);
}
