namespace OneDoor.Cases;

/// <summary>Why nothing is granted by commitment.</summary>
public static class CommitmentRefusals
{
    /// <summary>MODE-5.</summary>
    public static readonly Refusal NotEligible = new("commitment.not-eligible", 422,
        new("该事项不适用告知承诺", "The item is not granted by commitment"),
        new("可以按一般程序申请：不带 commitment 提交。", "It can be applied for the ordinary way: leave commitment out."));

    /// <summary>MODE-2.</summary>
    public static readonly Refusal TermsChanged = new("commitment.terms-changed", 422,
        new("签署的不是现行告知承诺书", "What is signed is not the commitment in force"),
        new("请重新阅读该事项的告知承诺书并以其摘要签署。", "Read the item's commitment again, and sign with its digest."));

    /// <summary>CRED-1.</summary>
    public static readonly Refusal Barred = new("commitment.barred", 403,
        new("申请人暂不适用告知承诺", "Nothing is granted to the applicant by commitment for now"),
        new("有违反承诺的记录；可以按一般程序申请，记录修复后恢复。", "A commitment was breached: the ordinary way is open, and the privilege is back once the record is repaired."));

    public static readonly Refusal SignatoryMissing = new("commitment.signatory-missing", 422,
        new("缺少承诺的签署人", "Nobody has signed the commitment"), new("须为1至100个字符。", "Their name has 1 to 100 characters."));

    /// <summary>MODE-3.</summary>
    public static readonly Refusal MeetByInvalid = new("commitment.meet-by-invalid", 422,
        new("具备条件的日期无效", "The day by which the conditions are to be met is not valid"));

    /// <summary>MODE-3.</summary>
    public static readonly Refusal NothingToMeet = new("commitment.nothing-to-meet", 409,
        new("没有待具备的承诺条件", "No conditions are to be met"),
        new("只有限期具备条件的承诺才须报告。", "Only what was committed to by a day is filed."));

    /// <summary>MODE-3.</summary>
    public static readonly Refusal MetTooLate = new("commitment.met-too-late", 409,
        new("已超过承诺具备条件的日期", "The day by which the conditions were to be met has passed"));
}
