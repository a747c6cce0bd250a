namespace OneDoor.Tickets;

/// <summary>GET /v1/tickets/{id}, by token or by code, now or as of a past instant, and its history.</summary>
public static class TicketReading
{
    public static readonly Reading<Ticket, TicketFact, TicketView, TicketEvent> One = new("ticket", "a ticket", "号票", "ticket", "/v1/tickets", TicketRefusals.NotFound, Scopes.TicketsTake, Scopes.QueueOperate)
    {
        View = async (ticket, to) => TicketView.Of(ticket, to.AsOf is not null || ticket.DueAt is null ? null : await to.Session.QueueOf(ticket.Hall, to.Now, to.Cancelled)),
        Event = (fact, i, _) => TicketEvent.Of(fact, i),
        Key = view => $"{view.Id}",
        Code = TicketOperations.Opened,
        Shows = (TicketExamples.Waiting, TicketExamples.History),
    };
}
