namespace OneDoor.Licences;

/// <summary>Why something is refused about a licence.</summary>
public static class LicenceRefusals
{
    public static readonly Refusal NotFound = new("licence.not-found", 404,
        new("没有这份证照", "There is no such licence"), new("不存在或您无权查看。", "It does not exist, or not for you."));

    public static readonly Refusal NotYourDepartment = new("licence.not-your-department", 403,
        new("不由您的部门处理", "It is not your department's to do"),
        new("暂扣、恢复、告知和撤销由发证部门或监管部门作出；听证由其组织；注销、换发由发证部门作出；持证人可以陈述、申辩、要求听证和申请注销。",
            "Who issued or supervises it suspends, reinstates, gives notice, hears and revokes; who issued it cancels and replaces; its holder speaks and asks for a hearing, and may have it cancelled."));

    public static readonly Refusal OnlyASupervisorRevokes = new("licence.only-a-supervisor-revokes", 403,
        new("须由负责人决定", "A supervisor decides this"), new("需要权限 cases:supervise。", "It takes the scope cases:supervise."));

    public static readonly Refusal GroundsMissing = new("licence.grounds-missing", 422,
        new("缺少理由、事实或法律依据", "Reason, facts or legal basis are missing"), new("须为1至2000个字符。", "Each has 1 to 2,000 characters."));

    /// <summary>LIC-6: suspension is a penalty or a measure that a law names.</summary>
    public static readonly Refusal BasisNotListed = new("licence.basis-not-listed", 422,
        new("暂扣依据不在事项的清单中", "What the suspension is to rest on is not in the item's list"));

    public static readonly Refusal UntilInvalid = new("licence.until-invalid", 422,
        new("暂扣期限无效", "The end of the suspension is not valid"));

    public static readonly Refusal DeceitMisplaced = new("licence.deceit-misplaced", 422,
        new("只有撤销才以不正当手段或者违反承诺为由", "Only what is annulled was had by deceit, or by a commitment that was not kept"), new("吊销和撤回不写 deceit 和 breach。", "Leave both out of a penalty and a recall."));

    public static readonly Refusal NotInThisState = new("licence.not-in-this-state", 409,
        new("证照当前状态不允许此操作", "The licence's state does not allow this"));

    /// <summary>LIC-6: nobody loses a licence unheard.</summary>
    public static readonly Refusal NoticeMissing = new("licence.notice-missing", 409,
        new("须先告知持证人", "Its holder has to be told first"),
        new("先发出拟撤销告知，载明同一情形。", "Give notice first, of the same ground."));

    public static readonly Refusal TooEarly = new("licence.too-early", 409, new("持证人的陈述、申辩期未满", "Its holder still has time to speak"));

    public static readonly Refusal NoticeOutdated = new("licence.notice-outdated", 409, new("作出决定的期限已过", "The time to decide about it is over"));

    /// <summary>MODE-4: finding, order, and only then a notice.</summary>
    public static readonly Refusal BeingPutRight = new("licence.being-put-right", 409,
        new("违反承诺正在整改", "A breach is still to be put right"),
        new("整改期满且未整改的，才告知拟撤销、作出决定；另有原因的，告知时写明 breach: false。", "Notice is given, and it is decided, once it is recorded that it was not put right; a notice that is for something else says breach: false."));

    /// <summary>MODE-4: nobody's word is broken before they had a day to put it right.</summary>
    public static readonly Refusal BreachNotFound = new("licence.breach-not-found", 409,
        new("监管没有逾期未整改的违反承诺记录", "Supervision has recorded no breach that was not put right"),
        new("先由监管部门检查、责令限期整改，逾期未整改的记录在案，再告知拟撤销；以欺骗等不正当手段取得的写明 deceit，另有原因的写明 breach: false。",
            "First who supervises it inspects, orders it to be put right by a day, and records that it was not; what was had by deceit says deceit, and what is for something else breach: false."));

    /// <summary>LIC-6.</summary>
    public static readonly Refusal SpeakingOver = new("licence.speaking-over", 409, new("陈述、申辩和要求听证的期限已过", "The time to speak and to ask for a hearing is over"));

    public static readonly Refusal StatementMissing = new("licence.statement-missing", 422,
        new("缺少陈述、申辩的内容", "There is nothing that is said"), new("须为1至2000个字符；只要求听证的可以不写。", "It has 1 to 2,000 characters, and may be left out where a hearing is asked for."));

    /// <summary>LIC-6, HEAR-2.</summary>
    public static readonly Refusal HearingMissing = new("licence.hearing-missing", 409,
        new("尚未听证", "Its holder has not been heard"), new("要求或者组织了听证的，笔录签字后才能决定。", "A hearing that was asked for or called is held, and its minutes are signed, before a decision."));

    public static readonly Refusal HearingInvalid = new("licence.hearing-invalid", 422,
        new("听证信息无效", "The hearing is not described correctly"),
        new("地点须为1至200个字符；须提前七个工作日告知，并在二十个工作日内的工作日举行。", "Its place has 1 to 200 characters; it is told seven working days before, and held on a working day within twenty."));

    public static readonly Refusal PresiderProposed = new("licence.presider-proposed", 422, new("提出撤销的人员不得主持听证", "Who proposes the revocation does not preside"),
        new("请由提出撤销和组织听证以外的人员主持。", "Somebody presides who neither proposes the revocation nor calls the hearing."));

    public static readonly Refusal HearingNotFound = new("licence.hearing-not-found", 404, new("该听证不存在或已结束", "There is no such hearing going on"));

    public static readonly Refusal MinutesInvalid = new("licence.minutes-invalid", 422,
        new("听证笔录无效", "The minutes are invalid"),
        new("笔录为1至20000个字符；签字人须为1至2000个字符，签字日期在听证之日至今天之间。",
            "They have 1 to 20,000 characters; who signed has 1 to 2,000, and it was between the hearing and today."));

    /// <summary>What the authority wrote wrong it mends itself; what has changed is applied for.</summary>
    public static readonly Refusal CorrectionInvalid = new("licence.correction-invalid", 422,
        new("更正的持证人名称无效", "The holder's name is not to be corrected so"),
        new("须为1至200个字符，与证照所载不同，且持证人只有一个；事实发生变化的，应申请变更。", "It has 1 to 200 characters, is not what is written already, and the licence has one holder; what has changed since is applied for as a change."));

    /// <summary>Whoever gives back a licence that is to be taken from them would escape what follows from that.</summary>
    public static readonly Refusal NoticeOpen = new("licence.notice-open", 409,
        new("证照已暂扣、拟被撤销或者违反承诺尚未改正，不能注销或换发", "It is suspended or to be revoked, or a breach is not put right: it is neither replaced nor cancelled"));

    public static readonly Refusal HeldJointly = new("licence.held-jointly", 409,
        new("共同持有的证照不能由一人申请注销", "What several hold is not cancelled for one of them"),
        new("请由全体持证人向发证部门提出。", "All of its holders turn to the department that issued it."));
}
