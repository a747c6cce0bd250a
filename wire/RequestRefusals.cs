namespace OneDoor.Wire;

/// <summary>Why either server refuses a request before, beside or after the rules of any capability.</summary>
public static class RequestRefusals
{
    public static readonly Refusal MalformedJson = new("request.malformed-json", 400,
        new("请求正文不是有效的 JSON", "The body is not well-formed JSON"),
        new("正文须为 UTF-8 编码的 JSON，嵌套不超过32层。", "It has to be JSON in UTF-8, nested at most 32 deep."));

    public static readonly Refusal UnknownField = new("request.unknown-field", 400, new("请求含有未知字段", "The body has an unknown field"));

    public static readonly Refusal DuplicateField = new("request.duplicate-field", 400,
        new("请求字段重复", "The body has a field twice"), new("每个字段只写一次。", "Give each field once."));

    public static readonly Refusal FieldMissing = new("request.field-missing", 400, new("请求缺少必填字段", "The body lacks a required field"));

    public static readonly Refusal FieldInvalid = new("request.field-invalid", 400,
        new("请求字段的值无效", "A field's value is not of its type"));

    public static readonly Refusal TextInvalid = new("request.text-invalid", 400,
        new("文本无效", "A text is not valid"),
        new("文本须为有效的 Unicode，不得含 NUL 字符。", "Text has to be valid Unicode without NUL characters."));

    public static readonly Refusal BodyMissing = new("request.body-missing", 400,
        new("缺少请求正文", "The body is missing"), new("此请求须有 JSON 对象作为正文。", "This request has a JSON object as its body."));

    public static readonly Refusal ParameterInvalid = new("request.parameter-invalid", 400,
        new("查询参数无效", "A query parameter is not valid"));

    public static readonly Refusal ParameterUnknown = new("request.parameter-unknown", 400,
        new("没有此查询参数", "There is no such query parameter"));

    public static readonly Refusal CursorInvalid = new("request.cursor-invalid", 400,
        new("分页游标无效", "The cursor is not valid"),
        new("请使用上一页返回的 next，不要自行构造。", "Use the next of the page before; cursors are not made by hand."));

    public static readonly Refusal Invalid = new("request.invalid", 400, new("请求无效", "The request is not valid"));

    public static readonly Refusal RouteNotFound = new("request.not-found", 404,
        new("没有此地址", "There is nothing at this address"), new("全部地址见文档。", "The documentation lists every address."));

    public static readonly Refusal MethodNotAllowed = new("request.method-not-allowed", 405,
        new("此地址不支持该方法", "The address does not take this method"));

    public static readonly Refusal TooSlow = new("request.too-slow", 408, new("请求发送超时", "The request came in too slowly"));

    public static readonly Refusal Stale = new("request.stale", 412,
        new("内容已被更改", "It has changed since"),
        new("If-Match 不是当前版本；请重新读取后再决定。", "If-Match does not name the current version; read again and decide anew."));

    public static readonly Refusal TooLarge = new("request.too-large", 413,
        new("请求正文过大", "The body is too large"), new("不得超过 1 MB。", "At most 1 MB."));

    public static readonly Refusal MediaType = new("request.media-type", 415,
        new("不支持的媒体类型", "The media type is not supported"), new("请使用 application/json。", "Send application/json."));

    public static readonly Refusal ContentEncoding = new("request.content-encoding", 415,
        new("不支持压缩的请求正文", "The body is encoded"), new("请原样发送，不带 Content-Encoding。", "Send it as it is, without Content-Encoding."));

    public static readonly Refusal IfMatchMissing = new("request.if-match-missing", 428,
        new("缺少 If-Match", "If-Match is missing"),
        new("更改须注明所见版本：把读取时的 ETag 放入 If-Match。", "A change names the version it saw: send the ETag you read as If-Match."));

    public static readonly Refusal IfMatchInvalid = new("request.if-match-invalid", 400,
        new("If-Match 无效", "If-Match is not valid"),
        new("须为读取时的 ETag，保留双引号；弱标签不可用。", "It has to be the ETag you read, in its double quotes; weak tags do not do."));

    public static readonly Refusal TooMany = new("request.too-many", 429,
        new("请求过于频繁", "Too many requests"), new("请在 Retry-After 之后重试。", "Try again after Retry-After."));

    public static readonly Refusal Fault = new("platform.fault", 500,
        new("平台内部错误", "The platform failed"), new("请凭 traceId 联系我们。", "Please report the traceId to us."));

    public static readonly Refusal TokenMissing = new("auth.token-missing", 401,
        new("缺少访问令牌", "The access token is missing"), new("请以 Authorization: Bearer 发送。", "Send it as Authorization: Bearer."));

    public static readonly Refusal TokenExpired = new("auth.token-expired", 401,
        new("访问令牌已过期", "The access token has expired"), new("请重新获取令牌。", "Get a new one."));

    public static readonly Refusal TokenWrongAudience = new("auth.token-wrong-audience", 401,
        new("访问令牌不是签发给本平台的", "The access token was not issued for this platform"));

    public static readonly Refusal TokenInvalid = new("auth.token-invalid", 401,
        new("访问令牌无效", "The access token is not valid"),
        new("签名、签发者或格式不正确，或其中的申请人无法识别。", "Its signature, issuer or form is not right, or it does not say for whom it is."));

    public static readonly Refusal TokenNotBound = new("auth.token-not-bound", 401,
        new("访问令牌绑定于另一证书", "The access token is bound to another certificate"),
        new("请以获取令牌时所用的客户端证书建立连接（RFC 8705）。", "Connect with the client certificate the token was issued to (RFC 8705)."));

    public static readonly Refusal TokenUnbound = new("auth.token-unbound", 401,
        new("访问令牌未绑定证书", "The access token is not bound to a certificate"),
        new("代表部门行事、管理客户端或人员的令牌须绑定客户端证书（RFC 8705）：请以该证书获取令牌。",
            "A token that acts for a department, or administers clients and people, has to be (RFC 8705): get it with the client's certificate."));

    public static readonly Refusal ScopeMissing = new("auth.scope-missing", 403,
        new("访问令牌没有所需的权限范围", "The access token lacks the scope for this"));

    /// <summary>The token has none of some scopes.</summary>
    public static Refusal LacksScope(IEnumerable<string> scopes)
    {
        var needed = Text.List(scopes);
        return ScopeMissing.Because($"需要其一：{needed.Zh}。", $"One of these is needed: {needed.En}.");
    }
}
