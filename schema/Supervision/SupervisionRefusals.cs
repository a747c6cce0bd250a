namespace OneDoor.Supervision;

/// <summary>Why something is refused about a supervision task.</summary>
public static class SupervisionRefusals
{
    public static readonly Refusal NotFound = new("supervision.not-found", 404,
        new("没有这项监管任务", "There is no such supervision task"), new("不存在或您无权查看。", "It does not exist, or not for you."));

    public static readonly Refusal NotYourDepartment = new("supervision.not-your-department", 403,
        new("应由监管部门处理", "This is for the supervising department to do"));

    public static readonly Refusal NotInThisState = new("supervision.not-in-this-state", 409,
        new("监管任务当前状态不允许此操作", "The task's state does not allow this"),
        new("先核查，核查不符合的再记录整改结果；记录过的不再更改，已终结的不再处理。", "An inspection comes first, and what came of its order after a breach; what is recorded stays, and what is closed is left alone."));

    /// <summary>MODE-4.</summary>
    public static readonly Refusal NoteMissing = new("supervision.note-missing", 422,
        new("缺少核查情况说明", "What was seen is missing"), new("须为1至2000个字符；符合或者已整改的可以不写。", "It has 1 to 2,000 characters, and may be left out where all is in order."));

    /// <summary>MODE-4.</summary>
    public static readonly Refusal RectifyByInvalid = new("supervision.rectify-by-invalid", 422,
        new("整改期限无效", "The day to put it right is not valid"),
        new("不符合的须写明最后一日，不早于今天，并为依法作出决定留出时间；符合的不写。", "A breach names the last day, from today on and early enough for a decision within the law's limit, and nothing else does."));

    /// <summary>MODE-4.</summary>
    public static readonly Refusal RectifyByNotOver = new("supervision.rectify-by-not-over", 409,
        new("整改期限未满", "There is still time to put it right"));
}
