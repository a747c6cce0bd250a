using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace OneDoor.Samples;

/// <summary>Fire: inspects places where people gather, by two officers, and grants. No request reaches it from outside: it follows the feed as a stream.</summary>
internal sealed class Fire(Settings settings, HttpClient http)
{
    private const string Item = "FIRE-001-02", Step = "decision";

    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(1);

    private readonly Platform _platform = new("fire", settings, http);

    public async Task Run(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                // What happened while nobody listened, and then what happens, from exactly there.
                await _platform.Reconcile(WorkOff, ct);
                Console.WriteLine("fire listens to the feed");
                await Follow(ct);
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException)
            {
                Console.WriteLine($"fire listens again: {broken.Message}");
                await Task.Delay(Breath, ct);
            }
        }

        Task WorkOff(string subject) => _platform.WorkOff(subject, Next, ct);
    }

    private async Task Follow(CancellationToken ct)
    {
        using var answer = await _platform.Ask(HttpMethod.Get, $"/v1/events?types=onedoor.case.*&after={_platform.State["cursor"]}", ct, accept: "text/event-stream");
        answer.EnsureSuccessStatusCode();
        var stream = SseParser.Create(await answer.Content.ReadAsStreamAsync(ct));
        await foreach (var told in stream.EnumerateAsync(ct))
        {
            // The stream ends with its token; whoever asks anew with the last cursor misses nothing.
            await _platform.WorkOff(JsonElement.Parse(told.Data).GetProperty("subject").GetString()!, Next, ct);
            _platform.State["cursor"] = stream.LastEventId;
            _platform.Keep();
        }
    }

    private static (string, object?)? Next(JsonElement seen)
    {
        if (seen.GetProperty("item").GetProperty("code").GetString() != Item)
            return null;
        var step = seen.GetProperty("steps").EnumerateArray().FirstOrDefault(s => s.GetProperty("code").GetString() == Step);
        return seen.GetProperty("status").GetString() switch
        {
            "submitted" => ("acceptance", new { officer = new { id = "018", name = "李娜" } }),
            "accepted" when step.GetProperty("status").GetString() == "open" && seen.GetProperty("inspections").GetArrayLength() == 0 => ("inspections", new
            {
                step = Step,
                officers = new[] { new { id = "018", name = "李娜" }, new { id = "027", name = "王伟" } },
                on = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                place = "中心大道1号",
                finding = "passed",
                note = "疏散通道畅通，消防设施完好。",
            }),
            "accepted" when step.GetProperty("status").GetString() == "open" =>
                ($"steps/{Step}/decision", new { outcome = "granted", reason = "现场检查合格。", officer = new { id = "033", name = "张强" } }),
            _ => null,
        };
    }
}
