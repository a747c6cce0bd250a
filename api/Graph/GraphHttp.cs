using System.Net.Mime;
using System.Text.Json;
using GraphQL;
using GraphQLParser.AST;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Net.Http.Headers;

namespace OneDoor.Graph;

/// <summary>GraphQL over HTTP, and subscriptions as server-sent events (the distinct mode of graphql-sse).</summary>
public sealed class GraphHttp(GraphRunner runner, GraphOptions options, RequestAllowance allowance, IGraphQLTextSerializer json, TimeProvider time, IHostApplicationLifetime host)
{
    public const string Response = "application/graphql-response+json", Json = "application/json", Events = MediaTypeNames.Text.EventStream;

    public async Task Serve(HttpContext http)
    {
        if (http.WebSockets.IsWebSocketRequest)
        {
            using var socket = new GraphSocket(http, runner, options, allowance, json, time, host.ApplicationStopping);
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
            await Refuse(http, Json, GraphRefusals.NotAcceptable);
            return;
        }
        var (request, unread) = await Read(http, http.RequestAborted);
        var (operation, refused) = request is null ? (null, unread) : runner.Prepare(http, request);
        if (operation is not null)
            refused = operation.Kind switch
            {
                OperationType.Mutation when HttpMethods.IsGet(http.Request.Method) => GraphRefusals.MutationByGet,
                OperationType.Subscription when media != Events => GraphRefusals.StreamNeeded,
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

    private async Task<(GraphRequest? Request, Refusal? Refused)> Read(HttpContext http, CancellationToken ct)
    {
        if (HttpMethods.IsGet(http.Request.Method))
            return GraphRequest.Read(http.Request.Query, json);
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || type.MediaType != Json
            || (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
            return (null, RequestRefusals.MediaType);
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, GraphRequest.Strict, ct);
            return GraphRequest.Read(body.RootElement, json);
        }
        catch (JsonException bad)
        {
            return (null, bad.Message.Contains("Duplicate property", StringComparison.Ordinal) ? RequestRefusals.DuplicateField : RequestRefusals.MalformedJson);
        }
    }

    private async Task Answer(HttpContext http, string media, GraphOperation operation)
    {
        var result = await runner.Run(http, operation, http.RequestServices, turns: null, http.RequestAborted);
        http.Response.StatusCode = result.Executed || media == Json ? 200 : 400;
        await Write(http, media, result);
    }

    private async Task Refuse(HttpContext http, string media, Refusal refusal)
    {
        if (media == Events && refusal.Status == 400)
        {
            await Begin(http);
            await Send(http, "next", json.Serialize(runner.Refuse(http, refusal)));
            await Send(http, "complete", "");
            return;
        }
        // A well-formed request whose document is refused has been answered, says the application/json of old.
        var isAboutDocument = refusal.Status == 400 && refusal.Code.StartsWith("graphql.", StringComparison.Ordinal) && refusal.Code != GraphRefusals.BadRequest.Code;
        http.Response.StatusCode = media == Json && isAboutDocument ? 200 : refusal.Status;
        if (refusal.Status == 405)
            http.Response.Headers.Allow = "POST";
        if (refusal.Status == 429)
            http.Response.Headers.RetryAfter = "1";
        await Write(http, media == Events ? Json : media, runner.Refuse(http, refusal));
    }

    private async Task Write(HttpContext http, string media, ExecutionResult result)
    {
        http.Response.ContentType = media + "; charset=utf-8";
        await json.WriteAsync(http.Response.Body, result, http.RequestAborted);
    }

    private async Task Stream(HttpContext http, GraphOperation operation)
    {
        using var connection = runner.Connections.Take(CountedCaller.Of(http).Subject);
        using var subscription = runner.Subscriptions.Take(CountedCaller.Of(http).Subject);
        if (connection is null || subscription is null)
        {
            await Refuse(http, Events, connection is null ? GraphRefusals.TooManyConnections : GraphRefusals.TooManyOperations);
            return;
        }
        using var turns = new GraphTurns(new SemaphoreSlim(1, 1));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        var expiry = TokenExpiry.Of(http.User, time, ending.Token);
        var result = await runner.Run(http, operation, http.RequestServices, turns, ending.Token);
        await Begin(http);
        if (result.Streams?.Values.SingleOrDefault() is { } stream)
        {
            await using var results = GraphStream.Of(stream).GetAsyncEnumerator(ending.Token);
            var next = Next(results);
            try
            {
                while (true)
                {
                    var first = await Task.WhenAny(next, expiry, Task.Delay(TimeSpan.FromSeconds(12), ending.Token));
                    if (first == expiry || (first == next && await next is null))
                        break;
                    if (first == next)
                    {
                        await Send(http, "next", json.Serialize(await next));
                        turns.Done();
                        next = Next(results);
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

    // Null when there is no more, or when nobody waits for it any more.
    private static async Task<ExecutionResult?> Next(IAsyncEnumerator<ExecutionResult> results)
    {
        try
        {
            return await results.MoveNextAsync() ? results.Current : null;
        }
        catch (ExecutionError fault)
        {
            // The stream failed, for instance because the database is away, and has no more after that.
            return new ExecutionResult { Errors = new ExecutionErrors { fault } };
        }
        catch (OperationCanceledException)
        {
            return null;
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
