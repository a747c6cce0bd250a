using System.Text;
using OneDoor.Documents;

namespace OneDoor.Tickets;

/// <summary>GET /v1/tickets/{id}/rating-code: what leads whoever was served to where they say how that was (REV-1).</summary>
public static class GetRatingCode
{
    public static void MapRatingCode(this IEndpointRouteBuilder tickets) => tickets.MapGet("/{id:guid}/rating-code", Handle)
        .Needs(TicketOperations.Code, Scopes.TicketsTake, Scopes.QueueOperate)
        .WithName("getRatingCode")
        .WithSummary("Read the QR code by which a visit is rated (评价二维码), as SVG or, where Accept prefers image/png, as PNG")
        .WithDescription("It leads to the app. To who shows the code on the ticket, as a kiosk does that prints it, it has that code and asks for no account; a window's, which never knows it, has its visitor sign in: whoever serves does not rate.")
        .Produces<byte[]>(StatusCodes.Status200OK, Drawing.Svg, Drawing.Png)
        .Produces(StatusCodes.Status304NotModified)
        .Refuses(400, 404);

    private static async Task<IResult> Handle(
        Guid id, HttpContext http, Caller caller, ReadingTools tools, Etags etags, ShownCode shown, PublicAddress platform, CancellationToken ct)
    {
        var type = http.Prefers(Drawing.Png, Drawing.Svg) ? Drawing.Png : Drawing.Svg;
        var code = AccessCode.Read(shown.Of(http.Request, TicketOperations.Code));
        var address = $"{AddressOf(platform, http.Request, id)}{(code is null ? "" : $"&code={code}")}";
        var (_, version, refused) = await TicketReading.One.Read(
            tools, id, asOf: null, code: null, (ReadLog.OperationOf(http), Language.Of(http.Request)), (ticket, _) => ValueTask.FromResult(ticket), ct);
        if (refused is not null)
            return refused.ToProblem();
        var tag = "W/" + etags.Of(id, version, type, caller.Actor, Encoding.UTF8.GetBytes(address));
        return http.Drawn(tag, http.Request.HasAlready(tag) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Bytes(Drawing.QrCode(address, type), type));
    }

    /// <summary>Where a visit is rated by who is signed in, or has the code on the ticket.</summary>
    public static string AddressOf(PublicAddress platform, HttpRequest request, Guid ticket) => $"{platform.For(request)}/app#/rate?ticket={ticket}";
}
