using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Appointments;

/// <summary>Who may have which places (APPT-1, APPT-2).</summary>
internal static class Booking
{
    public static Decision<AppointmentFact> Reserve(ReserveAppointment c, AppointmentAsking asked)
    {
        if (Refusal.AllOf(Unfit(c, asked)) is { } unfit)
            return unfit;
        var (item, applicant) = (asked.Item!, asked.Applicant!);
        var (slots, refused) = Places(c.Start, ItemGroups.Of(item).Group.Code, asked);
        if (slots is null)
            return refused!;
        if (NotOnceMore(LegalClock.DayOf(c.Start), item.Code, asked) is { } again)
            return again.At("/start");
        if (TooMany(asked) is { } tooMany)
            return tooMany;
        if (Restricted(asked) is { } restricted)
            return restricted;
        // A hold for what begins sooner ends with its beginning.
        var held = asked.Now.AddMinutes(asked.Policy.HoldMinutes);
        return new AppointmentReserved(
            asked.Now, asked.By, asked.New, c.Hall, ItemGroups.Of(item).Group.Code, item.Code, item.Name, applicant.Named(), slots[0].Start, slots[^1].End,
            held < slots[0].Start ? held : slots[0].Start);
    }

    public static Decision<AppointmentFact> Reschedule(Appointment from, RescheduleAppointment c, AppointmentAsking asked)
    {
        if (from.TooLate(asked) is { } late)
            return late;
        if ((NotBooked(c.Start, asked) ?? NotInHall(from.Hall, asked.Item!)) is { } unfit)
            return unfit;
        var (slots, refused) = Places(c.Start, from.GroupCode, asked);
        if (slots is null)
            return refused!;
        if (NotOnceMore(LegalClock.DayOf(c.Start), from.Item, asked) is { } again)
            return again.At("/start");
        return slots[0].Start == from.StartsAt ? Decision<AppointmentFact>.Nothing : new AppointmentRescheduled(asked.Now, asked.By, slots[0].Start, slots[^1].End);
    }

    /// <summary>Why what an appointment holds cannot be had any more; null where it can.</summary>
    public static Refusal? NoLongerFree(Appointment held, AppointmentAsking asked)
    {
        var day = LegalClock.DayOf(held.StartsAt);
        var slots = asked.Schedule?.SlotsOf(held.GroupCode, day, asked.Clock.Calendar) ?? [];
        return slots.Where(s => s.Start < held.EndsAt && s.End > held.StartsAt).Any(s => s.Less(asked.Taken).Free == 0) ? AppointmentRefusals.SlotFull
            : NotOnceMore(day, held.Item, asked);
    }

    // What is wrong with the request itself, all of it at once.
    private static IEnumerable<Refusal> Unfit(ReserveAppointment c, AppointmentAsking asked)
    {
        if (asked.Schedule is null)
            yield return AppointmentRefusals.HallNotOffered.At("/hall");
        if (NotBooked(c.Start, asked) is { } notBooked)
            yield return notBooked.At("/item");
        else if (asked.Schedule is not null && NotInHall(c.Hall, asked.Item!) is { } elsewhere)
            yield return elsewhere.At("/hall");
        if (asked.SignedIn is { } signedIn ? signedIn != asked.Applicant : asked.By.Department is null)
            yield return AppointmentRefusals.NotForOthers.At("/applicant");
        foreach (var refused in asked.Applicant!.Refusals(LegalClock.DayOf(asked.Now)))
            yield return refused;
    }

    private static Refusal? NotBooked(DateTimeOffset start, AppointmentAsking asked) =>
        asked.Item is not { } item ? AppointmentRefusals.ItemUnknown
        : item.IsEnded(LegalClock.DayOf(start)) ? AppointmentRefusals.ItemEnded with { Detail = item.InsteadOf }
        : item.Confidential ? AppointmentRefusals.ItemConfidential
        : null;

    private static Refusal? NotInHall(string hall, Item item) => item.Halls.Contains(hall) || Text.List(item.Halls) is not { } halls ? null
        : AppointmentRefusals.HallNotOffered.Because($"办理该事项的大厅：{halls.Zh}。", $"Halls that handle it: {halls.En}.");

    // Of the group that it is booked at, be the item another's by now.
    private static (IReadOnlyList<Slot>? Slots, Refusal? Refused) Places(DateTimeOffset start, string group, AppointmentAsking asked)
    {
        var (_, length) = ItemGroups.Of(asked.Item!);
        var bookable = asked.Schedule!.BookableOf(group, LegalClock.DayOf(start), LegalClock.DayOf(asked.Now), asked.Clock.Calendar);
        if (bookable.From(start, length) is not { } slots)
            return (null, AppointmentRefusals.SlotUnknown.At("/start"));
        if (start <= asked.Now)
            return (null, AppointmentRefusals.TooLate.Because("号段已开始。", "The slot has begun.").At("/start"));
        return slots.Any(s => s.Less(asked.Taken).Free == 0) ? (null, AppointmentRefusals.SlotFull.At("/start")) : (slots, null);
    }

    private static Refusal? NotOnceMore(DateOnly day, string item, AppointmentAsking asked) =>
        asked.Others.FirstOrDefault(a => a.At(asked.Now).StandsFor(item, day)) is { } there ? OnePerDay(there, asked.By) : null;

    // Which it is, is told to whoever books for themselves alone.
    private static Refusal OnePerDay(Appointment there, Actor by) => by.Department is not null ? AppointmentRefusals.OnePerDay : AppointmentRefusals.OnePerDay.Because(
        $"{WrittenDay.Minute(there.StartsAt).Zh} 已有一个，可以改约或取消。",
        $"There is one for {WrittenDay.Minute(there.StartsAt).En} already: move or cancel it.") with
    { Things = [there.Id] };

    // Nobody keeps the places of others; a department books for whoever stands at its window.
    private static Refusal? TooMany(AppointmentAsking asked) =>
        asked.By.Department is null && asked.Others.Count(a => a.EndsAt > asked.Now && a.At(asked.Now).Stands) >= asked.Policy.MostOpen
            ? AppointmentRefusals.TooMany.Because(
                $"同时最多 {asked.Policy.MostOpen} 个；请先取消不需要的，或直接到大厅取号。", $"At most {asked.Policy.MostOpen} at a time: cancel one that is not needed; the hall serves you without an appointment, too.")
            : null;

    // It closes booking for oneself, not the hall: at a window a department books for whoever stands there.
    private static Refusal? Restricted(AppointmentAsking asked)
    {
        var (policy, missed) = (asked.Policy, asked.Others.Select(a => a.At(asked.Now)).Where(a => a is { Status: AppointmentStatus.NoShow, Moved: false, Excused: false }).Select(a => a.EndsAt).Order().ToArray());
        var until = missed.Skip(policy.NoShows - 1).Where((at, i) => at - missed[i] <= TimeSpan.FromDays(policy.NoShowDays)).Select(at => at.AddDays(policy.ClosedDays)).LastOrDefault();
        return asked.By.Department is null && asked.Now < until ? AppointmentRefusals.Restricted.Because(
            $"{policy.NoShowDays} 天内爽约 {policy.NoShows} 次，{LegalClock.DayOf(until):yyyy-MM-dd} 以前不能自行预约；可直接到大厅取号。对爽约记录有异议的，可就该大厅提出投诉，误记的由大厅撤销。",
            $"After {policy.NoShows} no-shows within {policy.NoShowDays} days one does not book for oneself before {LegalClock.DayOf(until):yyyy-MM-dd}; the hall serves you without an appointment. Whoever was there objects by a complaint about that hall, which strikes what it counted by mistake.")
            : null;
    }
}
