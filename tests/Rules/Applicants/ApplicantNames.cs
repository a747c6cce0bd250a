using System.Text;
using System.Text.Json;
using CsCheck;
using Xunit;

namespace OneDoor.Applicants;

/// <summary>ID-4: names are kept exactly as given. Every refusal of an applicant is produced here.</summary>
public class ApplicantNames
{
    private const string Id = "11010519491231002X", Code = "91110108551385082Q";

    private static Applicant Person(string name) => new(ApplicantKind.Person, name, CitizenId: Id);

    public static TheoryData<string> Real => new(
        "买买提·吐尔逊",
        "𠮷野𤭢",                                             // beyond the basic plane
        "\u5f20\U000E0100\u4e09",                             // with a variation selector
        "e\u0301lodie",                                       // with a combining mark, not to be composed
        "أحمد",
        " 两端有空格 ",
        string.Concat(Enumerable.Repeat("阿", 70)),
        string.Concat(Enumerable.Repeat("𠮷", 200)));         // 400 UTF-16 units, but 200 characters

    [Theory] // ID-4
    [MemberData(nameof(Real))]
    public void A_name_is_kept_exactly(string name)
    {
        var applicant = Person(name);
        Assert.Null(applicant.Refused());
        var stored = JsonSerializer.SerializeToUtf8Bytes(applicant, PlatformJson.Options);
        Assert.Equal(name, JsonSerializer.Deserialize<Applicant>(stored, PlatformJson.Options)!.Name, StringComparer.Ordinal);
    }

    public static TheoryData<string> Impossible => new(
        "", "   ", "\u3000", "\u200b", "\ufeff \u200d", "张\0三", "张\n三", "张\u007f三", "张\u0085三",
        "张\ud842",                                           // half a character: it could not be stored as it is
        "\udfb7三",
        string.Concat(Enumerable.Repeat("阿", 201)),
        string.Concat(Enumerable.Repeat("𠮷", 201)));

    [Theory] // ID-4
    [MemberData(nameof(Impossible))]
    public void A_name_that_is_blank_invisible_too_long_or_no_text_is_refused(string name) =>
        AssertRefused(ApplicantRefusals.NameInvalid, "/applicant/name", Person(name));

    [Fact] // ID-4
    public void A_name_of_any_characters_comes_back_as_it_was() => Gen.Int[0x20, 0x10FFFF]
        .Where(c => c is not (>= 0xD800 and <= 0xDFFF) and not (>= 0x7F and <= 0x9F)).Array[1, 200]
        .Select(codes => string.Concat(codes.Select(char.ConvertFromUtf32)))
        .Where(name => name.EnumerateRunes().Any(c => Rune.IsLetterOrDigit(c)))
        .Sample(name => Person(name).Refused() is null
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

    [Fact] // ID-1, ID-2
    public void The_key_is_what_a_token_claims()
    {
        Assert.Equal("legal-entity:" + Code, new Applicant(ApplicantKind.LegalEntity, "小米科技", Code).Key);
        Assert.Equal("person:" + Id, Person("张三").Key);
    }

    [Fact]
    public void Every_refusal_of_an_applicant_is_tested_here() => Assert.Equal(
        ["applicant.citizen-id-invalid", "applicant.name-invalid", "applicant.uscc-invalid", "applicant.wrong-identifier"],
        typeof(ApplicantRefusals).GetFields().Select(f => ((Refusal)f.GetValue(null)!).Code).Order(StringComparer.Ordinal));

    private static void AssertRefused(Refusal expected, string pointer, Applicant applicant)
    {
        var refused = applicant.Refused();
        Assert.Equal(expected.Code, refused?.Code);
        Assert.Equal([new RefusedField(pointer, expected.Code)], refused!.Fields);
    }
}
