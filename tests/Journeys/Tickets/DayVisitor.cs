using OneDoor.Appointments;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Platform;

namespace OneDoor.Tickets;

/// <summary>By what somebody gets their ticket.</summary>
internal enum DayWay
{
    Appointment,
    App,
    Kiosk,
}

/// <summary>What becomes of an appointment before its time.</summary>
internal enum DayBooking
{
    Kept,
    Cancelled,

    /// <summary>Nobody comes.</summary>
    Forgotten,

    /// <summary>Nobody confirms it.</summary>
    Unconfirmed,
}

/// <summary>What comes between the window's call and the end.</summary>
internal enum DayTwist
{
    None,
    Parked,
    OtherGroup,
    OtherWindow,
}

/// <summary>What somebody means to do in a hall, drawn from the seed before the day begins.</summary>
internal sealed class DayVisitor
{
    // The matters of each group that every hall handles and that take one slot.
    public static readonly Dictionary<string, string[]> Items = CatalogueData.Zone()
        .Where(i => !i.Confidential && !i.IsEnded(DateOnly.MaxValue) && i.Halls.Count == DayPlan.Halls.Length && ItemGroups.Of(i).Slots == 1)
        .GroupBy(i => ItemGroups.Of(i).Group.Code).ToDictionary(g => g.Key, g => g.Select(i => i.Code).ToArray());

    private readonly Dictionary<string, object?> _company = Applications.Company();

    public DayVisitor(DayPlan plan, int n)
    {
        var random = plan.Random(n);
        bool Chance(int percent) => random.Next(100) < percent;

        (N, Hall, Group) = (n, DayPlan.HallOf(random), Items.Keys.Order().ElementAt(random.Next(Items.Count)));
        Item = Items[Group][random.Next(Items[Group].Length)];
        Way = random.Next(100) switch { < 35 => DayWay.Appointment, < 65 => DayWay.App, _ => DayWay.Kiosk };
        Booking = random.Next(100) switch { < 80 => DayBooking.Kept, < 87 => DayBooking.Cancelled, < 95 => DayBooking.Forgotten, _ => DayBooking.Unconfirmed };
        Arrives = plan.Arrival(random);
        // Mostly in time; some too early to be let in, some late, and some so late that the appointment is over.
        Early = random.Next(100) switch { < 10 => 40, < 75 => random.Next(0, 28), < 92 => -random.Next(15, 18), _ => -70 };
        Priority = Chance(15) ? QueuePolicy.Zone.Priorities[random.Next(QueuePolicy.Zone.Priorities.Count)].Code : null;
        ChecksInAtKiosk = Chance(50);
        AsksTwice = Way == DayWay.App && Chance(15);
        Patience = Chance(10) ? random.Next(5, 60) : null;
        (IsAbsent, ComesBack, Recalls) = (Chance(10), Chance(50), random.Next(0, QueuePolicy.Zone.Recalls + 2));
        Twist = random.Next(100) switch { < 8 => DayTwist.Parked, < 16 => DayTwist.OtherGroup, < 24 => DayTwist.OtherWindow, _ => DayTwist.None };
        (Minutes, Break, Walk) = (random.Next(3, 13), random.Next(3, 20), random.Next(0, 3));
        Choice = random.Next();
    }

    public int N { get; }
    public string Hall { get; init; }
    public string Group { get; init; }
    public string Item { get; init; }
    public DayWay Way { get; set; }
    public DayBooking Booking { get; set; }
    public int Arrives { get; set; }
    public int Early { get; init; }
    public string? Priority { get; }
    public bool ChecksInAtKiosk { get; }
    public bool AsksTwice { get; }
    public int? Patience { get; }

    /// <summary>Nobody comes when it is called first.</summary>
    public bool IsAbsent { get; set; }
    public bool ComesBack { get; }
    public int Recalls { get; }
    public DayTwist Twist { get; set; }
    public int Minutes { get; }
    public int Break { get; }
    public int Walk { get; }

    /// <summary>What decides where there is something to choose from.</summary>
    public int Choice { get; }

    /// <summary>The appointment; null before it is booked, and where there is none.</summary>
    public Answered? Booked { get; set; }

    /// <summary>The ticket; null before it is taken.</summary>
    public HeldTicket? Ticket { get; set; }

    /// <summary>How the ticket ends, in the words of an appointment.</summary>
    public string Outcome { get; set; } = "";

    /// <summary>How the appointment ends.</summary>
    public string OutcomeOfAppointment => Booking switch
    {
        DayBooking.Cancelled => "cancelled",
        DayBooking.Forgotten => "no-show",
        DayBooking.Unconfirmed => "lapsed",
        _ => Outcome,
    };

    /// <summary>What they do next, and in which minute; null for nothing.</summary>
    public (int Minute, Func<Task> Do)? Next { get; set; }

    /// <summary>What their token says.</summary>
    public Dictionary<string, object> Claims => new()
    {
        ["sub"] = $"p_{_company["uscc"]}", ["client_id"] = "mobile", ["scope"] = $"{Scopes.AppointmentsBook} {Scopes.TicketsTake}",
        [OneDoor.Claims.Applicant] = new ApplicantReference($"legal-entity:{_company["uscc"]}", (string)_company["name"]!),
    };

    public override string ToString() => $"visitor {N} ({Way} in {Hall} for {Group}{(Ticket is null ? "" : $", {Ticket.Number}, {Ticket.Status}")})";
}
