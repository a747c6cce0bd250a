using System.ComponentModel;
using Marten;
using Microsoft.AspNetCore.Mvc;
using OneDoor.Clock;
using OneDoor.Halls;
using OneDoor.Platform;

namespace OneDoor.Appointments;

/// <summary>For which times a hall takes appointments (预约排班).</summary>
/// <param name="Hall">The hall's code.</param>
/// <param name="Version">Grows with every change.</param>
/// <param name="Periods">What holds from which day on, in order.</param>
public sealed record ScheduleView(string Hall, int Version, IReadOnlyList<SchedulePeriod> Periods)
{
    public static ScheduleView Of(Schedule schedule, string language) => new(schedule.Hall, schedule.Version,
    [
        new(null, [.. schedule.Usual.Select(g => ScheduledGroup.Of(g, language))]),
        .. schedule.Parts.Select(said => new SchedulePeriod(said.EffectiveFrom, [.. said.Groups.Select(g => ScheduledGroup.Of(g, language))])),
    ]);
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

/// <summary>Says for which times a hall takes appointments.</summary>
public sealed class ScheduleChanges(ChangeTools tools, HallSchedules schedules, LegalClock clock, TimeProvider time)
    : Changes<Schedule, ScheduleFact, SetSchedule>(tools)
{
    protected override Refusal NotFound => HallRefusals.NotFound;

    /// <inheritdoc cref="IChanges{TCommand}.Apply"/>
    /// <param name="hall">The hall's code.</param>
    public async Task<IResult> Apply(string hall, string? ifMatch, SetSchedule command, CancellationToken ct) =>
        await Told(Schedule.IdOf(hall), await Change(hall, ifMatch, command, ct), ct);

    /// <inheritdoc cref="Apply"/>
    public Task<Outcome> Change(string hall, string? ifMatch, SetSchedule command, CancellationToken ct) =>
        Change(Schedule.IdOf(hall), ifMatch, command, command, HallDirectory.Zone.Find(hall) is null ? null : Schedule.None(hall), ct);

    protected override object View(Schedule seen, int version, string language) => ScheduleView.Of(schedules.Whole(seen) with { Version = version }, language);

    protected override async Task<Decision<ScheduleFact>> Decide(Schedule? before, SetSchedule command, CancellationToken ct)
    {
        var schedule = schedules.Whole(before!);
        // Nobody books meanwhile what is about to go.
        await Tools.Session.Alone(ct, $"hall {schedule.Hall}");
        var now = time.GetUtcNow();
        var asked = new ScheduleAsking(Tools.Caller.Actor, clock, now) { Booked = await HallSchedules.Booked(Tools.Session, schedule.Hall, command.EffectiveFrom, now, ct) };
        var decision = Schedule.Decide(schedule, command, asked);
        if (decision.Refused is null)
        {
            foreach (var displaced in schedule.Displaced(command, asked))
                Tools.Session.Events.Append(displaced.Id, displaced.Version + 1, new AppointmentDisplaced(now, Tools.Caller.Actor));
        }
        return decision;
    }
}

/// <summary>GET and PUT /v1/halls/{hall}/schedule.</summary>
public static class SetHallSchedule
{
    public static void MapSchedule(this IEndpointRouteBuilder halls)
    {
        halls.MapGet("/{hall}/schedule", Read)
            .AllowAnonymous()
            .ReadsOne<ScheduleView>("getSchedule", "Read for which times a hall takes appointments (预约排班)", AppointmentExamples.Shown);
        halls.MapPut("/{hall}/schedule", (
                [Description("The hall's code.")] string hall, SetSchedule request, ScheduleChanges changes, CancellationToken ct,
                [FromHeader(Name = "If-Match")] string? ifMatch = null) => changes.Apply(hall, ifMatch, request, ct))
            .Needs(Scopes.AppointmentsManage)
            .WithName("setSchedule")
            .WithSummary("Say for which times a hall takes appointments from a day on (排班)")
            .WithDescription("The service office's. What it says from a day on replaces what was said from later ones. An appointment is never dropped silently.")
            .TakesIdempotencyKey()
            .Produces<ScheduleView>()
            .Shows(AppointmentExamples.Setting, AppointmentExamples.Shown)
            .Refuses(400, 404, 409, 412, 413, 415, 422, 428);
    }

    private static async Task<IResult> Read(
        [Description("The hall's code.")] string hall, HttpContext http, HallSchedules schedules, IQuerySession session, Etags etags, CancellationToken ct) =>
        await schedules.Find(session, hall, ct) is { } found
            ? etags.Ok(http, found.Id, found.Version, ScheduleView.Of(found, Language.Of(http.Request)))
            : HallRefusals.NotFound.ToProblem();
}
