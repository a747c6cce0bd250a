namespace OneDoor.Complaints;

/// <summary>Why a complaint, or what is asked of one, is refused.</summary>
public static class ComplaintRefusals
{
    public static readonly Refusal NotFound = new("complaint.not-found", 404,
        new("没有这个投诉", "There is no such complaint"), new("不存在、查询码不对或您无权查看。", "It does not exist, the code is not its own, or it is not for you."));

    public static readonly Refusal AboutInvalid = new("complaint.about-invalid", 422,
        new("投诉对象须且只能有一个", "A complaint is about exactly one thing"),
        new("办件、号票、部门、大厅或窗口，取其一。", "A case, a ticket, a department, a hall or a window."));

    public static readonly Refusal AboutUnknown = new("complaint.about-unknown", 422,
        new("没有这个投诉对象", "There is no such thing to complain about"), new("不存在或您无权查看。", "It does not exist, or not for you."));

    /// <summary>SIGHT-1: the service office, which handles complaints, would know of it.</summary>
    public static readonly Refusal CaseConfidential = new("complaint.case-confidential", 422,
        new("涉密办件不在此投诉", "A confidential case is not complained about here"), new("可以投诉其主管部门。", "Complain about its department instead."));

    public static readonly Refusal TextInvalid = new("complaint.text-invalid", 422,
        new("文字缺失或过长", "The text is missing or too long"), new("1至4000个字符。", "1 to 4,000 characters."));

    public static readonly Refusal ContactInvalid = new("complaint.contact-invalid", 422,
        new("联系方式无效", "The contact is not valid"), new("须有电话或电子邮箱：phone 为11位手机号，或以+和国家代码开头；email 为至多254个字符的邮箱地址。",
            "A phone or an email: phone is a mobile number of eleven digits, or begins with + and a country's code; email is an address of at most 254 characters."));

    public static readonly Refusal AnonymousContact = new("complaint.anonymous-contact", 422,
        new("匿名投诉不留联系方式", "An anonymous complaint has no contact"),
        new("联系方式会说明投诉人是谁；凭查询码可查看进度和答复。", "It would say who complains; the code leads to the answer."));

    public static readonly Refusal AnonymousAttachments = new("complaint.anonymous-attachments", 422,
        new("匿名投诉不带附件", "An anonymous complaint has no attachments"),
        new("上传的文件会说明投诉人是谁；请用文字说明。", "An uploaded file says who has uploaded it; say in words what it shows."));

    public static readonly Refusal AttachmentsInvalid = new("complaint.attachments-invalid", 422,
        new("附件过多或重复", "There are too many attachments, or one twice"), new("最多10个，每个只列一次。", "At most ten, each once."));

    /// <summary>Subjects of staff, who have no part in it.</summary>
    public static readonly Refusal NamedInvalid = new("complaint.named-invalid", 422,
        new("被投诉人员标识无效、过多或重复", "A subject is not valid, or there are too many, or one twice"),
        new("登录标识（sub），1至100个ASCII字符，不含空格；最多20个，每个只列一次。", "What somebody signs in as (sub): 1 to 100 ASCII characters without spaces; at most 20, each once."));

    /// <summary>What a department files under a name would be nobody's to read.</summary>
    public static readonly Refusal NotYoursToFile = new("complaint.not-yours-to-file", 403,
        new("部门不能署名投诉", "Departments do not complain under a name"),
        new("由本人登录后投诉，或匿名投诉。", "A person does, signed in, or anybody anonymously."));

    public static readonly Refusal NotYoursToHandle = new("complaint.not-yours-to-handle", 403,
        new("投诉由政务服务办处理", "The service office handles complaints"),
        new("认定属实或者部分属实的，责任部门收到工单。", "What it upholds, also in part, reaches who answers for it as a work order."));

    public static readonly Refusal NeedsSupervisor = new("complaint.needs-supervisor", 403,
        new("须由上一级处理", "A supervisor handles this one"),
        new("涉及政务服务办自身及其大厅、窗口的，以及重办的投诉，由主管人员处理。", "One about the service office itself, its halls and windows, and every reopened one."));

    public static readonly Refusal HandledBefore = new("complaint.handled-before", 403,
        new("重办须由他人处理", "Somebody else handles what is reopened"), new("原答复人不处理对其答复的不满。", "Who gave the answer does not judge what is said against it."));

    public static readonly Refusal NotYours = new("complaint.not-yours", 403,
        new("不是您的投诉", "It is not your complaint"), new("由投诉人评价和申请重办。", "Its complainant rates the answer and has it handled again."));

    public static readonly Refusal DepartmentInvalid = new("complaint.department-invalid", 422,
        new("投诉本就由政务服务办处理", "It is the service office's already"), new("退回须指明另一部门。", "What is returned is another department's."));

    public static readonly Refusal NotInThisState = new("complaint.not-in-this-state", 409,
        new("投诉当前状态不允许此操作", "The complaint's state does not allow this"));

    public static readonly Refusal TooLate = new("complaint.too-late", 409, new("已过时限", "It is too late for this"));

    public static readonly Refusal ExtendedAlready = new("complaint.extended-already", 409,
        new("已延期一次", "It has been extended"), new("只能延期一次。", "That is done once."));

    public static readonly Refusal ReopenedAlready = new("complaint.reopened-already", 409,
        new("已重办一次", "It has been reopened"), new("只能重办一次。", "That is done once."));
}
