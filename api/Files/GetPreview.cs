using System.Buffers.Binary;
using Microsoft.Net.Http.Headers;
using SkiaSharp;

namespace OneDoor.Files;

/// <summary>GET /v1/files/{id}/preview: another picture, drawn anew from the file's, so that nothing else of it is in it.</summary>
public static class GetPreview
{
    private const string Type = FileTypes.Jpeg;

    public static void MapGetPreview(this IEndpointRouteBuilder files) => files.MapGet("/{id:guid}/preview", Handle)
        .Needs([.. files.ServiceProvider.GetRequiredService<SeenFiles>().Needed])
        .WithName("getPreview")
        .WithSummary("Look at a picture (预览): a JPEG of at most 1,600 by 1,600 pixels without metadata")
        .Produces<byte[]>(StatusCodes.Status200OK, Type)
        .Produces(StatusCodes.Status304NotModified)
        .Refuses(400, 404, 422);

    private static async Task<IResult> Handle(Guid id, HttpContext http, Caller caller, SeenFiles files, FileStores stores, Previews previews, Drawers drawers, ReadLog reads, CancellationToken ct)
    {
        if (await files.Find(id, caller, Caller.ScopesOf(http.User), ct) is not { } file)
            return FileRefusals.NotFound.ToProblem();
        http.IsForItsReader();
        http.Response.Headers.ContentSecurityPolicy = GetFile.Policy;
        var tag = $"\"preview-{file.Digest}\"";
        http.Response.Headers.ETag = tag;
        if (http.Request.HasAlready(tag))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        using var place = drawers.Take(caller.Actor);
        if (place is null)
        {
            http.Response.Headers.Remove(HeaderNames.ETag);
            return Drawers.Refuse(http);
        }
        if (file.MediaType is not (FileTypes.Jpeg or FileTypes.Png or FileTypes.WebP) || await previews.Draw(file, stores, ct) is not { } drawn)
            return NotDrawable(http);
        reads.Note(caller, http, "file", [id]);
        http.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("inline") { FileName = $"{id}-preview.jpg" }.ToString();
        return TypedResults.Bytes(drawn, Type);
    }

    private static ProblemResult NotDrawable(HttpContext http)
    {
        http.Response.Headers.Remove(HeaderNames.ETag);
        return FileRefusals.NotDrawable.ToProblem();
    }
}

/// <summary>Draws previews, a few at a time.</summary>
public sealed class Previews : IDisposable
{
    private const int Side = 1600, Quality = 80, AtATime = 2;

    // How many pixels are unpacked at most: 100 MB, and twice as much for what a decoder holds besides. A picture that is read row by row, and so never
    // held whole, may have more: it is unpacked to a half, a quarter or less.
    private const long MostPixels = 25_000_000, MostInRows = 200_000_000;

    private readonly SemaphoreSlim _drawing = new(AtATime);

    /// <summary>A picture's preview; null where it cannot be drawn or is of more pixels than are unpacked.</summary>
    public async Task<byte[]?> Draw(StoredFile file, FileStores stores, CancellationToken ct)
    {
        using var place = await _drawing.Take(Drawers.Patience, "Too many ask for previews.", ct);
        var content = new byte[file.Received];
        await stores.Of(file.Place).Read(file.Id, 0, content, ct);
        FileStore.Compare(file.Id, Sha256Digest.Of(content), file.Digest!);
        return Draw(content);
    }

    public void Dispose() => _drawing.Dispose();

    private static byte[]? Draw(byte[] content)
    {
        using var data = SKData.CreateCopy(content);
        using var codec = SKCodec.Create(data);
        if (codec is null || Unpacked(codec, content) is not { } info)
            return null;
        using var picture = new SKBitmap(info);
        if (codec.GetPixels(info, picture.GetPixels()) is not (SKCodecResult.Success or SKCodecResult.IncompleteInput))
            return null;
        picture.SetImmutable(); // else the image below is a copy of it
        var turned = (int)codec.EncodedOrigin >= (int)SKEncodedOrigin.LeftTop;
        var scale = Math.Min(1f, (float)Side / Math.Max(info.Width, info.Height));
        var (width, height) = (Math.Max(1, (int)(info.Width * scale)), Math.Max(1, (int)(info.Height * scale)));
        using var surface = SKSurface.Create(new SKImageInfo(turned ? height : width, turned ? width : height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.Concat(Upright(codec.EncodedOrigin, width, height));
        using var image = SKImage.FromBitmap(picture);
        surface.Canvas.DrawImage(image, new SKRect(0, 0, width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var drawn = surface.Snapshot();
        using var encoded = drawn.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return encoded.ToArray();
    }

    private static SKImageInfo? Unpacked(SKCodec codec, ReadOnlySpan<byte> content)
    {
        if ((long)codec.Info.Width * codec.Info.Height > (ComesInRows(content) ? MostInRows : MostPixels))
            return null;
        foreach (var scale in new[] { 1f, 0.5f, 0.25f, 0.125f })
        {
            var size = codec.GetScaledDimensions(scale);
            if ((long)size.Width * size.Height <= MostPixels)
                return new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul);
        }
        return null;
    }

    // Whether it is a JPEG that is not progressive and whose one scan has all components; of any other the decoder holds the whole, whatever it is
    // unpacked to (ITU-T T.81, annex B). What stands before the scan in another way than cameras write it is taken for another.
    private static bool ComesInRows(ReadOnlySpan<byte> bytes)
    {
        const int Length = 2, Scanned = 4, Components = 9;
        var components = 0;
        for (var at = 2; at + Components < bytes.Length && bytes[at] == 0xFF; at += 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + Length)..]))
        {
            switch (bytes[at + 1])
            {
                case 0xC0 or 0xC1: // the frame
                    components = bytes[at + Components];
                    break;
                case 0xDA: // the scan
                    return bytes[at + Scanned] == components;
                case 0xC4 or 0xDB or 0xDD or 0xFE or (>= 0xE0 and <= 0xEF): // tables and what the camera says besides
                    break;
                default:
                    return false;
            }
        }
        return false;
    }

    // How the camera was held.
    private static SKMatrix Upright(SKEncodedOrigin origin, float width, float height) => origin switch
    {
        SKEncodedOrigin.TopRight => new(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new(0, -1, height, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new(0, -1, height, -1, 0, width, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, width, 0, 0, 1),
        _ => SKMatrix.Identity,
    };
}
