using Xunit;

namespace OneDoor.Applicants;

/// <summary>ID-5: persons and entities that are known by something else than a citizen's number or a code of the mainland.</summary>
public class Identifiers
{
    private static readonly DateOnly Today = new(2026, 11, 26);

    /// <summary>(B16)</summary>
    [Theory] // ID-5
    [InlineData(IdentifierKind.CitizenId, null, "11010519491231002X")]
    [InlineData(IdentifierKind.HmtResidencePermit, null, "810000199001010019")] // 港澳台居民居住证申领发放办法 art. 3
    [InlineData(IdentifierKind.HmtResidencePermit, null, "830000199001010012")]
    [InlineData(IdentifierKind.PermanentResidenceCard, null, "911840199001010018")] // since December 2023
    [InlineData(IdentifierKind.PermanentResidenceCard, null, "USA120081010101")]
    [InlineData(IdentifierKind.Passport, "USA", "A12345678")]
    [InlineData(IdentifierKind.Passport, "US", "A12345678")]
    [InlineData(IdentifierKind.Passport, "CHN", "E12345678")] // of Chinese citizens settled abroad
    [InlineData(IdentifierKind.Uscc, null, "91110108551385082Q")]
    [InlineData(IdentifierKind.ForeignRegister, "DEU", "HRB 12345 B")]
    [InlineData(IdentifierKind.ForeignRegister, "HKG", "1234567")]
    public void A_right_number_of_each_kind_is_taken(IdentifierKind kind, string? country, string number) => Assert.Empty(Refused(kind, country, number));

    [Theory] // ID-5
    [InlineData(IdentifierKind.CitizenId, null, "110105194912310021", "/number applicant.citizen-id-invalid")]
    [InlineData(IdentifierKind.Uscc, null, "91110108551385082R", "/number applicant.uscc-invalid")]
    [InlineData(IdentifierKind.HmtResidencePermit, null, "11010519491231002X", "/number applicant.identifier-invalid")]
    [InlineData(IdentifierKind.HmtResidencePermit, null, "810000199001010018", "/number applicant.identifier-invalid")]
    [InlineData(IdentifierKind.HmtResidencePermit, null, "", "/number applicant.identifier-invalid")]
    [InlineData(IdentifierKind.PermanentResidenceCard, null, "11010519491231002X", "/number applicant.identifier-invalid")]
    [InlineData(IdentifierKind.PermanentResidenceCard, null, "911840199001010012", "/number applicant.identifier-invalid")]
    [InlineData(IdentifierKind.PermanentResidenceCard, null, "XQZ120081010101", "/number applicant.identifier-invalid")]
    [InlineData(IdentifierKind.Passport, "USA", "a12345678", "/number applicant.identifier-invalid")]
    [InlineData(IdentifierKind.Passport, "USA", "A1:2345", "/number applicant.identifier-invalid")]
    [InlineData(IdentifierKind.Passport, null, "A12345678", "/country applicant.country-invalid")]
    [InlineData(IdentifierKind.Passport, "HKG", "K12345678", "/country applicant.country-invalid")]
    [InlineData(IdentifierKind.Passport, "usa", "A12345678", "/country applicant.country-invalid")]
    [InlineData(IdentifierKind.Passport, "XQZ", "1", "/country applicant.country-invalid", "/number applicant.identifier-invalid")]
    [InlineData(IdentifierKind.ForeignRegister, "CHN", "1234567", "/country applicant.country-invalid")]
    [InlineData(IdentifierKind.ForeignRegister, "DEU", " HRB 1", "/number applicant.identifier-invalid")]
    [InlineData(IdentifierKind.Uscc, "CHN", "91110108551385082Q", "/country applicant.country-invalid")]
    public void What_is_wrong_is_told_at_its_place(IdentifierKind kind, string? country, string number, params string[] refused) => Assert.Equal(refused, Refused(kind, country, number));

    [Theory] // ID-5: one applicant has one key
    [InlineData("legal-entity:91110108551385082Q", "91110108551385082Q")]
    [InlineData("legal-entity:91110108551385082Q", "uscc:91110108551385082Q")]
    [InlineData("person:11010519491231002X", "11010519491231002X")]
    [InlineData("person:11010519491231002X", "citizen-id:11010519491231002X")]
    [InlineData("person:810000199001010019", "hmt-residence-permit:810000199001010019")] // it is a citizen identity number
    [InlineData("person:810000199001010019", "810000199001010019")]
    [InlineData("permanent-residence-card:USA120081010101", "permanent-residence-card:USA120081010101")]
    [InlineData("passport:USA:A12345678", "passport:US:A12345678")]
    [InlineData("passport:USA:A12345678", "passport:USA:A12345678")]
    [InlineData("foreign-register:DEU:HRB 12345 B", "foreign-register:DE:HRB 12345 B")]
    public void Whoever_is_looked_for_in_one_line_is_found_by_their_key(string key, string line)
    {
        Assert.Equal(key, Identifier.Read(line)!.Key);
        Assert.Equal(key, Applicant.Of(new ApplicantReference(key, "某人")).Key);
    }

    [Theory] // ID-5
    [InlineData("")]
    [InlineData("110105194912310021")]
    [InlineData("passport:A12345678")]
    [InlineData("passport:HKG:K12345678")]
    [InlineData("driving-licence:11010519491231002X")]
    [InlineData("passport:USA:A12345678:1")]
    [InlineData("foreign-register:DEU:hrb 12345 B")]
    public void What_identifies_nobody_is_told_apart(string line) => Assert.Null(Identifier.Read(line));

    [Fact] // ID-5: the former shape and the new one are one applicant
    public void However_it_is_given_a_number_makes_the_same_applicant()
    {
        var (former, now) = (new Applicant(ApplicantKind.Person, "张三", CitizenId: "11010519491231002X"), Applicant.Of("张三", new(IdentifierKind.CitizenId, "11010519491231002X")));

        Assert.Equal((former.Kind, former.Key), (now.Kind, now.Key));
        Assert.Equal(new Applicant(ApplicantKind.LegalEntity, "小米科技", Uscc: "91110108551385082Q").Key, Applicant.Of("小米科技", new(IdentifierKind.Uscc, "91110108551385082Q")).Key);
    }

    [Fact] // ID-5
    public void An_applicant_has_one_identifier_and_of_their_own_kind()
    {
        var passport = new Identifier(IdentifierKind.Passport, "A12345678", "USA");

        Assert.Empty(Applicant.Of("John Doe", passport).Refusals(Today));
        Assert.Equal(["/applicant/identifier/kind"], At(new(ApplicantKind.LegalEntity, "Doe Ltd", Identifier: passport)));
        Assert.Equal(["/applicant/identifier"], At(new(ApplicantKind.Person, "John Doe", CitizenId: "11010519491231002X", Identifier: passport)));
        Assert.Equal(["/applicant/name", "/applicant/identifier/country"], At(Applicant.Of("", passport with { Country = "ZZZ" })));

        static IEnumerable<string> At(Applicant applicant) => applicant.Refusals(Today).SelectMany(r => r.Fields).Select(f => f.Pointer);
    }

    private static IEnumerable<string> Refused(IdentifierKind kind, string? country, string number) =>
        new Identifier(kind, number, country).Refusals(Today, "").SelectMany(r => r.Fields).Select(f => $"{f.Pointer} {f.Code}");
}
