using OneDoor.Appointments;
using OneDoor.Catalogue;
using OneDoor.Clock;
using OneDoor.Halls;

namespace OneDoor.Tickets;

/// <summary>What the documentation shows of tickets: one, decided by the platform's own rules.</summary>
public static class TicketExamples
{
    private const string Hall = "airport", Group = "market";
    private const int Number = 3;
    private static readonly DateTimeOffset Now = LegalClock.MidnightOf(LegalClock.DayOf(CatalogueExamples.Now)).AddHours(10);
    private static readonly Actor Kiosk = new("sandbox-kiosk", "sandbox-kiosk", Hall: Hall);
    private static readonly Actor Office = new("sandbox-service-office", "sandbox-service-office", Department.ServiceOffice);

    /// <summary>Somebody aged comes about an establishment.</summary>
    public static readonly TakeTicket Request = new(CatalogueExamples.Establishment.Item.Code, Priority: "aged");
    public static readonly TransferTicket Elsewhere = new("tax-and-insurance");
    public static readonly OpenWindow Opening = new([Group, "general"]);

    private static readonly Window Opened = Window.Decide(Window.Closed(Hall, Number), Opening, new WindowAsking(Office, LegalClock.Zone, Now)).Facts.Aggregate(default(Window), Window.Evolve)!;
    private static readonly Ticket New = After(null, Request, Kiosk);
    private static readonly Ticket Next = After(New, new CallTicket(Number));
    private static readonly Ticket Served = After(Next, new ServeTicket(), Office, 15);
    private static readonly Ticket Absent = After(Next, new MissTicket(), Office, 15);

    public static readonly TicketView Taken = View(New) with { Code = "7QK4-0ZB2-M9TD-C6RV-1XHN-58WE-JAPG" };
    public static readonly TicketView Waiting = View(New);
    public static readonly TicketView Called = View(Next);
    public static readonly TicketView Recalled = View(After(Next, new RecallTicket(), Office, 13));
    public static readonly TicketView Serving = View(Served);
    public static readonly TicketView Parked = View(After(Served, new ParkTicket(), Office, 20));
    public static readonly TicketView Returned = View(After(Absent, new ReturnTicket(), Office, 25));
    public static readonly TicketView Missed = View(Absent);
    public static readonly TicketView Done = View(After(Served, new CompleteTicket(), Office, 30));
    public static readonly TicketView Transferred = View(After(Served, Elsewhere, Office, 20));
    public static readonly TicketView Cancelled = View(After(New, new CancelTicket(), Kiosk, 5));
    public static readonly History<TicketEvent> History = new([.. Facts(null, Request, Kiosk, 0).Concat(Facts(New, new CallTicket(Number), Office, 12)).Select(TicketEvent.Of)]);
    public static readonly WindowView Open = WindowView.Of(Opened, Now);
    public static readonly WindowView Closed = WindowView.Of(Opened with { OpenOn = null, Version = 2 }, Now);

    public static readonly HallDetails WholeHall = HallDetails.Of(
        HallView.Of(HallDirectory.Zone.Find(Hall)!, "en"), [new(AppointmentExamples.Closing.Day, AppointmentExamples.Closing.Reason)], HallGroup.AllOf(Schedule.None(Hall) with { Usual = ItemGroups.SampleSchedule }, LegalClock.DayOf(Now), [CatalogueExamples.Establishment.Item], "en"), [Open], new(), "en");

    public static readonly BoardView Board = BoardView.Of(HallDirectory.Zone.Find(Hall)!, QueueOf(Next), new Dictionary<int, Ticket>(), isOpen: true);
    public static readonly HallDay Day = HallDay.Of(Hall, LegalClock.DayOf(Now), Department.MarketRegulation, [After(Served, new CompleteTicket(), Office, 30), New]);

    private static IReadOnlyList<TicketFact> Facts(Ticket? state, TicketCommand command, Actor by, int minutes) => Ticket.Decide(
        state, command, new TicketAsking(by, LegalClock.Zone, Now.AddMinutes(minutes)) { Hall = Hall, Item = CatalogueExamples.Establishment.Item, LastNumber = 11 }).Facts;

    private static Ticket After(Ticket? state, TicketCommand command, Actor? by = null, int minutes = 12) =>
        Facts(state, command, by ?? Office, state is null ? 0 : minutes).Aggregate(state, Ticket.Evolve)!;

    private static TicketView View(Ticket t) => TicketView.Of(t, QueueOf(t));

    private static HallQueue QueueOf(Ticket t) => new(Now, [t], [Opened], Enumerable.Range(8, 20).ToLookup(_ => t.GroupCode, minutes => new MeasuredService(minutes * 60, Now.AddMinutes(-minutes))));
}
