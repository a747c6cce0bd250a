using System.Security.Cryptography;

namespace OneDoor.Files;

/// <summary>Where the bytes of files are.</summary>
public abstract class FileStore
{
    /// <summary>What a row of <see cref="FileTable"/> calls it.</summary>
    public abstract string Name { get; }

    /// <summary>Takes over a file's bytes, which until then lie in pieces in the database.</summary>
    public abstract Task Put(Guid id, ArraySegment<byte> content, CancellationToken ct);

    /// <summary>Copies the bytes from a byte on, as many as there is room for, and says how many that were.</summary>
    public abstract Task<int> Read(Guid id, int from, Memory<byte> into, CancellationToken ct);

    /// <summary>Deletes a file, one that is not there, too.</summary>
    /// <exception cref="StoreAwayException">It is there still, for all that is known.</exception>
    public abstract Task Drop(Guid id, CancellationToken ct);

    /// <summary>Compares the digest of what was read of a file with the file's own.</summary>
    /// <exception cref="StoreAwayException">They differ: somebody changed it where it is, or on the way.</exception>
    public static void Compare(Guid id, string read, string digest)
    {
        if (!Sha256Digest.AreSame(read, digest))
            throw new StoreAwayException($"What is stored of the file {id} is not what was handed in.");
    }
}

/// <summary>The database: it needs no further server, and a backup of it is a backup of all.</summary>
public sealed class DatabaseFiles(FileTable table) : FileStore
{
    public const string Place = "database";

    public override string Name => Place;

    public override Task Put(Guid id, ArraySegment<byte> content, CancellationToken ct) => Task.CompletedTask;

    public override Task<int> Read(Guid id, int from, Memory<byte> into, CancellationToken ct) => table.Read(id, from, into, ct);

    // The table does, of what it drops.
    public override Task Drop(Guid id, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>Where new files go, and where each one is: what was put elsewhere before is still there.</summary>
public sealed class FileStores(IEnumerable<FileStore> stores)
{
    private readonly FileStore[] _all = [.. stores];

    public IReadOnlyList<FileStore> All => _all;

    /// <summary>Where new files go.</summary>
    public FileStore Chosen => _all[^1];

    /// <exception cref="InvalidOperationException">The store is not configured any more.</exception>
    public FileStore Of(string place) =>
        Array.Find(_all, store => store.Name == place) ?? throw new InvalidOperationException($"There are files in {place}, and Storage__… does not say where that is.");
}

/// <summary>
/// A file's bytes, read as they are asked for, from any byte on. Whoever reads it from the first to the last gets the last of them only if it
/// is what its digest says.
/// </summary>
/// <param name="store">Where it is.</param>
/// <param name="id">The file's.</param>
/// <param name="length">Of how many bytes.</param>
/// <param name="digest">Its <see cref="Sha256Digest"/>.</param>
public sealed class StoredFileStream(FileStore store, Guid id, int length, string digest) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _hashed;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = (int)Math.Min(buffer.Length, length - Position);
        if (wanted <= 0)
            return 0;
        var read = await store.Read(id, (int)Position, buffer[..wanted], cancellationToken);
        if (Position == _hashed)
        {
            _hash.AppendData(buffer.Span[..read]);
            _hashed += read;
            if (_hashed == length)
                FileStore.Compare(id, Sha256Digest.Prefix + Convert.ToHexStringLower(_hash.GetCurrentHash()), digest);
        }
        Position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("It is read without holding a thread.");

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => length + offset,
    };

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _hash.Dispose();
        base.Dispose(disposing);
    }

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
