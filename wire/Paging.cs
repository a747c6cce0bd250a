using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Extensions;

namespace OneDoor.Wire;

/// <summary>A page of a list.</summary>
/// <param name="Items">In the list's order.</param>
/// <param name="Next">Address of the next page; null on the last.</param>
/// <param name="Total">All entries of the list, only where <c>?count=true</c> asked for it.</param>
public sealed record Page<T>(
    IReadOnlyList<T> Items, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Total = null);

/// <summary>Makes and reads cursors, so that a list goes on only where it left off. A cursor tells nobody the position in it: that may be an instant of which its reader is shown the day.</summary>
/// <param name="key">Shared by all processes, so that one's cursor is another's, too.</param>
public sealed class Cursors(byte[] key)
{
    private const int NonceLength = 12, TagLength = 16;

    private readonly byte[] _sealing = HMACSHA256.HashData(key, "positions of cursors"u8);

    /// <summary>The cursor of a position: the same each time, so that a page is the same while nothing happens.</summary>
    /// <param name="list">The list the cursor belongs to; a cursor of one is no cursor of another.</param>
    /// <param name="position">The last entry seen, in the list's own terms.</param>
    public string Sign(string list, string position)
    {
        var (of, text) = (Encoding.UTF8.GetBytes(list), Encoding.UTF8.GetBytes(position));
        // Of the position itself, so that no two positions share one.
        var nonce = Mark(of, text)[..NonceLength];
        var (tag, hidden) = (new byte[TagLength], new byte[text.Length]);
        using var aes = new AesGcm(_sealing, TagLength);
        aes.Encrypt(nonce, text, hidden, tag, of);
        return Base64Url.EncodeToString([.. nonce, .. tag, .. hidden]);
    }

    /// <summary>The position in a cursor that this platform made for this list; null for any other text.</summary>
    public string? Read(string list, string cursor)
    {
        if (!Base64Url.IsValid(cursor, out var length) || length <= TagLength)
            return null;
        var (of, bytes) = (Encoding.UTF8.GetBytes(list), Base64Url.DecodeFromChars(cursor));
        return Opened(of, bytes) ?? OfFormerReleases(of, bytes);
    }

    private string? Opened(byte[] list, byte[] bytes)
    {
        if (bytes.Length <= NonceLength + TagLength)
            return null;
        var text = new byte[bytes.Length - NonceLength - TagLength];
        using var aes = new AesGcm(_sealing, TagLength);
        try
        {
            aes.Decrypt(bytes.AsSpan(0, NonceLength), bytes.AsSpan(NonceLength + TagLength), bytes.AsSpan(NonceLength, TagLength), text, list);
            return Encoding.UTF8.GetString(text);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    // Those were signed and could be read; some readers go on from one of any age.
    private string? OfFormerReleases(byte[] list, byte[] bytes)
    {
        var text = bytes.AsSpan(TagLength);
        return CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, TagLength), Mark(list, text).AsSpan(0, TagLength)) ? Encoding.UTF8.GetString(text) : null;
    }

    private byte[] Mark(byte[] list, ReadOnlySpan<byte> position) => HMACSHA256.HashData(key, (byte[])[.. list, 0, .. position]);
}

/// <summary>The part of a list a client asks for.</summary>
/// <param name="First">At most so many entries.</param>
/// <param name="After">The position after which they begin; null from the start.</param>
public sealed record PageRequest(int First, string? After)
{
    public const int Most = 100, Usual = 20;
}

public static class Paging
{
    /// <summary>A page with its <c>next</c>, which also stands in the <c>Link</c> header (RFC 8288).</summary>
    /// <param name="http">The request, whose other parameters the next page keeps.</param>
    /// <param name="items">The page's entries.</param>
    /// <param name="after">Cursor of the last entry when there are more; null on the last page.</param>
    /// <param name="total">All entries, where asked for.</param>
    public static Page<T> PageOf<T>(this HttpContext http, IReadOnlyList<T> items, string? after, long? total = null)
    {
        http.IsForItsReader();
        if (after is null)
            return new Page<T>(items, null, total);
        var query = new QueryBuilder(http.Request.Query.Where(p => p.Key != "after")
            .Select(p => KeyValuePair.Create(p.Key, p.Value.ToString()))) { { "after", after } };
        var next = http.Request.Path + query.ToString();
        http.Response.Headers.Link = $"<{next}>; rel=\"next\"";
        return new Page<T>(items, next, total);
    }
}
