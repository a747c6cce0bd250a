using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Files;

namespace OneDoor.Cases;

// What several apply for jointly, each by its own signature (APP-2, 不动产登记暂行条例 art. 14, 股权出质登记办法 art. 6).
public sealed partial record Case
{
    /// <summary>Who holds what is granted; of joint parties those whose role says so.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> HolderKeys => Applicant.Parties is { } parties
        ? [.. parties.Where(p => Plan.Roles.Any(role => role.Code == p.Role && role.Holds)).Select(p => p.Applicant.Key).Distinct()]
        : [Applicant.HolderKey];

    private static DateTimeOffset SignUntil(CaseAsking asked) =>
        asked.Clock.Simulate(asked.Now, new(asked.Signing.SignWithin, LimitUnit.CalendarDays)).DueAt;

    private static bool IsUnsigned(Applicant applicant) => applicant.Parties?.Any(p => p.Signature is null) == true;

    private static IEnumerable<Refusal> RolesRefused(Item item, Applicant applicant)
    {
        if (applicant is not { Kind: ApplicantKind.JointParties, Parties: { } parties })
            yield break;
        var known = Text.List([.. item.Roles.Select(r => new Text($"{r.Name.Zh}（{r.Code}）", $"{r.Name.En} ({r.Code})"))]);
        foreach (var (i, party) in parties.Index())
            if (item.Roles.All(role => role.Code != party.Role))
                yield return CaseRefusals.RoleUnknown.Because($"事项的当事人身份：{known.Zh}。", $"The item's roles: {known.En}.").At($"/applicant/parties/{i}/role");
        foreach (var role in item.Roles.Where(role => parties.All(p => p.Role != role.Code)))
            yield return CaseRefusals.RoleMissing.Because($"缺{role.Name.Zh}（{role.Code}）。", $"{role.Name.En} ({role.Code}) is missing.").At("/applicant/parties");
    }

    // Whoever is signed in signs for nobody else; a department answers for the signatures it sends.
    private static IEnumerable<Refusal> SignaturesRefused(Applicant applicant, CaseAsking asked)
    {
        foreach (var (i, party) in (applicant.Parties ?? []).Index())
        {
            if (party.Signature is not { } given)
                continue;
            var at = $"/applicant/parties/{i}/signature";
            if (asked.By.Applicant is { } signedIn && signedIn != party.Applicant.Key)
                yield return CaseRefusals.NotYourSignature.At(at);
            foreach (var refused in SignedTexts.Declaration.Refusals(new(given.Digest, given.Signatory), CaseRefusals.DeclarationChanged, at))
                yield return refused;
            if (given.SignedAt > asked.Now)
                yield return CaseRefusals.SignedLater.At($"{at}/signedAt");
        }
    }

    // The party that submits signs by the declaration.
    private static Applicant Signed(SubmitCase c, Applicant applicant, CaseAsking asked) => applicant.Parties is not { } parties ? applicant : applicant with
    {
        Parties =
        [
            .. parties.Select(p => p with
            {
                Signature = p.Signature is { } given ? given with { SignedAt = given.SignedAt ?? asked.Now }
                    : p.Applicant.Key == asked.By.Applicant && c.Declaration is { } own ? new(own.Digest, own.Signatory, asked.Now) : null,
            }),
        ],
    };

    private Decision<CaseFact> Sign(SignCase c, CaseAsking asked)
    {
        if (!SpeaksForApplicant(asked.By))
            return CaseRefusals.NotYourCase;
        if (Applicant.Parties is not { } parties)
            return InThisState("由当事人签署", "signing it");
        var own = PartyOf(asked.By);
        if (own is not null && c.Party is not null && c.Party != own)
            return CaseRefusals.NotYourSignature.At("/party");
        if (PartySigning(c, asked.By) is not { } party)
            return CaseRefusals.PartyNotNamed.At("/party");
        if (parties[party].Signature is { } made)
            return (made.Digest, made.Signatory) == (c.Digest, c.Signatory) ? Decision<CaseFact>.Nothing : CaseRefusals.AlreadySigned;
        if (Status != CaseStatus.AwaitingSignatures)
            return InThisState("由当事人签署", "signing it");
        if (Refusal.AllOf(SignedTexts.Declaration.Refusals(new(c.Digest, c.Signatory), CaseRefusals.DeclarationChanged, "")) is { } refused)
            return refused;
        // CAT-5: it is submitted with the last signature, and nothing is for an item that is no more.
        if (asked.Item is { Item: var item } && item.IsEnded(LegalClock.DayOf(asked.Now)))
            return CaseRefusals.ItemAbolished with { Detail = item.InsteadOf };
        if (BarRefused(asked) is { } barred)
            return barred;
        var signed = new PartySigned(asked.Now, asked.By, party, new(c.Digest, c.Signatory, asked.Now));
        var after = Evolve(this, signed);
        if (IsUnsigned(after.Applicant))
            return signed;
        var answer = AnswerDue(asked.Clock, asked.Now);
        // What another's licence proves is told when they have signed, and not to whoever names them (JOINT-4).
        return Decision<CaseFact>.Of(
        [
            signed,
            new CaseSubmitted(asked.Now, asked.By, Id, Number, Plan, after.Applicant, Channel, Hall, Materials, answer.DueAt, Declaration, Form, Contact, Agent, Files, answer.Provisional),
            .. Prove(after, c, asked),
        ]);
    }

    // Before all have signed nothing is applied for, and whoever takes their word back ends it. Afterwards it is withdrawn by all.
    private Decision<CaseFact>? Agree(WithdrawCase c, CaseAsking asked)
    {
        if (SignBy is not null || Applicant.Parties is not { } parties)
            return null;
        // A department that submitted has the word of those whose signatures it sent, and of no others.
        var agree = (PartyOf(asked.By) is { } own ? [own] : Enumerable.Range(0, parties.Count).Except(SignedThemselves)).Except(WithdrawalAgreedBy).ToArray();
        var agreed = agree.Select(party => new WithdrawalAgreed(asked.Now, asked.By, party, c.Reason));
        return Decision<CaseFact>.Of([.. agreed, .. WithdrawalAgreedBy.Count + agree.Length < parties.Count ? [] : Withdrawn(c, asked)]);
    }

    // Which of the parties somebody signed in is; null for a department.
    private int? PartyOf(Actor by) =>
        by.Applicant is { } key && Applicant.Parties?.Index().FirstOrDefault(p => p.Item.Applicant.Key == key) is { Item: not null } found ? found.Index : null;

    private int? PartySigning(SignCase c, Actor by) =>
        (PartyOf(by) ?? c.Party) is { } party && party >= 0 && party < Applicant.Parties?.Count ? party : null;

    private static Case From(SignaturesAwaited f) => From(new CaseSubmitted(
        f.At, f.By!, f.CaseId, f.Number, f.Plan, f.Applicant, f.Channel, f.Hall, f.Materials, default, f.Declaration, f.Form, f.Contact, f.Agent, f.Files, NamedOtherwise: f.NamedOtherwise)) with
    {
        Status = CaseStatus.AwaitingSignatures,
        AcceptBy = null,
        SignBy = f.SignBy,
        SignedThemselves = f.By!.Department is null ? [.. f.Applicant.Parties!.Index().Where(p => p.Item.Signature is not null).Select(p => p.Index)] : [],
    };

    private Case With(PartySigned f) => this with
    {
        Applicant = Applicant with { Parties = [.. Applicant.Parties!.Select((p, i) => i == f.Party ? p with { Signature = f.Signature } : p)] },
        SignedThemselves = f.By!.Department is null ? [.. SignedThemselves, f.Party] : SignedThemselves,
    };

    private Case With(CaseSubmitted f) => this with
    {
        Status = CaseStatus.Submitted,
        Applicant = f.Applicant,
        SubmittedAt = f.At,
        MaterialsInAt = f.At,
        AcceptBy = f.AcceptBy,
        AcceptByProvisional = f.AcceptByProvisional,
        SignBy = null,
    };
}

/// <summary>One of joint parties signs the application as it stands in the case (当事人签署); with the last signature it is submitted.</summary>
/// <param name="Digest">The digest of the declaration of truth, as it was read.</param>
/// <param name="Signatory">Who signed: 1 to 100 characters.</param>
/// <param name="Party">Which of the parties, counted from 0; left out by who is signed in as one of them.</param>
public sealed record SignCase(string Digest, string Signatory, int? Party = null) : CaseCommand;

/// <summary>Section <c>Signatures</c>: how long joint parties have to sign.</summary>
public sealed record SignatureOptions
{
    /// <summary>Days within which every party signs what one of them began.</summary>
    [Range(1, 365)]
    public int SignWithin { get; init; } = 30;
}

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
/// <param name="NamedOtherwise">As in <see cref="CaseSubmitted"/>.</param>
[Alias("case_signatures_awaited")]
public sealed record SignaturesAwaited(
    DateTimeOffset At, Actor By, Guid CaseId, string Number, CasePlan Plan, Applicant Applicant, Channel Channel, string Hall,
    IReadOnlyList<MaterialHandedIn> Materials, DateTimeOffset SignBy, Signature Declaration,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)][Personal] string? Form = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Contact? Contact = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Agent? Agent = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<CarriedFile>? Files = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool NamedOtherwise = false) : CaseFact(At, By);

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

public static partial class CaseRefusals
{
    /// <summary>APP-2.</summary>
    public static readonly Refusal RoleUnknown = new("case.role-unknown", 422,
        new("事项没有此当事人身份", "The item has no such role"));

    /// <summary>APP-2.</summary>
    public static readonly Refusal RoleMissing = new("case.role-missing", 422,
        new("缺少当事人", "A party is missing"));

    /// <summary>APP-2.</summary>
    public static readonly Refusal NotYourSignature = new("case.not-your-signature", 403,
        new("只能为本人或本企业签署", "One signs for oneself only"),
        new("各当事人分别登录签署；部门收件的，可由部门一并提交各方签署。",
            "Each party signs in and signs; where a department takes the application in, it may send what each has signed."));

    /// <summary>APP-2.</summary>
    public static readonly Refusal PartyNotNamed = new("case.party-not-named", 422,
        new("须指明由哪一方签署", "It is not said which party signs"),
        new("party 是当事人在 applicant.parties 中的序号，从0起；以当事人身份登录者可以省略。",
            "party says which of applicant.parties it is, counted from 0; whoever is signed in as one of them may leave it out."));

    /// <summary>APP-2.</summary>
    public static readonly Refusal AlreadySigned = new("case.already-signed", 409,
        new("该当事人已经签署", "The party has signed"), new("已作出的签署不能更改。", "A signature stays as it was made."));

    /// <summary>APP-2.</summary>
    public static readonly Refusal SignedLater = new("case.signed-later", 422,
        new("签署时间尚未到来", "The signature is of a time that has not come"));

    /// <summary>APP-2.</summary>
    public static readonly Refusal AwaitingSignatures = new("case.awaiting-signatures", 409,
        new("尚有当事人未签署", "Not every party has signed"),
        new("全部当事人签署后才算提出申请；此前只能签署或者撤回。", "It is submitted when the last party has signed; until then it is signed or withdrawn."));
}
