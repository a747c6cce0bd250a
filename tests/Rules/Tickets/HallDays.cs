using OneDoor.Clock;
using Xunit;
using static OneDoor.Tickets.QueueSpec;

namespace OneDoor.Tickets;

/// <summary>A hall's day in figures, for supervisors (HALL-1).</summary>
public class HallDays
{
    [Fact]
    public void Everybody_is_counted_once_and_an_appointment_waits_from_its_time_on()
    {
        var hall = new QueueSpec();
        hall.Open(1, Market);
        hall.CheckIn("2020-07-01 09:10");
        hall.Pass(20);
        hall.Do(hall.Next(1)!, new MissTicket());
        hall.Served(TimeSpan.FromMinutes(6));
        hall.Do(hall.Take(), new CancelTicket(), Kiosk);
        hall.Take();
        hall.Take(Tax);

        var day = HallDay.Of(QueueSpec.Hall, LegalClock.DayOf(hall.Now), Department.ServiceOffice, [.. hall.All]);

        Assert.Equal(new GroupDay(Market, 4, 1, 0, 1, 1, 1, (10 + 0) * 60 / 2, 360), day.Groups[0]);
        Assert.Equal(new GroupDay(Tax, 1, 1, 0, 0, 0, 0, null, null), day.Groups[1]);
        Assert.Equal([Tax], HallDay.Of(QueueSpec.Hall, day.Day, Department.Tax, [.. hall.All]).Groups.Select(g => g.Group));
    }

    [Fact]
    public void Whoever_was_called_at_their_time_has_not_waited_whatever_turn_they_wait_by_since()
    {
        var hall = new QueueSpec();
        hall.Open(1, Market);
        hall.CheckIn("2020-07-01 09:10");
        hall.Pass(12);
        var absent = hall.Do(hall.Next(1)!, new MissTicket())!;
        hall.Pass(10);
        hall.Do(absent, new ReturnTicket());
        hall.Next(1);

        Assert.Equal(2 * 60, HallDay.Of(QueueSpec.Hall, LegalClock.DayOf(hall.Now), Department.ServiceOffice, [.. hall.All]).Groups[0].MeanWaitSeconds);
    }
}
