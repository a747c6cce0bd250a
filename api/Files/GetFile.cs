using Microsoft.Net.Http.Headers;

namespace OneDoor.Files;

/// <summary>What carries files, and shows them to whom it shows itself; each capability that hands files in registers its own.</summary>
/// <param name="Kind">As the rows of <see cref="FileTable.Attach"/> name it.</param>
/// <param name="Scopes">Of which a reader needs one.</param>
/// <param name="Shows">Whether a thing of the kind shows a file of it to a reader.</param>
public sealed record FileCarrier(string Kind, IReadOnlyList<string> Scopes, Func<Guid, Guid, Actor, CancellationToken, Task<bool>> Shows);

/// <summary>Who sees which files.</summary>
public sealed class SeenFiles(FileTable table, IEnumerable<FileCarrier> carriers)
{
    /// <summary>The scopes of which one is needed to read any file.</summary>
    public IReadOnlyList<string> Needed { get; } = [Scopes.FilesWrite, .. carriers.SelectMany(c => c.Scopes).Distinct()];

    /// <summary>
    /// A file: its uploader's until something carries it, and from then on theirs who see it there. Null where it does not exist for the reader.
    /// </summary>
    public async Task<StoredFile?> Find(Guid id, Caller reader, IReadOnlySet<string> scopes, CancellationToken ct)
    {
        if (await table.Find(id, ct) is not { Digest: not null } file)
            return null;
        if (!file.IsAttached)
            return file.Uploader == reader.Actor.Subject && scopes.Contains(Scopes.FilesWrite) ? file : null;
        foreach (var (kind, thing) in await table.UsesOf(id, ct))
        {
            if (carriers.FirstOrDefault(c => c.Kind == kind) is { } carrier && scopes.Overlaps(carrier.Scopes) && await carrier.Shows(thing, id, reader.Actor, ct))
                return file;
        }
        return null;
    }
}

/// <summary>GET /v1/files/{id}: a file's bytes as they came, to be saved and not to be shown (CASE-12).</summary>
public static class GetFile
{
    /// <summary>Nothing of a file is run, whatever somebody makes of it.</summary>
    internal const string Policy = "sandbox; default-src 'none'; frame-ancestors 'none'";

    // Of a piece as it is stored.
    private const int ReadAtOnce = 256 * 1024;

    public static void MapGetFile(this IEndpointRouteBuilder files) => files.MapGet("/{id:guid}", Handle)
        .Needs([.. files.ServiceProvider.GetRequiredService<SeenFiles>().Needed])
        .WithName("getFile")
        .WithSummary("Read a file's bytes (下载文件), whole or in ranges, as an attachment")
        .Produces<byte[]>(StatusCodes.Status200OK, FileTypes.Accepted[0], [.. FileTypes.Accepted.Skip(1)])
        .Produces<byte[]>(StatusCodes.Status206PartialContent, FileTypes.Accepted[0], [.. FileTypes.Accepted.Skip(1)])
        .WithMetadata(new TakesHeader("Range", "One range of bytes (RFC 9110), for instance bytes=0-1023."), new TakesHeader("If-Range", "The ETag of what one has a part of: the range is answered only if it is still that."))
        .WithMetadata(new AnswersHeader("Accept-Ranges", "bytes."), new AnswersHeader("Content-Range", "Which bytes these are, and of how many, for instance bytes 0-1023/482133.", StatusCodes.Status206PartialContent))
        .Produces(StatusCodes.Status304NotModified)
        .Refuses(400, 404, 412, 416);

    /// <summary>A file's entity tag, which is its digest: for everybody the same, since its bytes are.</summary>
    public static string TagOf(string digest) => $"\"{digest}\"";

    private static async Task<IResult> Handle(Guid id, HttpContext http, Caller caller, SeenFiles files, FileStores stores, ReadLog reads, CancellationToken ct)
    {
        if (await files.Find(id, caller, Caller.ScopesOf(http.User), ct) is not { } file)
            return FileRefusals.NotFound.ToProblem();
        var tag = new EntityTagHeaderValue(TagOf(file.Digest!));
        if (IsBeyond(http.Request, file, tag))
        {
            http.Response.Headers.ContentRange = new ContentRangeHeaderValue(file.Received).ToString();
            return PlatformRefusals.RangeNotSatisfiable.ToProblem();
        }
        reads.Note(caller, http, "file", [id]);
        http.IsForItsReader();
        http.Response.Headers.ContentSecurityPolicy = Policy;
        // No name of anybody's: what a material is called stands in its case.
        var name = $"{id}.{ExtensionOf(file.MediaType!)}";
        return TypedResults.Stream(
            new BufferedStream(new StoredFileStream(stores.Of(file.Place), id, file.Received, file.Digest!), ReadAtOnce), file.MediaType!.StartsWith("text/", StringComparison.Ordinal) ? $"{file.MediaType}; charset=utf-8" : file.MediaType,
            name, entityTag: tag, enableRangeProcessing: true);
    }

    // The one refusal that whoever answers ranges gives without a word.
    private static bool IsBeyond(HttpRequest request, StoredFile file, EntityTagHeaderValue tag)
    {
        var headers = request.GetTypedHeaders();
        return headers.Range is { Unit.Value: "bytes", Ranges: { Count: 1 } ranges } && (headers.IfRange is null || headers.IfRange.EntityTag?.Compare(tag, useStrongComparison: true) == true)
            && (ranges.First() is { From: null, To: 0 } || ranges.First().From >= file.Received);
    }

    private static string ExtensionOf(string mediaType) => mediaType switch
    {
        FileTypes.Pdf => "pdf",
        FileTypes.Jpeg => "jpg",
        FileTypes.Png => "png",
        FileTypes.WebP => "webp",
        FileTypes.Heic => "heic",
        FileTypes.Ofd => "ofd",
        FileTypes.Docx => "docx",
        FileTypes.Xlsx => "xlsx",
        FileTypes.Csv => "csv",
        _ => "txt",
    };
}
