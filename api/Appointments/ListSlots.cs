using System.ComponentModel;
using Marten;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Halls;

namespace OneDoor.Appointments;

/// <summary>A hall's slots, in order.</summary>
public sealed record SlotList(IReadOnlyList<Slot> Items);

/// <summary>GET /v1/halls/{hall}/slots.</summary>
public static class ListSlots
{
    private const int MostDays = 62, UsualDays = 7;

    public static void MapListSlots(this IEndpointRouteBuilder halls) => halls.MapGet("/{hall}/slots", Handle)
        .AllowAnonymous()
        .ReadsOne<SlotList>("listSlots", "List the slots of a hall that can be booked (可预约号段)", AppointmentExamples.Slots)
        .WithDescription($"Of an item group, or of an item: then free says for how many the whole matter can begin there. Days are days of China Standard Time and included, {MostDays} at most.");

    private static async Task<IResult> Handle(
        [Description("The hall's code.")] string hall, HttpContext http, HallSchedules schedules, CurrentCatalogue catalogue, IQuerySession session, LegalClock clock, Etags etags,
        TimeProvider time, Parameters parameters, CancellationToken ct,
        [Description("Code of an item group; either this or item.")] string? group = null,
        [Description("Code of an item.")] string? item = null,
        [Description("The first day, YYYY-MM-DD; today when left out.")] DateOnly? from = null,
        [Description("The last day, YYYY-MM-DD; a week from the first when left out.")] DateOnly? to = null)
    {
        var (slots, refused) = await Find(new(hall, group, item, from, to), parameters, schedules, catalogue, session, clock, time.GetUtcNow(), ct);
        return refused?.ToProblem() ?? etags.Ok(http, Schedule.IdOf(hall), 0, new SlotList(slots!));
    }

    /// <summary>The slots asked for, or why there are none to tell of.</summary>
    public static async Task<(IReadOnlyList<Slot>? Slots, Refusal? Refused)> Find(
        SlotQuery asked, Parameters parameters, HallSchedules schedules, CurrentCatalogue catalogue, IQuerySession session, LegalClock clock, DateTimeOffset now, CancellationToken ct)
    {
        var today = LegalClock.DayOf(now);
        var first = asked.From ?? today;
        var last = asked.To ?? first.AddDays(UsualDays - 1);
        if (asked is { Group: not null, Item: not null })
            parameters.Refuse(RequestRefusals.ParameterInvalid.Because("group 与 item 只能给出一个。", "group and item are not given together: either of them.").At("group"));
        else if (asked.Group is { } code ? ItemGroups.Find(code) is null : asked.Item is null && !parameters.IsRefused("group", "item"))
            parameters.Refuse(RequestRefusals.ParameterInvalid.Because($"group 取其一：{ItemGroups.Codes.Zh}；或者 item。", $"group takes one of {ItemGroups.Codes.En}; or there is item.").At("group"));
        parameters.Days(first, last, MostDays);
        if (parameters.Refused is { } refused)
            return (null, refused);
        if (await schedules.Find(session, asked.Hall, ct) is not { } schedule)
            return (null, HallRefusals.NotFound);
        var item = asked.Item is null ? null : (await catalogue.Find(asked.Item, ct))?.Item;
        if (asked.Item is not null && item is null)
            return (null, CatalogueRefusals.NotFound);
        var (group, length) = item is null ? (ItemGroups.Find(asked.Group!)!, 1) : ItemGroups.Of(item);
        // HALL-3: a hall that does not handle the item has no places for it.
        if (item?.Halls.Contains(asked.Hall) == false)
            return ([], null);
        var taken = await HallSchedules.TakenOf(session, asked.Hall, group.Code, LegalClock.MidnightOf(first), LegalClock.MidnightOf(last.AddDays(1)), now, null, ct);
        var days = Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays);
        return ([.. days.SelectMany(day => Slots.AsStarts([.. schedule.BookableOf(group.Code, day, today, clock.Calendar).Select(slot => slot.Less(taken))], length)).Where(slot => slot.Start > now)], null);
    }
}

/// <summary>Which slots are wanted.</summary>
/// <param name="From">The first day; null for today.</param>
/// <param name="To">The last day; null for a week from the first.</param>
public sealed record SlotQuery(string Hall, string? Group, string? Item, DateOnly? From, DateOnly? To);
