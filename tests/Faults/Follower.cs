using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Faults;

/// <summary>An event that somebody was told of.</summary>
/// <param name="Number">Its place in the order of all.</param>
/// <param name="At">When it happened.</param>
/// <param name="HeardAt">When it was told.</param>
public sealed record Heard(long Number, string Id, string Subject, int Version, DateTimeOffset At, DateTimeOffset HeardAt)
{
    public static Heard Of(JsonElement told) => new(
        long.Parse(told.Text("sequence"), CultureInfo.InvariantCulture), told.Text("id"), told.Text("subject"), told.GetProperty("data").GetProperty("version").GetInt32(), told.Instant("time"), TimeProvider.System.GetUtcNow());
}

/// <summary>An agency's system that follows the feed from its beginning, and goes on from its last cursor whatever breaks.</summary>
public sealed class Follower(HttpClient api, Func<Task<string>> token)
{
    private const int MostOfAPage = 1_000;

    private readonly List<Heard> _heard = [];
    private long _last;
    private string? _cursor;

    /// <summary>What it has been told, in order; to be read once it has stopped.</summary>
    public IReadOnlyList<Heard> Heard => _heard;

    /// <summary>The number of the last event it was told of.</summary>
    public long Last => Interlocked.Read(ref _last);

    /// <summary>How often its connection broke, or it was told to come back.</summary>
    public int Broken { get; private set; }

    /// <summary>Asks for page after page.</summary>
    public Task Pages(CancellationToken stop) => GoOn(
        async () =>
        {
            var page = await new Client(api, token).Get($"/v1/events?first={MostOfAPage}{(_cursor is null ? "" : $"&after={_cursor}")}");
            if (page.Status == 503)
                throw new HttpRequestException("It is to come back.");
            var told = page.Must(200).Json;
            foreach (var one in told.List("items"))
                Hear(one);
            var next = told.Text("next");
            if (next == _cursor)
                await Task.Delay(20, stop);
            _cursor = next;
        },
        stop);

    /// <summary>Listens to server-sent events.</summary>
    public Task Stream(CancellationToken stop) => GoOn(
        async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await token());
            request.Headers.Accept.ParseAdd("text/event-stream");
            if (_cursor is not null)
                request.Headers.Add("Last-Event-ID", _cursor);
            using var response = await api.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
                throw new HttpRequestException("The platform is away.");
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(stop));
            // What an event is known by comes before it, and counts once it has come whole.
            var (cursor, data) = (_cursor, "");
            while (await lines.ReadLineAsync(stop) is { } line)
            {
                if (line.StartsWith("id: ", StringComparison.Ordinal))
                    cursor = line[4..];
                else if (line.StartsWith("data: ", StringComparison.Ordinal))
                    data = line[6..];
                else if (line.Length == 0)
                {
                    if (data.Length > 0)
                        Hear(JsonElement.Parse(data));
                    (_cursor, data) = (cursor, "");
                }
            }
            throw new HttpRequestException("The stream has ended.");
        },
        stop);

    private void Hear(JsonElement told)
    {
        var heard = Faults.Heard.Of(told);
        _heard.Add(heard);
        Interlocked.Exchange(ref _last, heard.Number);
    }

    private async Task GoOn(Func<Task> once, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await once();
            }
            catch (Exception broken) when (!stop.IsCancellationRequested && broken is HttpRequestException or IOException)
            {
                Broken++;
                await Task.Delay(100, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
            }
        }
    }
}
