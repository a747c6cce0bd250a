using System.Text.Json;
using GraphQL;
using GraphQLParser.AST;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Net.Http.Headers;

namespace OneDoor.Platform;

/// <summary>GraphQL over HTTP, and subscriptions as server-sent events (the distinct mode of graphql-sse).</summary>
public sealed class GraphQlHttp(GraphQlDoor door, GraphQlOptions options, RequestAllowance allowance, IGraphQLTextSerializer json, TimeProvider time, IHostApplicationLifetime host)
{
    public const string Response = "application/graphql-response+json", Json = "application/json", Events = "text/event-stream";

    /// <summary>What stands twice in one object has no meaning, so it is refused, as over REST.</summary>
    public static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    public async Task Serve(HttpContext http)
    {
        if (http.WebSockets.IsWebSocketRequest)
        {
            using var socket = new GraphQlSocket(http, door, options, allowance, json, time, host.ApplicationStopping);
            await socket.Serve();
            return;
        }
        // A token that is no good is not the same as none.
        if ((await http.AuthenticateAsync()).Failure is not null)
        {
            await http.ChallengeAsync();
            return;
        }
        var query = http.Request.Query;
        if (HttpMethods.IsGet(http.Request.Method) && query.Count == 0 && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal))
        {
            http.Response.Redirect("/playground");
            return;
        }
        http.Response.Headers.Vary = "Accept, Authorization";
        http.Response.Headers.CacheControl = "no-store";
        if (Accepted(http.Request) is not { } media)
        {
            await Refuse(http, Json, GraphQlRefusals.NotAcceptable);
            return;
        }
        var (request, unread) = await Read(http, http.RequestAborted);
        var (operation, refused) = request is null ? (null, unread) : door.Prepare(http, request);
        if (operation is not null)
            refused = operation.Kind switch
            {
                OperationType.Mutation when HttpMethods.IsGet(http.Request.Method) => GraphQlRefusals.MutationByGet,
                OperationType.Subscription when media != Events => GraphQlRefusals.StreamNeeded,
                _ => null,
            };
        if (refused is not null)
            await Refuse(http, media, refused);
        else if (media == Events)
            await Stream(http, operation!);
        else
            await Answer(http, media, operation!);
    }

    /// <summary>The best of the media types we offer; null when none is accepted.</summary>
    private static string? Accepted(HttpRequest request)
    {
        if (request.Headers.Accept.Count == 0)
            return Json;
        if (!MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
            return null;
        return accepted.Where(a => a.Quality is not 0).OrderByDescending(a => a.Quality ?? 1).Select(a => a.MediaType.Value?.ToLowerInvariant() switch
        {
            Response => Response,
            Json or "*/*" or "application/*" => Json,
            Events => Events,
            _ => null,
        }).FirstOrDefault(media => media is not null);
    }

    private async Task<(GraphQlRequest? Request, Refusal? Refused)> Read(HttpContext http, CancellationToken ct)
    {
        if (HttpMethods.IsGet(http.Request.Method))
        {
            var query = http.Request.Query;
            return Read(Text("query"), Text("operationName"), Text("documentId"), Parse(Text("variables")), Parse(Text("extensions")));
            string? Text(string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;
        }
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || type.MediaType != Json
            || (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
            return (null, RequestRefusals.MediaType);
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, Strict, ct);
            return ReadRequest(body.RootElement);
        }
        catch (JsonException bad)
        {
            return (null, bad.Message.Contains("Duplicate property", StringComparison.Ordinal) ? RequestRefusals.DuplicateField : RequestRefusals.MalformedJson);
        }
    }

    /// <summary>A request in JSON, as HTTP bodies and WebSocket payloads hold it.</summary>
    public (GraphQlRequest? Request, Refusal? Refused) ReadRequest(JsonElement body) => ReadRequest(body, json);

    public static (GraphQlRequest? Request, Refusal? Refused) ReadRequest(JsonElement body, IGraphQLTextSerializer json)
    {
        if (body.ValueKind != JsonValueKind.Object)
            return (null, GraphQlRefusals.BadRequest);
        try
        {
            return TryText(body, "query", out var query) && TryText(body, "operationName", out var name) && TryText(body, "documentId", out var id)
                ? Read(query, name, id, Member(body, "variables"), Member(body, "extensions"), json)
                : (null, GraphQlRefusals.BadRequest);
        }
        catch (InvalidOperationException)
        {
            return (null, RequestRefusals.TextInvalid); // A lone surrogate.
        }
    }

    private (GraphQlRequest?, Refusal?) Read(string? query, string? name, string? id, JsonElement? variables, JsonElement? extensions) =>
        Read(query, name, id, variables, extensions, json);

    private static (GraphQlRequest?, Refusal?) Read(
        string? query, string? name, string? id, JsonElement? variables, JsonElement? extensions, IGraphQLTextSerializer json)
    {
        if (variables is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) } || extensions is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Null) })
            return (null, GraphQlRefusals.BadRequest);
        // Clients made for persisted queries name the document by its digest.
        if (extensions is { ValueKind: JsonValueKind.Object } e && e.TryGetProperty("persistedQuery", out var persisted)
            && persisted.ValueKind == JsonValueKind.Object && persisted.TryGetProperty("sha256Hash", out var hash) && hash.ValueKind == JsonValueKind.String)
            id ??= hash.GetString();
        if (query is null && id is null)
            return (null, GraphQlRefusals.BadRequest);
        var inputs = variables is { ValueKind: JsonValueKind.Object } given ? json.ReadNode<Inputs>(given) : null;
        return (new GraphQlRequest(query, string.IsNullOrEmpty(name) ? null : name, inputs ?? Inputs.Empty, id), null);
    }

    private static bool TryText(JsonElement body, string name, out string? text)
    {
        var member = Member(body, name);
        text = member is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
        return member is null or { ValueKind: JsonValueKind.String or JsonValueKind.Null };
    }

    private static JsonElement? Member(JsonElement body, string name) => body.TryGetProperty(name, out var value) ? value : null;

    // What is no JSON is left undefined, which no request accepts.
    private static JsonElement? Parse(string? text)
    {
        if (text is null)
            return null;
        try
        {
            return JsonElement.Parse(text, Strict);
        }
        catch (JsonException)
        {
            return default(JsonElement);
        }
    }

    private async Task Answer(HttpContext http, string media, GraphQlOperation operation)
    {
        var result = await door.Run(http, operation, http.RequestServices, turns: null, http.RequestAborted);
        http.Response.StatusCode = result.Executed || media == Json ? 200 : 400;
        await Write(http, media, result);
    }

    private async Task Refuse(HttpContext http, string media, Refusal refusal)
    {
        if (media == Events && refusal.Status == 400)
        {
            await Begin(http);
            await Send(http, "next", json.Serialize(door.Refuse(http, refusal)));
            await Send(http, "complete", "");
            return;
        }
        // A well-formed request whose document is refused has been answered, says the application/json of old.
        var isAboutDocument = refusal.Status == 400 && refusal.Code.StartsWith("graphql.", StringComparison.Ordinal) && refusal.Code != GraphQlRefusals.BadRequest.Code;
        http.Response.StatusCode = media == Json && isAboutDocument ? 200 : refusal.Status;
        if (refusal.Status == 405)
            http.Response.Headers.Allow = "POST";
        if (refusal.Status == 429)
            http.Response.Headers.RetryAfter = "1";
        await Write(http, media == Events ? Json : media, door.Refuse(http, refusal));
    }

    private async Task Write(HttpContext http, string media, ExecutionResult result)
    {
        http.Response.ContentType = media + "; charset=utf-8";
        await json.WriteAsync(http.Response.Body, result, http.RequestAborted);
    }

    private async Task Stream(HttpContext http, GraphQlOperation operation)
    {
        using var connection = door.Connections.Take(CountedCaller.Of(http).Subject);
        using var subscription = door.Subscriptions.Take(CountedCaller.Of(http).Subject);
        if (connection is null || subscription is null)
        {
            await Refuse(http, Events, connection is null ? GraphQlRefusals.TooManyConnections : GraphQlRefusals.TooManyOperations);
            return;
        }
        using var turns = new GraphQlTurns(new SemaphoreSlim(1, 1));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        var expiry = GraphQlTokens.Expiry(http.User, time, ending.Token);
        var result = await door.Run(http, operation, http.RequestServices, turns, ending.Token);
        await Begin(http);
        if (result.Streams?.Values.SingleOrDefault() is { } stream)
        {
            await using var results = GraphQlStream.Of(stream).GetAsyncEnumerator(ending.Token);
            var next = Moves(results);
            try
            {
                while (true)
                {
                    var first = await Task.WhenAny(next, expiry, Task.Delay(TimeSpan.FromSeconds(12), ending.Token));
                    if (first == expiry || (first == next && !await next))
                        break;
                    if (first == next)
                    {
                        await Send(http, "next", json.Serialize(results.Current));
                        turns.Done();
                        next = Moves(results);
                    }
                    else if (!ending.IsCancellationRequested)
                        await Comment(http);
                    else
                        break;
                }
            }
            finally
            {
                await ending.CancelAsync();
                await next;
            }
        }
        else
            await Send(http, "next", json.Serialize(result));
        if (!http.RequestAborted.IsCancellationRequested)
            await Send(http, "complete", "");
        await ending.CancelAsync();
    }

    // False when there is no more, or when nobody waits for it any more.
    private static async Task<bool> Moves(IAsyncEnumerator<ExecutionResult> results)
    {
        try
        {
            return await results.MoveNextAsync();
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task Begin(HttpContext http)
    {
        http.Response.ContentType = Events + "; charset=utf-8";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        await Comment(http);
    }

    private static async Task Comment(HttpContext http)
    {
        await http.Response.WriteAsync(":\n\n", http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    private static async Task Send(HttpContext http, string name, string data)
    {
        await http.Response.WriteAsync($"event: {name}\ndata: {data}\n\n", http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }
}
