using System.Globalization;

namespace OneDoor.Feed;

/// <summary>Cursors of the feed: places in the order of all facts, the same for every reader and every choice of types.</summary>
public sealed class EventCursors(Cursors cursors)
{
    /// <summary>What they are signed for.</summary>
    public const string List = "events";

    public Cursors Signed => cursors;

    /// <summary>The cursor of a place.</summary>
    public string Of(long place) => cursors.Sign(List, place.ToString(CultureInfo.InvariantCulture));

    /// <summary>The cursor to go on from: at the end the very text that was sent, whichever release made it.</summary>
    /// <param name="place">Up to where the page has come.</param>
    /// <param name="sent">The cursor that was sent; null for none.</param>
    public string After(long place, string? sent) => sent is not null && Read(sent) == place ? sent : Of(place);

    /// <summary>The place of a cursor that has been read; the beginning for none.</summary>
    public static long PlaceOf(string? read) => read is null ? 0 : long.Parse(read, CultureInfo.InvariantCulture);

    /// <summary>The place of a cursor; null for what is none.</summary>
    public long? Read(string cursor) => cursors.Read(List, cursor) is { } read ? PlaceOf(read) : null;
}
