namespace OneDoor.Feed;

/// <summary>Why the feed does not answer.</summary>
public static class FeedRefusals
{
    public static readonly Refusal TypeNotFound = new("event-type.not-found", 404, new("没有此事件类型", "There is no such type of events"));

    public static readonly Refusal TooManyStreams = new("event.too-many-streams", 429,
        new("同时打开的事件流过多", "Too many streams of events are open"), new("请关闭不再读取的事件流。", "Close those that nobody reads any more."));
}
