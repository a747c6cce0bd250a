using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OneDoor.Samples;

/// <summary>Where the platform is, and what the agency brings along.</summary>
/// <param name="ClientId">The client's id; in the sandbox that of the department's.</param>
/// <param name="ClientSecret">Its secret; null where it is known by the certificate that it connects with.</param>
internal sealed record Settings(string Api, string Identity, string? ClientId, string? ClientSecret, Uri Address, string State);

/// <summary>The platform as an agency's system uses it: requests with a token, and how far the feed has been worked off.</summary>
internal sealed class Platform(string department, Settings settings, HttpClient http)
{
    private (string Value, long Until) _token;

    /// <summary>What outlives the process: the cursor of the feed, and whatever else an agency keeps.</summary>
    public JsonObject State { get; } = File.Exists(FileOf(settings, department)) ? JsonNode.Parse(File.ReadAllText(FileOf(settings, department)))!.AsObject() : [];

    /// <summary>Written beside and moved, so that a crash leaves the old file or the new one.</summary>
    public void Keep()
    {
        Directory.CreateDirectory(settings.State);
        var file = FileOf(settings, department);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var written = new StreamWriter(file + ".new", options))
            written.Write(State.ToJsonString());
        File.Move(file + ".new", file, overwrite: true);
    }

    /// <summary>Asks for something, with a token.</summary>
    /// <param name="body">What is sent as JSON; null sends nothing.</param>
    /// <param name="etag">The version the request is based on.</param>
    public async Task<HttpResponseMessage> Ask(HttpMethod method, string path, CancellationToken ct, object? body = null, EntityTagHeaderValue? etag = null, string accept = "application/json")
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Token(ct));
        request.Headers.Accept.ParseAdd(accept);
        if (etag is not null)
            request.Headers.IfMatch.Add(etag);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
    }

    /// <summary>Works off every case about which the feed has something new, and remembers after each page how far that is.</summary>
    public async Task Reconcile(Func<string, Task> workOff, CancellationToken ct)
    {
        while (true)
        {
            var after = (string?)State["cursor"];
            using var answer = await Ask(HttpMethod.Get, $"/v1/events?types=onedoor.case.*&first=1000{(after is null ? "" : $"&after={after}")}", ct);
            answer.EnsureSuccessStatusCode();
            var page = await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
            foreach (var subject in page.GetProperty("items").EnumerateArray().Select(told => told.GetProperty("subject").GetString()!).Distinct())
                await workOff(subject);
            var next = page.GetProperty("next").GetString()!;
            // At its end the feed answers with the cursor that was sent.
            if (next == after)
                return;
            State["cursor"] = next;
            Keep();
        }
    }

    /// <summary>
    /// Does what there is to do about a case, until there is nothing more. Whatever was told, the case itself says what that is: to be told twice, or late, does no harm.
    /// </summary>
    /// <param name="subject">The case's address.</param>
    /// <param name="next">What to do now: the command below the case's address, and its body; null when it is not this agency's turn.</param>
    public async Task WorkOff(string subject, Func<JsonElement, (string Command, object? Body)?> next, CancellationToken ct)
    {
        while (true)
        {
            using var answer = await Ask(HttpMethod.Get, subject, ct);
            // What one was told of may not be one's own any more.
            if (answer.StatusCode == HttpStatusCode.NotFound)
                return;
            answer.EnsureSuccessStatusCode();
            var seen = await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
            if (next(seen) is not { } todo)
                return;
            using var done = await Ask(HttpMethod.Post, $"{subject}/{todo.Command}", ct, todo.Body, answer.Headers.ETag);
            // Somebody else was at it in the meantime: it is looked at anew.
            if (done.StatusCode == HttpStatusCode.PreconditionFailed)
                continue;
            // The platform's trouble, or too much at once: the cursor stays, and it is found again.
            if (done.StatusCode == HttpStatusCode.TooManyRequests || (int)done.StatusCode >= 500)
                done.EnsureSuccessStatusCode();
            var said = done.IsSuccessStatusCode ? "done" : (await done.Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("code").GetString();
            Console.WriteLine($"{seen.GetProperty("number").GetString()} {todo.Command}: {said}");
            // Any other refusal is for people.
            if (!done.IsSuccessStatusCode)
                return;
        }
    }

    private async Task<string> Token(CancellationToken ct)
    {
        if (Environment.TickCount64 < _token.Until)
            return _token.Value;
        var id = settings.ClientId ?? $"sandbox-{department}";
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{settings.Identity}/connect/token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", id), new("scope", "cases:read cases:handle events:read webhooks:manage")]),
        };
        if (settings.ClientSecret is { } secret)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{id}:{secret}")));
        using var answer = await http.SendAsync(request, ct);
        answer.EnsureSuccessStatusCode();
        var given = await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
        _token = (given.GetProperty("access_token").GetString()!, Environment.TickCount64 + ((given.GetProperty("expires_in").GetInt64() - 30) * 1000));
        return _token.Value;
    }

    private static string FileOf(Settings settings, string department) => Path.Combine(settings.State, $"{department}.json");
}
