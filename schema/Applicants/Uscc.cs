namespace OneDoor.Applicants;

/// <summary>Unified social credit code 统一社会信用代码 of a legal entity (ID-1, GB 32100-2015): 18 characters: authority, kind, the six
/// digits of a region (GB/T 2260), the organisation code and a check character.</summary>
public static class Uscc
{
    internal const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private const string RegionOfNobody = "91990000";
    private const int Length = 18;
    private static readonly int[] OrganisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>True when length, alphabet, the region's digits and both check characters (organisation code and whole code) are right.</summary>
    public static bool IsValid(string? text)
    {
        if (text is not { Length: Length } || text.Any(c => !Alphabet.Contains(c)) || text.AsSpan(2, 6).IndexOfAnyExceptInRange('0', '9') >= 0)
            return false;
        return text[16] == OrganisationCheck(text.AsSpan(8, 8)) && text[17] == Check(text.AsSpan(0, 17));
    }

    /// <summary>The code of an organisation that does not exist, since the region in it does not.</summary>
    /// <param name="organisation">Characters 9–16, of the code's alphabet.</param>
    internal static string Nowhere(string organisation)
    {
        var first17 = RegionOfNobody + organisation + OrganisationCheck(organisation);
        return first17 + Check(first17);
    }

    /// <summary>The 18th character for the first 17, all of the code's alphabet.</summary>
    public static char Check(ReadOnlySpan<char> first17)
    {
        // Weights are 3^(i−1) mod 31.
        var (sum, weight) = (0, 1);
        foreach (var c in first17)
        {
            sum += Alphabet.IndexOf(c) * weight;
            weight = weight * 3 % 31;
        }
        return Alphabet[(31 - sum % 31) % 31];
    }

    /// <summary>The 17th character: check of the organisation code (GB 11714) that characters 9–16 hold.</summary>
    public static char OrganisationCheck(ReadOnlySpan<char> characters9To16)
    {
        var sum = 0;
        for (var i = 0; i < OrganisationWeights.Length; i++)
            sum += OrganisationCodeValue(characters9To16[i]) * OrganisationWeights[i];
        return (11 - sum % 11) switch { 10 => 'X', 11 => '0', var digit => (char)('0' + digit) };
    }

    // GB 11714 counts the whole Latin alphabet: A is 10 … Z is 35.
    private static int OrganisationCodeValue(char c) => char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10;
}
