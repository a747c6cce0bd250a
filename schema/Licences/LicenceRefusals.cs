namespace OneDoor.Licences;

/// <summary>Why something is refused about a licence.</summary>
public static class LicenceRefusals
{
    public static readonly Refusal NotFound = new("licence.not-found", 404,
        new("没有这份证照", "There is no such licence"), new("不存在或您无权查看。", "It does not exist, or not for you."));

    public static readonly Refusal NotYourDepartment = new("licence.not-your-department", 403,
        new("不由您的部门处理", "It is not your department's to do"),
        new("暂扣、恢复、告知和撤销由发证部门或监管部门作出；注销、换发由发证部门作出；持证人只能申请注销。",
            "Who issued or supervises it suspends, reinstates, gives notice and revokes; who issued it cancels and replaces; its holder may have it cancelled, and nothing else."));

    public static readonly Refusal OnlyASupervisorRevokes = new("licence.only-a-supervisor-revokes", 403,
        new("须由负责人决定", "A supervisor decides this"), new("需要权限 cases:supervise。", "It takes the scope cases:supervise."));

    public static readonly Refusal GroundsMissing = new("licence.grounds-missing", 422,
        new("缺少理由、事实或法律依据", "Reason, facts or legal basis are missing"), new("须为1至2000个字符。", "Each has 1 to 2,000 characters."));

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

    /// <summary>Whoever gives back a licence that is to be taken from them would escape what follows from that.</summary>
    public static readonly Refusal NoticeOpen = new("licence.notice-open", 409,
        new("证照已暂扣、拟被撤销或者违反承诺尚未改正，不能注销或换发", "It is suspended or to be revoked, or a breach is not put right: it is neither replaced nor cancelled"));

    public static readonly Refusal HeldJointly = new("licence.held-jointly", 409,
        new("共同持有的证照不能由一人申请注销", "What several hold is not cancelled for one of them"),
        new("请由全体持证人向发证部门提出。", "All of its holders turn to the department that issued it."));
}
