namespace OneDoor.Reviews;

/// <summary>Why a review, or what is asked of one, is refused.</summary>
public static class ReviewRefusals
{
    public static readonly Refusal NotFound = new("review.not-found", 404,
        new("没有这个评价", "There is no such review"), new("不存在或您无权查看。", "It does not exist, or not for you."));

    public static readonly Refusal NotYours = new("review.not-yours", 403,
        new("不是您办的事", "It is not your matter"), new("由申请人本人登录后评价，或由持号票者评价；部门、工作人员和自助机不能评价。", "Its applicant rates it, signed in, or whoever holds the ticket; departments, their staff and machines do not."));

    public static readonly Refusal MatterMissing = new("review.matter-missing", 422,
        new("请选择办件或号票", "Say what it is about"), new("case、ticket 取其一。", "One of case and ticket."));

    public static readonly Refusal TicketUnknown = new("review.ticket-unknown", 422,
        new("没有这个号票", "There is no such ticket"), new("不存在或不是您的号票。", "It does not exist, or not for you."));

    public static readonly Refusal NotServed = new("review.not-served", 409,
        new("没有办理过", "Nobody was served with it"), new("未到窗口办理的号票不评价；对等候有意见可以投诉。", "A ticket that no window served has nothing to rate; whoever waited in vain may complain."));

    public static readonly Refusal CaseUnknown = new("review.case-unknown", 422,
        new("没有这个办件", "There is no such case"), new("不存在或您无权查看。", "It does not exist, or not for you."));

    public static readonly Refusal CaseConfidential = new("review.case-confidential", 422,
        new("涉密办件不在此评价", "A confidential case is not rated here"), new("请向其主管部门反映。", "Tell its department instead."));

    public static readonly Refusal DepartmentInvalid = new("review.department-invalid", 422,
        new("不能单独评价该部门", "That department is not rated apart"), new("联办件可按参与的部门分别评价。", "In a joint matter each department with a part in it is."));

    public static readonly Refusal TagUnknown = new("review.tag-unknown", 422,
        new("没有这个评价指标", "There is no such tag"), new("见评价指标列表；至多十个，不重复。", "The list of indicators has them; at most ten, each once."));

    public static readonly Refusal TextInvalid = new("review.text-invalid", 422,
        new("文字缺失或过长", "The text is missing or too long"), new("1至2000个字符。", "1 to 2,000 characters."));

    public static readonly Refusal TooEarly = new("review.too-early", 409,
        new("尚不能评价", "It is too early for that"), new("提交后方可评价；单独评价部门须待其环节开始；号票须待办结。", "A matter is rated once it is submitted, a department's part once that has begun, and a visit once it is over."));

    public static readonly Refusal NotSubmitted = new("review.not-submitted", 409,
        new("没有提交", "It was never submitted"), new("当事人未全部签署即已结束，没有部门办理过。", "It ended before everybody had signed, and no department had it."));

    public static readonly Refusal TooLate = new("review.too-late", 409, new("已过评价期限", "It is too late for that"));

    public static readonly Refusal AlreadyGiven = new("review.already-given", 409,
        new("已经评价", "It has been rated"), new("一事一评，一次一评。", "One matter has one rating, and so has one visit."));

    public static readonly Refusal NotYoursToAppeal = new("review.not-yours-to-appeal", 403,
        new("由被评价部门申诉", "The department that is rated contests it"));

    public static readonly Refusal AppealedAlready = new("review.appealed-already", 409,
        new("已申诉一次", "It has been contested"), new("只能申诉一次。", "That is done once."));

    public static readonly Refusal NeedsSupervisor = new("review.needs-supervisor", 403,
        new("由政务服务办主管人员决定", "A supervisor of the service office decides that"));

    public static readonly Refusal AppealedYourself = new("review.appealed-yourself", 403,
        new("申诉须由他人决定", "Somebody else decides about an appeal"), new("申诉人不决定自己的申诉。", "Not who made it."));

    public static readonly Refusal NotInThisState = new("review.not-in-this-state", 409,
        new("评价当前状态不允许此操作", "The review's state does not allow this"));
}
