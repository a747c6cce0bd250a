using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using OneDoor.Clock;
using OneDoor.Halls;

namespace OneDoor.Appointments;

/// <summary>For which times a hall takes appointments (预约排班).</summary>
/// <param name="Hall">The hall's code.</param>
/// <param name="Version">Grows with every change.</param>
/// <param name="Periods">What holds from which day on, in order.</param>
/// <param name="Closures">Days on which the hall takes nobody in (停办), in order.</param>
public sealed record ScheduleView(string Hall, int Version, IReadOnlyList<SchedulePeriod> Periods, IReadOnlyList<HallClosure> Closures)
{
    public static ScheduleView Of(Schedule schedule, string language) => new(schedule.Hall, schedule.Version,
    [
        new(null, [.. schedule.Usual.Select(g => ScheduledGroup.Of(g, language))]),
        .. schedule.Parts.Select(said => new SchedulePeriod(said.EffectiveFrom, [.. said.Groups.Select(g => ScheduledGroup.Of(g, language))])),
    ], schedule.Closures);
}

/// <summary>What holds from a day on.</summary>
/// <param name="EffectiveFrom">The first day; null for what holds before the hall has said anything.</param>
/// <param name="Groups">The item groups that take appointments.</param>
public sealed record SchedulePeriod(DateOnly? EffectiveFrom, IReadOnlyList<ScheduledGroup> Groups);

/// <summary>For which times an item group (业务组) takes appointments.</summary>
/// <param name="Code">Stable, for instance <c>market</c>.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Hours">Stretches of a working day that are cut into slots.</param>
/// <param name="Letter">With which its ticket numbers begin.</param>
/// <param name="SlotMinutes">How long a slot is.</param>
/// <param name="HorizonDays">How many days ahead one can book.</param>
public sealed record ScheduledGroup(string Code, string Name, string Letter, int SlotMinutes, int HorizonDays, IReadOnlyList<SlotHours> Hours)
{
    public static ScheduledGroup Of(GroupSchedule g, string language) =>
        new(g.Code, ItemGroups.Find(g.Code)?.Name.In(language) ?? g.Code, ItemGroups.Find(g.Code)?.Letter ?? "", g.SlotMinutes, g.HorizonDays, g.Hours);
}

/// <summary>Something a hall has said of when it takes appointments.</summary>
/// <param name="Version">Which it led to.</param>
/// <param name="Type">What it was, for instance <c>schedule-set</c>.</param>
/// <param name="At">When.</param>
/// <param name="EffectiveFrom">From which day on it holds; null where it is about one day.</param>
/// <param name="Groups">The item groups that take appointments from then on; null likewise.</param>
/// <param name="Day">The day on which the hall is closed, or open after all; null otherwise.</param>
/// <param name="Reason">Why it is closed; null otherwise.</param>
public sealed record ScheduleEvent(int Version, string Type, DateTimeOffset At, DateOnly? EffectiveFrom, IReadOnlyList<ScheduledGroup>? Groups, DateOnly? Day, string? Reason)
{
    public static ScheduleEvent Of(ScheduleFact fact, int index, string language)
    {
        var told = new ScheduleEvent(index + 1, Streams.PublishedAs(fact), fact.At, null, null, null, null);
        return fact switch
        {
            ScheduleSet f => told with { EffectiveFrom = f.EffectiveFrom, Groups = [.. f.Groups.Select(g => ScheduledGroup.Of(g, language))] },
            HallClosed f => told with { Day = f.Day, Reason = f.Reason },
            HallReopened f => told with { Day = f.Day },
            _ => throw new ArgumentOutOfRangeException(nameof(fact), fact.GetType().Name, "It is not told."),
        };
    }
}

/// <summary>Says for which times a hall takes appointments.</summary>
public sealed class ScheduleChanges(ChangeTools tools, HallSchedules schedules, LegalClock clock, TimeProvider time)
    : Changes<Schedule, ScheduleFact, ScheduleCommand>(tools, SetHallSchedule.One)
{
    protected override object View(Schedule seen, int version, string language) => ScheduleView.Of(schedules.Whole(seen) with { Version = version }, language);

    protected override async Task<Decision<ScheduleFact>> Decide(Schedule? before, ScheduleCommand command, CancellationToken ct)
    {
        var schedule = schedules.Whole(before!);
        var (now, by) = (time.GetUtcNow(), Tools.Caller.Actor);
        Task<IReadOnlyList<Appointment>> Booked(DateTimeOffset from) => HallSchedules.Booked(Tools.Session, schedule.Hall, from, now, ct);
        // Nobody books meanwhile what is about to go, nor does anybody who is moved book elsewhere.
        await Tools.Session.Alone(ct, [$"hall {schedule.Hall}", .. command is CloseHall closing ? (await Booked(LegalClock.MidnightOf(closing.Day))).Where(a => LegalClock.DayOf(a.StartsAt) == closing.Day).Select(a => $"applicant {a.ApplicantKey}").Distinct() : []]);
        var asked = new ScheduleAsking(by, clock, now);
        if (command is SetSchedule { EffectiveFrom: var from })
            asked = asked with { Booked = await Booked(LegalClock.MidnightOf(from) is var begin && begin > now ? begin : now) };
        if (command is CloseHall { Day: var day })
        {
            // Whose time has begun, and who is not there yet, comes in vain as well.
            var booked = await Booked(LegalClock.MidnightOf(day));
            asked = asked with { Booked = booked, Elsewhere = await HallSchedules.Elsewhere(Tools.Session, schedule.Hall, [.. booked.Where(a => LegalClock.DayOf(a.StartsAt) == day)], now, ct) };
        }
        var decision = Schedule.Decide(schedule, command, asked);
        if (decision.Refused is not null || decision.Facts.Count == 0)
            return decision;
        IEnumerable<(Appointment Of, AppointmentFact Fact)> follows = command switch
        {
            SetSchedule c => schedule.Displaced(c, asked).Select(a => (a, (AppointmentFact)new AppointmentDisplaced(now, by))),
            CloseHall c => schedule.Rebooked(c, asked).Select(r => (r.Appointment, r.Start is { } start ? (AppointmentFact)new AppointmentMoved(now, by, c.Day, c.Reason, start, r.End!.Value) : new AppointmentDisplaced(now, by, new(c.Day, c.Reason)))),
            _ => [],
        };
        foreach (var (of, fact) in follows)
            Tools.Session.Events.Append(of.Id, of.Version + 1, fact);
        return decision;
    }
}

/// <summary>GET and PUT /v1/halls/{hall}/schedule, and the days on which the hall is closed.</summary>
public static class SetHallSchedule
{
    public const string Sets = "Say for which times a hall takes appointments from a day on (排班)", Closes = "Close a hall for a day (停办)", Reopens = "Open a hall after all on a day for which it is closed";

    public static readonly Reading<Schedule, ScheduleFact, ScheduleView, ScheduleEvent> One = new("schedule", "for which times a hall takes appointments", "预约排班", Noted: null, "/v1/halls", HallRefusals.NotFound)
    {
        View = (schedule, to) => new(ScheduleView.Of(to.Services.GetRequiredService<HallSchedules>().Whole(schedule), to.Language)),
        Event = ScheduleEvent.Of,
        Key = view => view.Hall,
        ByNumber = Schedule.IdOf,
        Shows = (AppointmentExamples.Shown, AppointmentExamples.Said),
    };

    public static void MapSchedule(this IEndpointRouteBuilder halls)
    {
        halls.MapGet("/{hall}/schedule", (
                [Description("The hall's code.")] string hall, ReadingTools tools, CancellationToken ct, [Description("An instant with its offset: as it was then.")] InstantParameter? asOf = null) =>
                One.Answer(tools, Schedule.IdOf(hall), asOf, ct, HallSchedules.Untouched(hall)))
            .AllowAnonymous()
            .ReadsOne<ScheduleView>("getSchedule", $"Read {One.Says}, now or as of a past instant ({One.Term})", One.Shows.One);
        halls.MapGet("/{hall}/schedule/history", ([Description("The hall's code.")] string hall, ReadingTools tools, CancellationToken ct) =>
                One.AnswerHistory(tools, Schedule.IdOf(hall), ct, HallSchedules.Untouched(hall)))
            .AllowAnonymous()
            .ReadsOne<History<ScheduleEvent>>("getScheduleHistory", "Read what a hall has said of when it takes appointments, in order", One.Shows.History);
        halls.MapPut("/{hall}/schedule", (
                [Description("The hall's code.")] string hall, SetSchedule request, ScheduleChanges changes, CancellationToken ct,
                [FromHeader(Name = "If-Match")] string? ifMatch = null) => changes.Apply(HallSchedules.Untouched(hall), ifMatch, request, ct))
            .Needs(Scopes.AppointmentsManage)
            .Changes<ScheduleView>("setSchedule", Sets, AppointmentExamples.Setting, AppointmentExamples.Shown)
            .WithDescription("The service office's. What it says from a day on replaces what was said from later ones. An appointment is never dropped silently.");
        halls.MapPost("/{hall}/schedule/closing", (
                [Description("The hall's code.")] string hall, CloseHall request, ScheduleChanges changes, CancellationToken ct,
                [FromHeader(Name = "If-Match")] string? ifMatch = null) => changes.Apply(HallSchedules.Untouched(hall), ifMatch, request, ct))
            .Needs(Scopes.AppointmentsManage)
            .Changes<ScheduleView>("closeHall", Closes, AppointmentExamples.Closing, AppointmentExamples.Shown)
            .WithDescription("The service office's. Its appointments of that day move to the next day with room, or are displaced, and whoever they are for is told; it gives no numbers that day.");
        halls.MapPost("/{hall}/schedule/reopening", (
                [Description("The hall's code.")] string hall, ReopenHall request, ScheduleChanges changes, CancellationToken ct,
                [FromHeader(Name = "If-Match")] string? ifMatch = null) => changes.Apply(HallSchedules.Untouched(hall), ifMatch, request, ct))
            .Needs(Scopes.AppointmentsManage)
            .Changes<ScheduleView>("reopenHall", Reopens, new ReopenHall(AppointmentExamples.Closing.Day), AppointmentExamples.Shown)
            .WithDescription("The service office's. What was moved stays where it is.");
    }
}
