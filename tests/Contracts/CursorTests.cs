using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace OneDoor.Wire;

public class CursorTests
{
    private const string Position = "638433000000000000/0190f7c2-0000-7000-8000-000000000000";

    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    private readonly Cursors _cursors = new(Key);

    [Fact]
    public void A_cursor_tells_nobody_its_position_and_is_the_same_each_time()
    {
        var cursor = _cursors.Sign("complaints", Position);

        Assert.DoesNotContain("638433", Encoding.Latin1.GetString(Base64Url.DecodeFromChars(cursor)), StringComparison.Ordinal);
        Assert.Equal(cursor, _cursors.Sign("complaints", Position));
        Assert.Equal(Position, _cursors.Read("complaints", cursor));
    }

    [Fact]
    public void It_is_none_of_another_list_and_none_once_it_is_altered()
    {
        var cursor = _cursors.Sign("complaints", Position);
        var altered = Base64Url.DecodeFromChars(cursor);
        altered[^1] ^= 1;

        Assert.Null(_cursors.Read("cases", cursor));
        Assert.Null(_cursors.Read("complaints", Base64Url.EncodeToString(altered)));
        Assert.Null(_cursors.Read("complaints", "AAAA"));
        Assert.Null(_cursors.Read("complaints", "!"));
    }

    [Fact]
    public void One_that_a_release_before_signed_goes_on_working()
    {
        var mark = HMACSHA256.HashData(Key, (byte[])[.. "events"u8, 0, .. Encoding.UTF8.GetBytes(Position)]);

        Assert.Equal(Position, _cursors.Read("events", Base64Url.EncodeToString([.. mark[..16], .. Encoding.UTF8.GetBytes(Position)])));
        Assert.Null(_cursors.Read("cases", Base64Url.EncodeToString([.. mark[..16], .. Encoding.UTF8.GetBytes(Position)])));
    }
}
