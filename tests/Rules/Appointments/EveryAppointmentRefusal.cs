using System.Reflection;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Appointments.BookingSpec;

namespace OneDoor.Appointments;

/// <summary>Every refusal of an appointment or a schedule is produced by the rule, by one story at least.</summary>
public class EveryAppointmentRefusal
{
    private static readonly Dictionary<Refusal, Func<Refusal?>> Stories = new()
    {
        [AppointmentRefusals.NotFound] = () => After(s => s.Do(null, new ConfirmAppointment(), Office, Company(), Short)),
        [AppointmentRefusals.ItemUnknown] = () => After(s => s.Do(null, new ReserveAppointment(Airport, "NOTHING", s.Now), Of(Company()), Company(), null)),
        [AppointmentRefusals.ItemEnded] = () => After(s => s.Do(null, new ReserveAppointment(Airport, Short.Code, s.Now), Of(Company()), Company(),
            Short with { EndedOn = LegalClock.DayOf(s.Now), InsteadOf = new("无需办理", "Nothing is needed") })),
        [AppointmentRefusals.ItemConfidential] = () => After(s => s.Do(null, new ReserveAppointment(Airport, Short.Code, s.Now), Of(Company()), Company(), Short with { Confidential = true })),
        [AppointmentRefusals.HallNotOffered] = () => After(s => s.Reserve("2020-07-01 09:00", hall: "moon")),
        [AppointmentRefusals.NotForOthers] = () => After(s => s.Reserve("2020-07-01 09:00", by: new Actor("app", "app"))),
        [AppointmentRefusals.SlotUnknown] = () => After(s => s.Reserve("2020-07-01 09:10")),
        [AppointmentRefusals.SlotFull] = () => After(s => { s.Reserve("2020-07-01 09:00"); s.Reserve("2020-07-01 09:00", Company(1)); s.Reserve("2020-07-01 09:00", Company(2)); }),
        [AppointmentRefusals.OnePerDay] = () => After(s => { s.Reserve("2020-07-01 09:00"); s.Reserve("2020-07-01 11:00"); }),
        [AppointmentRefusals.TooMany] = () => After(s =>
        {
            s.Policy = s.Policy with { MostOpen = 1 };
            s.Reserve("2020-07-01 09:00");
            s.Reserve("2020-07-02 09:00");
        }),
        [AppointmentRefusals.TooLate] = () => After(s => s.Do(s.Confirmed("2020-07-01 09:30"), new CancelAppointment())),
        [AppointmentRefusals.TooEarly] = () => After(s => s.Do(s.Confirmed("2020-07-01 09:00"), new CheckInAppointment())),
        [AppointmentRefusals.Restricted] = () => After(s =>
        {
            foreach (var day in new[] { "2020-07-02", "2020-07-03", "2020-07-06" })
                s.Confirmed($"{day} 09:00");
            s.Now = China.At("2020-07-07 08:00");
            s.Reserve("2020-07-08 09:00");
        }),
        [AppointmentRefusals.NoShowOfTheHall] = () => After(s => s.Do(s.Missed("2020-07-02 09:00"), new ExcuseNoShow("本人到场"), Customs)),
        [AppointmentRefusals.ReasonInvalid] = () => After(s => s.Do(s.Missed("2020-07-02 09:00"), new ExcuseNoShow(" "), Office)),
        [AppointmentRefusals.NotInThisState] = () => After(s => s.Do(s.Reserve("2020-07-01 09:00"), new CheckInAppointment())),
        [AppointmentRefusals.NotYourHall] = () => new BookingSpec().Set(new SetSchedule(China.Day("2020-07-02"), [Market()]), Customs).Refused,
        [AppointmentRefusals.ScheduleInvalid] = () => new BookingSpec().Set(new SetSchedule(China.Day("2020-06-30"), [])).Refused,
        [AppointmentRefusals.NotClosed] = () => new BookingSpec().Set(new ReopenHall(China.Day("2020-07-02"))).Refused,
        [AppointmentRefusals.Displaces] = () =>
        {
            var spec = new BookingSpec();
            spec.Confirmed("2020-07-02 09:00");
            return spec.Set(new SetSchedule(China.Day("2020-07-02"), [])).Refused;
        },
    };

    [Fact]
    public void Every_refusal_is_produced() => Assert.All(Stories, story => Assert.Equal(story.Key.Code, story.Value()?.Code));

    [Fact]
    public void No_refusal_is_without_a_story() => Assert.Equal(
        typeof(AppointmentRefusals).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => ((Refusal)f.GetValue(null)!).Code).Order(StringComparer.Ordinal),
        Stories.Keys.Select(r => r.Code).Order(StringComparer.Ordinal));

    [Fact]
    public void What_is_wrong_with_a_request_is_told_at_once()
    {
        var spec = new BookingSpec();
        spec.Do(null, new ReserveAppointment("moon", "NOTHING", spec.Now), new Actor("app", "app"), Company() with { Uscc = "1" }, null);

        Assert.Equal(["/hall", "/item", "/applicant", "/applicant/uscc"], spec.Refused!.Fields.Select(f => f.Pointer));
    }

    private static Refusal? After(Action<BookingSpec> story)
    {
        var spec = new BookingSpec();
        story(spec);
        return spec.Refused;
    }
}
