using System.ComponentModel;
using Marten;
using OneDoor.Appointments;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Halls;

namespace OneDoor.Tickets;

/// <summary>A service hall (政务服务大厅) with what is handled in it and where.</summary>
/// <param name="Code">Stable, for instance <c>airport</c>.</param>
/// <param name="Name">What people call it, in the language that Accept-Language prefers.</param>
/// <param name="Address">Where it is (地址).</param>
/// <param name="Hours">When it is open on a working day (开放时间); it is closed on every other day.</param>
/// <param name="KiosksRoundTheClock">Whether its kiosks (自助机) take applications in at any hour; else they do while it is open.</param>
/// <param name="Groups">The item groups (业务组) for which one books or takes a number.</param>
/// <param name="Windows">All its windows (窗口), open or not.</param>
/// <param name="Priorities">Who is served with priority (优先服务对象), of whom a ticket says which they are.</param>
/// <param name="Closures">Days on which it takes nobody in (停办), today and later.</param>
/// <param name="CheckInMinutes">Minutes before its start from which whoever comes to an appointment can check in (签到).</param>
/// <param name="Sample">Names of the fields that public sources do not give and that are plausible samples.</param>
public sealed record HallDetails(
    string Code, string Name, string Address, IReadOnlyList<HallHours> Hours, bool KiosksRoundTheClock, IReadOnlyList<HallClosure> Closures, IReadOnlyList<HallGroup> Groups, IReadOnlyList<WindowView> Windows, IReadOnlyList<HallPriority> Priorities, int CheckInMinutes, IReadOnlyList<string> Sample)
{
    public static HallDetails Of(HallView hall, IReadOnlyList<HallClosure> closures, IReadOnlyList<HallGroup> groups, IReadOnlyList<WindowView> windows, BookingOptions booking, string language) =>
        new(hall.Code, hall.Name, hall.Address, hall.Hours, hall.KiosksRoundTheClock, closures, groups, windows, HallPriority.AllIn(language), booking.CheckInMinutes, [.. hall.Sample, "groups", "windows", "priorities"]);
}

/// <summary>People who are served with priority (优先服务对象).</summary>
/// <param name="Code">Stable, for instance <c>aged</c>: what <c>priority</c> of a ticket says.</param>
/// <param name="Name">Who they are, in the language that Accept-Language prefers.</param>
public sealed record HallPriority(string Code, string Name)
{
    /// <summary>The zone's, the same in every hall.</summary>
    public static IReadOnlyList<HallPriority> AllIn(string language) => [.. QueuePolicy.Zone.Priorities.Select(of => new HallPriority(of.Code, of.Name.In(language)))];
}

/// <summary>Items that a hall handles at the same windows (业务组).</summary>
/// <param name="Code">Stable, for instance <c>market</c>.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Letter">With which its ticket numbers begin.</param>
/// <param name="SlotMinutes">How long a slot is for who books today, in minutes; null where the hall takes no appointments for it.</param>
/// <param name="Items">Its items, by code. Every hall receives any item; these are handled here.</param>
public sealed record HallGroup(string Code, string Name, string Letter, int? SlotMinutes, IReadOnlyList<HallItem> Items)
{
    /// <summary>A hall's groups on a day.</summary>
    public static IReadOnlyList<HallGroup> AllOf(Schedule schedule, DateOnly day, IEnumerable<Item> items, string language)
    {
        var handled = items.Where(i => i.Halls.Contains(schedule.Hall)).ToLookup(i => ItemGroups.Of(i).Group.Code, i => new HallItem(i.Code, ItemGroups.Of(i).Slots));
        return
        [
            .. ItemGroups.All.Select(g => new HallGroup(
                g.Code, g.Name.In(language), g.Letter, schedule.On(day).FirstOrDefault(says => says.Code == g.Code)?.SlotMinutes, [.. handled[g.Code].OrderBy(i => i.Code, StringComparer.Ordinal)])),
        ];
    }
}

/// <summary>An item that a hall handles.</summary>
/// <param name="Code">The item's code.</param>
/// <param name="Slots">How many slots an appointment for it takes, one after the other.</param>
public sealed record HallItem(string Code, int Slots);

/// <summary>GET /v1/halls/{hall}.</summary>
public static class GetHall
{
    public static void MapGetHall(this IEndpointRouteBuilder halls) => halls.MapGet("/{hall}", Handle)
        .AllowAnonymous()
        .ReadsOne<HallDetails>("getHall", "Read a hall: where it is, when it is open, what it handles and at which windows", TicketExamples.WholeHall);

    private static async Task<IResult> Handle(
        [Description("The hall's code.")] string hall, HttpContext http, HallDoors doors, BookingOptions booking, Etags etags, CancellationToken ct)
    {
        if (HallDirectory.Zone.Find(hall) is not { } found)
            return HallRefusals.NotFound.ToProblem();
        var language = Language.Of(http.Request);
        return etags.OkForAll(http, HallDetails.Of(HallView.Of(found, language), await doors.ClosuresOf(hall, ct), await doors.GroupsOf(hall, language, ct), await doors.WindowsOf(hall, ct), booking, language));
    }
}

/// <summary>What is handled in a hall now, and where.</summary>
public sealed class HallDoors(HallSchedules schedules, CurrentCatalogue catalogue, IDocumentStore store, TimeProvider time)
{
    public async Task<IReadOnlyList<HallGroup>> GroupsOf(string hall, string language, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        var schedule = await schedules.Find(session, hall, ct);
        return HallGroup.AllOf(schedule!, LegalClock.DayOf(time.GetUtcNow()), (await catalogue.Items(ct)).Select(published => published.Item), language);
    }

    public async Task<IReadOnlyList<HallClosure>> ClosuresOf(string hall, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        return [.. (await schedules.Find(session, hall, ct))!.Closures.Where(closed => closed.Day >= LegalClock.DayOf(time.GetUtcNow()))];
    }

    /// <inheritdoc cref="HallsClosed"/>
    public static async Task<ILookup<string, DateOnly>> Closed(IQuerySession session, DateOnly from, CancellationToken ct) =>
        (await session.LoadManyAsync<Schedule>(ct, [.. HallDirectory.Zone.All.Select(hall => Schedule.IdOf(hall.Code))]))
            .SelectMany(schedule => schedule.Closures, (schedule, closed) => (schedule.Hall, closed.Day)).Where(closed => closed.Day >= from).ToLookup(closed => closed.Hall, closed => closed.Day);

    public async Task<IReadOnlyList<WindowView>> WindowsOf(string hall, CancellationToken ct)
    {
        await using var session = store.QuerySession();
        var numbers = Enumerable.Range(1, QueuePolicy.Zone.Windows[hall]).ToArray();
        var stored = (await session.LoadManyAsync<Window>(ct, [.. numbers.Select(n => Window.IdOf(hall, n))])).ToDictionary(w => w.Number);
        return [.. numbers.Select(n => WindowView.Of(stored.GetValueOrDefault(n) ?? Window.Closed(hall, n), time.GetUtcNow()))];
    }
}
