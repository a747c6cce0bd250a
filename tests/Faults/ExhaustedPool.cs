using System.Diagnostics;
using Npgsql;
using OneDoor.Cases;
using OneDoor.Platform;
using Xunit;

namespace OneDoor.Faults;

/// <summary>Every connection waits for somebody else's lock, and so does who draws case numbers.</summary>
public sealed class ExhaustedPool(PlatformUnderFire platform)
{
    private const int Connections = 4, Requests = 120;

    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(2);

    // No wait is longer than the patience with a statement. A submission has five: for a connection to read the catalogue with,
    // for a connection to draw numbers with and for these, for a connection to commit with and for the commit.
    private static readonly TimeSpan Longest = (5 * TimeSpan.FromSeconds(PlatformUnderFire.Patience)) + AtOnce;

    [Fact]
    public async Task Requests_are_told_to_come_back_in_time_and_health_answers_at_once()
    {
        using var api = await platform.StartApi(("Store__MaxConnections", $"{Connections}"));
        var customs = new Client(api.Http, () => platform.Token(Department.Customs));
        var anybody = new Client(api.Http, null);
        (await customs.Post("/v1/cases", Applications.For(Applications.Plain))).Must(201);
        (await anybody.Get("/openapi.yaml")).Must(200);
        await using var other = new NpgsqlConnection(platform.Database.Connection);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var locking = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var locks = new NpgsqlCommand(
            "lock table onedoor.mt_doc_case, onedoor.mt_events in access exclusive mode; alter sequence onedoor.case_numbers increment 1", other, locking);
        await locks.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var asked = Enumerable.Range(0, Requests).Select(n => Timed(() => n % 2 == 0
            ? customs.Get("/v1/cases?first=5")
            : customs.Post("/v1/cases", Applications.For(Applications.Plain), ("Idempotency-Key", $"waits-{n}")))).ToArray();
        await RunningPlatform.Until(async () => await Waiting() >= Connections, "every connection waits");
        foreach (var (path, status) in new[] { ("/health/live", 200), ("/health/ready", 200), ("/openapi.yaml", 200) })
        {
            var (answer, took) = await Timed(() => anybody.Get(path));
            Assert.Equal(status, answer.Status);
            Assert.InRange(took, TimeSpan.Zero, AtOnce);
        }
        Assert.Contains(asked, request => !request.IsCompleted);
        foreach (var (answer, took) in await Task.WhenAll(asked))
        {
            Assert.NotNull(answer.Refuses(503, "platform.unavailable").Header("Retry-After"));
            Assert.InRange(took, TimeSpan.Zero, Longest);
        }

        await locking.RollbackAsync(TestContext.Current.CancellationToken);
        var retried = (await customs.Post("/v1/cases", Applications.For(Applications.Plain), ("Idempotency-Key", "waits-afterwards"))).Must(201);
        (await customs.Get(retried.Header("Location")!)).Must(200);
        Assert.True(api.IsRunning);
    }

    private Task<long> Waiting() => platform.Database.Count(
        "select count(*) from pg_stat_activity where application_name = 'onedoor-api' and wait_event_type = 'Lock' and datname = current_database()");

    private static async Task<(Answered Answer, TimeSpan Took)> Timed(Func<Task<Answered>> ask)
    {
        var started = Stopwatch.GetTimestamp();
        return (await ask(), Stopwatch.GetElapsedTime(started));
    }
}
