using OneDoor.Applicants;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Documents;

/// <summary>What documents say of what happened to a case. 行政许可法 is cited for administrative licences alone; for all else the item's own basis.</summary>
internal sealed class Telling(Case @case, Item? item)
{
    /// <summary>What is applied for is, by its law, an administrative licence (行政许可).</summary>
    public bool IsLicence => item?.Act == Act.Licence;

    /// <summary>What a refusal is called.</summary>
    public string Refusal => IsLicence ? "不予行政许可决定书" : "不予办理决定书";

    /// <summary>To whom it is addressed: of founders, whoever applies for all, since what they found does not exist yet; of joint parties, all.</summary>
    public string Holder => @case.Applicant switch
    {
        { Kind: ApplicantKind.Founders } founders => $"{founders.Applies.Name}（拟设立：{founders.Name}）",
        { Parties: { } parties } => string.Join('、', parties.Select(p => $"{p.Applicant.Name}（{Role(p.Role)}）")),
        var applicant => applicant.Name,
    };

    private string You => @case.Applicant.Kind == ApplicantKind.JointParties ? "你们" : @case.Applicant.Applies.Kind == ApplicantKind.Person ? "你" : "你单位";

    private string Application => $"{You}于{Words.Day(@case.SubmittedAt)}提出的{Text.Quoted(@case.Plan.Name.Zh)}申请（办件编号：{@case.Number}）";

    /// <summary>The department a fact's step belongs to.</summary>
    public Department Of(IStepFact fact) => @case.Step(fact.Step)!.Department;

    /// <summary>受理：行政许可法 art. 32 I (5), or (4) where nobody answered.</summary>
    public IEnumerable<string> Accepted(CaseAccepted fact) =>
    [
        fact.Deemed
            ? $"{Application}，本机关未在五个工作日内一次告知需要补正的内容。{By("三十二条第一款第（四）项")}，自收到申请材料之日即{Words.Day(fact.AcceptedAt)}起视为受理。"
            : $"{Application}，属于本机关职权范围，符合受理条件。{By("三十二条第一款第（五）项")}，自{Words.Day(fact.AcceptedAt)}起予以受理。",
        $"法定办理时限：{Words.Limit(@case.Plan.Statutory)}，{Ending(fact.Statutory, fact)}。承诺办理时限：{Words.Limit(@case.Promise)}，{Ending(fact.Promised, fact)}{(LegalClock.IsOver(fact.Promised.At, fact.At) ? "，未能兑现" : "")}。",
        .. @case.GreenChannel is { } channel ? new[] { $"本办件属于应急项目{Text.Quoted(channel.Name)}，按绿色通道办理。" } : [],
        .. @case.Exemption is { Decision.Entry: { } entry } exempt ? new[] { $"依据环境影响轻微建设项目差别化管理目录{Text.Quoted($"{entry.Industry.Zh}—{entry.Name.Zh}")}（{entry.Code}），办理环节{Text.Quoted(Step(exempt.Step))}无须办理。" } : [],
        .. fact.Deferred.Select(d => $"容缺后补材料：{Material(d.Code)}，请于{Words.Day(d.SupplyBy)}前（含当日）补交。"),
    ];

    // What was accepted by law may have ended before anybody is told.
    private static string Ending(DueDate due, CaseAccepted fact) => LegalClock.IsOver(due.At, fact.At) ? Words.Ended(due) : Words.Until(due);

    /// <summary>补正：art. 32 I (4).</summary>
    public IEnumerable<string> Missing(CorrectionRequested fact) =>
    [
        $"{Application}，申请材料不齐全或者不符合法定形式。{By("三十二条第一款第（四）项")}，现一次性告知需要补正的全部内容：",
        .. fact.Lines.Select((line, i) => $"{i + 1}. {About(line)}{line.Text}"),
        .. fact.Answer is { } answer ? new[] { $"请于{Words.Day(answer.By)}前（含当日）补正；可以申请延长一次。逾期未补正的，经提醒后终止办理，不影响重新申请。" } : [],
        "材料补齐后，本机关在五个工作日内作出是否受理的决定。",
    ];

    /// <summary>不予受理：arts. 32 I (1), (2), 78.</summary>
    public IEnumerable<string> NotAccepted(NonAcceptance answer) =>
    [
        answer.Kind switch
        {
            NonAcceptanceKind.NoLicenceNeeded => $"{Application}，依法不需要取得{(IsLicence ? "行政许可" : "本机关的办理结果")}。{By("三十二条第一款第（一）项")}，决定不予受理。",
            NonAcceptanceKind.NotOurCompetence => $"{Application}，依法不属于本机关职权范围。{By("三十二条第一款第（二）项")}，决定不予受理，请向{answer.Authority}申请。",
            _ => $"{Application}，经查，隐瞒有关情况或者提供虚假材料。{By("七十八条")}，决定不予受理。",
        },
        .. answer.Kind == NonAcceptanceKind.FalseMaterials ? Warned(step: null) : [],
        $"理由：{answer.Reason}",
        $"救济途径：{string.Concat(answer.Remedies.Select(remedy => remedy.InWords().Zh))}",
    ];

    /// <summary>终止办理：nobody answered the notice (CASE-14).</summary>
    public IEnumerable<string> Lapsed(Lapse lapse) =>
    [
        $"{Application}，经一次性告知补正并提醒，逾期未补正，终止办理。{You}可以重新提出申请，不受本次终止影响。",
        $"理由：{lapse.Reason}",
        $"救济途径：{string.Concat(lapse.Remedies.Select(remedy => remedy.InWords().Zh))}",
    ];

    /// <summary>延长：art. 42 I.</summary>
    public IEnumerable<string> Extended(StatutoryLimitExtended fact) =>
    [
        $"{Application}，因{fact.Reason.TrimEnd('。', '.')}，不能在规定期限内作出决定。{By("四十二条第一款")}，经本机关负责人批准，法定办理时限延长{Words.Limit(fact.Extension)}"
            + (fact.Statutory is { } due ? $"，{Words.Until(due)}。" : "。"),
        "承诺办理时限不因此改变。",
    ];

    /// <summary>特别程序：art. 45.</summary>
    public IEnumerable<string> Paused(ClockPaused fact) =>
    [
        $"{Application}，办理环节{Text.Quoted(Step(fact.Step))}依法需要{Clock.Pause.NameOf(fact.Reason).Zh}{(fact.LegalBasis is { } basis ? $"（{basis.TrimEnd('。', '.')}）" : "")}。{By("四十五条")}，所需时间不计算在办理期限内，自{Words.Day(fact.At)}起中止计时，结束后恢复计时。",
        .. fact.ExpectedUntil is { } until ? new[] { $"实施机构：{fact.CarriedOutBy}。预计至{Words.Day(until)}结束。" } : [],
        .. fact.Note is { } note ? new[] { note } : [],
    ];

    /// <summary>告知利害关系人：art. 36; what they may ask for besides, art. 47.</summary>
    public IEnumerable<string> ToldOf(ThirdPartiesTold fact) =>
    [
        $"{Application}，办理环节{Text.Quoted(Step(fact.Step))}直接关系他人重大利益。{By("三十六条")}，告知{(fact.Publication is { } published ? $"公众（{published.TrimEnd('。', '.')}）" : string.Join('、', fact.Parties.Select(party => party.Name)))}：",
        $"利害关系人可以在{Words.Day(fact.Until)}前（含当日）向本机关陈述、申辩；{You}同样有权陈述、申辩。",
        $"要求听证的，可以自告知之日起{Item.SpeakWithin}个工作日内提出申请，不承担组织听证的费用。",
    ];

    /// <summary>听证：art. 48.</summary>
    public IEnumerable<string> Called(HearingCalled fact) =>
    [
        $"{Application}，{(fact.Ground == HearingGround.Required ? "依法应当听证" : $"经{Words.Day(fact.RequestedOn!.Value)}申请听证")}。{By("四十八条")}，定于{Words.Day(fact.HeldOn)}在{fact.Place}公开举行听证，由{fact.Presider.Name}主持；涉及国家秘密、商业秘密或者个人隐私的除外。",
        "认为主持人与本事项有直接利害关系的，有权申请回避。在听证中可以提出证据，进行申辩和质证；听证笔录经确认无误后签字或者盖章，本机关根据听证笔录作出决定。",
    ];

    /// <summary>准予：art. 38 I.</summary>
    public IEnumerable<string> Granted(StepGranted fact) =>
    [
        $"{Application}，{Examined(fact)}。{By("三十八条第一款")}，决定{(IsLicence ? "准予行政许可" : "准予办理")}。",
        .. @case.Licences.Where(l => l.Step == fact.Step).Select(l => $"证照：{l.Licence.Name.Zh}，编号{l.Number}。"),
        .. ByMinutes(fact.Hearing),
        .. fact.Reason is { } reason ? new[] { $"说明：{reason}" } : [],
    ];

    // 行政许可法 art. 48 II.
    private IEnumerable<string> ByMinutes(int? hearing) => @case.Hearings.Where(h => h.Number == hearing && h.Minutes is not null).Select(h =>
        $"本机关于{Words.Day(h.HeldOn)}举行听证，本决定根据{Words.Day(h.Minutes!.SignedOn)}签字的听证笔录作出{(h.Minutes.File is { } paper ? $"（笔录文件摘要：{paper.Digest}）" : "")}。");

    // What is committed to, what is filed and what a machine takes, nobody has examined (MODE-1, MODE-2, KIOSK-1).
    private string Examined(StepGranted fact) => fact.Rule is { } rule ? $"经按无人审批规则（{rule}）核对，表单填写完整、材料齐全" : fact.By?.IsPlatform != true ? $"经审查，办理环节{Text.Quoted(Step(fact.Step))}符合法定条件、标准"
        : @case.Commitment is null ? "材料齐全，予以备案" : "申请人已签署告知承诺书；承诺是否属实由监管部门事后核查，不实的依法撤销";

    /// <summary>不予许可：arts. 38 II, 78.</summary>
    public IEnumerable<string> Refused(RefusalGrounds grounds, string? step, int? hearing = null) =>
    [
        $"{Application}，经审查，{(step is null ? "" : $"办理环节{Text.Quoted(Step(step))}")}{(grounds.FalseMaterials == true ? "隐瞒有关情况或者提供虚假材料" : "不符合法定条件、标准")}。依据{grounds.LegalBasis.TrimEnd('。', '.')}{(IsLicence && !grounds.LegalBasis.Contains("第三十八条", StringComparison.Ordinal) ? "及《中华人民共和国行政许可法》第三十八条第二款" : "")}，决定{(IsLicence ? "不予行政许可" : "不予办理")}。",
        .. grounds.FalseMaterials == true ? Warned(step) : [],
        .. step is null ? @case.Hearings.SelectMany(held => ByMinutes(held.Number)) : ByMinutes(hearing),
        $"理由：{grounds.Reason}",
        $"救济途径：{grounds.In("zh").Remedy}",
    ];

    // 警告：art. 78 knows it for administrative licences alone, and the bar where they bear on safety (BAR-1).
    private IEnumerable<string> Warned(string? step) => !IsLicence ? [] :
    [
        $"{By("七十八条")}，对{You}给予警告。",
        .. (@case.Bars ?? []).Where(bar => bar.Step == step)
            .Select(bar => $"该申请属于直接关系公共安全、人身健康、生命财产安全事项，{You}自{Words.Day(bar.From)}起一年内即至{Words.Day(bar.Until)}止不得再次申请该行政许可，期满自动解除。"),
    ];

    /// <summary>三年内不得再次申请：art. 79, and the remedies against it (REM-1).</summary>
    public IEnumerable<string> Barred(ApplicantBarred fact) =>
    [
        $"{Application}，{You}以欺骗、贿赂等不正当手段取得的行政许可已被撤销，该许可属于直接关系公共安全、人身健康、生命财产安全事项。{By("七十九条")}，{You}自{Words.Day(fact.From)}起三年内即至{Words.Day(fact.Until)}止不得再次申请该行政许可，期满自动解除。",
        $"救济途径：{string.Concat((fact.Remedies ?? []).Select(remedy => remedy.InWords().Zh))}",
    ];

    private string By(string article) => IsLicence
        ? $"依据《中华人民共和国行政许可法》第{article}的规定"
        : item?.LegalBasis is [var basis, ..] ? $"依据{basis}及有关规定" : "依据有关规定";

    private string Role(string code) => @case.Plan.Roles.FirstOrDefault(r => r.Code == code)?.Name.Zh ?? code;

    private string About(CorrectionLine line) => (line.Material, @case.Plan.Form?.Fields.FirstOrDefault(field => field.Name == line.FieldName)) switch
    {
        ({ } code, _) => $"{Material(code)}：",
        (null, { } field) => $"申请表{Text.Quoted(field.Label.Zh)}：",
        _ => "",
    };

    private string Material(string code) => @case.Plan.Materials.FirstOrDefault(m => m.Code == code)?.Name.Zh ?? code;

    private string Step(string code) => @case.Plan.Steps.FirstOrDefault(s => s.Code == code)?.Name.Zh ?? code;
}
