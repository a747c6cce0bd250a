using OneDoor.Applicants;
using OneDoor.Catalogue;
using OneDoor.Clock;

namespace OneDoor.Appointments;

/// <summary>What the documentation shows of appointments: one, decided by the platform's own rules.</summary>
public static class AppointmentExamples
{
    private static readonly DateTimeOffset Start = LegalClock.MidnightOf(LegalClock.DayOf(CatalogueExamples.Now).AddDays(1)).AddHours(9);

    public static readonly DateTimeOffset Later = Start.AddHours(1);

    /// <summary>The sandbox's user <c>enterprise</c> books.</summary>
    public static readonly ReserveAppointment Request = new("airport", CatalogueExamples.Establishment.Item.Code, Start);

    private static readonly Applicant Enterprise = new(ApplicantKind.LegalEntity, "沙箱贸易有限公司", Uscc: "91990000MA0000007X");

    private static readonly Appointment Held = After(null, Request);
    private static readonly Appointment Sure = After(Held, new ConfirmAppointment());

    public static readonly AppointmentView Reserved = View(Held);
    public static readonly AppointmentView Confirmed = View(Sure);
    public static readonly AppointmentView Moved = View(After(Sure, new RescheduleAppointment(Later)));
    public static readonly AppointmentView Cancelled = View(After(Sure, new CancelAppointment()));
    public static readonly AppointmentView CheckedIn = View(After(Sure, new CheckInAppointment(), Start) with { Ticket = new(new Guid("5d2c0f3e-6b1a-4c7d-8e9f-0a1b2c3d4e5f"), "A012") });
    public static readonly ExcuseNoShow Excusal = new("本人到场，签到设备故障。");
    public static readonly AppointmentView Excused = View(Appointment.Evolve(Appointment.Evolve(Sure, new AppointmentMissed(Sure.EndsAt)), new AppointmentExcused(Later, new Actor("office", "office", Department.ServiceOffice), Excusal.Reason)));
    public static readonly History<AppointmentEvent> History = new([.. Facts(null, Request, CatalogueExamples.Now).Select(AppointmentEvent.Of)]);
    public static readonly SlotList Slots = new([.. Schedule.SlotsOf("market", LegalClock.DayOf(Start), WorkingDays.StateCouncil).Take(2)]);
    public static readonly SetSchedule Setting = new(LegalClock.DayOf(Start).AddDays(30), [ItemGroups.SampleSchedule[0]]);
    public static readonly CloseHall Closing = new(LegalClock.DayOf(Start).AddDays(2), "停电检修。");
    public static readonly ScheduleView Shown = ScheduleView.Of(Schedule with { Closures = [new(Closing.Day, Closing.Reason)] }, "en");

    public static readonly History<ScheduleEvent> Said = new([ScheduleEvent.Of(new HallClosed(CatalogueExamples.Now, null, "airport", Closing.Day, Closing.Reason), 0, "en")]);

    private static Schedule Schedule => Appointments.Schedule.None("airport") with { Usual = ItemGroups.SampleSchedule };

    private static IReadOnlyList<AppointmentFact> Facts(Appointment? state, AppointmentCommand command, DateTimeOffset now) => Appointment.Decide(
        state, command, new AppointmentAsking(new Actor("mobile", "p_enterprise", Applicant: Enterprise.Key), LegalClock.Zone, now)
        {
            Schedule = Schedule, Item = CatalogueExamples.Establishment.Item, Applicant = Enterprise, SignedIn = Enterprise,
            New = new Guid("019ab0c2-7c40-7d6e-9f1a-3f0a5b6c7d90"),
        }).Facts;

    private static Appointment After(Appointment? state, AppointmentCommand command, DateTimeOffset? now = null) =>
        Facts(state, command, now ?? CatalogueExamples.Now).Aggregate(state, Appointment.Evolve)!;

    private static AppointmentView View(Appointment a) => AppointmentView.Of(a, "en");
}
