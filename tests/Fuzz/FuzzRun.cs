using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using OneDoor.Cases;
using OneDoor.Contracts;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Fuzz;

/// <summary>
/// Asks both servers for everything as it should be, and then for as long as <c>FUZZ_SECONDS</c> says for much that is not, one request after the other, each drawn from the seed
/// <c>FUZZ_SEED</c>: the same seed asks the same again. What is answered is judged by openapi.yaml.
/// </summary>
public sealed class FuzzRun(RunningPlatform platform) : IAsyncLifetime
{
    private const int FindingsShown = 20;
    private const int LargeBody = 64_000;

    // On a machine that has much else to do, too.
    private const int Fewest = 600;

    private readonly Dictionary<string, (string Text, int Times)> _findings = [];
    private readonly SortedDictionary<string, SortedDictionary<int, int>> _answers = new(StringComparer.Ordinal);

    private RestRequests? _rest;

    public static readonly int Seconds = Setting.Number("FUZZ_SECONDS", 40);

    public static readonly int Seed = Setting.Seed("FUZZ_SEED", 20200203);

    public IReadOnlyList<Operation> Operations { get; private set; } = [];

    /// <summary>Megabytes in use by both servers and this program after everything collectable was collected: once they had warmed up, and at the end.</summary>
    public ((double Small, double Large) Before, (double Small, double Large) After) Memory { get; private set; }

    /// <summary>Cases that came to be.</summary>
    public long Cases { get; private set; }

    /// <summary>Conversations over WebSockets, by the code they were closed with; 0 for those that went on.</summary>
    public SortedDictionary<int, int> Conversations { get; } = [];

    /// <summary>What was signed for, one receipt of each operation.</summary>
    public SortedDictionary<string, string> Receipts { get; } = new(StringComparer.Ordinal);

    /// <summary>Fields of GraphQL that were answered with data.</summary>
    public HashSet<string> Answered { get; } = [];

    public async ValueTask InitializeAsync()
    {
        Console.WriteLine($"FUZZ_SEED={Seed} FUZZ_SECONDS={Seconds}");
        Operations = Operation.All(JsonNode.Parse((await platform.Anybody.Get("/openapi.json")).Text)!);
        // The budget of GraphQL is not what is asked about here, and documents that it remembers are not memory lost.
        await using var api = platform.StartApi(
            platform.Database, ("GraphQl:Budget", "2000000000"), ("GraphQl:BudgetPerSecond", "2000000000"), ("GraphQl:RememberedCharacters", "100000"), ("GraphQl:ConnectionsPerCaller", "1000"));
        using var server = ClientOf(api.Address);
        using var identity = ClientOf(platform.Identity.Address);
        var random = new Random(Seed);
        var entitled = new EntitledRequests(platform) { BooksForAnother = true, ComplainsWithoutAName = true };
        var rest = _rest = new RestRequests(random, Operations, entitled, platform);
        var graphQl = new GraphQlRequests(random, api.Services.GetRequiredService<ISchema>(), entitled);
        var sockets = new SocketRequests(random, graphQl, api.Address);
        var identityRequests = new IdentityRequests(random, platform);

        // First everything as it should be: whatever goes wrong later, every operation has been done.
        foreach (var operation in Operations)
            await Ask(await rest.Right(operation), server, 0, OfRest);
        foreach (var field in GraphQlRequests.Fields)
            await Ask(await graphQl.Right(field), server, 0, OfGraphQl);
        await Ask(IdentityRequests.Token, identity, 0, (_, _) => []);

        (double Small, double Large)? before = null;
        var watch = Stopwatch.StartNew();
        for (var number = 1; watch.Elapsed.TotalSeconds < Seconds || number <= Fewest; number++)
        {
            if (before is null && watch.Elapsed.TotalSeconds > Seconds / 3.0)
                before = InUse();
            // Time passes, so that limits run out and cases nobody answers are accepted by law.
            if (random.Once(300))
                platform.Pass(TimeSpan.FromMinutes(random.Next(600)));
            var kind = random.Next(10);
            if (random.Once(20))
                await Converse(sockets, number);
            else if (kind < 7)
                await Ask(await rest.Next(), server, number, OfRest);
            else if (kind < 9)
                await Ask(await graphQl.Next(), server, number, OfGraphQl);
            else
                await Ask(identityRequests.Next(), identity, number, (_, _) => []);
        }
        var after = InUse();
        Memory = (before ?? after, after);
        Cases = await platform.Database.Cases();
        Tell();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>How often requests of a name, or all, were answered so.</summary>
    public int Times(string? name, Func<int, bool> status) =>
        _answers.Where(a => name is null || a.Key == name).SelectMany(a => a.Value).Where(s => status(s.Key)).Sum(s => s.Value);

    /// <summary>What was wrong, each kind once, with a request that brought it about.</summary>
    public string Findings => string.Join('\n', _findings.Values.Take(FindingsShown).Select(f => $"{f.Text}\n  so or alike {f.Times} times"))
        + $"\n  SERVER is what `make run` prints; FUZZ_SEED={Seed} asks the same again";

    public bool IsClean => _findings.Count == 0;

    private async Task Ask(FuzzRequest request, HttpClient server, int number, Func<FuzzRequest, Answered, IEnumerable<string>> judge)
    {
        Answered answered;
        try
        {
            answered = await request.Send(server);
        }
        catch (HttpRequestException) when (number > 0)
        {
            // A server may close a connection at any time, for instance after a body it would not read (RFC 9112, 9.5): ask again on another.
            await Ask(request, server, -number, judge);
            return;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            // Whoever will not read a large body may hang up while it is still being sent.
            if (request.Body is not { Length: > LargeBody })
                Found(request, Math.Abs(number), "no answer", fault.GetBaseException().Message);
            return;
        }
        if (!_answers.TryGetValue(request.Name, out var statuses))
            _answers[request.Name] = statuses = [];
        statuses[answered.Status] = statuses.GetValueOrDefault(answered.Status) + 1;
        if (Wrong(request, answered, judge) is { } first)
            Found(request, number, first, $"{answered.Status} {answered.Header("Content-Type")}\n    {(answered.Text.Length > 600 ? answered.Text[..600] : answered.Text)}");
    }

    private async Task Converse(SocketRequests sockets, int number)
    {
        var talk = await sockets.Next();
        Conversations[talk.Closed ?? 0] = Conversations.GetValueOrDefault(talk.Closed ?? 0) + 1;
        if (talk.Wrong is { } wrong)
            Keep($"WebSocket: {wrong[..Math.Min(wrong.Length, 80)]}", $"(conversation {number})\n    {talk}\n    {wrong[..Math.Min(wrong.Length, 600)]}");
    }

    private static string? Wrong(FuzzRequest request, Answered answered, Func<FuzzRequest, Answered, IEnumerable<string>> judge)
    {
        if (answered.Status >= 500)
            return $"{answered.Status} is a fault";
        try
        {
            return judge(request, answered).FirstOrDefault();
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return $"the answer cannot be read: {fault.Message}";
        }
    }

    private void Found(FuzzRequest request, int number, string what, string answer)
    {
        var key = $"{request.Name}: {what}";
        if (!_findings.ContainsKey(key))
            Keep(key, $"(request {number})\n    {request.Curl(AppContext.BaseDirectory, number)}\n    {answer}");
        else
            Keep(key, "");
    }

    private void Keep(string key, string example) =>
        _findings[key] = _findings.TryGetValue(key, out var known) ? known with { Times = known.Times + 1 } : ($"{key} {example}", 1);

    private IEnumerable<string> OfRest(FuzzRequest request, Answered answered)
    {
        var operation = request.Operation;
        JsonNode? content;
        if (operation is null)
        {
            // Some other request than the documented ones: whatever it is refused for, it is refused in the form of every problem.
            if (answered.Status < 400 || answered.Text.Length == 0)
                return [];
            content = new JsonObject { [Problems.ContentType] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Problem" } } };
            operation = Operations[0];
        }
        else
        {
            if (!operation.Responses.TryGetValue(answered.Status.ToString(CultureInfo.InvariantCulture), out var response))
                return [$"{answered.Status} is not documented"];
            content = response["content"];
            if (response["headers"]?[Answer.ReceiptHeader] is not null && answered.Status != 204 && Etags.VersionOf(answered.ETag) > 0)
            {
                if (answered.Header(Answer.ReceiptHeader) is not { } receipt)
                    return ["what was done is not signed for"];
                Receipts[request.Name] = receipt;
            }
        }
        if (request.Method == "HEAD")
            return answered.Text.Length == 0 ? [] : ["HEAD is answered with a body"];
        if (content is null)
            return answered.Text.Length == 0 ? [] : ["a body is not documented"];
        var media = answered.Header("Content-Type")?.Split(';')[0];
        if (media is null || content[media] is not { } described)
            return [$"{media ?? "no content type"} is not documented for {answered.Status}"];
        if ((string?)described["schema"]!["format"] == "binary")
            return [];
        if (answered.Status < 300 && answered.Json.TryGetProperty("next", out var next) && next.GetString() is { } page)
            _rest!.Remember(page.Split("after=")[^1]);
        return JsonSchema.Differences(operation, described["schema"]!, answered.Json)
            .Concat(answered.Status >= 400 && answered.Json.GetProperty("status").GetInt32() != answered.Status ? ["the problem has another status"] : []);
    }

    private IEnumerable<string> OfGraphQl(FuzzRequest request, Answered answered)
    {
        var media = answered.Header("Content-Type")?.Split(';')[0];
        // Refused before GraphQL reads it.
        if (media == Problems.ContentType && (answered.Status is 401 or 413 or 415))
            return [];
        if (media == "text/event-stream" && answered.Status == 200)
            return answered.Text.Contains("\"platform.", StringComparison.Ordinal) ? ["a fault is in the stream"] : [];
        if (media is not ("application/json" or "application/graphql-response+json"))
            return [$"{media ?? "no content type"} is not what GraphQL answers"];
        if (answered.Status is not (200 or 400 or 403 or 405 or 406 or 413 or 415))
            return [$"{answered.Status} is not what GraphQL answers"];
        if (!answered.Json.TryGetProperty("errors", out var errors))
        {
            if (answered.Json.GetProperty("data").EnumerateObject().All(field => Holds(field.Value)))
                Answered.Add(request.Name);
            return [];
        }
        return errors.EnumerateArray().Select(e => e.GetProperty("extensions").Text("code"))
            .Where(code => code.StartsWith("platform.", StringComparison.Ordinal)).Select(code => $"{code} is a fault");
    }

    private static bool Holds(JsonElement value) =>
        value.ValueKind != JsonValueKind.Null && (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("problem", out var problem) || problem.ValueKind == JsonValueKind.Null);

    // The runtime keeps the buffers of the largest texts a while for the next ones, so large objects are told apart.
    private static (double Small, double Large) InUse()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        GC.Collect();
        var large = GC.GetGCMemoryInfo(GCKind.FullBlocking).GenerationInfo[3].SizeAfterBytes;
        return ((GC.GetTotalMemory(forceFullCollection: false) - large) / 1e6, large / 1e6);
    }

    private void Tell()
    {
        var asked = _answers.Values.Sum(statuses => statuses.Values.Sum());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{asked} requests, {Cases} cases; MB in use: {Memory.Before.Small:F1} and {Memory.Before.Large:F1} in large objects after a third of the time, {Memory.After.Small:F1} and {Memory.After.Large:F1} at the end"));
        Console.WriteLine($"  WebSockets                           {string.Join("  ", Conversations.Select(c => $"{c.Key}: {c.Value}"))}");
        foreach (var (name, statuses) in _answers)
            Console.WriteLine($"  {name,-36} {string.Join("  ", statuses.Select(s => $"{s.Key}: {s.Value}"))}");
    }

    private static HttpClient ClientOf(Uri address) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        AutomaticDecompression = DecompressionMethods.All,
    })
    { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
}
