namespace OneDoor.Applicants;

/// <summary>One of those who apply jointly (共同申请的当事人, APP-2).</summary>
/// <param name="Role">Code of what they are in the matter, of those that the item has, for instance <c>transferee</c>; several may have the same.</param>
/// <param name="Applicant">Who it is; nobody is two of the parties.</param>
/// <param name="Signature">By which they confirm the application; null until they have. It is sent for a party by a department alone: who is signed in signs with the declaration.</param>
public sealed record JointParty(string Role, PersonOrEntity Applicant, PartySignature? Signature = null);

/// <summary>A party's signature under the declaration of truth, and so under the application as it stands in the case (当事人签署).</summary>
/// <param name="Digest">The declaration's digest, as it was read.</param>
/// <param name="Signatory">Who signed: 1 to 100 characters.</param>
/// <param name="SignedAt">When; where a department sends it and leaves it out, when it came in.</param>
public sealed record PartySignature(string Digest, [Personal] string Signatory, DateTimeOffset? SignedAt = null);
