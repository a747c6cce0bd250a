using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OneDoor.Platform;

/// <summary>
/// Entity tags. Each belongs to one representation (RFC 9110, 8.8.1): it is made of the version, the language, whose sight it
/// is and what is shown, so that another reader's share, or another language, has another one. Sealed, so that it tells nothing
/// to whoever finds it and cannot be made up.
/// </summary>
/// <param name="key">Shared by all processes, so that one's tag is another's, too.</param>
public sealed class Etags(byte[] key) : IDisposable
{
    private const int VersionLength = 4, MarkLength = 13, SealLength = 13, Length = VersionLength + MarkLength + SealLength;

    // One is not for several threads at once, and is made of its key only once.
    private readonly ThreadLocal<IncrementalHash> _keyed = new(() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key));

    /// <param name="of">What was read; its history and its clock are part of it, so that their tags name its version, too.</param>
    /// <param name="version">Its version.</param>
    /// <param name="language">The language of its words.</param>
    /// <param name="reader">Whose sight it is; null where everybody is shown the same.</param>
    /// <param name="shown">What the reader is shown of it.</param>
    public string Of(Guid of, int version, string language, Actor? reader, ReadOnlySpan<byte> shown)
    {
        var tag = new byte[Length];
        BinaryPrimitives.WriteInt32BigEndian(tag, version);
        var sight = reader?.Department is { } department ? Kebab.Of(department) : reader?.Applicant ?? reader?.Subject;
        Digest(Encoding.UTF8.GetBytes($"{language}\n{sight}\n"), shown)[..MarkLength].CopyTo(tag.AsSpan(VersionLength));
        Seal(of, tag).CopyTo(tag.AsSpan(VersionLength + MarkLength));
        return $"\"{Base64Url.EncodeToString(tag)}\"";
    }

    /// <inheritdoc cref="Preconditions.Refused"/>
    /// <param name="of">What is to change.</param>
    /// <param name="current">Its version.</param>
    public Refusal? Refused(string? ifMatch, Guid of, int current) => Preconditions.Refused(ifMatch, tag =>
        Read(tag) is { } bytes && BinaryPrimitives.ReadInt32BigEndian(bytes) == current
        && CryptographicOperations.FixedTimeEquals(bytes.AsSpan(VersionLength + MarkLength), Seal(of, bytes)));

    /// <summary>A read's answer, for its reader alone: 304 when the client has just this, the value with its tag otherwise.</summary>
    public IResult Ok<T>(HttpContext http, Guid of, int version, T value) => OkWritten(http, of, version, JsonSerializer.SerializeToUtf8Bytes(value, RestJson.Options));

    /// <summary>The same of JSON that is written already.</summary>
    public IResult OkWritten(HttpContext http, Guid of, int version, byte[] body)
    {
        http.IsForItsReader();
        return Unless(http, Of(of, version, Language.Of(http.Request), http.RequestServices.GetRequiredService<Caller>().Actor, body), body);
    }

    /// <summary>The same of what is computed and has no version, as figures.</summary>
    public IResult Ok<T>(HttpContext http, T value) => Ok(http, Guid.Empty, 0, value);

    /// <summary>
    /// A read's answer that is the same for everybody. Its tag is weak: it is the same whether the answer is compressed or not,
    /// and no change is based on it.
    /// </summary>
    public IResult OkForAll<T>(HttpContext http, T value)
    {
        http.IsForAll();
        var body = JsonSerializer.SerializeToUtf8Bytes(value, RestJson.Options);
        return Unless(http, "W/" + Of(Guid.Empty, 0, "", null, body), body);
    }

    /// <summary>The same of a page or a table, which is text.</summary>
    /// <param name="text">The answer.</param>
    /// <param name="mediaType">Of the text.</param>
    /// <param name="alike">What is the same in all texts that do as well as this one; null where only itself does.</param>
    public IResult OkForAll(HttpContext http, string text, string mediaType, string? alike = null)
    {
        http.IsForAll();
        return Unless(http, "W/" + Of(Guid.Empty, 0, "", null, Encoding.UTF8.GetBytes(alike ?? text)), Encoding.UTF8.GetBytes(text), mediaType);
    }

    /// <summary>A text for its reader alone.</summary>
    public IResult Ok(HttpContext http, string text, string mediaType)
    {
        http.IsForItsReader();
        var body = Encoding.UTF8.GetBytes(text);
        return Unless(http, Of(Guid.Empty, 0, "", http.RequestServices.GetRequiredService<Caller>().Actor, body), body, mediaType);
    }

    public void Dispose() => _keyed.Dispose();

    /// <summary>The version that a tag names: what is left of it in another tag of the same version. Null for what is no tag of ours.</summary>
    public static int? VersionOf(string tag) => Read(tag) is { } bytes
        ? BinaryPrimitives.ReadInt32BigEndian(bytes)
        // The first releases' tags were the version in quotes, and answers given then are still repeated.
        : int.TryParse(tag.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    private static IResult Unless(HttpContext http, string etag, byte[] body, string? mediaType = null)
    {
        http.Response.Headers.ETag = etag;
        return http.Request.HasAlready(etag) ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : mediaType is null ? new Json(body) : TypedResults.Text(body, $"{mediaType}; charset=utf-8");
    }

    // What TypedResults.Bytes does for files (ranges, dates, conditions) is no business of these answers, and costs more than they do.
    private sealed class Json(byte[] body) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => httpContext.Response.WriteJson(body);
    }

    private static byte[]? Read(string tag)
    {
        var text = tag.AsSpan().Trim('"');
        return Base64Url.IsValid(text, out var length) && length == Length ? Base64Url.DecodeFromChars(text) : null;
    }

    private ReadOnlySpan<byte> Seal(Guid of, byte[] tag) => Digest(of.ToByteArray(), tag.AsSpan(0, VersionLength + MarkLength))[..SealLength];

    // What is shown may be long: it is not copied for its digest.
    private ReadOnlySpan<byte> Digest(ReadOnlySpan<byte> beginning, ReadOnlySpan<byte> rest)
    {
        var keyed = _keyed.Value!;
        keyed.AppendData(beginning);
        keyed.AppendData(rest);
        return keyed.GetHashAndReset();
    }
}
