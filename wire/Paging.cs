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

/// <summary>Signs and checks cursors, so that a list goes on only where it left off.</summary>
/// <param name="key">Shared by all processes, so that one's cursor is another's, too.</param>
public sealed class Cursors(byte[] key)
{
    private const int TagLength = 16;

    /// <param name="list">The list the cursor belongs to; a cursor of one is no cursor of another.</param>
    /// <param name="position">The last entry seen, in the list's own terms.</param>
    public string Sign(string list, string position)
    {
        var text = Encoding.UTF8.GetBytes(position);
        return Base64Url.EncodeToString([.. Tag(list, text), .. text]);
    }

    /// <summary>The position in a cursor that this platform signed for this list; null for any other text.</summary>
    public string? Read(string list, string cursor)
    {
        if (!Base64Url.IsValid(cursor, out var length) || length <= TagLength)
            return null;
        var bytes = Base64Url.DecodeFromChars(cursor);
        var text = bytes.AsSpan(TagLength);
        return CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, TagLength), Tag(list, text)) ? Encoding.UTF8.GetString(text) : null;
    }

    private ReadOnlySpan<byte> Tag(string list, ReadOnlySpan<byte> position) =>
        HMACSHA256.HashData(key, (byte[])[.. Encoding.UTF8.GetBytes(list), 0, .. position]).AsSpan(0, TagLength);
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
