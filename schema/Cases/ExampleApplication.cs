using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Forms;

namespace OneDoor.Cases;

/// <summary>
/// A whole application to try things with: complete, and by somebody who does not exist, since the region of their numbers does not.
/// </summary>
public static class ExampleApplication
{
    private const string NowherePerson = "990000", Digits = "0123456789", Company = "沙箱示例有限公司", First = "张三", Second = "李四";
    private const int FirstBirth = 1950, BirthYears = 50;

    private static readonly IReadOnlyList<OtherAnswer> Otherwise = Shipped.Table<IReadOnlyList<OtherAnswer>>("example-answers.json");

    /// <summary>What <c>POST /v1/cases</c> takes as it is from a department that may submit the item, on the day on which it can be applied for.</summary>
    /// <param name="item">The item.</param>
    /// <param name="form">Its form; null where it has none.</param>
    /// <param name="kind">Who applies: one of those the item is for.</param>
    /// <param name="random">Draws who they are.</param>
    /// <param name="today">The day on which it is submitted, China Standard Time.</param>
    /// <param name="committed">By commitment, which the item has to allow.</param>
    public static SubmitCase Of(Item item, Form? form, ApplicantKind kind, Random random, DateOnly today, bool committed = false)
    {
        var commitment = committed ? item.Commitment : null;
        var (applicant, chosen) = (By(item, kind, random), Case.Optional(item, kind).ToArray());
        return For(applicant, new(
            item.Code, item.Channels.Contains(Channel.Agency) ? Channel.Agency : Channel.Window, applicant, HallDirectory.Main,
            [.. item.Materials.Where(material => commitment?.Covers?.Contains(material.Code) != true).Select(material => new MaterialGiven(material.Code, $"{material.Name.Zh}.pdf", Sha256Digest.Of(material.Code)))],
            new Signature(SignedTexts.Declaration.Digest, First), Chosen: chosen.Length > 0 ? chosen : null,
            Form: form is null ? null : Answer(item, form, kind, today), Contact: new("13900000000", "zhangsan@example.com"),
            Commitment: commitment is null ? null : new(
                SignedTexts.CommitmentTo(item).Digest, First, commitment.MeetWithin is { } within ? LegalClock.Zone.Simulate(LegalClock.MidnightOf(today), within).DueOn : null)));
    }

    /// <summary>An application as somebody's own: whomever its form names as they are named is them, by their number.</summary>
    public static SubmitCase For(Applicant applicant, SubmitCase application)
    {
        if (application.Form is not { } form)
            return application with { Applicant = applicant };
        var known = new[] { applicant.Applies, applicant.Worker }.OfType<PersonOrEntity>().Concat(applicant.Founders ?? []).Concat(applicant.Parties?.Select(party => party.Applicant) ?? [])
            .DistinctBy(who => who.Name).ToDictionary(who => who.Name, who => who.Identified);
        var answer = JsonSerializer.SerializeToNode(form);
        Name(answer, known);
        return application with { Applicant = applicant, Form = JsonSerializer.SerializeToElement(answer) };
    }

    private static void Name(JsonNode? stated, IReadOnlyDictionary<string, Identifier> known)
    {
        if (stated is JsonArray rows)
            foreach (var row in rows)
                Name(row, known);
        if (stated is not JsonObject parts)
            return;
        if (parts["name"] is JsonValue name && name.TryGetValue<string>(out var called) && known.TryGetValue(called, out var identifier))
        {
            if (parts.ContainsKey("idNumber"))
            {
                (parts["idType"], parts["idNumber"]) = (Kebab.Of(identifier.Kind), identifier.Number);
                parts.Remove("country");
                if (identifier.Country is { } country)
                    parts["country"] = country;
            }
            if (parts.ContainsKey("uscc"))
                parts["uscc"] = identifier.Number;
        }
        foreach (var (_, part) in parts)
            Name(part, known);
    }

    // An operator's own form may not take what is said otherwise: then it is the form's own example.
    private static JsonElement Answer(Item item, Form form, ApplicantKind kind, DateOnly today) =>
        Otherwise.FirstOrDefault(other => other.Item == item.Code && (other.Applicant ?? kind) == kind) is { } said
            && FormExample.Of(form, today, said.Answer) is var answer && FormAnswer.Refusals(form, answer, today).Count == 0 ? answer : FormExample.Of(form, today);

    /// <summary>An application as one that renews a licence, which its form, where it asks for one, says as well.</summary>
    public static SubmitCase Renewing(SubmitCase application, string number) => application with
    {
        Renews = number,
        Form = application.Form is { } form && form.TryGetProperty("licence", out _) ? AnswerText.With(form, Only("licence", number)) : application.Form,
    };

    /// <summary>A person, another one each time.</summary>
    public static PersonOrEntity Person(Random random, string name = First)
    {
        var born = new DateOnly(FirstBirth, 1, 1).AddDays(random.Next(365 * BirthYears));
        var first17 = string.Create(CultureInfo.InvariantCulture, $"{NowherePerson}{born:yyyyMMdd}{Drawn(random, Digits, 3)}");
        return new(ApplicantKind.Person, name, CitizenId: first17 + CitizenId.Check(first17));
    }

    /// <summary>A legal entity, another one each time.</summary>
    public static PersonOrEntity Entity(Random random) => new(ApplicantKind.LegalEntity, Company, Uscc: Uscc.Nowhere("MA" + Drawn(random, Uscc.Alphabet, 6)));

    /// <summary>Somebody who may apply for the item, another one each time.</summary>
    public static Applicant By(Item item, ApplicantKind kind, Random random)
    {
        if (kind == ApplicantKind.Founders)
            return Founders(SubjectOf(item), random);
        if (kind == ApplicantKind.JointParties)
            return new Applicant(kind, Parties: [.. item.Roles.Select((role, nth) => Party(role, nth switch { 0 => First, 1 => Second, _ => role.Name.Zh }, random))]).Named();
        var who = kind == ApplicantKind.Person ? Person(random) : Entity(random);
        return new(kind, who.Name, who.Uscc, who.CitizenId, Worker: kind == ApplicantKind.Employer ? Person(random, Second) : null);
    }

    private static JointParty Party(PartyRole role, string name, Random random) => new(role.Code, Person(random, name), new(SignedTexts.Declaration.Digest, name));

    // A branch is its company's, a partnership has two partners, and who does business for oneself is alone.
    private static Applicant Founders(Subject subject, Random random)
    {
        PersonOrEntity[] founders = subject.Kind switch
        {
            SubjectKind.Branch => [Entity(random)],
            SubjectKind.SoleOwnership or SubjectKind.IndividualBusiness => [Person(random)],
            SubjectKind.Partnership => [Person(random), Person(random, Second)],
            _ => [Person(random), Entity(random)],
        };
        return new(ApplicantKind.Founders, subject.Name, Founders: founders, Representative: 0, Subject: subject);
    }

    private static Subject SubjectOf(Item item) => item.Procedure.Steps.Select(step => step.Issues?.Code).FirstOrDefault(licence => licence is not null) switch
    {
        "branch-licence" => new("沙箱示例有限公司空港分公司", SubjectKind.Branch),
        "partnership-licence" => new("沙箱示例事务所（普通合伙）", SubjectKind.Partnership),
        "sole-proprietorship-licence" => new("沙箱示例工作室（个人独资）", SubjectKind.SoleOwnership),
        "individual-business-licence" => new("沙箱示例便利店", SubjectKind.IndividualBusiness),
        _ => new("天津海河新程国际货运代理有限公司", SubjectKind.Company),
    };

    private static JsonElement Only<T>(string member, T value) => JsonSerializer.SerializeToElement(new Dictionary<string, T> { [member] = value });

    private static string Drawn(Random random, string characters, int length) => new(random.GetItems(characters.AsSpan(), length));

    /// <summary>What an item's example answers otherwise than the example of its form, which others have as well.</summary>
    /// <param name="Item">The item's code.</param>
    /// <param name="Answer">Members of the answer.</param>
    /// <param name="Applicant">By whom, where not all of them do.</param>
    private sealed record OtherAnswer(string Item, JsonElement Answer, ApplicantKind? Applicant = null);
}
