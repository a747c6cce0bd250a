using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Marten;
using Npgsql;

namespace OneDoor.Platform;

/// <summary>What a change was answered with, kept so that a repeated request gets the same answer.</summary>
public sealed record Answer(int Status, string? Location, string Etag, string Body) : IResult
{
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

/// <summary>
/// <c>Idempotency-Key</c>: the same key and body from the same caller get the same answer and happen once, whichever
/// process they reach. The key's row commits in the transaction of the facts.
/// </summary>
public sealed class Idempotency(IDocumentSession session, Caller caller, IHttpContextAccessor accessor, TimeProvider time)
{
    public const string Header = "Idempotency-Key", Replayed = "Idempotency-Replayed";

    private (string Id, string Request)? _running;

    /// <summary>The answer given before, or why this one cannot be given; null to go on.</summary>
    public async Task<IResult?> Before<T>(T body, CancellationToken ct)
    {
        var http = accessor.HttpContext!;
        if (!http.Request.Headers.TryGetValue(Header, out var header))
            return null;
        var key = header.ToString().Trim() is ['"', .. var quoted, '"'] ? quoted : header.ToString().Trim();
        if (key.Length is 0 or > 255 || key.Any(c => c is < ' ' or > '~'))
            return RequestRefusals.KeyInvalid.At(Header).ToProblem();

        var id = SHA256.HashData(Encoding.UTF8.GetBytes($"{caller.Client}\n{caller.Actor.Subject}\n{key}"));
        var asked = $"{http.Request.Method} {http.Request.Path}\n{http.Request.Headers.IfMatch}\n{JsonSerializer.Serialize(body, RestJson.Options)}";
        _running = (Convert.ToHexStringLower(id), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(asked))));

        var (locked, before) = await Lock(BinaryPrimitives.ReadInt64BigEndian(id), _running.Value.Id, ct);
        if (!locked)
        {
            http.Response.Headers.RetryAfter = "1";
            return RequestRefusals.KeyInUse.ToProblem();
        }
        if (before is null)
            return null;
        if (before.Request != _running.Value.Request)
            return RequestRefusals.KeyReused.At(Header).ToProblem();
        http.Response.Headers[Replayed] = "true";
        return before.Answer;
    }

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
