namespace OneDoor.Cases;

/// <summary>Why a command on a case is refused.</summary>
public static partial class CaseRefusals
{
    public static readonly Refusal NotFound = new("case.not-found", 404,
        new("办件不存在", "There is no such case"),
        new("不存在，或不对您开放。", "It does not exist, or not for you."));

    /// <summary>KIOSK-1.</summary>
    public static readonly Refusal KiosksClosed = new("case.kiosks-closed", 409, new("大厅的自助机未开放", "The hall's kiosks are closed now"));

    /// <summary>BAR-1.</summary>
    public static readonly Refusal Barred = new("case.barred", 403,
        new("在禁止申请期限内", "The applicant is barred from the item"));

    public static readonly Refusal SignatoryInvalid = new("case.signatory-invalid", 422,
        new("签署人姓名无效", "The signatory's name is not valid"), new("须为1至100个字符。", "It has 1 to 100 characters."));

    public static readonly Refusal MaterialsMissing = new("case.materials-missing", 422,
        new("必需材料未齐", "Required materials are missing"));

    public static readonly Refusal NotYourDepartment = new("case.not-your-department", 403,
        new("应由牵头部门办理", "This is for the lead department to do"));

    /// <summary>SIGHT-1.</summary>
    public static readonly Refusal NotYoursToOpen = new("case.not-yours-to-open", 403,
        new("只有政务服务办的负责人可以查阅其他部门的办件", "Only a supervisor of the service office has another department's case opened"),
        new("须说明理由，查阅记入办件。", "For a reason, which becomes part of the case."));

    public static readonly Refusal NotYourWorklist = new("case.not-your-worklist", 403,
        new("不能查看其他部门的待办", "Another department's worklist is not yours to read"),
        new("政务服务办可以查看各部门的待办。", "The service office may read every department's."));

    public static readonly Refusal NotYourCase = new("case.not-your-case", 403,
        new("只有申请人或其代办方可以这样做", "Only the applicant or the client that submitted the case may do this"));

    public static readonly Refusal ReasonMissing = new("case.reason-missing", 422,
        new("缺少理由", "A reason is missing"), new("须为1至2000个字符。", "It has 1 to 2,000 characters."));

    public static readonly Refusal NotInThisState = new("case.not-in-this-state", 409,
        new("办件当前状态不允许此操作", "The case's state does not allow this"));

    public static readonly Refusal NotAccepted = new("case.not-accepted", 409,
        new("办件尚未受理", "The case has not been accepted yet"),
        new("牵头部门受理后，首个环节才开始。", "Its first steps open when the lead department accepts it."));

    /// <summary>MODE-1.</summary>
    public static readonly Refusal FilingNotRefused = new("case.filing-not-refused", 409,
        new("备案没有不予许可", "A filing is not refused"),
        new("材料齐全即完成备案；缺少的请一次性告知补正，不属于本部门职权的当日不予受理。",
            "It is filed once it is complete: send a correction notice for what is missing; what is another authority's is not accepted, on the day of asking."));

    /// <summary>CLK-8.</summary>
    public static readonly Refusal NotLate = new("case.not-late", 409,
        new("办件没有超过办理时限", "The case is not past its limit"));
}
