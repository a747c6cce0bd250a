using OneDoor.Appointments;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Tickets;

namespace OneDoor.Trials;

/// <summary>What happens to tickets and appointments, at the windows of one department.</summary>
internal static class VisitStories
{
    // When it is booked, when it is for, and when it is moved to: further apart than the longest holiday.
    private const int DaysAgo = 50, For = 35, MovedTo = 20;

    public static IEnumerable<Func<Cast, IReadOnlyList<TicketFact>>> OfTickets =>
    [
        cast => Ticket(cast, new CallTicket(1), new RecallTicket(), new MissTicket()), cast => Ticket(cast, new CallTicket(1), new ServeTicket(), new ParkTicket(), new ReturnTicket()),
        cast => Ticket(cast, new CallTicket(1), new ServeTicket(), new CompleteTicket()), cast => Ticket(cast, new CallTicket(1), new TransferTicket(Window: 2)), cast => Ticket(cast, new CancelTicket()), Lapsed,
    ];

    public static IEnumerable<Func<Cast, IReadOnlyList<AppointmentFact>>> OfAppointments =>
    [
        cast => Booked(cast, new ConfirmAppointment(), new RescheduleAppointment(cast.Ago(MovedTo)), new CancelAppointment()), cast => Ended(cast, confirmed: false), cast => Ended(cast, confirmed: true),
        cast => Came(cast, (at, by) => new AppointmentDisplaced(at, by)), cast => Came(cast, (at, by) => new AppointmentMoved(at, by, LegalClock.DayOf(Start(cast)), "停电检修", Start(cast).AddDays(1), Start(cast).AddDays(1).AddHours(1))), cast => Came(cast, (at, by) => new AppointmentCheckedIn(at, by, new(Cast.NewId(at), "A001"))),
        cast => Came(cast, (at, by) => new AppointmentCheckedIn(at, by), (at, by) => new AppointmentServed(at, by)),
        cast => Came(cast, (at, _) => new AppointmentMissed(at), (at, by) => new AppointmentExcused(at, by, "本人到场，签到设备故障。")),
    ];

    /// <summary>A ticket of the department's group, of a day that is over; taken by the caller.</summary>
    public static ToldThing<Ticket, TicketFact> Taken(Cast cast, string codeDigest)
    {
        var ticket = new ToldThing<Ticket, TicketFact>(cast.Ago(DaysAgo));
        ticket.Happened(Tickets.Ticket.Decide(null, new TakeTicket(Group: Group(cast).Code), new(cast.By, LegalClock.Zone, ticket.Now) { Hall = cast.By.Hall ?? HallDirectory.Main, CodeDigest = codeDigest, LastNumber = cast.Random.Next(900) }));
        return ticket;
    }

    public static void Do(Cast cast, ToldThing<Ticket, TicketFact> ticket, TicketCommand command) =>
        ticket.Happened(Tickets.Ticket.Decide(ticket.State, command, new(command is CancelTicket ? cast.By : cast.Of(Department(cast)), LegalClock.Zone, ticket.Now)));

    // The service office has no group of its own, and acts for all.
    private static ItemGroup Group(Cast cast) => ItemGroups.All.FirstOrDefault(group => group.Departments.Contains(cast.Own)) ?? ItemGroups.All[0];

    private static Department Department(Cast cast) => Group(cast).Departments.Contains(cast.Own) ? cast.Own : Group(cast).Departments[0];

    private static IReadOnlyList<TicketFact> Ticket(Cast cast, params IEnumerable<TicketCommand> commands)
    {
        var ticket = Taken(cast, "sha-256:" + new string('0', 64));
        foreach (var command in commands)
            Do(cast, ticket, command);
        return ticket.Facts;
    }

    private static IReadOnlyList<TicketFact> Lapsed(Cast cast)
    {
        var ticket = Taken(cast, "sha-256:" + new string('0', 64));
        ticket.Happened(ticket.State!.Lapse(cast.Now));
        return ticket.Facts;
    }

    private static DateTimeOffset Start(Cast cast) => cast.Ago(For);

    private static ToldThing<Appointment, AppointmentFact>? Reserve(Cast cast)
    {
        var appointment = new ToldThing<Appointment, AppointmentFact>(cast.Ago(DaysAgo));
        if (Item(cast) is not { } published)
            return null;
        Do(cast, appointment, published, new ReserveAppointment(published.Item.Halls[0], published.Item.Code, Start(cast)));
        return appointment.State is null ? null : appointment;
    }

    private static ItemPublished? Item(Cast cast) => cast.Item(item => item.Halls.Count > 0 && ItemGroups.Of(item).Slots == 1 && ToldCase.Kinds(item)[0] is Applicants.ApplicantKind.Person or Applicants.ApplicantKind.LegalEntity);

    private static void Do(Cast cast, ToldThing<Appointment, AppointmentFact> appointment, ItemPublished published, AppointmentCommand command)
    {
        var (item, group) = (published.Item, ItemGroups.Of(published.Item).Group.Code);
        var applicant = appointment.State?.Applicant ?? ExampleApplication.By(item, ToldCase.Kinds(item)[0], cast.Random);
        appointment.Happened(Appointment.Decide(appointment.State, command, new(cast.By, LegalClock.Zone, appointment.Now)
        {
            Item = item, Applicant = applicant, SignedIn = cast.By.Department is null ? applicant : null, New = Cast.NewId(appointment.Now),
            Schedule = Schedule.None(item.Halls[0]) with { Usual = [new GroupSchedule(group, 30, 60, [new SlotHours("09:00", "12:00", 1)])] },
        }));
    }

    private static IReadOnlyList<AppointmentFact> Booked(Cast cast, params IEnumerable<AppointmentCommand> commands)
    {
        if (Reserve(cast) is not { } appointment || Item(cast) is not { } published)
            return [];
        foreach (var command in commands)
            Do(cast, appointment, published, command);
        return appointment.Facts;
    }

    private static IReadOnlyList<AppointmentFact> Ended(Cast cast, bool confirmed)
    {
        if (Reserve(cast) is not { } appointment || Item(cast) is not { } published)
            return [];
        if (confirmed)
            Do(cast, appointment, published, new ConfirmAppointment());
        appointment.Happened(appointment.State!.Lapse(cast.Now));
        return appointment.Facts;
    }

    // What a hall, a window or a new schedule brings about, each in the transaction of its own.
    private static IReadOnlyList<AppointmentFact> Came(Cast cast, params IEnumerable<Func<DateTimeOffset, Actor, AppointmentFact>> happens)
    {
        if (Reserve(cast) is not { } appointment || Item(cast) is not { } published)
            return [];
        Do(cast, appointment, published, new ConfirmAppointment());
        appointment.Now = Start(cast);
        foreach (var fact in happens)
            appointment.Happened(fact(appointment.Now, cast.By));
        return appointment.Facts;
    }
}
