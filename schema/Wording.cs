using System.Globalization;
using System.Text;

namespace OneDoor;

/// <summary>What people may write: any Unicode, counted in characters and not in UTF-16 units, for rare characters take two (ID-4).</summary>
public static class Wording
{
    // Letters by Unicode's categories, blank to the eye: fillers of Hangul, Khmer and Braille, and the grapheme joiner.
    private const string Blanks = "\u034F\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0";

    /// <summary>
    /// 1 to so many characters in one line, not all of them blank, none of them half a character. Nothing that nobody sees is
    /// among them, for two names that look alike are one name to a reader: no control character, line separator, byte order mark,
    /// direction mark or other format character, except for the joiners that Persian, Sinhala or Mongolian words are spelt with.
    /// </summary>
    public static bool IsLine(string? text, int longest)
    {
        if (!IsText(text, longest))
            return false;
        foreach (var character in text!.EnumerateRunes())
            if (IsUnseen(character))
                return IsSpelt([.. text.EnumerateRunes()]);
        return true;
    }

    /// <summary>1 to so many characters in any number of lines, not all of them blank or unseen, none of them a control character or half a character.</summary>
    public static bool IsText(string? text, int longest)
    {
        var (count, shows) = (0, false);
        for (var at = 0; at < text?.Length; count++)
        {
            if (!Rune.TryGetRuneAt(text, at, out var character) || (Rune.IsControl(character) && text[at] is not ('\n' or '\r' or '\t')))
                return false;
            shows |= !Rune.IsWhiteSpace(character) && !IsUnseen(character) && Rune.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark;
            at += character.Utf16SequenceLength;
        }
        return shows && count <= longest;
    }

    // Whatever nobody sees in it is a joiner in its place.
    private static bool IsSpelt(Rune[] characters) => characters.Index().All(character => !IsUnseen(character.Item) || IsSpelling(characters, character.Index));

    private static bool IsUnseen(Rune character) =>
        Rune.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || (character.IsBmp && Blanks.Contains((char)character.Value));

    /// <summary>A joiner between two characters of scripts whose letters join: left out, or put elsewhere, it is seen.</summary>
    private static bool IsSpelling(Rune[] characters, int at) =>
        characters[at].Value is 0x200C or 0x200D or 0x180E
        && at > 0 && at < characters.Length - 1 && Joins(characters[at - 1]) && Joins(characters[at + 1]);

    // Arabic to Sinhala, Myanmar, Khmer and Mongolian.
    private static bool Joins(Rune character) =>
        !IsUnseen(character) && character.Value is (>= 0x0600 and <= 0x0DFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x18AF);
}
