using System.ComponentModel.DataAnnotations;
using System.Net.Mime;
using System.Runtime.CompilerServices;
using System.Text.Json;
using OneDoor.Graph;

namespace OneDoor.Feed;

/// <summary>How the feed is served.</summary>
public sealed record FeedOptions
{
    /// <summary>Streams that are open at a time, in a process.</summary>
    [Range(1, 100_000)]
    public int Streams { get; init; } = 1_000;

    /// <summary>Streams that one caller has open at a time.</summary>
    [Range(1, 100_000)]
    public int StreamsPerCaller { get; init; } = 20;
}

/// <summary>Events as they happen.</summary>
public sealed class EventStreams(EventReader reader, Settled settled, EventCursors cursors, ReadLog reads, FeedOptions options, TimeProvider time, IHostApplicationLifetime host)
{
    public const string LastEventId = "Last-Event-ID";

    private const int Portion = 100;

    // More often than whoever stands between closes what is silent.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(12);

    private readonly Places _places = new(options.Streams, options.StreamsPerCaller);

    /// <summary>Events after a place, and then each as it is settled; now and then none, and the place up to which there are no others.</summary>
    public async IAsyncEnumerable<(IReadOnlyList<ReadEvent> Events, long Place)> Follow(EventQuery query, long after, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var mark = await settled.Now(ct); ; mark = await settled.Beyond(mark, ct))
        {
            while (after < mark)
            {
                (var events, after) = await reader.Read(query, after, mark, Portion, ct);
                yield return (events, after);
            }
        }
    }

    /// <summary>The same as server-sent events, for as long as the connection and the token last.</summary>
    public IResult Open(HttpContext http, EventQuery query, long after) =>
        _places.Take(CountedCaller.Of(http).Subject) is { } taken ? new Stream(this, taken, query, after) : FeedRefusals.TooManyStreams.ToProblem();

    private async Task Serve(HttpContext http, EventQuery query, long after)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        var expiry = TokenExpiry.Of(http.User, time, ending.Token);
        http.Response.ContentType = MediaTypeNames.Text.EventStream + "; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        await Write(http, ":\n\n");
        await using var events = Follow(query, after, ending.Token).GetAsyncEnumerator(ending.Token);
        var (next, silence) = (Moves(events), Silent());
        try
        {
            while (true)
            {
                var first = await Task.WhenAny(next, expiry, silence);
                if (first == expiry || ending.IsCancellationRequested || (first == next && !await next))
                    return;
                var told = false;
                if (first == next)
                {
                    (told, after) = (await Tell(http, events.Current.Events), events.Current.Place);
                    next = Moves(events);
                }
                // However much happens that this reader is not told of. Without data nobody is told anything, and who comes back goes on from there.
                if (!told && silence.IsCompleted)
                {
                    await Write(http, $"id: {cursors.Of(after)}\n\n");
                    told = true;
                }
                if (told)
                    silence = Silent();
            }
        }
        finally
        {
            await ending.CancelAsync();
            await next;
        }

        Task Silent() => Task.Delay(Silence, time, ending.Token);
    }

    // Whether there was anything to tell.
    private async Task<bool> Tell(HttpContext http, IReadOnlyList<ReadEvent> events)
    {
        reads.Note(http.RequestServices.GetRequiredService<Caller>(), "GET /v1/events", events);
        if (events.Count == 0)
            return false;
        await Write(http, string.Concat(events.Select(e => $"id: {cursors.Of(e.Place)}\ndata: {JsonSerializer.Serialize(e.Event, RestJson.Options)}\n\n")));
        return true;
    }

    private static async Task Write(HttpContext http, string text)
    {
        await http.Response.WriteAsync(text, http.RequestAborted);
        await http.Response.Body.FlushAsync(http.RequestAborted);
    }

    // False when nobody waits any more, or the database is away: who comes back goes on from the last event.
    private static async Task<bool> Moves(IAsyncEnumerator<(IReadOnlyList<ReadEvent> Events, long Place)> events)
    {
        try
        {
            return await events.MoveNextAsync();
        }
        catch (Exception fault) when (fault is OperationCanceledException || StoreFaults.IsDatabaseAway(fault))
        {
            return false;
        }
    }

    private sealed class Stream(EventStreams streams, IDisposable taken, EventQuery query, long after) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            using var place = taken;
            await streams.Serve(httpContext, query, after);
        }
    }
}
