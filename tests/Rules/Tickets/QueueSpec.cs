using OneDoor.Appointments;
using OneDoor.Catalogue;
using OneDoor.Clock;
using Xunit;

namespace OneDoor.Tickets;

/// <summary>A hall's day, decided one thing after the other as the platform does. It begins at nine on the 1st of July 2020, a Wednesday.</summary>
internal sealed class QueueSpec
{
    public const string Hall = "lingang", Market = "market", Tax = "tax-and-insurance";
    public static readonly Actor Office = new("office", "office", Department.ServiceOffice), Kiosk = new("kiosk", "kiosk", Hall: Hall);
    public static readonly Actor TaxClerk = new("app", "p_clerk", Department.Tax, Hall: Hall);

    private readonly Dictionary<Guid, Ticket> _tickets = [];
    private readonly Dictionary<int, Window> _windows = [];

    public DateTimeOffset Now { get; set; } = China.At("2020-07-01 09:00");
    public Item? Item { get; set; }
    public QueuePolicy Policy { get; set; } = QueuePolicy.Zone;
    public QueueOptions Options { get; set; } = new();
    public Appointment? Appointment { get; set; }
    public Refusal? Refused { get; private set; }
    public IReadOnlyCollection<Ticket> All => _tickets.Values;
    public List<TicketFact> Facts { get; } = [];

    public HallQueue Queue => new(
        Now, [.. All.Select(t => t.At(Now)).Where(t => t.DueAt is not null && t.Day == LegalClock.DayOf(Now))], [.. _windows.Values.Where(w => w.IsOpen(Now))],
        All.Where(t => t.MeasuredAt is not null).OrderByDescending(t => t.MeasuredAt).Take(QueuePolicy.Zone.Measured).ToLookup(t => t.GroupCode, t => new MeasuredService(t.MeasuredSeconds, t.MeasuredAt!.Value)));

    public Ticket? Take(string? group = Market, Actor? by = null, string? priority = null, string? item = null) => Do(null, new TakeTicket(item, group, priority), by ?? Kiosk);

    /// <summary>Somebody checks in for an appointment of that time.</summary>
    public Ticket? CheckIn(string start, string? priority = null, Actor? by = null, string? item = null, string? group = null)
    {
        Appointment = new Appointment
        {
            Id = new Guid(1, 2, 3, [0, 0, 0, 0, 0, 0, 0, 4]), Status = AppointmentStatus.Confirmed, Hall = Hall, GroupCode = Market, Item = "ITEM", Name = new("事项", "Item"),
            Applicant = new(Applicants.ApplicantKind.Person, "陈建国", "110105199003071234"), ApplicantKey = "person:2", BookedBy = "p_2", BookedAt = Now, StartsAt = China.At(start),
            EndsAt = China.At(start).AddMinutes(30), HeldUntil = Now,
        };
        var ticket = Do(null, new TakeTicket(item, group, priority, Appointment.Id), by ?? Kiosk);
        Appointment = null;
        return ticket;
    }

    public Ticket? Do(Ticket? before, TicketCommand command, Actor? by = null, bool knowsCase = true)
    {
        var letter = command is TakeTicket { Group: { } group } ? ItemGroups.Find(group)?.Letter : Appointment is { } booked ? ItemGroups.Find(booked.GroupCode)!.Letter : Item is null ? null : ItemGroups.Of(Item).Group.Letter;
        var decision = Ticket.Decide(before is null ? null : _tickets[before.Id], command, new TicketAsking(by ?? Office, LegalClock.Zone, Now)
        {
            Policy = Policy, Hall = Hall, Item = Item, Appointment = Appointment, KnowsCase = knowsCase, CodeDigest = "digest",
            LastNumber = All.Where(t => t.Day == LegalClock.DayOf(Now) && t.Number[..1] == letter).Select(t => int.Parse(t.Number[1..], System.Globalization.CultureInfo.InvariantCulture)).DefaultIfEmpty().Max(),
            Options = Options, TakenToday = by?.Applicant is { } taker ? All.Count(t => t.ApplicantKey == taker && t.Day == LegalClock.DayOf(Now)) : 0,
            WaitsAlready = by?.Applicant is { } applicant && Queue.Tickets.Any(t => t.ApplicantKey == applicant),
        });
        Refused = decision.Refused;
        if (decision.Refused is not null)
            return null;
        Facts.AddRange(decision.Facts);
        var after = decision.Facts.Aggregate(before is null ? null : _tickets[before.Id], Ticket.Evolve)!;
        return _tickets[after.Id] = after;
    }

    public Window? Open(int number, params string[] groups) => AtWindow(number, new OpenWindow(groups));

    public Window? AtWindow(int number, WindowCommand command, Actor? by = null)
    {
        var before = _windows.GetValueOrDefault(number) ?? Window.Closed(Hall, number);
        var decision = Window.Decide(before, command, new WindowAsking(by ?? Office, LegalClock.Zone, Now) { IsBusy = Queue.At(number) is not null });
        Refused = decision.Refused;
        return decision.Refused is not null ? null : _windows[number] = decision.Facts.Aggregate(before, Window.Evolve);
    }

    /// <summary>Whoever is next at a window is called; null where nobody waits for it.</summary>
    public Ticket? Next(int window) => Queue.Next(_windows[window]) is { } next ? Do(next, new CallTicket(window)) : null;

    /// <summary>Somebody takes a ticket, is called and served for so long.</summary>
    public Ticket Served(TimeSpan time, int window = 1, string group = Market)
    {
        Take(group);
        var called = Next(window)!;
        Do(called, new ServeTicket());
        Now += time;
        return Do(called, new CompleteTicket())!;
    }

    public void Pass(int minutes) => Now = Now.AddMinutes(minutes);

    public void ThenRefused(Refusal expected, params IEnumerable<string> pointers)
    {
        Assert.Equal(expected.Code, Refused?.Code);
        Assert.Equal(pointers, Refused!.Fields.Select(f => f.Pointer));
    }
}
