using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace OneDoor.Files;

/// <summary>
/// Documents that are archives: DOCX, XLSX and OFD. Nothing is unpacked before it is known how much there is, and what is unpacked is
/// counted: an archive may say less than it holds.
/// </summary>
internal static class ZipContent
{
    private const int EndLength = 22, EntryLength = 46, HeaderLength = 30, LongestComment = 65_535, MostEntries = 5_000;
    private const long MostUnpacked = 100_000_000;

    private static ReadOnlySpan<byte> End => "PK\x5\x6"u8;

    /// <summary>Whether a reader of archives, which begins at the end, would take the bytes for one.</summary>
    public static bool EndsIn(ReadOnlySpan<byte> bytes) => EndOf(bytes) is not null;

    /// <summary>What an archive is by the names in it; null for one that is not taken.</summary>
    public static string? TypeOf(ArraySegment<byte> content)
    {
        // One that cannot be read is damaged, not of another type: it says so once it is examined.
        if (Entries(content) is not { } entries)
            return FileTypes.Docx;
        var names = entries.Select(e => e.Name).ToHashSet();
        return names.Contains("[Content_Types].xml") && names.Contains("word/document.xml") ? FileTypes.Docx
            : names.Contains("[Content_Types].xml") && names.Contains("xl/workbook.xml") ? FileTypes.Xlsx
            : names.Contains("OFD.xml") ? FileTypes.Ofd
            : null;
    }

    public static Refusal? Refused(ArraySegment<byte> content)
    {
        if (Entries(content) is not { } entries)
            return FileRefusals.Damaged;
        var end = EndOf(content)!.Value;
        var directory = (int)U32(content, end + 16);
        if (end + EndLength + U16(content, end + 20) != content.Count || directory + U32(content, end + 12) != end || entries.Min(e => e.At) != 0)
            return FileRefusals.Polyglot;
        if (entries.Sum(e => e.Size) > MostUnpacked)
            return FileRefusals.UnpacksTooLarge;
        if (entries.Any(e => e.IsEncrypted || e.Method is not (0 or 8) || !IsTame(e.Name)) || entries.DistinctBy(e => e.Name).Count() < entries.Count)
            return FileRefusals.Damaged;
        if (entries.Any(e => e.Name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase) || e.Name.Contains("/activeX/", StringComparison.OrdinalIgnoreCase)))
            return FileRefusals.ActiveContent;
        // Entries that lie one upon the other are how few bytes come to unpack to many.
        var last = 0L;
        foreach (var entry in entries.OrderBy(e => e.At))
        {
            if (entry.At < last || Data(content, entry, directory) is not { } data)
                return FileRefusals.Damaged;
            last = data.Offset - content.Offset + data.Count;
            if (Unpacked(data, entry) is { } refused)
                return refused;
        }
        return null;
    }

    private static Refusal? Unpacked(ArraySegment<byte> data, Entry entry)
    {
        if (entry.Method == 0)
            return data.Count == entry.Size ? null : FileRefusals.Damaged;
        using var packed = new DeflateStream(new MemoryStream(data.Array!, data.Offset, data.Count, writable: false), CompressionMode.Decompress);
        var (buffer, size) = (new byte[16_384], 0L);
        try
        {
            for (int read; (read = packed.Read(buffer)) > 0;)
                if ((size += read) > entry.Size)
                    return FileRefusals.UnpacksTooLarge;
        }
        catch (InvalidDataException)
        {
            return FileRefusals.Damaged;
        }
        return size == entry.Size ? null : FileRefusals.Damaged;
    }

    private static ArraySegment<byte>? Data(ArraySegment<byte> content, Entry entry, int directory)
    {
        if (entry.At + HeaderLength > directory || !content.AsSpan((int)entry.At).StartsWith("PK\x3\x4"u8))
            return null;
        var from = entry.At + HeaderLength + U16(content, (int)entry.At + 26) + U16(content, (int)entry.At + 28);
        return from + entry.Packed > directory ? default(ArraySegment<byte>?) : content.Slice((int)from, (int)entry.Packed);
    }

    // A name that leads out of the folder it is unpacked to, or that nobody sees.
    private static bool IsTame(string name) =>
        name.Length > 0 && name[0] != '/' && !name.Contains('\\', StringComparison.Ordinal) && !name.Contains(':', StringComparison.Ordinal)
        && !name.Split('/').Contains("..") && !name.Any(char.IsControl);

    /// <summary>The directory at the end; null where it cannot be read.</summary>
    private static List<Entry>? Entries(ReadOnlySpan<byte> bytes)
    {
        if (EndOf(bytes) is not { } end)
            return null;
        var (count, at) = ((int)U16(bytes, end + 10), (long)U32(bytes, end + 16));
        if (count is 0 or > MostEntries || U16(bytes, end + 8) != count)
            return null;
        List<Entry> entries = [];
        for (var i = 0; i < count; i++)
        {
            if (at + EntryLength > end || !bytes[(int)at..].StartsWith("PK\x1\x2"u8))
                return null;
            var (here, name) = ((int)at, (int)U16(bytes, (int)at + 28));
            at += EntryLength + name + U16(bytes, here + 30) + U16(bytes, here + 32);
            if (at > end)
                return null;
            entries.Add(new(
                Encoding.UTF8.GetString(bytes.Slice(here + EntryLength, name)), U16(bytes, here + 10), (U16(bytes, here + 8) & 1) == 1,
                U32(bytes, here + 20), U32(bytes, here + 24), U32(bytes, here + 42)));
        }
        return entries;
    }

    private static int? EndOf(ReadOnlySpan<byte> bytes)
    {
        var from = Math.Max(0, bytes.Length - EndLength - LongestComment);
        for (var tail = bytes[from..]; tail.LastIndexOf(End) is var at and >= 0; tail = tail[..at])
            if (from + at + EndLength + (from + at + EndLength <= bytes.Length ? U16(bytes, from + at + 20) : 0) <= bytes.Length)
                return from + at;
        return null;
    }

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private readonly record struct Entry(string Name, ushort Method, bool IsEncrypted, long Packed, long Size, long At);
}
