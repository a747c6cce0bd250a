namespace OneDoor;

/// <summary>
/// A code that opens one thing to whoever shows it: 28 digits of Crockford's base 32, which are 140 bits, readable aloud in groups of
/// four, for instance <c>7QK4-0ZB2-M9TD-C6RV-1XHN-58WE-JAPG</c>. It is shown once and kept nowhere.
/// </summary>
public static class AccessCode
{
    /// <summary>What it is made of, at random.</summary>
    public const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    public const int Length = 28;

    private const int Group = 4;

    /// <summary>As it is shown.</summary>
    public static string Grouped(string code) => string.Join('-', code.Chunk(Group).Select(group => new string(group)));

    /// <summary>What somebody has typed, however they group it and whatever they take O, I and L for; null for what is no code.</summary>
    public static string? Read(string? typed)
    {
        var code = (typed ?? "").Where(c => c is not ('-' or ' ')).Select(c => char.ToUpperInvariant(c) switch { 'O' => '0', 'I' or 'L' => '1', var digit => digit }).ToArray();
        return code.Length == Length && code.All(Digits.Contains) ? new string(code) : null;
    }
}
