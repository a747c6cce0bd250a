using GraphQL;
using GraphQL.Types;
using Marten;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Graph;

namespace OneDoor.Appointments;

/// <summary>Appointments in GraphQL: what REST offers, by the same handlers and under the same policy.</summary>
public static class AppointmentGraph
{
    public static void Add(GraphRoots roots)
    {
        var appointment = roots.Shape<AppointmentView>("Appointment", nameof(AppointmentView.Id));
        roots.Reads(AppointmentReading.One, appointment);
        roots.Lists(ListAppointments.All, appointment);
        roots.Shape<ScheduleView>("HallSchedule").HasHistory(SetHallSchedule.One, "What the hall has said, in order.");
        AddQueries(roots.Query);
        var door = new GraphOperations<AppointmentChanges, AppointmentCommand, AppointmentView>(roots, AppointmentReading.One);
        door.Begin(AppointmentOperations.Reserve);
        AppointmentOperations.All.OpenTo(door);
        var schedule = new GraphOperations<ScheduleChanges, ScheduleCommand, ScheduleView>(roots, SetHallSchedule.One);
        Set<SetSchedule>("setSchedule", SetHallSchedule.Sets, "");
        Set<CloseHall>("closeHall", SetHallSchedule.Closes, "/closing");
        Set<ReopenHall>("reopenHall", SetHallSchedule.Reopens, "/reopening");

        void Set<T>(string name, string does, string path) where T : ScheduleCommand => schedule
            .Set<T>(name, does, context => Schedule.IdOf(HallOf(context)), context => $"/v1/halls/{HallOf(context)}/schedule{path}", (changes, context, seen, input) => changes.Change(HallSchedules.Untouched(HallOf(context)), seen, input, context.CancellationToken), Scopes.AppointmentsManage)
            .Argument<NonNullGraphType<StringGraphType>>("hall", "The hall's code.");
    }

    private static string HallOf(IResolveFieldContext context) => context.GetArgument<string>("hall");

    private static void AddQueries(ObjectGraphType query)
    {
        query.Field("slots", GraphList.Of<Slot>()).Description("The slots of a hall that can be booked (可预约号段), of an item group or for an item.")
            .Argument<NonNullGraphType<StringGraphType>>("hall", "The hall's code.")
            .Argument<StringGraphType>("group", "Code of an item group; either this or item.")
            .Argument<StringGraphType>("item", "Code of an item.")
            .Argument<DayGraph>("from", "The first day; today when left out.")
            .Argument<DayGraph>("to", "The last day; a week from the first when left out.")
            .ResolveAsync(async context => await SlotsOf(context)).Costs(10);
        query.Field<ScheduleView>("schedule", nullable: true).Description("For which times a hall takes appointments (预约排班), now or as of a past instant; null when there is no such hall.")
            .Argument<NonNullGraphType<StringGraphType>>("hall", "The hall's code.")
            .Argument<InstantGraph>("asOf", "The schedule as it was then.")
            .ResolveAsync(async context => await context.Read(
                SetHallSchedule.One, Schedule.IdOf(HallOf(context)), context.GetArgument<DateTimeOffset?>("asOf"), untouched: HallSchedules.Untouched(HallOf(context)))).Costs(5);
    }

    private static async Task<IReadOnlyList<Slot>> SlotsOf(IResolveFieldContext context)
    {
        var asked = new SlotQuery(
            context.GetArgument<string>("hall"), context.GetArgument<string?>("group"), context.GetArgument<string?>("item"),
            context.GetArgument<DateOnly?>("from"), context.GetArgument<DateOnly?>("to"));
        return context.Found(await ListSlots.Find(
            asked, new(), context.Service<HallSchedules>(), context.Service<CurrentCatalogue>(), context.Service<IQuerySession>(), context.Service<LegalClock>(),
            context.Service<TimeProvider>().GetUtcNow(), context.CancellationToken));
    }
}
