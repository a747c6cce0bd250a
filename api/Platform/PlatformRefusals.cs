namespace OneDoor.Platform;

/// <summary>Why the API refuses a request, beside what every server of the platform can refuse.</summary>
public static class PlatformRefusals
{
    public static readonly Refusal KeyInvalid = new("idempotency.key-invalid", 400,
        new("Idempotency-Key 无效", "The Idempotency-Key is not valid"),
        new("须为1至255个可打印 ASCII 字符，且只有一个；含逗号时须加双引号。",
            "There is one, of 1 to 255 printable ASCII characters; one with a comma stands in double quotes."));

    public static readonly Refusal KeyInUse = new("idempotency.in-progress", 409,
        new("同一请求正在处理", "A request with this key is still running"),
        new("请稍后以相同的键和正文重试。", "Try again in a moment with the same key and body."));

    public static readonly Refusal KeyReused = new("idempotency.key-reused", 422,
        new("Idempotency-Key 已用于其他请求", "The Idempotency-Key belongs to another request"),
        new("新的请求请使用新的键。", "Use a new key for a new request."));

    public static readonly Refusal Unavailable = new("platform.unavailable", 503,
        new("平台暂不可用", "The platform is not available right now"), new("请稍后以相同的 Idempotency-Key 重试，只会发生一次。", "Try again later; with the same Idempotency-Key it happens once."));

    public static readonly Refusal OriginRefused = new("request.origin-refused", 403,
        new("不接受来自该网页的连接", "Connections from this web page are not taken"));

    public static readonly Refusal RangeNotSatisfiable = new("request.range-not-satisfiable", 416,
        new("没有所请求的字节范围", "There is no such range of bytes"), new("完整长度见 Content-Range。", "Content-Range says how many there are."));

    // The status is that of the protocol tus.
    public static readonly Refusal ChecksumMismatch = new("request.checksum-mismatch", 460,
        new("请求正文与校验和不符", "The body does not have the checksum that it was sent with"), new("已丢弃，请重新发送。", "It was thrown away: send it again."));
}
