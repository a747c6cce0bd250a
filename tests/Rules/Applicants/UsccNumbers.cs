using CsCheck;
using Xunit;

namespace OneDoor.Applicants;

/// <summary>ID-1 (GB 32100, GB 11714): the unified social credit code.</summary>
public class UsccNumbers
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    [Theory] // ID-1: codes of well-known companies
    [InlineData("91110108551385082Q")]
    [InlineData("9144030071526726XG")]
    [InlineData("914403001922038216")]
    [InlineData("91330100799655058B")]
    [InlineData("91110000802100433B")]
    public void A_real_code_is_valid(string code) => Assert.True(Uscc.IsValid(code));

    [Theory] // ID-1: ten is written X and eleven 0 in the organisation code; the whole code's check may be 0
    [InlineData("91120118MA071240XN")]
    [InlineData("91120118MA00000907")]
    [InlineData("91120118MA00125340")]
    public void Check_characters_wrap_around(string code) => Assert.True(Uscc.IsValid(code));

    [Fact] // ID-1: the right check over the whole does not make up for a wrong one within
    public void A_wrong_organisation_check_is_detected() => Assert.False(Uscc.IsValid("91440300715267261R"));

    [Theory] // ID-1: both check characters are right, but the region is no number
    [InlineData("91ABCDEFMA1234569E")]
    [InlineData("91A20118MA071240X3")]
    [InlineData("9112011XMA071240X6")]
    public void A_region_is_six_digits(string code)
    {
        Assert.Equal((code[16], code[17]), (Uscc.OrganisationCheck(code.AsSpan(8, 8)), Uscc.Check(code.AsSpan(0, 17))));
        Assert.False(Uscc.IsValid(code));
    }

    [Fact] // ID-1
    public void Every_wrong_last_character_is_detected() =>
        Assert.Equal(["9144030071526726XG"], Alphabet.Select(c => "9144030071526726X" + c).Where(Uscc.IsValid));

    [Theory] // ID-1: no lower case, no I, O, S, V, Z, no full-width digits, exactly 18
    [InlineData("9144030071526726Xg")]
    [InlineData("91I40300715267261R")]
    [InlineData("9144030071526726OG")]
    [InlineData("９1110108551385082Q")]
    [InlineData(" 91110108551385082Q")]
    [InlineData("91110108551385082")]
    [InlineData("91110108551385082Q\n")]
    [InlineData("")]
    [InlineData(null)]
    public void Other_characters_and_lengths_are_not_valid(string? code) => Assert.False(Uscc.IsValid(code));

    private static readonly Gen<string> Codes = Gen.Select(Gen.Char[Alphabet].Array[2], Gen.Int[0, 999_999], Gen.Char[Alphabet].Array[8]).Select((kind, region, organisation) =>
    {
        var first17 = $"{new string(kind)}{region:D6}{new string(organisation)}{Uscc.OrganisationCheck(organisation)}";
        return first17 + Uscc.Check(first17);
    });

    [Fact] // ID-1
    public void A_single_changed_character_is_detected() => Gen.Select(Codes, Gen.Int[0, 17], Gen.Char[Alphabet]).Sample((code, at, other) =>
        Uscc.IsValid(code) && (code[at] == other || !Uscc.IsValid(code[..at] + other + code[(at + 1)..])));
}
