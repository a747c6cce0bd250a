using System.ComponentModel;
using OneDoor.Clock;

namespace OneDoor.Tickets;

/// <summary>Opens and closes windows.</summary>
public sealed class WindowChanges(ChangeTools tools, LegalClock clock) : Changes<Window, WindowFact, WindowCommand>(tools, OperateWindow.Resource)
{
    private HallQueue? _queue;

    /// <summary>Opens or closes a window, whatever it was before.</summary>
    public Task<Outcome> Change(string hall, int number, WindowCommand command, CancellationToken ct) => Once(
        command,
        async () =>
        {
            if (!Window.Exists(hall, number, QueuePolicy.Zone))
                return NotFound;
            // Nobody calls at it meanwhile.
            _queue = await Tools.QueueAlone(hall, ct);
            return await AppendInTurn(Window.IdOf(hall, number), command, Window.Closed(hall, number), ct);
        },
        Window.IdOf(hall, number),
        ct);

    protected override object View(Window seen, int version, string language) => WindowView.Of(seen with { Version = version }, Tools.Now);

    protected override Task<Decision<WindowFact>> Decide(Window? before, WindowCommand command, CancellationToken ct) => Task.FromResult(
        Window.Decide(before!, command, new WindowAsking(Tools.Caller.Actor, clock, Tools.Now) { IsBusy = _queue!.At(before!.Number) is not null }));
}

/// <summary>POST /v1/halls/{hall}/windows/{n}/opening, /closing and /next (HALL-1).</summary>
public static class OperateWindow
{
    public static readonly Resource Resource = new("window", "/v1/halls", TicketRefusals.WindowNotFound);

    private const string WhichHall = "The hall's code.", WhichWindow = "The window's number.";

    public static void MapWindows(this IEndpointRouteBuilder halls)
    {
        halls.MapPost("/{hall}/windows/{n:int}/opening", async (
                [Description(WhichHall)] string hall, [Description(WhichWindow)] int n, OpenWindow request, WindowChanges changes, CancellationToken ct) =>
                (await changes.Change(hall, n, request, ct)).ToResult())
            .Needs(Scopes.QueueOperate)
            .Does<WindowView>("openWindow", "Open a window for item groups (开窗)", TicketExamples.Opening, TicketExamples.Open)
            .Refuses(404)
            .WithDescription("A department for the groups of its items, the service office for all. It closes by itself when the day ends.");
        halls.MapPost("/{hall}/windows/{n:int}/closing", async (
                [Description(WhichHall)] string hall, [Description(WhichWindow)] int n, WindowChanges changes, CancellationToken ct) =>
                (await changes.Change(hall, n, new CloseWindow(), ct)).ToResult())
            .Needs(Scopes.QueueOperate)
            .Does<WindowView>("closeWindow", "Close a window (关窗)", request: null, TicketExamples.Closed)
            .Refuses(404)
            .TakesNothing()
            .WithDescription("Not while it has a ticket.");
        halls.MapPost("/{hall}/windows/{n:int}/next", async (
                [Description(WhichHall)] string hall, [Description(WhichWindow)] int n, TicketChanges changes, CancellationToken ct) =>
                await changes.CallNext(hall, n, ct) is { } outcome ? outcome.ToResult() : TypedResults.NoContent())
            .Needs(Scopes.QueueOperate)
            .Does<TicketView>("callNext", "Call whoever is next at a window (叫号)", request: null, TicketExamples.Called)
            .Produces(StatusCodes.Status204NoContent)
            .Refuses(404)
            .TakesNothing()
            .WithDescription("204 when nobody waits for it. However many windows call at once, each is given another ticket.");
    }
}
