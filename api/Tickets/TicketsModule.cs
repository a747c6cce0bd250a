using Marten;
using NpgsqlTypes;
using OneDoor.Appointments;
using OneDoor.Graph;
using OneDoor.Platform;

namespace OneDoor.Tickets;

/// <summary>The halls' queues (排队叫号): tickets, and the windows that call them.</summary>
public static class TicketsModule
{
    private static readonly ReadModel Tickets = ReadModel.Of<Ticket, TicketFact>(
        new ReadModelColumn("taken_at", NpgsqlDbType.TimestampTz, state => ((Ticket)state).TakenAt),
        new ReadModelColumn("hall", NpgsqlDbType.Varchar, state => ((Ticket)state).Hall),
        new ReadModelColumn("day", NpgsqlDbType.Date, state => ((Ticket)state).Day),
        new ReadModelColumn("applicant_key", NpgsqlDbType.Varchar, state => ((Ticket)state).ApplicantKey),
        new ReadModelColumn("taken_by", NpgsqlDbType.Varchar, state => ((Ticket)state).TakenBy),
        new ReadModelColumn("due_at", NpgsqlDbType.TimestampTz, state => ((Ticket)state).DueAt),
        new ReadModelColumn("measured_at", NpgsqlDbType.TimestampTz, state => ((Ticket)state).MeasuredAt));

    public static void AddTickets(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureMarten(marten =>
        {
            marten.AddStream<Window, WindowFact>();
            marten.Schema.For<Window>().UseNumericRevisions(true).Metadata(m => m.Revision.MapTo(w => w.Version));
            marten.AddStream<Ticket, TicketFact>();
            marten.Schema.For<Ticket>()
                .UseNumericRevisions(true)
                .Metadata(m => m.Revision.MapTo(t => t.Version))
                .Duplicate(t => t.TakenAt, configure: index => index.Mask = "?, id")
                .Duplicate(t => t.Hall, configure: index => index.Mask = "?, taken_at, id")
                .Duplicate(t => t.Day, configure: index => index.Mask = "hall, ?")
                .Duplicate(t => t.ApplicantKey, configure: index => index.Mask = "?, taken_at, id")
                .Duplicate(t => t.TakenBy, configure: index => index.Mask = "?, taken_at, id")
                .Duplicate(t => t.DueAt, configure: index => index.Predicate = "due_at is not null")
                .Duplicate(t => t.MeasuredAt, configure: index =>
                {
                    index.Mask = "hall, (data ->> 'groupCode'), ?";
                    index.Predicate = "measured_at is not null";
                });
        });
        builder.Services.AddSingleton(Tickets);
        builder.Services.AddSingleton(ReadModel.Of<Window, WindowFact>());
        builder.Services.AddSingleton(builder.Configuration.Read<QueueOptions>("Tickets"));
        builder.Services.AddSingleton<Boards>();
        builder.Services.AddSingleton<HallDoors>();
        builder.Services.AddScoped<TicketDesk>();
        builder.Services.AddScoped<ICheckInDesk>(services => services.GetRequiredService<TicketDesk>());
        builder.Services.AddScoped<TicketChanges>();
        builder.Services.AddScoped<WindowChanges>();
        builder.Services.AddScoped<TicketReader>();
        builder.Services.AddSingleton<ISweep>(new Sweep<Ticket, TicketFact>(
            (tickets, now) => tickets.Where(t => t.DueAt != null && t.DueAt <= now).OrderBy(t => t.DueAt), (due, now) => due.Lapse(now))
        {
            Besides = (session, ticket, facts, _) =>
            {
                if (ticket.Appointment is { } id && facts.Select(ticket.OfAppointment).FirstOrDefault(of => of is not null) is { } follows)
                    session.Events.Append(id, follows);
                return Task.CompletedTask;
            },
        });
        builder.Services.AddSingleton<Told>(services => new Told<Ticket, TicketFact, TicketView>("ticket", services.GetRequiredService<StoredFacts>(), services.GetRequiredService<TimeProvider>())
        {
            At = fact => fact.At, Address = ticket => $"/v1/tickets/{ticket.Id}", View = (ticket, _) => TicketView.Of(ticket, null),
        });
        builder.Services.AddSingleton(new ContractTag("Tickets", "The halls' queues (排队叫号): numbers to wait with, and the windows that call them."));
        builder.AddGraph(TicketGraph.Add);
    }

    public static void MapTickets(this IEndpointRouteBuilder v1)
    {
        var tickets = v1.MapGroup("/tickets").WithTags("Tickets");
        tickets.MapListTickets();
        tickets.MapGetTicket();
        TicketOperations.All.OpenTo(new RestDoor<TicketChanges, TicketCommand, TicketView>(tickets));
        var halls = v1.MapGroup("/halls").WithTags("Tickets");
        halls.MapGetHall();
        halls.MapTakeTicket();
        halls.MapWindows();
        halls.MapBoard();
        halls.MapHallDay();
    }
}
