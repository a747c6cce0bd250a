using System.ComponentModel;
using OneDoor.Clock;
using OneDoor.Halls;
using OneDoor.Platform;

namespace OneDoor.Tickets;

/// <summary>GET /v1/halls/{hall}/board, once or as it changes, and the page /board/{hall} that shows it (HALL-2).</summary>
public static class GetBoard
{
    private const string Stream = "text/event-stream";

    public static void MapBoard(this IEndpointRouteBuilder halls) => halls.MapGet("/{hall}/board", Handle)
        .AllowAnonymous()
        .ReadsOne<BoardView>("getBoard", "Read a hall's big screen (大屏): calls, who waits and how long", TicketExamples.Board)
        .WithDescription("With Accept: text/event-stream an event `board` with the whole board now and whenever it changes, and an event `alive` in between: whoever hears neither for a minute is cut off.");

    /// <summary>The page shows any hall's board by its own script, and asks nobody but this server.</summary>
    public static void MapBoardPage(this WebApplication app)
    {
        var files = Pages.Folder("Board");
        foreach (var hall in HallDirectory.Zone.All)
            Pages.Serve(app, $"/board/{hall.Code}", files, "board.html", Pages.OwnPolicy);
        foreach (var file in new[] { "board.css", "board.js" })
            Pages.Serve(app, $"/board/{file}", files, file, Pages.OwnPolicy);
    }

    private static async Task<IResult> Handle(
        [Description("The hall's code.")] string hall, HttpContext http, Boards boards, Etags etags, IHostApplicationLifetime lifetime, CancellationToken ct)
    {
        if (HallDirectory.Zone.Find(hall) is not { } found)
            return HallRefusals.NotFound.ToProblem();
        if (!http.Request.Accepts(Stream))
            return etags.OkForAll(http, await boards.Read(found, ct));
        using var place = boards.Take(CountedCaller.Of(http).Subject);
        if (place is null)
            return HallRefusals.TooManyScreens.ToProblem();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(ct, lifetime.ApplicationStopping);
        await Send(http, boards, found, ending.Token);
        return Results.Empty;
    }

    private static async Task Send(HttpContext http, Boards boards, Hall hall, CancellationToken ct)
    {
        http.Response.ContentType = $"{Stream}; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        // A proxy that gathers what is sent would keep the screen waiting.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        var changes = boards.Listen(hall, out var ending);
        using (ending)
        {
            try
            {
                await foreach (var board in changes.ReadAllAsync(ct))
                {
                    await http.Response.BodyWriter.WriteAsync(board is null ? "event: alive\ndata:\n\n"u8.ToArray() : [.. "event: board\ndata: "u8, .. board, .. "\n\n"u8], ct);
                    await http.Response.BodyWriter.FlushAsync(ct);
                }
            }
            catch (OperationCanceledException)
            {
                // Who watched has gone, or this process ends: the screen asks again.
            }
        }
    }
}
