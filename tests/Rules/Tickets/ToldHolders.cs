using Xunit;

namespace OneDoor.Tickets;

/// <summary>REV-1: whoever was served is invited to say how that was.</summary>
public class ToldHolders
{
    [Fact]
    public void Whoever_was_served_is_told_that_they_can_rate_it_where_they_are_known_and_of_nothing_else()
    {
        var queue = new QueueSpec();
        queue.Do(null, new TakeTicket(Group: QueueSpec.Market), new Actor("mobile", "p_1", Applicant: "person:1"));
        var waits = queue.All.Single();
        var ticket = waits with { Status = TicketStatus.Done, ServedBy = QueueSpec.Office };

        Assert.All(new TicketFact[] { new TicketCompleted(queue.Now, QueueSpec.Office), new TicketLapsed(queue.Now) }, over =>
        {
            Assert.Equal([new Way.AsApplicant("person:1")], TicketNotifications.Of(ticket, over)!.To);
            Assert.Null(TicketNotifications.Of(ticket with { ApplicantKey = null }, over));
            Assert.Null(TicketNotifications.Of(waits with { Status = TicketStatus.Cancelled }, over));
        });
        Assert.Null(TicketNotifications.Of(ticket, new TicketMissed(queue.Now, QueueSpec.Office)));
    }
}
