using System.Text.RegularExpressions;

namespace OneDoor.Batches;

/// <summary>A cell as it stands in a file.</summary>
/// <param name="Text">What it says, without blanks around it.</param>
/// <param name="IsNumber">The file holds it as a quantity, and not as text; null where it does not say, as CSV.</param>
public readonly record struct SheetCell(string Text, bool? IsNumber = null);

/// <summary>A row of a file.</summary>
/// <param name="Number">As spreadsheets count them, from 1.</param>
/// <param name="Cells">Its cells.</param>
public sealed record SheetRow(int Number, IReadOnlyList<SheetCell> Cells);

/// <summary>Why a line became no case.</summary>
/// <param name="Code">The code of the refusal.</param>
/// <param name="Column">The path of the column it is about; null where it is the whole line.</param>
/// <param name="Title">What is refused.</param>
/// <param name="Detail">What was wrong this time.</param>
public sealed record LineProblem(string Code, string? Column, Text Title, Text? Detail)
{
    /// <summary>What a refusal says of a line: of each column one thing, what the form says of it where it does, for that says what would be right.</summary>
    public static IReadOnlyList<LineProblem> Of(Refusal refusal, IReadOnlyList<string> columns) => refusal.Fields is []
        ? [new(refusal.Code, null, refusal.Title, refusal.Detail)]
        : [.. refusal.Fields.OrderBy(field => field.Pointer.StartsWith("/form", StringComparison.Ordinal) ? 0 : 1)
            .Select(field => new LineProblem(field.Code, BatchColumns.At(columns, field.Pointer), field.Title, field.Detail)).DistinctBy(problem => problem.Column ?? problem.Code)];
}

/// <summary>A line of a batch.</summary>
/// <param name="Number">Its row in the file.</param>
/// <param name="Cells">What it says, by the batch's columns.</param>
/// <param name="Problems">Why it is no application as it stands in the file.</param>
public sealed record BatchLine(int Number, IReadOnlyList<string> Cells, IReadOnlyList<LineProblem> Problems);

/// <summary>What a file says (ENTRY-1): the lines of a table, whose first row names the columns.</summary>
/// <param name="Columns">The paths of the columns it was read by, in which order the lines have their cells.</param>
/// <param name="Lines">The lines.</param>
public sealed partial record BatchSheet(IReadOnlyList<string> Columns, IReadOnlyList<BatchLine> Lines)
{
    /// <summary>The most there may be.</summary>
    public const int MostLines = 10_000, MostColumns = 100, LongestCell = 1_000;

    // Blank rows cost as well as lines do, and a workbook says a text once for any number of cells.
    private const int MostRows = 2 * MostLines, MostCharacters = 20_000_000;

    /// <summary>The two columns of a report that no application has; a file may keep them.</summary>
    public static readonly IReadOnlyList<(string Path, Text Label)> OfReports = [("line", new("原行号", "Line")), ("problems", new("问题", "Problems"))];

    // What spreadsheets write where a formula has no value.
    private static readonly string[] Errors = ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"];

    // What a spreadsheet would run; with an apostrophe before it, it is text.
    private const string RunByPrograms = "=+-@\t\r";

    /// <summary>Reads a file's rows.</summary>
    /// <param name="rows">All of them; no more are taken from it than there may be.</param>
    /// <param name="columns">The item's.</param>
    public static (BatchSheet? Sheet, Refusal? Refused) Read(IEnumerable<SheetRow> rows, IReadOnlyList<BatchColumn> columns)
    {
        int?[]? places = null;
        List<BatchLine> lines = [];
        Dictionary<string, int> seen = [];
        var (read, characters) = (0, 0L);
        foreach (var row in rows)
        {
            if (++read > MostRows)
                return (null, BatchRefusals.TooManyLines);
            var said = row.Cells.Sum(cell => (long)cell.Text.Length);
            if ((characters += said) > MostCharacters)
                return (null, BatchRefusals.TooLarge);
            if (said == 0)
                continue;
            if (places is null)
            {
                (places, var refused) = Header(row, columns);
                if (refused is not null)
                    return (null, refused);
                continue;
            }
            if (lines.Count == MostLines)
                return (null, BatchRefusals.TooManyLines);
            lines.Add(Line(row, places, columns, seen));
        }
        return lines.Count == 0 ? (null, BatchRefusals.NoLines) : (new([.. columns.Select(column => column.Path)], lines), null);
    }

    /// <summary>A text as a file says it in which no program runs it.</summary>
    public static string Guarded(string text) => text is [var first, ..] && RunByPrograms.Contains(first) ? $"'{text}" : text;

    private static string Unguarded(string text) => text is ['\'', var first, ..] && RunByPrograms.Contains(first) ? text[1..] : text;

    // Which column each cell of a row is of; null for what reports have besides.
    private static (int?[] Places, Refusal? Refused) Header(SheetRow row, IReadOnlyList<BatchColumn> columns)
    {
        var names = row.Cells.Select(cell => cell.Text).ToArray();
        while (names is [.. var before, ""])
            names = before;
        if (names.Length > MostColumns)
            return ([], BatchRefusals.ColumnsInvalid.Because($"至多{MostColumns}列。", $"There are {MostColumns} columns at most."));
        var places = names.Select(name => columns.Index().Where(c => c.Item.IsCalled(name)).Select(c => (int?)c.Index).FirstOrDefault()).ToArray();
        // What stands there may be the first line, and so about somebody: the place is named, and not what is in it.
        var unknown = names.Index().Where(n => places[n.Index] is null && !OfReports.Any(c => c.Path == n.Item || c.Label.Zh == n.Item || c.Label.En == n.Item)).Select(n => n.Index + 1).ToArray();
        var missing = columns.Index().Where(c => c.Item.IsRequired && !places.Contains(c.Index)).Select(c => c.Item).ToArray();
        var repeated = places.OfType<int>().GroupBy(place => place).Where(same => same.Count() > 1).Select(same => columns[same.Key]).ToArray();
        if (unknown.Length + missing.Length + repeated.Length == 0)
            return (places, null);
        var strange = OrNone([.. unknown.Select(n => Text.Same($"{n}"))]);
        return ([], BatchRefusals.ColumnsInvalid.Because(
            $"缺少：{Listed(missing).Zh}；重复：{Listed(repeated).Zh}；不认识的列（按位置）：{strange.Zh}。请使用该事项的模板。",
            $"Missing: {Listed(missing).En}; repeated: {Listed(repeated).En}; not known, by their places: {strange.En}. Use the item's template."));
    }

    private static Text Listed(BatchColumn[] columns) => OrNone([.. columns.Select(c => new Text(c.Label.Zh, c.Path))]);

    private static Text OrNone(IReadOnlyList<Text> some) => some.Count == 0 ? new("无", "none") : Text.List(some);

    private static BatchLine Line(SheetRow row, int?[] places, IReadOnlyList<BatchColumn> columns, Dictionary<string, int> seen)
    {
        var cells = Enumerable.Repeat("", columns.Count).ToArray();
        List<LineProblem> problems = [];
        foreach (var (i, cell) in row.Cells.Index().Where(cell => cell.Item.Text.Length > 0))
        {
            if (i >= places.Length)
            {
                problems.Add(Problem(BatchRefusals.LineTooLong, null));
                break;
            }
            if (places[i] is not { } place)
                continue;
            // Of what is too long the beginning is kept, for the report.
            cells[place] = Unguarded(cell.Text) is var text && text.Length > LongestCell ? text[..LongestCell] : text;
            if (Wrong(text, cell, columns[place]) is { } wrong)
                problems.Add(Problem(wrong, columns[place].Path));
        }
        var said = string.Join('\u001f', cells);
        if (!seen.TryAdd(said, row.Number))
            problems.Add(Problem(BatchRefusals.LineRepeated.Because($"与第{seen[said]}行相同。", $"It is the same as line {seen[said]}."), null));
        return new(row.Number, cells, problems);
    }

    private static Refusal? Wrong(string text, SheetCell cell, BatchColumn column) =>
        text.Length > LongestCell || text.Contains('\0', StringComparison.Ordinal) ? BatchRefusals.CellInvalid
        : text[0] == '=' || Errors.Contains(text) ? BatchRefusals.CellFormula
        : cell.IsNumber is true && column.IsIdentifier || !column.Field.IsNumber && Exponent().IsMatch(text) || cell.IsNumber is null && column.IsIdentifier && IsRounded(text) ? BatchRefusals.NumberDestroyed
        : null;

    // Of eighteen digits a spreadsheet keeps fifteen. What is left may be another person's number, which no check digit tells; what is kept as text was never rounded.
    private static bool IsRounded(string text) => text.Length == 18 && text.EndsWith("000", StringComparison.Ordinal) && text.All(char.IsAsciiDigit);

    private static LineProblem Problem(Refusal refusal, string? column) => new(refusal.Code, column, refusal.Title, refusal.Detail);

    [GeneratedRegex(@"\A[0-9](\.[0-9]+)?[eE]\+[0-9]+\z")]
    private static partial Regex Exponent();
}
