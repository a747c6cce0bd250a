using GraphQL;
using GraphQL.Builders;
using GraphQL.Types;
using Marten;
using OneDoor.Appointments;
using OneDoor.Clock;
using OneDoor.Graph;
using OneDoor.Halls;

namespace OneDoor.Tickets;

/// <summary>Tickets and windows in GraphQL: what REST offers, by the same handlers and under the same policy.</summary>
public static class TicketGraph
{
    public static void Add(GraphRoots roots)
    {
        var ticket = roots.Shape<TicketView>("Ticket", nameof(TicketView.Id));
        roots.Reads(TicketReading.One, ticket);
        roots.Shape<WindowView>("Window");
        roots.Shape<BoardView>("Board", nameof(BoardView.Name)).Named(board => board.Name);
        roots.Shape<BoardGroup>("BoardGroup", nameof(BoardGroup.Name)).Named(group => group.Name);
        var hall = roots.ShapeOf<HallView>();
        hall.Field("groups", GraphList.Of<HallGroup>()).Description("The item groups (业务组) for which one books or takes a number: samples.")
            .ResolveAsync(async context => await context.Service<HallDoors>().GroupsOf(context.Source.Code, context.Language(), context.CancellationToken)).Costs(5);
        hall.Field("closures", GraphList.Of<HallClosure>()).Description("Days on which it takes nobody in (停办), today and later.")
            .ResolveAsync(async context => await context.Service<HallDoors>().ClosuresOf(context.Source.Code, context.CancellationToken)).Costs(5);
        hall.Field("windows", GraphList.Of<WindowView>()).Description("All its windows (窗口), open or not: samples.")
            .ResolveAsync(async context => await context.Service<HallDoors>().WindowsOf(context.Source.Code, context.CancellationToken)).Costs(5);
        hall.Field("priorities", GraphList.Of<HallPriority>()).Description("Who is served with priority (优先服务对象), of whom a ticket says which they are: samples.")
            .Resolve(context => HallPriority.AllIn(context.Language()));
        hall.Field<NonNullGraphType<IntGraphType>>("checkInMinutes").Description("Minutes before its start from which whoever comes to an appointment can check in (签到).")
            .Resolve(context => context.Service<BookingOptions>().CheckInMinutes);
        roots.Lists(ListTickets.All, ticket);
        AddHallQueries(roots.Query);
        var door = new GraphOperations<TicketChanges, TicketCommand, TicketView>(roots, TicketReading.One);
        TicketOperations.All.OpenTo(door);
        InHall(door.Do("takeTicket", "Take a number (取号)", context => $"/v1/halls/{HallOf(context)}/tickets",
                async (changes, context) => await changes.Take(HallOf(context), context.GetArgument<TakeTicket>("input"), context.CancellationToken), TicketReading.One.Scopes))
            .Argument<NonNullGraphType<GraphInput<TakeTicket>>>("input", "What it is about.");
        AtWindow(door.Do("callNext", "Call whoever is next at a window (叫号); no ticket when nobody waits for it", context => PathOf(context, "next"),
            (changes, context) => changes.CallNext(HallOf(context), context.GetArgument<int>("window"), context.CancellationToken), Scopes.QueueOperate));
        AddWindows(roots);
    }

    private static void AddWindows(GraphRoots roots)
    {
        var windows = new GraphOperations<WindowChanges, WindowCommand, WindowView>(roots, OperateWindow.Resource);
        AtWindow(windows.Do("openWindow", "Open a window for item groups (开窗)", context => PathOf(context, "opening"),
                async (changes, context) => await changes.Change(HallOf(context), context.GetArgument<int>("window"), context.GetArgument<OpenWindow>("input"), context.CancellationToken), Scopes.QueueOperate)
            .Argument<NonNullGraphType<GraphInput<OpenWindow>>>("input", "Whom it serves."));
        AtWindow(windows.Do("closeWindow", "Close a window (关窗)", context => PathOf(context, "closing"),
            async (changes, context) => await changes.Change(HallOf(context), context.GetArgument<int>("window"), new CloseWindow(), context.CancellationToken), Scopes.QueueOperate));
    }

    private static void AddHallQueries(ObjectGraphType query)
    {
        query.Field<BoardView>("board", nullable: true).Description("A hall's big screen (大屏): calls, who waits and how long; null when there is no such hall.")
            .Argument<NonNullGraphType<StringGraphType>>("hall", "The hall's code.")
            .ResolveAsync(async context => HallDirectory.Zone.Find(HallOf(context)) is { } hall ? await context.Service<Boards>().Read(hall, context.CancellationToken) : null)
            .Costs(5);
        query.Field<HallDay>("hallDay", nullable: true).Description($"{GetHallDay.Does}; null when there is no such hall.")
            .Argument<NonNullGraphType<StringGraphType>>("hall", "The hall's code.")
            .Argument<DayGraph>("on", "The day; today when left out.")
            .ResolveAsync(async context => await context.Service<IQuerySession>().DayOf(
                HallOf(context), context.GetArgument<DateOnly?>("on"), context.Service<Caller>().Actor, context.Service<TimeProvider>().GetUtcNow(), context.CancellationToken))
            .Needs(Scopes.CasesSupervise).Costs(10);
    }

    // In the reader's language, and not in both.
    private static void Named<T>(this GraphShape<T, T> shape, Func<T, Text> name) =>
        shape.Field<NonNullGraphType<StringGraphType>>("name").Description("What it is called.").Resolve(context => name(context.Source).In(context.Language()));

    private static FieldBuilder<object?, object> InHall(FieldBuilder<object?, object> field) => field.Argument<NonNullGraphType<StringGraphType>>("hall", "The hall's code.");

    private static void AtWindow(FieldBuilder<object?, object> field) =>
        InHall(field).Argument<NonNullGraphType<IntGraphType>>("window", "The window's number.");

    private static string HallOf(IResolveFieldContext context) => context.GetArgument<string>("hall");

    private static string PathOf(IResolveFieldContext context, string what) => $"/v1/halls/{HallOf(context)}/windows/{context.GetArgument<int>("window")}/{what}";
}
