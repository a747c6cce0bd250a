using System.Buffers.Binary;
using System.Text;

namespace OneDoor.Documents;

/// <summary>Section <c>Documents</c>: how documents are drawn.</summary>
public sealed record DocumentOptions
{
    /// <summary>TrueType files to draw with, the first that has a character drawing it; those found on the machine when there are none.</summary>
    public IReadOnlyList<string> Fonts { get; init; } = [];
}

/// <summary>What documents are drawn with. No font has every character of people's names: each is drawn by the first font that has it.</summary>
public sealed class DocumentFonts
{
    // What make has published with the program, or fetched from npm where Debian's could not be installed.
    private static readonly DirectoryInfo Own = new(Path.Combine(AppContext.BaseDirectory, "Documents", "fonts", "dist"));

    // Debian's fonts-lxgw-wenkai and fonts-hanazono.
    private static readonly string[] Usual =
    [
        "/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf", .. Own.Exists ? Own.GetFiles("*.ttf").Select(file => file.FullName) : [],
        "/usr/share/fonts/truetype/hanazono/HanaMinA.ttf", "/usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
    ];

    private readonly Lazy<(string File, HashSet<int> Has)[]> _fonts;

    public DocumentFonts(DocumentOptions options) =>
        _fonts = new(() => [.. (options.Fonts.Count > 0 ? options.Fonts : Usual.Where(File.Exists)).Select(file => (file, TrueType.Characters(File.ReadAllBytes(file))))]);

    /// <summary>A text in pieces, each with the file of the font that draws it, without what nobody sees and no font has; null where no font has a character that is seen.</summary>
    public IReadOnlyList<(string Font, string Text)>? Pieces(string text)
    {
        List<(string Font, StringBuilder Text)> pieces = [];
        foreach (var rune in text.EnumerateRunes())
        {
            // Whoever draws a piece already goes on drawing what it has, so that a line does not change its hand in between.
            var font = pieces.Count > 0 && _fonts.Value.Single(f => f.File == pieces[^1].Font).Has.Contains(rune.Value)
                ? pieces[^1].Font
                : _fonts.Value.FirstOrDefault(f => f.Has.Contains(rune.Value)).File;
            if (font is null && IsIgnorable(rune.Value))
                continue;
            if (font is null)
                return null;
            if (pieces.Count == 0 || pieces[^1].Font != font)
                pieces.Add((font, new()));
            pieces[^1].Text.Append(rune.ToString());
        }
        return [.. pieces.Select(piece => (piece.Font, piece.Text.ToString()))];
    }

    // Joiners, direction marks, selectors of variants and fillers: Unicode's Default_Ignorable_Code_Point, of which nothing is shown where a font does not support them.
    private static bool IsIgnorable(int character) => character is 0x00AD or 0x034F or 0x061C or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or (>= 0x200B and <= 0x200F)
        or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F) or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF or 0xFFA0 or (>= 0xFFF0 and <= 0xFFF8) or (>= 0x1BCA0 and <= 0x1BCA3)
        or (>= 0x1D173 and <= 0x1D17A) or (>= 0xE0000 and <= 0xE0FFF);
}

/// <summary>Which characters a TrueType font has: its table <c>cmap</c>, in the formats 4 and 12.</summary>
internal static class TrueType
{
    public static HashSet<int> Characters(ReadOnlySpan<byte> font)
    {
        for (var i = 0; i < U16(font, 4); i++)
        {
            var entry = font[(12 + 16 * i)..];
            if (entry[..4].SequenceEqual("cmap"u8))
                return OfTable(font[(int)U32(entry, 8)..]);
        }
        return [];
    }

    private static HashSet<int> OfTable(ReadOnlySpan<byte> cmap)
    {
        HashSet<int> has = [];
        for (var i = 0; i < U16(cmap, 2); i++)
        {
            var table = cmap[(int)U32(cmap, 4 + 8 * i + 4)..];
            if (U16(table, 0) == 12)
                OfGroups(table, has);
            else if (U16(table, 0) == 4)
                OfSegments(table, has);
        }
        return has;
    }

    private static void OfGroups(ReadOnlySpan<byte> table, HashSet<int> has)
    {
        for (var g = 0; g < U32(table, 12); g++)
            for (var c = U32(table, 16 + 12 * g); c <= U32(table, 20 + 12 * g); c++)
                has.Add((int)c);
    }

    private static void OfSegments(ReadOnlySpan<byte> table, HashSet<int> has)
    {
        var twice = U16(table, 6);
        for (var at = 0; at < twice; at += 2)
        {
            int end = U16(table, 14 + at), start = U16(table, 16 + twice + at), delta = U16(table, 16 + 2 * twice + at), offsetAt = 16 + 3 * twice + at;
            for (var c = start; c <= end && c != 0xFFFF; c++)
            {
                var glyph = U16(table, offsetAt) == 0 ? c + delta : U16(table, offsetAt + U16(table, offsetAt) + 2 * (c - start));
                if ((glyph & 0xFFFF) != 0)
                    has.Add(c);
            }
        }
    }

    private static int U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
}
