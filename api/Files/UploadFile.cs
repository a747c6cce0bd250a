using System.Security.Cryptography;
using System.Text.Json;
using Marten;

namespace OneDoor.Files;

/// <summary>What an idempotency key of an upload belongs to.</summary>
internal sealed record SentFile(string Digest, int Size, string? MediaType);

/// <summary>POST /v1/files: the body is the file.</summary>
public static class UploadFile
{
    public static readonly FileView Example = new(
        Guid.Parse("8f14e45f-ceea-467f-a0e6-3c1f5b2d9c10"), "sha-256:2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881", 482_133, FileTypes.Pdf);

    public static void MapUploadFile(this IEndpointRouteBuilder files) => files.MapPost("", Handle)
        .Needs(Scopes.FilesWrite)
        .WithName("uploadFile")
        .WithSummary("Upload a file (上传文件): the body is its content, at most 20 MB")
        .TakesIdempotencyKey(isFact: false)
        .TakesBytes(FileTypes.Largest, FileRefusals.TooLarge, FileTypes.Accepted)
        .WithMetadata(new TakesHeader("Repr-Digest", "The digest of the content (RFC 9530), by sha-256 or sha-512, for instance sha-256=:…:, which is compared with what arrives; Content-Digest and Digest (RFC 3230) do as well."))
        .Produces<FileView>(StatusCodes.Status201Created)
        .Shows(request: null, Example)
        .Refuses(400, 409, 413, 415, 422);

    private static async Task<IResult> Handle(HttpContext http, Caller caller, Uploads uploads, Idempotency idempotency, IDocumentSession session, CancellationToken ct)
    {
        var request = http.Request;
        var (upload, refused) = await uploads.Begin(caller.Actor, request.ContentLength, request.ContentType, ct);
        if (upload is null)
            return refused!.ToProblem();
        var isKept = false;
        try
        {
            var (received, cut) = await uploads.Receive(upload, request.Body, hash: null, ct);
            if (cut is not null)
                return cut.ToProblem();
            var (file, unfit) = await uploads.Examine(upload, received, (content, digest) => SentDigests.Match(request.Headers, content, digest), ct);
            if (file is null)
                return (unfit ?? FileRefusals.NotFound).ToProblem();
            var outcome = await idempotency.Once(new SentFile(file.Digest, file.Size, upload.Declared), () =>
            {
                session.QueueSqlCommand(FileTable.Finish, file.MediaType, file.Digest, file.Id, received);
                var view = FileView.Of(file)!;
                return Task.FromResult<Outcome>(new Answer(
                    StatusCodes.Status201Created, view.Href, GetFile.TagOf(file.Digest), JsonSerializer.SerializeToUtf8Bytes(view, RestJson.Options))
                { Shown = view });
            }, ct);
            isKept = outcome.Answer?.Location == FileView.AddressOf(upload.Id);
            return outcome.ToResult();
        }
        finally
        {
            if (!isKept)
                await uploads.Forget(upload.Id);
        }
    }
}

/// <summary>Digests that a body is sent with.</summary>
internal static class SentDigests
{
    // RFC 9530, twice, and RFC 3230 before it.
    private static readonly string[] Names = ["Repr-Digest", "Content-Digest", "Digest"];

    /// <summary>Whether each sha-256 and sha-512 digest that was sent is this content's; others are passed over, as their standards say.</summary>
    /// <param name="headers">With which it was sent.</param>
    /// <param name="content">What has arrived.</param>
    /// <param name="digest">Its SHA-256.</param>
    public static bool Match(IHeaderDictionary headers, byte[] content, byte[] digest)
    {
        return Names.SelectMany(name => headers[name]).SelectMany(value => (value ?? "").Split(','))
            .Select(one => one.Split('=', 2))
            .All(one => one.Length != 2 || Expected(one[0].Trim()) is not { } expected || one[1].Trim().Trim(':') == Convert.ToBase64String(expected));

        byte[]? Expected(string algorithm) =>
            algorithm.Equals("sha-256", StringComparison.OrdinalIgnoreCase) ? digest
            : algorithm.Equals("sha-512", StringComparison.OrdinalIgnoreCase) ? SHA512.HashData(content)
            : null;
    }
}
