using OneDoor.Cases;
using OneDoor.Clock;
using OneDoor.Documents;
using Xunit;
using static OneDoor.Licences.LicenceSpec;

namespace OneDoor.Licences;

/// <summary>DOC-1: what holders are told in writing of which facts of their licence, and how it reads.</summary>
public class LicencesInWriting
{
    private static readonly SpeakAboutRevocation Asks = new("记录属实", Hearing: true);

    private static Draft[] Of(LicenceSpec spec)
    {
        List<Draft?> drafts = [];
        for (var i = 1; i <= spec.Facts.Count; i++)
            drafts.Add(LicenceDrafts.Of(spec.Facts.Take(i).Aggregate(default(Licence), Licence.Evolve)!, spec.Facts[i - 1]));
        return [.. drafts.OfType<Draft>()];
    }

    private static LicenceSpec Noticed(RevocationGround ground) => new LicenceSpec().Given(Issuer, Notice(ground)).At("2020-07-09 00:00");

    private static LicenceSpec Heard() => new LicenceSpec().Given(Issuer, Notice()).Given(Holder, Asks).Given(Issuer, Hearing()).At("2020-07-10 15:00").Given(Issuer, Minutes());

    [Fact] // DOC-1, LIC-6
    public void Of_every_act_there_is_one_of_its_own()
    {
        Assert.Equal([DocumentAct.Suspension, DocumentAct.Reinstatement, DocumentAct.Cancellation],
            Acts(new LicenceSpec().At("2020-07-02 10:00").Given(Issuer, Suspension("2020-07-31")).Given(Issuer, new ReinstateLicence()).Given(Issuer, Cancellation)));
        Assert.Equal([DocumentAct.RevocationNotice, DocumentAct.Hearing, DocumentAct.Extension, DocumentAct.NoticeWithdrawal],
            Acts(new LicenceSpec().Given(Issuer, Notice()).Given(Holder, Asks).Given(Issuer, Hearing()).Given(Head, new ExtendRevocation("尚须核实")).Given(Head, new WithdrawNotice("材料属实"))));
        Assert.Equal([DocumentAct.RevocationNotice, DocumentAct.Annulment], Acts(Revoked()));
        Assert.Equal([DocumentAct.RevocationNotice, DocumentAct.Recall], Acts(Noticed(RevocationGround.Recalled).Given(Head, Revocation(RevocationGround.Recalled))));
        Assert.Equal([DocumentAct.RevocationNotice, DocumentAct.Penalty], Acts(Noticed(RevocationGround.Penalty).Given(Head, Revocation(RevocationGround.Penalty))));
        Assert.Equal([DocumentAct.Replacement], Acts(new LicenceSpec().Given(Issuer, Replacement)));
        Assert.Equal([DocumentAct.Cancellation], Acts(new LicenceSpec().Given(Holder, new CancelLicence())));

        static IEnumerable<DocumentAct> Acts(LicenceSpec spec) => Of(spec).Select(draft => draft.Act);
    }

    [Fact] // what time brings was told before, and what stays with another licence as well
    public void What_nobody_decides_makes_none()
    {
        var suspended = new LicenceSpec(China.Day("2020-12-31")).At("2020-07-02 10:00").Given(Issuer, Suspension("2020-07-31"));
        var lapsed = suspended.Licence.Lapse(China.At("2021-01-01 00:00"));
        Assert.Equal(["LicenceReinstated", "LicenceExpiring", "LicenceExpired"], lapsed.Select(fact => fact.GetType().Name));
        Assert.All(lapsed, fact => Assert.Null(LicenceDrafts.Of(suspended.Licence, fact)));

        var next = (LicenceIssued)suspended.Facts[0] with { At = suspended.Now, Number = "TEST-ITEM-20200702-000002-1", Replaces = Number };
        var stays = Assert.Single(suspended.Licence.StaysWith(next));
        Assert.Null(LicenceDrafts.Of(Licence.Evolve(Licence.Evolve(null, next), stays), stays));
        Assert.NotNull(LicenceDrafts.Of(suspended.Licence, suspended.Facts[^1]));
        // Nor is what is suspended as soon as it is issued.
        Assert.Equal([DocumentAct.Suspension], Of(new LicenceSpec().Given(Issuer, Suspension())).Select(draft => draft.Act));
        Assert.Null(LicenceDrafts.Of(suspended.Licence, new LicenceReplaced(suspended.Now, Issuer, next.Number, Grounds: null)));
    }

    [Fact] // DOC-1, LIC-6: facts, basis, the right to speak and to a hearing
    public void A_notice_says_what_was_found_and_what_its_holder_may_do()
    {
        var notice = Of(Noticed(RevocationGround.Annulled))[0];
        Assert.Equal((Department.MarketRegulation, China.Day("2020-07-01"), "拟撤销证照告知书", Samples.Buyer.Name), (notice.Authority, notice.On, notice.Title, notice.Holder));
        Assert.Equal("你单位持有的“食品经营许可证”（证照编号：TEST-ITEM-20200701-000001-1，许可内容：测试事项），经查：以欺骗手段取得许可", notice.Paragraphs[0]);
        Assert.Equal("依据《行政许可法》第六十九条第二款，本机关拟撤销该证照。", notice.Paragraphs[1]);
        Assert.Equal("你单位可以在2020年7月8日前（含当日）向本机关陈述、申辩，并可以要求听证，不承担组织听证的费用。", notice.Paragraphs[2]);
        // BAR-1 (行政许可法 art. 79)
        Assert.Contains("三年内不得再次申请", Of(new LicenceSpec().Given(Issuer, Notice() with { Deceit = true }))[0].Paragraphs[2], StringComparison.Ordinal);
        Assert.DoesNotContain("三年", string.Concat(notice.Paragraphs), StringComparison.Ordinal);

        var penalty = Of(Noticed(RevocationGround.Penalty))[0];
        Assert.Equal("行政处罚事先告知书", penalty.Title);
        Assert.StartsWith("依据《中华人民共和国行政处罚法》第四十四条、第四十五条和第六十三条，你单位可以", penalty.Paragraphs[2], StringComparison.Ordinal);
    }

    [Fact] // REM-1, DOC-1
    public void What_is_decided_against_a_holder_says_basis_reason_and_what_can_be_done_against_it()
    {
        LicenceSpec[] against =
        [
            new LicenceSpec().At("2020-07-02 10:00").Given(Supervises, Suspension()), Revoked(), new LicenceSpec().Given(Issuer, Cancellation), new LicenceSpec().Given(Issuer, Replacement),
            Noticed(RevocationGround.Recalled).Given(Head, Revocation(RevocationGround.Recalled)), Noticed(RevocationGround.Penalty).Given(Head, Revocation(RevocationGround.Penalty)),
        ];

        foreach (var spec in against)
        {
            var (decision, grounds) = (Of(spec)[^1], spec.Licence.Grounds!);
            Assert.StartsWith($"依据{grounds.LegalBasis}，决定", decision.Paragraphs[0], StringComparison.Ordinal);
            Assert.Contains($"理由：{grounds.Reason}", decision.Paragraphs);
            Assert.Equal($"救济途径：{grounds.Remedies.Single().InWords().Zh}", decision.Paragraphs[^1]);
            Assert.Equal(spec.Facts[^1].By!.Department, decision.Authority);
        }
        // 行政许可法 art. 8 II
        Assert.Equal(["由此造成财产损失的，可以依法向本机关要求补偿。"], Of(against[4])[^1].Paragraphs.Intersect(["由此造成财产损失的，可以依法向本机关要求补偿。"]));
        Assert.DoesNotContain("由此造成财产损失的，可以依法向本机关要求补偿。", Of(against[1])[^1].Paragraphs);
        Assert.Equal("行政处罚决定书", Of(against[5])[^1].Title);
        Assert.Contains("至本机关决定恢复之日止", Of(against[0])[^1].Paragraphs[0], StringComparison.Ordinal);
    }

    [Fact] // HEAR-2, LIC-6: by the minutes
    public void A_decision_says_that_its_holder_was_heard()
    {
        var decided = Of(Heard().Given(Head, Revocation()))[^1];

        Assert.Contains("本机关在作出本决定前听取了持证人的陈述、申辩。", decided.Paragraphs);
        Assert.Contains("本机关于2020年7月10日举行听证，本决定根据2020年7月10日签字的听证笔录作出。", decided.Paragraphs);
        var called = Of(Heard()).Single(draft => draft.Act == DocumentAct.Hearing);
        Assert.Contains("拟予撤销一案，定于2020年7月10日在空港政务服务大厅举行听证，由赵敏主持", called.Paragraphs[0], StringComparison.Ordinal);
        Assert.DoesNotContain("听取", string.Concat(Of(Revoked())[^1].Paragraphs), StringComparison.Ordinal);
    }

    [Fact] // of what its holder asked for, by whoever issued it
    public void Who_gives_a_licence_back_has_that_in_writing_too()
    {
        var given = Of(new LicenceSpec(null, Samples.Seller).Given(Samples.SellerSignedIn, new CancelLicence()))[0];

        Assert.Equal((Department.MarketRegulation, "注销证照告知书", Samples.Seller.Name), (given.Authority, given.Title, given.Holder));
        Assert.StartsWith("依你的申请，你持有的“食品经营许可证”", Assert.Single(given.Paragraphs), StringComparison.Ordinal);
    }
}
