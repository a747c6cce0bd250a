using System.Text;

namespace OneDoor.Files;

/// <summary>What kinds of file are taken. A file is of the kind that its content is, whatever it is called.</summary>
public static class FileTypes
{
    /// <summary>The largest file: 20 MB.</summary>
    public const int Largest = 20_000_000;

    public const string
        Pdf = "application/pdf", Jpeg = "image/jpeg", Png = "image/png", WebP = "image/webp", Heic = "image/heic", Ofd = "application/ofd",
        Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Text = "text/plain", Csv = "text/csv";

    /// <summary>The media types of all that is taken.</summary>
    public static readonly IReadOnlyList<string> Accepted = [Pdf, Jpeg, Png, WebP, Heic, Ofd, Docx, Xlsx, Text, Csv];

    /// <summary>Those on which one sees who signed.</summary>
    public static readonly IReadOnlyList<string> Papers = [Pdf, Ofd, Jpeg, Png, WebP, Heic];

    /// <summary>What people call them.</summary>
    internal const string Names = "PDF, JPEG, PNG, WebP, HEIC, OFD, DOCX, XLSX, UTF-8 TXT, CSV";

    // What browsers and systems say of files of a type, besides its name.
    private static readonly Dictionary<string, string> Aliases = new()
    {
        ["image/jpg"] = Jpeg, ["image/pjpeg"] = Jpeg, ["image/heif"] = Heic, ["application/x-pdf"] = Pdf, ["application/vnd.ofd"] = Ofd,
        // Of a CSV file, on a machine with a spreadsheet.
        ["application/vnd.ms-excel"] = Csv, ["application/csv"] = Csv,
    };

    /// <summary>What a file is by its content, or why it is not taken.</summary>
    /// <param name="content">The whole of it.</param>
    /// <param name="declared">The media type it was sent with; null or <c>application/octet-stream</c> claims nothing.</param>
    public static (string? MediaType, Refusal? Refused) Examine(ArraySegment<byte> content, string? declared)
    {
        if (content.Count == 0)
            return (null, FileRefusals.Empty);
        if (content.Count > Largest)
            return (null, FileRefusals.TooLarge);
        var claimed = Claimed(declared);
        var type = Of(content, claimed);
        if (type is null || (claimed is not null && !Accepted.Contains(claimed)))
            return (null, FileRefusals.TypeNotAccepted);
        if (claimed is not null && claimed != type)
            return (null, FileRefusals.TypeMismatch.Because($"声明为 {claimed}，内容为 {type}。", $"It is said to be {claimed} and is {type}."));
        return Refused(type, content) is { } refused ? (null, refused) : (type, null);
    }

    private static string? Claimed(string? declared)
    {
        var bare = declared?.Split(';')[0].Trim().ToLowerInvariant();
        return bare is null or "" or "application/octet-stream" ? null : Aliases.GetValueOrDefault(bare, bare);
    }

    private static string? Of(ArraySegment<byte> content, string? claimed)
    {
        ReadOnlySpan<byte> bytes = content;
        if (bytes.StartsWith("%PDF-"u8))
            return Pdf;
        if (bytes.StartsWith("PK\x3\x4"u8))
            return ZipContent.TypeOf(content);
        // Texts and tables in text are told apart by their names alone.
        return PictureContent.TypeOf(bytes) ?? (TextContent.IsText(bytes) ? claimed == Csv ? Csv : Text : null);
    }

    private static Refusal? Refused(string type, ArraySegment<byte> content)
    {
        ReadOnlySpan<byte> bytes = content;
        // Readers of PDF look for its beginning in the first KB, and those of ZIP for its end in the last 64 KB.
        if ((type != Pdf && bytes[..Math.Min(bytes.Length, 1024)].IndexOf("%PDF-"u8) >= 0) || (!IsZip(type) && ZipContent.EndsIn(bytes)))
            return FileRefusals.Polyglot;
        return type switch
        {
            Pdf => PdfContent.Refused(content),
            Text or Csv => null,
            _ => IsZip(type) ? ZipContent.Refused(content) : PictureContent.Refused(type, bytes),
        };
    }

    private static bool IsZip(string type) => type is Docx or Xlsx or Ofd;
}

/// <summary>Text in UTF-8.</summary>
internal static class TextContent
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Text and no markup, which a browser would run: what begins with an angle bracket is HTML, SVG or XML.</summary>
    public static bool IsText(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        foreach (var b in bytes)
            if (b < ' ' && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f') || b == 0x7F)
                return false;
        try
        {
            _ = Strict.GetCharCount(bytes);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
        return !bytes.TrimStart(" \t\r\n\f"u8).StartsWith("<"u8);
    }
}
