using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Marten;
using Marten.Internal;
using Microsoft.AspNetCore.Routing.Patterns;
using Npgsql;
using NpgsqlTypes;
using Weasel.Postgresql.Tables;

namespace OneDoor.Platform;

/// <summary>What a change was answered with, kept so that a repeated request gets the same answer.</summary>
/// <param name="Body">JSON in UTF-8, as it goes to the client and into the store.</param>
public sealed record Answer(int Status, string? Location, string Etag, byte[] Body) : IResult
{
    /// <summary>The header of <see cref="Receipt"/>.</summary>
    public const string ReceiptHeader = "OneDoor-Receipt";

    /// <summary>How long answers are kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(48);

    /// <summary>What the body says, where this process has just written it; null for an answer given before.</summary>
    public object? Shown { get; init; }

    /// <summary>What the platform signs for to who asked; it is made with every answer. Null where none is given.</summary>
    [JsonIgnore]
    public string? Receipt { get; init; }

    /// <summary>The body holds what only whoever has its key is to read.</summary>
    [JsonIgnore]
    public bool HoldsSecret { get; init; }

    /// <summary>What the body says.</summary>
    public T Read<T>() => Shown is T shown ? shown : JsonSerializer.Deserialize<T>(Body, RestJson.Options)!;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.Headers.ETag = Etag;
        response.Headers.CacheControl = "no-store";
        if (Location is not null)
            response.Headers.Location = Location;
        if (Receipt is not null)
            response.Headers[ReceiptHeader] = Receipt;
        return response.WriteJson(Body);
    }
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
/// process they reach. The key's row commits in the transaction of the facts. Nearly every key is new, so a change is
/// tried first, and only one that cannot be made looks for the answer given before.
/// </summary>
public sealed class Idempotency(IDocumentSession session, Caller caller, IHttpContextAccessor accessor, TimeProvider time, PlatformMetrics metrics)
{
    public const string Header = "Idempotency-Key", Replayed = "Idempotency-Replayed";

    // Anybody may ask without a token: a key of theirs is not to be found by trying.
    private const int ShortestOfAnybody = 16;

    // How often a change is decided: whatever it goes with is seldom changed by somebody else meanwhile, let alone twice.
    private const int Tries = 3;

    private static readonly SecretAtRest OfAnybody = new("onedoor anonymous answers");

    // No answer's tag.
    private const string IsSealed = "";

    private const string Name = "idempotent_answers", QualifiedName = $"{Store.Schema}.{Name}";

    // Fails, and with it all that is sent along, while another request holds the key: it never waits for that one.
    private const string Keep =
        $"insert into {QualifiedName} (id, request, at, status, location, etag, body) select ?, ?, ?, ?, ?, ?, ? where 1 / pg_try_advisory_xact_lock(?)::int = 1";

    /// <summary>Forgets the answers that began things, and those that show them: with their ids, and what they are known by. Sealed ones stay, which nobody else can read.</summary>
    public const string Forget = $"""
        delete from {QualifiedName} where split_part(location, '/', 4) = any (?)
            or case when etag <> '{IsSealed}' then (convert_from(body, 'UTF8')::json ->> 'id') = any (?) or (convert_from(body, 'UTF8')::json ->> 'number') = any (?) end
        """;

    /// <summary>
    /// The table of answers given. An answer is committed together with the facts it reports, under the digest of caller and
    /// key; the digest of method, path and body tells whether the same is asked again.
    /// </summary>
    public static Table Answers
    {
        get
        {
            // An answer is seldom read, so it is not worth compressing: rows stay as they are up to a page.
            var table = new Table(QualifiedName).WithStorageParameter("toast_tuple_target", 8160);
            table.AddColumn("id", "bytea").AsPrimaryKey();
            table.AddColumn("request", "bytea").NotNull();
            table.AddColumn("at", "timestamptz").NotNull().AddIndex();
            table.AddColumn("status", "integer").NotNull();
            table.AddColumn("location", "text");
            table.AddColumn("etag", "text").NotNull();
            table.AddColumn("body", "bytea").NotNull();
            return table;
        }
    }

    /// <summary>Takes over the answers that the first releases kept as documents.</summary>
    public static SchemaStep TakeOver { get; } = new($$"""
        do $take$ begin
            if to_regclass('{{Store.Schema}}.mt_doc_idempotentanswer') is not null then
                insert into {{QualifiedName}} (id, request, at, status, location, etag, body)
                    select decode(id, 'hex'), decode(data ->> 'request', 'hex'), at, (data -> 'answer' ->> 'status')::integer,
                        data -> 'answer' ->> 'location', data -> 'answer' ->> 'etag', convert_to(data -> 'answer' ->> 'body', 'UTF8')
                    from {{Store.Schema}}.mt_doc_idempotentanswer;
                drop table {{Store.Schema}}.mt_doc_idempotentanswer;
            end if;
        end $take$
        """);

    /// <summary>Forgets the answers given longer ago than they are kept for.</summary>
    public static void ForgetOutdated(IDocumentSession session, DateTimeOffset now) =>
        session.QueueSqlCommand($"delete from {QualifiedName} where at < ?", now - Answer.KeptFor);

    /// <summary>The request, where it does not come over REST: what REST has done under a key is not done again, nor the other way round.</summary>
    public KeyedRequest? Request { get; set; }

    /// <summary>The id of what a request comes to that is not answered with a thing: the same however often it is sent. Null where it brings no key.</summary>
    /// <param name="body">What is asked.</param>
    public Guid? IdOf<T>(T body) => KeyOf(Request ?? OfHttp(accessor.HttpContext!.Request), body) is { } key
        ? Sha256Digest.IdOf($"request {Convert.ToHexString(key.Id)} {Convert.ToHexString(key.Request)}") : null;

    /// <summary>Makes a change and commits it, or gives the answer it was given before.</summary>
    /// <param name="body">What is asked; a key belongs to it.</param>
    /// <param name="change">
    /// Decides the change and puts it into the session. It may be called although the answer is known already, and is called again where somebody else has changed
    /// one of its things first: whether that is the one whose version was named, it says itself.
    /// </param>
    public async Task<Outcome> Once<T>(T body, Func<Task<Outcome>> change, CancellationToken ct)
    {
        var request = Request ?? OfHttp(accessor.HttpContext!.Request);
        var key = KeyOf(request, body);
        if (key is null && request.Key is not null)
            return (caller.IsForgotten
                ? PlatformRefusals.KeyInvalid.Because($"无令牌时须有{ShortestOfAnybody}至255个可打印 ASCII 字符。", $"Without a token it has {ShortestOfAnybody} to 255 printable ASCII characters.")
                : PlatformRefusals.KeyInvalid).At(Header);

        Outcome outcome = RequestRefusals.Stale;
        for (var left = Tries; left > 0; left--)
        {
            try
            {
                outcome = await change();
                if (outcome.Answer is not { } answer)
                    break;
                if (key is { } given)
                    Put(answer, given);
                await session.SaveChangesAsync(ct);
                return outcome;
            }
            catch (Exception fault) when (fault.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.DivisionByZero })
            {
                return Running();
            }
            catch (Exception fault) when (fault.GetBaseException() is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, TableName: Name })
            {
                outcome = RequestRefusals.Stale;
                break;
            }
            catch (Exception fault) when (StoreFaults.Of(fault) == RequestRefusals.Stale)
            {
                outcome = RequestRefusals.Stale;
                Forgo();
            }
            catch (Exception fault) when (left > 1 && StoreFaults.IsUndone(fault))
            {
                Forgo();
                await session.BeginAgain(ct);
            }
        }
        return key is { } repeated ? await Before(repeated, ct) ?? outcome : outcome;
    }

    private void Put(Answer answer, Key given)
    {
        var kept = caller.IsForgotten || answer.HoldsSecret ? Sealed(answer, given) : answer;
        var at = caller.IsForgotten ? DayAfter(time.GetUtcNow()) : time.GetUtcNow();
        session.QueueSql(Keep,
        [
            (NpgsqlDbType.Bytea, given.Id), (NpgsqlDbType.Bytea, given.Request), (NpgsqlDbType.TimestampTz, at), (NpgsqlDbType.Integer, kept.Status),
            (NpgsqlDbType.Text, kept.Location), (NpgsqlDbType.Text, kept.Etag), (NpgsqlDbType.Bytea, kept.Body), (NpgsqlDbType.Bigint, given.Lock),
        ]);
    }

    // What was to be written, and what it was decided about: the store keeps in the session what it has read to change it.
    private void Forgo()
    {
        session.EjectAllPendingChanges();
        ((IMartenSession)session).ItemMap.Clear();
    }

    // What the key was answered with before, or why that cannot be told. The lock is the transaction's, which is this command.
    // Lock and look-up travel together, but the second statement takes its snapshot after the first, so what the lock's last
    // holder committed is seen.
    private async Task<Outcome?> Before(Key key, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            $"select pg_try_advisory_xact_lock(@key); select request, status, location, etag, body from {QualifiedName} where id = @id");
        command.Parameters.AddWithValue("key", key.Lock);
        command.Parameters.AddWithValue("id", key.Id);
        await using var reader = await session.ExecuteReaderAsync(command, ct);
        await reader.ReadAsync(ct);
        if (!reader.GetBoolean(0))
            return Running();
        await reader.NextResultAsync(ct);
        if (!await reader.ReadAsync(ct))
            return null;
        if (!reader.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(key.Request))
            return PlatformRefusals.KeyReused.At(Header);
        metrics.Replayed();
        if (Request is null)
            accessor.HttpContext!.Response.Headers[Replayed] = "true";
        var answer = new Answer(
            reader.GetInt32(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetString(3), reader.GetFieldValue<byte[]>(4));
        return answer.Etag == IsSealed ? Opened(answer, key) : answer;
    }

    // An answer to nobody in particular, and one that holds a secret, is kept under its key alone, of which the row has a digest: who has
    // the database has no answer.
    private static Answer Sealed(Answer answer, Key key) => answer with
    {
        Location = null,
        Etag = IsSealed,
        Body = OfAnybody.Protect(key.Text, Convert.ToHexString(key.Id), JsonSerializer.SerializeToUtf8Bytes(answer with { Shown = null })),
    };

    private static Answer Opened(Answer kept, Key key) =>
        JsonSerializer.Deserialize<Answer>(OfAnybody.Open([key.Text], Convert.ToHexString(key.Id), kept.Body)!)!;

    // The day tells how long it is kept, and not when it was given.
    private static DateTimeOffset DayAfter(DateTimeOffset now) => new(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);

    private Outcome Running()
    {
        if (Request is null)
            accessor.HttpContext!.Response.Headers.RetryAfter = "1";
        return PlatformRefusals.KeyInUse;
    }

    private static KeyedRequest OfHttp(HttpRequest request) =>
        // Of two keys, equal or not, neither is the request's: an empty one is none that is taken.
        new(request.Headers.TryGetValue(Header, out var key) ? key is [var only] ? only : "" : null, PathOf(request), request.Headers.IfMatch);

    // The address as its route writes it: routes take letters in either case, a slash at the end and ids in several forms, and
    // a client that repeats a request may write it differently. Steps have codes, which are taken as they are.
    private static string PathOf(HttpRequest request) => request.HttpContext.GetEndpoint() is RouteEndpoint { RoutePattern: var route }
        ? string.Concat(route.PathSegments.Select(segment => "/" + string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart parameter => ValueOf(parameter, (string)request.RouteValues[parameter.Name]!),
            _ => throw new UnreachableException(),
        }))))
        : request.Path;

    private static string ValueOf(RoutePatternParameterPart parameter, string given) => parameter.ParameterPolicies switch
    {
        [{ Content: "guid" }] => Guid.Parse(given).ToString(),
        [{ Content: "int" }] => int.Parse(given, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        _ => given,
    };

    private Key? KeyOf<T>(KeyedRequest request, T body)
    {
        if (request.Key?.Trim() is not { } given)
            return null;
        var key = given is ['"', .. var quoted, '"'] ? quoted : given;
        // Two lines that a client or a proxy has made one are told by their comma, or by the quotes within.
        if (key.Length is 0 or > 255 || key.AsSpan().ContainsAnyExceptInRange(' ', '~') || key.Contains('"') || (key == given && key.Contains(',')))
            return null;
        if (caller.IsForgotten && key.Length < ShortestOfAnybody)
            return null;
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(Encoding.UTF8.GetBytes($"POST {request.Path}\n{Seen(request.IfMatch)}\n"));
        digest.AppendData(JsonSerializer.SerializeToUtf8Bytes(body, RestJson.Options));
        var asked = digest.GetHashAndReset();
        // Nobody's key is found with what it was sent with, so that two who happen on the same key do not hear of each other.
        var id = SHA256.HashData(Encoding.UTF8.GetBytes(caller.IsForgotten
            ? $"{caller.Actor.CodeDigest}\n{Convert.ToHexString(asked)}\n{key}"
            : $"{caller.Client}\n{caller.Actor.Subject}\n{key}"));
        return new Key(BinaryPrimitives.ReadInt64BigEndian(id), id, caller.IsForgotten ? id : asked, key);
    }

    // The version, whichever of its tags names it: the same request may come again in another language, or over GraphQL.
    private static string? Seen(string? ifMatch) => ifMatch is not null && Etags.VersionOf(ifMatch.Trim()) is { } version
        ? string.Create(CultureInfo.InvariantCulture, $"\"{version}\"")
        : ifMatch;

    // The key itself is the secret under which an answer is sealed.
    private readonly record struct Key(long Lock, byte[] Id, byte[] Request, string Text);
}
