using System.Text.Json.Serialization;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Appointments;

/// <summary>Something that happened to a hall's schedule.</summary>
public abstract record ScheduleFact(DateTimeOffset At, Actor? By) : IFact;

/// <summary>The hall says for which times it takes appointments from a day on.</summary>
/// <param name="EffectiveFrom">The first day, China Standard Time.</param>
[Alias("schedule_set")]
public sealed record ScheduleSet(DateTimeOffset At, Actor? By, string Hall, DateOnly EffectiveFrom, IReadOnlyList<GroupSchedule> Groups) : ScheduleFact(At, By);

/// <summary>The hall takes nobody in on a day (停办): it has no appointments then, and gives no numbers.</summary>
/// <param name="Day">The day, China Standard Time.</param>
/// <param name="Reason">Why, as everybody is told.</param>
[Alias("hall_closed")]
public sealed record HallClosed(DateTimeOffset At, Actor? By, string Hall, DateOnly Day, string Reason) : ScheduleFact(At, By);

/// <summary>The hall is open after all on a day for which it had said that it is closed. What was moved stays where it is.</summary>
[Alias("hall_reopened")]
public sealed record HallReopened(DateTimeOffset At, Actor? By, string Hall, DateOnly Day) : ScheduleFact(At, By);

/// <summary>What someone asks of a hall's schedule: exactly what they send.</summary>
public abstract record ScheduleCommand : ICommand;

/// <summary>For which times a hall takes appointments from a day on (预约排班).</summary>
/// <param name="EffectiveFrom">The first day, China Standard Time: today at the earliest.</param>
/// <param name="Groups">The item groups with appointments; the others have none from that day on.</param>
/// <param name="Displace">Cancel the appointments that have no place any more; left out, the change is refused and lists them.</param>
public sealed record SetSchedule(DateOnly EffectiveFrom, IReadOnlyList<GroupSchedule> Groups, bool Displace = false) : ScheduleCommand;

/// <summary>A day on which a hall takes nobody in (停办).</summary>
/// <param name="Day">The day, China Standard Time: a day on which it would be open, today or later.</param>
/// <param name="Reason">Why, as everybody is told: a line of 200 characters at most.</param>
public sealed record CloseHall(DateOnly Day, string Reason) : ScheduleCommand;

/// <summary>A day on which a hall is open after all.</summary>
/// <param name="Day">A day on which it had said that it is closed.</param>
public sealed record ReopenHall(DateOnly Day) : ScheduleCommand;

/// <summary>A day on which a hall takes nobody in (停办).</summary>
/// <param name="Day">The day, China Standard Time.</param>
/// <param name="Reason">Why.</param>
public sealed record HallClosure(DateOnly Day, string Reason);

/// <summary>Where an appointment goes for which its hall is closed; null where it has no room as far ahead as one can book.</summary>
public sealed record Rebooking(Appointment Appointment, DateTimeOffset? Start, DateTimeOffset? End);

/// <summary>What holds from a day until the next one begins.</summary>
public sealed record SchedulePart(DateOnly EffectiveFrom, IReadOnlyList<GroupSchedule> Groups);

/// <summary>For which times an item group takes appointments.</summary>
/// <param name="Code">The item group's.</param>
/// <param name="SlotMinutes">How long a slot is, 5 to 240 minutes.</param>
/// <param name="HorizonDays">How many days ahead one can book, 1 to 62.</param>
/// <param name="Hours">Stretches of a working day, in order and apart; a rest at the end that is no whole slot has none.</param>
public sealed record GroupSchedule(string Code, int SlotMinutes, int HorizonDays, IReadOnlyList<SlotHours> Hours);

/// <summary>A stretch of a working day that is cut into slots.</summary>
/// <param name="From">When the first slot begins, HH:mm in China Standard Time.</param>
/// <param name="Until">When the last one has ended.</param>
/// <param name="Capacity">Places in each slot, 0 to 50.</param>
public sealed record SlotHours(string From, string Until, int Capacity);

/// <summary>What a hall's schedule is decided with.</summary>
public sealed record ScheduleAsking(Actor By, LegalClock Clock, DateTimeOffset Now) : Asking(By, Clock, Now)
{
    /// <summary>The hall's appointments to come that stand, the first booked first.</summary>
    public IReadOnlyList<Appointment> Booked { get; init; } = [];

    /// <summary>What whoever has one of them has booked elsewhere.</summary>
    public IReadOnlyList<Appointment> Elsewhere { get; init; } = [];
}

/// <summary>For which times a hall takes appointments, as it said over time (预约排班).</summary>
public sealed record Schedule : IFolded<Schedule, ScheduleFact>
{
    private const int MostPlaces = 50, LongestHorizon = 62, LongestReason = 200;

    public required Guid Id { get; init; }
    public int Version { get; init; }
    public required string Hall { get; init; }

    /// <summary>What it said, by the day from which it holds.</summary>
    public IReadOnlyList<SchedulePart> Parts { get; init; } = [];

    /// <summary>The days on which it takes nobody in, in order.</summary>
    public IReadOnlyList<HallClosure> Closures { get; init; } = [];

    /// <summary>What holds on days for which it has said nothing.</summary>
    [JsonIgnore]
    public IReadOnlyList<GroupSchedule> Usual { get; init; } = [];

    /// <summary>The schedule of a hall that has said nothing.</summary>
    public static Schedule None(string hall) => new() { Id = IdOf(hall), Hall = hall };

    /// <summary>The stream of a hall, derived from its code so that it can be found without asking.</summary>
    public static Guid IdOf(string hall) => Sha256Digest.IdOf("schedule:" + hall);

    /// <summary>When people can come is everybody's.</summary>
    public Schedule SeenBy(Actor viewer, DateTimeOffset now) => this;

    /// <summary>What is in force on a day.</summary>
    public IReadOnlyList<GroupSchedule> On(DateOnly day) => Parts.LastOrDefault(said => said.EffectiveFrom <= day)?.Groups ?? Usual;

    /// <summary>That it takes nobody in on a day, where it has said so.</summary>
    public HallClosure? ClosedOn(DateOnly day) => Closures.FirstOrDefault(closed => closed.Day == day);

    /// <summary>The slots of a group on a day, in order and with nothing taken; none on a day when the hall is closed.</summary>
    public IReadOnlyList<Slot> SlotsOf(string group, DateOnly day, WorkingDays calendar) =>
        calendar.IsWorkingDay(day) && ClosedOn(day) is null && On(day).FirstOrDefault(g => g.Code == group) is { } says ? [.. says.Hours.SelectMany(hours => Cut(hours, day, says.SlotMinutes))] : [];

    /// <summary>Those of them that can be booked today: none of days that are over, nor of days further ahead than the group's horizon.</summary>
    public IReadOnlyList<Slot> BookableOf(string group, DateOnly day, DateOnly today, WorkingDays calendar) =>
        day >= today && day <= today.AddDays(On(day).FirstOrDefault(g => g.Code == group)?.HorizonDays ?? 0) ? SlotsOf(group, day, calendar) : [];

    /// <summary>What follows when the hall says something else.</summary>
    public static Decision<ScheduleFact> Decide(Schedule before, ScheduleCommand command, ScheduleAsking asked) => command switch
    {
        _ when asked.By.Department != Department.ServiceOffice => AppointmentRefusals.NotYourHall,
        SetSchedule c => Set(before, c, asked),
        CloseHall c => Close(before, c, asked),
        ReopenHall c => before.ClosedOn(c.Day) is null || c.Day < LegalClock.DayOf(asked.Now)
            ? AppointmentRefusals.NotClosed.At("/day") : new HallReopened(asked.Now, asked.By, before.Hall, c.Day),
        _ => throw new InvalidOperationException($"{command.GetType().Name} is not asked of a schedule."),
    };

    // It never drops an appointment without saying so.
    private static Decision<ScheduleFact> Set(Schedule before, SetSchedule c, ScheduleAsking asked)
    {
        if (Refusal.AllOf(Invalid(c, before.Hall, LegalClock.DayOf(asked.Now))) is { } invalid)
            return invalid;
        var displaced = c.Displace ? [] : before.Displaced(c, asked);
        return displaced.Count == 0 ? new ScheduleSet(asked.Now, asked.By, before.Hall, c.EffectiveFrom, c.Groups)
            : AppointmentRefusals.Displaces.Because($"displace 为 true 时取消 {displaced.Count} 个预约，均列于 things。", $"With displace it cancels {displaced.Count}, all of them in things.").At("/displace") with
            {
                Things = [.. displaced.Select(a => a.Id)],
            };
    }

    /// <summary>The appointments that have no place any more once the hall has said something else. Who booked first stays first.</summary>
    public IReadOnlyList<Appointment> Displaced(SetSchedule c, ScheduleAsking asked)
    {
        var after = Evolve(this, new ScheduleSet(asked.Now, asked.By, Hall, c.EffectiveFrom, c.Groups));
        Dictionary<string, List<Taken>> kept = [];
        return
        [
            // Whoever is there already keeps their place.
            .. asked.Booked.OrderByDescending(a => a.Status == AppointmentStatus.CheckedIn)
                .Where(a => LegalClock.DayOf(a.StartsAt) >= c.EffectiveFrom && !after.Keeps(a, kept, asked.Clock.Calendar) && a.Status != AppointmentStatus.CheckedIn),
        ];
    }

    private static Decision<ScheduleFact> Close(Schedule before, CloseHall c, ScheduleAsking asked)
    {
        var today = LegalClock.DayOf(asked.Now);
        return Refusal.AllOf(
            [
                .. Says("今天起一年内大厅开放的日子。", "It is a day on which the hall would be open, today or within a year.", "/day")
                    .When(c.Day < today || c.Day > today.AddYears(1) || !asked.Clock.Calendar.IsWorkingDay(c.Day)),
                .. Says($"1至{LongestReason}字。", $"1 to {LongestReason} characters.", "/reason").When(!Wording.IsLine(c.Reason, LongestReason)),
            ]) is { } refused ? refused
            : before.ClosedOn(c.Day)?.Reason == c.Reason ? Decision<ScheduleFact>.Nothing : new HallClosed(asked.Now, asked.By, before.Hall, c.Day, c.Reason);
    }

    /// <summary>
    /// Where the appointments of a day go on which the hall is closed, who booked first first: to the next day on which their group has room for them, as
    /// near to their time of day as can be. Nobody gets two for the same item on one day (APPT-1).
    /// </summary>
    public IReadOnlyList<Rebooking> Rebooked(CloseHall c, ScheduleAsking asked)
    {
        var after = Evolve(this, new HallClosed(asked.Now, asked.By, Hall, c.Day, c.Reason));
        var (standing, moved) = (asked.Booked.Where(a => LegalClock.DayOf(a.StartsAt) != c.Day).Concat(asked.Elsewhere).ToList(), new List<Rebooking>());
        foreach (var appointment in asked.Booked.Where(a => LegalClock.DayOf(a.StartsAt) == c.Day && a.Status != AppointmentStatus.CheckedIn))
        {
            var place = after.PlaceFor(appointment, standing, asked);
            moved.Add(new(appointment, place?.Start, place?.End));
            if (place is { } found)
                standing.Add(appointment with { StartsAt = found.Start, EndsAt = found.End });
        }
        return moved;
    }

    private (DateTimeOffset Start, DateTimeOffset End)? PlaceFor(Appointment appointment, IReadOnlyList<Appointment> standing, ScheduleAsking asked)
    {
        var (day, today) = (LegalClock.DayOf(appointment.StartsAt), LegalClock.DayOf(asked.Now));
        var taken = standing.Where(a => a.Hall == Hall && a.GroupCode == appointment.GroupCode).Select(a => new Taken(a.StartsAt, a.EndsAt)).ToArray();
        for (var next = day.AddDays(1); next <= today.AddDays(LongestHorizon); next = next.AddDays(1))
        {
            if (standing.Any(a => a.ApplicantKey == appointment.ApplicantKey && a.Item == appointment.Item && LegalClock.DayOf(a.StartsAt) == next))
                continue;
            Slot[] slots = [.. BookableOf(appointment.GroupCode, next, today, asked.Clock.Calendar).Select(slot => slot.Less(taken))];
            var sameTime = appointment.StartsAt.AddDays(next.DayNumber - day.DayNumber);
            foreach (var slot in slots.OrderBy(slot => (slot.Start - sameTime).Duration()).ThenBy(slot => slot.Start))
            {
                var length = (int)Math.Ceiling((appointment.EndsAt - appointment.StartsAt) / (slot.End - slot.Start));
                if (slots.From(slot.Start, length) is { } places && places.All(place => place.Free > 0))
                    return (places[0].Start, places[^1].End);
            }
        }
        return null;
    }

    public static Schedule Evolve(Schedule? state, ScheduleFact fact) => fact switch
    {
        // What it says from a day on replaces what it said from later ones.
        ScheduleSet f => (state ?? None(f.Hall)) with
        {
            Parts = [.. state?.Parts.Where(said => said.EffectiveFrom < f.EffectiveFrom) ?? [], new SchedulePart(f.EffectiveFrom, f.Groups)],
            Version = (state?.Version ?? 0) + 1,
        },
        HallClosed f => (state ?? None(f.Hall)) with
        {
            Closures = [.. (state?.Closures.Where(closed => closed.Day != f.Day) ?? []).Append(new HallClosure(f.Day, f.Reason)).OrderBy(closed => closed.Day)],
            Version = (state?.Version ?? 0) + 1,
        },
        HallReopened f => state! with { Closures = [.. state.Closures.Where(closed => closed.Day != f.Day)], Version = state.Version + 1 },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact of a schedule."),
    };

    // Slots may be cut otherwise now: it has a place where every slot it touches has room.
    private bool Keeps(Appointment a, Dictionary<string, List<Taken>> kept, WorkingDays calendar)
    {
        if (!kept.TryGetValue(a.GroupCode, out var taken))
            kept[a.GroupCode] = taken = [];
        var slots = SlotsOf(a.GroupCode, LegalClock.DayOf(a.StartsAt), calendar).Where(s => s.Start < a.EndsAt && s.End > a.StartsAt).Select(s => s.Less(taken)).ToArray();
        var keeps = slots.Length > 0 && slots[0].Start <= a.StartsAt && slots[^1].End >= a.EndsAt && slots.AreAdjacent() && slots.All(s => s.Free > 0);
        if (keeps)
            taken.Add(new Taken(a.StartsAt, a.EndsAt));
        return keeps;
    }

    private static IEnumerable<Slot> Cut(SlotHours hours, DateOnly day, int minutes)
    {
        var until = LegalClock.MidnightOf(day) + LegalClock.MinuteOf(hours.Until)!.Value.ToTimeSpan();
        for (var start = LegalClock.MidnightOf(day) + LegalClock.MinuteOf(hours.From)!.Value.ToTimeSpan(); start.AddMinutes(minutes) <= until; start = start.AddMinutes(minutes))
            yield return new Slot(start, start.AddMinutes(minutes), hours.Capacity, hours.Capacity);
    }

    private static IEnumerable<Refusal> Invalid(SetSchedule c, string hall, DateOnly today)
    {
        if (c.EffectiveFrom < today)
            yield return Says("不早于今天。", "It is today or later.", "/effectiveFrom");
        foreach (var (i, group) in c.Groups.Index())
        {
            if (ItemGroups.Find(group.Code) is null || c.Groups.Take(i).Any(before => before.Code == group.Code))
                yield return Says($"业务组：{ItemGroups.Codes.Zh}，各一次。", $"The groups are {ItemGroups.Codes.En}, each once.", $"/groups/{i}/code");
            if (group.SlotMinutes is < 5 or > 240)
                yield return Says("5至240分钟。", "5 to 240 minutes.", $"/groups/{i}/slotMinutes");
            if (group.HorizonDays is < 1 or > LongestHorizon)
                yield return Says($"1至{LongestHorizon}天。", $"1 to {LongestHorizon} days.", $"/groups/{i}/horizonDays");
            var minutes = group.Hours.SelectMany(h => new[] { LegalClock.MinuteOf(h.From), LegalClock.MinuteOf(h.Until) }).ToArray();
            if (minutes.Contains(null) || group.Hours.Any(h => LegalClock.MinuteOf(h.From) == LegalClock.MinuteOf(h.Until)) || minutes.Zip(minutes.Skip(1)).Any(pair => pair.First > pair.Second))
                yield return Says("时段写作 HH:mm，按顺序且不重叠。", "Hours are HH:mm, in order and apart.", $"/groups/{i}/hours");
            else if (HallDirectory.Zone.Find(hall)?.Opening is [var first, ..] opening && minutes.Any(minute => minute < first.From || minute > opening[^1].Until))
                yield return Says($"大厅开放时间为 {first.From:HH:mm} 至 {opening[^1].Until:HH:mm}。", $"The hall is open from {first.From:HH:mm} to {opening[^1].Until:HH:mm}.", $"/groups/{i}/hours");
            if (group.Hours.Any(h => h.Capacity is < 0 or > MostPlaces))
                yield return Says($"每个号段0至{MostPlaces}个名额。", $"0 to {MostPlaces} places in a slot.", $"/groups/{i}/hours");
        }
    }

    private static Refusal Says(string zh, string en, string pointer) => AppointmentRefusals.ScheduleInvalid.Because(zh, en).At(pointer);
}

/// <summary>Items that are handled at the same windows (业务组).</summary>
/// <param name="Code">Stable, for instance <c>market</c>.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Letter">With which its ticket numbers begin.</param>
/// <param name="Departments">Whose items they are.</param>
/// <param name="Long">Items that take more than one slot, by code.</param>
public sealed record ItemGroup(string Code, Text Name, string Letter, IReadOnlyList<Department> Departments, IReadOnlyDictionary<string, int> Long);

/// <summary>The groups and what the sandbox's halls have for them: data, where nothing is published a sample.</summary>
public static class ItemGroups
{
    private static readonly Data Read = Shipped.Table<Data>("appointments.json");

    public static IReadOnlyList<ItemGroup> All => Read.Groups;

    /// <summary>Their codes, for people to read.</summary>
    public static Text Codes { get; } = Text.List(All.Select(g => g.Code));

    /// <summary>A schedule for halls to try with.</summary>
    public static IReadOnlyList<GroupSchedule> SampleSchedule => Read.SampleSchedule;

    public static ItemGroup? Find(string code) => All.FirstOrDefault(g => g.Code == code);

    /// <summary>The group an item belongs to, by what it is about and not by who decides it, and how many slots it takes.</summary>
    public static (ItemGroup Group, int Slots) Of(Item item)
    {
        var group = All.First(g => g.Departments.Contains(item.SupervisedBy));
        return (group, group.Long.GetValueOrDefault(item.Code, 1));
    }

    private sealed record Data(IReadOnlyList<string> Sample, IReadOnlyList<ItemGroup> Groups, IReadOnlyList<GroupSchedule> SampleSchedule);
}
