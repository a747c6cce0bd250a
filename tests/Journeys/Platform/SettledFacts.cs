using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace OneDoor.Platform;

/// <summary>Up to where facts are settled, whatever becomes of the database and of who writes (decision 0050); <see cref="Feed.FollowedEvents"/> has readers follow them.</summary>
public sealed class SettledFacts(RunningPlatform platform)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Where_a_failover_lost_facts_nothing_is_settled_before_who_draws_their_numbers_again_is_over()
    {
        await using var database = await platform.Template.Copy();
        await using var store = NpgsqlDataSource.Create(database.Connection);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:OneDoor", database.Connection)]).Build();
        Settled Settled() => new(store, configuration, NullLogger<Settled>.Instance);
        using var lived = Settled();
        await lived.StartAsync(Ct);
        var last = await lived.Now(Ct);
        var more = lived.Beyond(last, Ct);

        // The new primary is two facts behind.
        await database.Run($"""
            delete from onedoor.mt_events where seq_id in (select seq_id from onedoor.mt_events order by seq_id desc limit 2);
            select setval('onedoor.mt_events_sequence', (select max(seq_id) from onedoor.mt_events));
            """);
        var left = await database.Count("select max(seq_id) from onedoor.mt_events");
        Assert.Equal((left, left), (await lived.Now(Ct), await more.WaitAsync(RunningPlatform.Patience, Ct)));
        // Nor does it pass by who did something else just then, and waits only now for more than they knew.
        Assert.Equal(left, await lived.Beyond(last, Ct).WaitAsync(RunningPlatform.Patience, Ct));
        await using var slow = await database.Open();
        await using var writing = await slow.BeginTransactionAsync(Ct);
        await using (var first = new NpgsqlCommand(Fact(1), slow))
            await first.ExecuteNonQueryAsync(Ct);
        await database.Run(Fact(2));
        Assert.Equal(left, await lived.Now(Ct));

        // Who starts now has seen nothing, and says nothing, for "from now on" would be from the beginning.
        using var started = Settled();
        var now = started.Now(Ct);
        await Task.WhenAny(now, Task.Delay(TimeSpan.FromMilliseconds(500), Ct));
        Assert.False(now.IsCompleted);

        await writing.CommitAsync(Ct);
        Assert.Equal((left + 2, left + 2), (await now, await lived.Now(Ct)));
        await lived.StopAsync(Ct);
    }

    [Fact]
    public void Another_database_says_nothing_of_what_was_settled_before_it_began()
    {
        var (before, after) = (DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(1));
        var looks = new Looks();
        Assert.False(looks.Add(before, 10, []));
        Assert.Equal(10, looks.Mark);

        // It has more facts by now than the one before had, and one of those that were lost may be drawn again.
        Assert.False(looks.Add(after, 12, ["again"]));
        Assert.Equal(0, looks.Mark);
        Assert.False(looks.Add(after, 13, ["another"]));

        Assert.Equal(12, looks.Mark);
    }

    [Fact]
    public void However_long_somebody_writes_no_more_looks_are_kept_than_there_are_writers()
    {
        var looks = new Looks();
        for (var number = 1; number <= 1_000; number++)
        {
            looks.Add(default, number, number % 2 == 0 ? ["long"] : ["long", $"short {number}"]);
            Assert.InRange(looks.Kept, 1, 2);
        }
        Assert.Equal(0, looks.Mark);

        looks.Add(default, 1_001, ["later"]);

        Assert.Equal((1_000, 1), (looks.Mark, looks.Kept));
    }

    private static string Fact(int n) => $"""
        insert into onedoor.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, is_archived)
        select nextval('onedoor.mt_events_sequence'), gen_random_uuid(), id, 1000 + {n}, jsonb_build_object(), 'item_published', now(), '', false from onedoor.mt_streams limit 1
        """;
}
