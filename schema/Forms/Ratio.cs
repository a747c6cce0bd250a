using System.Globalization;
using System.Numerics;

namespace OneDoor.Forms;

/// <summary>Numbers, amounts and shares alike, exactly, so that thirds add up to one.</summary>
/// <param name="Of">How many, in lowest terms.</param>
/// <param name="By">Of how many; greater than 0.</param>
internal readonly record struct Ratio(BigInteger Of, BigInteger By)
{
    // A decimal has 28 digits at most; forms have six decimals.
    private const int Decimals = 1_000_000;

    public static readonly Ratio Zero = new(0, 1);

    public static Ratio From(decimal number) => Reduced(new BigInteger(decimal.Truncate(number)) * Decimals + new BigInteger(number % 1 * Decimals), Decimals);

    /// <summary>A share, <c>1/3</c>, or a number; null where it is neither.</summary>
    public static Ratio? Read(string? text)
    {
        if (text is not null && FormAnswer.Matches(FieldWords.Fraction, text))
            return text.Split('/') is [var of, var by] ? Reduced(int.Parse(of, CultureInfo.InvariantCulture), int.Parse(by, CultureInfo.InvariantCulture)) : null;
        return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? From(number) : null;
    }

    public static Ratio operator +(Ratio one, Ratio other) => Reduced(one.Of * other.By + other.Of * one.By, one.By * other.By);

    public static bool operator <(Ratio one, Ratio other) => one.Of * other.By < other.Of * one.By;

    public static bool operator >(Ratio one, Ratio other) => other < one;

    public static bool operator <=(Ratio one, Ratio other) => !(other < one);

    public static bool operator >=(Ratio one, Ratio other) => !(one < other);

    private static Ratio Reduced(BigInteger of, BigInteger by) => BigInteger.GreatestCommonDivisor(of, by) is var common ? new(of / common, by / common) : default;
}
