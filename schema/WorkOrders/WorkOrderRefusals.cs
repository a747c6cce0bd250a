namespace OneDoor.WorkOrders;

/// <summary>Why what is asked of a work order is refused.</summary>
public static class WorkOrderRefusals
{
    public static readonly Refusal NotFound = new("work-order.not-found", 404,
        new("没有这个工单", "There is no such work order"), new("不存在或您无权查看。", "It does not exist, or not for you."));

    public static readonly Refusal NotYours = new("work-order.not-yours", 403,
        new("不是您的评价", "It is not your review"), new("由评价人或投诉人答复。", "Who gave the review, or complained, says whether it satisfies."));

    public static readonly Refusal NotYoursToHandle = new("work-order.not-yours-to-handle", 403,
        new("工单由被评价部门办理", "The department that is rated handles it"));

    public static readonly Refusal NotYoursToClose = new("work-order.not-yours-to-close", 403,
        new("被评价部门不能办结工单", "The rated do not close it"), new("由政务服务办回访和办结。", "The service office calls back and closes."));

    public static readonly Refusal NeedsSupervisor = new("work-order.needs-supervisor", 403,
        new("须由上一级办理", "A supervisor does that"), new("涉及政务服务办自身的工单，由主管人员回访和办结。", "Where the service office itself is rated."));

    public static readonly Refusal TextInvalid = new("work-order.text-invalid", 422,
        new("文字缺失或过长", "The text is missing or too long"), new("1至2000个字符。", "1 to 2,000 characters."));

    public static readonly Refusal CallBackInvalid = new("work-order.call-back-invalid", 422,
        new("未接通则没有答复", "Who was not reached said nothing"), new("satisfied 只用于已接通的回访。", "satisfied is for calls that were answered."));

    public static readonly Refusal NotAnswered = new("work-order.not-answered", 409,
        new("评价人尚未答复", "The reviewer has not answered"), new("须有评价人的答复，或在三个工作日各一次回访未接通。", "It takes their answer, or three calls in vain on three working days."));

    public static readonly Refusal TooLate = new("work-order.too-late", 409, new("已过时限", "It is too late for this"));

    public static readonly Refusal ExtendedAlready = new("work-order.extended-already", 409,
        new("已延期一次", "It has been extended"), new("只能延期一次。", "That is done once."));

    public static readonly Refusal NotInThisState = new("work-order.not-in-this-state", 409,
        new("工单当前状态不允许此操作", "The work order's state does not allow this"),
        new("依次为联系、整改、反馈、回访、办结。", "In this order: contact, rectification, feedback, call-back, closing."));
}
