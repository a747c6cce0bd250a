using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;
using Xunit;

namespace OneDoor.Appointments;

/// <summary>
/// A hall's book: everybody's appointments, decided one after the other as the platform does. The item is a short one of a group with two
/// places in each half hour of the morning, and the 1st of July 2020, a Wednesday, is when every story begins.
/// </summary>
internal sealed class BookingSpec
{
    public const string Airport = "airport";
    public static readonly Item Short = Cases.Samples.Plain, Long = Short with { Code = "ESTABLISHMENT" };
    public static readonly Actor Office = new("office", "office", Department.ServiceOffice), Customs = new("customs", "customs", Department.Customs);

    private readonly Dictionary<Guid, Appointment> _appointments = [];
    private int _booked;

    public Schedule Schedule { get; set; } = Appointments.Schedule.None(Airport) with { Usual = [Market()] };

    public BookingOptions Policy { get; set; } = new();
    public DateTimeOffset Now { get; set; } = China.At("2020-07-01 08:00");
    public List<AppointmentFact> Facts { get; } = [];
    public IReadOnlyCollection<Appointment> All => _appointments.Values;
    public Refusal? Refused { get; private set; }

    public static GroupSchedule Market(int capacity = 2, string until = "12:00") => new("market", 30, 30, [new SlotHours("08:30", until, capacity)]);

    public static Applicant Company(int n = 0) => new(ApplicantKind.LegalEntity, $"公司{n}", Uscc: UsccOf(n));

    public static Actor Of(Applicant applicant) => new("mobile", $"p-{applicant.Key}", Applicant: applicant.Key);

    /// <summary>Books for whoever it is, who is signed in unless somebody else books; null when refused.</summary>
    public Appointment? Reserve(string at, Applicant? applicant = null, Item? item = null, Actor? by = null, string hall = Airport)
    {
        var (who, what) = (applicant ?? Company(), item ?? Short);
        return Do(null, new ReserveAppointment(hall, what.Code, China.At(at)), by ?? Of(who), who, what);
    }

    public Appointment? Do(Appointment? before, AppointmentCommand command, Actor? by = null) => Do(before, command, by ?? Of(before!.Applicant), before!.Applicant, before.Item == Long.Code ? Long : Short);

    public Appointment? Do(Appointment? before, AppointmentCommand command, Actor by, Applicant? applicant, Item? item, DateTimeOffset? now = null)
    {
        var at = now ?? Now;
        var others = All.Where(a => a.Id != before?.Id).ToArray();
        var decision = Appointment.Decide(before, command, new AppointmentAsking(by, LegalClock.Zone, at)
        {
            Policy = Policy, Schedule = command is ReserveAppointment { Hall: not Airport } ? null : Schedule, Item = item, Applicant = applicant,
            SignedIn = by.Department is null && by.Applicant is not null ? applicant : null,
            New = new Guid(++_booked, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]),
            Taken = [.. others.Select(a => a.At(at)).Where(a => a.Stands).Select(a => new Taken(a.StartsAt, a.EndsAt))],
            Others = [.. others.Where(a => a.ApplicantKey == applicant?.Key)],
        });
        Refused = decision.Refused;
        if (decision.Refused is not null)
            return null;
        Facts.AddRange(decision.Facts);
        var after = decision.Facts.Aggregate(before, Appointment.Evolve)!;
        return _appointments[after.Id] = after;
    }

    public void Keep(Appointment appointment) => _appointments[appointment.Id] = appointment;

    public Appointment Confirmed(string at, Applicant? applicant = null, Item? item = null)
    {
        var reserved = Reserve(at, applicant, item);
        Assert.Null(Refused?.Code);
        return Do(reserved, new ConfirmAppointment())!;
    }

    /// <summary>One to which nobody came, when it is over.</summary>
    public Appointment Missed(string at)
    {
        var booked = Confirmed(at);
        Now = booked.EndsAt;
        return booked;
    }

    public void ThenRefused(Refusal expected, params IEnumerable<string> pointers)
    {
        Assert.Equal(expected.Code, Refused?.Code);
        Assert.Equal(pointers, Refused!.Fields.Select(f => f.Pointer));
    }

    /// <summary>The hall's slots of a day as the public is shown them.</summary>
    public IReadOnlyList<Slot> Free(string day, int length = 1) =>
        [.. Slots.AsStarts([.. Schedule.BookableOf("market", China.Day(day), LegalClock.DayOf(Now), WorkingDays.StateCouncil)
            .Select(s => s.Less(All.Select(a => a.At(Now)).Where(a => a.Stands).Select(a => new Taken(a.StartsAt, a.EndsAt))))], length)];

    public Decision<ScheduleFact> Set(ScheduleCommand command, Actor? by = null) => Schedule.Decide(Schedule, command, Asking(by));

    public ScheduleAsking Asking(Actor? by = null) =>
        new(by ?? Office, LegalClock.Zone, Now) { Booked = [.. All.Select(a => a.At(Now)).Where(a => a.Stands && a.StartsAt > Now).OrderBy(a => a.Id)] };

    // The check character is found by trying.
    private static string UsccOf(int n) =>
        "0123456789ABCDEFGHJKLMNPQRTUWXY".SelectMany(last => "0123456789ABCDEFGHJKLMNPQRTUWXY".Select(check => $"91110108{n:D8}{last}{check}")).First(Uscc.IsValid);
}
