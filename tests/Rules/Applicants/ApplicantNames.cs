using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using Xunit;

namespace OneDoor.Applicants;

/// <summary>ID-4: names are kept exactly as given. Every refusal of an applicant is produced here.</summary>
public class ApplicantNames
{
    private static readonly DateOnly Today = new(2026, 11, 25);

    private const string Id = "11010519491231002X", Code = "91110108551385082Q";

    private static Applicant Person(string name) => new(ApplicantKind.Person, name, CitizenId: Id);

    public static TheoryData<string> Real => new(
        "买买提·吐尔逊",
        "𠮷野𤭢",                                             // beyond the basic plane
        "\u5f20\U000E0100\u4e09",                             // with a variation selector
        "e\u0301lodie",                                       // with a combining mark, not to be composed
        "أحمد",
        "علی\u200cرضا",                                       // a Persian name, spelt with a joiner
        "ශ්\u200dරී",                                          // and one in Sinhala
        "\u1820\u1828\u180e\u1820",                           // Mongolian's vowel separator
        " 两端有空格 ",
        string.Concat(Enumerable.Repeat("阿", 70)),
        string.Concat(Enumerable.Repeat("𠮷", 200)));         // 400 UTF-16 units, but 200 characters

    [Theory] // ID-4
    [MemberData(nameof(Real))]
    public void A_name_is_kept_exactly(string name)
    {
        var applicant = Person(name);
        Assert.Empty(applicant.Refusals(Today));
        var stored = JsonSerializer.SerializeToUtf8Bytes(applicant, PlatformJson.Options);
        Assert.Equal(name, JsonSerializer.Deserialize<Applicant>(stored, PlatformJson.Options)!.Name, StringComparer.Ordinal);
    }

    public static TheoryData<string> Impossible => new(
        "", "   ", "\u3000", "\u200b", "\ufeff \u200d", "张\0三", "张\n三", "张\u007f三", "张\u0085三",
        "\ufeff张三", "张三\ufeff", "张\u200b三",               // byte order marks, zero width
        "张\u202e三", "\u202a张三\u202c", "\u2067张三\u2069", // what turns the direction of what follows
        "\u200e张三", "\u200f张三", "\u061c张三",
        "张\u2028三", "张\u2029三",                           // line and paragraph separators
        "张\u200d三", "张\u200c三", "علی\u200c", "\u200dරී",  // joiners that join nothing
        "张\u00ad三", "张\u2060三", "张\U000E0041三",         // soft hyphen, word joiner, tag
        "\u3164", "张\uffa0三", "\u2800\u2800", "\ufe0f", "\u0301", // blanks by another name, marks without a letter
        "张\ud842",                                           // half a character: it could not be stored as it is
        "\udfb7三",
        string.Concat(Enumerable.Repeat("阿", 201)),
        string.Concat(Enumerable.Repeat("𠮷", 201)));

    [Theory] // ID-4
    [MemberData(nameof(Impossible))]
    public void A_name_that_is_blank_invisible_too_long_or_no_text_is_refused(string name) =>
        AssertRefused(ApplicantRefusals.NameInvalid, "/applicant/name", Person(name));

    [Fact] // ID-4
    public void A_name_of_any_characters_one_sees_comes_back_as_it_was() => Gen.Int[0x20, 0x10FFFF]
        .Where(c => Rune.IsValid(c) && !"\u034F\u115F\u1160\u17B4\u17B5\u2028\u2029\u2800\u3164\uFFA0".Contains((char)c)
            && Rune.GetUnicodeCategory(new Rune(c)) is not (UnicodeCategory.Control or UnicodeCategory.Format)).Array[1, 200]
        .Select(codes => string.Concat(codes.Select(char.ConvertFromUtf32)))
        .Where(name => name.EnumerateRunes().Any(c => Rune.IsLetterOrDigit(c)))
        .Sample(name => Person(name).Refusals(Today).Count == 0
            && JsonSerializer.Deserialize<Applicant>(JsonSerializer.Serialize(Person(name), PlatformJson.Options), PlatformJson.Options)!.Name == name);

    [Fact] // ID-1, ID-2
    public void A_wrong_number_is_refused()
    {
        AssertRefused(ApplicantRefusals.UsccInvalid, "/applicant/uscc", new(ApplicantKind.LegalEntity, "小米科技", Uscc: "91110108551385082R"));
        AssertRefused(ApplicantRefusals.UsccInvalid, "/applicant/uscc", new(ApplicantKind.LegalEntity, "小米科技"));
        AssertRefused(ApplicantRefusals.CitizenIdInvalid, "/applicant/citizenId", new(ApplicantKind.Person, "张三", CitizenId: Id.ToLowerInvariant()));
        AssertRefused(ApplicantRefusals.CitizenIdInvalid, "/applicant/citizenId", new(ApplicantKind.Person, "张三"));
    }

    [Fact] // ID-1, ID-2
    public void A_number_of_the_other_kind_is_refused()
    {
        AssertRefused(ApplicantRefusals.WrongIdentifier, "/applicant/citizenId", new(ApplicantKind.LegalEntity, "小米科技", Code, Id));
        AssertRefused(ApplicantRefusals.WrongIdentifier, "/applicant/uscc", new(ApplicantKind.Person, "张三", Code, Id));
    }

    [Fact] // ID-1, ID-4
    public void A_name_and_a_number_that_are_both_wrong_are_both_refused() => Assert.Equal(
        ["/applicant/name", "/applicant/uscc"],
        new Applicant(ApplicantKind.LegalEntity, " ", Uscc: "1").Refusals(Today).SelectMany(r => r.Fields).Select(f => f.Pointer));

    [Fact] // ID-1, ID-2
    public void The_key_is_what_a_token_claims()
    {
        Assert.Equal("legal-entity:" + Code, new Applicant(ApplicantKind.LegalEntity, "小米科技", Code).Key);
        Assert.Equal("person:" + Id, Person("张三").Key);
    }

    [Fact]
    public void Every_refusal_of_an_applicant_is_tested_here_or_beside() => Assert.Equal(
        ["applicant.citizen-id-invalid", "applicant.country-invalid", "applicant.founders-invalid", "applicant.identifier-invalid", "applicant.name-invalid", "applicant.parties-invalid", "applicant.representative-invalid",
            "applicant.subject-missing", "applicant.uscc-invalid", "applicant.worker-missing", "applicant.wrong-identifier"],
        typeof(ApplicantRefusals).GetFields().Select(f => ((Refusal)f.GetValue(null)!).Code).Order(StringComparer.Ordinal));

    private static void AssertRefused(Refusal expected, string pointer, Applicant applicant)
    {
        var refused = Assert.Single(applicant.Refusals(Today));
        Assert.Equal(expected.Code, refused.Code);
        Assert.Equal([new FieldRefusal(pointer, expected.Code, expected.Title, expected.Detail)], refused.Fields);
    }
}
