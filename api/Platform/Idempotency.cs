using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Marten;
using Npgsql;

namespace OneDoor.Platform;

/// <summary>What a change was answered with, kept so that a repeated request gets the same answer.</summary>
public sealed record Answer(int Status, string? Location, string Etag, string Body) : IResult
{
    /// <summary>The version the entity tag names.</summary>
    [JsonIgnore]
    public int Version => int.Parse(Etag.Trim('"'), CultureInfo.InvariantCulture);

    /// <summary>What the body says.</summary>
    public T Read<T>() => JsonSerializer.Deserialize<T>(Body, RestJson.Options)!;

    public static Answer Created<T>(string location, string etag, T body) =>
        new(StatusCodes.Status201Created, location, etag, JsonSerializer.Serialize(body, RestJson.Options));

    public static Answer Ok<T>(string etag, T body) =>
        new(StatusCodes.Status200OK, null, etag, JsonSerializer.Serialize(body, RestJson.Options));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.Headers.ETag = Etag;
        response.Headers.CacheControl = "no-store";
        if (Location is not null)
            response.Headers.Location = Location;
        response.ContentType = "application/json; charset=utf-8";
        return response.WriteAsync(Body, httpContext.RequestAborted);
    }
}

/// <summary>An answer under the key it was asked for; committed together with the facts it reports.</summary>
/// <param name="Id">Digest of caller and key.</param>
/// <param name="Request">Digest of method, path and body.</param>
/// <param name="At">When it was given.</param>
/// <param name="Answer">What was answered.</param>
public sealed record IdempotentAnswer(string Id, string Request, DateTimeOffset At, Answer Answer)
{
    /// <summary>How long answers are kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(48);
}

/// <summary>What a change came to: its answer, or why there is none.</summary>
public readonly record struct Outcome(Answer? Answer, Refusal? Refused)
{
    public static implicit operator Outcome(Answer answer) => new(answer, null);

    public static implicit operator Outcome(Refusal refusal) => new(null, refusal);

    public IResult ToResult() => Refused is { } refused ? refused.ToProblem() : Answer!;
}

/// <summary>A request that brings its key other than in HTTP's headers, and the REST request it stands for.</summary>
/// <param name="Key">The idempotency key; null for none.</param>
public sealed record KeyedRequest(string? Key, string Path, string? IfMatch);

/// <summary>
/// <c>Idempotency-Key</c>: the same key and body from the same caller get the same answer and happen once, whichever
/// process they reach. The key's row commits in the transaction of the facts.
/// </summary>
public sealed class Idempotency(IDocumentSession session, Caller caller, IHttpContextAccessor accessor, TimeProvider time, PlatformMetrics metrics)
{
    public const string Header = "Idempotency-Key", Replayed = "Idempotency-Replayed";

    private (string Id, string Request)? _running;

    /// <summary>The request, where it does not come over REST: what REST has done under a key is not done again, nor the other way round.</summary>
    public KeyedRequest? Request { get; set; }

    /// <summary>The answer given before, or why this one cannot be given; null to go on.</summary>
    public async Task<Outcome?> Before<T>(T body, CancellationToken ct)
    {
        var http = accessor.HttpContext!;
        var request = Request ?? OfHttp(http.Request);
        if (request.Key is not { } given)
            return null;
        var key = given.Trim() is ['"', .. var quoted, '"'] ? quoted : given.Trim();
        if (key.Length is 0 or > 255 || key.Any(c => c is < ' ' or > '~'))
            return RequestRefusals.KeyInvalid.At(Header);

        var id = SHA256.HashData(Encoding.UTF8.GetBytes($"{caller.Client}\n{caller.Actor.Subject}\n{key}"));
        var asked = $"POST {request.Path}\n{request.IfMatch}\n{JsonSerializer.Serialize(body, RestJson.Options)}";
        _running = (Convert.ToHexStringLower(id), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(asked))));

        var (locked, before) = await Lock(BinaryPrimitives.ReadInt64BigEndian(id), _running.Value.Id, ct);
        if (!locked)
        {
            if (Request is null)
                http.Response.Headers.RetryAfter = "1";
            return RequestRefusals.KeyInUse;
        }
        if (before is null)
            return null;
        if (before.Request != _running.Value.Request)
            return RequestRefusals.KeyReused.At(Header);
        metrics.Replayed();
        if (Request is null)
            http.Response.Headers[Replayed] = "true";
        return before.Answer;
    }

    private static KeyedRequest OfHttp(HttpRequest request) =>
        new(request.Headers.TryGetValue(Header, out var key) ? key.ToString() : null, request.Path, request.Headers.IfMatch);

    // The lock is the transaction's, so it ends with it, however that ends. Lock and look-up travel together, but the second
    // statement takes its snapshot after the first, so what the lock's last holder committed is seen.
    private async Task<(bool Locked, IdempotentAnswer? Before)> Lock(long key, string id, CancellationToken ct)
    {
        await session.BeginTransactionAsync(ct);
        await using var command = new NpgsqlCommand(
            $"select pg_try_advisory_xact_lock(@key); select data from {Store.Schema}.mt_doc_idempotentanswer where id = @id");
        command.Parameters.AddWithValue("key", key);
        command.Parameters.AddWithValue("id", id);
        await using var reader = await session.ExecuteReaderAsync(command, ct);
        await reader.ReadAsync(ct);
        if (!reader.GetBoolean(0))
            return (false, null);
        await reader.NextResultAsync(ct);
        return (true, await reader.ReadAsync(ct) ? await session.DocumentStore.Options.Serializer().FromJsonAsync<IdempotentAnswer>(reader, 0, ct) : null);
    }

    /// <summary>Keeps the answer under the request's key, if it has one, and commits it with everything else in the session.</summary>
    public async Task<Answer> Commit(Answer answer, CancellationToken ct)
    {
        if (_running is { } running)
            session.Insert(new IdempotentAnswer(running.Id, running.Request, time.GetUtcNow(), answer));
        await session.SaveChangesAsync(ct);
        return answer;
    }
}
