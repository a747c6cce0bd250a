namespace OneDoor.Tickets;

/// <summary>Of which facts of a ticket its holder is told, and in which words.</summary>
public static class TicketNotifications
{
    /// <summary>What the holder is told of a fact: that they can say how they were served (REV-1); null where nobody knows who they are.</summary>
    /// <param name="ticket">The ticket, the fact included.</param>
    /// <param name="fact">What has happened.</param>
    public static Notification? Of(Ticket ticket, TicketFact fact) => fact is TicketCompleted or TicketLapsed && ticket is { Status: TicketStatus.Done, ServedBy: not null, ApplicantKey: { } holder }
        ? new(
            [new Way.AsApplicant(holder)], new("请您评价", "How were you served?"),
            new($"号票{ticket.Number}已办结，可以评价本次大厅服务。", $"Ticket {ticket.Number} is done. You can rate how you were served."))
        : null;
}
