namespace OneDoor.Cases;

// Who looks, speaks and is heard before a decision (CASE-16, HEAR-1, HEAR-2).
public static partial class CaseRefusals
{
    /// <summary>CASE-16.</summary>
    public static readonly Refusal InspectionByTwo = new("case.inspection-by-two", 422,
        new("现场核查须由两名以上工作人员进行", "Two officers at least inspect on site"));

    public static readonly Refusal InspectionInvalid = new("case.inspection-invalid", 422,
        new("现场核查信息无效", "The inspection is not described correctly"),
        new("日期须在申请之日至今天之间，地点须为1至200个字符，说明可以不写，写明的为1至2000个字符。", "Its day lies between the submission and today, its place has 1 to 200 characters, its note, if any, 1 to 2,000."));

    /// <summary>CASE-16.</summary>
    public static readonly Refusal InspectionMissing = new("case.inspection-missing", 409,
        new("尚无通过的现场核查", "No inspection on site has passed yet"),
        new("该事项须经两名以上工作人员现场核查后才能准予。", "The item is granted only after two officers at least have inspected it on site."));

    /// <summary>CASE-16.</summary>
    public static readonly Refusal DeciderAccepted = new("case.decider-accepted", 403,
        new("受理人员不得作出决定", "Whoever took the case on does not decide it"),
        new("非即办事项的受理和决定由两人分别办理。", "Unless the item is immediate, two people accept and decide."));

    /// <summary>HEAR-1.</summary>
    public static readonly Refusal ThirdPartyNoticeInvalid = new("case.third-party-notice-invalid", 422,
        new("告知利害关系人的内容无效", "The notice to third parties is invalid"),
        new("须写明利害关系人或者公告方式之一，陈述期限不少于五个工作日。", "It names third parties or a publication, and leaves five working days to speak at least."));

    public static readonly Refusal ThirdPartyNoticeNotFound = new("case.third-party-notice-not-found", 404,
        new("没有这份告知", "There is no such notice to third parties"));

    /// <summary>HEAR-1.</summary>
    public static readonly Refusal ThirdPartiesNotHeard = new("case.third-parties-not-heard", 409,
        new("利害关系人的陈述期限未满", "Third parties have not had their time to speak"),
        new("须先告知利害关系人，期满后才能准予。", "They are told, and it is granted only after their time to speak."));

    /// <summary>HEAR-1, HEAR-2.</summary>
    public static readonly Refusal DecisionUnreasoned = new("case.decision-unreasoned", 422,
        new("决定须回应陈述意见和听证笔录", "The decision answers what was said and the hearing's minutes"),
        new("请在理由中写明。", "Say so in its reason."));

    /// <summary>HEAR-2.</summary>
    public static readonly Refusal HearingInvalid = new("case.hearing-invalid", 422,
        new("听证信息无效", "The hearing is not described correctly"),
        new("地点须为1至200个字符；申请日期只用于依申请的听证，不早于申请提交之日、不晚于今天。", "Its place has 1 to 200 characters; a day of asking belongs to one that was asked for, and is neither before the application nor after today."));

    public static readonly Refusal HearingRequestedTooLate = new("case.hearing-requested-too-late", 422,
        new("听证申请已超过期限", "The hearing was asked for too late"),
        new("须在被告知之日起五个工作日内提出。", "It is asked for within five working days of being told."));

    public static readonly Refusal HearingDayInvalid = new("case.hearing-day-invalid", 422,
        new("听证日期无效", "The hearing's day is invalid"),
        new("须提前七个工作日告知，并在二十个工作日内举行。", "It is told seven working days before, and held within twenty."));

    public static readonly Refusal PresiderReviewed = new("case.presider-reviewed", 422, new("审查人员不得主持听证", "Who examines the application does not preside"));

    public static readonly Refusal HearingNotFound = new("case.hearing-not-found", 404, new("该听证不存在或已结束", "There is no such hearing going on"));

    public static readonly Refusal HearingOpen = new("case.hearing-open", 409,
        new("听证尚未结束", "A hearing goes on"), new("笔录签字后才能继续。", "Its minutes are signed first."));

    public static readonly Refusal HearingMissing = new("case.hearing-missing", 409,
        new("尚未举行听证", "No hearing has been held"), new("该事项依法须经听证后才能作出决定。", "By the item's law it is decided only after a hearing."));

    /// <summary>LIC-6: nobody gets by another licence what is to be taken from them.</summary>
    public static readonly Refusal RevocationOpen = new("case.revocation-open", 409,
        new("申请人的同类证照拟被撤销，尚未决定", "A licence of this kind that the applicant holds is to be revoked, and that is not decided yet"),
        new("可以受理，决定是否撤销之后才能准予。", "The application is taken and examined; it is granted only after that decision."));

    /// <summary>行政许可法 art. 57.</summary>
    public static readonly Refusal PlacesTaken = new("case.places-taken", 409,
        new("该证照数量有限，名额已满", "Licences of this kind are limited in number, and every place is taken"));

    /// <inheritdoc cref="PlacesTaken"/>
    public static readonly Refusal EarlierFirst = new("case.earlier-first", 409,
        new("该证照数量有限，须先决定先受理的申请", "Licences of this kind are limited in number, and who was accepted earlier is decided about first"));

    public static readonly Refusal MinutesInvalid = new("case.minutes-invalid", 422,
        new("听证笔录无效", "The minutes are invalid"),
        new("笔录为1至20000个字符的文字，或者签字原件的 PDF、OFD 或图片文件，二者择一；签字人须为1至2000个字符，签字日期在听证之日至今天之间。",
            "They are text of 1 to 20,000 characters or a file of the signed paper, a PDF, an OFD or a picture; who signed has 1 to 2,000 characters, and it was between the hearing and today."));
}
