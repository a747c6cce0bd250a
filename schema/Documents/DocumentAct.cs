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
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "It has no sign."),
    };
}
