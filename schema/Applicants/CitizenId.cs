using System.Globalization;

namespace OneDoor.Applicants;

/// <summary>Citizen identity number 公民身份号码 (ID-2, GB 11643-1999): region, birth date, sequence and a check character.</summary>
public static class CitizenId
{
    private const string CheckCharacters = "10X98765432";
    private static readonly int[] Weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>True when the number is 17 digits and the right check character, and its birth date exists and has come.</summary>
    /// <param name="text">The number; X in upper case.</param>
    /// <param name="today">The day, China Standard Time: nobody is born after it.</param>
    public static bool IsValid(string? text, DateOnly today) =>
        text is { Length: 18 }
        && text.AsSpan(0, 17).IndexOfAnyExceptInRange('0', '9') < 0
        && DateOnly.TryParseExact(text.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var birth)
        && birth.Year >= 1800
        && birth <= today
        && text[17] == Check(text.AsSpan(0, 17));

    /// <summary>The day of birth that a valid number tells.</summary>
    public static DateOnly BornOn(string number) => DateOnly.ParseExact(number.AsSpan(6, 8), "yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>The 18th character for the first 17 digits; X stands for ten and is always upper case.</summary>
    public static char Check(ReadOnlySpan<char> first17)
    {
        var sum = 0;
        for (var i = 0; i < Weights.Length; i++)
            sum += (first17[i] - '0') * Weights[i];
        return CheckCharacters[sum % 11];
    }
}
