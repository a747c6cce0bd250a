using CsCheck;
using OneDoor.Applicants;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Appointments.BookingSpec;

namespace OneDoor.Appointments;

/// <summary>Who has which places in a hall (APPT-1, APPT-2).</summary>
public class Bookings
{
    [Fact] // APPT-1, APP-1, APP-2
    public void Whomever_an_appointment_is_for_it_names()
    {
        Applicant founders = new(ApplicantKind.Founders, Founders: [Cases.Samples.Buyer], Subject: new("天津新设有限公司", SubjectKind.Company));
        Assert.Equal(
            ["天津新设有限公司", "张三、天津空港测试有限公司", "公司0"],
            new[] { founders, Cases.Samples.Contract, Company() }.Select(who => new BookingSpec().Reserve("2020-07-02 09:00", who, by: Customs)!.Applicant.Name));
    }

    [Fact] // APPT-1: whatever anybody tries, in whatever order and by whichever process's clock
    public void Nobody_ever_has_a_place_that_another_has() => Gen.Int[0, 1_000_000].Array[0, 80].Sample(picks =>
    {
        var spec = new BookingSpec();
        var furthest = spec.Now;
        foreach (var pick in picks)
        {
            spec.Now = spec.Now.AddMinutes(pick % 7);
            // Processes' clocks are a little apart.
            var now = spec.Now.AddSeconds(pick / 7 % 60 - 30);
            var some = spec.All.ElementAtOrDefault(pick / 11 % Math.Max(1, spec.All.Count));
            var start = China.At("2020-07-01 08:30").AddMinutes(30 * (pick / 3 % 7));
            var (company, item) = (Company(pick % 9), pick % 4 == 0 ? Long : Short);
            AppointmentCommand command = (pick / 13 % 5, some) switch
            {
                (0, not null) => new ConfirmAppointment(),
                (1, not null) => new RescheduleAppointment(start),
                (2, not null) when pick % 3 == 0 => new CancelAppointment(),
                (3, not null) => new ConfirmAppointment(),
                _ => new ReserveAppointment(Airport, item.Code, start),
            };
            if (command is ReserveAppointment)
                spec.Do(null, command, Of(company), company, item, now);
            else
                spec.Do(some, command, Of(some!.Applicant), some.Applicant, some.Item == Long.Code ? Long : Short, now);

            // What has lapsed by one clock has lapsed, though another is behind.
            furthest = now > furthest ? now : furthest;
            var standing = spec.All.Select(a => a.At(furthest)).Where(a => a.Stands).ToArray();
            foreach (var slot in spec.Schedule.SlotsOf("market", China.Day("2020-07-01"), WorkingDays.StateCouncil))
                Assert.True(standing.Count(a => a.StartsAt < slot.End && a.EndsAt > slot.Start) <= slot.Capacity);
            Assert.All(standing.GroupBy(a => (a.ApplicantKey, a.Item, LegalClock.DayOf(a.StartsAt))), same => Assert.Single(same));
        }
    });

    [Fact] // APPT-1
    public void A_hold_lapses_at_the_second_it_promised_and_its_place_is_free()
    {
        var spec = new BookingSpec();
        var held = spec.Reserve("2020-07-01 09:00")!;
        spec.Reserve("2020-07-01 09:00", Company(1));
        Assert.Equal(0, spec.Free("2020-07-01")[1].Free);

        spec.Now = held.HeldUntil.AddTicks(-1);
        Assert.Null(spec.Reserve("2020-07-01 09:00", Company(2)));
        spec.ThenRefused(AppointmentRefusals.SlotFull, "/start");
        spec.Now = held.HeldUntil;

        Assert.Equal(TimeSpan.FromMinutes(10), held.HeldUntil - held.BookedAt);
        Assert.Equal(AppointmentStatus.Lapsed, held.At(spec.Now).Status);
        Assert.Equal(2, spec.Free("2020-07-01")[1].Free);
        Assert.Null(spec.Do(held, new ConfirmAppointment()));
        spec.ThenRefused(AppointmentRefusals.NotInThisState);
        Assert.Equal([held.HeldUntil], held.Lapse(spec.Now.AddHours(1)).Select(f => f.At));
    }

    [Fact] // APPT-1
    public void A_second_one_on_a_day_is_refused_by_naming_the_first()
    {
        var spec = new BookingSpec();
        var first = spec.Confirmed("2020-07-01 09:00");

        spec.Reserve("2020-07-01 11:00");
        spec.ThenRefused(AppointmentRefusals.OnePerDay, "/start");
        Assert.Equal([first.Id], spec.Refused!.Things!);
        Assert.Equal("2020年7月1日 09:00 已有一个，可以改约或取消。", spec.Refused.Detail!.Zh);
    }

    [Fact] // APPT-1: a process whose clock is behind takes a hold for good that another has given away
    public void A_place_given_away_after_its_hold_is_nobody_elses_to_confirm()
    {
        var spec = new BookingSpec();
        var held = spec.Reserve("2020-07-01 09:00")!;
        spec.Now = held.HeldUntil;
        spec.Confirmed("2020-07-01 09:00", Company(1));
        spec.Confirmed("2020-07-01 09:00", Company(2));

        Assert.Null(spec.Do(held, new ConfirmAppointment(), Of(Company()), Company(), Short, held.HeldUntil.AddSeconds(-1)));
        spec.ThenRefused(AppointmentRefusals.SlotFull);
    }

    [Fact] // APPT-1
    public void A_move_takes_the_new_places_and_leaves_the_old_ones_in_one_act()
    {
        var spec = new BookingSpec();
        var sure = spec.Confirmed("2020-07-01 11:00");

        var moved = spec.Do(sure, new RescheduleAppointment(China.At("2020-07-01 11:30")))!;

        Assert.IsType<AppointmentRescheduled>(spec.Facts[^1]);
        Assert.Equal((AppointmentStatus.Confirmed, China.At("2020-07-01 11:30")), (moved.Status, moved.StartsAt));
        Assert.Equal([2, 1], spec.Free("2020-07-01").TakeLast(2).Select(s => s.Free));
        Assert.NotNull(spec.Do(moved, new RescheduleAppointment(China.At("2020-07-01 11:30"))));
        Assert.Equal(3, spec.Facts.Count);
    }

    [Fact] // APPT-1, CAT-5: to where it could not be booked it is not moved either
    public void A_move_asks_what_a_booking_asks_and_for_places_of_the_group_it_is_booked_at()
    {
        var spec = new BookingSpec();
        var sure = spec.Confirmed("2020-07-01 11:00");
        Refusal? Moves(Catalogue.Item? item)
        {
            spec.Do(sure, new RescheduleAppointment(China.At("2020-07-02 09:00")), Of(Company()), Company(), item);
            return spec.Refused;
        }

        Assert.Equal(
            [AppointmentRefusals.ItemUnknown.Code, AppointmentRefusals.ItemEnded.Code, AppointmentRefusals.ItemConfidential.Code, AppointmentRefusals.HallNotOffered.Code, null],
            new[] { null, Short with { EndedOn = China.Day("2020-07-02") }, Short with { Confidential = true }, Short with { Halls = ["haigang"] }, Short with { SupervisedBy = Department.Customs } }.Select(item => Moves(item)?.Code));
        Assert.Equal(1, spec.Free("2020-07-02")[1].Free);
    }

    [Fact] // APPT-1: whoever books for oneself leaves places to others
    public void So_many_appointments_one_has_at_a_time_and_more_by_a_department_at_whose_window_one_stands()
    {
        var spec = new BookingSpec { Policy = new() { MostOpen = 2 } };
        spec.Confirmed("2020-07-01 09:00");
        var held = spec.Reserve("2020-07-02 09:00")!;

        spec.Reserve("2020-07-03 09:00");
        spec.ThenRefused(AppointmentRefusals.TooMany);
        Assert.NotNull(spec.Reserve("2020-07-03 09:00", Company(1)));
        var atWindow = spec.Reserve("2020-07-03 09:00", by: Office)!;
        spec.Do(atWindow, new CancelAppointment(), Office);
        spec.Do(held, new CancelAppointment());
        spec.Confirmed("2020-07-03 09:00");
        spec.Reserve("2020-07-06 09:00");
        spec.ThenRefused(AppointmentRefusals.TooMany);
        // What is over counts no more.
        spec.Now = China.At("2020-07-01 09:30");
        Assert.NotNull(spec.Reserve("2020-07-06 09:00"));
    }

    [Fact] // APPT-2
    public void Whoever_a_no_show_is_counted_of_is_told_and_how_to_object_but_not_of_what_the_hall_moved()
    {
        var spec = new BookingSpec();
        var missed = spec.Missed("2020-07-02 09:00");
        var fact = Assert.Single(missed.Lapse(spec.Now));

        var told = AppointmentNotifications.Of(missed.At(spec.Now), fact)!;
        Assert.Equal([new Way.AsApplicant(Company().Key)], told.To);
        Assert.Contains("投诉", told.Text.Zh, StringComparison.Ordinal);
        Assert.Null(AppointmentNotifications.Of(missed.At(spec.Now) with { Moved = true }, fact));

        // Whoever has a number comes back the same day, while it is that.
        string Of(string at) => AppointmentNotifications.Of(missed.At(spec.Now) with { Ticket = new(Guid.Empty, "A001") }, new AppointmentMissed(China.At(at)))!.Text.Zh;
        Assert.Contains("当天回来", Of("2020-07-02 10:00"), StringComparison.Ordinal);
        Assert.DoesNotContain("当天回来", Of("2020-07-03 00:00"), StringComparison.Ordinal);
    }

    [Fact] // APPT-1
    public void A_long_matter_takes_every_slot_it_needs_and_begins_only_where_all_have_room()
    {
        var spec = new BookingSpec { Schedule = Schedule.None(Airport) with { Usual = [Market(1)] } };
        var establishment = spec.Reserve("2020-07-01 09:00", item: Long)!;

        Assert.Equal(China.At("2020-07-01 10:00"), establishment.EndsAt);
        Assert.Equal([1, 0, 0, 1, 1, 1, 1], spec.Free("2020-07-01").Select(s => s.Free));
        Assert.Equal([0, 0, 0, 1, 1, 1, 0], spec.Free("2020-07-01", 2).Select(s => s.Free));
        spec.Reserve("2020-07-01 08:30", Company(1), Long);
        spec.ThenRefused(AppointmentRefusals.SlotFull, "/start");
        spec.Reserve("2020-07-01 11:30", Company(1), Long);
        spec.ThenRefused(AppointmentRefusals.SlotUnknown, "/start");
    }

    [Fact] // CLK-2: days of China Standard Time
    public void A_closed_day_has_no_slots_and_a_weekend_worked_instead_has()
    {
        var spec = new BookingSpec { Now = China.At("2020-06-20 08:00") };

        Assert.Empty(spec.Free("2020-06-25"));
        Assert.Empty(spec.Free("2020-06-27"));
        Assert.NotEmpty(spec.Free("2020-06-28"));
        Assert.Equal(China.At("2020-06-28 08:30"), spec.Free("2020-06-28")[0].Start);
        spec.Reserve("2020-06-25 09:00");
        spec.ThenRefused(AppointmentRefusals.SlotUnknown, "/start");
        spec.Reserve("2020-07-21 09:00");
        spec.ThenRefused(AppointmentRefusals.SlotUnknown, "/start");
    }

    [Fact] // APPT-2
    public void Three_no_shows_close_booking_for_oneself_and_not_the_hall()
    {
        var spec = new BookingSpec();
        foreach (var day in new[] { "2020-07-02", "2020-07-03", "2020-07-06" })
            spec.Confirmed($"{day} 09:00");
        spec.Now = China.At("2020-07-06 09:30");

        spec.Reserve("2020-07-07 09:00");
        spec.ThenRefused(AppointmentRefusals.Restricted);
        Assert.NotNull(spec.Reserve("2020-07-07 09:00", Company(), by: Office));
        Assert.NotNull(spec.Reserve("2020-07-08 09:00", Company(1)));
        spec.Now = China.At("2020-08-05 09:30");
        Assert.NotNull(spec.Reserve("2020-08-06 09:00"));
    }

    [Fact] // APPT-2
    public void A_no_show_that_the_hall_strikes_closes_booking_for_nobody()
    {
        var spec = new BookingSpec();
        foreach (var day in new[] { "2020-07-02", "2020-07-03" })
            spec.Confirmed($"{day} 09:00");
        // Whether it was a no-show is not recorded yet when it is struck.
        var counted = spec.Missed("2020-07-06 09:00");
        spec.Reserve("2020-07-07 09:00");
        spec.ThenRefused(AppointmentRefusals.Restricted);

        spec.Do(counted, new ExcuseNoShow("本人到场"), Office with { Hall = "haigang" });
        spec.ThenRefused(AppointmentRefusals.NoShowOfTheHall);
        spec.Do(counted, new ExcuseNoShow("本人到场"));
        spec.ThenRefused(AppointmentRefusals.NoShowOfTheHall);
        spec.Do(counted, new ExcuseNoShow(new string('长', 201)), Office);
        spec.ThenRefused(AppointmentRefusals.ReasonInvalid, "/reason");
        var struck = spec.Do(counted, new ExcuseNoShow("本人到场"), Office with { Hall = Airport })!;

        Assert.Equal([typeof(AppointmentMissed), typeof(AppointmentExcused)], spec.Facts.TakeLast(2).Select(f => f.GetType()));
        Assert.Equal((AppointmentStatus.NoShow, true), (struck.Status, struck.Excused));
        Assert.NotNull(AppointmentNotifications.Of(struck, spec.Facts[^1]));
        var told = spec.Facts.Count;
        spec.Do(struck, new ExcuseNoShow("再次"), Office);
        Assert.Equal(told, spec.Facts.Count);
        Assert.NotNull(spec.Reserve("2020-07-07 09:00"));
    }

    [Fact] // APPT-2: spread over more days than are counted they close nothing
    public void No_shows_far_apart_close_nothing()
    {
        var spec = new BookingSpec();
        foreach (var day in new[] { "2020-07-02", "2020-08-03", "2020-10-12" })
        {
            spec.Now = China.At($"{day} 08:00");
            spec.Confirmed($"{day} 11:00");
        }
        spec.Now = China.At("2020-10-12 12:00");
        Assert.NotNull(spec.Reserve("2020-10-13 09:00"));
    }

    [Fact]
    public void It_exists_for_whom_it_is_who_booked_it_and_the_service_office_alone()
    {
        var appointment = new BookingSpec().Reserve("2020-07-01 09:00", Company(), by: Customs)!;
        Actor[] strangers = [new("tax", "tax", Department.Tax), Of(Company(1)), new("app", "app"), new("tax", "clerk", Department.Tax, Applicant: Company().Key)];

        Assert.All([Of(Company()), Customs, Office], viewer => Assert.True(appointment.SeenBy(viewer, default) == appointment && Appointment.VisibleTo(viewer).Compile()(appointment)));
        Assert.All(strangers, viewer => Assert.True(appointment.SeenBy(viewer, default) is null && !Appointment.VisibleTo(viewer).Compile()(appointment)));
    }
}
