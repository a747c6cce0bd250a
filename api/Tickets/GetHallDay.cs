using System.ComponentModel;
using Marten;
using OneDoor.Clock;
using OneDoor.Halls;

namespace OneDoor.Tickets;

/// <summary>GET /v1/halls/{hall}/day: what became of a day's tickets, for supervisors.</summary>
public static class GetHallDay
{
    public const string Does = "Read a hall's day: who waits, was served or missed, and how long that took (大厅日报)";

    public static void MapHallDay(this IEndpointRouteBuilder halls) => halls.MapGet("/{hall}/day", Handle)
        .Needs(Scopes.CasesSupervise)
        .ReadsOne<HallDay>("getHallDay", Does, TicketExamples.Day)
        .WithDescription("Of the item groups that the supervisor's department handles: the service office's of all.");

    private static async Task<IResult> Handle(
        [Description("The hall's code.")] string hall, HttpContext http, Caller caller, IQuerySession session, Etags etags, TimeProvider time, CancellationToken ct,
        [Description("The day, YYYY-MM-DD in China Standard Time; today when left out.")] DateOnly? on = null) =>
        await session.DayOf(hall, on, caller.Actor, time.GetUtcNow(), ct) is { } found ? etags.Ok(http, Window.IdOf(hall, 0), 0, found) : HallRefusals.NotFound.ToProblem();

    /// <summary>A hall's day as a supervisor may read of it; null where there is no such hall, or they are of no department.</summary>
    public static async Task<HallDay?> DayOf(this IQuerySession session, string hall, DateOnly? on, Actor reader, DateTimeOffset now, CancellationToken ct)
    {
        if (HallDirectory.Zone.Find(hall) is null || reader.Department is not { } department)
            return null;
        var day = on ?? LegalClock.DayOf(now);
        var tickets = await session.Query<Ticket>().Where(t => t.Hall == hall && t.Day == day).ToListAsync(ct);
        return HallDay.Of(hall, day, department, [.. tickets.Select(t => t.At(now))]);
    }
}
