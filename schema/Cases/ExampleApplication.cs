using System.Globalization;
using System.Text.Json;
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
    private const string NowhereEntity = "91990000", NowherePerson = "990000", Digits = "0123456789";
    private const int FirstBirth = 1950, BirthYears = 50;

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
            new Signature(SignedTexts.Declaration.Digest, "张三"), Chosen: chosen.Length > 0 ? chosen : null,
            Form: form is null ? null : FormExample.Of(form, today), Contact: new("13900000000", "zhangsan@example.com"),
            Commitment: commitment is null ? null : new(
                SignedTexts.CommitmentTo(item).Digest, "张三", commitment.MeetWithin is { } within ? LegalClock.Zone.Simulate(LegalClock.MidnightOf(today), within).DueOn : null)));
    }

    /// <summary>An application as somebody's own, whose form tells of the worker for whom they apply, where it tells of one.</summary>
    public static SubmitCase For(Applicant applicant, SubmitCase application) => application with
    {
        Applicant = applicant,
        Form = applicant.Worker is { } worker && application.Form is { } form && form.TryGetProperty(Forms.Form.Worker, out var told)
            ? AnswerText.With(form, Only(Forms.Form.Worker, AnswerText.With(told, JsonSerializer.SerializeToElement(new
            {
                name = worker.Name,
                idType = Kebab.Of(worker.Identified.Kind),
                idNumber = worker.Identified.Number,
                country = worker.Identified.Country,
            }))))
            : application.Form,
    };

    /// <summary>An application as one that renews a licence, which its form, where it asks for one, says as well.</summary>
    public static SubmitCase Renewing(SubmitCase application, string number) => application with
    {
        Renews = number,
        Form = application.Form is { } form && form.TryGetProperty("licence", out _) ? AnswerText.With(form, Only("licence", number)) : application.Form,
    };

    /// <summary>A person, another one each time.</summary>
    public static PersonOrEntity Person(Random random, string name = "张三")
    {
        var born = new DateOnly(FirstBirth, 1, 1).AddDays(random.Next(365 * BirthYears));
        var first17 = string.Create(CultureInfo.InvariantCulture, $"{NowherePerson}{born:yyyyMMdd}{Drawn(random, Digits, 3)}");
        return new(ApplicantKind.Person, name, CitizenId: first17 + CitizenId.Check(first17));
    }

    /// <summary>A legal entity, another one each time.</summary>
    public static PersonOrEntity Entity(Random random)
    {
        var organisation = "MA" + Drawn(random, Uscc.Alphabet, 6);
        var first17 = NowhereEntity + organisation + Uscc.OrganisationCheck(organisation);
        return new(ApplicantKind.LegalEntity, "沙箱示例有限公司", Uscc: first17 + Uscc.Check(first17));
    }

    /// <summary>Somebody who may apply for the item, another one each time.</summary>
    public static Applicant By(Item item, ApplicantKind kind, Random random)
    {
        if (kind == ApplicantKind.Founders)
            return Founders(SubjectOf(item), random);
        if (kind == ApplicantKind.JointParties)
            return new(kind, Parties: [.. item.Roles.Select(role => new JointParty(role.Code, Person(random, role.Name.Zh), new(SignedTexts.Declaration.Digest, role.Name.Zh)))]);
        var who = kind == ApplicantKind.Person ? Person(random) : Entity(random);
        return new(kind, who.Name, who.Uscc, who.CitizenId, Worker: kind == ApplicantKind.Employer ? Person(random, "李四") : null);
    }

    // A branch is its company's, a partnership has two partners, and who does business for oneself is alone.
    private static Applicant Founders(Subject subject, Random random)
    {
        PersonOrEntity[] founders = subject.Kind switch
        {
            SubjectKind.Branch => [Entity(random)],
            SubjectKind.SoleOwnership or SubjectKind.IndividualBusiness => [Person(random)],
            SubjectKind.Partnership => [Person(random), Person(random, "李四")],
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
        _ => new("沙箱新设有限公司", SubjectKind.Company),
    };

    private static JsonElement Only<T>(string member, T value) => JsonSerializer.SerializeToElement(new Dictionary<string, T> { [member] = value });

    private static string Drawn(Random random, string characters, int length) => new(random.GetItems(characters.AsSpan(), length));
}
