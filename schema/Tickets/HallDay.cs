using OneDoor.Appointments;

namespace OneDoor.Tickets;

/// <summary>A hall's day in figures (大厅日报).</summary>
/// <param name="Hall">Code of the hall (大厅).</param>
/// <param name="Day">The day, China Standard Time.</param>
/// <param name="Groups">Of each item group (业务组) that the reader's department handles.</param>
public sealed record HallDay(string Hall, DateOnly Day, IReadOnlyList<GroupDay> Groups)
{
    /// <summary>The day of a hall for whoever reads of it.</summary>
    /// <param name="hall">The hall's code.</param>
    /// <param name="day">The day.</param>
    /// <param name="reader">Their department.</param>
    /// <param name="tickets">All of the hall and the day, as they stand now.</param>
    public static HallDay Of(string hall, DateOnly day, Department reader, IReadOnlyList<Ticket> tickets) => new(
        hall, day, [.. ItemGroups.All.Where(g => Ticket.HandlesGroup(reader, g.Code)).Select(g => GroupDay.Of(g.Code, [.. tickets.Where(t => t.GroupCode == g.Code)]))]);
}

/// <summary>What became of the tickets that waited for an item group last.</summary>
/// <param name="Group">Code of the item group.</param>
/// <param name="Taken">How many there were.</param>
/// <param name="Waiting">How many wait, parked ones included.</param>
/// <param name="AtWindow">How many are called or served.</param>
/// <param name="Served">How many were served.</param>
/// <param name="Missed">How many were called, and nobody came.</param>
/// <param name="Cancelled">How many were given up, or ended with the day while they waited or were parked.</param>
/// <param name="MeanWaitSeconds">How long those who were called had waited on average, from an appointment's time where they had one; null where nobody was called.</param>
/// <param name="MeanServiceSeconds">How long a service in the group took on average; null where none was measured.</param>
public sealed record GroupDay(string Group, int Taken, int Waiting, int AtWindow, int Served, int Missed, int Cancelled, int? MeanWaitSeconds, int? MeanServiceSeconds)
{
    internal static GroupDay Of(string group, IReadOnlyList<Ticket> tickets)
    {
        int Count(params TicketStatus[] statuses) => tickets.Count(t => statuses.Contains(t.Status));
        return new GroupDay(
            group, tickets.Count, Count(TicketStatus.Waiting, TicketStatus.Parked), Count(TicketStatus.Called, TicketStatus.Serving), Count(TicketStatus.Done), Count(TicketStatus.Missed),
            Count(TicketStatus.Cancelled), Mean(tickets.Select(t => t.WaitedSeconds).OfType<int>()), Mean(tickets.Where(t => t.MeasuredAt is not null).Select(t => t.MeasuredSeconds)));
    }

    private static int? Mean(IEnumerable<int> seconds) => seconds.ToArray() is { Length: > 0 } some ? (int)Math.Round(some.Average()) : null;
}
