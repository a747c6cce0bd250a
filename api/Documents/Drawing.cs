using System.Text;
using QRCoder;

namespace OneDoor.Documents;

/// <summary>How what is drawn when it is asked for is asked for and answered.</summary>
public static class Drawing
{
    public const string Svg = "image/svg+xml", Png = "image/png";

    // Dots of a picture to a dot of the code.
    private const int Dots = 8;

    /// <summary>A QR code that leads to an address.</summary>
    /// <param name="address">Where it leads.</param>
    /// <param name="type">The media type that is drawn.</param>
    public static byte[] QrCode(string address, string type)
    {
        using var code = new QRCodeGenerator().CreateQrCode(address, QRCodeGenerator.ECCLevel.M);
        if (type == Png)
        {
            using var png = new PngByteQRCode(code);
            return png.GetGraphic(Dots);
        }
        using var svg = new SvgQRCode(code);
        return Encoding.UTF8.GetBytes(svg.GetGraphic(Dots));
    }

    /// <summary>An answer for its reader alone, which nobody keeps.</summary>
    /// <param name="tag">Weak: no two drawings have the same bytes.</param>
    /// <param name="answer">What was drawn, or that the reader has it.</param>
    public static IResult Drawn(this HttpContext http, string tag, IResult answer)
    {
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "private, no-store";
        http.Response.Headers.Vary = "Authorization, Accept, Accept-Language";
        return answer;
    }
}
