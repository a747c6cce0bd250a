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
    private static readonly byte[][] Active = [.. new[] { "/JavaScript", "/Launch", "/RichMedia" }.Select(Encoding.ASCII.GetBytes)];

    // A form with scripts of its own has both, wherever each stands; the shorter one alone stands in a large scan by chance.
    private static readonly byte[][] Forms = ["/AcroForm"u8.ToArray()], Scripts = ["/XFA"u8.ToArray()];

    private static readonly byte[][] PackedObjects = ["/ObjStm"u8.ToArray()], Filters = ["/Filter"u8.ToArray()];

    // How objects may be packed that is not looked into: nobody who has nothing to hide packs them so.
    private static readonly byte[][] Unread = [.. new[] { "/Predictor", "/LZWDecode", "/LZW", "/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx", "/RunLengthDecode", "/RL", "/Crypt" }.Select(Encoding.ASCII.GetBytes)];

    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n\f\0"u8);

    private static readonly SearchValues<byte> NameEnds = SearchValues.Create(" \t\r\n\f\0/()<>[]{}%"u8);

    // What stands in no names of filters: numbers of objects, and what would hide some.
    private static readonly SearchValues<byte> NoNames = SearchValues.Create("0123456789%(<"u8);

    private const int MostUnpacked = 100_000_000, MostPacked = 10_000, LongestName = 64, LongestFilter = 256;

    public static Refusal? Refused(ArraySegment<byte> content)
    {
        ReadOnlySpan<byte> bytes = content;
        var end = bytes.LastIndexOf("%%EOF"u8);
        if (end < 0)
            return FileRefusals.Damaged;
        if (bytes[(end + 5)..].ContainsAnyExcept(Blanks))
            return FileRefusals.Polyglot;
        var found = (IsForm: false, IsScripted: false);
        return Runs(bytes, ref found) ? FileRefusals.ActiveContent : Packed(content, ref found);
    }

    // Of some bytes, and of a form that is found with those before.
    private static bool Runs(ReadOnlySpan<byte> bytes, ref (bool IsForm, bool IsScripted) found)
    {
        found = (found.IsForm || Hold(Forms, bytes), found.IsScripted || Hold(Scripts, bytes));
        return found is (true, true) || Hold(Active, bytes);
    }

    private static bool Hold(byte[][] names, ReadOnlySpan<byte> bytes) => PlacesOf(names, bytes, most: 1).Count > 0;

    // Where any of some names stands, in their order. A name may write each of its letters as # and two digits: /J#61vaScript.
    private static SortedSet<int> PlacesOf(byte[][] names, ReadOnlySpan<byte> bytes, int most)
    {
        SortedSet<int> places = [];
        foreach (var name in names)
            for (int from = 0, at; places.Count < most && (at = bytes[from..].IndexOf(name)) >= 0; from += at + name.Length)
                if (EndsName(bytes[(from + at + name.Length)..]))
                    places.Add(from + at);
        Span<byte> plain = stackalloc byte[LongestName];
        for (int from = 0, at; places.Count < most && (at = bytes[from..].IndexOf((byte)'#')) >= 0;)
        {
            at += from;
            from = at + 1;
            var start = Math.Max(0, at - LongestName);
            var slash = start + bytes[start..at].LastIndexOfAny(NameEnds);
            if (slash < start || bytes[slash] != '/')
                continue;
            var length = Plain(bytes[slash..Math.Min(bytes.Length, slash + LongestName)], plain, out var read);
            from = Math.Max(from, slash + read);
            foreach (var name in names)
                if (plain[..length].StartsWith(name) && EndsName(plain[name.Length..length]))
                    places.Add(slash);
        }
        return places;
    }

    // A name up to its end, and how many letters that are.
    private static int Plain(ReadOnlySpan<byte> name, Span<byte> plain, out int read)
    {
        var length = 0;
        for (read = 0; read < name.Length && (read == 0 || !NameEnds.Contains(name[read])); read++)
        {
            var isEscape = name[read] == '#' && read + 2 < name.Length && char.IsAsciiHexDigit((char)name[read + 1]) && char.IsAsciiHexDigit((char)name[read + 2]);
            plain[length++] = isEscape ? byte.Parse(name.Slice(read + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) : name[read];
            read += isEscape ? 2 : 0;
        }
        return length;
    }

    private static bool EndsName(ReadOnlySpan<byte> rest) => rest.IsEmpty || !char.IsAsciiLetterOrDigit((char)rest[0]);

    // Objects may lie packed in streams of objects. What stands before each is read once, however often it is named, and of all together so much is unpacked.
    private static Refusal? Packed(ArraySegment<byte> content, ref (bool IsForm, bool IsScripted) found)
    {
        var places = PlacesOf(PackedObjects, content, MostPacked + 1);
        if (places.Count > MostPacked)
            return FileRefusals.UnpacksTooLarge;
        var (left, before) = (MostUnpacked, 0);
        foreach (var at in places)
        {
            // The same stream's once more.
            if (at < before)
                continue;
            var stream = StreamAfter(content, at);
            if (stream < 0)
                break;
            var begin = before + Math.Max(0, content.AsSpan(before, at - before).LastIndexOf("obj"u8));
            var dictionary = content.AsSpan(begin, stream - begin);
            if (Hold(Unread, dictionary) || FiltersElsewhere(dictionary))
                return FileRefusals.ActiveContent;
            var unpacked = Unpacked(content[stream..], ref left);
            if (unpacked is null)
                return FileRefusals.UnpacksTooLarge;
            if (Runs(unpacked, ref found))
                return FileRefusals.ActiveContent;
            before = stream;
        }
        return null;
    }

    // Whether how objects are packed is not all said in their dictionary, but by a number where it is said, which is not looked up.
    private static bool FiltersElsewhere(ReadOnlySpan<byte> dictionary)
    {
        var places = PlacesOf(Filters, dictionary, MostPacked);
        foreach (var at in places)
        {
            var value = dictionary[at..Math.Min(dictionary.Length, at + LongestFilter)];
            value = value[(1 + value[1..].IndexOfAny(NameEnds))..].TrimStart(" \t\r\n\f\0"u8);
            var end = value is [(byte)'[', ..] ? value.IndexOf((byte)']') : value.IsEmpty ? -1 : 1 + value[1..].IndexOfAny(NameEnds);
            if (end <= 0 || value[..end].IndexOfAny(NoNames) >= 0)
                return true;
        }
        return places.Count == MostPacked;
    }

    // The first byte after the word that follows a dictionary's end, which may stand within the dictionary as something else.
    private static int StreamAfter(ReadOnlySpan<byte> bytes, int at)
    {
        for (int from = at, next; (next = bytes[from..].IndexOf("stream"u8)) >= 0; from += next + 6)
            if (bytes[..(from + next)].TrimEnd(" \t\r\n\f\0"u8).EndsWith(">>"u8))
                return from + next + 6;
        return -1;
    }

    // Null where it is more than is left, of what is read or of what comes of that; what cannot be unpacked cannot be read by anybody else.
    private static byte[]? Unpacked(ArraySegment<byte> stream, ref int left)
    {
        while (stream is [(byte)'\r' or (byte)'\n', ..])
            stream = stream[1..];
        using var source = new MemoryStream(stream.Array!, stream.Offset, stream.Count, writable: false);
        using var packed = new ZLibStream(source, CompressionMode.Decompress);
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
        left -= (int)Math.Max(unpacked.Length, source.Position);
        return left < 0 ? null : unpacked.ToArray();
    }
}
