using System.Text.Json;
using System.Text.Json.Serialization;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Forms;
using static OneDoor.Cases.HistoryRow;
using static System.Text.Json.Serialization.JsonIgnoreCondition;

namespace OneDoor.Cases;

/// <summary>What is applied for, promised, committed to and renewed.</summary>
internal static class HistoryOfApplying
{
    public static readonly HistoryRow[] Rows =
    [
        Of((CaseSubmitted f) => new CaseSubmittedDetails(f.Plan.Item, f.Channel, f.Hall, [.. f.Materials.Select(m => m.Code)], AnswerText.Read(f.Form), f.Contact, f.Agent)),
        Of((SignaturesAwaited f) => new SignaturesAwaitedDetails(f.Plan.Item, f.Channel, f.Hall, [.. f.Materials.Select(m => m.Code)], f.SignBy, AnswerText.Read(f.Form))),
        Of((PartySigned f) => new PartySignedDetails(f.Party, f.Signature.Signatory)),
        Of((SignaturesLapsed f) => new SignaturesLapsedDetails(f.SignBy)),
        Of((WithdrawalAgreed f) => new WithdrawalAgreedDetails(f.Party, f.Reason)),
        Of((CaseAccepted f) => new CaseAcceptedDetails(f.AcceptedAt, f.Deemed, f.Promised.At, [.. f.Deferred.Select(d => d.Code)], f.Officer)),
        Of((CorrectionRequested f) => new CorrectionRequestedDetails(f.Lines, f.Answer?.By)),
        Of((CorrectionLinesAdded f) => new CorrectionLinesAddedDetails(f.Lines)),
        Of((CorrectionReminded f) => new CorrectionRemindedDetails(f.AnswerBy)),
        Of((CorrectionExtended f) => new CorrectionExtendedDetails(f.Answer.By, f.Reason)),
        Of((MaterialsSupplied f) => new MaterialsSuppliedDetails([.. f.Materials.Select(m => m.Code)], f.Fields, AnswerText.Read(f.Form))),
        Of((MaterialsProved f) => new MaterialsProvedDetails(f.Materials)),
        Of((ProofsEnded f) => new ProofsEndedDetails(f.Materials, f.Ground)),
        Of((MaterialPledged f) => new MaterialPledgedDetails(f.Pledge.Code, f.Pledge.SupplyBy, f.Pledge.Signatory)),
        Of((PledgeDueSoon f) => new PledgeDueSoonDetails(f.Code, f.SupplyBy)),
        Of((PledgeMissed f) => new PledgeMissedDetails(f.Code, f.SupplyBy)),
        Of((CommitmentMade f) => new CommitmentMadeDetails(f.Kind, f.Signatory, f.MeetBy)),
        Of((CommitmentFulfilled f) => new CommitmentFulfilledDetails(LegalClock.DayOf(f.At))),
        Of((CommitmentOverdue f) => new CommitmentOverdueDetails(f.MeetBy)),
        Of((RenewalPermitted f) => new RenewalPermittedDetails(f.Licence, f.ExpiresOn)),
        Of((RenewalAudited f) => new RenewalAuditedDetails(f.Licence)),
        Of((RenewalInspected f) => new RenewalInspectedDetails(f.Licence)),
        Of((RenewalAwaited f) => new RenewalAwaitedDetails(f.Licence)),
        Of((RenewalDeemed f) => new RenewalDeemedDetails(f.Licence, f.Actual)),
        Of((RenewalVoided f) => new RenewalVoidedDetails(f.Licence)),
        Of((CancellationAsked f) => new CancellationAskedDetails(f.Licence)),
        Of((ObligationsReleased f) => new ObligationsReleasedDetails(f.Licence)),
        Of((CommitmentBreached f) => new CommitmentBreachedDetails(f.Licence)),
    ];
}

/// <summary>The whole case came in.</summary>
/// <param name="Item">Code of the item applied for.</param>
/// <param name="Channel">How it reached the platform.</param>
/// <param name="Hall">Code of the receiving hall.</param>
/// <param name="Materials">Codes of the materials handed in.</param>
/// <param name="Form">What the application says, of it what the reader may see; absent where nothing was asked or it is erased.</param>
/// <param name="Contact">How the applicant is reached; absent where it was not asked for.</param>
/// <param name="Agent">Who handles it for the applicant; absent where nobody is named.</param>
public sealed record CaseSubmittedDetails(
    string Item, Channel Channel, string Hall, IReadOnlyList<string> Materials, [property: JsonIgnore(Condition = WhenWritingNull)] JsonElement? Form = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] Contact? Contact = null, [property: JsonIgnore(Condition = WhenWritingNull)] Agent? Agent = null);

/// <summary>Several apply jointly, and not all of them have signed.</summary>
/// <param name="Item">Code of the item they apply for.</param>
/// <param name="Channel">How it reached the platform.</param>
/// <param name="Hall">Code of the receiving hall.</param>
/// <param name="Materials">Codes of the materials handed in.</param>
/// <param name="SignBy">Until when the others sign.</param>
/// <param name="Form">What the application says; absent where nothing was asked or it is erased.</param>
public sealed record SignaturesAwaitedDetails(
    string Item, Channel Channel, string Hall, IReadOnlyList<string> Materials, DateTimeOffset SignBy, [property: JsonIgnore(Condition = WhenWritingNull)] JsonElement? Form = null);

/// <summary>One of the joint parties signed.</summary>
/// <param name="Party">Which, counted from 0.</param>
/// <param name="Signatory">Who signed for it.</param>
public sealed record PartySignedDetails(int Party, string Signatory);

/// <summary>Not all parties signed in time, so that nothing was submitted.</summary>
/// <param name="SignBy">Until when they could.</param>
public sealed record SignaturesLapsedDetails(DateTimeOffset SignBy);

/// <summary>One of the joint parties wants it withdrawn.</summary>
/// <param name="Party">Which, counted from 0.</param>
/// <param name="Reason">Why, in words; absent where nothing was said.</param>
public sealed record WithdrawalAgreedDetails(int Party, [property: JsonIgnore(Condition = WhenWritingNull)] string? Reason);

/// <summary>The lead department took the case on, or the law did.</summary>
/// <param name="AcceptedAt">From when limits run.</param>
/// <param name="Deemed">The law accepted it, because nobody answered in time.</param>
/// <param name="DueAt">When it ends.</param>
/// <param name="Materials">Codes of the materials that follow under a pledge.</param>
/// <param name="Officer">Who took it on, as the department's system named them; absent where the department answers for who it was.</param>
public sealed record CaseAcceptedDetails(
    DateTimeOffset AcceptedAt, bool Deemed, DateTimeOffset DueAt, IReadOnlyList<string> Materials, [property: JsonIgnore(Condition = WhenWritingNull)] Officer? Officer);

/// <summary>The applicant was told, once, everything that is missing.</summary>
/// <param name="Lines">What is missing.</param>
/// <param name="AnswerBy">Until when it can be answered; absent in notices that named no day.</param>
public sealed record CorrectionRequestedDetails(IReadOnlyList<CorrectionLine> Lines, [property: JsonIgnore(Condition = WhenWritingNull)] DateTimeOffset? AnswerBy);

/// <summary>A department said what it misses besides.</summary>
/// <param name="Lines">What is missing.</param>
public sealed record CorrectionLinesAddedDetails(IReadOnlyList<CorrectionLine> Lines);

/// <summary>The applicant was reminded of the correction notice.</summary>
/// <param name="AnswerBy">Until when it can be answered.</param>
public sealed record CorrectionRemindedDetails(DateTimeOffset AnswerBy);

/// <summary>The applicant has more time to answer the correction notice.</summary>
/// <param name="AnswerBy">Until when it can be answered now.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record CorrectionExtendedDetails(DateTimeOffset AnswerBy, string Reason);

/// <summary>Materials came in after submission, or fields of the form were mended.</summary>
/// <param name="Materials">Their codes.</param>
/// <param name="Fields">Names of the fields that were mended; absent where none was.</param>
/// <param name="Form">What the application says since, of it what the reader may see; absent where nothing of it was mended or it is erased.</param>
public sealed record MaterialsSuppliedDetails(
    IReadOnlyList<string> Materials, [property: JsonIgnore(Condition = WhenWritingNull)] IReadOnlyList<string>? Fields = null,
    [property: JsonIgnore(Condition = WhenWritingNull)] JsonElement? Form = null);

/// <summary>Licences the applicant holds prove materials, so that nobody asks for those.</summary>
/// <param name="Proved">What is proved.</param>
public sealed record MaterialsProvedDetails(IReadOnlyList<MaterialProved> Proved);

/// <summary>What licences proved they prove no more: the materials are missing again.</summary>
/// <param name="Unproved">Which, and what proved them.</param>
/// <param name="ProofEnd">Why not.</param>
public sealed record ProofsEndedDetails(IReadOnlyList<MaterialProved> Unproved, ProofEnd ProofEnd);

/// <summary>The applicant signed to hand in a deferrable material later.</summary>
/// <param name="Material">The material's code.</param>
/// <param name="SupplyBy">The last day.</param>
/// <param name="Signatory">Who signed.</param>
public sealed record MaterialPledgedDetails(string Material, DateOnly SupplyBy, string Signatory);

/// <summary>The day by which a pledged material is to come is near.</summary>
/// <param name="Material">The material's code.</param>
/// <param name="SupplyBy">The last day.</param>
public sealed record PledgeDueSoonDetails(string Material, DateOnly SupplyBy);

/// <summary>A pledged material had not come in by its day.</summary>
/// <param name="Material">The item's code for it.</param>
/// <param name="SupplyBy">That day.</param>
public sealed record PledgeMissedDetails(string Material, DateOnly SupplyBy);

/// <summary>The applicant signed a commitment in place of an examination.</summary>
/// <param name="CommitmentKind">What it says of the conditions.</param>
/// <param name="Signatory">Who signed.</param>
/// <param name="MeetBy">The last day on which the conditions are to be met; null where they are met.</param>
public sealed record CommitmentMadeDetails(CommitmentKind CommitmentKind, string Signatory, DateOnly? MeetBy);

/// <summary>The applicant filed that the conditions are met which were to be.</summary>
/// <param name="MetOn">The day from which the licence authorises what it is for.</param>
public sealed record CommitmentFulfilledDetails(DateOnly MetOn);

/// <summary>The day passed by which the conditions were to be met.</summary>
/// <param name="MetUntil">That day.</param>
public sealed record CommitmentOverdueDetails(DateOnly MetUntil);

/// <summary>A licence may be renewed.</summary>
/// <param name="Renews">The licence's number.</param>
/// <param name="ExpiresOn">Its last day.</param>
public sealed record RenewalPermittedDetails(string Renews, DateOnly ExpiresOn);

/// <summary>The application for a renewal is complete.</summary>
/// <param name="Renews">Number of the licence that is renewed.</param>
public sealed record RenewalAuditedDetails(string Renews);

/// <summary>The supervising department has looked into what was renewed.</summary>
/// <param name="Renews">Number of the licence that was renewed.</param>
public sealed record RenewalInspectedDetails(string Renews);

/// <summary>A renewal was asked for in time, to be examined.</summary>
/// <param name="Renews">Number of the licence that is to be renewed.</param>
public sealed record RenewalAwaitedDetails(string Renews);

/// <summary>The licence ended before its authority answered: the renewal counts as granted (视为准予延续).</summary>
/// <param name="Renews">Number of the licence, which goes on.</param>
/// <param name="Actual">Time taken until then; null of what was not accepted yet.</param>
public sealed record RenewalDeemedDetails(string Renews, Limit? Actual);

/// <summary>The licence that was to be renewed ended otherwise, or the case was accepted for another item: it is not renewed by it any more.</summary>
/// <param name="Renews">The licence's number.</param>
public sealed record RenewalVoidedDetails(string Renews);

/// <summary>The applicant gives a licence back (申请注销).</summary>
/// <param name="Cancels">The licence's number.</param>
public sealed record CancellationAskedDetails(string Cancels);

/// <summary>The licence that it granted has ended, and with it what was still owed for that.</summary>
/// <param name="Ended">The licence's number.</param>
public sealed record ObligationsReleasedDetails(string Ended);

/// <summary>The licence that was had by a commitment was annulled.</summary>
/// <param name="Annulled">The licence's number.</param>
public sealed record CommitmentBreachedDetails(string Annulled);
