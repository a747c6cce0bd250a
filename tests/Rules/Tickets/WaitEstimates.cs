using Xunit;
using static OneDoor.Tickets.QueueSpec;

namespace OneDoor.Tickets;

/// <summary>How many are ahead, and how long that takes (HALL-2).</summary>
public class WaitEstimates
{
    private readonly QueueSpec _hall = new();

    [Fact]
    public void HALL_2_nobody_knows_how_long_it_takes_where_nothing_was_measured_or_nobody_serves()
    {
        _hall.Open(1, Market);
        var first = _hall.Take()!;
        Assert.Null(_hall.Queue.WaitOf(first));
        _hall.Do(_hall.Next(1)!, new MissTicket());
        _hall.Served(TimeSpan.FromMinutes(6));
        var waiting = _hall.Take()!;
        Assert.NotNull(_hall.Queue.WaitOf(waiting));

        _hall.AtWindow(1, new CloseWindow());

        Assert.Null(_hall.Queue.WaitOf(waiting));
        Assert.Null(_hall.Queue.WaitOf(Market));
        Assert.Equal(0, _hall.Queue.Ahead(waiting));
    }

    [Fact]
    public void HALL_2_a_range_lies_between_the_quicker_and_the_slower_of_the_last_services()
    {
        _hall.Open(1, Market);
        foreach (var minutes in new[] { 4, 6, 8, 10, 20 })
            _hall.Served(TimeSpan.FromMinutes(minutes));
        var since = _hall.All.Min(t => t.MeasuredAt)!.Value;
        _hall.Take();
        _hall.Take();
        var last = _hall.Take()!;

        Assert.Equal(new EstimatedWait(2 * 6, 3 * 10, 5, 1, since), _hall.Queue.WaitOf(last));
        _hall.Open(2, Market);
        Assert.Equal(new EstimatedWait(2 * 6 / 2, 3 * 10 / 2, 5, 2, since), _hall.Queue.WaitOf(last));
        Assert.Equal(new EstimatedWait(3 * 6 / 2, 4 * 10 / 2, 5, 2, since), _hall.Queue.WaitOf(Market));
    }

    [Fact]
    public void HALL_2_only_the_last_twenty_are_measured_and_an_interruption_is_none_of_it()
    {
        _hall.Open(1, Market);
        _hall.Served(TimeSpan.FromHours(1));
        for (var n = 0; n < 20; n++)
            _hall.Served(TimeSpan.FromMinutes(1));
        var since = _hall.Now.AddMinutes(-19).ToUniversalTime();

        var next = _hall.Take()!;
        Assert.Equal(new EstimatedWait(0, 1, 20, 1, since), _hall.Queue.WaitOf(next));
    }

    [Fact]
    public void Whoever_a_shared_window_calls_first_is_ahead_whatever_their_group()
    {
        _hall.Take();
        _hall.Take(Tax);
        _hall.Pass(1);
        var last = _hall.Take()!;
        Assert.Equal(1, _hall.Queue.Ahead(last));

        _hall.Open(1, Market, Tax);

        Assert.Equal(2, _hall.Queue.Ahead(last));
        var called = _hall.Next(1)!;
        Assert.Null(_hall.Queue.Ahead(called));
    }

    [Fact]
    public void HALL_2_minutes_served_in_the_first_group_are_none_of_the_last_ones()
    {
        _hall.Open(1, Market);
        _hall.Open(2, Tax);
        var sent = _hall.Take()!;
        _hall.Do(_hall.Next(1)!, new ServeTicket());
        _hall.Pass(20);
        _hall.Do(sent, new TransferTicket(Tax));
        _hall.Do(_hall.Next(2)!, new ServeTicket());
        _hall.Pass(3);
        var done = _hall.Do(sent, new CompleteTicket())!;

        Assert.Equal((23 * 60, 3 * 60), (done.ServedSeconds, done.MeasuredSeconds));
        Assert.Equal(new EstimatedWait(0, 3, 1, 1, done.MeasuredAt!.Value), _hall.Queue.WaitOf(Tax));
        Assert.Null(_hall.Queue.WaitOf(Market));
        Assert.Equal(3 * 60, HallDay.Of(Hall, done.Day, Department.ServiceOffice, [done]).Groups.Single(g => g.Group == Tax).MeanServiceSeconds);
    }

    [Fact]
    public void HALL_2_a_ticket_sent_on_and_not_served_there_measures_nothing()
    {
        _hall.Open(1, Market);
        var sent = _hall.Take()!;
        _hall.Do(_hall.Next(1)!, new ServeTicket());
        _hall.Pass(20);

        Assert.Null((_hall.Do(sent, new TransferTicket(Tax))! with { Status = TicketStatus.Done, EndedAt = _hall.Now }).MeasuredAt);
    }

    [Fact]
    public void HALL_2_an_appointment_whose_time_comes_during_the_wait_is_waited_for_and_a_later_one_is_not()
    {
        _hall.Open(1, Market);
        _hall.Served(TimeSpan.FromMinutes(10));
        // It is ten past nine: two who wait are served by half past nine, and so the appointment of then comes between.
        var (first, second, third) = (_hall.Take()!, _hall.Take()!, _hall.Take()!);
        var until = _hall.Queue.WaitOf(third)!.Until;
        var due = _hall.CheckIn("2020-07-01 09:30")!;

        Assert.Equal((30, 20), (until, _hall.Queue.Ahead(third) * 10));
        Assert.Equal((30, 40), (_hall.Queue.WaitOf(third)!.From, _hall.Queue.WaitOf(third)!.Until));
        Assert.Equal((10, 30), (_hall.Queue.WaitOf(second)!.From, _hall.Queue.WaitOf(second)!.Until));
        Assert.Equal((0, 10), (_hall.Queue.WaitOf(first)!.From, _hall.Queue.WaitOf(first)!.Until));
        _hall.Do(due, new CancelTicket());
        _hall.Pass(1);
        Assert.Equal(30, _hall.Queue.WaitOf(third)!.Until);
    }

    [Fact]
    public void HALL_2_whoever_came_early_for_an_appointment_waits_for_its_time_where_others_do()
    {
        _hall.Open(1, Market);
        _hall.Served(TimeSpan.FromMinutes(10));
        var early = _hall.CheckIn("2020-07-01 09:40")!;
        Assert.Equal((0, 40), (_hall.Queue.WaitOf(early)!.From, _hall.Queue.WaitOf(early)!.Until));
        // At forty past nine it is called before them, whoever comes meanwhile.
        for (var n = 0; n < 5; n++)
            _hall.Take();

        Assert.Equal((5, 30, 40), (_hall.Queue.Ahead(early), _hall.Queue.WaitOf(early)!.From, _hall.Queue.WaitOf(early)!.Until));
    }

    [Fact]
    public void HALL_2_whoever_came_early_waits_for_the_others_of_the_same_time_as_well()
    {
        _hall.Open(1, Market);
        _hall.Served(TimeSpan.FromMinutes(10));
        // It is ten past nine: where nobody else comes they are called at once, and otherwise from forty past nine on, after whoever is being served then.
        Ticket[] early = [.. Enumerable.Range(0, 3).Select(_ => _hall.CheckIn("2020-07-01 09:40")!)];

        Assert.Equal([(0, 40), (10, 50), (20, 60)], early.Select(t => _hall.Queue.WaitOf(t)!).Select(w => (w.From, w.Until)));
        // Six at two windows are served as three are at one.
        _hall.Open(2, Market);
        for (var n = 0; n < 3; n++)
            _hall.CheckIn("2020-07-01 09:40");
        Assert.Equal((25, 60), _hall.Queue.WaitOf(_hall.Queue.Waiting[^1]) is { } last ? (last.From, last.Until) : default);
    }

    [Fact]
    public void HALL_2_what_waits_before_appointments_that_are_early_is_served_before_them()
    {
        _hall.Open(1, Market);
        _hall.Served(TimeSpan.FromMinutes(10));
        for (var n = 0; n < 8; n++)
            _hall.Take();
        // It is ten past nine: eight are served until half past ten, then the one before it.
        _hall.CheckIn("2020-07-01 10:20");
        var last = _hall.CheckIn("2020-07-01 10:20")!;

        Assert.Equal((90, 100), (_hall.Queue.WaitOf(last)!.From, _hall.Queue.WaitOf(last)!.Until));
    }
}
