using System.Collections.Concurrent;
using OneDoor.Cases;
using OneDoor.Platform;

namespace OneDoor.Faults;

/// <summary>What clients asked and what they were told: the platform may not know better afterwards.</summary>
public sealed class Ledger(PlatformUnderFire platform)
{
    private readonly ConcurrentDictionary<string, int> _told = new();
    // Two ledgers of one run keep their requests apart.
    private readonly Guid _ledger = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
    private int _acknowledged;
    private int _unavailable;
    private int _unanswered;
    private int _repeated;

    /// <summary>Cases by id, and what their clients last heard.</summary>
    public ConcurrentDictionary<string, (string Status, string ETag)> Cases { get; } = [];

    /// <summary>How long a client waits before each request.</summary>
    public TimeSpan Pace { get; set; }

    /// <summary>Changes that were answered with success.</summary>
    public int Acknowledged => _acknowledged;

    /// <summary>Answers of 503 that say when to come back.</summary>
    public int Unavailable => _unavailable;

    /// <summary>Requests whose connection broke.</summary>
    public int Unanswered => _unanswered;

    /// <summary>Requests that turned out to have happened before.</summary>
    public int Repeated => _repeated;

    /// <summary>How often clients were told what, in words, since it was asked last.</summary>
    public string ToldMeanwhile()
    {
        var told = string.Join(", ", _told.OrderByDescending(t => t.Value).Select(t => $"{t.Value} × {t.Key}"));
        _told.Clear();
        return told.Length == 0 ? "Clients were told nothing." : $"Clients were told {told}.";
    }

    /// <summary>Answers nobody should get.</summary>
    public ConcurrentQueue<string> Wrong { get; } = [];

    /// <summary>A client that takes one case after the other from submission to its end.</summary>
    public async Task Work(int client, Random random, CancellationToken stop)
    {
        for (var n = 1; !stop.IsCancellationRequested; n++)
        {
            var key = $"{_ledger}-{client}-{n}";
            var submitted = await Insist(Department.Customs, "/v1/cases", Applications.For(Applications.Plain), $"{key}-submit", null);
            if (submitted is null)
                continue;
            var (id, path) = (submitted.Json.Text("id"), submitted.Header("Location")!);
            var accepted = await Insist(Department.MarketRegulation, $"{path}/acceptance", null, $"{key}-accept", submitted.ETag);
            if (accepted is null)
                continue;
            var ended = random.Next(3) > 0
                ? await Insist(Department.MarketRegulation, $"{path}/steps/decision/decision", new { outcome = "granted" }, $"{key}-decide", accepted.ETag)
                : await Insist(Department.Customs, $"{path}/withdrawal", null, $"{key}-withdraw", accepted.ETag);
            if (ended is not null)
                Cases[id] = (ended.Json.Text("status"), ended.ETag);
        }
    }

    /// <summary>A client that asks identity for new tokens without pause.</summary>
    public async Task AskForTokens(CancellationToken stop)
    {
        var identity = new Client(platform.Identity.Http, null);
        while (!stop.IsCancellationRequested)
        {
            using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", "sandbox-tax"), new("client_secret", "sandbox-secret")]);
            var answer = await identity.Send(HttpMethod.Post, "/connect/token", form);
            if (answer.Status != 200 && !MayRetry(answer))
                Wrong.Enqueue($"identity: {answer.Status} {answer.Text}");
        }
    }

    /// <summary>Asks with one key until there is an answer; null when it is not one of success.</summary>
    /// <param name="mayBeLate">Somebody else may have come first, which is an answer as well.</param>
    public async Task<Answered?> Insist(Department by, string path, object? body, string key, string? etag, bool mayBeLate = false)
    {
        var client = new Client(platform.Http, () => platform.Token(by));
        (string, string)[] headers = [("Idempotency-Key", key), .. etag is null ? [] : new[] { ("If-Match", etag) }];
        await Task.Delay(Pace);
        while (true)
        {
            try
            {
                var answer = await client.Post(path, body, headers);
                Told(answer.Status < 300 ? $"{answer.Status}" : $"{answer.Status} {answer.Code}");
                if (answer.Status is 200 or 201)
                {
                    Interlocked.Increment(ref _acknowledged);
                    if (answer.Header(Idempotency.Replayed) is not null)
                        Interlocked.Increment(ref _repeated);
                    return answer;
                }
                if (mayBeLate && answer.Status == 412)
                    return answer;
                if (!MayRetry(answer))
                {
                    Wrong.Enqueue($"{path} {key}: {answer.Status} {answer.Text}");
                    return null;
                }
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException)
            {
                Interlocked.Increment(ref _unanswered);
                Told(broken.GetBaseException().GetType().Name);
            }
            // A client that is told to come back does not come back at once.
            await Task.Delay(100);
        }
    }

    private void Told(string what) => _told.AddOrUpdate(what, 1, (_, times) => times + 1);

    private bool MayRetry(Answered answer)
    {
        if (answer.Header("Retry-After") is null)
            return false;
        if (answer.Status == 503)
            Interlocked.Increment(ref _unavailable);
        return answer.Status == 503 || (answer.Status == 409 && answer.Code == "idempotency.in-progress");
    }
}
