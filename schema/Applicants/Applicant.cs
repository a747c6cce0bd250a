using System.Text.Json.Serialization;

namespace OneDoor.Applicants;

/// <summary>Who applies: a legal entity or a person (申请人).</summary>
public enum ApplicantKind { LegalEntity, Person }

/// <summary>Who applies (申请人), named exactly as given (ID-4).</summary>
/// <param name="Kind">Decides which of the numbers identifies the applicant.</param>
/// <param name="Name">1 to 200 characters of Unicode, kept as given.</param>
/// <param name="Uscc">Legal entities: unified social credit code (统一社会信用代码, ID-1).</param>
/// <param name="CitizenId">Persons: citizen identity number (公民身份号码, ID-2).</param>
/// <param name="Identifier">In the place of either: what else identifies a person or an entity, a passport for instance.</param>
public sealed record Applicant(
    ApplicantKind Kind, [Personal] string Name, [Personal] string? Uscc = null, [Personal] string? CitizenId = null, Identifier? Identifier = null)
{
    public const int LongestName = 200;

    /// <summary>What makes two applications one applicant's, and whom someone signed in applies for.</summary>
    [JsonIgnore]
    public string Key => Identified.Key;

    // However it was given.
    private Identifier Identified =>
        Identifier ?? (Kind == ApplicantKind.LegalEntity ? new(IdentifierKind.Uscc, Uscc ?? "") : new(IdentifierKind.CitizenId, CitizenId ?? ""));

    /// <summary>The applicant of a reference, under the name they are registered by.</summary>
    public static Applicant Of(ApplicantReference registered) => registered.Key.Split(':') switch
    {
        ["person", var citizenId] => new(ApplicantKind.Person, registered.Name, CitizenId: citizenId),
        ["legal-entity", var uscc] => new(ApplicantKind.LegalEntity, registered.Name, Uscc: uscc),
        _ => Of(registered.Name, Applicants.Identifier.Read(registered.Key) ?? throw new ArgumentException("It identifies nobody.", nameof(registered))),
    };

    /// <summary>Whoever an identifier is of.</summary>
    public static Applicant Of(string name, Identifier identifier) =>
        new(Applicants.Identifier.IsOfPersons(identifier.Kind) ? ApplicantKind.Person : ApplicantKind.LegalEntity, name, Identifier: identifier);

    /// <summary>What is wrong with the applicant; nothing when it can apply.</summary>
    /// <param name="today">The day, China Standard Time: a person born after it does not apply.</param>
    /// <param name="at">Where it stands in what was sent.</param>
    public IReadOnlyList<Refusal> Refusals(DateOnly today, string at = "/applicant") =>
    [
        .. Wording.IsLine(Name, LongestName) ? [] : new[] { ApplicantRefusals.NameInvalid.At($"{at}/name") },
        .. OutOfPlace(at) is { } wrong ? [wrong]
            : Identifier is not null ? Identifier.Refusals(today, $"{at}/identifier")
            : Identified.Refusals(today, at, Kind == ApplicantKind.LegalEntity ? "/uscc" : "/citizenId"),
    ];

    private Refusal? OutOfPlace(string at) => this switch
    {
        { Kind: ApplicantKind.LegalEntity, CitizenId: not null } => ApplicantRefusals.WrongIdentifier.At($"{at}/citizenId"),
        { Kind: ApplicantKind.Person, Uscc: not null } => ApplicantRefusals.WrongIdentifier.At($"{at}/uscc"),
        { Identifier: not null } when Uscc is not null || CitizenId is not null => ApplicantRefusals.WrongIdentifier.At($"{at}/identifier"),
        { Identifier.Kind: var given } when Applicants.Identifier.IsOfPersons(given) != (Kind == ApplicantKind.Person) =>
            ApplicantRefusals.WrongIdentifier.At($"{at}/identifier/kind"),
        _ => null,
    };
}
