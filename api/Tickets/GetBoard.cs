using System.ComponentModel;
using System.Net.Mime;
using OneDoor.Clock;
using OneDoor.Documents;
using OneDoor.Halls;

namespace OneDoor.Tickets;

/// <summary>GET /v1/halls/{hall}/board, once or as it changes, the page /board/{hall} that shows it (HALL-2), and /board/{hall}/{window} that shows a window's part.</summary>
public static class GetBoard
{
    public static void MapBoard(this IEndpointRouteBuilder halls) => halls.MapGet("/{hall}/board", Handle)
        .AllowAnonymous()
        .ReadsOne<BoardView>("getBoard", "Read a hall's big screen (大屏): calls, who waits and how long", TicketExamples.Board)
        .WithDescription("With Accept: text/event-stream an event `board` with the whole board now and whenever it changes, and an event `alive` in between: whoever hears neither for a minute is cut off.");

    /// <summary>The pages show any hall's board, and any window's part of it, by their own scripts, and ask nobody but this server.</summary>
    public static void MapBoardPage(this WebApplication app)
    {
        var files = Pages.Folder("Board");
        foreach (var hall in HallDirectory.Zone.All)
        {
            Pages.Serve(app, $"/board/{hall.Code}", files, "board.html", Pages.OwnPolicy);
            for (var window = 1; window <= QueuePolicy.Zone.Windows[hall.Code]; window++)
                Pages.Serve(app, $"/board/{hall.Code}/{window}", files, "window.html", Pages.OwnPolicy);
        }
        foreach (var file in new[] { "board.css", "board.js", "live.js", "window.css", "window.js" })
            Pages.Serve(app, $"/board/{file}", files, file, Pages.OwnPolicy);
        // Drawn of the id alone, without looking: whoever scans it shows that the ticket is theirs.
        app.MapGet("/board/rating-code/{ticket:guid}", (Guid ticket, HttpContext http, PublicAddress platform) =>
        {
            http.Response.Headers.CacheControl = "public, max-age=300";
            return TypedResults.Bytes(Drawing.QrCode(GetRatingCode.AddressOf(platform, http.Request, ticket), Drawing.Svg), Drawing.Svg);
        }).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/board/{hall}", NoSuch).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/board/{hall}/{window}", NoSuch).AllowAnonymous().ExcludeFromDescription();
    }

    // What a person opened says so in words, and which boards there are.
    private static IResult NoSuch(string hall, HttpContext http, string? window = null)
    {
        var refused = HallDirectory.Zone.Find(hall) is null || window is null ? HallRefusals.NotFound : TicketRefusals.WindowNotFound;
        return !http.Request.IsForPage() ? refused.ToProblem() : ErrorPages.Refused(http, refused, reader => $"""
            <p>{reader.Said("各大厅的叫号大屏：", "The halls' queue boards:")}</p>
            <ul>{string.Concat(HallDirectory.Zone.All.Select(each => $"<li><a href=\"/board/{each.Code}\">{reader.Said(each.Name)}</a></li>"))}</ul>
            """);
    }

    private static async Task<IResult> Handle(
        [Description("The hall's code.")] string hall, HttpContext http, Boards boards, Etags etags, IHostApplicationLifetime lifetime, CancellationToken ct)
    {
        if (HallDirectory.Zone.Find(hall) is not { } found)
            return HallRefusals.NotFound.ToProblem();
        if (!http.Prefers(MediaTypeNames.Text.EventStream))
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
        http.Response.ContentType = $"{MediaTypeNames.Text.EventStream}; charset=utf-8";
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
