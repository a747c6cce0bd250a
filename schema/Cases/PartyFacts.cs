using System.Text.Json.Serialization;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Files;

namespace OneDoor.Cases;

/// <summary>
/// Several apply jointly, and not all of them have signed: what they apply for, as it will have come in with the last signature, when it is
/// submitted (APP-2).
/// </summary>
/// <param name="Applicant">The parties, with the signatures there are.</param>
/// <param name="SignBy">Without the others' signatures by then it lapses.</param>
/// <param name="Declaration">By whoever submits; of somebody signed in it is the party's signature as well.</param>
/// <param name="Form">The answer to the item's form (CASE-11), as JSON; null where there was none.</param>
/// <param name="Contact">How the parties are reached; null in cases of releases before, which asked for none.</param>
/// <param name="Agent">Who handles it for an entity; null where nobody is named.</param>
/// <param name="Files">The files that form and agent name (CASE-12); null where they name none.</param>
[Alias("case_signatures_awaited")]
public sealed record SignaturesAwaited(
    DateTimeOffset At, Actor By, Guid CaseId, string Number, CasePlan Plan, Applicant Applicant, Channel Channel, string Hall,
    IReadOnlyList<MaterialHandedIn> Materials, DateTimeOffset SignBy, Signature Declaration,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)][Personal] string? Form = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Contact? Contact = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Agent? Agent = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<CarriedFile>? Files = null) : CaseFact(At, By);

/// <summary>One of joint parties signed.</summary>
/// <param name="Party">Which, counted from 0.</param>
[Alias("party_signed")]
public sealed record PartySigned(DateTimeOffset At, Actor By, int Party, PartySignature Signature) : CaseFact(At, By);

/// <summary>Not all parties signed in time, so that nothing was ever submitted.</summary>
/// <param name="By">Null: the clock did it.</param>
/// <param name="SignBy">Until when they could.</param>
[Alias("signatures_lapsed")]
public sealed record SignaturesLapsed(DateTimeOffset At, Actor? By, DateTimeOffset SignBy) : CaseFact(At, By);

/// <summary>One of joint parties wants what they submitted withdrawn; it is when all of them do.</summary>
/// <param name="Party">Which, counted from 0.</param>
[Alias("withdrawal_agreed")]
public sealed record WithdrawalAgreed(DateTimeOffset At, Actor By, int Party, [Personal] string? Reason) : CaseFact(At, By);
