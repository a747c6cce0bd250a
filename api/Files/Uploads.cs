using System.Buffers;
using System.Security.Cryptography;

namespace OneDoor.Files;

/// <summary>
/// Takes files in: piece by piece into the database, so that a slow client holds neither memory nor a connection, and whole only for as long as
/// the content is examined, a few at a time.
/// </summary>
public sealed class Uploads(FileTable table, FileStores stores, UploadOptions allowed, TimeProvider time) : IDisposable
{
    private const int Piece = 256 * 1024, AtATime = 4;

    private readonly SemaphoreSlim _examining = new(AtATime);

    /// <summary>Begins an upload.</summary>
    /// <param name="by">Who uploads.</param>
    /// <param name="length">How long it is going to be, in bytes; null where nobody knows.</param>
    /// <param name="declared">The media type it is sent with.</param>
    public async Task<(StoredFile? Upload, Refusal? Refused)> Begin(Actor by, long? length, string? declared, CancellationToken ct)
    {
        if (length is 0)
            return (null, FileRefusals.Empty);
        if (length > FileTypes.Largest)
            return (null, FileRefusals.TooLarge);
        var now = time.GetUtcNow();
        var upload = new StoredFile(Guid.CreateVersion7(now), by.Subject, (int)(length ?? FileTypes.Largest), 0, declared, null, null, DatabaseFiles.Place, false, now);
        return await table.Begin(upload, by, allowed, ct) is { } refused ? (null, refused) : (upload, null);
    }

    /// <summary>Takes in what a body brings, from a byte on. What came before a connection was lost stays.</summary>
    /// <returns>How many bytes are here then; or why no more are taken.</returns>
    public async Task<(int Received, Refusal? Refused)> Receive(StoredFile upload, Stream body, IncrementalHash? hash, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        var (received, filled) = (upload.Received, 0);
        try
        {
            for (var more = true; more;)
            {
                var read = 0;
                try
                {
                    read = await body.ReadAsync(buffer.AsMemory(filled, Piece - filled), ct);
                }
                catch (Exception) when (filled > 0)
                {
                    await table.Append(upload.Id, received, buffer.AsMemory(0, filled), CancellationToken.None);
                    throw;
                }
                (filled, more) = (filled + read, read > 0);
                if (filled < Piece && more)
                    continue;
                if (received + filled > upload.Length)
                    return (received, upload.Length == FileTypes.Largest ? FileRefusals.TooLarge : UploadRefusals.LengthExceeded);
                // Somebody else went on meanwhile.
                if (filled > 0 && !await table.Append(upload.Id, received, buffer.AsMemory(0, filled), ct))
                    return (received, UploadRefusals.OffsetMismatch);
                hash?.AppendData(buffer, 0, filled);
                (received, filled) = (received + filled, 0);
            }
            return (received, null);
        }
        catch (BadHttpRequestException fault) when (fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return (received, FileRefusals.TooLarge);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Examines what has come in and puts it where files are; the caller then makes it a file, or forgets it.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="length">So many bytes have come in.</param>
    /// <param name="hasDigest">Whether a content of that SHA-256 has the digests that it was sent with.</param>
    /// <returns>What it is then, or why it is no file; neither where not so many bytes are here any more, since another request has done it, or took some back.</returns>
    public async Task<(CarriedFile? File, Refusal? Refused)> Examine(StoredFile upload, int length, Func<byte[], byte[], bool> hasDigest, CancellationToken ct)
    {
        using var place = await _examining.Take(Drawers.Patience, "Too many send files.", ct);
        var content = new byte[length];
        if (await table.Read(upload.Id, 0, content, ct) < length)
            return (null, null);
        var digest = SHA256.HashData(content);
        if (!hasDigest(content, digest))
            return (null, FileRefusals.DigestMismatch);
        var (mediaType, refused) = FileTypes.Examine(content, upload.Declared);
        if (refused is not null)
            return (null, refused);
        // Whoever was stopped here before may have said where they are going to be, and not have put them there.
        if (stores.Chosen.Name != upload.Place)
            await table.Move(upload.Id, stores.Chosen.Name, ct);
        await stores.Chosen.Put(upload.Id, content, ct);
        return (new(upload.Id, Sha256Digest.Prefix + Convert.ToHexStringLower(digest), length, mediaType!), null);
    }

    /// <summary>Drops an upload, whether or not the one who sent it is still there.</summary>
    public Task Forget(Guid id) => table.Forget(id, CancellationToken.None);

    public void Dispose() => _examining.Dispose();
}
