using System.Linq.Expressions;
using System.Text.Json.Serialization;
using OneDoor.Applicants;
using OneDoor.Clock;

namespace OneDoor.Appointments;

/// <summary>Where an appointment stands.</summary>
public enum AppointmentStatus
{
    /// <summary>Held: it lapses unless somebody confirms it.</summary>
    Reserved,
    Confirmed,
    CheckedIn,

    /// <summary>Whoever it was for was served at a window.</summary>
    Served,
    Cancelled,

    /// <summary>Nobody came, and nobody had cancelled (爽约).</summary>
    NoShow,

    /// <summary>Nobody confirmed it while it was held.</summary>
    Lapsed,
}

/// <summary>
/// Somebody's place in a hall at a time (预约): never a condition of being served (APPT-3). What stands takes its places from the
/// slots; there is no other record of them, so that nothing has to be given back.
/// </summary>
public sealed record Appointment : IFolded<Appointment, AppointmentFact>
{
    private const int LongestReason = 200;

    public required Guid Id { get; init; }
    public int Version { get; init; }
    public required AppointmentStatus Status { get; init; }
    public required string Hall { get; init; }

    /// <summary>The item group at whose windows it is.</summary>
    public required string GroupCode { get; init; }
    public required string Item { get; init; }
    public required Text Name { get; init; }
    public required Applicant Applicant { get; init; }

    /// <summary><see cref="Applicant.Key"/>, stored so that the applicant's appointments can be found.</summary>
    public required string ApplicantKey { get; init; }

    /// <summary>The subject that booked it: a department's client or a person signed in.</summary>
    public required string BookedBy { get; init; }
    public required DateTimeOffset BookedAt { get; init; }

    /// <summary>In UTC, the only form of an instant a database column takes; so are the others.</summary>
    public required DateTimeOffset StartsAt { get; init => field = value.ToUniversalTime(); }
    public required DateTimeOffset EndsAt { get; init => field = value.ToUniversalTime(); }
    public required DateTimeOffset HeldUntil { get; init => field = value.ToUniversalTime(); }

    /// <summary>The hall cancelled it, because its schedule has no place for it any more.</summary>
    public bool Displaced { get; init; }

    /// <summary>The hall moved it, because it is closed on the day that was booked; until whoever it is for moves it themselves.</summary>
    public bool Moved { get; init; }

    /// <summary>The hall has struck it as a no-show: it is not counted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Excused { get; init; }

    /// <summary>The ticket it became; null before the check-in.</summary>
    public AppointmentTicket? Ticket { get; init; }

    /// <summary>When time alone will change it: a hold that is not confirmed, or a visit to which nobody comes; null where it never will. Stored so that it can be found.</summary>
    public DateTimeOffset? DueAt => Status switch
    {
        AppointmentStatus.Reserved => HeldUntil,
        AppointmentStatus.Confirmed => EndsAt,
        _ => null,
    };

    /// <summary>It takes places: somebody has come, or is expected.</summary>
    [JsonIgnore]
    public bool Stands => Status is AppointmentStatus.Reserved or AppointmentStatus.Confirmed or AppointmentStatus.CheckedIn;

    /// <summary>It takes places for an item on a day, of which nobody has two (APPT-1).</summary>
    internal bool StandsFor(string item, DateOnly day) => Stands && Item == item && LegalClock.DayOf(StartsAt) == day;

    /// <summary>Whether whoever it is for has booked another place for its item and day since: then it is not taken up again.</summary>
    /// <param name="others">What else they have booked.</param>
    public bool IsBookedAnew(IEnumerable<Appointment> others, DateTimeOffset now) => others.Any(
        a => a.At(now) is { Status: AppointmentStatus.Confirmed or AppointmentStatus.CheckedIn } other && other.StandsFor(Item, LegalClock.DayOf(StartsAt)));

    /// <summary>Whether what happens to its ticket happens to it: not any more where somebody has missed their call and booked anew, though their number goes on (APPT-2).</summary>
    public bool Follows(AppointmentFact ofTicket) => ofTicket is AppointmentCheckedIn || Status == AppointmentStatus.CheckedIn;

    /// <summary>The policy: whom it is for, who booked it for them, and the service office, which runs the halls.</summary>
    public static Expression<Func<Appointment, bool>> VisibleTo(Actor viewer) => viewer switch
    {
        { Department: Department.ServiceOffice } => a => true,
        { Department: null, Applicant: { } applicant } => a => a.BookedBy == viewer.Subject || a.ApplicantKey == applicant,
        _ => a => a.BookedBy == viewer.Subject,
    };

    /// <summary>The same for one that is at hand: it is shown whole or not at all.</summary>
    public Appointment? SeenBy(Actor viewer, DateTimeOffset now) =>
        viewer.Department == Department.ServiceOffice || viewer.Subject == BookedBy || (viewer.Department is null && viewer.Applicant == ApplicantKey) ? this : null;

    /// <summary>What the passing of time alone has brought about by an instant.</summary>
    public IReadOnlyList<AppointmentFact> Lapse(DateTimeOffset now) =>
        DueAt is not { } due || due > now ? [] : Status == AppointmentStatus.Reserved ? [new AppointmentLapsed(due)] : [new AppointmentMissed(due)];

    /// <summary>The appointment as it stands at an instant, whether that is recorded yet or not; its version is that of what is.</summary>
    public Appointment At(DateTimeOffset now) => Lapse(now).Aggregate(this, Evolve) with { Version = Version };

    /// <summary>What follows from a command: the facts to record, or the refusal.</summary>
    /// <param name="state">The appointment so far; null before it is booked.</param>
    /// <param name="command">What someone asks.</param>
    /// <param name="asked">Who asks, when, and what the rule knows besides.</param>
    public static Decision<AppointmentFact> Decide(Appointment? state, AppointmentCommand command, AppointmentAsking asked)
    {
        if (state is null)
            return command is ReserveAppointment reserve ? Booking.Reserve(reserve, asked) : AppointmentRefusals.NotFound;
        var now = state.At(asked.Now);
        return command switch
        {
            ConfirmAppointment when now.Status == AppointmentStatus.Confirmed => Decision<AppointmentFact>.Nothing,
            // By another process's clock its time may be over and its places another's: it is as if they were asked for now.
            ConfirmAppointment when now.Status == AppointmentStatus.Reserved =>
                Booking.NoLongerFree(now, asked) is { } refused ? refused : new AppointmentConfirmed(asked.Now, asked.By),
            CancelAppointment when now.Status == AppointmentStatus.Cancelled => Decision<AppointmentFact>.Nothing,
            CancelAppointment when now.Status == AppointmentStatus.Reserved => new AppointmentCancelled(asked.Now, asked.By),
            CancelAppointment when now.Status == AppointmentStatus.Confirmed => now.TooLate(asked) is { } late ? late : new AppointmentCancelled(asked.Now, asked.By),
            RescheduleAppointment c when now.Status is AppointmentStatus.Reserved or AppointmentStatus.Confirmed => Booking.Reschedule(now, c, asked),
            CheckInAppointment when now.Status == AppointmentStatus.CheckedIn => Decision<AppointmentFact>.Nothing,
            CheckInAppointment when now.Status == AppointmentStatus.Confirmed => asked.Now < now.StartsAt.AddMinutes(-asked.Policy.CheckInMinutes)
                ? AppointmentRefusals.TooEarly.Because(
                    $"开始前 {asked.Policy.CheckInMinutes} 分钟起可以签到。", $"One can check in from {asked.Policy.CheckInMinutes} minutes before its start.")
                : new AppointmentCheckedIn(asked.Now, asked.By),
            ExcuseNoShow c when now.Status == AppointmentStatus.NoShow => now.Excuse(c, state.Lapse(asked.Now), asked),
            _ => AppointmentRefusals.NotInThisState.Because($"预约{Words(now).Zh}。", $"It {Words(now).En}."),
        };
    }

    /// <summary>Why it can be neither moved nor cancelled any more; null while it can.</summary>
    internal Refusal? TooLate(AppointmentAsking asked) => asked.Now <= StartsAt.AddHours(-asked.Policy.ChangeHours) ? null : AppointmentRefusals.TooLate.Because(
        $"须在开始前 {asked.Policy.ChangeHours} 小时以前。", $"It could be until {asked.Policy.ChangeHours} hours before its start.");

    // APPT-2: who runs the hall strikes what was counted there by mistake, and says why. That it was counted at all may not be recorded yet.
    private Decision<AppointmentFact> Excuse(ExcuseNoShow c, IReadOnlyList<AppointmentFact> missed, AppointmentAsking asked) =>
        asked.By.Department != Department.ServiceOffice || (asked.By.Hall is { } own && own != Hall) ? AppointmentRefusals.NoShowOfTheHall
        : !Wording.IsLine(c.Reason, LongestReason) ? AppointmentRefusals.ReasonInvalid.Because($"1至{LongestReason}字。", $"1 to {LongestReason} characters.").At("/reason")
        : Excused ? Decision<AppointmentFact>.Nothing
        : Decision<AppointmentFact>.Of([.. missed, new AppointmentExcused(asked.Now, asked.By, c.Reason)]);

    private static Text Words(Appointment a) => a.Status switch
    {
        AppointmentStatus.Reserved => new("尚未确认", "is not confirmed yet"),
        AppointmentStatus.Confirmed => new("已确认", "is confirmed"),
        AppointmentStatus.CheckedIn => new("已签到", "is checked in"),
        AppointmentStatus.Served => new("已办理", "was served"),
        AppointmentStatus.Cancelled => new("已取消", "is cancelled"),
        AppointmentStatus.NoShow => new("已爽约", "is over, and nobody came"),
        _ => new("已失效", "has lapsed: nobody confirmed it in time"),
    };

    /// <summary>The appointment after one more fact; pure, so that a rebuild reproduces every byte.</summary>
    public static Appointment Evolve(Appointment? state, AppointmentFact fact) => ((state, fact) switch
    {
        (null, AppointmentReserved f) => new Appointment
        {
            Id = f.AppointmentId, Status = AppointmentStatus.Reserved, Hall = f.Hall, GroupCode = f.Group, Item = f.Item, Name = f.Name, Applicant = f.Applicant,
            ApplicantKey = f.Applicant.Key, BookedBy = f.By!.Subject, BookedAt = f.At, StartsAt = f.Start, EndsAt = f.End, HeldUntil = f.HeldUntil,
        },
        (null, _) => throw new InvalidOperationException($"An appointment begins with its reservation, not with {fact.GetType().Name}."),
        (_, AppointmentConfirmed) => state with { Status = AppointmentStatus.Confirmed },
        (_, AppointmentRescheduled f) => state with { StartsAt = f.Start, EndsAt = f.End, Moved = false },
        (_, AppointmentMoved f) => state with { StartsAt = f.Start, EndsAt = f.End, Moved = true },
        (_, AppointmentCancelled) => state with { Status = AppointmentStatus.Cancelled },
        (_, AppointmentDisplaced) => state with { Status = AppointmentStatus.Cancelled, Displaced = true },
        (_, AppointmentCheckedIn f) => state with { Status = AppointmentStatus.CheckedIn, Ticket = f.Ticket },
        (_, AppointmentServed) => state with { Status = AppointmentStatus.Served },
        (_, AppointmentLapsed) => state with { Status = AppointmentStatus.Lapsed },
        (_, AppointmentMissed) => state with { Status = AppointmentStatus.NoShow },
        (_, AppointmentExcused) => state with { Excused = true },
        _ => throw new InvalidOperationException($"{fact.GetType().Name} is not a fact of an appointment."),
    }) with
    { Version = (state?.Version ?? 0) + 1 };
}
