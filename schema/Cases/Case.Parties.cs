using System.Text.Json.Serialization;
using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;

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
        var known = (Zh: string.Join('、', item.Roles.Select(r => $"{r.Name.Zh}（{r.Code}）")), En: string.Join(", ", item.Roles.Select(r => $"{r.Name.En} ({r.Code})")));
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
        if (BarRefused(Plan.Item, asked) is { } barred)
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
        f.At, f.By!, f.CaseId, f.Number, f.Plan, f.Applicant, f.Channel, f.Hall, f.Materials, default, f.Declaration, f.Form, f.Contact, f.Agent, f.Files)) with
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

    private Case With(SignaturesLapsed f) => this with
    {
        Status = CaseStatus.Lapsed,
        Steps = [.. Steps.Select(s => s with { Status = StepStatus.Cancelled, DecidedAt = f.At })],
    };
}
