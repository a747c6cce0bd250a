using OneDoor.Applicants;
using OneDoor.Clock;
using OneDoor.Documents;

namespace OneDoor.Licences;

/// <summary>
/// What an authority tells the holders of a licence in writing (DOC-1). It cites what the department rests its act on, and of penalties 行政处罚法
/// arts. 44, 45 and 63; what a term's or a suspension's last day brings by itself was told before.
/// </summary>
public static class LicenceDrafts
{
    /// <summary>Which facts of a licence make a document, and what it says; null for those that make none.</summary>
    /// <param name="licence">The licence, the fact included.</param>
    /// <param name="fact">What has happened.</param>
    public static Draft? Of(Licence licence, LicenceFact fact)
    {
        var (you, its) = (You(licence), $"{Text.Quoted(licence.Kind.Name.Zh)}（证照编号：{licence.Number}，许可内容：{licence.Scope.Zh}）");
        return fact switch
        {
            LicenceAnnulmentNoticed f => Make(DocumentAct.RevocationNotice, f.Notice.Ground == RevocationGround.Penalty ? "行政处罚事先告知书" : $"拟{Verb(f.Notice.Ground)}证照告知书", Noticed(f.Notice)),
            LicenceHearingCalled f => Make(DocumentAct.Hearing, "听证通知书",
            [
                $"关于{you}持有的{its}拟予{Intended()}一案，定于{Words.Day(f.HeldOn)}在{f.Place}举行听证，由{f.Presider.Name}主持；涉及国家秘密、商业秘密或者个人隐私的不公开举行。",
                "认为主持人与本案有直接利害关系的，有权申请回避。可以亲自参加，也可以委托一至二人代理；在听证中可以进行申辩和质证，不承担组织听证的费用。听证笔录经核对无误后签字或者盖章，本机关根据听证笔录作出决定。",
            ]),
            LicenceDecisionExtended f => Make(DocumentAct.Extension, "延长决定期限告知书",
                [$"关于{you}持有的{its}拟予{Intended()}一案，因{f.Reason.TrimEnd('。', '.')}，经本机关负责人批准，决定期限延长{Licence.ExtendedBy}个工作日，最迟于{Words.Day(f.DecideBy)}作出决定。"]),
            LicenceNoticeWithdrawn f => Make(DocumentAct.NoticeWithdrawal, "撤回告知通知书",
                [$"本机关此前告知{you}，拟对{you}持有的{its}予以{Intended()}。经研究，不再据该告知作出决定，该告知自本日起撤回。", $"理由：{f.Reason}"]),
            LicenceRevoked f => Make(ActOf(f.Ground), f.Ground == RevocationGround.Penalty ? "行政处罚决定书" : $"{Verb(f.Ground)}证照决定书", Decided(f.Grounds, $"{Verb(f.Ground)}{you}持有的{its}，自本决定作出之日起不得使用",
            [
                .. licence.Statements is { Count: > 0 } ? ["本机关在作出本决定前听取了持证人的陈述、申辩。"] : Array.Empty<string>(),
                .. (licence.Hearings ?? []).Where(h => h.Minutes is not null).Select(h => $"本机关于{Words.Day(h.HeldOn)}举行听证，本决定根据{Words.Day(h.Minutes!.SignedOn)}签字的听证笔录作出。"),
                // 行政许可法 art. 8 II.
                .. f.Ground == RevocationGround.Recalled ? ["由此造成财产损失的，可以依法向本机关要求补偿。"] : Array.Empty<string>(),
            ])),
            // What stays with the licence that takes another one's place was told of that.
            LicenceSuspended f when f.At != licence.IssuedAt || licence.Replaces is null => Make(DocumentAct.Suspension, "暂扣证照决定书", Decided(
                f.Grounds, $"暂扣{you}持有的{its}，自{Words.Day(f.At)}起{(f.Until is { } until ? $"至{Words.Day(until)}止，期满自动恢复" : "至本机关决定恢复之日止")}；暂扣期间不得使用")),
            LicenceReinstated { By: not null } f => Make(DocumentAct.Reinstatement, "恢复证照告知书", [$"本机关决定，{you}持有的{its}自{Words.Day(f.At)}起恢复使用。"]),
            LicenceCancelled { Grounds: { } grounds } => Make(DocumentAct.Cancellation, "注销证照决定书", Decided(grounds, $"注销{you}持有的{its}")),
            LicenceCancelled f => Make(DocumentAct.Cancellation, "注销证照告知书", [$"依{you}的申请，{you}持有的{its}自{Words.Day(f.At)}起注销，不再使用。"]),
            LicenceReplaced { Grounds: { } grounds } f => Make(DocumentAct.Replacement, "换发证照决定书", Decided(grounds, $"换发{you}持有的{its}，{(f.HolderName is { } name ? $"持证人名称更正为{Text.Quoted(name)}，" : "")}新证照编号：{f.ReplacedBy}，原证照自本日起不再有效")),
            _ => null,
        };

        // Of what the holder asked for, or a case granted, it is who issued the licence.
        Draft Make(DocumentAct act, string title, IEnumerable<string> paragraphs) => new(
            act, fact is LicenceCancelled { Grounds: null } ? licence.Department : fact.By?.Department ?? licence.Department, LegalClock.DayOf(fact.At), title,
            string.Join('、', licence.Holders.Select(holder => holder.Name)), [.. paragraphs]);

        IEnumerable<string> Noticed(AnnulmentNotice notice) =>
        [
            $"{you}持有的{its}，经查：{notice.Facts}",
            $"依据{notice.LegalBasis.TrimEnd('。', '.')}，本机关拟{(notice.Ground == RevocationGround.Penalty ? "作出吊销该证照的行政处罚" : $"{Verb(notice.Ground)}该证照")}。",
            .. notice.Deceit == true ? [$"以欺骗、贿赂等不正当手段取得的行政许可被撤销，且该许可属于直接关系公共安全、人身健康、生命财产安全事项的，依据《中华人民共和国行政许可法》第七十九条，{you}三年内不得再次申请该行政许可。"] : Array.Empty<string>(),
            $"{(notice.Ground == RevocationGround.Penalty ? "依据《中华人民共和国行政处罚法》第四十四条、第四十五条和第六十三条，" : "")}{you}可以在{Words.Day(notice.SpeakBy)}前（含当日）向本机关陈述、申辩，并可以要求听证，不承担组织听证的费用。",
            $"本机关最迟于{Words.Day(notice.DecideBy)}作出决定，听证所需时间不计算在内。",
        ];

        string Intended() => Verb((licence.Notice ?? licence.FormerNotices?[^1])?.Ground ?? RevocationGround.Annulled);
    }

    private static IEnumerable<string> Decided(LicenceGrounds grounds, string what, params IEnumerable<string> besides) =>
    [
        $"依据{grounds.LegalBasis.TrimEnd('。', '.')}，决定{what}。",
        $"理由：{grounds.Reason}",
        .. besides,
        $"救济途径：{string.Concat(grounds.Remedies.Select(remedy => remedy.InWords().Zh))}",
    ];

    private static string You(Licence licence) => licence.Holders switch { { Count: > 1 } => "你们", [{ Kind: ApplicantKind.Person }] => "你", _ => "你单位" };

    private static DocumentAct ActOf(RevocationGround ground) => ground switch
    {
        RevocationGround.Annulled => DocumentAct.Annulment,
        RevocationGround.Recalled => DocumentAct.Recall,
        _ => DocumentAct.Penalty,
    };

    internal static string Verb(RevocationGround ground) => ground switch { RevocationGround.Annulled => "撤销", RevocationGround.Recalled => "撤回", _ => "吊销" };
}
