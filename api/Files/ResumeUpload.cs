using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Marten;
using Microsoft.AspNetCore.Http.HttpResults;

namespace OneDoor.Files;

/// <summary>A file on its way (断点续传).</summary>
/// <param name="Id">Its id, which the file has afterwards.</param>
/// <param name="Offset">So many bytes have come in.</param>
/// <param name="Length">So many there are.</param>
/// <param name="ExpiresAt">Until when it can be gone on with.</param>
/// <param name="File">The file; null until all of it has come in.</param>
public sealed record UploadView(Guid Id, int Offset, int Length, DateTimeOffset ExpiresAt, FileView? File);

/// <summary>Why an upload cannot be gone on with.</summary>
public static class UploadRefusals
{
    public static readonly Refusal NotFound = new("upload.not-found", 404, new("没有这个上传", "There is no such upload"), new("它可能已完成、已取消或已过期。", "It may be done, cancelled or too old."));

    public static readonly Refusal Version = new("upload.version-unknown", 412,
        new("不支持此版本的续传协议", "The version of the protocol is not known"), new("请发送 Tus-Resumable: 1.0.0。", "Send Tus-Resumable: 1.0.0."));

    public static readonly Refusal HeaderInvalid = new("upload.header-invalid", 400,
        new("续传协议的请求头无效", "A header of the protocol is missing or not valid"), new("见 tus 1.0.0。", "See tus 1.0.0."));

    public static readonly Refusal OffsetMismatch = new("upload.offset-mismatch", 409,
        new("上传位置不符", "It does not go on from there"), new("请先以 HEAD 查询 Upload-Offset。", "Ask with HEAD for the Upload-Offset first."));

    public static readonly Refusal LengthExceeded = new("upload.length-exceeded", 413,
        new("内容超出所声明的长度", "There is more than was announced"), new("请按创建时 Upload-Length 声明的字节数发送；更长的文件请另建上传。", "Send as many bytes as Upload-Length said when it was begun; begin another upload for a longer file."));
}

/// <summary>
/// /v1/uploads: files that come in as many requests as it takes, by the protocol tus 1.0.0 with creation, checksum, expiration and termination.
/// Whatever process an upload reaches, it goes on.
/// </summary>
public static class ResumeUpload
{
    private const string Version = "1.0.0", Bytes = "application/offset+octet-stream", Resumable = "Tus-Resumable", OffsetHeader = "Upload-Offset", LengthHeader = "Upload-Length";

    private static readonly TakesHeader SaysVersion = new(Resumable, Version + ".", IsRequired: true), MaySayVersion = SaysVersion with { IsRequired = false },
        SaysOffset = new(OffsetHeader, "From which byte on it goes on: as many as have come in.", IsRequired: true);

    public static void MapResumeUpload(this IEndpointRouteBuilder uploads)
    {
        // What a client of the protocol asks before anything else; it is the protocol's to describe.
        uploads.MapMethods("", [HttpMethods.Options], Can).AllowAnonymous().ExcludeFromDescription();
        uploads.MapPost("", Create)
            .Needs(Scopes.FilesWrite)
            .WithName("createUpload")
            .WithSummary("Begin to upload a file in several requests (创建断点续传), by tus 1.0.0")
            .TakesIdempotencyKey(isFact: false)
            .WithMetadata(SaysVersion, new TakesHeader(LengthHeader, "How many bytes there are, at most 20,000,000.", IsRequired: true), new TakesHeader("Upload-Metadata", "filetype and the media type in base64; what else it says is passed over."))
            .Produces<UploadView>(StatusCodes.Status201Created)
            .WithMetadata(Tells(StatusCodes.Status201Created))
            .Shows(request: null, Example(0, null))
            .Refuses(400, 409, 412, 413, 415, 422);
        uploads.MapGet("/{id:guid}", Get)
            .Needs(Scopes.FilesWrite)
            .WithName("getUpload")
            .WithSummary("Ask how much of an upload has come in; HEAD, as tus does, or GET")
            .WithMetadata(MaySayVersion)
            .Produces<UploadView>()
            .WithMetadata(Tells(StatusCodes.Status200OK))
            .Shows(request: null, Example(UploadFile.Example.Size, UploadFile.Example))
            .Refuses(400, 404, 412, 413, 415, 422);
        uploads.MapPatch("/{id:guid}", Append)
            .Needs(Scopes.FilesWrite)
            .WithName("appendToUpload")
            .WithSummary("Go on with an upload; with its last byte it becomes a file, which Location names")
            .WithMetadata(SaysVersion, SaysOffset, new TakesHeader("Upload-Checksum", "sha1 or sha256 and the checksum of the body in base64."))
            .TakesBytes(FileTypes.Largest, FileRefusals.TooLarge, [Bytes])
            .Produces(StatusCodes.Status204NoContent)
            .WithMetadata([.. Tells(StatusCodes.Status204NoContent), new AnswersHeader("Location", "The address of the file, once all of it has come in.", StatusCodes.Status204NoContent)])
            .Refuses(400, 404, 409, 412, 413, 415, 422, 460);
        uploads.MapDelete("/{id:guid}", Delete)
            .Needs(Scopes.FilesWrite)
            .WithName("deleteUpload")
            .WithSummary("Give an upload up (取消上传)")
            .WithMetadata(SaysVersion, new AnswersHeader(Resumable, Version + ".", StatusCodes.Status204NoContent))
            .Produces(StatusCodes.Status204NoContent)
            .Refuses(400, 404, 412);
    }

    // What Tell and Spoken write.
    private static object[] Tells(int status) =>
    [
        new AnswersHeader(Resumable, Version + ".", status), new AnswersHeader(OffsetHeader, "How many bytes have come in.", status), new AnswersHeader(LengthHeader, "How many bytes there are.", status),
        new AnswersHeader("Upload-Expires", "Until when it can be gone on with; absent once it is a file.", status),
    ];

    private static NoContent Can(HttpContext http)
    {
        foreach (var (name, value) in new[] { (Resumable, Version), ("Tus-Version", Version), ("Tus-Extension", "creation,checksum,expiration,termination"), ("Tus-Checksum-Algorithm", "sha1,sha256"), ("Tus-Max-Size", FileTypes.Largest.ToString(CultureInfo.InvariantCulture)) })
            http.Response.Headers[name] = value;
        return TypedResults.NoContent();
    }

    private static async Task<IResult> Create(HttpContext http, Caller caller, Uploads uploads, Idempotency idempotency, UploadOptions allowed, CancellationToken ct)
    {
        if (Spoken(http) is { } refused)
            return refused;
        if (!int.TryParse(http.Request.Headers[LengthHeader], NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            return long.TryParse(http.Request.Headers[LengthHeader], NumberStyles.None, CultureInfo.InvariantCulture, out _)
                ? FileRefusals.TooLarge.ToProblem() : UploadRefusals.HeaderInvalid.At(LengthHeader).ToProblem();
        if (TypeIn(http.Request.Headers["Upload-Metadata"].ToString()) is not { } declared)
            return UploadRefusals.HeaderInvalid.At("Upload-Metadata").ToProblem();
        var (upload, unfit) = await uploads.Begin(caller.Actor, length, declared, ct);
        if (upload is null)
            return unfit!.ToProblem();
        var view = View(upload, allowed);
        var outcome = await idempotency.Once(new SentFile("", length, declared), () => Task.FromResult<Outcome>(new Answer(
            StatusCodes.Status201Created, AddressOf(upload.Id), $"\"{upload.Id}\"", JsonSerializer.SerializeToUtf8Bytes(view, RestJson.Options))
        { Shown = view }), ct);
        if (outcome.Answer?.Location != AddressOf(upload.Id))
            await uploads.Forget(upload.Id);
        Tell(http, upload, allowed, 0);
        return outcome.ToResult();
    }

    private static async Task<IResult> Get(Guid id, HttpContext http, Caller caller, FileTable table, Uploads uploads, UploadOptions allowed, IDocumentSession session, CancellationToken ct)
    {
        if (Spoken(http, isRequired: false) is { } refused)
            return refused;
        http.Response.Headers.CacheControl = "no-store";
        var upload = await Own(table, id, caller, ct);
        // Its last request may have ended before it became a file.
        if (upload is { File: null } && upload.Received == upload.Length)
        {
            if (await Finish(upload, uploads, session, ct) is { } unfit)
                return unfit.ToProblem();
            upload = await Own(table, id, caller, ct);
        }
        if (upload is null)
            return UploadRefusals.NotFound.ToProblem();
        Tell(http, upload, allowed, upload.Received);
        return TypedResults.Json(View(upload, allowed), RestJson.Options);
    }

    private static async Task<IResult> Append(Guid id, HttpContext http, Caller caller, FileTable table, Uploads uploads, UploadOptions allowed, IDocumentSession session, CancellationToken ct)
    {
        if (Spoken(http) is { } refused)
            return refused;
        if (http.Request.ContentType != Bytes)
            return RequestRefusals.MediaType.Because($"请使用 {Bytes}。", $"Send {Bytes}.").ToProblem();
        if (!int.TryParse(http.Request.Headers[OffsetHeader], NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
            return UploadRefusals.HeaderInvalid.At(OffsetHeader).ToProblem();
        if (await Own(table, id, caller, ct) is not { } upload)
            return UploadRefusals.NotFound.ToProblem();
        if (offset != upload.Received || upload.File is not null)
            return UploadRefusals.OffsetMismatch.ToProblem();
        if (!Checksum.TryRead(http.Request.Headers["Upload-Checksum"], out var checksum))
            return UploadRefusals.HeaderInvalid.At("Upload-Checksum").ToProblem();
        using (checksum)
        {
            var (received, cut) = await uploads.Receive(upload, http.Request.Body, checksum?.Hash, ct);
            if (cut is null && checksum is { IsRight: false })
                cut = PlatformRefusals.ChecksumMismatch;
            if (cut is not null)
            {
                // What was to be compared and was not does not stay; what somebody else brought does.
                if (checksum is not null && received > offset && await table.Cut(upload, received, caller.Actor, allowed, ct) is { } spent)
                {
                    await uploads.Forget(id);
                    cut = spent;
                }
                return cut.ToProblem();
            }
            Tell(http, upload, allowed, received);
            if (received == upload.Length)
            {
                if (await Finish(upload with { Received = received }, uploads, session, ct) is { } unfit)
                    return unfit.ToProblem();
                if (await Own(table, id, caller, ct) is not { File: not null })
                    return UploadRefusals.OffsetMismatch.ToProblem();
                http.Response.Headers.Location = FileView.AddressOf(id);
            }
        }
        return TypedResults.NoContent();
    }

    private static async Task<IResult> Delete(Guid id, HttpContext http, Caller caller, FileTable table, Uploads uploads, CancellationToken ct)
    {
        if (Spoken(http) is { } refused)
            return refused;
        if (await Own(table, id, caller, ct) is not { IsAttached: false })
            return UploadRefusals.NotFound.ToProblem();
        await uploads.Forget(id);
        return TypedResults.NoContent();
    }

    // Makes what has come in a file, or says why it is none. Of what another request did meanwhile the row tells.
    private static async Task<Refusal?> Finish(StoredFile upload, Uploads uploads, IDocumentSession session, CancellationToken ct)
    {
        var (file, refused) = await uploads.Examine(upload, upload.Received, (_, _) => true, ct);
        if (file is not null)
        {
            session.QueueSqlCommand(FileTable.Finish, file.MediaType, file.Digest, file.Id, upload.Received);
            await session.SaveChangesAsync(ct);
        }
        if (refused is not null)
            await uploads.Forget(upload.Id);
        return refused;
    }

    private static async Task<StoredFile?> Own(FileTable table, Guid id, Caller caller, CancellationToken ct) =>
        await table.Find(id, ct) is { } upload && upload.Uploader == caller.Actor.Subject ? upload : null;

    // Every answer of the protocol says which version it is of.
    private static ProblemResult? Spoken(HttpContext http, bool isRequired = true)
    {
        http.Response.Headers[Resumable] = Version;
        var asked = http.Request.Headers[Resumable].ToString();
        if (asked == Version || (asked.Length == 0 && !isRequired))
            return null;
        http.Response.Headers["Tus-Version"] = Version;
        return UploadRefusals.Version.ToProblem();
    }

    private static void Tell(HttpContext http, StoredFile upload, UploadOptions allowed, int received)
    {
        var headers = http.Response.Headers;
        headers[OffsetHeader] = received.ToString(CultureInfo.InvariantCulture);
        headers[LengthHeader] = upload.Length.ToString(CultureInfo.InvariantCulture);
        if (upload.File is null)
            headers["Upload-Expires"] = upload.CreatedAt.AddHours(allowed.KeepHours).ToString("R", CultureInfo.InvariantCulture);
    }

    // Null where what is said of the type is no base64; nothing said claims nothing.
    private static string? TypeIn(string metadata)
    {
        var type = metadata.Split(',').Select(pair => pair.Trim().Split(' ')).FirstOrDefault(pair => pair is ["filetype", _])?[1] ?? "";
        Span<byte> bytes = stackalloc byte[256];
        return Convert.TryFromBase64String(type, bytes, out var written) ? Encoding.UTF8.GetString(bytes[..written]).Replace("\0", "", StringComparison.Ordinal) : null;
    }

    private static string AddressOf(Guid id) => $"/v1/uploads/{id}";

    private static UploadView View(StoredFile upload, UploadOptions allowed) =>
        new(upload.Id, upload.Received, upload.Length, upload.CreatedAt.AddHours(allowed.KeepHours), FileView.Of(upload.File));

    private static UploadView Example(int offset, FileView? file) =>
        new(UploadFile.Example.Id, offset, UploadFile.Example.Size, new(2026, 11, 25, 9, 30, 0, TimeSpan.FromHours(8)), file);

    private sealed class Checksum(IncrementalHash hash, byte[] expected) : IDisposable
    {
        public IncrementalHash Hash => hash;

        public bool IsRight => hash.GetHashAndReset().AsSpan().SequenceEqual(expected);

        /// <summary>False where it is of no algorithm that is offered; null where there is none.</summary>
        public static bool TryRead(string? header, out Checksum? checksum)
        {
            checksum = null;
            if (string.IsNullOrEmpty(header))
                return true;
            var bytes = new byte[64];
            if (header.Split(' ') is not [("sha1" or "sha256") and var algorithm, var text] || !Convert.TryFromBase64String(text, bytes, out var written))
                return false;
            checksum = new(IncrementalHash.CreateHash(algorithm == "sha1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256), bytes[..written]);
            return true;
        }

        public void Dispose() => hash.Dispose();
    }
}
