using OneDoor.Clock;

namespace OneDoor.Appointments;

/// <summary>Of which facts of an appointment whoever it is for is told, and in which words.</summary>
public static class AppointmentNotifications
{
    /// <summary>What they are told of a fact; null for what they did themselves.</summary>
    /// <param name="appointment">The appointment, the fact included.</param>
    /// <param name="fact">What has happened.</param>
    public static Notification? Of(Appointment appointment, AppointmentFact fact) => fact switch
    {
        AppointmentDisplaced { Closed: { } closed } => Told(appointment,
            new("预约已被取消", "Your visit is cancelled"),
            new(
                $"大厅{WrittenDay.Of(closed.Day).Zh}停办（{closed.Reason}），您办理{Text.Quoted(appointment.Name.Zh)}的预约已取消，近期没有可改的时间，请重新预约；不预约也可以现场取号办理。",
                $"The hall is closed on {WrittenDay.Of(closed.Day).En} ({closed.Reason}), and there is no time near to which your visit about “{appointment.Name.En}” could move. Please book anew; nobody needs an appointment to be served.")),
        AppointmentDisplaced => Told(appointment,
            new("预约已被取消", "Your visit is cancelled"),
            new(
                $"大厅调整了办理时间，您在{WrittenDay.Of(appointment.StartsAt).Zh}办理{Text.Quoted(appointment.Name.Zh)}的预约已取消，请重新预约；不预约也可以现场取号办理。",
                $"The hall has changed its hours, and your visit on {WrittenDay.Of(appointment.StartsAt).En} about “{appointment.Name.En}” is cancelled. Please book anew; nobody needs an appointment to be served.")),
        AppointmentMoved f => Told(appointment,
            new("预约已改期", "Your visit is moved"),
            new(
                $"大厅{WrittenDay.Of(f.Closed).Zh}停办（{f.Reason}），您办理{Text.Quoted(appointment.Name.Zh)}的预约已改到{WrittenDay.Minute(f.Start).Zh}。不便前来的，可改期或取消；未到也不记爽约。",
                $"The hall is closed on {WrittenDay.Of(f.Closed).En} ({f.Reason}), and your visit about “{appointment.Name.En}” is moved to {WrittenDay.Minute(f.Start).En}. Move or cancel it if that does not suit you; not coming will not count.")),
        // Of one that the hall moved, not coming counts for nothing.
        AppointmentMissed f when !appointment.Moved && WhyMissed(f, appointment) is var why => Told(appointment,
            new("记为爽约", "A no-show is counted"),
            new(
                $"您{WrittenDay.Of(appointment.StartsAt).Zh}办理{Text.Quoted(appointment.Name.Zh)}的预约记为爽约：{why.Zh}。多次爽约将暂停自行预约。有异议的，可就该大厅提出投诉，误记的由大厅撤销。",
                $"Your visit on {WrittenDay.Of(appointment.StartsAt).En} about “{appointment.Name.En}” counts as a no-show: {why.En}. Repeated ones close booking for oneself. Whoever objects complains about that hall, which strikes what it counted by mistake.")),
        AppointmentExcused => Told(appointment,
            new("爽约记录已撤销", "A no-show is struck"),
            new(
                $"您{WrittenDay.Of(appointment.StartsAt).Zh}办理{Text.Quoted(appointment.Name.Zh)}的预约不再记为爽约，理由见预约记录。",
                $"Your visit on {WrittenDay.Of(appointment.StartsAt).En} about “{appointment.Name.En}” does not count as a no-show any more; its history says why.")),
        _ => null,
    };

    // What ends with the day is dated by its end, and nobody can come back on it.
    private static Text WhyMissed(AppointmentMissed fact, Appointment appointment) => appointment.Ticket is not { Number: var number } ? new("到时无人签到", "nobody checked in by its end")
        : LegalClock.DayOf(fact.At) == LegalClock.DayOf(appointment.StartsAt)
            ? new($"{number}号被呼叫时无人应答，当天回来请窗口恢复排队即不再计", $"{number} was called and nobody came. Come back the same day and have the window let it wait again, and it does not count")
            : new($"{number}号到当天结束仍未办理", $"{number} was not served by the end of the day");

    private static Notification Told(Appointment appointment, Text title, Text says) => new([.. appointment.Applicant.Keys.Select(key => new Way.AsApplicant(key))], title, says);
}
