using System.Globalization;
using System.IO.Compression;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using ExcelDataReader;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace OneDoor.Batches;

/// <summary>The files that batches come in, and that templates and reports go out in: tables, as CSV or XLSX.</summary>
public static class BatchFiles
{
    public const string Csv = "text/csv", Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>The most bytes, as they come and unpacked.</summary>
    public const int Largest = 5_000_000, LargestUnpacked = 50_000_000;

    // Longer than any cell that is taken: a quote that nobody closes would make one of all the rest.
    private const int LongestField = 100_000;

    private static readonly string[] Separators = [",", ";", "\t"];

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true);

    // What spreadsheets write in China where nobody chooses; names beyond its predecessors GBK and GB 2312 are in it as well.
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    // The reader of workbooks asks for code pages by name, though none of theirs needs any.
    static BatchFiles() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    // What one of these unpacks to and what is made of it takes many times its size.
    private static readonly SemaphoreSlim OneWorkbook = new(1);

    /// <summary>Reads a file's rows by what it is, whatever it is called.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="use">Is given the rows, which it may stop taking.</param>
    public static async Task<(T? Read, Refusal? Refused)> Read<T>(byte[] content, Func<IEnumerable<SheetRow>, (T? Read, Refusal? Refused)> use, CancellationToken ct) where T : class
    {
        if (!content.AsSpan().StartsWith("PK"u8))
            return ReadCsv(content, use);
        using var place = await OneWorkbook.Take(Drawers.Patience, "Too many send workbooks.", ct);
        try
        {
            return ReadXlsx(content, use);
        }
        catch (UnreadableException)
        {
            return (null, BatchRefusals.FileUnreadable);
        }
    }

    /// <summary>Whether a request would rather have a workbook.</summary>
    public static bool WantsXlsx(HttpContext http) => http.Prefers(Xlsx, Csv);

    /// <summary>A table as a file, all of it text, in which no program runs anything.</summary>
    /// <param name="http">The request, which says whether it is a workbook.</param>
    /// <param name="name">The file's, without its ending.</param>
    /// <param name="rows">The first names the columns.</param>
    public static async Task<IResult> Write(HttpContext http, string name, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var (content, type, ending) = WantsXlsx(http)
            ? (await WriteXlsx(rows, http.RequestAborted), Xlsx, "xlsx")
            : (WriteCsv(rows), $"{Csv}; charset=utf-8", "csv");
        return TypedResults.File(content, type, $"{name}.{ending}");
    }

    private static (T?, Refusal?) ReadCsv<T>(byte[] content, Func<IEnumerable<SheetRow>, (T?, Refusal?)> use) where T : class
    {
        try
        {
            return IsText(content) && EncodingOf(content) is { } encoding ? use(RowsOfCsv(content, encoding)) : (null, BatchRefusals.FileUnreadable);
        }
        catch (CsvHelperException)
        {
            return (null, BatchRefusals.FileUnreadable);
        }
    }

    // Whatever is said where a table names its columns, no program writes other control characters there than what separates cells and lines.
    private static bool IsText(byte[] content) => content.TakeWhile(one => one != '\n').All(one => one >= ' ' || one is (byte)'\t' or (byte)'\r');

    private static Encoding? EncodingOf(byte[] content) => Array.Find([Utf8, Gb18030], encoding =>
    {
        try
        {
            return encoding.GetCharCount(content) >= 0;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    });

    private static IEnumerable<SheetRow> RowsOfCsv(byte[] content, Encoding encoding)
    {
        using var reader = new StreamReader(new MemoryStream(content), encoding);
        // Of UTF-8 the reader itself passes over the byte order mark.
        if (reader.Peek() == '\ufeff')
            reader.Read();
        using var separating = new StreamReader(new MemoryStream(content), encoding);
        var first = separating.ReadLine() ?? "";
        using var parser = new CsvParser(reader, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = Separators.MaxBy(separator => first.Count(c => c == separator[0]))!,
            BadDataFound = null,
            IgnoreBlankLines = false,
            MaxFieldSize = LongestField,
        });
        while (parser.Read())
            yield return new(parser.Row, [.. parser.Record!.Select(text => new SheetCell(text.Trim()))]);
    }

    private static (T?, Refusal?) ReadXlsx<T>(byte[] content, Func<IEnumerable<SheetRow>, (T?, Refusal?)> use) where T : class
    {
        if (!Readable(() => IsUnpackedWithin(content, LargestUnpacked)))
            return (null, BatchRefusals.TooLarge);
        using var reader = Readable(() => ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(content)));
        if (reader.ResultsCount == 0)
            return (null, BatchRefusals.FileUnreadable);
        // A cell far to the right would make each row as wide.
        return reader.FieldCount > BatchSheet.MostColumns
            ? (null, BatchRefusals.ColumnsInvalid.Because($"至多{BatchSheet.MostColumns}列。", $"There are {BatchSheet.MostColumns} columns at most."))
            : use(RowsOf(reader));
    }

    // Counted, for what an archive says of itself may be wrong.
    private static bool IsUnpackedWithin(byte[] content, int most)
    {
        using var archive = new ZipArchive(new MemoryStream(content));
        var (unpacked, buffer) = (0L, new byte[81_920]);
        foreach (var entry in archive.Entries)
        {
            using var stream = entry.Open();
            for (int read; (read = stream.Read(buffer)) > 0;)
                if ((unpacked += read) > most)
                    return false;
        }
        return true;
    }

    private static IEnumerable<SheetRow> RowsOf(IExcelDataReader reader)
    {
        for (var number = 1; Readable(() => reader.Read() ? Enumerable.Range(0, reader.FieldCount).Select(i => CellOf(reader.GetValue(i))).ToArray() : null) is { } cells; number++)
            yield return new(number, cells);
    }

    // What is no workbook makes its reader stumble over anything; what stumbles over its rows is a fault.
    private static T Readable<T>(Func<T> reading)
    {
        try
        {
            return reading();
        }
        catch (Exception fault)
        {
            throw new UnreadableException(fault);
        }
    }

    private sealed class UnreadableException(Exception fault) : Exception("It is no workbook.", fault);

    // Of a formula it is the value that was there when the file was saved.
    private static SheetCell CellOf(object? value) => value switch
    {
        DateTime day => new(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), IsNumber: false),
        bool yes => new(yes ? "true" : "false", IsNumber: false),
        double number when Math.Abs(number) < 1e15 => new(((decimal)number).ToString(CultureInfo.InvariantCulture), IsNumber: true),
        IConvertible number and not string => new(number.ToString(CultureInfo.InvariantCulture), IsNumber: true),
        // One text may stand in any number of cells: of what is too long no more is looked at than shows that.
        string { Length: > LongestField } text => new(text[..LongestField].Trim(), IsNumber: false),
        _ => new(value?.ToString()?.Trim() ?? "", IsNumber: false),
    };

    private static byte[] WriteCsv(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        using var content = new MemoryStream();
        // Without the mark spreadsheets take it for another encoding.
        using (var writer = new CsvWriter(new StreamWriter(content, Utf8), CultureInfo.InvariantCulture))
        {
            foreach (var row in rows)
            {
                foreach (var cell in row)
                    writer.WriteField(BatchSheet.Guarded(cell));
                writer.NextRecord();
            }
        }
        return content.ToArray();
    }

    private static async Task<byte[]> WriteXlsx(IReadOnlyList<IReadOnlyList<string>> rows, CancellationToken ct)
    {
        using var content = new MemoryStream();
        await using (var workbook = await Spreadsheet.CreateNewAsync(content, cancellationToken: ct))
        {
            // All the columns are text, those yet to be filled in as well, so that no number of a document is taken for a quantity.
            var style = new Style { Format = NumberFormat.Custom("@") };
            var text = workbook.AddStyle(style);
            var sheet = new WorksheetOptions { FrozenRows = 1 };
            for (var column = 1; column <= rows[0].Count; column++)
                (sheet.Column(column).DefaultStyle, sheet.Column(column).Width) = (style, 20);
            await workbook.StartWorksheetAsync("OneDoor", sheet, ct);
            foreach (var row in rows)
                await workbook.AddRowAsync([.. row.Select(cell => new Cell(BatchSheet.Guarded(cell), text))], ct);
            await workbook.FinishAsync(ct);
        }
        return content.ToArray();
    }
}
