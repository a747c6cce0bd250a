using OneDoor.Appointments;
using OneDoor.Cases;
using OneDoor.Graph;

namespace OneDoor.Tickets;

/// <summary>The halls' queues (排队叫号): tickets, and the windows that call them.</summary>
public static class TicketsModule
{
    public static void AddTickets(this WebApplicationBuilder builder)
    {
        builder.Stores<Window, WindowFact>();
        builder.Stores<Ticket, TicketFact>(tickets => tickets
            .Duplicate(t => t.TakenAt, configure: index => index.Mask = "?, id")
            .Duplicate(t => t.Hall, configure: index => index.Mask = "?, taken_at, id")
            .Duplicate(t => t.Day, configure: index => index.Mask = "hall, ?")
            .Index(t => t.GroupCode)
            .Index(t => t.Case!, index =>
            {
                index.Mask = "(data ->> 'case')";
                index.Predicate = "data ->> 'case' is not null";
            })
            .Duplicate(t => t.ApplicantKey, configure: index => index.Mask = "?, taken_at, id")
            .Duplicate(t => t.TakenBy, configure: index => index.Mask = "?, taken_at, id")
            .Duplicate(t => t.MeasuredAt, configure: index =>
            {
                index.Mask = "hall, (data ->> 'groupCode'), ?";
                index.Predicate = "measured_at is not null";
            }), lacks: "data ->> 'firstCalledAt' is not null");
        builder.Services.AddSingleton(builder.Configuration.Read<QueueOptions>("Tickets"));
        builder.Services.AddSingleton<Boards>();
        builder.Services.AddSingleton<HallsToday>();
        builder.Services.AddSingleton<HallDoors>();
        builder.Services.AddSingleton<HallsClosed>(HallDoors.Closed);
        builder.Services.AddScoped<TicketDesk>();
        builder.Services.AddScoped<ICheckInDesk>(services => services.GetRequiredService<TicketDesk>());
        builder.Services.AddScoped<TicketChanges>();
        builder.Services.AddScoped<WindowChanges>();
        builder.Sweeps<Ticket, TicketFact>(t => t.DueAt, async (_, session, ticket, facts, ct) =>
        {
            if (ticket.Appointment is { } id && facts.Select(ticket.OfAppointment).FirstOrDefault(of => of is not null) is { } follows
                && await session.LoadAsync<Appointment>(id, ct) is { } booked && booked.Follows(follows))
                session.Events.Append(id, booked.Version + 1, follows);
        });
        builder.Tells(TicketReading.One, (ticket, _, _) => TicketView.Of(ticket, null));
        builder.Services.AddSingleton(new ContractTag("Tickets", "The halls' queues (排队叫号): numbers to wait with, and the windows that call them."));
        builder.AddGraph(TicketGraph.Add);
    }

    public static void MapTickets(this IEndpointRouteBuilder v1)
    {
        var tickets = v1.MapGroup(TicketReading.One).WithTags("Tickets");
        tickets.MapList(ListTickets.All);
        tickets.MapReading(TicketReading.One)
            .WithSummary("Read a ticket, how many are ahead of it and how long it is likely to wait")
            .WithDescription("Now, or as of a past instant: of then neither how many were ahead is told nor how long it would wait.");
        tickets.MapRatingCode();
        TicketOperations.All.OpenTo(new RestDoor<TicketChanges, TicketCommand, TicketView>(tickets));
        var halls = v1.MapGroup("/halls").WithTags("Tickets");
        halls.MapGetHall();
        halls.MapTakeTicket();
        halls.MapWindows();
        halls.MapBoard();
        halls.MapHallDay();
    }
}
