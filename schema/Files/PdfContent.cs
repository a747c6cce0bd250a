using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace OneDoor.Files;

/// <summary>
/// What is refused of a PDF: what stands behind its end, and what would run by being opened. What it hides by encryption is not found; it is
/// handed on as an attachment, never shown by a browser at the platform's address.
/// </summary>
internal static class PdfContent
{
    // What does something by itself. Files within a file, as electronic invoices have them, do nothing until somebody opens them.
    private static readonly byte[][] Active = [.. new[] { "/JavaScript", "/Launch", "/RichMedia", "/XFA" }.Select(Encoding.ASCII.GetBytes)];

    private static readonly byte[][] PackedObjects = [.. new[] { "/ObjStm" }.Select(Encoding.ASCII.GetBytes)];

    // How objects may be packed that is not looked into: nobody who has nothing to hide packs them so.
    private static readonly byte[][] Unread = [.. new[] { "/Predictor", "/LZWDecode", "/LZW", "/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx", "/RunLengthDecode", "/RL", "/Crypt" }.Select(Encoding.ASCII.GetBytes)];

    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n\f\0"u8);

    private const int MostUnpacked = 100_000_000, LongestName = 64;

    public static Refusal? Refused(ArraySegment<byte> content)
    {
        ReadOnlySpan<byte> bytes = content;
        var end = bytes.LastIndexOf("%%EOF"u8);
        if (end < 0)
            return FileRefusals.Damaged;
        if (bytes[(end + 5)..].ContainsAnyExcept(Blanks))
            return FileRefusals.Polyglot;
        return Runs(bytes) ? FileRefusals.ActiveContent : Packed(content);
    }

    private static bool Runs(ReadOnlySpan<byte> bytes) => PlacesOf(Active, bytes, most: 1).Count > 0;

    // Where any of some names stands. A name may write each of its letters as # and two digits: /J#61vaScript.
    private static List<int> PlacesOf(byte[][] names, ReadOnlySpan<byte> bytes, int most = int.MaxValue)
    {
        List<int> places = [];
        foreach (var name in names)
            for (int from = 0, at; places.Count < most && (at = bytes[from..].IndexOf(name)) >= 0; from += at + name.Length)
                if (EndsName(bytes[(from + at + name.Length)..]))
                    places.Add(from + at);
        for (int from = 0, at; places.Count < most && (at = bytes[from..].IndexOf((byte)'#')) >= 0; from += at + 1)
        {
            var start = Math.Max(0, from + at - LongestName);
            var slash = bytes[start..(from + at)].LastIndexOf((byte)'/');
            if (slash < 0)
                continue;
            var plain = Plain(bytes[(start + slash)..Math.Min(bytes.Length, start + slash + LongestName)]);
            if (Array.Exists(names, name => plain.AsSpan().StartsWith(name) && EndsName(plain.AsSpan(name.Length))) && !places.Contains(start + slash))
                places.Add(start + slash);
        }
        return places;
    }

    private static byte[] Plain(ReadOnlySpan<byte> name)
    {
        List<byte> plain = [];
        for (var i = 0; i < name.Length; i++)
        {
            var isEscape = name[i] == '#' && i + 2 < name.Length && byte.TryParse(name.Slice(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out _);
            plain.Add(isEscape ? byte.Parse(name.Slice(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) : name[i]);
            i += isEscape ? 2 : 0;
        }
        return [.. plain];
    }

    private static bool EndsName(ReadOnlySpan<byte> rest) => rest.IsEmpty || !char.IsAsciiLetterOrDigit((char)rest[0]);

    // Objects may lie packed in a stream of objects.
    private static Refusal? Packed(ArraySegment<byte> content)
    {
        var left = MostUnpacked;
        foreach (var at in PlacesOf(PackedObjects, content))
        {
            var stream = StreamAfter(content, at);
            if (stream < 0)
                continue;
            var dictionary = Math.Max(0, content.AsSpan(0, at).LastIndexOf("obj"u8));
            if (PlacesOf(Unread, content.AsSpan(dictionary, stream - dictionary), most: 1).Count > 0)
                return FileRefusals.ActiveContent;
            var unpacked = Unpacked(content[stream..], left);
            if (unpacked is null)
                return FileRefusals.UnpacksTooLarge;
            left -= unpacked.Length;
            if (Runs(unpacked))
                return FileRefusals.ActiveContent;
        }
        return null;
    }

    // The first byte after the word that follows a dictionary's end, which may stand within the dictionary as something else.
    private static int StreamAfter(ReadOnlySpan<byte> bytes, int at)
    {
        for (int from = at, next; (next = bytes[from..].IndexOf("stream"u8)) >= 0; from += next + 6)
            if (bytes[..(from + next)].TrimEnd(" \t\r\n\f\0"u8).EndsWith(">>"u8))
                return from + next + 6;
        return -1;
    }

    // Null where it is more than is left; what cannot be unpacked cannot be read by anybody else.
    private static byte[]? Unpacked(ArraySegment<byte> stream, int left)
    {
        while (stream is [(byte)'\r' or (byte)'\n', ..])
            stream = stream[1..];
        using var packed = new ZLibStream(new MemoryStream(stream.Array!, stream.Offset, stream.Count, writable: false), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        var buffer = new byte[16_384];
        try
        {
            for (int read; (read = packed.Read(buffer)) > 0;)
            {
                if (unpacked.Length + read > left)
                    return null;
                unpacked.Write(buffer, 0, read);
            }
        }
        catch (InvalidDataException)
        {
            // As far as it went.
        }
        return unpacked.ToArray();
    }
}
