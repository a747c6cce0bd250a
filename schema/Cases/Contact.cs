using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using OneDoor.Applicants;
using OneDoor.Forms;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace OneDoor.Cases;

/// <summary>How the applicant is reached about the case (联系方式).</summary>
/// <param name="Phone">A mobile number of eleven digits, or a number that begins with + and a country's code; blanks and dashes between its digits are left out.</param>
/// <param name="Email">An address of at most 254 characters; may be left out.</param>
public sealed partial record Contact([Personal] string Phone, [property: JsonIgnore(Condition = WhenWritingNull)][Personal] string? Email = null)
{
    private const string China = "+86";
    private const int LongestEmail = 254;

    /// <summary>Whether a text is an e-mail address.</summary>
    public static bool IsEmail(string? text) => Wording.IsLine(text, LongestEmail) && Address().IsMatch(text!);

    /// <summary>Whether a text is a phone number, with blanks or dashes between its digits or without.</summary>
    public static bool IsPhone(string? text) => Wording.IsLine(text, Blocks.LongestPhone) && PhoneNumber().IsMatch(text!);

    /// <summary>A phone number as it is stored, digits with a + before them or without; what is none stays as it was written, to be refused.</summary>
    [return: NotNullIfNotNull(nameof(written))]
    public static string? Stored(string? written) => IsPhone(written) ? written!.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal) : written;

    /// <summary>A phone number as it is written with its country's code or without: who is reached by one is reached by the other.</summary>
    public static string Dialled(string phone) => phone.StartsWith(China, StringComparison.Ordinal) && IsPhone(phone[China.Length..]) ? phone[China.Length..] : phone;

    /// <summary>As it is stored.</summary>
    internal Contact Stored() => this with { Phone = Stored(Phone) };

    /// <summary>What is wrong with it; nothing when one is reached by it.</summary>
    internal IEnumerable<Refusal> Refusals()
    {
        if (!IsPhone(Phone))
            yield return CaseRefusals.ContactInvalid.At("/contact/phone");
        if (Email is not null && !IsEmail(Email))
            yield return CaseRefusals.ContactInvalid.At("/contact/email");
    }

    [GeneratedRegex(Blocks.Phone)]
    private static partial Regex PhoneNumber();

    [GeneratedRegex(@"\A[^\s@]+@[^\s@]+\.[^\s@]+\z")]
    private static partial Regex Address();
}

/// <summary>Who handles the application for an entity (经办人), and by which authority.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="CitizenId">Citizen identity number (公民身份号码).</param>
/// <param name="Authority">Id of the file by which the entity has authorised them (授权委托书); it may be left out by a department alone, which has seen the paper.</param>
public sealed record Agent(
    [Personal] string Name, [Personal] string CitizenId, [property: JsonIgnore(Condition = WhenWritingNull)] Guid? Authority = null)
{
    /// <summary>What is wrong with it; nothing when it is somebody.</summary>
    internal IEnumerable<Refusal> Refusals(ApplicantKind of, Actor by, DateOnly today)
    {
        if (of == ApplicantKind.Person)
            yield return CaseRefusals.AgentOfPerson.At("/agent");
        if (!Wording.IsLine(Name, Signature.LongestSignatory))
            yield return ApplicantRefusals.NameInvalid.At("/agent/name");
        if (!Applicants.CitizenId.IsValid(CitizenId, today))
            yield return ApplicantRefusals.CitizenIdInvalid.At("/agent/citizenId");
        if (by.Applicant is not null && Authority is null)
            yield return CaseRefusals.AgentUnauthorised.At("/agent/authority");
    }
}

public static partial class CaseRefusals
{
    /// <summary>CASE-11.</summary>
    public static readonly Refusal ContactMissing = new("case.contact-missing", 422,
        new("缺少联系方式", "The contact is missing"),
        new("须有 phone，可另有 email。", "There is a phone, and an email if one likes."));

    /// <summary>CASE-11.</summary>
    public static readonly Refusal ContactInvalid = new("case.contact-invalid", 422,
        new("联系方式无效", "The contact is not valid"),
        new("phone 为11位手机号码，或以 + 和国家代码开头的号码；email 为电子邮件地址，最长254个字符。",
            "phone is a mobile number of eleven digits, or begins with + and a country's code; email is an address of at most 254 characters."));

    /// <summary>CASE-11.</summary>
    public static readonly Refusal AgentOfPerson = new("case.agent-of-person", 422,
        new("自然人本人申请，没有经办人", "A person applies without an agent"),
        new("经办人代单位办理。", "An agent handles what an entity applies for."));

    /// <summary>CASE-11.</summary>
    public static readonly Refusal AgentUnauthorised = new("case.agent-unauthorised", 422,
        new("缺授权委托书", "The agent's authority is missing"),
        new("自行登录提交的，authority 须为单位授权经办人的文件；由部门提交的可以不填。", "Whoever signs in and submits names the file by which the entity has authorised its agent, as authority; a department may leave it out."));
}
