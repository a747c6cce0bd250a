using OneDoor.Appointments;
using OneDoor.Catalogue;
using OneDoor.Clock;
using Xunit;
using static OneDoor.Tickets.QueueSpec;

namespace OneDoor.Tickets;

/// <summary>Numbers, calls and turns in a hall (HALL-1, APPT-3).</summary>
public class TicketRules
{
    private readonly QueueSpec _hall = new();

    [Fact]
    public void HALL_1_numbers_have_the_letter_of_their_group_and_begin_anew_each_morning()
    {
        Assert.Equal(["A001", "B001", "A002"], [_hall.Take()!.Number, _hall.Take(Tax)!.Number, _hall.Take()!.Number]);

        _hall.Now = China.At("2020-07-02 09:00");

        Assert.Equal("A001", _hall.Take()!.Number);
        Assert.Equal(4, _hall.All.Count);
    }

    [Fact]
    public void HALL_1_after_999_numbers_have_four_digits()
    {
        for (var n = 0; n < 999; n++)
            _hall.Take();

        Assert.Equal("A1000", _hall.Take()!.Number);
    }

    [Fact]
    public void HALL_1_a_number_is_called_served_parked_and_returns_to_its_place_with_the_time_of_service_added_up()
    {
        _hall.Open(1, Market);
        var first = _hall.Take()!;
        _hall.Pass(1);
        var second = _hall.Take()!;
        Assert.Equal(first.Number, _hall.Next(1)!.Number);
        _hall.Do(first, new ServeTicket());
        _hall.Pass(5);
        _hall.Do(first, new ParkTicket());
        _hall.Pass(20);
        _hall.Do(first, new ReturnTicket());

        Assert.Equal([first.Number, second.Number], _hall.Queue.Waiting.Select(t => t.Number));
        _hall.Do(_hall.Next(1)!, new ServeTicket());
        _hall.Pass(2);
        Assert.Equal((TicketStatus.Done, 7 * 60), _hall.Do(first, new CompleteTicket()) is { } done ? (done.Status, done.ServedSeconds) : default);
    }

    [Fact]
    public void REV_1_whoever_a_window_has_served_rates_until_it_calls_the_next()
    {
        _hall.Open(1, Market);
        var served = _hall.Served(TimeSpan.FromMinutes(5));
        Assert.Equal(served.Id, _hall.Queue.JustServed(1, new Dictionary<int, Ticket> { [1] = served })?.Id);
        Assert.Null(_hall.Queue.JustServed(2, new Dictionary<int, Ticket> { [1] = served }));

        _hall.Take();
        var next = _hall.Next(1)!;
        Assert.Null(_hall.Queue.JustServed(1, new Dictionary<int, Ticket> { [1] = served }));
        Assert.Null(_hall.Queue.JustServed(1, new Dictionary<int, Ticket> { [1] = _hall.Do(next, new MissTicket())! }));
    }

    [Fact]
    public void REV_1_whoever_was_sent_on_rates_at_the_window_that_served_them_until_it_calls_the_next()
    {
        _hall.Open(1, Market);
        _hall.Open(2, Market);
        var sent = _hall.Take()!;
        _hall.Next(1);
        _hall.Do(sent, new TransferTicket(Window: 2));
        _hall.Do(_hall.Next(2)!, new ServeTicket());
        sent = _hall.Do(sent, new CompleteTicket())!;
        var called = new Dictionary<int, Ticket> { [1] = sent, [2] = sent };
        Assert.Equal((null, sent.Id), (_hall.Queue.JustServed(1, called)?.Id, _hall.Queue.JustServed(2, called)?.Id));

        called[2] = _hall.Served(TimeSpan.FromMinutes(5), 2);
        Assert.Equal((null, called[2].Id), (_hall.Queue.JustServed(1, called)?.Id, _hall.Queue.JustServed(2, called)?.Id));
        _hall.Take();
        called[2] = _hall.Do(_hall.Next(2)!, new MissTicket())!;
        Assert.Equal((null, null), (_hall.Queue.JustServed(1, called), _hall.Queue.JustServed(2, called)));
    }

    [Fact]
    public void HALL_1_whoever_missed_the_call_keeps_the_number_and_waits_behind_the_others()
    {
        _hall.Open(1, Market);
        var absent = _hall.Take()!;
        _hall.Pass(1);
        var other = _hall.Take()!;
        _hall.Do(_hall.Next(1)!, new MissTicket());
        _hall.Pass(5);

        Assert.Null(_hall.Do(absent, new ReturnTicket())!.EndedAt);

        Assert.Equal([other.Number, absent.Number], _hall.Queue.Waiting.Select(t => t.Number));
    }

    [Fact]
    public void HALL_1_a_ticket_is_called_again_three_times_and_anew_by_the_next_window()
    {
        _hall.Open(1, Market);
        _hall.Take();
        var called = _hall.Next(1)!;
        for (var n = 1; n <= 3; n++)
            Assert.Equal(n, _hall.Do(called, new RecallTicket())!.Recalls);
        _hall.Do(called, new RecallTicket());
        _hall.ThenRefused(TicketRefusals.RecalledEnough);

        _hall.Do(called, new MissTicket());
        _hall.Do(called, new ReturnTicket());
        Assert.Equal(0, _hall.Next(1)!.Recalls);
    }

    [Fact]
    public void HALL_1_a_transferred_ticket_keeps_number_and_turn_and_waits_for_that_window_alone()
    {
        _hall.Open(1, Market);
        _hall.Open(2, Tax);
        _hall.Open(3, Tax);
        var first = _hall.Take()!;
        _hall.Pass(1);
        _hall.Take(Tax);
        _hall.Next(1);

        var sent = _hall.Do(first, new TransferTicket(Tax, 3))!;

        Assert.Equal(("A001", Tax, 3, first.Turn), (sent.Number, sent.GroupCode, sent.Window, sent.Turn));
        Assert.Equal("B001", _hall.Next(2)!.Number);
        Assert.Equal("A001", _hall.Next(3)!.Number);
    }

    [Fact]
    public void HALL_1_a_transferred_ticket_waits_behind_the_others_where_the_policy_says_so()
    {
        _hall.Policy = QueuePolicy.Zone with { TransferKeepsTurn = false };
        _hall.Open(1, Market);
        _hall.Open(2, Tax);
        var first = _hall.Take()!;
        _hall.Take(Tax);
        _hall.Next(1);
        _hall.Pass(1);

        Assert.Equal(new Turn(_hall.Now, null, TurnGround.Transferred, 0), _hall.Do(first, new TransferTicket(Tax))!.Turn);
        Assert.Equal("B001", _hall.Next(2)!.Number);
    }

    [Fact] // nobody waits for a window at which nobody serves
    public void HALL_1_whoever_was_sent_to_a_window_that_closes_is_called_by_the_others_of_the_group()
    {
        _hall.Open(1, Market);
        _hall.Open(2, Tax);
        _hall.Open(3, Tax);
        var sent = _hall.Take()!;
        _hall.Next(1);
        _hall.Do(sent, new TransferTicket(Tax, 3));
        Assert.Null(_hall.Next(2));

        _hall.AtWindow(3, new CloseWindow());

        Assert.Equal(sent.Number, _hall.Next(2)!.Number);
    }

    [Fact]
    public void A_window_that_is_open_is_taken_over_by_no_department_whose_matters_it_does_not_serve()
    {
        _hall.Open(1, Market);

        _hall.AtWindow(1, new OpenWindow([Tax]), TaxClerk);
        _hall.ThenRefused(TicketRefusals.NotYourHall);

        _hall.AtWindow(1, new CloseWindow());
        Assert.Equal([Tax], _hall.AtWindow(1, new OpenWindow([Tax]), TaxClerk)!.Groups);
    }

    [Fact]
    public void APPT_3_who_has_priority_waits_as_if_they_had_come_earlier_and_overtakes_nobody_who_has_waited_longer()
    {
        var longest = _hall.Take()!;
        _hall.Pass(31);
        var shorter = _hall.Take()!;
        _hall.Pass(1);
        var aged = _hall.Take(priority: "aged")!;

        Assert.Equal([longest.Number, aged.Number, shorter.Number], _hall.Queue.Waiting.Select(t => t.Number));
        Assert.Equal(new Turn(_hall.Now.AddMinutes(-30), null, TurnGround.Priority, 30), aged.Turn);
    }

    [Fact]
    public void APPT_1_an_appointment_has_its_turn_at_its_time_and_before_that_only_where_nobody_else_waits()
    {
        _hall.Open(1, Market);
        var early = _hall.CheckIn("2020-07-01 09:30")!;
        Assert.Equal(early.Number, _hall.Queue.Waiting[0].Number);
        _hall.Pass(10);
        var walkIn = _hall.Take()!;
        Assert.Equal([walkIn.Number, early.Number], _hall.Queue.Waiting.Select(t => t.Number));

        _hall.Pass(20);

        Assert.Equal([early.Number, walkIn.Number], _hall.Queue.Waiting.Select(t => t.Number));
        Assert.Equal((TurnGround.Appointment, "person:2", "ITEM"), (early.Turn.Ground, early.ApplicantKey, early.Item));
    }

    [Theory]
    [InlineData("2020-07-01 08:20", "2020-07-01 08:30")]
    [InlineData("2020-07-01 12:30", "2020-07-01 13:00")]
    public void APPT_1_a_phone_checks_in_while_the_hall_is_open_and_who_stands_at_a_kiosk_before(string now, string start)
    {
        _hall.Now = China.At(now);
        _hall.CheckIn(start, by: new Actor("mobile", "p_2", Applicant: "person:2"));
        _hall.ThenRefused(TicketRefusals.HallClosed);

        _hall.Do(_hall.CheckIn(start)!, new CancelTicket());
        _hall.Now = China.At(start);
        Assert.NotNull(_hall.CheckIn(start, by: new Actor("mobile", "p_2", Applicant: "person:2")));
    }

    [Fact]
    public void APPT_1_a_phone_checks_in_for_what_the_hall_offers_outside_its_hours_once_it_begins()
    {
        var phone = new Actor("mobile", "p_2", Applicant: "person:2");
        _hall.Now = China.At("2020-07-01 17:59");
        _hall.CheckIn("2020-07-01 18:00", by: phone);
        _hall.ThenRefused(TicketRefusals.HallClosed);

        _hall.Pass(1);

        Assert.Equal(TurnGround.Appointment, _hall.CheckIn("2020-07-01 18:00", by: phone)!.Turn.Ground);
        _hall.Take(by: phone);
        _hall.ThenRefused(TicketRefusals.HallClosed);
    }

    [Fact]
    public void APPT_1_whoever_comes_too_late_for_an_appointment_waits_like_one_without()
    {
        _hall.Now = China.At("2020-07-01 09:14");
        var inTime = _hall.CheckIn("2020-07-01 09:00")!;
        _hall.Pass(1);
        var late = _hall.CheckIn("2020-07-01 09:00")!;

        Assert.Equal((TurnGround.Appointment, TurnGround.Late, _hall.Now), (inTime.Turn.Ground, late.Turn.Ground, late.Turn.At));
        // And with priority like one with it (APPT-3).
        Assert.Equal(_hall.Take(priority: "disabled")!.Turn, _hall.CheckIn("2020-07-01 09:00", "disabled")!.Turn);
    }

    [Fact]
    public void APPT_2_whoever_checked_in_and_did_not_come_to_the_window_has_missed_the_appointment_until_they_are_there()
    {
        _hall.Open(1, Market);
        var booked = _hall.CheckIn("2020-07-01 09:00")!;
        var walkIn = _hall.Take()!;
        Assert.Null(AtMidnight(booked));
        var called = _hall.Next(1)!;
        Assert.IsType<AppointmentMissed>(AtMidnight(called));
        Assert.IsType<AppointmentMissed>(AtMidnight(called with { Status = TicketStatus.Parked }));
        var missed = _hall.Do(booked, new MissTicket())!;
        Assert.IsType<AppointmentMissed>(booked.OfAppointment(_hall.Facts[^1]));
        _hall.Do(booked, new ReturnTicket());

        Assert.Equal(new AppointmentTicket(booked.Id, booked.Number), Assert.IsType<AppointmentCheckedIn>(missed.OfAppointment(_hall.Facts[^1])).Ticket);
        _hall.Do(walkIn, new CancelTicket());
        Assert.IsType<AppointmentCancelled>(booked.OfAppointment(_hall.Facts[^1]));
    }

    [Fact]
    public void APPT_2_whoever_was_served_has_not_missed_the_appointment_whatever_becomes_of_their_number()
    {
        _hall.Open(1, Market);
        _hall.Open(2, Market);
        _hall.CheckIn("2020-07-01 09:00");
        var there = _hall.Do(_hall.Next(1)!, new ServeTicket())!;
        Assert.Equal(Office, Assert.IsType<AppointmentServed>(AtMidnight(there)).By);
        var parked = _hall.Do(there, new ParkTicket())!;
        Assert.Equal(Office, Assert.IsType<AppointmentServed>(AtMidnight(parked)).By);

        _hall.Do(parked, new ReturnTicket());
        var called = _hall.Next(2)!;
        Assert.IsType<AppointmentServed>(AtMidnight(called));
        _hall.Do(called, new MissTicket());
        Assert.IsType<AppointmentServed>(called.OfAppointment(_hall.Facts[^1]));
    }

    private static AppointmentFact? AtMidnight(Ticket ticket) => ticket.OfAppointment(Assert.Single(ticket.Lapse(China.At("2020-07-02 00:00"))));

    [Fact]
    public void A_ticket_ends_with_its_day_wherever_it_stands()
    {
        _hall.Open(1, Market);
        _hall.Open(2, Market);
        var (serving, called, waiting) = (_hall.Take()!, _hall.Take()!, _hall.Take()!);
        _hall.Do(_hall.Next(1)!, new ServeTicket());
        _hall.Next(2);

        _hall.Now = China.At("2020-07-02 00:00");

        Assert.Equal([TicketStatus.Done, TicketStatus.Missed, TicketStatus.Cancelled], new[] { serving, called, waiting }.Select(t => _hall.All.Single(a => a.Id == t.Id).At(_hall.Now).Status));
        Assert.All(_hall.All, t => Assert.Null(t.At(_hall.Now).MeasuredAt));
        Assert.Empty(_hall.Queue.Windows);
        _hall.Do(called, new ReturnTicket());
        _hall.ThenRefused(TicketRefusals.NotInThisState);
    }

    [Fact]
    public void SIGHT_1_a_ticket_says_nothing_of_a_confidential_item()
    {
        _hall.Item = Cases.Samples.Plain with { Confidential = true };

        Assert.Null(_hall.Take(null, item: _hall.Item.Code)!.Item);
    }

    [Fact]
    public void APPT_3_every_item_of_the_catalogue_has_its_number_in_every_hall()
    {
        Assert.All(CatalogueData.Zone().Where(i => !i.IsEnded(LegalClock.DayOf(_hall.Now))), item =>
        {
            _hall.Item = item;
            Assert.NotNull(_hall.Take(null, item: item.Code));
        });
        Assert.All(HallDirectory.Zone.All, hall => Assert.True(QueuePolicy.Zone.Windows[hall.Code] > 0));
    }

    [Fact]
    public void A_ticket_is_there_for_its_holder_its_code_and_whose_matter_it_is()
    {
        var mine = _hall.Take(Tax, new Actor("mobile", "p_1", Applicant: "person:1"))!;

        Assert.All([new("app", "p_1"), new("other", "p_2", Applicant: "person:1"), new("", "") { CodeDigest = "digest" }, Office, TaxClerk], viewer => Assert.NotNull(mine.SeenBy(viewer, _hall.Now)));
        Assert.All<Actor>([new("mobile", "p_2", Applicant: "person:2"), new("", ""), new("", "") { CodeDigest = "other" }, Kiosk, new("fire", "fire", Department.Fire)], viewer => Assert.Null(mine.SeenBy(viewer, _hall.Now)));
    }
}
