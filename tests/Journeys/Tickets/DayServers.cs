using System.Diagnostics;
using OneDoor.Clock;
using OneDoor.Platform;

namespace OneDoor.Tickets;

/// <summary>Two processes of the API over one database and by one clock: whoever asks does not know which of them answers, nor that one is killed.</summary>
internal sealed class DayServers(RunningPlatform platform, Database database, DateOnly day) : IAsyncDisposable
{
    private readonly List<Server> _all = [], _running = [];
    private int _asked, _unanswered, _again, _turn;

    public SharedClock Clock { get; } = SharedClock.From(LegalClock.MidnightOf(day).AddHours(-14));

    /// <summary>The day.</summary>
    public DateOnly Day => day;

    /// <summary>What was asked, and how often whoever asked had to ask again.</summary>
    public string Figures => $"{_asked} commands, {_unanswered} cut off and sent again, {_again} told to come again";

    /// <summary>A minute of the day.</summary>
    public DateTimeOffset At(int minute) => LegalClock.MidnightOf(day).AddMinutes(minute);

    /// <summary>The minute of the day that it is.</summary>
    public int Minute => (int)(Clock.GetUtcNow() - LegalClock.MidnightOf(day)).TotalMinutes;

    /// <summary>One more process, ready.</summary>
    public async Task Start()
    {
        var server = new Server(Clock.StartApi(database, platform.Identity.Address));
        lock (_all)
            _all.Add(server);
        await server.Process.Ready();
        lock (_all)
            _running.Add(server);
    }

    /// <summary>Kills a process in the middle of what it does; when something is over, also where it has nothing to do.</summary>
    public async Task Kill(Task over)
    {
        Server victim;
        lock (_all)
            victim = _running[^1];
        while (victim.Busy == 0 && !over.IsCompleted)
            await Task.Delay(1);
        lock (_all)
            _running.Remove(victim);
        await victim.Process.Kill();
    }

    /// <summary>Whichever process it comes to.</summary>
    public HttpClient Any() => Next().Process.Http;

    /// <summary>Somebody whom a token says what they are.</summary>
    public Client As(Dictionary<string, object> claims) => new(Any(), () => Task.FromResult(platform.Token(claims, Clock.GetUtcNow())));

    /// <summary>The service office's system, which is shown everything.</summary>
    public Client Office => As(new()
    {
        ["sub"] = "office", ["client_id"] = "office", [Claims.Department] = "service-office",
        ["scope"] = $"{Scopes.QueueOperate} {Scopes.AppointmentsManage} {Scopes.CasesSupervise} {Scopes.EventsRead}",
    });

    /// <summary>Asks until there is an answer, always under one key: whoever is cut off does not know whether they were heard.</summary>
    public Task<Answered> Post(Client who, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        (string, string)[] sent = [("Idempotency-Key", $"day-in-four-halls-{Interlocked.Increment(ref _asked)}"), .. headers];
        // Time passes while people act.
        Clock.Pass(TimeSpan.FromMilliseconds(100));
        return Answer(who, client => client.Post(path, body, sent));
    }

    /// <summary>Reads until there is an answer.</summary>
    public Task<Answered> Get(Client who, string path) => Answer(who, client => client.Get(path));

    private async Task<Answered> Answer(Client who, Func<Client, Task<Answered>> ask)
    {
        for (var from = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(from) < RunningPlatform.Patience; await Task.Delay(50))
        {
            var server = Next();
            Interlocked.Increment(ref server.Busy);
            try
            {
                var answer = await ask(who.At(server.Process.Http));
                if (answer.Status != 503 && !(answer.Status == 409 && answer.Code == "idempotency.in-progress"))
                    return answer;
                Interlocked.Increment(ref _again);
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException)
            {
                Interlocked.Increment(ref _unanswered);
            }
            finally
            {
                Interlocked.Decrement(ref server.Busy);
            }
        }
        throw new TimeoutException("Nobody answers.");
    }

    public ValueTask DisposeAsync()
    {
        foreach (var server in _all)
            server.Process.Dispose();
        Clock.Dispose();
        return ValueTask.CompletedTask;
    }

    private Server Next()
    {
        lock (_all)
            return _running[_turn++ % _running.Count];
    }

    private sealed class Server(ChildProcess process)
    {
        public int Busy;

        public ChildProcess Process => process;
    }
}
