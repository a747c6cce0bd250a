namespace OneDoor.Appointments;

/// <summary>Why an appointment, or a hall's schedule, is refused.</summary>
public static class AppointmentRefusals
{
    public static readonly Refusal NotFound = new("appointment.not-found", 404,
        new("没有这个预约", "There is no such appointment"), new("不存在或您无权查看。", "It does not exist, or not for you."));

    public static readonly Refusal ItemUnknown = new("appointment.item-unknown", 422,
        new("没有这个事项", "There is no such item"), new("事项编码见事项目录。", "The catalogue lists the codes of its items."));

    /// <summary>CAT-5: nobody comes for what has been abolished.</summary>
    public static readonly Refusal ItemEnded = new("appointment.item-ended", 422, new("事项已取消", "The matter has ended"));

    /// <summary>SIGHT-1: the service office, which runs the halls, would know of it.</summary>
    public static readonly Refusal ItemConfidential = new("appointment.item-confidential", 422,
        new("涉密事项不通过平台预约", "A confidential item is not booked here"), new("请直接到主管部门窗口办理。", "Its department's window serves you without an appointment."));

    public static readonly Refusal HallNotOffered = new("appointment.hall-not-offered", 422,
        new("大厅不存在或不办理该事项", "There is no such hall, or it does not handle the item"));

    public static readonly Refusal NotForOthers = new("appointment.not-for-others", 403,
        new("只能为本人或本企业预约", "One books for oneself only"),
        new("部门可为其所列申请人预约；应用只能为登录者预约。", "A department books for the applicant it names, an app for who is signed in."));

    public static readonly Refusal SlotUnknown = new("appointment.slot-unknown", 422,
        new("没有这个号段", "There is no such slot"),
        new("号段见大厅的号段列表；较长的事项须有足够的连续号段。", "The hall's slots list their starts; a long matter needs several, one after the other."));

    public static readonly Refusal SlotFull = new("appointment.slot-full", 409,
        new("号段已约满", "The slot is full"), new("可另选时间，或直接到大厅取号。", "Choose another time; the hall serves you without an appointment, too."));

    public static readonly Refusal OnePerDay = new("appointment.one-per-day", 409,
        new("同一事项每天只能有一个预约", "There is one appointment for an item and a day"), new("请改期或者先取消已有的预约。", "Reschedule the one there is, or cancel it first."));

    public static readonly Refusal TooMany = new("appointment.too-many", 409, new("您的预约过多", "You have too many appointments"));

    public static readonly Refusal TooLate = new("appointment.too-late", 409, new("已过时限", "It is too late for this"));

    public static readonly Refusal TooEarly = new("appointment.too-early", 409, new("尚未到签到时间", "It is too early to check in"));

    public static readonly Refusal Restricted = new("appointment.restricted", 403, new("因多次爽约暂停自行预约", "Booking is closed after repeated no-shows"));

    /// <summary>APPT-2.</summary>
    public static readonly Refusal NoShowOfTheHall = new("appointment.no-show-of-the-hall", 403,
        new("爽约记录由该大厅撤销", "The hall itself strikes its no-shows"),
        new("由政务服务办在该大厅的工作人员撤销；对记录有异议的，可就该大厅提出投诉。", "The service office's staff of that hall do. Whoever objects complains about the hall."));

    public static readonly Refusal ReasonInvalid = new("appointment.reason-invalid", 422, new("理由无效", "The reason is not valid"));

    public static readonly Refusal NotInThisState = new("appointment.not-in-this-state", 409,
        new("预约当前状态不允许此操作", "The appointment's state does not allow this"));

    public static readonly Refusal NotYourHall = new("schedule.not-your-hall", 403,
        new("排班由政务服务办负责", "The service office sets the halls' schedules"));

    public static readonly Refusal ScheduleInvalid = new("schedule.invalid", 422, new("排班无效", "The schedule is not valid"));

    public static readonly Refusal NotClosed = new("schedule.not-closed", 409,
        new("大厅当日未停办", "The hall is not closed on that day"), new("停办的日子见排班。", "Its schedule lists the days on which it is."));

    public static readonly Refusal Displaces = new("schedule.displaces", 409, new("有预约将失去号段", "Appointments would lose their places"));
}
