namespace OneDoor.Clock;

/// <summary>What the clock refuses to compute. All are about the request and answered with 422.</summary>
public static class ClockRefusals
{
    public static readonly Refusal LimitOutOfRange = new("clock.limit-out-of-range", 422,
        new Text("时限超出范围", "The limit is out of range"));

    public static readonly Refusal LimitNotWhole = new("clock.limit-not-whole", 422,
        new Text("以日计算的时限必须为整数", "A limit in days must be a whole number"));

    public static readonly Refusal StartOutOfRange = new("clock.start-out-of-range", 422,
        new Text("起算时间超出范围", "The start is out of range"));

    public static readonly Refusal HallRequired = new("clock.hall-required", 422,
        new Text("以大厅工作小时计算的时限需要指明大厅", "A limit in hall hours needs a hall"));

    public static readonly Refusal UnknownHall = new("clock.unknown-hall", 422,
        new Text("没有这个大厅", "There is no such hall"));
}
