using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OneDoor.Samples;

/// <summary>Customs: takes on and confirms relief from duty. It is told by a webhook and verifies the signature itself.</summary>
internal sealed class Customs(Settings settings, HttpClient http)
{
    private const string Item = "CUST-008", Step = "decision";

    private static readonly string[] Types = ["onedoor.case.*"];

    // Older deliveries are somebody's who has recorded one.
    private static readonly TimeSpan Oldest = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Breath = TimeSpan.FromSeconds(5);

    private readonly Platform _platform = new("customs", settings, http);
    private readonly Channel<string> _told = Channel.CreateUnbounded<string>();

    public async Task Run(CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(settings.Address.GetLeftPart(UriPartial.Authority));
        builder.Logging.ClearProviders();
        await using var server = builder.Build();
        server.Run(Receive);
        await server.StartAsync(ct);
        if (_platform.State["webhook"] is null)
            await Subscribe(ct);
        while (true)
        {
            try
            {
                // What happened while nobody listened; from then on one case after the other, as it is told.
                await _platform.Reconcile(WorkOff, ct);
                Console.WriteLine($"customs listens at {settings.Address}");
                await foreach (var subject in _told.Reader.ReadAllAsync(ct))
                    await WorkOff(subject);
            }
            catch (HttpRequestException broken)
            {
                Console.WriteLine($"customs begins again where the feed was worked off: {broken.Message}");
                await Task.Delay(Breath, ct);
            }
        }

        Task WorkOff(string subject) => _platform.WorkOff(subject, Next, ct);
    }

    private static (string, object?)? Next(JsonElement seen)
    {
        if (seen.GetProperty("item").GetProperty("code").GetString() != Item)
            return null;
        return seen.GetProperty("status").GetString() switch
        {
            "submitted" => ("acceptance", new { officer = new { id = "018", name = "李娜" } }),
            // Another officer decides than took it on.
            "accepted" when seen.GetProperty("steps").EnumerateArray().Any(s => s.GetProperty("code").GetString() == Step && s.GetProperty("status").GetString() == "open") =>
                ($"steps/{Step}/decision", new { outcome = "granted", reason = "符合减免税条件。", officer = new { id = "027", name = "王伟" } }),
            _ => null,
        };
    }

    private async Task Subscribe(CancellationToken ct)
    {
        using var answer = await _platform.Ask(HttpMethod.Post, "/v1/webhooks", ct, new { url = settings.Address, types = Types, description = "Sample of customs" });
        answer.EnsureSuccessStatusCode();
        var webhook = await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
        (_platform.State["secret"], _platform.State["webhook"]) = (webhook.GetProperty("secret").GetString(), webhook.GetProperty("id").GetString());
        _platform.Keep();
    }

    // Answers at once and works later: what a crash takes away in between, the feed brings back.
    private async Task Receive(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        http.Response.StatusCode = _platform.State["secret"] is not { } secret ? StatusCodes.Status503ServiceUnavailable
            : IsSigned((string)secret!, http.Request.Headers, body) ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        if (http.Response.StatusCode != StatusCodes.Status200OK)
            return;
        var told = JsonElement.Parse(body);
        var type = told.GetProperty("type").GetString()!;
        if (type == "onedoor.webhook.challenge")
            await http.Response.WriteAsJsonAsync(new { challenge = told.GetProperty("data").GetProperty("challenge").GetString() }, http.RequestAborted);
        else if (type.StartsWith("onedoor.case.", StringComparison.Ordinal))
            _told.Writer.TryWrite(told.GetProperty("subject").GetString()!);
    }

    // Standard Webhooks: HMAC-SHA256 over id, time and body; while a secret is rolled there are two signatures.
    private static bool IsSigned(string secret, IHeaderDictionary headers, string body)
    {
        var at = headers["webhook-timestamp"].ToString();
        if (!long.TryParse(at, CultureInfo.InvariantCulture, out var seconds) || (TimeProvider.System.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() > Oldest)
            return false;
        var expected = Encoding.ASCII.GetBytes("v1," + Convert.ToBase64String(HMACSHA256.HashData(
            Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{headers["webhook-id"]}.{at}.{body}"))));
        return headers["webhook-signature"].ToString().Split(' ').Any(given => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), expected));
    }
}
