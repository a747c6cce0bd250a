using System.Collections.Concurrent;
using System.Diagnostics;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OneDoor.Cases;
using OneDoor.Notifications;
using OneDoor.Trials;
using Xunit;

namespace OneDoor.Platform;

/// <summary>Whoever listens to what is committed, and goes wrong, takes nothing from others.</summary>
public sealed class Listeners(RunningPlatform platform)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_that_fails_ends_alone()
    {
        var news = platform.Api.Services.GetRequiredService<News<Case, CaseFact>>();
        var failing = news.Listen(_ => throw new ObjectDisposedException("request"), out var first);
        var others = news.Listen(_ => true, out var second);
        using var both = first;
        using var listening = second;

        // What is committed before anybody looks is no news: asked until it is told.
        var told = others.WaitToReadAsync(Ct).AsTask();
        while (!told.IsCompleted)
        {
            await CaseJourney.Submitted(platform, Applications.Plain);
            await Task.WhenAny(told, Task.Delay(TimeSpan.FromMilliseconds(300), Ct));
        }

        Assert.True(await told);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => failing.Completion.WaitAsync(RunningPlatform.Patience, Ct));
        Assert.False(platform.Api.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
    }

    [Fact]
    public async Task Who_fails_at_one_thing_is_told_of_the_others_and_takes_nothing_from_who_listens_besides()
    {
        var committed = platform.Api.Services.GetRequiredService<Committed>();
        var aliases = Streams.FactsOf<TrialFact>().Keys.ToHashSet();
        Reader one = new(), other = new();
        ConcurrentQueue<(long After, long Until)> followed = [];
        using var first = committed.Listen(aliases, one.Read);
        using var second = committed.Listen(aliases, other.Read);
        using var third = committed.Follow((after, until, _) =>
        {
            followed.Enqueue((after, until));
            throw new FormatException();
        });

        for (var round = 1; round <= 2; round++)
        {
            // Whoever listens is told from some moment on: asked until they are.
            HashSet<Guid> readable = [];
            while (!readable.Overlaps(one.Told) || !readable.Overlaps(other.Told) || followed.Count < round)
            {
                readable.Add(await Trigger(damaged: 1, one, other));
                await Task.Delay(TimeSpan.FromMilliseconds(300), Ct);
                Assert.True(readable.Count * 0.3 < RunningPlatform.Patience.TotalSeconds, "Both are told.");
            }
        }

        Assert.All(((Reader[])[one, other]).SelectMany(reader => reader.Failed.GroupBy(id => id)), failed => Assert.InRange(failed.Count(), 1, 2));
        Assert.All(followed.Zip(followed.Skip(1)), pair => Assert.Equal(pair.First.Until, pair.Second.After));
    }

    [Fact]
    public async Task Nothing_is_held_up_by_those_before_it_that_cannot_be_told_nor_by_the_database_that_was_away()
    {
        Reader reader = new();
        TaskCompletionSource begun = new(), goingOn = new();
        var isAway = false;
        using var listening = platform.Api.Services.GetRequiredService<Committed>().Listen(Streams.FactsOf<TrialFact>().Keys.ToHashSet(), async (changed, ct) =>
        {
            begun.TrySetResult();
            await goingOn.Task.WaitAsync(ct);
            if (Interlocked.Exchange(ref isAway, false))
                throw new TimeoutException();
            await reader.Read(changed, ct);
        });
        while (!begun.Task.IsCompleted)
        {
            await Trigger(damaged: 0, reader);
            await Task.WhenAny(begun.Task, Task.Delay(TimeSpan.FromMilliseconds(300), Ct));
        }
        // They wait for it together, and after them nothing happens that would have it looked for more.
        var last = await Trigger(damaged: 3, reader);
        await platform.Api.Services.GetRequiredService<Settled>().Now(Ct);
        var started = Stopwatch.GetTimestamp();
        goingOn.SetResult();
        await Told();
        // With the others, and alone.
        Assert.All(reader.Damaged.Keys, id => Assert.InRange(reader.Failed.Count(failed => failed == id), 1, 2));

        isAway = true;
        last = await Trigger(damaged: 0, reader);
        started = Stopwatch.GetTimestamp();
        await Told();
        Assert.False(isAway);

        async Task Told()
        {
            await RunningPlatform.Until(() => Task.FromResult(reader.Told.Contains(last)), "it is told of the last");
            Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(4));
        }
    }

    // Things that change in one commit, of which only the last can be read; says which that is.
    private async Task<Guid> Trigger(int damaged, params Reader[] readers)
    {
        var (now, nobody) = (platform.Time.GetUtcNow(), new Actor("listened", "listened"));
        Guid[] ids = [.. Enumerable.Range(0, damaged + 1).Select(_ => Guid.CreateVersion7(now))];
        foreach (var reader in readers)
        {
            foreach (var id in ids.SkipLast(1))
                reader.Damaged[id] = true;
        }
        await using var session = platform.Api.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        foreach (var id in ids)
            session.Events.StartStream<SampleEvent>(id, new SampleEventTriggered(now, nobody, id, "onedoor.case.submitted", []));
        await session.SaveChangesAsync(Ct);
        return ids[^1];
    }

    /// <summary>Reads all that it is told of at once, as states are read.</summary>
    private sealed class Reader
    {
        public ConcurrentDictionary<Guid, bool> Damaged { get; } = [];

        public ConcurrentQueue<Guid> Failed { get; } = [];

        public ConcurrentQueue<Guid> Told { get; } = [];

        public Task Read(IReadOnlyList<Guid> changed, CancellationToken ct)
        {
            var damaged = changed.Where(Damaged.ContainsKey).ToArray();
            foreach (var id in damaged.Length > 0 ? damaged : changed)
                (damaged.Length > 0 ? Failed : Told).Enqueue(id);
            return damaged.Length > 0 ? throw new FormatException() : Task.CompletedTask;
        }
    }

    [Fact]
    public async Task What_people_are_told_is_read_once_for_all_of_them()
    {
        var news = platform.Api.Services.GetRequiredService<NotificationNews>();
        var told = new ToldApplicant(platform, Applications.Company());
        var (one, other) = (news.Listen(_ => true, out var first), news.Listen(_ => true, out var second));
        using var both = first;
        using var listening = second;

        var next = one.WaitToReadAsync(Ct).AsTask();
        while (!next.IsCompleted)
        {
            await told.Told();
            await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(300), Ct));
        }

        Assert.Same(await one.ReadAsync(Ct), await other.ReadAsync(Ct));
    }
}
