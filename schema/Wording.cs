using System.Globalization;
using System.Text;

namespace OneDoor;

/// <summary>What people may write: any Unicode, counted in characters and not in UTF-16 units, for rare characters take two (ID-4).</summary>
internal static class Wording
{
    /// <summary>1 to so many characters, not all of them blank or invisible, none of them a control character or half a character.</summary>
    public static bool IsLine(string? text, int longest) => IsWritten(text, longest, "");

    /// <summary>The same, in any number of lines.</summary>
    public static bool IsText(string? text, int longest) => IsWritten(text, longest, "\n\r\t");

    private static bool IsWritten(string? text, int longest, string allowed)
    {
        var (count, shows) = (0, false);
        for (var at = 0; at < text?.Length; count++)
        {
            if (!Rune.TryGetRuneAt(text, at, out var character) || (Rune.IsControl(character) && !allowed.Contains(text[at])))
                return false;
            // Format characters, U+200B for instance, leave nothing to read where they stand alone.
            shows |= !Rune.IsWhiteSpace(character) && Rune.GetUnicodeCategory(character) != UnicodeCategory.Format;
            at += character.Utf16SequenceLength;
        }
        return shows && count <= longest;
    }
}
