using System.Globalization;
using System.Text.Json;
using OneDoor.Platform;

namespace OneDoor.Tickets;

/// <summary>A hall's screen: records every board that it hears, and connects again whenever it is cut off.</summary>
internal sealed class DayScreen(DayServers servers, string hall) : IAsyncDisposable
{
    private readonly CancellationTokenSource _off = new();
    private CancellationTokenSource? _line;
    private Task? _watching;

    public string Hall => hall;

    public bool IsCutOff { get; private set; }

    /// <summary>What it has heard so far, each board in one line.</summary>
    public List<string> Heard { get; } = [];

    public string Last
    {
        get
        {
            lock (Heard)
                return Heard.LastOrDefault("");
        }
    }

    public void Watch() => _watching = Task.Run(async () =>
    {
        while (!_off.IsCancellationRequested)
        {
            if (!IsCutOff)
                await Listen();
            await Task.Delay(20);
        }
    });

    /// <summary>Cuts it off, or no longer.</summary>
    public void CutOff(bool cut)
    {
        IsCutOff = cut;
        if (cut)
            _line?.Cancel();
    }

    /// <summary>A board in one line: who is at which window, and how many wait for what.</summary>
    public static string LineOf(JsonElement board) => LineOf(
        board.List("calls").Select(c => (c.GetProperty("window").GetInt32(), c.Text("number"), c.GetProperty("recalls").GetInt32(), c.GetProperty("serving").GetBoolean())),
        board.List("groups").Select(g => (g.Text("code"), g.GetProperty("waiting").GetInt32())));

    /// <inheritdoc cref="LineOf(JsonElement)"/>
    public static string LineOf(IEnumerable<(int Window, string Number, int Recalls, bool Serving)> calls, IEnumerable<(string Group, int Waiting)> groups) => string.Join(' ',
    [
        .. calls.OrderBy(c => c.Window).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Window}:{c.Number}{(c.Serving ? "!" : "")}+{c.Recalls}")),
        "|",
        .. groups.Where(g => g.Waiting > 0).OrderBy(g => g.Group, StringComparer.Ordinal).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Group}={g.Waiting}")),
    ]);

    /// <summary>Turns it off: it keeps what it has shown.</summary>
    public async Task TurnOff()
    {
        await _off.CancelAsync();
        if (_watching is not null)
            await _watching;
    }

    public async ValueTask DisposeAsync()
    {
        await TurnOff();
        _off.Dispose();
    }

    private async Task Listen()
    {
        using var line = _line = CancellationTokenSource.CreateLinkedTokenSource(_off.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/halls/{hall}/board");
            request.Headers.Accept.ParseAdd("text/event-stream");
            using var response = await servers.Any().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, line.Token);
            using var reader = new StreamReader(await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(line.Token));
            while (await reader.ReadLineAsync(line.Token) is { } said)
            {
                if (!said.StartsWith("data: {", StringComparison.Ordinal))
                    continue;
                lock (Heard)
                    Heard.Add(LineOf(JsonElement.Parse(said[6..])));
            }
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException)
        {
            // It says on the screen that it is cut off; here it connects again.
        }
    }
}
