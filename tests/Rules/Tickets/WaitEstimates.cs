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
        _hall.Take();
        _hall.Take();
        var last = _hall.Take()!;

        Assert.Equal(new EstimatedWait(2 * 6, 3 * 10, 5, 1), _hall.Queue.WaitOf(last));
        _hall.Open(2, Market);
        Assert.Equal(new EstimatedWait(2 * 6 / 2, 3 * 10 / 2, 5, 2), _hall.Queue.WaitOf(last));
        Assert.Equal(new EstimatedWait(3 * 6 / 2, 4 * 10 / 2, 5, 2), _hall.Queue.WaitOf(Market));
    }

    [Fact]
    public void HALL_2_only_the_last_twenty_are_measured_and_an_interruption_is_none_of_it()
    {
        _hall.Open(1, Market);
        _hall.Served(TimeSpan.FromHours(1));
        for (var n = 0; n < 20; n++)
            _hall.Served(TimeSpan.FromMinutes(1));

        var next = _hall.Take()!;
        Assert.Equal(new EstimatedWait(0, 1, 20, 1), _hall.Queue.WaitOf(next));
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
}
