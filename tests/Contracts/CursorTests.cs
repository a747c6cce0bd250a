using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using OneDoor.Feed;
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
        Assert.Equal(Position, _cursors.Read("events", OfFormerRelease(Position)));
        Assert.Null(_cursors.Read("cases", OfFormerRelease(Position)));
    }

    [Fact]
    public void At_the_end_of_the_feed_the_cursor_that_was_sent_stays_whichever_release_made_it()
    {
        var feed = new EventCursors(_cursors);

        Assert.All([OfFormerRelease("4711"), feed.Of(4711)], sent => Assert.Equal((sent, feed.Of(4712)), (feed.After(4711, sent), feed.After(4712, sent))));
        Assert.Equal(feed.Of(4711), feed.After(4711, null));
    }

    private static string OfFormerRelease(string position) => Base64Url.EncodeToString(
        [.. HMACSHA256.HashData(Key, (byte[])[.. "events"u8, 0, .. Encoding.UTF8.GetBytes(position)])[..16], .. Encoding.UTF8.GetBytes(position)]);
}
