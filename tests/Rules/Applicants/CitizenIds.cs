using System.Globalization;
using CsCheck;
using Xunit;

namespace OneDoor.Applicants;

/// <summary>ID-2 (GB 11643): the citizen identity number.</summary>
public class CitizenIds
{
    private static readonly DateOnly Today = new(2026, 11, 25);

    [Theory] // ID-2: the standard's own examples among them
    [InlineData("11010519491231002X")]
    [InlineData("440524188001010014")]
    [InlineData("34052419800101001X")]
    [InlineData("12010120000229001X")] // 2000 was a leap year
    public void A_right_number_is_valid(string number) => Assert.True(CitizenId.IsValid(number, Today));

    [Theory] // ID-2: the check character is right in all of these
    [InlineData("120101194902290017")]
    [InlineData("120101190002290013")] // 1900 was no leap year
    [InlineData("120101198002300011")]
    [InlineData("120101198004310010")]
    [InlineData("12010119801301001X")]
    [InlineData("120101198000010010")]
    [InlineData("120101198001000017")]
    [InlineData("120101179912310012")] // nobody born in the eighteenth century applies
    public void A_birth_date_that_does_not_exist_is_detected(string number)
    {
        Assert.Equal(number[17], CitizenId.Check(number.AsSpan(0, 17)));
        Assert.False(CitizenId.IsValid(number, Today));
    }

    /// <summary>(B20)</summary>
    [Theory] // ID-2: the check character is right in all of these
    [InlineData("110105202611250024", true)] // born today
    [InlineData("11010520261126002X", false)]
    [InlineData("110105209912310029", false)]
    public void Nobody_is_born_after_today(string number, bool valid)
    {
        Assert.Equal(number[17], CitizenId.Check(number.AsSpan(0, 17)));
        Assert.Equal(valid, CitizenId.IsValid(number, Today));
    }

    [Theory] // ID-2
    [InlineData("11010519491231002x")]
    [InlineData("1101051949123100X2")]
    [InlineData("１1010519491231002X")]
    [InlineData("110105491231002")]
    [InlineData("11010519491231002X ")]
    [InlineData("")]
    [InlineData(null)]
    public void Other_characters_and_lengths_are_not_valid(string? number) => Assert.False(CitizenId.IsValid(number, Today));

    private static readonly Gen<string> Numbers = Gen.Select(Gen.Int[100_000, 999_999], Gen.Int[0, 60_000], Gen.Int[0, 999]).Select((region, day, serial) =>
    {
        var born = new DateOnly(1850, 1, 1).AddDays(day);
        var first17 = string.Create(CultureInfo.InvariantCulture, $"{region}{born:yyyyMMdd}{serial:D3}");
        return first17 + CitizenId.Check(first17);
    });

    [Fact] // ID-2
    public void A_single_changed_character_is_detected() => Gen.Select(Numbers, Gen.Int[0, 17], Gen.Char["0123456789X"]).Sample((number, at, other) =>
        CitizenId.IsValid(number, Today) && (number[at] == other || !CitizenId.IsValid(number[..at] + other + number[(at + 1)..], Today)));
}
