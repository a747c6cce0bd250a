namespace OneDoor.Documents;

/// <summary>The act that a document is about (文书种类).</summary>
public enum DocumentAct
{
    /// <summary>受理</summary>
    Acceptance,

    /// <summary>一次性告知补正</summary>
    CorrectionNotice,

    /// <summary>延长办理期限</summary>
    Extension,

    /// <summary>特别程序所需时间</summary>
    SpecialProcedure,

    /// <summary>告知利害关系人</summary>
    ThirdPartyNotice,

    /// <summary>听证通知</summary>
    Hearing,

    /// <summary>不予受理</summary>
    NonAcceptance,

    /// <summary>因逾期未补正终止办理</summary>
    Lapse,

    /// <summary>准予</summary>
    Grant,

    /// <summary>不予许可</summary>
    Refusal,

    /// <summary>一定期限内不得再次申请</summary>
    Bar,

    /// <summary>拟撤销、撤回、吊销证照</summary>
    RevocationNotice,

    /// <summary>不再撤销、撤回、吊销证照</summary>
    NoticeWithdrawal,

    /// <summary>撤销证照</summary>
    Annulment,

    /// <summary>撤回证照</summary>
    Recall,

    /// <summary>吊销证照</summary>
    Penalty,

    /// <summary>暂扣证照</summary>
    Suspension,

    /// <summary>恢复证照</summary>
    Reinstatement,

    /// <summary>注销证照</summary>
    Cancellation,

    /// <summary>换发证照</summary>
    Replacement,
}

/// <summary>What documents are called.</summary>
public static class DocumentActNames
{
    /// <summary>The act in words.</summary>
    public static Text Name(this DocumentAct act) => act switch
    {
        DocumentAct.Acceptance => new("受理", "Acceptance"),
        DocumentAct.CorrectionNotice => new("一次性告知补正", "Notice of everything that is missing"),
        DocumentAct.Extension => new("延长办理期限", "Extension of the limit"),
        DocumentAct.SpecialProcedure => new("特别程序所需时间", "Time that a special procedure takes"),
        DocumentAct.ThirdPartyNotice => new("告知利害关系人", "Notice to third parties"),
        DocumentAct.Hearing => new("听证通知", "Notice of a hearing"),
        DocumentAct.NonAcceptance => new("不予受理", "Not accepting"),
        DocumentAct.Lapse => new("终止办理", "Closing for want of an answer"),
        DocumentAct.Grant => new("准予", "Grant"),
        DocumentAct.Refusal => new("不予许可", "Refusal"),
        DocumentAct.Bar => new("不得再次申请", "Bar from applying again"),
        DocumentAct.RevocationNotice => new("拟撤销、撤回、吊销证照", "Notice that a licence is to be revoked"),
        DocumentAct.NoticeWithdrawal => new("不再撤销、撤回、吊销证照", "Withdrawal of such a notice"),
        DocumentAct.Annulment => new("撤销证照", "Annulment of a licence"),
        DocumentAct.Recall => new("撤回证照", "Recall of a licence"),
        DocumentAct.Penalty => new("吊销证照", "End of a licence as a penalty"),
        DocumentAct.Suspension => new("暂扣证照", "Suspension of a licence"),
        DocumentAct.Reinstatement => new("恢复证照", "End of a suspension"),
        DocumentAct.Cancellation => new("注销证照", "Cancellation of a licence"),
        DocumentAct.Replacement => new("换发证照", "Replacement of a licence"),
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "It has no name."),
    };

    /// <summary>
    /// A document's number (文号, GB/T 9704): whose it is, what it is about, the year and a number that no other document has, for instance
    /// 市监准〔2026〕123号.
    /// </summary>
    public static string Number(this DocumentAct act, Department authority, int year, long running) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{DepartmentDirectory.Zone.Of(authority).Sign}{Sign(act)}〔{year}〕{running}号");

    private static char Sign(DocumentAct act) => act switch
    {
        DocumentAct.Acceptance => '受',
        DocumentAct.CorrectionNotice => '补',
        DocumentAct.Extension => '延',
        DocumentAct.SpecialProcedure => '特',
        DocumentAct.ThirdPartyNotice => '告',
        DocumentAct.Hearing => '听',
        DocumentAct.NonAcceptance => '不',
        DocumentAct.Lapse => '终',
        DocumentAct.Grant => '准',
        DocumentAct.Refusal => '驳',
        DocumentAct.Bar => '禁',
        DocumentAct.RevocationNotice => '拟',
        DocumentAct.NoticeWithdrawal => '消',
        DocumentAct.Annulment => '撤',
        DocumentAct.Recall => '回',
        DocumentAct.Penalty => '吊',
        DocumentAct.Suspension => '扣',
        DocumentAct.Reinstatement => '复',
        DocumentAct.Cancellation => '销',
        DocumentAct.Replacement => '换',
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "It has no sign."),
    };
}
