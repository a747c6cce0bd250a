using System.Collections.Frozen;

namespace OneDoor.Graph;

/// <summary>Why a GraphQL request is refused before it runs, and how this door says what REST says in words of its own.</summary>
public static class GraphRefusals
{
    public static readonly Refusal BadRequest = new("graphql.bad-request", 400,
        new("不是有效的 GraphQL 请求", "This is no GraphQL request"),
        new("请发送含 query、operationName、variables、extensions 的 JSON 对象，不支持批量。",
            "Send one JSON object with query, operationName, variables and extensions; batches are not taken."));

    public static readonly Refusal NotAcceptable = new("graphql.not-acceptable", 406,
        new("不支持所要求的响应类型", "None of the accepted media types is offered"),
        new("可用：application/graphql-response+json、application/json、text/event-stream。",
            "Offered: application/graphql-response+json, application/json, text/event-stream."));

    public static readonly Refusal Syntax = new("graphql.syntax", 400, new("GraphQL 语法错误", "The document's syntax is wrong"));

    public static readonly Refusal Validation = new("graphql.validation", 400, new("文档与模式不符", "The document does not fit the schema"));

    public static readonly Refusal OperationUnknown = new("graphql.operation-unknown", 400,
        new("没有此操作", "The document has no such operation"));

    public static readonly Refusal MutationByGet = new("graphql.mutation-by-get", 405,
        new("GET 只用于查询", "GET is for queries only"), new("变更请用 POST。", "Send mutations by POST."));

    public static readonly Refusal StreamNeeded = new("graphql.stream-needed", 406,
        new("订阅需要流", "A subscription needs a stream"),
        new("请用 WebSocket（graphql-transport-ws）或 Accept: text/event-stream。",
            "Use a WebSocket (graphql-transport-ws) or Accept: text/event-stream."));

    public static readonly Refusal DocumentTooLarge = new("graphql.document-too-large", 413, new("文档过大", "The document is too large"));

    public static readonly Refusal TooManyTokens = new("graphql.too-many-tokens", 400, new("文档词元过多", "The document has too many tokens"));

    public static readonly Refusal TooDeep = new("graphql.too-deep", 400, new("嵌套过深", "The operation is nested too deep"));

    public static readonly Refusal TooManyAliases = new("graphql.too-many-aliases", 400, new("别名过多", "The operation has too many aliases"));

    public static readonly Refusal TooManyRootFields = new("graphql.too-many-root-fields", 400,
        new("根字段过多", "The operation has too many root fields"));

    public static readonly Refusal TooManyFields = new("graphql.too-many-fields", 400, new("字段过多", "The operation has too many fields"));

    public static readonly Refusal TooManyDirectives = new("graphql.too-many-directives", 400,
        new("指令过多", "The operation has too many directives"));

    public static readonly Refusal FragmentCycle = new("graphql.fragment-cycle", 400, new("片段循环引用", "The fragments form a cycle"));

    public static readonly Refusal CostTooHigh = new("graphql.cost-too-high", 400, new("查询代价过高", "The operation costs too much"));

    public static readonly Refusal BudgetSpent = new("graphql.budget-spent", 429,
        new("查询额度已用完", "The client's budget is spent"),
        new("额度每秒恢复，见 extensions.cost。", "It is restored every second: see extensions.cost."));

    public static readonly Refusal TooManyOperations = new("graphql.too-many-operations", 429,
        new("同时进行的操作过多", "Too many operations run at once"),
        new("请先等待或结束其中一些。", "Wait until some have ended, or end some."));

    public static readonly Refusal TooManyConnections = new("graphql.too-many-connections", 429,
        new("同时打开的连接过多", "Too many connections are open"),
        new("请先关闭其中一些；同一连接可进行多个操作。", "Close some first; one connection carries several operations."));

    public static readonly Refusal CodeAlone = new("graphql.code-alone", 400,
        new("须单独请求", "This is asked alone"),
        new("出示投诉码或匿名投诉时，操作只能有这一个根字段（不放在片段里），也不通过 WebSocket 发送。",
            "Who shows a complaint's code or files one anonymously asks for that one field in a request of its own, in no fragment and not over a WebSocket."));

    public static readonly Refusal DocumentUnknown = new("graphql.document-unknown", 400, new("没有此可信文档", "There is no such trusted document"));

    public static readonly Refusal DocumentNotTrusted = new("graphql.document-not-trusted", 403,
        new("该客户端只能使用可信文档", "This client may send trusted documents only"), new("请发送 documentId。", "Send a documentId."));

    // What is said of headers and of the query over REST, as it is said here.
    private static readonly FrozenDictionary<string, (Refusal OverRest, Text Title, Text? Detail)> OwnWords = new[]
    {
        Own(RequestRefusals.Stale, detail: new("version 不是当前版本；请重新读取后再决定。", "version is not the current one; read again and decide anew.")),
        Own(PlatformRefusals.KeyInvalid, new("idempotencyKey 无效", "The idempotencyKey is not valid")),
        Own(PlatformRefusals.KeyReused, new("idempotencyKey 已用于其他请求", "The idempotencyKey belongs to another request")),
        Own(RequestRefusals.TooMany, detail: new("请稍候再试。", "Try again in a while.")),
        Own(PlatformRefusals.Unavailable, detail: new(
            "请稍后以相同的 idempotencyKey 重试，只会发生一次。", "Try again later; with the same idempotencyKey it happens once.")),
        Own(RequestRefusals.ParameterInvalid, new("参数无效", "An argument is not valid")),
        Own(RequestRefusals.CursorInvalid, detail: new(
            "请使用上一页返回的 endCursor，不要自行构造。", "Use the endCursor of the page before; cursors are not made by hand.")),
    }.ToFrozenDictionary(own => own.OverRest.Code);

    /// <summary>The refusal without the words of REST; what was wrong this time stays as it was said.</summary>
    public static Refusal InOwnWords(Refusal refusal)
    {
        var (title, detail) = Worded(refusal.Code, refusal.Title, refusal.Detail);
        return refusal with { Title = title, Detail = detail, Fields = [.. refusal.Fields.Select(InOwnWords)] };
    }

    private static FieldRefusal InOwnWords(FieldRefusal field)
    {
        var (title, detail) = Worded(field.Code, field.Title, field.Detail);
        return field with { Pointer = field.Pointer == Idempotency.Header ? "idempotencyKey" : field.Pointer, Title = title, Detail = detail };
    }

    private static (Text Title, Text? Detail) Worded(string code, Text title, Text? detail) =>
        OwnWords.TryGetValue(code, out var own) ? (own.Title, detail == own.OverRest.Detail ? own.Detail : detail) : (title, detail);

    private static (Refusal OverRest, Text Title, Text? Detail) Own(Refusal rest, Text? title = null, Text? detail = null) =>
        (rest, title ?? rest.Title, detail ?? rest.Detail);
}
