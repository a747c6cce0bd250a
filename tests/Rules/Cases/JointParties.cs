using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Documents;
using OneDoor.Forms;
using Xunit;
using static OneDoor.Cases.Samples;

namespace OneDoor.Cases;

/// <summary>APP-2: what several apply for jointly is submitted when the last of them has signed, and until then it is theirs alone.</summary>
public class JointParties
{
    private const Department Lead = Department.MarketRegulation, Tax = Department.Tax;

    private static readonly PersonOrEntity Sister = new(ApplicantKind.Person, "张小妹", CitizenId: "110105199003070025");
    private static readonly DeliveredLicence Deed = new("registration", new("title-deed", new("不动产权证书", "Title deed")), "DEED-7", China.At("2019-06-01 10:00"), China.Day("2019-06-15"));

    private static CaseSpec Submitted() => new CaseSpec().Given(BySeller, SignedBy(Buyer));

    [Fact] // APP-2
    public void It_is_submitted_with_the_last_signature_and_the_five_days_run_from_there()
    {
        var spec = new CaseSpec().When(BySeller);
        // Thirty days, of which the first is the next.
        Assert.Equal(China.At("2020-07-31 23:59:59"), spec.Then<SignaturesAwaited>().SignBy);
        Assert.Equal((CaseStatus.AwaitingSignatures, null, null), (spec.Case.Status, spec.Case.AcceptBy, spec.Case.Statutory));
        Assert.Equal(["陈建国", null], Signatories(spec));

        spec.At("2020-07-20 15:00").When(SignedBy(Buyer)).Then(typeof(PartySigned), typeof(CaseSubmitted));

        Assert.Equal((CaseStatus.Submitted, China.At("2020-07-27 23:59:59"), null), (spec.Case.Status, spec.Case.AcceptBy, spec.Case.SignBy));
        Assert.Equal((China.At("2020-07-20 15:00"), China.At("2020-07-20 15:00")), (spec.Case.SubmittedAt, spec.Case.MaterialsInAt));
        Assert.Equal(["陈建国", "李四"], Signatories(spec));
        Assert.Equal("person-of-张三", spec.Case.SubmittedBy);
        spec.When(Acceptance(Lead)).Then(typeof(CaseAccepted), typeof(StepOpened));
    }

    [Fact] // APP-2
    public void Until_all_have_signed_it_is_signed_or_withdrawn_and_nothing_else_and_nobodys_silence_accepts_it()
    {
        Asked[] others =
        [
            Acceptance(Lead), Ask.SendCorrectionNotice(Clerk(Lead), [new("缺")]), Ask.AddCorrectionLines(Clerk(Tax), [new("缺")]), Ask.SupplyMaterials(SellerSignedIn, [Paper("title")]),
            Ask.RedirectStep(Clerk(Lead), "intake", Tax, "错"), Ask.ReferStepUpward(Clerk(Lead), "intake", "复杂"), Ask.MoveCaseToItem(Clerk(Lead), Plain, 1, "错"),
            Grant(Lead, "intake"), Ask.RefuseCase(Supervisor(Lead), Grounds), Ask.DeclineCase(Supervisor(Lead), NonAcceptanceKind.NoLicenceNeeded, "无须登记"),
            Ask.LapseCase(Supervisor(Lead), "逾期"),
        ];
        Assert.All(others, other => new CaseSpec().Given(BySeller).When(other).ThenRefused(CaseRefusals.AwaitingSignatures));
        Assert.Empty(new CaseSpec().Given(BySeller).At("2020-07-31 23:59").Passed().Facts.Skip(1));
    }

    /// <summary>(APP-2) What all have signed.</summary>
    [Fact] // CASE-15
    public void What_all_have_signed_one_of_them_changes_only_as_the_notice_says()
    {
        CaseSpec Signed() => new CaseSpec().Given(BySeller with { Form = SampleForms.Everything, Answer = FormExample.Of(SampleForms.Everything, China.Day("2020-07-01")), Files = Stated.Files }, SignedBy(Buyer));

        foreach (var by in new[] { SellerSignedIn, Clerk(Lead) })
            Signed().When(Ask.MendForm(by, """{"seats":7}""")).ThenRefused(CaseRefusals.FieldNotNamed, "/form/seats");
        var mended = Signed().Given(Ask.SendCorrectionNotice(Clerk(Lead), [new("请更正", Field: "seats")]));
        var fact = mended.When(Ask.MendForm(SellerSignedIn, """{"seats":7}""")).Then<MaterialsSupplied>();
        Assert.Equal([new Way.AsApplicant(Buyer.Key)], CaseNotifications.Of(mended.Case, fact)!.To);
    }

    [Fact] // APP-2
    public void What_is_not_signed_within_thirty_days_lapses_by_itself_once()
    {
        var spec = new CaseSpec().Given(BySeller).At("2020-08-01 00:00").Passed();
        Assert.Equal((CaseStatus.Lapsed, null), (spec.Case.Status, spec.Case.WakeAt));
        Assert.Equal(["intake", "tax", "registration"], spec.StepsThat(StepStatus.Cancelled));
        Assert.Null(Assert.IsType<SignaturesLapsed>(spec.Facts[^1]).By);
        Assert.Equal(2, spec.At("2020-09-01 00:00").Passed().Facts.Count);
        // Whoever comes before the sweep is told the same, and the last day is in time.
        new CaseSpec().Given(BySeller).At("2020-08-01 00:00").When(SignedBy(Buyer)).ThenRefused(CaseRefusals.NotInThisState);
        new CaseSpec().Given(BySeller).At("2020-07-31 23:59").Given(SignedBy(Buyer));
        Assert.Equal(China.At("2020-07-31 23:59:59"), new CaseSpec().Given(BySeller).Case.WakeAt);
    }

    [Fact] // APP-2, JOINT-3
    public void Every_party_sees_it_and_no_department_before_it_is_submitted()
    {
        var spec = new CaseSpec().Given(BySeller);
        Actor[] parties = [SellerSignedIn, SignedIn(Buyer)], departments = [Clerk(Lead), Clerk(Tax)];
        Assert.All(parties, who => Assert.Equal(2, spec.Case.SeenBy(who)!.Applicant.Parties!.Count));
        Assert.All(departments, who => Assert.Null(spec.Case.SeenBy(who)));
        Assert.Equal(
            [new Way.Everywhere(), new Way.AsSubmitter("person-of-张三"), new Way.AsSubmitter(SellerSignedIn.Client), new Way.AsApplicant(Seller.Key), new Way.AsApplicant(Buyer.Key)],
            spec.Case.Find().Places.Select(p => p.Way));

        spec.Given(SignedBy(Buyer));
        Assert.All(departments, who => Assert.Equal([typeof(CaseSubmitted)], spec.Case.SeenBy(spec.Facts, who).Select(f => f.Fact.GetType())));
        Assert.Equal([typeof(SignaturesAwaited), typeof(PartySigned), typeof(CaseSubmitted)], spec.Case.SeenBy(spec.Facts, SignedIn(Buyer)).Select(f => f.Fact.GetType()));
        Assert.Contains(spec.Case.Find().Places, p => p.Way == new Way.OfDepartment(Tax));
        // Nor does one that ended before.
        Assert.Null(new CaseSpec().Given(BySeller, Ask.WithdrawCase(SellerSignedIn, null)).Case.SeenBy(Clerk(Lead)));
    }

    [Fact] // APP-2
    public void Everything_that_is_wrong_with_the_parties_is_told_at_its_place()
    {
        Asked With(params JointParty[] parties) => BySeller with { By = Agency, Channel = Channel.Agency, Applicant = new(ApplicantKind.JointParties, Parties: parties) };

        new CaseSpec().When(With(new JointParty("seller", Seller))).ThenRefused(ApplicantRefusals.PartiesInvalid, "/applicant/parties", "/applicant/parties");
        new CaseSpec().When(With(new("seller", Seller), new("seller", Buyer))).ThenRefused(CaseRefusals.RoleMissing, "/applicant/parties");
        new CaseSpec().When(With(new("seller", Seller with { Name = "", CitizenId = "1" }), new("thief", Buyer), new("buyer", Seller with { CitizenId = "1" })))
            .ThenRefused(ApplicantRefusals.NameInvalid,
                "/applicant/parties/0/applicant/name", "/applicant/parties/0/applicant/citizenId", "/applicant/parties/2/applicant/citizenId", "/applicant/parties/2", "/applicant/parties/1/role");
        // One person is one, however their number is given; several may be of one role, as who owns something together.
        PersonOrEntity resident = new(ApplicantKind.Person, "陈大文", CitizenId: "810000198512310035");
        new CaseSpec().When(With(new("seller", resident), new("buyer", resident with { CitizenId = null, Identifier = new(IdentifierKind.HmtResidencePermit, "810000198512310035") })))
            .ThenRefused(ApplicantRefusals.PartiesInvalid, "/applicant/parties/1");
        new CaseSpec().When(With(new("seller", Seller), new("seller", Sister), new("buyer", Buyer))).Then<SignaturesAwaited>();
        // What belongs to others does not belong here, nor parties to others.
        Assert.Equal(["/applicant/uscc", "/applicant/worker"], (Contract with { Uscc = "1", Worker = Seller }).Refusals(China.Day("2020-07-01")).SelectMany(r => r.Fields).Select(f => f.Pointer));
        Assert.Equal(["/applicant/parties"], (Company with { Parties = Contract.Parties }).Refusals(China.Day("2020-07-01")).SelectMany(r => r.Fields).Select(f => f.Pointer));
    }

    [Fact] // APP-2
    public void Whoever_is_signed_in_is_one_of_the_parties_and_signs_for_that_one_alone()
    {
        new CaseSpec().When(BySeller with { By = SignedIn(Sister) }).ThenRefused(CaseRefusals.NotTheApplicant, "/applicant");
        new CaseSpec().When(BySeller with { RegisteredName = "张叁" }).ThenRefused(CaseRefusals.NameNotRegistered, "/applicant/parties/0/applicant/name");
        new CaseSpec().When(BySeller with { Applicant = Signed(Contract, 1) }).ThenRefused(CaseRefusals.NotYourSignature, "/applicant/parties/1/signature");

        var spec = new CaseSpec().Given(BySeller);
        spec.When(SignedBy(Sister)).ThenRefused(CaseRefusals.NotYourCase);
        spec.When(SignedBy(Buyer, party: 0)).ThenRefused(CaseRefusals.NotYourSignature, "/party");
        spec.When(Ask.Of(SignedIn(Buyer), new SignCase("sha-256:", " "))).ThenRefused(CaseRefusals.DeclarationChanged, "/digest", "/signatory");
        spec.When(SignedBy(Seller)).ThenRefused(CaseRefusals.AlreadySigned);
        spec.When(Ask.Of(SellerSignedIn, new SignCase(Declared.Digest, Declared.Signatory))).ThenNothing();
        spec.Given(SignedBy(Buyer, party: 1)).When(SignedBy(Buyer)).ThenNothing();
    }

    [Fact] // APP-2
    public void A_department_that_takes_it_in_sends_what_the_parties_have_signed_at_once_or_one_after_the_other()
    {
        var whole = ByAgency with { Applicant = Signed(Signed(Contract, 0), 1, "2020-06-30 16:00") };
        var submitted = new CaseSpec().When(whole).Then<CaseSubmitted>();
        Assert.Equal([China.At("2020-07-01 10:00"), China.At("2020-06-30 16:00")], submitted.Applicant.Parties!.Select(p => p.Signature!.SignedAt!.Value));
        new CaseSpec().When(ByAgency with { Applicant = Signed(Signed(Contract, 0), 1, "2020-07-01 10:01") }).ThenRefused(CaseRefusals.SignedLater, "/applicant/parties/1/signature/signedAt");
        new CaseSpec().When(ByAgency with { Applicant = Contract with { Parties = [Contract.Parties![0] with { Signature = new("sha-256:", "") }, Contract.Parties[1]] } })
            .ThenRefused(CaseRefusals.DeclarationChanged, "/applicant/parties/0/signature/digest", "/applicant/parties/0/signature/signatory");

        var spec = new CaseSpec().Given(ByAgency with { Applicant = Signed(Contract, 0) });
        Asked Sent(int? party) => Ask.Of(Agency, new SignCase(Declared.Digest, "李四", party));
        spec.When(Sent(null)).ThenRefused(CaseRefusals.PartyNotNamed, "/party");
        spec.When(Sent(2)).ThenRefused(CaseRefusals.PartyNotNamed, "/party");
        spec.When(Ask.Of(Clerk(Lead), new SignCase(Declared.Digest, "李四", 1))).ThenRefused(CaseRefusals.NotYourCase);
        spec.When(Sent(1)).Then(typeof(PartySigned), typeof(CaseSubmitted));
    }

    [Fact] // APP-2, CASE-6 (不动产登记暂行条例 art. 15)
    public void What_all_have_signed_is_withdrawn_by_all_and_what_they_have_not_by_any()
    {
        new CaseSpec().Given(BySeller).When(Ask.WithdrawCase(SignedIn(Buyer), "不买了")).Then(
            typeof(StepCancelled), typeof(StepCancelled), typeof(StepCancelled), typeof(CaseWithdrawn));

        var spec = Submitted().When(Ask.WithdrawCase(SignedIn(Buyer), "不买了"));
        Assert.Equal((1, "不买了"), (spec.Then<WithdrawalAgreed>().Party, spec.Fact<WithdrawalAgreed>().Reason));
        Assert.Equal(CaseStatus.Submitted, spec.Case.Status);
        Assert.Equal([1], spec.Case.WithdrawalAgreedBy);
        spec.When(Ask.WithdrawCase(SignedIn(Buyer), "还是不买了")).ThenNothing();
        spec.Given(Acceptance(Lead)).When(Ask.WithdrawCase(SellerSignedIn, null)).Then(
            typeof(WithdrawalAgreed), typeof(StepCancelled), typeof(StepCancelled), typeof(StepCancelled), typeof(CaseWithdrawn));

        // What is granted stays granted.
        Submitted().Given(Acceptance(Lead), Grant(Lead, "intake"), Ask.WithdrawCase(SellerSignedIn, null)).When(Ask.WithdrawCase(SignedIn(Buyer), null)).Then(
            typeof(WithdrawalAgreed), typeof(RestWithdrawn), typeof(StepCancelled), typeof(StepCancelled), typeof(CaseEnded));
    }

    [Fact] // APP-2, CASE-6
    public void A_department_withdraws_for_those_whose_signatures_it_sent_and_for_no_others()
    {
        new CaseSpec().Given(ByAgency with { Applicant = Signed(Signed(Contract, 0), 1) }).When(Ask.WithdrawCase(Agency, null)).Then(
            typeof(WithdrawalAgreed), typeof(WithdrawalAgreed), typeof(StepCancelled), typeof(StepCancelled), typeof(StepCancelled), typeof(CaseWithdrawn));

        var spec = new CaseSpec().Given(ByAgency with { Applicant = Signed(Contract, 0) }, SignedBy(Buyer));
        Assert.Equal(0, spec.When(Ask.WithdrawCase(Agency, null)).Then<WithdrawalAgreed>().Party);
        spec.When(Ask.WithdrawCase(Agency, null)).ThenNothing();
        spec.When(Ask.WithdrawCase(SellerSignedIn, null)).ThenNothing();
        spec.When(Ask.WithdrawCase(SignedIn(Buyer), null)).Then(
            typeof(WithdrawalAgreed), typeof(StepCancelled), typeof(StepCancelled), typeof(StepCancelled), typeof(CaseWithdrawn));
        // Whoever began it themselves has not signed by a department either.
        Assert.Equal([0, 1], Submitted().Case.SignedThemselves);
    }

    [Fact] // APP-2, JOINT-4
    public void Any_partys_licence_proves_but_nobody_learns_of_it_by_naming_somebody()
    {
        var spec = new CaseSpec().When(BySeller with { Held = [Deed], Materials = [Paper("contract")] }).Then(typeof(SignaturesAwaited));
        spec.When(SignedBy(Buyer) with { Held = [Deed] }).Then(typeof(PartySigned), typeof(CaseSubmitted), typeof(MaterialsProved));
        Assert.Equal("DEED-7", Assert.Single(spec.Case.Proved).Number);
        Assert.Equal([Seller.Key, Buyer.Key], spec.Case.Applicant.ProvingKeys);
        // Of founders it is whoever applies for all, and of others themselves.
        Assert.Equal([Company.Key], Company.ProvingKeys);
        spec.When(Acceptance(Lead) with { Held = [Deed] }).Then(typeof(CaseAccepted), typeof(StepOpened));
    }

    /// <summary>(CAT-5) As a submission is refused, and told what there is instead.</summary>
    [Fact] // APP-2
    public void Nobody_signs_for_an_item_that_has_ended_meanwhile()
    {
        var ended = Sale with { EndedOn = China.Day("2020-07-03"), InsteadOf = new("改办理转移预告登记。", "Apply for an advance notice.") };
        var spec = new CaseSpec().Given(BySeller).At("2020-07-03 09:00").When(SignedBy(Buyer) with { Item = ended }).ThenRefused(CaseRefusals.ItemAbolished);

        Assert.Equal(ended.InsteadOf, spec.Refused!.Detail);
        spec.At("2020-07-02 09:00").When(SignedBy(Buyer) with { Item = ended }).Then(typeof(PartySigned), typeof(CaseSubmitted));
    }

    [Fact] // APP-2
    public void What_is_granted_is_held_by_the_parties_whose_role_it_is_to_hold_it()
    {
        var spec = Submitted().Given(Acceptance(Lead), Grant(Lead, "intake"), Grant(Tax, "tax"), Grant(Lead, "registration"));
        Assert.Equal([Buyer.Key], spec.Case.HolderKeys);
        Assert.True(spec.Case.IsVisibleTo(SellerSignedIn));
    }

    [Fact] // APP-2
    public void It_is_moved_only_to_an_item_with_the_parties_roles()
    {
        var spec = Submitted();
        spec.When(Ask.MoveCaseToItem(Clerk(Lead), Plain with { Code = "OTHER" }, 1, "错")).ThenRefused(CaseRefusals.ApplicantNotOffered, "/item");
        spec.When(Ask.MoveCaseToItem(Clerk(Lead), Sale with { Code = "MORTGAGE", Roles = [new("seller", new("抵押人", "Mortgagor")), new("bank", new("抵押权人", "Mortgagee"))] }, 1, "错"))
            .ThenRefused(CaseRefusals.RoleUnknown, "/item");
        spec.When(Ask.MoveCaseToItem(Clerk(Lead), Sale with { Code = "GIFT" }, 1, "赠与")).Then<CaseMovedToItem>();
    }

    [Fact] // APP-2, DOC-1
    public void Documents_name_all_of_them_each_as_what_they_are()
    {
        var spec = Submitted().Given(Acceptance(Lead));
        var accepted = Draft.Of(spec.Case, Sale, spec.Facts.OfType<CaseAccepted>().Single())!;
        Assert.Equal("张三（卖方）、天津空港测试有限公司（买方）", accepted.Holder);
        Assert.StartsWith("你们于2020年7月1日提出的", accepted.Paragraphs[0], StringComparison.Ordinal);
        Assert.Equal("张三、天津空港测试有限公司", spec.Case.Applicant.Name);
        // Who never applied was told nothing.
        var lapsed = new CaseSpec().Given(BySeller).At("2020-08-01 00:00").Passed();
        Assert.Null(Draft.Of(lapsed.Case, Sale, lapsed.Facts[^1]));
    }

    private static IEnumerable<string?> Signatories(CaseSpec spec) => spec.Case.Applicant.Parties!.Select(p => p.Signature?.Signatory);

    private static Asked ByAgency => BySeller with { By = Agency, Channel = Channel.Agency };

    private static Applicant Signed(Applicant applicant, int party, string? at = null) => applicant with
    {
        Parties = [.. applicant.Parties!.Select((p, i) => i == party ? p with { Signature = new(Declared.Digest, "李四", at is null ? null : China.At(at)) } : p)],
    };
}
