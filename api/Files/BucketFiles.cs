using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace OneDoor.Files;

/// <summary>Section <c>Storage</c>: an object store that speaks S3, for the bytes of files. Without an address they lie in the database.</summary>
public sealed record StorageOptions
{
    /// <summary>The store's address, for instance <c>https://s3.example</c>.</summary>
    public string? Address { get; init; }

    /// <summary>Whether files go over plain HTTP outside development: where nobody else is on the way.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>The bucket, which has to be there.</summary>
    public string Bucket { get; init; } = "onedoor";

    /// <summary>The region that requests are signed for.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The name of the key that requests are signed with.</summary>
    public string? AccessKey { get; init; }

    /// <summary>That key.</summary>
    public string? SecretKey { get; init; }

    /// <summary>Seconds to wait for an answer of the store; then the client hears 503.</summary>
    [Range(1, 300)]
    public int TimeoutSeconds { get; init; } = 10;
}

/// <summary>An object store that speaks S3: an object for each file, called by its id.</summary>
public sealed class BucketFiles : FileStore, IDisposable
{
    private readonly AmazonS3Client _client;
    private readonly string _bucket;

    public BucketFiles(StorageOptions options)
    {
        _bucket = options.Bucket;
        // A try of ours could not tell whether the first one came through: whoever asked asks again.
        _client = new(new BasicAWSCredentials(options.AccessKey, options.SecretKey), new AmazonS3Config
        {
            ServiceURL = options.Address, AuthenticationRegion = options.Region, ForcePathStyle = true, MaxErrorRetry = 0,
            Timeout = TimeSpan.FromSeconds(options.TimeoutSeconds),
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED, ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });
    }

    public override string Name => "s3";

    public override Task Put(Guid id, ArraySegment<byte> content, CancellationToken ct) => Ask(async () =>
    {
        using var body = new MemoryStream(content.Array!, content.Offset, content.Count, writable: false);
        await _client.PutObjectAsync(new PutObjectRequest
        {
            BucketName = _bucket, Key = Key(id), InputStream = body, AutoCloseStream = false, UseChunkEncoding = false, ChecksumSHA256 = Convert.ToBase64String(SHA256.HashData(content)),
        }, ct);
        return 0;
    }, ct);

    public override Task<int> Read(Guid id, int from, Memory<byte> into, CancellationToken ct) => Ask(async () =>
    {
        using var answer = await _client.GetObjectAsync(
            new GetObjectRequest { BucketName = _bucket, Key = Key(id), ByteRange = new ByteRange(from, from + into.Length - 1) }, ct);
        return await answer.ResponseStream.ReadAtLeastAsync(into, into.Length, throwOnEndOfStream: false, ct);
    }, ct);

    public override Task Drop(Guid id, CancellationToken ct) => Ask(() => _client.DeleteObjectAsync(_bucket, Key(id), ct), ct);

    public void Dispose() => _client.Dispose();

    private static string Key(Guid id) => $"files/{id}";

    private static async Task<T> Ask<T>(Func<Task<T>> what, CancellationToken ct)
    {
        try
        {
            return await what();
        }
        catch (Exception fault) when (!ct.IsCancellationRequested && fault is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or TaskCanceledException)
        {
            throw new StoreAwayException($"The object store does not answer, or not as it should: {fault.GetBaseException().Message}");
        }
    }
}
