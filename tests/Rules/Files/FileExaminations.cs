using System.Text;
using Xunit;
using static OneDoor.Files.SampleFiles;

namespace OneDoor.Files;

/// <summary>CASE-12: a file is what its content says, and what would harm whoever opens it is not taken.</summary>
public class FileExaminations
{
    public static TheoryData<byte[], string?, string> Taken => new()
    {
        { Pdf(), "application/pdf", FileTypes.Pdf },
        { Pdf(), null, FileTypes.Pdf },
        { Jpeg, "image/jpg", FileTypes.Jpeg },
        { [.. Jpeg, .. new byte[5000]], "image/jpeg", FileTypes.Jpeg }, // a phone's moving picture
        { Png, "image/png", FileTypes.Png },
        { WebP, "image/webp", FileTypes.WebP },
        { Heic, "image/heif", FileTypes.Heic },
        { Docx(), WordType, FileTypes.Docx },
        { Docx(("word/media/a.bin", new byte[1_000_000])), WordType, FileTypes.Docx },
        { Zip(("[Content_Types].xml", [1]), ("xl/workbook.xml", [1])), "application/octet-stream", FileTypes.Xlsx },
        { Zip(("OFD.xml", [1]), ("Doc_0/Document.xml", [1])), null, FileTypes.Ofd },
        { Csv, "text/csv; charset=utf-8", FileTypes.Csv },
        { Csv, "application/vnd.ms-excel", FileTypes.Csv },
        { Csv, null, FileTypes.Text },
        { Pdf("/Type /Catalog /Names << /EmbeddedFiles 3 0 R >>"), "application/pdf", FileTypes.Pdf }, // an invoice with its data
        { PackedPdf("3 0 << /Type /Page >>"), "application/pdf", FileTypes.Pdf },
        { Disguised(PackedPdf("3 0 << /Type /Page >>"), "/FlateDecode", "[ /FlateDecode ] /Length 4 0 R"), "application/pdf", FileTypes.Pdf },
        { Pdf(besides: "\u00ffW/XFA\u0001"), "application/pdf", FileTypes.Pdf }, // in a large scan four letters stand by chance
    };

    public static TheoryData<string, byte[], string?, Refusal> Refused => new()
    {
        { "empty", [], "application/pdf", FileRefusals.Empty },
        { "20 MB and a byte", new byte[FileTypes.Largest + 1], null, FileRefusals.TooLarge },
        { "another type", Pdf(), "image/png", FileRefusals.TypeMismatch },
        { "a program", [.. "MZ"u8, .. new byte[100]], "application/pdf", FileRefusals.TypeNotAccepted },
        { "SVG with a script", Svg, "image/svg+xml", FileRefusals.TypeNotAccepted },
        { "SVG that is called a text", Svg, "text/plain", FileRefusals.TypeNotAccepted },
        { "HTML behind blanks", "\uFEFF \n<!doctype html><script>1</script>"u8.ToArray(), "text/plain", FileRefusals.TypeNotAccepted },
        { "text in another encoding", Encoding.Latin1.GetBytes("caf\u00E9"), "text/plain", FileRefusals.TypeNotAccepted },
        { "GIF", [.. "GIF89a"u8, .. Zip(("a.class", [1]))], "image/gif", FileRefusals.TypeNotAccepted },
        { "any archive", Zip(("a.txt", [1])), "application/zip", FileRefusals.TypeNotAccepted },
        { "PDF and an archive behind it", [.. Pdf(), .. Zip(("a.class", [1]))], "application/pdf", FileRefusals.Polyglot },
        { "PDF and a page of the web behind it", [.. Pdf(), .. "<html><script>1</script></html>"u8], "application/pdf", FileRefusals.Polyglot },
        { "PDF with an archive in front of its end", Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(Pdf()).Replace("trailer", Encoding.Latin1.GetString(Zip(("a", [1]))) + "trailer", StringComparison.Ordinal)), "application/pdf", FileRefusals.Polyglot },
        { "JPEG and an archive", [.. Jpeg, .. Zip(("a.class", [1]))], "image/jpeg", FileRefusals.Polyglot },
        { "JPEG and a page of the web", [.. Jpeg, .. "<SCRIPT>1</SCRIPT>"u8], "image/jpeg", FileRefusals.Polyglot },
        { "PNG and something else", [.. Png, 1, 2, 3], "image/png", FileRefusals.Polyglot },
        { "WebP and something else", [.. WebP, 1, 2, 3], "image/webp", FileRefusals.Polyglot },
        { "text that is a PDF to a reader of PDF", "# %PDF-1.7"u8.ToArray(), "text/plain", FileRefusals.Polyglot },
        { "archive behind something else", [.. Docx(), .. Pdf()], WordType, FileRefusals.Polyglot },
        { "PDF cut short", Pdf()[..^10], "application/pdf", FileRefusals.Damaged },
        { "JPEG cut short", Jpeg[..^4], "image/jpeg", FileRefusals.Damaged },
        { "PNG cut short", Png[..^4], "image/png", FileRefusals.Damaged },
        { "WebP cut short", WebP[..^4], "image/webp", FileRefusals.Damaged },
        { "HEIC cut short", Heic[..^1], "image/heic", FileRefusals.Damaged },
        { "archive cut short", Docx()[..^4], WordType, FileRefusals.Damaged },
        { "an entry that leads out of its folder", Docx(("../../etc/passwd", [1])), WordType, FileRefusals.Damaged },
        { "an entry with a drive", Docx(("C:\\a.exe", [1])), WordType, FileRefusals.Damaged },
        { "two entries of one name", Docx(("word/document.xml", [1])), WordType, FileRefusals.Damaged },
        { "an archive that says how large it unpacks", Docx(("a.bin", new byte[101_000_000])), WordType, FileRefusals.UnpacksTooLarge },
        { "an archive that does not say so", Bomb(), WordType, FileRefusals.UnpacksTooLarge },
        { "macros", Docx(("word/vbaProject.bin", [1])), WordType, FileRefusals.ActiveContent },
        { "a script in a PDF", Pdf("/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "application/pdf", FileRefusals.ActiveContent },
        { "a script in disguise", Pdf("/OpenAction << /S /J#61vaScript >>"), "application/pdf", FileRefusals.ActiveContent },
        { "a program to launch", Pdf("/OpenAction << /S /Launch /F (cmd.exe) >>"), "application/pdf", FileRefusals.ActiveContent },
        { "a script that is packed", PackedPdf("3 0 << /S /JavaScript >>"), "application/pdf", FileRefusals.ActiveContent },
        { "a script that is packed, which says so in disguise", Disguised(PackedPdf("3 0 << /S /JavaScript >>"), "/ObjStm", "/O#62jStm"), "application/pdf", FileRefusals.ActiveContent },
        { "a script that is packed, with a word before its place", Disguised(PackedPdf("3 0 << /S /JavaScript >>"), "/Filter", "/X (stream) /Filter"), "application/pdf", FileRefusals.ActiveContent },
        { "objects that are packed in rows", Disguised(PackedPdf("3 0 << /S /Page >>"), "/Filter", "/DecodeParms << /Predictor 12 >> /Filter"), "application/pdf", FileRefusals.ActiveContent },
        { "objects that are packed twice", Disguised(PackedPdf("3 0 << /S /Page >>"), "/FlateDecode", "[/ASCII#38#35Decode /FlateDecode]"), "application/pdf", FileRefusals.ActiveContent },
        { "a form with scripts of its own", Pdf("/AcroForm << /XFA 5 0 R >>"), "application/pdf", FileRefusals.ActiveContent },
        { "a form with scripts of its own, which are packed", Disguised(PackedPdf("3 0 << /XFA 5 0 R >>"), "/Type /Catalog", "/AcroForm 3 0 R"), "application/pdf", FileRefusals.ActiveContent },
        { "objects packed as it stands elsewhere", Disguised(PackedPdf("3 0 << /S /Page >>"), "/FlateDecode", "5 0 R"), "application/pdf", FileRefusals.ActiveContent },
        { "objects packed twice, once as it stands elsewhere", Disguised(PackedPdf("3 0 << /S /Page >>"), "/Filter /FlateDecode", "/F#69lter[/FlateDecode%]\n5 0 R]"), "application/pdf", FileRefusals.ActiveContent },
        { "objects that unpack to too much", PackedPdf(new string(' ', 101_000_000)), "application/pdf", FileRefusals.UnpacksTooLarge },
    };

    // What a file as large as may be begins with, what it is full of, and its end.
    public static TheoryData<string, string, string, string, Refusal?> Tiresome => new()
    {
        { "nothing but names of packed objects", "", "/ObjStm ", "", FileRefusals.UnpacksTooLarge },
        { "names of packed objects that none follow", Times(9_000, "/ObjStm "), " ", "", null },
        { "names of packed objects that one follows", Times(9_000, "/ObjStm "), " ", ">>stream\n", null },
        { "nothing but disguised names", "", "/#41", "", null },
        { "disguises of no name", "", "#", "", null },
        { "nothing but filters before packed objects", "", "/Filter[", "/ObjStm>>stream\n", FileRefusals.ActiveContent },
        { "packed objects each of which holds the next, and nothing else", Begin + Times(2_000, Holding + Begin), Empty, "", FileRefusals.UnpacksTooLarge },
    };

    // A stream of objects, and blocks of deflate: one as long as the beginning of the next, and one of nothing.
    private const string Begin = "/ObjStm>>stream\n\u0078\u0001", Holding = "\0\u0012\0\u00ed\u00ff", Empty = "\0\0\0\u00ff\u00ff";

    private static string Times(int count, string text) => string.Concat(Enumerable.Repeat(text, count));

    private static byte[] Disguised(byte[] pdf, string what, string how) => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(pdf).Replace(what, how, StringComparison.Ordinal));

    [Theory, MemberData(nameof(Taken))] // CASE-12
    public void What_a_file_is_its_content_says(byte[] content, string? declared, string type) =>
        Assert.Equal((type, null), FileTypes.Examine(content, declared));

    [Theory, MemberData(nameof(Refused))] // CASE-12
    public void What_is_no_honest_file_is_refused(string what, byte[] content, string? declared, Refusal refused)
    {
        var (type, why) = FileTypes.Examine(content, declared);

        Assert.True((type, why?.Code) == (null, refused.Code), $"{what}: {type}, {why?.Code}");
    }

    [Fact] // no longer than some seconds, whatever the bytes are
    public void Bytes_of_any_kind_are_answered()
    {
        var random = new Random(20200203);
        foreach (var honest in new[] { Pdf(), Jpeg, Png, WebP, Heic, Docx(), Csv, PackedPdf("x") })
            for (var i = 0; i < 300; i++)
            {
                var damaged = honest.ToArray();
                for (var n = random.Next(1, 6); n > 0; n--)
                    damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                FileTypes.Examine(damaged[..random.Next(damaged.Length + 1)], null);
            }
    }

    [Theory, MemberData(nameof(Tiresome))] // CASE-12: whoever uploads one file has no core for minutes
    public void However_tiresome_a_file_is_it_is_answered(string what, string begin, string filler, string end, Refusal? refused)
    {
        var content = Encoding.Latin1.GetBytes($"%PDF-1.7\n{begin}{Times((FileTypes.Largest - begin.Length - 100) / filler.Length, filler)}{end}%%EOF");
        var began = Environment.CpuUsage.TotalTime;

        var (_, why) = FileTypes.Examine(content, "application/pdf");

        // A second's work, with what other tests do meanwhile; what is looked at over and over takes many times as long.
        var taken = Environment.CpuUsage.TotalTime - began;
        Assert.True(why?.Code == refused?.Code && taken < TimeSpan.FromMinutes(1), $"{what}: {why?.Code} after {taken}");
    }
}
