using System.ComponentModel;

namespace OneDoor.Tickets;

/// <summary>POST /v1/halls/{hall}/tickets (HALL-1, APPT-3).</summary>
public static class TakeTicketEndpoint
{
    public static void MapTakeTicket(this IEndpointRouteBuilder halls) => halls.MapPost("/{hall}/tickets", async (
            [Description("The hall's code.")] string hall, TakeTicket request, TicketChanges changes, CancellationToken ct) => (await changes.Take(hall, request, ct)).ToResult())
        .Needs(Scopes.TicketsTake, Scopes.QueueOperate)
        .Does<TicketView>("takeTicket", "Take a number (取号)", TicketExamples.Request, TicketExamples.Taken, StatusCodes.Status201Created)
        .WithDescription("In every hall for every item, without an appointment. By a kiosk in its own hall, by whoever is signed in for themselves, or handed out by staff. The answer has the code that opens it.")
        .Refuses(404);
}
