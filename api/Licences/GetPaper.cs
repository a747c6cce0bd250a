using System.Text;
using Marten;
using Microsoft.Net.Http.Headers;
using OneDoor.Documents;

namespace OneDoor.Licences;

/// <summary>GET /v1/licences/{number}/document and /qr: a licence to be printed or shown (LIC-7), drawn when it is asked for.</summary>
public static class GetPaper
{
    private const string Pdf = "application/pdf";

    public static void MapGetPaper(this IEndpointRouteBuilder licences)
    {
        licences.MapGet("/{number}/document", Document)
            .Needs(Scopes.LicencesRead)
            .WithName("getLicenceDocument")
            .WithSummary("Read a licence as PDF (电子证照), with its QR code, as it stands now")
            .Produces<byte[]>(StatusCodes.Status200OK, Pdf)
            .Produces(StatusCodes.Status304NotModified)
            .Refuses(400, 404, 422);
        licences.MapGet("/{number}/qr", Code)
            .Needs(Scopes.LicencesRead)
            .WithName("getLicenceQrCode")
            .WithSummary("Read a licence's QR code, as SVG or, where Accept prefers image/png, as PNG")
            .WithDescription("It leads to the page /verify/{number}, on which anybody sees how the licence stands.")
            .Produces<byte[]>(StatusCodes.Status200OK, Drawing.Svg, Drawing.Png)
            .Produces(StatusCodes.Status304NotModified)
            .Refuses(400, 404);
    }

    private static Task<IResult> Document(string number, HttpContext http, LicencePapers papers, DocumentPdf pdf, Drawers drawers, CancellationToken ct) =>
        papers.Draw(http, number, Pdf, drawers, (licence, address) => pdf.Draw(licence.Kind.Name.Zh, licence.Number, licence.PaperText(), address, ct), ct);

    private static Task<IResult> Code(string number, HttpContext http, LicencePapers papers, CancellationToken ct)
    {
        var type = http.Prefers(Drawing.Png, Drawing.Svg) ? Drawing.Png : Drawing.Svg;
        return papers.Draw(http, number, type, drawers: null, (_, address) => Task.FromResult<byte[]?>(Drawing.QrCode(address, type)), ct);
    }
}

/// <summary>Answers with what is drawn of a licence.</summary>
public sealed class LicencePapers(IQuerySession session, Caller caller, Etags etags, ReadLog reads, SigningKeys keys, PublicAddress platform, TimeProvider time)
{
    /// <summary>The licence as it stands now, drawn; its tag follows the licence and not the bytes, no two drawings having the same.</summary>
    /// <param name="number">The licence's.</param>
    /// <param name="type">The media type that is drawn.</param>
    /// <param name="drawers">Of whose places it takes one; null for what is drawn at once.</param>
    /// <param name="draw">Draws the licence with the address that its QR code holds; null where no font has a character of it.</param>
    public async Task<IResult> Draw(HttpContext http, string number, string type, Drawers? drawers, Func<Licence, string, Task<byte[]?>> draw, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if ((await session.LoadAsync<Licence>(Licence.IdOf(number), ct))?.At(now).SeenBy(caller.Actor, now) is not { } seen)
            return LicenceRefusals.NotFound.ToProblem();
        // Time alone changes how it stands, before that is recorded.
        var tag = "W/" + etags.Of(seen.Id, seen.Version, type, caller.Actor, Encoding.UTF8.GetBytes(Kebab.Of(seen.Status)));
        if (http.Request.HasAlready(tag))
            return http.Drawn(tag, TypedResults.StatusCode(StatusCodes.Status304NotModified));
        using var place = drawers?.Take(caller.Actor);
        if (drawers is not null && place is null)
            return Drawers.Refuse(http);
        if (await draw(seen, await keys.AddressOf(platform.For(http.Request), seen.Number, seen.PaperDigest, seen.ValidUntil, ct)) is not { } drawn)
            return DocumentRefusals.NotDrawable.ToProblem();
        reads.Note(caller, http, "licence", seen.Id);
        http.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("inline") { FileName = $"{seen.Number}.{type.Split('/', '+')[1]}" }.ToString();
        return http.Drawn(tag, TypedResults.Bytes(drawn, type));
    }
}
