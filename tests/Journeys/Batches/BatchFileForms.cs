using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using SpreadCheetah;
using SpreadCheetah.Worksheets;
using Xunit;

namespace OneDoor.Batches;

/// <summary>The forms that a file of applications comes in (ENTRY-1).</summary>
public class BatchFileForms
{
    private static readonly byte[] OfUtf8 = [0xef, 0xbb, 0xbf], OfGb18030 = [0x84, 0x31, 0x95, 0x33], None = [];

    public static TheoryData<string, byte[]> Marks => new() { { "UTF-8", OfUtf8 }, { "UTF-8", None }, { "GB18030", OfGb18030 }, { "GB18030", None } };

    [Theory]
    [MemberData(nameof(Marks))]
    public async Task ENTRY_1_a_table_is_read_in_either_encoding_with_its_mark_or_without_and_by_any_separator(string encoding, byte[] mark)
    {
        foreach (var separator in new[] { ",", ";", "\t" })
        {
            var text = SampleBatches.Csv([SampleBatches.Line(1)], separator);
            // A name that stands in quotes is the same name.
            foreach (var said in new[] { text, $"\"{text[..text.IndexOf(separator[0])]}\"{text[text.IndexOf(separator[0])..]}" })
            {
                var (sheet, refused) = await Read([.. mark, .. (CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.UTF8).GetBytes(said)]);

                Assert.Null(refused);
                Assert.Equal(SampleBatches.Line(1), Assert.Single(sheet!.Lines).Cells);
            }
        }
    }

    [Fact]
    public async Task ENTRY_1_of_a_formula_the_value_counts_that_the_workbook_was_saved_with()
    {
        using var file = new MemoryStream();
        await using (var workbook = await Spreadsheet.CreateNewAsync(file, cancellationToken: TestContext.Current.CancellationToken))
        {
            await workbook.StartWorksheetAsync("Sheet1", new WorksheetOptions(), TestContext.Current.CancellationToken);
            await workbook.AddRowAsync([.. SampleBatches.Columns.Select(column => new Cell(column.Path))], TestContext.Current.CancellationToken);
            await workbook.AddRowAsync([.. SampleBatches.Line(1).Select((text, i) => SampleBatches.Columns[i].Path switch
            {
                "wage" => new Cell(new Formula("6000+800.5"), 6800.5m),
                "worker.idNumber" => new Cell(new Formula("1*1"), 990000198505011000d),
                _ => new Cell(text),
            })], TestContext.Current.CancellationToken);
            await workbook.FinishAsync(TestContext.Current.CancellationToken);
        }

        var line = Assert.Single((await Read(file.ToArray())).Sheet!.Lines);

        Assert.Equal("6800.5", line.Cells[SampleBatches.Columns.Index().First(c => c.Item.Path == "wage").Index]);
        Assert.Equal([("batch.number-destroyed", "worker.idNumber")], line.Problems.Select(p => (p.Code, p.Column)));
    }

    [Fact]
    public async Task ENTRY_1_a_workbook_says_what_is_text_and_a_table_does_not()
    {
        var said = SampleBatches.Line(1, ("worker.idNumber", "990000198505011000"));
        using var file = new MemoryStream();
        await using (var workbook = await Spreadsheet.CreateNewAsync(file, cancellationToken: TestContext.Current.CancellationToken))
        {
            await workbook.StartWorksheetAsync("Sheet1", new WorksheetOptions(), TestContext.Current.CancellationToken);
            await workbook.AddRowAsync([.. SampleBatches.Columns.Select(column => new Cell(column.Path))], TestContext.Current.CancellationToken);
            await workbook.AddRowAsync([.. said.Select(text => new Cell(text))], TestContext.Current.CancellationToken);
            await workbook.FinishAsync(TestContext.Current.CancellationToken);
        }

        Assert.Empty(Assert.Single((await Read(file.ToArray())).Sheet!.Lines).Problems);
        Assert.Equal(["batch.number-destroyed"], Assert.Single((await Read(Encoding.UTF8.GetBytes(SampleBatches.Csv([said])))).Sheet!.Lines).Problems.Select(p => p.Code));
    }

    [Fact]
    public async Task What_is_no_table_is_said_to_be_none_whatever_it_is_called()
    {
        byte[][] junk =
        [
            RandomNumberGenerator.GetBytes(2_000), [.. "PK"u8, .. RandomNumberGenerator.GetBytes(2_000)], Zip("readme.txt"), Zip("xl/worksheets/sheet1.xml"),
            // The beginning of a workbook of before 2007, or of one that is encrypted.
            [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0], "\0\u0001"u8.ToArray(),
        ];

        foreach (var content in junk)
            Assert.Equal("batch.file-unreadable", (await Read(content)).Refused?.Code);
        Assert.Equal("batch.columns-invalid", (await Read("姓名,电话"u8.ToArray())).Refused?.Code);
    }

    private static Task<(BatchSheet? Sheet, Refusal? Refused)> Read(byte[] content) =>
        BatchFiles.Read(content, rows => BatchSheet.Read(rows, SampleBatches.Columns), TestContext.Current.CancellationToken);

    private static byte[] Zip(string entry)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        using (var content = archive.CreateEntry(entry).Open())
            content.Write("hello"u8);
        return file.ToArray();
    }
}
