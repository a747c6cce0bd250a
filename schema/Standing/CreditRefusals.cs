namespace OneDoor.Standing;

/// <summary>Why something is refused about somebody's standing.</summary>
public static class CreditRefusals
{
    public static readonly Refusal NotFound = new("standing.not-found", 404,
        new("没有这条记录", "There is no such record"), new("不存在或您无权查看。", "It does not exist, or not for you."));

    public static readonly Refusal NotYours = new("standing.not-yours", 403,
        new("只有记录所涉及的人可以申请修复或者提出异议", "Whose record it is asks for repair or objects"),
        new("修复和异议由作出记录的部门决定。", "The department that keeps it decides."));

    public static readonly Refusal NotInThisState = new("standing.not-in-this-state", 409,
        new("记录当前状态不允许此操作", "The record's state does not allow this"),
        new("先申请才能决定；已修复或者期满的记录不再修复，已撤销的记录不再处理。", "What nobody asked for is not decided; what is repaired or over is not repaired, and what is struck out is left alone."));

    public static readonly Refusal ReasonMissing = new("standing.reason-missing", 422,
        new("缺少理由", "A reason is missing"), new("须为1至2000个字符。", "It has 1 to 2,000 characters."));

    public static readonly Refusal NobodyNamed = new("standing.nobody-named", 400,
        new("没有写明查询谁", "Nobody is named"), new("登录者查询本人；部门以 OneDoor-Applicant 写明。", "Whoever signs in reads their own; a department names somebody by the header OneDoor-Applicant."));
}
