using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OneDoor.Cases;
using OneDoor.Catalogue;
using OneDoor.Complaints;
using OneDoor.Contracts;
using OneDoor.Platform;

namespace OneDoor.Fuzz;

/// <summary>Requests to every operation of openapi.yaml: some as they should be, most with something changed.</summary>
public sealed class RestRequests(Random random, IReadOnlyList<Operation> operations, EntitledRequests entitled, RunningPlatform platform)
{
    private const int Remembered = 20;

    // The HTTP server itself refuses a request line beyond 8 KB, and no contract of ours says how.
    private const int LongestPath = 7000;

    private static readonly string[] HeaderNames =
    [
        "If-Match", "If-None-Match", "Idempotency-Key", "Accept-Language", "Accept", "Authorization", "Content-Type", "Content-Encoding", "traceparent", "baggage", "Expect",
        "X-HTTP-Method-Override", "Digest", "Repr-Digest", "If-Range", "Tus-Resumable", "Upload-Offset", "Upload-Length", "Upload-Metadata", "Upload-Checksum", "X-Forwarded-For", "Cookie", "Range", "If-Modified-Since", "Accept-Encoding", "Accept-Charset", "OneDoor-Complaint-Code", "OneDoor-Ticket-Code", "X-Strange",
    ];

    private static readonly string[] ContentTypes =
    [
        "application/json", "application/json; charset=utf-8", "application/json; charset=utf-16", "application/json; charset=nonsense", "application/json;;;", "text/plain", "text/json",
        "application/merge-patch+json", "application/x-www-form-urlencoded", "multipart/form-data", "application/xml", "nonsense", "*/*",
    ];

    private readonly Dictionary<string, EntitledRequest> _known = [];
    private readonly List<string> _cursors = [];
    private readonly FuzzCaller?[] _others =
    [
        Caller(platform, Department.Tax, RunningPlatform.Clerk), Caller(platform, Department.Fire, RunningPlatform.Supervisor),
        Caller(platform, Department.ServiceOffice, RunningPlatform.Clerk), Caller(platform, Department.MarketRegulation, "cases:read"), null,
    ];

    private static FuzzCaller Caller(RunningPlatform platform, Department department, string scopes) =>
        new($"sandbox-{Kebab.Of(department)} for {scopes}", platform.As(department, scopes));

    /// <summary>Takes from an answer what later requests can go on with.</summary>
    public void Remember(string? cursor)
    {
        if (cursor is null)
            return;
        if (_cursors.Count == Remembered)
            _cursors.RemoveAt(random.Next(Remembered));
        _cursors.Add(cursor);
    }

    /// <summary>As it should be.</summary>
    public async Task<FuzzRequest> Right(Operation operation) => await Right(operation, _known[operation.Id!] = await entitled.For(operation.Id!));

    public async Task<FuzzRequest> Next()
    {
        var operation = random.Pick(operations);
        if (random.Once(3) || !_known.TryGetValue(operation.Id!, out var asked))
            _known[operation.Id!] = asked = await entitled.For(operation.Id!);
        if (operation.Id == "submitCase" && random.Once(2))
            asked = asked with { Body = AnyApplication() };
        // Now and then about a case in quite another state.
        if (random.Once(6) && asked.Case is not null && random.Pick(_known.Values.Where(k => k.Case is not null).ToArray()).Case is { } other)
            asked = asked with { Case = other, Path = new Dictionary<string, string>(asked.Path) { ["id"] = other.Id } };
        var right = await Right(operation, asked);
        if (random.Once(4))
            return right;
        var changed = Change(right, asked);
        changed = random.Once(2) ? Change(changed, asked) : changed;
        return changed.Path.Length < LongestPath ? changed : changed with { Path = right.Path };
    }

    private async Task<FuzzRequest> Right(Operation operation, EntitledRequest asked)
    {
        List<(string, string)> headers = [];
        if (operation.Parameter("If-Match") is not null)
            headers.Add(("If-Match", await asked.ETag()));
        headers.AddRange(asked.Headers);
        if (asked.Bytes is { } bytes)
            headers.Add(("Content-Type", bytes.MediaType));
        else if (asked.Body is not null)
            headers.Add(("Content-Type", "application/json"));
        if (asked.Code is { } code && operation.Parameter(ComplaintOperations.Code.Header) is not null)
            headers.Add((ComplaintOperations.Code.Header, code));
        return new FuzzRequest(operation.Id!, operation.Method, With(asked.PathOf(operation.Path), random.Once(2) ? RightQuery(operation) : ""))
        {
            Operation = operation,
            Caller = operation.Scopes.Count > 0 ? FuzzCaller.Of(entitled.CallerOf(operation.Id!)) : null,
            Headers = headers,
            Body = asked.Bytes?.Content ?? (asked.Body is null ? null : Encoding.UTF8.GetBytes(asked.Body.ToJsonString())),
        };
    }

    // What it needs may stand there already.
    private static string With(string path, string query) => path.Contains('?', StringComparison.Ordinal) ? path + query.Replace('?', '&') : path + query;

    // With a form of any of those there are, which what comes after changes.
    private JsonObject AnyApplication()
    {
        var item = random.Pick(CatalogueData.Zone().Where(item => !item.IsEnded(DateOnly.MaxValue)).ToArray());
        return JsonSerializer.SerializeToNode(
            ExampleApplication.Of(item, CatalogueData.FormOf(item, CatalogueData.Forms()), random.Pick(item.Applicants.ToArray()), random, Applications.Today()), PlatformJson.Options)!.AsObject();
    }

    private FuzzRequest Change(FuzzRequest request, EntitledRequest asked)
    {
        var operation = request.Operation;
        switch (random.Next(12))
        {
            case 0 when operation is not null:
                return WithPath(request, operation, asked);
            case 1 or 2 when operation is not null:
                return request with { Path = asked.PathOf(operation.Path) + WrongQuery(operation) };
            case 3 or 4 or 5:
                return WithHeader(request);
            case 6:
                return request with { Caller = random.Pick(_others) };
            case 7 when request.Method == "GET" && random.Once(2):
                return request with { Method = "HEAD" };
            case 7 when random.Once(3):
                return request with { Operation = null, Method = random.Pick(["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "GET", "POST", "PROPFIND", "get"]) };
            case 8 when asked.Body is not null && random.Once(2):
                return request with { Body = Gzipped(asked.Body.ToJsonString()), Headers = [.. request.Headers, ("Content-Encoding", "gzip")] };
            case 8 or 9 or 10 when asked.Bytes is { } sent:
                return request with { Body = Damaged(sent.Content) };
            default:
                var text = Hostile.Changed(random, asked.Body, random.Next(1, 4));
                var body = random.Once(6) ? Hostile.Damaged(random, text) : Encoding.UTF8.GetBytes(text);
                return request with
                {
                    // A body where none belongs is passed over, unless it is too large for anything.
                    Operation = operation?.Body is null && body.Length > 1_000_000 ? null : operation,
                    Body = body,
                    Headers = request.Headers.Any(h => h.Name == "Content-Type") ? request.Headers : [.. request.Headers, ("Content-Type", "application/json")],
                };
        }
    }

    // A few bytes changed, the end cut off, or something behind it.
    private byte[] Damaged(byte[] content)
    {
        var damaged = content.ToArray();
        for (var n = random.Next(1, 5); n > 0; n--)
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
        return random.Once(3) ? damaged[..random.Next(damaged.Length)] : random.Once(3) ? [.. damaged, .. content] : damaged;
    }

    private static byte[] Gzipped(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    private FuzzRequest WithPath(FuzzRequest request, Operation operation, EntitledRequest asked)
    {
        if (asked.Path.Count == 0)
            return request;
        var name = random.Pick(asked.Path.Keys.ToArray());
        var segment = Hostile.Segment(random);
        var path = (asked with { Path = new Dictionary<string, string>(asked.Path) { [name] = segment } }).PathOf(operation.Path);
        // What a dot, a question mark or nothing at all makes of a path may be another operation, or none; NUL is none of HTTP.
        var same = segment.Length > 0 && !segment.Any(c => c is '.' or '?' or '/')
            && !segment.Contains("%2", StringComparison.OrdinalIgnoreCase) && !segment.Contains("%00", StringComparison.Ordinal);
        return request with { Path = path, Operation = same ? operation : null };
    }

    private FuzzRequest WithHeader(FuzzRequest request)
    {
        var name = random.Pick(HeaderNames);
        var value = name switch
        {
            "Content-Type" when random.Once(2) => random.Pick(ContentTypes),
            "Content-Encoding" when random.Once(2) => random.Pick(["gzip", "br", "deflate", "identity", "gzip, gzip", "zzz"]),
            "Authorization" when random.Once(2) => random.Pick(["Bearer", "Bearer ", "Bearer x.y.z", "bearer e30.e30.e30", "Basic YTpi", "Bearer " + new string('x', 4000), "DPoP a.b.c", "Bearer eyJhbGciOiJub25lIn0.e30."]),
            "Idempotency-Key" when random.Once(2) => $"\"{random.Next(50)}\"",
            "Accept-Language" when random.Once(2) => random.Pick(["zh-CN", "en", "zh", "*", string.Join(", ", Enumerable.Range(0, 200).Select(i => $"x{i}"))]),
            _ => Hostile.Header(random),
        };
        // A second one beside the right one, or in its place.
        var kept = random.Once(4) ? request.Headers : request.Headers.Where(h => h.Name != name);
        return request with { Headers = [.. kept, (name, value)], Caller = name == "Authorization" ? null : request.Caller };
    }

    private string RightQuery(Operation operation) => Query(operation, name => name switch
    {
        "first" => $"{random.Next(1, 101)}",
        "count" => random.Pick(["true", "false"]),
        "after" => null,
        "status" when operation.Id == "listComplaints" => random.Pick(["filed", "accepted", "answered"]),
        "status" when operation.Id == "listBatches" => random.Pick(["checking", "done"]),
        "status" when operation.Id == "listTickets" => random.Pick(["waiting", "called", "done"]),
        "status" when operation.Id == "listDeliveries" => random.Pick(["waiting", "delivered"]),
        "status" when operation.Id == "listWorkOrders" => random.Pick(["open", "closed"]),
        "status" when operation.Id == "listReviews" => random.Pick(["given", "appealed", "excluded"]),
        "status" when operation.Id == "listWorkOrders" => random.Pick(["open", "contacted", "fed-back"]),
        "grade" => random.Pick(["fair", "dissatisfied"]),
        "status" when operation.Id == "listAppointments" => random.Pick(["reserved", "confirmed"]),
        "status" when operation.Id == "listSupervisionTasks" => random.Pick(["opened", "rectifying"]),
        "status" when operation.Id is "listLicences" or "listRegisteredLicences" => random.Pick(["valid", "expired"]),
        "status" => operation.Id == "listTasks" ? random.Pick(["open", "waiting"]) : random.Pick(["submitted", "accepted", "paused", "granted"]),
        "department" => random.Pick(["tax", "market-regulation"]),
        "item" or "query" => "ESTABLISHMENT",
        "submittedFrom" => "2026-01-01",
        "submittedTo" => "2030-12-31",
        "asOf" => "2099-01-01T00:00:00Z",
        _ => null,
    });

    private string WrongQuery(Operation operation) => Query(
        operation, name => name == "after" && _cursors.Count > 0 ? Tampered(random.Pick(_cursors)) : Hostile.Segment(random),
        besides: random.Once(3) ? $"{Hostile.Segment(random)}={Hostile.Segment(random)}" : null, mayRepeat: true);

    private string Tampered(string cursor)
    {
        var letters = cursor.ToCharArray();
        if (random.Once(2))
            letters[random.Next(letters.Length)] = (char)random.Next('A', 'Z' + 1);
        return random.Once(4) ? cursor[random.Next(cursor.Length)..] : new string(letters);
    }

    // Any of the parameters described.
    private string Query(Operation operation, Func<string, string?> value, string? besides = null, bool mayRepeat = false)
    {
        var chosen = operation.Parameters("query").Where(_ => random.Once(2)).SelectMany(name => Enumerable.Repeat(name, mayRepeat && random.Once(6) ? 2 : 1))
            .Select(name => (name, value: value(name))).Where(p => p.value is not null).Select(p => $"{p.name}={p.value}").ToList();
        if (besides is not null)
            chosen.Add(besides);
        return chosen.Count == 0 ? "" : "?" + string.Join('&', chosen);
    }
}
