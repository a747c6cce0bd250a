using OneDoor.Clock;
using Xunit;
using static OneDoor.Appointments.BookingSpec;

namespace OneDoor.Appointments;

/// <summary>For which times a hall takes appointments, and what becomes of those booked when it says something else.</summary>
public class Schedules
{
    [Fact]
    public void Who_booked_last_is_displaced_first_and_nobody_silently()
    {
        var spec = new BookingSpec();
        spec.Confirmed("2020-07-02 09:00");
        var second = spec.Confirmed("2020-07-02 09:00", Company(1));
        spec.Confirmed("2020-07-01 11:00", Company(2));
        var less = new SetSchedule(China.Day("2020-07-02"), [Market(1)]);

        var refused = spec.Set(less).Refused!;

        Assert.Equal(AppointmentRefusals.Displaces.Code, refused.Code);
        Assert.Equal([second.Id], refused.Things);
        Assert.Equal([second.Id], spec.Schedule.Displaced(less, spec.Asking()).Select(a => a.Id));
        Assert.IsType<ScheduleSet>(Assert.Single(spec.Set(less with { Displace = true }).Facts));
        Assert.Equal((AppointmentStatus.Cancelled, true), Appointment.Evolve(second, new AppointmentDisplaced(spec.Now, Office)) is var d ? (d.Status, d.Displaced) : default);
    }

    [Fact] // who sends displace knows whom it concerns
    public void However_many_would_be_displaced_all_of_them_are_named()
    {
        var spec = new BookingSpec();
        var booked = spec.Confirmed("2020-07-02 09:00");
        var many = Enumerable.Range(0, 150).Select(n => booked with { Id = new Guid(n, 0, 0, new byte[8]) }).ToArray();

        var refused = Schedule.Decide(spec.Schedule, new SetSchedule(China.Day("2020-07-02"), []), spec.Asking() with { Booked = many }).Refused!;

        Assert.Equal(many.Select(a => a.Id), refused.Things);
        Assert.Contains("150", refused.Detail!.En, StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_is_there_already_keeps_their_place()
    {
        var spec = new BookingSpec();
        var first = spec.Confirmed("2020-07-02 09:00");
        var there = Appointment.Evolve(spec.Confirmed("2020-07-02 09:00", Company(1)), new AppointmentCheckedIn(spec.Now, Office));
        var asked = spec.Asking() with { Booked = [first, there] };

        Assert.Equal([first.Id], spec.Schedule.Displaced(new(China.Day("2020-07-02"), [Market(1)]), asked).Select(a => a.Id));
        Assert.Equal([first.Id], spec.Schedule.Displaced(new(China.Day("2020-07-02"), []), asked).Select(a => a.Id));
    }

    [Fact]
    public void Slots_may_be_cut_otherwise_where_what_is_booked_still_has_room()
    {
        var spec = new BookingSpec();
        spec.Confirmed("2020-07-02 09:00");

        Assert.Null(spec.Set(new SetSchedule(China.Day("2020-07-02"), [Market() with { SlotMinutes = 60 }])).Refused);
        Assert.Null(spec.Set(new SetSchedule(China.Day("2020-07-02"), [Market() with { SlotMinutes = 20 }])).Refused);
        Assert.NotNull(spec.Set(new SetSchedule(China.Day("2020-07-02"), [Market(until: "09:15")])).Refused);
    }

    [Fact]
    public void What_is_said_from_a_day_on_replaces_what_was_said_from_later_ones()
    {
        Schedule Say(Schedule before, string from, int capacity) => Schedule.Evolve(before, new ScheduleSet(default, Office, Airport, China.Day(from), [Market(capacity)]));
        var schedule = Say(Say(Say(new BookingSpec().Schedule, "2020-07-10", 5), "2020-07-20", 6), "2020-07-15", 7);

        foreach (var (day, capacity) in new[] { ("2020-07-09", 2), ("2020-07-10", 5), ("2020-07-15", 7), ("2020-07-20", 7) })
            Assert.Equal(capacity, schedule.On(China.Day(day))[0].Hours[0].Capacity);
        Assert.Equal(3, schedule.Version);
    }

    [Fact]
    public void What_is_wrong_with_a_schedule_is_told_at_once()
    {
        var refused = new BookingSpec().Set(new SetSchedule(China.Day("2020-06-30"),
        [
            new("market", 4, 63, [new("12:00", "08:30", 51)]), new("market", 30, 30, [new("8:30", "12:00", 1)]), new("moon", 30, 30, [new("08:30", "10:00", 1), new("09:00", "11:00", 1)]),
        ])).Refused!;

        Assert.Equal(
            ["/effectiveFrom", "/groups/0/slotMinutes", "/groups/0/horizonDays", "/groups/0/hours", "/groups/0/hours", "/groups/1/code", "/groups/1/hours", "/groups/2/code", "/groups/2/hours"],
            refused.Fields.Select(f => f.Pointer));
    }

    [Fact] // what the sandbox's halls have
    public void The_sample_is_one_that_a_hall_could_set()
    {
        Assert.Null(new BookingSpec().Set(new SetSchedule(China.Day("2020-07-02"), ItemGroups.SampleSchedule)).Refused);
        Assert.Equal(Enum.GetValues<Department>(), ItemGroups.All.SelectMany(g => g.Departments).Order());
    }

    [Fact]
    public void A_closed_day_has_no_slots_and_its_appointments_go_to_the_next_day_with_room_who_booked_first_first()
    {
        var spec = new BookingSpec();
        var (first, second) = (spec.Confirmed("2020-07-02 09:00"), spec.Confirmed("2020-07-02 09:00", Company(1)));
        // The same hour of the next day has one place left, and whoever has that item then already comes on Monday.
        spec.Confirmed("2020-07-03 09:00", Company(2));
        var twice = spec.Confirmed("2020-07-02 10:00", Company(2));
        var close = new CloseHall(China.Day("2020-07-02"), "停电检修。");
        var moved = spec.Schedule.Rebooked(close, spec.Asking()).ToDictionary(r => r.Appointment.Id, r => r.Start);

        Assert.Equal(China.At("2020-07-03 09:00"), moved[first.Id]);
        Assert.Equal(China.At("2020-07-03 08:30"), moved[second.Id]);
        Assert.Equal(China.At("2020-07-06 10:00"), moved[twice.Id]);
        spec.Schedule = spec.Set(close).Facts.Aggregate(spec.Schedule, Schedule.Evolve);
        Assert.Empty(spec.Free("2020-07-02"));
        Assert.NotEmpty(spec.Free("2020-07-03"));
        spec.Schedule = spec.Set(new ReopenHall(close.Day)).Facts.Aggregate(spec.Schedule, Schedule.Evolve);
        Assert.NotEmpty(spec.Free("2020-07-02"));
    }

    [Fact]
    public void A_long_matter_moves_to_slots_one_after_the_other_and_to_none_where_there_are_none()
    {
        var spec = new BookingSpec();
        var longer = spec.Confirmed("2020-07-02 09:00", Company(1), Long);
        var close = new CloseHall(China.Day("2020-07-02"), "停电检修。");

        var kept = Assert.Single(spec.Schedule.Rebooked(close, spec.Asking()));
        Assert.Equal((China.At("2020-07-03 09:00"), longer.EndsAt - longer.StartsAt), (kept.Start!.Value, kept.End!.Value - kept.Start.Value));
        spec.Schedule = spec.Schedule with { Usual = [Market(until: "09:00")] };
        Assert.Null(Assert.Single(spec.Schedule.Rebooked(close, spec.Asking())).Start);
    }

    [Fact]
    public void What_the_hall_moved_and_nobody_comes_to_is_no_no_show()
    {
        var spec = new BookingSpec();
        foreach (var day in new[] { "2020-07-02", "2020-07-03", "2020-07-06" })
        {
            var moved = Appointment.Evolve(spec.Confirmed($"{day} 09:00"), new AppointmentMoved(spec.Now, Office, China.Day(day), "停电检修", China.At($"{day} 10:00"), China.At($"{day} 10:30")));
            Assert.True(moved.Moved);
            Assert.False(Appointment.Evolve(moved, new AppointmentRescheduled(spec.Now, Office, moved.StartsAt, moved.EndsAt)).Moved);
            spec.Keep(moved);
        }
        spec.Now = China.At("2020-07-07 08:00");

        Assert.NotNull(spec.Reserve("2020-07-08 09:00"));
    }

    [Fact]
    public void A_hall_is_closed_by_the_office_with_a_reason_on_a_day_on_which_it_would_be_open()
    {
        var spec = new BookingSpec();
        var close = new CloseHall(China.Day("2020-07-02"), "停电检修。");

        Assert.Equal(AppointmentRefusals.NotYourHall.Code, spec.Set(close, Customs).Refused?.Code);
        Assert.Equal(["/day", "/reason"], spec.Set(new CloseHall(China.Day("2020-07-04"), " ")).Refused!.Fields.Select(f => f.Pointer));
        Assert.Equal(["/day"], spec.Set(close with { Day = China.Day("2020-06-30") }).Refused!.Fields.Select(f => f.Pointer));
        Assert.Equal(AppointmentRefusals.NotClosed.Code, spec.Set(new ReopenHall(close.Day)).Refused?.Code);
        spec.Schedule = spec.Set(close).Facts.Aggregate(spec.Schedule, Schedule.Evolve);
        Assert.Empty(spec.Set(close).Facts);
        Assert.Single(spec.Set(close with { Reason = "台风。" }).Facts);
    }
}
