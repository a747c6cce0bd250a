namespace OneDoor.Staff;

/// <summary>Why something about staff is refused.</summary>
public static class StaffRefusals
{
    public static readonly Refusal NotYours = new("staff.not-yours", 403,
        new("不属于您的部门或大厅", "It is not of your department or hall"),
        new("主管人员看本部门或本大厅，窗口人员看本人。", "Supervisors act for their department or their hall, and see that; others see what is theirs."));

    public static readonly Refusal NeedsSupervisor = new("staff.needs-supervisor", 403,
        new("由主管人员办理", "That is for supervisors"));

    public static readonly Refusal QuarterRunning = new("staff.quarter-running", 403,
        new("季度尚未结束", "The quarter is not over"),
        new("季度结束后公布；此前部门和有统计权限的人员可查看人员数据。", "It is published when it is over; until then departments and whoever reads statistics read the figures of staff."));

    public static readonly Refusal TextInvalid = new("staff.text-invalid", 422,
        new("文字缺失或过长", "The text is missing or too long"), new("1至2000个字符。", "1 to 2,000 characters."));

    public static readonly Refusal PersonInvalid = new("staff.person-invalid", 422,
        new("人员标识无效", "That is nobody's identifier"), new("登录标识，1至100个字符。", "The subject somebody signs in as, in 1 to 100 characters."));
}

/// <summary>Why a round is refused.</summary>
public static class RoundRefusals
{
    public static readonly Refusal NotFound = new("round.not-found", 404,
        new("没有这个巡查记录", "There is no such round"), new("不存在或您无权查看。", "It does not exist, or not for you."));

    public static readonly Refusal NotOneself = new("round.not-oneself", 403,
        new("不得巡查本人", "Nobody looks at themselves"));

    public static readonly Refusal WindowUnknown = new("round.window-unknown", 422,
        new("没有这个窗口", "There is no such window"), new("大厅的看板列出其窗口。", "The hall's board lists its windows."));

    public static readonly Refusal FindingsInvalid = new("round.findings-invalid", 422,
        new("巡查标准缺失、重复或不存在", "A standard is missing, unknown or there twice"));
}

/// <summary>Why an outage is refused.</summary>
public static class OutageRefusals
{
    public static readonly Refusal NotFound = new("outage.not-found", 404, new("没有这个故障记录", "There is no such outage"));

    public static readonly Refusal HallUnknown = new("outage.hall-unknown", 422, new("没有这个大厅", "There is no such hall"));

    public static readonly Refusal TimesInvalid = new("outage.times-invalid", 422,
        new("起止时间无效", "That is no time in which it was down"), new("起在止前，止不晚于现在，不超过三十天。", "From is before until, until is not to come, and between them are 30 days at most."));
}
