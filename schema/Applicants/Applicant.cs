using System.Text.Json.Serialization;

namespace OneDoor.Applicants;

/// <summary>Who applies: a legal entity or a person (申请人).</summary>
public enum ApplicantKind { LegalEntity, Person }

/// <summary>Who applies (申请人), named exactly as given (ID-4).</summary>
/// <param name="Kind">Decides which of the two numbers identifies the applicant.</param>
/// <param name="Name">1 to 200 characters of Unicode, kept as given.</param>
/// <param name="Uscc">Legal entities: unified social credit code (统一社会信用代码, ID-1).</param>
/// <param name="CitizenId">Persons: citizen identity number (公民身份号码, ID-2).</param>
public sealed record Applicant(ApplicantKind Kind, [Personal] string Name, [Personal] string? Uscc = null, [Personal] string? CitizenId = null)
{
    public const int LongestName = 200;

    /// <summary>What makes two applications one applicant's, and whom someone signed in applies for.</summary>
    [JsonIgnore]
    public string Key => Kind == ApplicantKind.LegalEntity ? $"legal-entity:{Uscc}" : $"person:{CitizenId}";

    /// <summary>The applicant of a reference, under the name they are registered by.</summary>
    public static Applicant Of(ApplicantReference registered) => registered.Key.Split(':') is ["person", var citizenId]
        ? new(ApplicantKind.Person, registered.Name, CitizenId: citizenId)
        : new(ApplicantKind.LegalEntity, registered.Name, Uscc: registered.Key.Split(':')[1]);

    /// <summary>What is wrong with the applicant; nothing when it can apply.</summary>
    /// <param name="today">The day, China Standard Time: a person born after it does not apply.</param>
    public IReadOnlyList<Refusal> Refusals(DateOnly today) =>
    [
        .. Wording.IsLine(Name, LongestName) ? [] : new[] { ApplicantRefusals.NameInvalid.At("/applicant/name") },
        .. IdentifierRefused(today) is { } refused ? [refused] : Array.Empty<Refusal>(),
    ];

    private Refusal? IdentifierRefused(DateOnly today) => this switch
    {
        { Kind: ApplicantKind.LegalEntity, CitizenId: not null } => ApplicantRefusals.WrongIdentifier.At("/applicant/citizenId"),
        { Kind: ApplicantKind.Person, Uscc: not null } => ApplicantRefusals.WrongIdentifier.At("/applicant/uscc"),
        { Kind: ApplicantKind.LegalEntity } when !Applicants.Uscc.IsValid(Uscc) => ApplicantRefusals.UsccInvalid.At("/applicant/uscc"),
        { Kind: ApplicantKind.Person } when !Applicants.CitizenId.IsValid(CitizenId, today)
            => ApplicantRefusals.CitizenIdInvalid.At("/applicant/citizenId"),
        _ => null,
    };
}
