using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace OneDoor.Files;

/// <summary>Files to try the platform with, honest and hostile ones.</summary>
public static class SampleFiles
{
    public const string WordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    /// <summary>A picture of one pixel, whose metadata say where it was taken.</summary>
    public static byte[] Jpeg { get; } = WithPosition(Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYEBAQEBAgGBgUGCQgKCgkICQkKDA8MCgsOCwkJDRENDg8QEBEQCgwSExIQEw8QEBD/yQALCAABAAEBAREA/8wABgAQEAX/2gAIAQEAAD8A0s8g/9k="));

    public static byte[] Png { get; } = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    public static byte[] WebP { get; } = Convert.FromBase64String("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");

    public static byte[] Heic { get; } = [0, 0, 0, 24, .. "ftypheic\0\0\0\0mif1heic"u8, 0, 0, 0, 8, .. "mdat"u8];

    public static byte[] Csv { get; } = "\uFEFF姓名,人数\n买买提·吐尔逊,3\n"u8.ToArray();

    public static byte[] Svg { get; } = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(document.domain)</script></svg>"u8.ToArray();

    /// <summary>A PDF with something in its catalogue.</summary>
    public static byte[] Pdf(string catalogue = "/Type /Catalog", string besides = "") =>
        Encoding.Latin1.GetBytes($"%PDF-1.7\n1 0 obj\n<< {catalogue} >>\nendobj\n{besides}trailer\n<< /Root 1 0 R >>\n%%EOF\n");

    /// <summary>A PDF whose objects lie packed in a stream of them.</summary>
    public static byte[] PackedPdf(string objects)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(Encoding.Latin1.GetBytes(objects));
        return Pdf(besides: $"2 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n{Encoding.Latin1.GetString(packed.ToArray())}\nendstream\nendobj\n");
    }

    /// <summary>An archive of entries.</summary>
    public static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        return archive.ToArray();
    }

    /// <summary>A document, with entries besides.</summary>
    public static byte[] Docx(params (string Name, byte[] Content)[] besides) =>
        Zip([("[Content_Types].xml", "<Types/>"u8.ToArray()), ("word/document.xml", "<w:document/>"u8.ToArray()), .. besides]);

    /// <summary>A document of few bytes that says it unpacks to few and unpacks to many.</summary>
    public static byte[] Bomb()
    {
        var archive = Docx(("word/media/a.bin", new byte[50_000_000]));
        // What the directory says of its last entry.
        var at = archive.AsSpan().LastIndexOf("PK\x1\x2"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(archive.AsSpan(at + 24), 1000);
        return archive;
    }

    /// <summary>A WebP of 36 bytes: one colour, 16,383 by 16,383 pixels.</summary>
    public static byte[] LargeWebP { get; } = Convert.FromBase64String("UklGRhwAAABXRUJQVlA4TBAAAAAv/r//D4iICAAAAAAAAAAA");

    /// <summary>A JPEG of few bytes, so many pixels wide and high.</summary>
    /// <param name="side">So many.</param>
    /// <param name="isProgressive">Whether it comes in ever finer scans of the whole.</param>
    /// <param name="scanned">How many of its three components the first scan has.</param>
    public static byte[] LargeJpeg(int side, bool isProgressive = false, int scanned = 3)
    {
        var (high, low) = ((byte)(side >> 8), (byte)side);
        byte[] table = [1, .. new byte[16]];
        return
        [
            0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)1, 64),
            0xFF, (byte)(isProgressive ? 0xC2 : 0xC0), 0, 17, 8, high, low, high, low, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0,
            0xFF, 0xC4, 0, 20, 0x00, .. table, 0xFF, 0xC4, 0, 20, 0x10, .. table,
            0xFF, 0xDA, 0, (byte)(6 + 2 * scanned), (byte)scanned, .. Enumerable.Range(1, scanned).SelectMany(component => new byte[] { (byte)component, 0 }), 0, (byte)(isProgressive ? 0 : 63), 0,
            0, 0xFF, 0xD9,
        ];
    }

    // The segment with the position comes first, as cameras write it.
    private static byte[] WithPosition(byte[] jpeg)
    {
        byte[] tiff =
        [
            .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0,
            0, 1, 0, 1, 0, 2, 0, 0, 0, 2, (byte)'N', 0, 0, 0, 0, 0, 0, 0,
        ];
        byte[] segment = [.. "Exif\0\0"u8, .. tiff];
        return [0xFF, 0xD8, 0xFF, 0xE1, 0, (byte)(segment.Length + 2), .. segment, .. jpeg.AsSpan(2)];
    }
}
