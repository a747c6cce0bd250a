namespace OneDoor.Tickets;

/// <summary>Why a ticket, or a window, is refused.</summary>
public static class TicketRefusals
{
    public static readonly Refusal NotFound = new("ticket.not-found", 404,
        new("没有这个号票", "There is no such ticket"), new("不存在或您无权查看。", "It does not exist, or not for you."));

    public static readonly Refusal HallClosed = new("ticket.hall-closed", 409, new("大厅未开放", "The hall is closed"));

    public static readonly Refusal MatterMissing = new("ticket.matter-missing", 422,
        new("请选择事项、业务组或预约", "Say what it is about"), new("item、group 取其一；appointment 可单独写，也可与其一同写。", "One of item and group; appointment stands alone or beside one of them."));

    public static readonly Refusal AppointmentUnknown = new("ticket.appointment-unknown", 422,
        new("本大厅没有这个预约", "There is no such appointment in this hall"), new("不存在或您无权查看。", "It does not exist, or not for you."));

    public static readonly Refusal AppointmentMismatch = new("ticket.appointment-mismatch", 422,
        new("预约的不是该业务", "The appointment is for something else"), new("请按预约更正 item 或 group，或不写。", "Correct item or group to what was booked, or leave it out."));

    public static readonly Refusal ItemUnknown = new("ticket.item-unknown", 422,
        new("没有这个事项", "There is no such item"), new("事项编码见事项目录。", "The catalogue lists the codes of its items."));

    /// <summary>CAT-5: nobody waits for what has been abolished.</summary>
    public static readonly Refusal ItemEnded = new("ticket.item-ended", 422, new("事项已取消", "The matter has ended"));

    public static readonly Refusal GroupUnknown = new("ticket.group-unknown", 422, new("没有这个业务组", "There is no such item group"));

    public static readonly Refusal PriorityUnknown = new("ticket.priority-unknown", 422, new("没有这类优先服务对象", "There is no such priority class"));

    public static readonly Refusal WaitsAlready = new("ticket.waits-already", 409,
        new("您在该业务组已有号票", "You wait with a ticket of this group already"), new("请使用已有的号票，或先取消。", "Use that one, or cancel it first."));

    public static readonly Refusal TooManyToday = new("ticket.too-many-today", 409, new("您今日取号过多", "You have taken too many tickets today"));

    public static readonly Refusal NotYourHall = new("ticket.not-your-hall", 403,
        new("不属于您的大厅或业务", "It is not of your hall, or not your matter"),
        new("窗口人员和自助机只在本大厅操作；部门只办理其业务组，政务服务办办理全部。", "Staff and kiosks act in their own hall, departments for the groups of their items, the service office for all."));

    public static readonly Refusal NotInThisState = new("ticket.not-in-this-state", 409,
        new("号票当前状态不允许此操作", "The ticket's state does not allow this"));

    public static readonly Refusal RecalledEnough = new("ticket.recalled-enough", 409,
        new("已重呼足够次数", "It was called again often enough"));

    public static readonly Refusal TransferNowhere = new("ticket.transfer-nowhere", 422,
        new("请选择转往的业务组或窗口", "Say where it goes"), new("与现在不同的业务组，或该大厅的窗口。", "Another item group, or a window of the hall."));

    public static readonly Refusal CaseUnknown = new("ticket.case-unknown", 422,
        new("没有这个办件", "There is no such case"), new("不存在或您无权查看。", "It does not exist, or not for you."));

    public static readonly Refusal WindowNotFound = new("window.not-found", 404,
        new("没有这个窗口", "There is no such window"), new("大厅的看板列出其窗口。", "The hall's board lists its windows."));

    public static readonly Refusal WindowClosed = new("window.closed", 409,
        new("窗口未开放", "The window is closed"), new("请先开放窗口。", "Open it first."));

    public static readonly Refusal WindowBusy = new("window.busy", 409,
        new("窗口有未结束的号票", "The window has a ticket already"), new("请先办结、挂起、转号或过号。", "Complete, park, transfer or miss that one first."));
}
